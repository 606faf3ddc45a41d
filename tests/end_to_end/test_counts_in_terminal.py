"""Counts and panes by digit in a real terminal, where keys may come in one packet or with a rest between them."""

from pathlib import Path

import pytest
from reader import NATO
from terminals import Terminal, in_terminal, terminal

pytestmark = in_terminal


@pytest.fixture(params=[(80, 24), (160, 45)], ids=["80x24", "160x45"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


def opened(desk: Terminal) -> None:
    desk.run(str(NATO))
    desk.wait(lambda screen: "1/27" in screen.rows[-1])


def test_a_count_in_one_packet(tmp_path: Path, size: tuple[int, int]) -> None:
    with terminal(tmp_path, *size) as desk:
        opened(desk)
        desk.press("1", "2", "G")
        desk.wait(lambda screen: "¶12" in screen.rows[-1])
        desk.press("g")
        desk.wait(lambda screen: "1/27" in screen.rows[-1])
        desk.press("Tab", "Tab", "5", "j")
        desk.wait(lambda screen: "6/9" in screen.rows[-1])
        # The pane that the digit names is not gone to.
        desk.press("4", "k")
        desk.wait(lambda screen: "2/9" in screen.rows[-1])


def test_a_digit_alone_chooses_a_pane_and_the_key_after_a_rest_is_for_that_pane(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with terminal(tmp_path, *size) as desk:
        opened(desk)
        desk.press("3")
        desk.wait(lambda screen: "1/9" in screen.rows[-1] and "…" not in screen.rows[-1])
        desk.press("j")
        desk.wait(lambda screen: "2/9" in screen.rows[-1])
        desk.press("7")
        desk.wait(lambda screen: "7… 2/9" in screen.rows[-1])
        desk.press("Escape")
        before = desk.wait(lambda screen: "…" not in screen.rows[-1])
        desk.press("X")
        desk.wait(lambda screen: "X: no such key" in screen.rows[-1])
        desk.press("Escape")
        assert desk.wait(lambda screen: "no such key" not in screen.text).picture == before.picture
