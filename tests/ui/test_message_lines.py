"""Tests of the lines of a message that has no room in the foot line."""

import pytest
from rooms import ferry, plain
from test_comparison_sheet import fitted
from test_note_sheet import SEVERAL, sheet

from dossier.core.note import Placement
from dossier.ui.chrome import foot_line, message_room
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.render.boxes import message_lines
from dossier.ui.render.flow import measure_line
from dossier.ui.view import ScreenRenderer, View

STATE = ferry()
KEYS = (("j/k", "line"), ("Enter", "follow"), ("/", "find"), ("?", "help"))

SAID = "cannot write /home/reader/.local/state/dossier/saved.jsonl; your changes last only until you quit: Read-only"


@pytest.mark.parametrize(("cells", "above"), [(200, 0), (80, 1), (60, 2), (40, 3)])
def test_a_long_message_takes_lines_above_the_foot(cells: int, above: int) -> None:
    lines, rest = message_lines(SAID, cells, message_room(STATE, cells), 3)
    assert len(lines) == above
    assert " ".join((*(plain(line).strip() for line in lines), rest)).replace(" ", "") == SAID.replace(" ", "")
    assert all(measure_line(line) <= cells for line in lines)
    assert rest in plain(foot_line(STATE, rest, KEYS, cells))


def test_a_message_that_does_not_fit_the_lines_it_may_have_is_cut_at_its_end() -> None:
    lines, rest = message_lines(SAID, 40, message_room(STATE, 40), 1)
    assert plain(lines[0]).startswith(" cannot write")
    assert "…" in plain(foot_line(STATE, rest, KEYS, 40))
    assert message_lines(SAID, 40, message_room(STATE, 40), 0) == ((), SAID)


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("cells", [40, 80, 160])
@pytest.mark.parametrize("name", ["note", "comparison"])
def test_a_long_message_is_whole_on_a_sheet(name: str, cells: int, linear: bool) -> None:
    screen = Screen(cells, 24, linear=linear)
    shown = sheet(Placement.SEVERAL, *SEVERAL, cells=cells, rows=24, linear=linear)
    view = View(screen, message=SAID, sheet=shown if name == "note" else fitted(cells, 24, linear))
    rows = ScreenRenderer().lines(fit_panes(STATE, screen), view)
    assert [measure_line(row) for row in rows] == [cells] * 24
    told = "".join(plain(row).partition(" of ")[0] for row in rows).replace(" ", "")
    assert SAID.replace(" ", "") in told
