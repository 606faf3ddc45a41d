"""Tests of properties that all entries have when they are drawn, at any width and in any visual state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rooms import DATA, FILES, entries_of, made, plain, ref

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.views.panes import make_panes
from dossier.text.width import iterate_clusters, width
from dossier.ui.render.draw import DrawnEntry, draw_entry, measure_heights
from dossier.ui.render.entry_style import HIGHLIGHT_SIGN, EntryLook
from dossier.ui.render.flow import Line, measure_line
from dossier.ui.render.hint_labels import make_hint_labels

WIDTHS = (1, 2, 7, 23, 24, 40, 60, 92)
BESIDE = {"aside", "glyph", "number", "cursor", "where"}
"""The styles of text that is beside the words of an entry."""

ODD = """
headline: 한국어 헤드라인 岸田文雄 🇰🇷
body: Reyes a\u0301b said e\u0301clair 한서진 twice. Reyes again, and abcdefghijklmnopqrstuvwxyzabcdefghijklmnop.
people:
  tom: {name: Tom Reyes, native: 岸田文雄岸田文雄岸田文雄, role: a role that does not end soon, aliases: [x, y, 한]}
  ana: {name: Ana Reyes}
quotes:
  - {id: q1, text: never said, speaker: Reyes}
  - {id: q2, text: twice, speaker: tom, at: p1, other thing: 1, form: indirect}
  - {id: q3, text: Reyes again, speaker_text: somebody who has a name that is far too long for any list}
timeline:
  - {date: some time in the first half of the last century, what: 한서진 said, people: [nobody, tom]}
  - {date: 2022-06-29T10:30Z/2023-07-30T09:15Z, what: Between, quote: q1}
media:
  - {id: m1}
  - {id: m2, type: photo}
  - {id: m3, caption: Two men, credit: Yonhap, people: [tom], where: here}
documents:
  - {url: https://example.org/a/very/long/address/that/has/no/place/to/break}
  - {at: p1}
glossary: {a term that is longer than its column: meaning, b: ""}
an unknown key which is very long: value
published: 2023-13
provenance: {by: x}
"""


def odd() -> tuple[tuple[Entry, Entry | None], ...]:
    article = made(ODD)
    shown = make_panes(article, Links.of(article)).values()
    return tuple((entry, above) for pane in shown for entry, above in zip(pane, (None, *pane), strict=False))


def looks(entry: Entry) -> Iterator[EntryLook]:
    """Return an entry in each of its visual states."""
    lit = frozenset({entry.ref, *(entry.ref.with_span(anchor.start, anchor.end) for anchor in entry.anchors[:2])})
    hits = tuple((start, start + len(part.text)) for part, start in entry.iterate_parts() if part.text)
    letters = dict(zip((-1, *range(len(entry.anchors))), make_hint_labels(30), strict=False))
    yield EntryLook(lit)
    yield EntryLook(lit, cursor_line=0)
    yield EntryLook(cursor_line=1, is_by_line=True, chosen_link=0)
    yield EntryLook(hits=hits, current_hit=hits[0] if hits else None)
    yield EntryLook(lit, 0, True, 0, hits, None, letters)


def squeezed(text: str) -> str:
    return "".join(text.split())


def own_words(lines: tuple[Line, ...]) -> str:
    """Return the words of the entry itself, without white space."""
    pieces = (
        piece
        for line in lines
        for piece in line
        if not BESIDE & set(piece.style.split()) and piece.text != HIGHLIGHT_SIGN
    )
    return squeezed("".join(piece.text for piece in pieces))


def check_lines(drawn: DrawnEntry, cells: int) -> None:
    for line in (*drawn.head, *drawn.lines):
        text = plain(line)
        assert text.isprintable() or not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in text), text
        only = [size for _, _, size in iterate_clusters(text.strip(" ▌•")) if size]
        assert measure_line(line) <= cells or (cells <= 2 and len(only) == 1 and max(only) == 2), (cells, text)
    assert drawn.lines


def check_words(entry: Entry, drawn: DrawnEntry) -> None:
    words = own_words(drawn.lines)
    for part in entry.parts:
        if part.name == "date" and width(part.text) > 12:
            continue  # a date that is longer than its column is cut
        assert squeezed(part.text) in words, part


def check(entry: Entry, above: Entry | None, cells: int) -> None:
    drawn = draw_entry(entry, above, cells)
    check_lines(drawn, cells)
    check_words(entry, drawn)
    assert measure_heights(entry, above, cells) == (len(drawn.head), len(drawn.lines))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_at_many_widths(path: Path) -> None:
    for entry, above in entries_of(path):
        for cells in WIDTHS:
            check(entry, above, cells)


def test_every_kind_at_every_width() -> None:
    kinds = {entry.ref.kind: (entry, above) for entry, above in entries_of(DATA / "nato-seoul-2023.yaml")}
    assert len(kinds) >= 10
    for entry, above in kinds.values():
        for cells in range(1, 121):
            check(entry, above, cells)


def test_odd_entries_at_every_width() -> None:
    for entry, above in odd():
        for cells in range(1, 121):
            check(entry, above, cells)


@pytest.mark.parametrize("cells", [1, 7, 24, 60])
def test_nothing_of_its_state_changes_the_lines_of_an_entry(cells: int) -> None:
    for entry, above in (*odd(), *entries_of(DATA / "nato-seoul-2023.yaml")[:60:3]):
        still = draw_entry(entry, above, cells)
        for look in looks(entry):
            drawn = draw_entry(entry, above, cells, look)
            assert (len(drawn.head), len(drawn.lines)) == measure_heights(entry, above, cells)
            if look.hint_letters:
                assert all(measure_line(line) <= cells for line in drawn.lines)
            else:
                assert list(map(measure_line, drawn.lines)) == list(map(measure_line, still.lines))
                assert own_words(drawn.lines) == own_words(still.lines)


@pytest.mark.parametrize("cells", [2, 30, 92])
def test_the_pieces_of_a_hit_are_its_text(cells: int) -> None:
    for entry, above in (*odd(), *entries_of(DATA / "nato-seoul-2023.yaml")):
        for part, start in entry.iterate_parts():
            if (part.name == "date" and width(part.text) > 12) or len(part.text) < 2:
                continue
            hit = start + len(part.text) // 3, start + len(part.text)
            drawn = draw_entry(entry, above, cells, EntryLook(hits=(hit,), current_hit=hit))
            marked = "".join(piece.text for line in drawn.lines for piece in line if "hit" in piece.style.split())
            assert squeezed(marked) == squeezed(entry.text[slice(*hit)]), (entry.ref, part)


def test_a_hit_in_the_speaker_shows_in_the_row() -> None:
    entry, above = next(one for one in odd() if one[0].ref.id == "q2")
    start = entry.text.index("Tom")
    drawn = draw_entry(entry, above, 60, EntryLook(hits=((start, start + 3),)))
    assert [piece.text for line in drawn.lines for piece in line if "hit" in piece.style.split()] == ["Tom"]


@pytest.mark.parametrize("cells", [10, 30, 80])
def test_the_pieces_of_a_link_are_its_text(cells: int) -> None:
    for entry, above in (*odd(), *entries_of(DATA / "nato-seoul-2023.yaml")):
        drawn = draw_entry(entry, above, cells)
        for number, anchor in enumerate(entry.anchors):
            shown = "".join(piece.text for line in drawn.lines for piece in line if number in piece.anchors)
            assert squeezed(shown) == squeezed(entry.text[anchor.start : anchor.end]), entry.ref


@pytest.mark.parametrize(
    ("address", "above", "head"),
    [
        ("headline", None, []),
        ("subtitle", "headline", []),
        ("para/p1", "subtitle", [""]),
        ("para/p2", "para/p1", [""]),
        ("heading/h1", "para/p1", [""]),
        ("media/m1", "para/p9", ["", " Group"]),
        ("media/m2", "media/m1", []),
        ("person/a", None, [" Group"]),
        ("event/e1", None, []),
        ("event/e2", "event/e1", []),
    ],
)
def test_what_stands_above_an_entry(address: str, above: str | None, head: list[str]) -> None:
    def entry(address: str) -> Entry:
        kind = address.partition("/")[0]
        parts = (Part("date", "2006"), Part("text", "x")) if kind == "event" else (Part("name", "x"), Part("text", "y"))
        return Entry(ref(address), parts, 1, group="Group" if kind in ("media", "person") else "")

    drawn = draw_entry(entry(address), entry(above) if above else None, 60)
    assert [plain(line) for line in drawn.head] == head
