"""What runs on this machine, as far as /proc tells: only what a test has started itself is ever looked for."""

from collections.abc import Mapping
from pathlib import Path


def state(pid: int) -> str:
    """The letter that says what a process does (proc_pid_stat(5)): T is stopped; empty for one that has ended."""
    try:
        letter = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""
    return "" if letter in {"X", "Z"} else letter


def turns(pid: int) -> int:
    """How often a process has had a processor and lost it again."""
    rows = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return sum(int(row.split()[1]) for row in rows if "ctxt_switches" in row)


def beneath(pid: int) -> set[int]:
    """What a process has started that has not ended, and what that has started."""
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
    """What runs with this folder in its environment, whoever started it, by what it was called with."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                found[int(process.name)] = words
        except OSError:
            # Gone since, or somebody else's.
            continue
    return found
