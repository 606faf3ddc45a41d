"""Tests that need a real terminal: the editor, suspending, changes of size, bursts of keys, disputed widths."""

import shutil
from pathlib import Path

import pytest
from reader import NATO
from rooms import DATA, stored
from terminals import Screen, Terminal, in_terminal, is_chosen, is_hit, terminal

from dossier.core.entry import PANES
from dossier.core.links import Links
from dossier.core.matcher import find_hits
from dossier.core.query import parse_terms
from dossier.core.views.panes import make_panes

pytestmark = in_terminal

EVIDENCE = "pleased to see"


def open_at_evidence(desk: Terminal, *arguments: str) -> Screen:
    """Start the program, and follow a quote to its words."""
    desk.run(*arguments)
    desk.wait(lambda screen: "1/27" in screen.rows[-1])
    desk.type("\t\t7j\r")
    return desk.wait(lambda screen: chosen(screen) == EVIDENCE.replace(" ", ""))


def chosen(screen: Screen) -> str:
    """Return the words of the text under the cursor, from all rows but the tabs."""
    rows = range(1, len(screen.rows))
    return "".join(cell.data for row in rows for cell in screen.cells(row) if is_chosen(cell))


def leave(desk: Terminal) -> None:
    desk.press("q")
    desk.wait(lambda screen: "ended with 0" in screen.text)


def test_the_editor_is_told_file_and_line_and_the_screen_comes_back(tmp_path: Path) -> None:
    told = tmp_path / "told"
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" >> {told}\necho editing here\n', "utf-8")
    editor.chmod(0o755)
    file = Path(shutil.copy(NATO, tmp_path / "article.yaml"))
    article = stored(NATO)
    lines = {quote.ref.id: quote.line for quote in article.quotes}
    with terminal(tmp_path, EDITOR=str(editor)) as desk:
        desk.run(str(file))
        desk.wait(lambda screen: "1/27" in screen.text)
        desk.type("\t\tjj")
        before = desk.wait(lambda screen: "3/9" in screen.text)
        desk.type("e")
        after = desk.wait(lambda screen: told.exists() and "3/9" in screen.text)
        assert told.read_text("utf-8").split() == [f"+{lines['q3']}", str(file)]
        assert after.picture == before.picture
        desk.type("j")
        desk.wait(lambda screen: "4/9" in screen.text)
        leave(desk)


def test_an_editor_that_is_not_there_is_told(tmp_path: Path) -> None:
    with terminal(tmp_path, EDITOR="no-such-editor") as desk:
        before = open_at_evidence(desk)
        desk.type("e")
        screen = desk.wait(lambda screen: "set $EDITOR" in screen.text)
        assert screen.rows[:-1] == before.rows[:-1]
        leave(desk)


def test_suspended_and_brought_back(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        before = open_at_evidence(desk)
        desk.press("C-z")
        screen = desk.wait(lambda screen: screen.text.rstrip().endswith("ready>"))
        assert EVIDENCE not in screen.text
        assert (desk.state("cursor_flag"), desk.state("alternate_on")) == ("1", "0")
        desk.command("fg")
        after = desk.wait(lambda screen: EVIDENCE in screen.text)
        assert after.picture == before.picture
        desk.press("BSpace")
        desk.wait(lambda screen: "8/9" in screen.text)
        desk.press("q")
        desk.wait(lambda screen: screen.text.rstrip().endswith("ready>"))


@pytest.mark.parametrize(("keys", "words"), [("?", "Help"), ("/toll", "/ toll"), ("f", "Esc cancels"), ("x", "Export")])
def test_with_something_open_it_is_suspended_and_brought_back(keys: str, words: str, tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        open_at_evidence(desk)
        desk.type(keys)
        before = desk.wait(lambda screen: words in screen.text)
        desk.press("C-z")
        desk.wait(lambda screen: screen.text.rstrip().endswith("ready>"))
        desk.command("fg")
        desk.wait(lambda screen: screen.picture == before.picture)
        desk.press("Escape")
        desk.wait(lambda screen: words not in screen.text)
        desk.press("q")
        desk.wait(lambda screen: screen.text.rstrip().endswith("ready>"))


def test_a_change_on_disk_is_followed(tmp_path: Path) -> None:
    file = Path(shutil.copy(NATO, tmp_path / "article.yaml"))
    text = file.read_text("utf-8")
    with terminal(tmp_path) as desk:
        open_at_evidence(desk)
        file.write_text(text.replace("“pleased to see” the two sides", "“pleased to see” both sides"), "utf-8")
        screen = desk.wait(lambda screen: "both sides" in screen.text)
        assert chosen(screen) == EVIDENCE.replace(" ", "")
        file.write_text("headline: [", "utf-8")
        screen = desk.wait(lambda screen: "the changed file cannot be read" in screen.text)
        assert "both sides" in screen.text
        file.write_text(text, "utf-8")
        desk.wait(lambda screen: "the two sides" in screen.text)
        leave(desk)


def test_a_change_of_size_keeps_what_the_cursor_is_on(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        before = open_at_evidence(desk)
        for columns, lines in ((160, 45), (40, 12), (80, 24)):
            desk.resize(columns, lines)
            screen = desk.wait(lambda screen: chosen(screen) == EVIDENCE.replace(" ", "") and "¶12" in screen.rows[-1])
        assert screen.rows[-1] == before.rows[-1]
        leave(desk)


def test_no_size_is_too_small(tmp_path: Path) -> None:
    with terminal(tmp_path) as desk:
        open_at_evidence(desk)
        for columns, lines in ((1, 1), (2, 40), (160, 1), (3, 3), (20, 4)):
            desk.resize(columns, lines)
            desk.type("?")
            desk.take()
            desk.press("Escape")
            desk.take()
        desk.resize(80, 24)
        screen = desk.wait(lambda screen: "¶12" in screen.rows[-1])
        assert chosen(screen) == EVIDENCE.replace(" ", "")
        leave(desk)


def test_keys_in_one_packet_are_taken_in_order(tmp_path: Path) -> None:
    entries = make_panes(stored(NATO), Links.of(stored(NATO)))
    total = sum(len(hit.spans) for pane in PANES for hit in find_hits(parse_terms("missiles"), entries[pane]))
    with terminal(tmp_path) as desk:
        desk.run()
        desk.wait(lambda screen: "1/27" in screen.text)
        desk.type("/missiles\rn")
        screen = desk.wait(lambda screen: f"2 of {total}" in screen.rows[-1])
        assert any(is_hit(cell) and cell.underscore for row in range(24) for cell in screen.cells(row))
        leave(desk)


def test_marks_typed_by_hand_and_words_stepped_over(tmp_path: Path) -> None:
    """A terminal sends a letter and its mark one after the other, and Alt with a letter as Esc and the letter."""
    file = tmp_path / "scripts.yaml"
    file.write_text("headline: Scripts\nbody: [ที่ กรุงเทพ มีข่าว, سيصل القطار غدًا, The cafe\u0301 is open]\n", "utf-8")
    with terminal(tmp_path) as desk:
        desk.run(str(file))
        desk.wait(lambda screen: "1 Article" in screen.text)
        for word in ("ที่", "غدًا", "cafe\u0301"):
            desk.type(f"/{word}")
            desk.wait(lambda screen: "1 of 1" in screen.rows[-1])
            desk.press("C-u")
            desk.type("one two")
            desk.press("M-b")
            desk.type("x")
            desk.wait(lambda screen: "one xtwo" in screen.rows[-1])
            desk.press("Escape")
            desk.wait(lambda screen: "one xtwo" not in screen.text)
        leave(desk)


@pytest.mark.parametrize(
    ("keys", "place"), [("", "1/52"), ("2", "1/28"), ("\t\t\tG", "23/23")], ids=["text", "people", "timeline"]
)
def test_foreign_script_leaves_every_border_straight(tmp_path: Path, keys: str, place: str) -> None:
    with terminal(tmp_path, 160, 45) as desk:
        desk.run(str(DATA / "port-arlen" / "2024-10-12-the-long-quay.yaml"))
        desk.wait(lambda screen: "1 Article" in screen.text)
        desk.type(keys)
        screen = desk.wait(lambda screen: screen.rows[-1].endswith(f" {place}"))
        for row in range(1, 44):
            found = {column for column in range(160) if screen.cell(row, column).data in tuple("│╭╮╰╯")}
            assert found == {0, 87, 88, 159}, screen.rows[row]
        leave(desk)
