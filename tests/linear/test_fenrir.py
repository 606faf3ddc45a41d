"""What the screen reader Fenrir says: of each key the new line, or the new count, and nothing else."""

from pathlib import Path

import pytest
from ptys import python
from read_aloud_walk import ARTICLE, OPENING, WALK
from screen_readers import Fenrir, find_words, needs_fenrir, run_fenrir
from waiting import until

pytestmark = [pytest.mark.terminal, needs_fenrir]


def listen(reader: Fenrir, begin: int, expected: list[str]) -> int:
    """Wait until the words that are said from the offset `begin` on are those that are expected."""

    def heard() -> list[str]:
        return find_words(reader.said[begin:])

    until(lambda: len(heard()) >= len(expected), lambda: f"{expected} was never said, but {heard()}")
    assert heard() == expected
    return len(reader.said)


def hear_opening(reader: Fenrir) -> int:
    """Wait for the first picture. Fenrir says before it that it has started, and what it lacks."""
    opening = find_words(" ".join(OPENING))
    until(lambda: find_words(reader.said)[-len(opening) :] == opening, lambda: reader.said)
    return len(reader.said)


def test_each_key_says_the_new_line_alone(tmp_path: Path) -> None:
    with run_fenrir(tmp_path, python("-m", "dossier", "--linear", str(ARTICLE))) as reader:
        end = hear_opening(reader)
        for step in WALK:
            reader.running.type(step.key)
            if step.echo:
                # What is typed is not said, and the next key must not come into the same picture.
                reader.running.wait(until=lambda step=step: reader.running.cursor_row == step.cells)  # type: ignore[misc]
            # What is said too much is found by the next key.
            end = listen(reader, end, find_words(" ".join(step.said)))


def test_the_line_is_said_again_after_a_search_that_is_left(tmp_path: Path) -> None:
    with run_fenrir(tmp_path, python("-m", "dossier", "--linear", str(ARTICLE))) as reader:
        end = hear_opening(reader)
        reader.running.type("/")
        reader.running.wait(until=lambda: reader.running.cursor_row == " /")
        for key, words in (("o", "56 hits"), ("\x03", OPENING[1]), ("j", WALK[0].said[0])):
            reader.running.type(key)
            end = listen(reader, end, find_words(words))
