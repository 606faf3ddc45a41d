"""Lines are deleted and inserted with the cursor in the first column and inside the scroll region.

The terminal of Emacs deletes from the cursor's column, and tmux 3.3a scrolls the whole screen when the cursor is
outside the region. Setting a region moves the cursor to the first row of the screen, also when the region begins below.
"""

import re
import subprocess
import time
from pathlib import Path

import pytest
from emulator import MendedPyte
from hypothesis import given, settings
from hypothesis import strategies as some
from pictures import pictures
from pyte.screens import Margins
from terminals import in_terminal, server

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.diff import encode_difference


class WatchedPyte(MendedPyte):
    """Emulator that notes where the cursor is when lines are deleted or inserted."""

    def __init__(self, cells: int, rows: int) -> None:
        super().__init__(cells, rows)
        self.shifts: list[tuple[int, int, Margins]] = []

    def _shift(self, by: int) -> None:
        self.shifts.append((self.cursor.y, self.cursor.x, self.margins or Margins(0, self.lines - 1)))
        super()._shift(by)


@settings(max_examples=150, deadline=None)
@given(some.integers(0, 1 << 32), some.sampled_from((0, 16, 1 << 24)))
def test_lines_are_shifted_from_the_first_cell_of_the_region(seed: int, colours: int) -> None:
    before = None
    terminal = WatchedPyte(1, 1)
    for after in pictures(seed):
        if before is None or before.size != after.size:
            terminal = WatchedPyte(*after.size)
        terminal.take(encode_difference(before, after, Capabilities(colours=colours)))
        before = after
    for row, column, margins in terminal.shifts:
        assert (row, column) == (margins.top, 0) or (column == 0 and margins.bottom == terminal.lines - 1)


@pytest.mark.parametrize("region", ["2;10", ";10", "5;7"])
@in_terminal[1]
@pytest.mark.terminal
def test_a_region_moves_the_cursor_home_in_tmux(region: str, tmp_path: Path) -> None:
    with server() as socket:
        tmux = ["tmux", "-S", str(socket), "-f", "/dev/null", "-u"]
        script = f"printf '\\033[8;9H\\033[{region}r\\033[B'; echo ready > {tmp_path}/done; cat"
        subprocess.run([*tmux, "new-session", "-d", "-x", "40", "-y", "12", script], check=True, cwd=tmp_path)
        try:
            place = ""
            for _ in range(400):
                asked = [*tmux, "display-message", "-p", "#{cursor_y},#{cursor_x}"]
                place = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
                if (tmp_path / "done").exists() and place == "1,0":
                    break
                time.sleep(0.05)
            assert re.fullmatch("1,0", place)
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
