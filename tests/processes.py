"""Processes on this machine, read from /proc. Tests look only for processes that they started."""

from collections.abc import Mapping
from pathlib import Path


def state(pid: int) -> str:
    """Return the letter for the state of a process (proc_pid_stat(5)), such as T for stopped; "" when it has ended."""
    try:
        letter = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""
    return "" if letter in {"X", "Z"} else letter


def turns(pid: int) -> int:
    """Return how often a process has got a processor and lost it again."""
    rows = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return sum(int(row.split()[1]) for row in rows if "ctxt_switches" in row)


def beneath(pid: int) -> set[int]:
    """Return the ids of the running processes that a process has started, directly or indirectly."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                letter, parent = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if letter != "Z":
                parents[int(folder.name)] = int(parent)
    found, more = set[int](), {pid}
    while more := {one for one, parent in parents.items() if parent in more} - found:
        found |= more
    return found


def at_home(folder: Path) -> Mapping[int, str]:
    """Return the command lines, by process id, of all processes whose environment contains this folder."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                found[int(process.name)] = words
        except OSError:
            # The process has ended, or belongs to another user.
            continue
    return found
