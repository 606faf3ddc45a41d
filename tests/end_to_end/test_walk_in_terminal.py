"""Test of the main use of the program in a real terminal: to a person, to a quote, back; find, hints, peek, quit.

What has to be highlighted is taken from the article's links, and found on the screen by text and style.
"""

import re
from pathlib import Path

import pytest
from golden import expect, is_kept
from libraries import PORT_ARLEN
from reader import NATO
from rooms import stored
from terminals import Screen, Terminal, in_terminal, is_chosen, is_hint, is_hit, is_lit, terminal

from dossier.core.entry import PANES
from dossier.core.links import Links
from dossier.core.matcher import find_hits
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.ui.render.draw import draw_entry

pytestmark = in_terminal

ARTICLE = stored(NATO)
LINKS = Links.of(ARTICLE)
ENTRIES = make_panes(ARTICLE, LINKS)
PARK = Ref(ARTICLE.ref.article, "person", "park")
EVIDENCE = "pleased to see"
MISSILES = sum(len(hit.spans) for pane in PANES for hit in find_hits(parse_terms("missiles"), ENTRIES[pane]))
"""The number of places at which the article has this word."""
SIZES = [(80, 24), (160, 45)]


def frame(screen: Screen, name: str) -> tuple[range, int, int]:
    """Return the rows inside a pane's border, and its first column and the one after its last."""
    title = f"─ {PANES.index(name) + 1} {name.capitalize()}"
    top = screen.row(title)
    left = screen.rows[top].index(title) - 1
    columns = [column for column in range(left, 200) if screen.cell(top, column).data in "╭╮"]
    bottom = next(row for row in range(top + 1, 60) if screen.cell(row, columns[0]).data == "╰")
    return range(top + 1, bottom), columns[0] + 1, columns[1]


def seen(screen: Screen, name: str) -> dict[Ref, int]:
    """Return the entries of a pane whose first line is visible, each with its row."""
    rows, left, right = frame(screen, name)
    lines = {screen.line(row, left + 1, right): row for row in rows}
    found = {}
    for number, entry in enumerate(ENTRIES[name]):
        above = ENTRIES[name][number - 1] if number else None
        first = "".join(piece.text for piece in draw_entry(entry, above, right - left - 1).lines[0])
        if first[1:].rstrip() in lines:
            found[entry.ref] = lines[first[1:].rstrip()]
    return found


def check_panes(screen: Screen, lit: frozenset[Ref]) -> None:
    for name in ("quotes", "timeline"):
        _, left, right = frame(screen, name)
        rows = seen(screen, name)
        assert len(rows) >= 3
        assert lit & set(rows), f"nothing that is lit is on view in {name}"
        for ref, row in rows.items():
            bold = "".join(cell.data for cell in screen.cells(row, left + 1, right) if is_lit(cell))
            marker = screen.cell(row, left)
            assert (marker.data == "•" and is_lit(marker)) == (ref in lit), ref
            assert bool(bold) == (ref in lit), ref
            assert words(ref).startswith(bold), ref


def check_strip(screen: Screen, lit: frozenset[Ref]) -> None:
    shining = {ref.entry for ref in lit}
    best = [entry for name in ("quotes", "timeline", "article") for entry in ENTRIES[name] if entry.ref in shining]
    best.sort(key=lambda entry: PARK not in (target for part in entry.parts[1:2] for target in part.targets))
    first = next(number for number, row in enumerate(screen.rows) if row.startswith("────")) + 1
    rows = screen.rows[first:-1]
    assert len(rows) == 4
    for number, entry in enumerate(best[:3]):
        fields = {part.name: part.text for part in entry.parts}
        told = fields.get("speaker", fields.get("date", ""))
        assert rows[number].startswith(f" ❝ {told}  {fields['text'][:20]}")
        assert "".join(cell.data for cell in screen.cells(first + number) if is_lit(cell)) == told.replace(" ", "")
    assert f"… and {len(best) - 3} more" in rows[3]


def words(ref: Ref) -> str:
    """Return the text of a quote or an event as it is shown, without blanks."""
    entry = next(entry for name in ("quotes", "timeline") for entry in ENTRIES[name] if entry.ref == ref)
    text = next(part.text for part in entry.parts if part.name == "text")
    return (f"“{text}”" if entry.form == "direct" else text).replace(" ", "")


def cursor_row(screen: Screen) -> int:
    """Return the first row with the cursor's bar, apart from the one in the tabs."""
    bars = (
        row for row in range(1, len(screen.rows)) if any(cell.data == "▌" and cell.bold for cell in screen.cells(row))
    )
    return next(bars)


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_the_walk(tmp_path: Path, columns: int, lines: int) -> None:
    name = f"walk-{columns}x{lines}"
    with terminal(tmp_path, columns, lines) as desk:
        desk.run()
        screen = desk.wait(lambda screen: "1/27" in screen.text)
        assert "NATO takes up" in screen.rows[cursor_row(screen)]
        expect(f"{name}-1-open", screen.text)
        a_person_lights_what_is_linked_to_him(desk, name, wide=columns >= 100)
        a_quote_leads_to_its_words_and_back(desk, name)
        find_marks_every_hit(desk, name, range(1, lines - 1 if columns >= 100 else lines - 6))
        a_hint_leads_to_its_link(desk, name)
        a_peek_leaves_all_as_it_was(desk, name)
        desk.press("q")
        screen = desk.wait(lambda screen: "ended with 0" in screen.text)
        assert screen.text.rstrip().splitlines()[-1] == "ready>"
        assert (desk.state("cursor_flag"), desk.state("alternate_on")) == ("1", "0")
        expect(f"{name}-7-quit", screen.text)


def a_person_lights_what_is_linked_to_him(desk: Terminal, name: str, wide: bool) -> None:
    desk.press("Tab", "j")
    screen = desk.wait(lambda screen: "2/30" in screen.text)
    assert "Park Jin" in screen.rows[cursor_row(screen)]
    (check_panes if wide else check_strip)(screen, LINKS.find_highlighted((PARK,)))
    expect(f"{name}-2-person", screen.text)


def a_quote_leads_to_its_words_and_back(desk: Terminal, name: str) -> None:
    desk.press("Tab", "7", "j")
    before = desk.wait(lambda screen: "8/9" in screen.text)
    desk.press("Enter")
    screen = desk.wait(lambda screen: "¶12" in screen.rows[-1])
    row = cursor_row(screen)
    assert EVIDENCE in screen.rows[row]
    assert "".join(cell.data for cell in screen.cells(row) if is_chosen(cell)) == EVIDENCE.replace(" ", "")
    expect(f"{name}-3-evidence", screen.text)
    desk.press("BSpace")
    assert desk.wait(lambda screen: "8/9" in screen.text).picture == before.picture


def counts_hits(screen: Screen) -> bool:
    """Return whether the screen tells the number of all places of "missiles", which was typed to be found."""
    return re.search(rf"\d+ of {MISSILES}$", screen.rows[-1]) is not None


def check_hits(screen: Screen, rows: range) -> None:
    for row in rows:
        hits = "".join(cell.data for cell in screen.cells(row) if is_hit(cell))
        assert hits == "missiles" * screen.rows[row].count("missiles")


def find_marks_every_hit(desk: Terminal, name: str, rows: range) -> None:
    before = desk.wait(lambda screen: "8/9" in screen.text)
    desk.type("/missiles")
    screen = desk.wait(counts_hits)
    check_hits(screen, rows)
    assert any(is_hit(cell) for cell in screen.cells(cursor_row(screen)))
    expect(f"{name}-4-find", screen.text)
    desk.press("Escape")
    assert desk.wait(lambda screen: "missiles" not in screen.rows[-1]).picture == before.picture


def a_hint_leads_to_its_link(desk: Terminal, name: str) -> None:
    desk.press("1")
    desk.wait(lambda screen: "1/27" in screen.text and "1…" not in screen.text)
    desk.press("g")
    screen = desk.wait(lambda screen: "1/27" in screen.text)
    row = screen.row("Stoltenberg, said")
    column = screen.rows[row].index("Jens")
    desk.press("f")
    screen = desk.wait(lambda screen: "type the letters" in screen.rows[-1])
    cells = screen.cells(row, column - 2, column)
    label = "".join(cell.data for cell in cells if is_hint(cell))
    assert label
    expect(f"{name}-5-hints", screen.text)
    desk.type(label)
    screen = desk.wait(lambda screen: "1/30" in screen.text)
    assert "Jens Stoltenberg" in screen.rows[cursor_row(screen)]


def a_peek_leaves_all_as_it_was(desk: Terminal, name: str) -> None:
    before = desk.wait(lambda screen: "1/30" in screen.text)
    desk.press("Space")
    screen = desk.wait(lambda screen: "Details" in screen.text)
    assert "Secretary General of NATO" in screen.text
    expect(f"{name}-6-peek", screen.text)
    desk.press("Escape")
    assert desk.wait(lambda screen: "Details" not in screen.text).picture == before.picture


def test_the_picture_of_the_readme(tmp_path: Path) -> None:
    first = next(entry for entry in ENTRIES["article"] if entry.ref.kind == "para")
    named = [first.text[anchor.start : anchor.end] for anchor in first.anchors]
    before = sum(len(entry.anchors) for entry in ENTRIES["article"][: ENTRIES["article"].index(first)])
    with terminal(tmp_path, 100, 20) as desk:
        desk.run()
        desk.wait(lambda screen: "1/27" in screen.text)
        desk.type("l" * (before + named.index("Jens Stoltenberg") + 1))
        screen = desk.wait(lambda screen: "¶1" in screen.rows[-1])
        row = cursor_row(screen)
        assert "".join(cell.data for cell in screen.cells(row) if is_chosen(cell)) == "JensStoltenberg"
        person = screen.row("7 mentions")
        assert "".join(cell.data for cell in screen.cells(person) if is_lit(cell)) == "•JensStoltenberg"
        expect("readme-100x20", screen.text)


def test_the_picture_of_the_library(tmp_path: Path) -> None:
    with terminal(tmp_path, 100, 30) as desk:
        desk.run(str(PORT_ARLEN))
        desk.wait(lambda screen: "0 Library 11 articles ─" in screen.text and "2 People 37 · 3 Quotes" in screen.text)
        desk.type("stoll")
        desk.wait(lambda screen: "s toll" in screen.rows[-1] and "hits" in screen.rows[-1])
        desk.press("Enter")
        known = re.compile(r"0 Found 6 articles · \d+ hits ─.*2 People \d+ · 3 Quotes \d+ · 4 Time", re.DOTALL)
        # What is in the panes, their titles, the facets and the preview come one after another.
        name = "library-100x30"
        screen = desk.wait(
            lambda screen: (
                bool(known.search(screen.text))
                and "─ Preview · 6 hits ─" in screen.text
                and "00 Facets · articles left by a pin ─" in screen.text
                and is_kept(name, screen.text)
            )
        )
        assert screen.rows[0] == " library 11 ▸ “toll” 6"
        for columns in ((0, 44), (44, 100)):
            hits = "".join(cell.data for row in range(30) for cell in screen.cells(row, *columns) if is_hit(cell))
            assert len(hits) > 4
            assert set(hits.split("toll")) == {""}
        expect(name, screen.text)
