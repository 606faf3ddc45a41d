import pytest
from rooms import plain, ref

from dossier.core.entry import Entry, Part
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Piece
from dossier.ui.render.rows import GUTTER, TEXT_CELLS, draw_paragraph


def paragraph(text: str, number: int = 0, marks: tuple[str, ...] = (), address: str = "para/p1") -> Entry:
    return Entry(ref(address), (Part("text", text),), 1, paragraph_number=number, evidence_kinds=frozenset(marks))


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
    assert [plain(line) for line in draw_paragraph(entry, EntryLook(), 60)] == [first]


def test_further_lines_stand_below_the_text() -> None:
    lines = draw_paragraph(paragraph("One boat and two crews", 1), EntryLook(), GUTTER + 8)
    assert [plain(line) for line in lines] == ["     1 One boat", "       and two", "       crews"]


def test_a_column_is_never_wider_than_the_eye_can_follow() -> None:
    lines = draw_paragraph(paragraph("word " * 60, 1), EntryLook(), 200)
    assert max(len(plain(line)) for line in lines) == GUTTER + TEXT_CELLS - 2
    assert len(lines) > 1


@pytest.mark.parametrize(
    ("address", "style"), [("headline", "headline"), ("para/p1", "body"), ("heading/h1", "heading")]
)
def test_the_style_is_that_of_the_kind(address: str, style: str) -> None:
    (line,) = draw_paragraph(paragraph("Text", address=address), EntryLook(), 60)
    assert line[-1] == Piece("Text", style)


def test_the_cursor_is_on_its_line_alone() -> None:
    lines = draw_paragraph(
        paragraph("One boat and two crews", 1), EntryLook(cursor_line=1, is_by_line=True), GUTTER + 8
    )
    assert [line[0].text for line in lines] == [" ", "▌", " "]


def test_what_is_lit_has_a_dot() -> None:
    lines = draw_paragraph(
        paragraph("One boat and two crews", 1), EntryLook(highlighted=frozenset({ref("para/p1")})), GUTTER + 8
    )
    assert [line[0].text for line in lines] == ["•", " ", " "]
