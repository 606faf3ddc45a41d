import pytest
from rooms import plain, ref

from dossier.core.entry import Entry, Part
from dossier.ui.render.entry_style import Look
from dossier.ui.render.flow import Piece
from dossier.ui.render.rows import GUTTER, TEXT_CELLS, prose


def paragraph(text: str, number: int = 0, marks: tuple[str, ...] = (), address: str = "para/p1") -> Entry:
    return Entry(ref(address), (Part("text", text),), 1, number=number, marks=frozenset(marks))


@pytest.mark.parametrize(
    ("entry", "first"),
    [
        (paragraph("One boat.", 4), "     4 One boat."),
        (paragraph("One boat.", 12, ("quote",)), " ❝  12 One boat."),
        (paragraph("One boat.", 123, ("quote", "event")), " ❝◷123 One boat."),
        (paragraph("One boat.", 1, ("event",)), "  ◷  1 One boat."),
        (paragraph("What changes", address="heading/h1"), "       What changes"),
    ],
)
def test_the_gutter_has_number_and_evidence(entry: Entry, first: str) -> None:
    assert [plain(line) for line in prose(entry, Look(), 60)] == [first]


def test_further_lines_stand_below_the_text() -> None:
    lines = prose(paragraph("One boat and two crews", 1), Look(), GUTTER + 8)
    assert [plain(line) for line in lines] == ["     1 One boat", "       and two", "       crews"]


def test_a_column_is_never_wider_than_the_eye_can_follow() -> None:
    lines = prose(paragraph("word " * 60, 1), Look(), 200)
    assert max(len(plain(line)) for line in lines) == GUTTER + TEXT_CELLS - 2
    assert len(lines) > 1


@pytest.mark.parametrize(
    ("address", "style"), [("headline", "headline"), ("para/p1", "body"), ("heading/h1", "heading")]
)
def test_the_style_is_that_of_the_kind(address: str, style: str) -> None:
    (line,) = prose(paragraph("Text", address=address), Look(), 60)
    assert line[-1] == Piece("Text", style)


def test_the_cursor_is_on_its_line_alone() -> None:
    lines = prose(paragraph("One boat and two crews", 1), Look(cursor=1, by_line=True), GUTTER + 8)
    assert [line[0].text for line in lines] == [" ", "▌", " "]


def test_what_is_lit_has_a_dot() -> None:
    lines = prose(paragraph("One boat and two crews", 1), Look(lit=frozenset({ref("para/p1")})), GUTTER + 8)
    assert [line[0].text for line in lines] == ["•", " ", " "]
