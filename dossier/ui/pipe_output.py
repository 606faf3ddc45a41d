"""The output of a shell command as rows of a popup, made safe to show, and how the command ended, in words."""

from signal import Signals
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.terminal.piped_command import MOST_BYTES, CommandOutput
from dossier.text.sanitize import sanitize_text
from dossier.text.width import cut

MOST_LINES: Final = 2_000
"""The most lines that are shown, since all of them are filtered at every key."""
_LONGEST: Final = 4_000
"""The most characters of a line that are shown."""
_COMMAND_CELLS: Final = 40
_NOT_FOUND: Final = 127


class ShownOutput(NamedTuple):
    """The title and the rows of a popup with what a command has printed."""

    title: str
    rows: tuple[Entry, ...]


def show_running(command: str, seconds: int) -> ShownOutput:
    """Return what is shown while a command runs."""
    words = f"running for {seconds} s" if seconds else "running"
    return ShownOutput(_title(command, ""), (_row(0, f"{words} … Esc ends it", ""),))


def show_output(command: str, done: CommandOutput, encoding: str) -> ShownOutput:
    """Return what is shown of the output of a command, which is in this encoding; its errors are below the output."""
    lines, errors = _lines(done.output, encoding), _lines(done.errors, encoding)[:MOST_LINES]
    if done.is_cut:
        # The status is that of the signal by which this program ended it.
        how = f"ended after {MOST_BYTES:,} bytes"
    else:
        how = ", ".join(filter(None, (_status_words(done.status), _cut_words(lines))))
    lines = lines[:MOST_LINES]
    shown = [(_safe(line), "") for line in lines] or ([] if errors else [("no output", "")])
    shown += [(_safe(line), "Standard error") for line in errors]
    rows = tuple(_row(number, line, group) for number, (line, group) in enumerate(shown))
    return ShownOutput(_title(command, how), rows)


def copied_output(rows: tuple[Entry, ...]) -> str:
    """Return the text of the rows to be copied: the output, or the errors where there is nothing else."""
    lines = [row.text for row in rows if not row.group] or [row.text for row in rows]
    return "\n".join(lines)


def _title(command: str, how: str) -> str:
    return " · ".join(filter(None, (f"| {cut(command, _COMMAND_CELLS)}", how)))


def _status_words(status: int) -> str:
    if status < 0:
        # Real-time signals have no names.
        name = next((f" ({one.name})" for one in Signals if one == -status), "")
        return f"ended by signal {-status}{name}"
    if status == _NOT_FOUND:
        return f"no such command (exit status {status})"
    return f"exit status {status}" if status else ""


def _lines(data: bytes, encoding: str) -> list[str]:
    text = data.decode(encoding, "replace").replace("\r\n", "\n").removesuffix("\n")
    return text.split("\n") if text else []


def _cut_words(lines: list[str]) -> str:
    if len(lines) > MOST_LINES:
        return f"cut off: {MOST_LINES:,} lines are shown"
    return "long lines are cut off" if any(len(line) > _LONGEST for line in lines) else ""


def _safe(line: str) -> str:
    """Return a line as a terminal would show it: what stands behind its last carriage return, tabs as blanks."""
    line = line.rpartition("\r")[2].expandtabs()
    return sanitize_text(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")


def _row(number: int, line: str, group: str) -> Entry:
    # Rows of this kind are drawn without a column or a gutter.
    return Entry(Ref("", "media", str(number)), (Part("text", line),), 0, group)
