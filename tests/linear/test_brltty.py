"""What stands on a braille display of forty cells: the beginning of the new line, right after each key."""

from pathlib import Path

from read_aloud_walk import ARTICLE, OPENING, WALK
from screen_readers import needs_brltty, run_brltty
from terminals import in_terminal
from waiting import until

pytestmark = [*in_terminal, needs_brltty]
_NAMES = {"\t": "Tab", "\r": "Enter", "\x1b[Z": "BTab"}
"""Keys by tmux's names."""


def test_each_key_brings_the_new_line_to_the_display(tmp_path: Path) -> None:
    with run_brltty(tmp_path, OPENING[1], "--linear", str(ARTICLE)) as reader:
        until(lambda: reader.cells == OPENING[1][:40].rstrip(), lambda: reader.cells)
        for number, step in enumerate(WALK):
            reader.window.press(_NAMES.get(step.key, step.key))
            until(
                lambda step=step: reader.cells == step.cells,  # type: ignore[misc]
                lambda step=step, number=number: f"{number} {step.key!r}: {reader.cells!r} is not {step.cells!r}",  # type: ignore[misc]
            )


def test_the_display_follows_while_the_whole_pane_stands_there(tmp_path: Path) -> None:
    with run_brltty(tmp_path, OPENING[1], "--linear", str(ARTICLE)) as reader:
        until(lambda: reader.cells == OPENING[1][:40].rstrip(), lambda: reader.cells)
        reader.window.press("z")
        reader.window.wait(lambda screen: WALK[1].said[0] in screen.text)
        for step in WALK[:4]:
            reader.window.press(step.key)
            until(lambda step=step: reader.cells == step.cells, lambda: reader.cells)  # type: ignore[misc]
