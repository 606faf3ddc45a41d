"""The table of the help about the terminals that were tried, made by a run.

`PYTHONPATH=tests python -m terminals_under_test.table` walks through all dossiers in all terminals of this machine, and
writes their rows into the topic "terminals"; a row for another version of a terminal stays. With names of terminals,
such as tmux, it walks in these alone. `python tests/man_pages.py` then makes the manual page.
"""

import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.own_faults import find_own_fault
from terminals_under_test.walking import DOSSIERS, TERMINALS, walk

TOPIC = Path(__file__).parent.parent.parent / "dossier" / "help" / "terminals.txt"
HEADING = "Terminals that were tried"
_INDENT = " " * 6
_HEAD = ("terminal", "version", "checks", "different", "its own fault")
_ROW = re.compile(r" {6}(\S.*?) {2,}(\S+) +(\d+) +(\d+) +(\d+)")


class SeenRow(NamedTuple):
    """What was seen in one version of a terminal.

    `checks` is the number of pictures that were compared, and `different` that of those which were not as they should
    be. A dossier that shows a fault of the terminal is compared without the characters that show it; `own_faults` is
    the number of pictures that differ with them.
    """

    terminal: str
    version: str
    checks: int
    different: int
    own_faults: int


def try_terminal(kind: type[TerminalUnderTest]) -> SeenRow:
    """Walk through all dossiers in a terminal."""
    checks, different, own_faults, version = 0, 0, 0, ""
    for dossier in DOSSIERS:
        with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
            terminal = kind(Path(folder))
            version = terminal.version()
            fault = find_own_fault(kind.name, version, dossier)
            looks = list(walk(terminal, Path(folder), dossier, fault))
            if fault:
                own_faults += sum(bool(look.differences) for look in walk(terminal, Path(folder), dossier))
        checks += len(looks)
        different += sum(bool(look.differences) for look in looks)
    return SeenRow(kind.name, version, checks, different, own_faults)


def read_rows(topic: str) -> tuple[SeenRow, ...]:
    """Return the rows of the table in the text of the topic."""
    return tuple(SeenRow(name, version, *map(int, counts)) for name, version, *counts in _ROW.findall(topic))


def merge_rows(before: Iterable[SeenRow], seen: Iterable[SeenRow]) -> tuple[SeenRow, ...]:
    """Return all rows, of two for the same version the one that was seen last, in the order of the terminals."""
    order = [kind.name for kind in TERMINALS]
    rows = {(row.terminal, row.version): row for row in (*before, *seen) if row.terminal in order}
    return tuple(sorted(rows.values(), key=lambda row: (order.index(row.terminal), row.version)))


def write_rows(topic: str, rows: Iterable[SeenRow]) -> str:
    """Return the text of the topic with these rows in its table."""
    lines = [_HEAD, *((row.terminal, row.version, *map(str, row[2:])) for row in rows)]
    table = "\n".join(
        _INDENT + f"{name:<18}{version:<12}{checks:>6}{different:>12}{own:>16}"
        for name, version, checks, different, own in lines
    )
    start = topic.index(_INDENT, topic.index(f"{HEADING}\n"))
    end = topic.find("\n\n", start)
    return topic[:start] + table + (topic[end:] if end >= 0 else "\n")


def main(names: list[str]) -> None:
    for kind in TERMINALS:
        if kind.is_installed() and (not names or kind.programs[0] in names):
            row = try_terminal(kind)
            print(*row, sep="\t", flush=True)
            topic = TOPIC.read_text("utf-8")
            TOPIC.write_text(write_rows(topic, merge_rows(read_rows(topic), [row])), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
