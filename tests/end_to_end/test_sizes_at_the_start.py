"""Tests of changes of size from the first screen on, before and after Textual takes over: none leaves half a screen.

What a terminal shows after a change of size is its own affair. Here it loses everything, like tmux when a pane is split
to nothing and closed again. The moments are spread over a start. Whatever a machine does at each, the screen at the end
counts.
"""

import time
from pathlib import Path

import pytest
from ptys import line, python
from reader import NATO
from terminals import in_terminal, terminal

MOMENTS = range(20)
_STEP = 0.03


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the screen after a start without a change of size."""
    with line(python("-m", "dossier", str(NATO)), HOME=str(tmp_path_factory.mktemp("home"))) as far:
        return far.wait("1/27")


@pytest.mark.parametrize(
    ("moment", "other"), [*((at, (60, 20)) for at in MOMENTS), *((at, (80, 1)) for at in MOMENTS[::4])]
)
def test_a_size_and_back_ends_in_the_whole_picture(
    moment: int, other: tuple[int, int], whole: str, tmp_path: Path
) -> None:
    with line(python("-m", "dossier", str(NATO)), HOME=str(tmp_path)) as far:
        far.wait("Pyongyang")
        time.sleep(moment * _STEP)
        far.read(0)
        far.lose(*other)
        far.lose(80, 24)
        far.wait(until=lambda: far.text == whole)
        far.type("jj")
        far.wait("¶1")
        far.type("q")
        assert far.status() == 0


@pytest.mark.parametrize("moment", MOMENTS[::4])
def test_another_size_ends_in_its_whole_picture(moment: int, tmp_path: Path) -> None:
    with line(python("-m", "dossier", str(NATO)), 60, 20, HOME=str(tmp_path)) as far:
        far.wait("Pyongyang")
        time.sleep(moment * _STEP)
        far.read(0)
        far.lose(80, 24)
        text = far.wait("1 Article", "4 Timeline", "/27")
        assert len(text.split("\n")) == 24
        far.type("q")
        assert far.status() == 0


class TestInTmux:
    """A pane that is split, and whose other half is closed again."""

    pytestmark = in_terminal

    @pytest.mark.parametrize("moment", MOMENTS[::4])
    def test_a_pane_that_is_split_and_closed_again(self, moment: int, whole: str, tmp_path: Path) -> None:
        with terminal(tmp_path) as desk:
            desk.run(str(NATO))
            time.sleep(moment * _STEP)
            desk.tmux("split-window", "-d", "cat")
            desk.tmux("kill-pane", "-t", ":.1")
            screen = desk.wait(lambda screen: "1/27" in screen.rows[-1])
            assert [row.rstrip() for row in screen.rows] == [row.rstrip() for row in whole.split("\n")]
            desk.press("q")
            desk.wait(lambda screen: "ended with 0" in screen.text)
