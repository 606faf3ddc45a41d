"""Twelve tasks of a working day, by keyboard alone in a real terminal, each with the number of keys that it takes.

No task may take more keys than the fewest that a known program needs for the like: newsboat for reading articles,
lazygit for panes side by side, notmuch (its Emacs mode) for searches. The letters of a query or a word, which are the
same in every program, are not counted; the keys before and after them are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from libraries import PORT_ARLEN
from terminals import Screen, Terminal, in_terminal, terminal

pytestmark = in_terminal

NEWEST = "The long quay"


class Desk:
    """A terminal whose keys are counted."""

    def __init__(self, opened: Terminal) -> None:
        self._terminal = opened
        self.keys = 0

    def press(self, *keys: str) -> None:
        """Press keys one after another, as fast as a hand does."""
        self.keys += len(keys)
        self._terminal.press(*keys)

    def type(self, words: str) -> None:
        self._terminal.type(words)

    def see(self, *words: str) -> Screen:
        """Return the screen once it has all these words, in any order."""
        return self._terminal.wait(lambda screen: all(one in screen.text for one in words))

    def open(self, *words: str) -> None:
        """Start the program on the library, which the shell is asked for in so many words."""
        self._terminal.run(str(PORT_ARLEN), *words)


@contextmanager
def at_the_desk(folder: Path, *words: str, columns: int = 160, lines: int = 45) -> Iterator[Desk]:
    """Open the library, and leave it in the end."""
    with terminal(folder, columns, lines) as opened:
        desk = Desk(opened)
        desk.open(*words)
        yield desk
        opened.press("C-c")
        opened.wait(lambda screen: "ended with 0" in screen.text)


def test_one_opens_the_third_article(tmp_path: Path) -> None:
    """In newsboat: j j Enter."""
    with at_the_desk(tmp_path) as desk:
        desk.see("0 Library 11 articles", "▌12 Oct 2024", "At low water you can walk")
        desk.press("j", "j", "Enter")
        desk.see("1 Article", "▸ Harbour List wins by a boatload")
        assert desk.keys <= 3


def test_one_asks_what_somebody_said_about_something_in_a_year(tmp_path: Path) -> None:
    """In notmuch: s, the query, Enter."""
    with at_the_desk(tmp_path) as desk:
        desk.see("0 Library 11 articles")
        desk.press("s")
        desk.type("speaker:jonas toll date:2022")
        desk.press("Enter")
        desk.see("0 Found 1 article · 1 hit", "❝ Jonas Brandt in ¶5: The", "3 Quotes 1 · h")
        assert desk.keys <= 2


def test_one_reads_the_sentence_in_its_paragraph(tmp_path: Path) -> None:
    """In notmuch: Enter on the thread."""
    with at_the_desk(tmp_path, "--find", "speaker:jonas toll date:2022") as desk:
        desk.see("0 Found 1 article · 1 hit", "❝ Jonas Brandt in ¶5: The")
        desk.press("Enter")
        desk.see("▌❝   5 The toll, he said, was “set by contract", "hit 1 of 1")
        assert desk.keys <= 1


def test_one_looks_where_a_claim_appears_first(tmp_path: Path) -> None:
    """In notmuch: s, the query, Enter; o for the oldest first; Enter."""
    with at_the_desk(tmp_path) as desk:
        desk.see("0 Library 11 articles")
        desk.press("s")
        desk.type("quay")
        desk.press("Enter")
        desk.see("0 Found 7 articles", "▌12 Oct 2024")
        desk.press("v")
        desk.see("oldest first", "▌14 Mar 2021")
        desk.press("Enter")
        desk.see("1 Article", "▌    1 The East Quay of Port Arlen has cost 41")
        assert desk.keys <= 4


def test_one_sees_who_else_spoke_there(tmp_path: Path) -> None:
    """In lazygit: a digit for the panel."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll#para/p5") as desk:
        desk.see("1 Article", "▌❝   5 The toll, he said")
        desk.press("3")
        desk.see("Maren Brandt (1)", "Jonas Brandt (1)", "A toll collector", "1/4")
        assert desk.keys <= 1


def test_one_sets_two_reports_of_one_event_side_by_side(tmp_path: Path) -> None:
    """In lazygit: W, Enter on “diff this”, j to the other commit."""
    with at_the_desk(tmp_path) as desk:
        desk.see("0 Library 11 articles", "▌12 Oct 2024", "At low water you can walk")
        desk.press("c", "j", "c")
        desk.see("- The long quay", "+ Slip at Åsvik shut for a day, or two")
        assert desk.keys <= 3
        desk.press("Escape")
        desk.see("0 Library 11 articles")


def test_one_copies_a_quote_with_its_citation(tmp_path: Path) -> None:
    """In lazygit: y and a letter of its menu."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll#quote/q2") as desk:
        desk.see("3 Quotes", "2/4")
        desk.press("y")
        desk.see("text with citation")
        desk.press("c")
        desk.see("copied")
        assert desk.keys <= 2


def test_one_comes_back_to_the_very_line(tmp_path: Path) -> None:
    """In newsboat: q, back to the list."""
    with at_the_desk(tmp_path, "--find", "speaker:jonas toll") as desk:
        desk.see("0 Found 3 articles")
        desk.press("j", "Enter")
        desk.see("1 Article", "▸ Harbour List wins by a boatload")
        before = desk.keys
        desk.press("BSpace")
        desk.see("2/3", "▌              boatload")
        assert desk.keys - before <= 1


def test_one_keeps_only_what_belongs_to_a_person(tmp_path: Path) -> None:
    """In notmuch: l, the name, Enter."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll#person/jonas-brandt") as desk:
        desk.see("2 People")
        desk.press(".")
        desk.see("pinned Jonas Brandt", "3 Quotes 1 of 4")
        assert desk.keys <= 2


def test_one_finds_a_word_in_the_article_and_its_next_place(tmp_path: Path) -> None:
    """In newsboat: /, the word, Enter, n."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll") as desk:
        desk.see("1 Article")
        desk.press("/")
        desk.type("crowns")
        desk.press("Enter", "n")
        desk.see("hit 2 of")
        assert desk.keys <= 3


def test_one_goes_from_an_event_to_the_words_that_prove_it(tmp_path: Path) -> None:
    """In lazygit: Enter, from a list to what it lists."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll") as desk:
        desk.see("1 Article")
        desk.press("4")
        desk.see("1/6")
        desk.press("Enter")
        desk.see("▌ ◷  2 Until 2017 the crossing was free")
        assert desk.keys <= 2


def test_one_leaves_in_the_middle_and_goes_on_the_next_day(tmp_path: Path) -> None:
    """In newsboat: Q; the place in an article is lost."""
    with at_the_desk(tmp_path, "--at", "2022-02-11-bridge-toll#para/p7") as desk:
        desk.see("▌❝◷  7 The company took")
        desk.press("q")
        desk.see("ended with 0")
        assert desk.keys <= 1
        desk.open()
        desk.see("▌❝◷  7 The company took")
