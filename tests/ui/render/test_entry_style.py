import pytest
from rooms import ferry, ref

from dossier.core.entry import Entry
from dossier.ui.render.entry_style import EntryLook, is_highlighted, make_marker, make_marks
from dossier.ui.render.flow import Piece, StyleMark


def entry(address: str) -> Entry:
    found = ferry().entry_of(ref(address))
    assert found is not None
    return found


def test_a_link_is_styled_by_what_it_leads_to() -> None:
    assert [mark.style for mark in make_marks(entry("para/p1"), EntryLook())] == [
        "term",
        "quoted",
        "mention",
        "mention",
    ]
    assert [mark.style for mark in make_marks(entry("para/p2"), EntryLook())] == [
        "mention",
        "mention",
        "quoted",
        "ambiguous",
    ]
    assert [mark.style for mark in make_marks(entry("para/p4"), EntryLook())][:3] == ["dated", "mention", "quoted"]


@pytest.mark.parametrize(
    ("look", "styles"),
    [
        (EntryLook(highlighted=frozenset({ref("para/p2:12-23")})), ["mention", "mention lit", "quoted", "ambiguous"]),
        (EntryLook(chosen_link=3), ["mention", "mention", "quoted", "ambiguous chosen"]),
        (
            EntryLook(highlighted=frozenset({ref("para/p2:0-6")}), chosen_link=0),
            ["mention lit chosen", "mention", "quoted", "ambiguous"],
        ),
    ],
)
def test_lit_and_chosen_links(look: EntryLook, styles: list[str]) -> None:
    assert [mark.style for mark in make_marks(entry("para/p2"), look)] == styles


def test_hits_lie_over_the_links_and_the_current_one_stands_out() -> None:
    look = EntryLook(hits=((0, 6), (45, 50)), current_hit=(45, 50))
    assert make_marks(entry("para/p2"), look)[4:] == [StyleMark(0, 6, "hit"), StyleMark(45, 50, "hit current")]


@pytest.mark.parametrize(
    ("lit", "shines"), [(["para/p2"], True), (["para/p2:0-6"], True), (["para/p2:1-6", "para/p1"], False), ([], False)]
)
def test_is_lit(lit: list[str], shines: bool) -> None:
    assert is_highlighted(entry("para/p2"), EntryLook(highlighted=frozenset(map(ref, lit)))) == shines


@pytest.mark.parametrize(
    ("cursor", "line", "lit", "by_line", "piece"),
    [
        (-1, 0, False, True, Piece(" ")),
        (-1, 0, True, True, Piece("•", "lit")),
        (-1, 1, True, True, Piece(" ")),
        (1, 1, False, True, Piece("▌", "cursor")),
        (1, 0, False, True, Piece(" ")),
        (1, 0, True, True, Piece("•", "lit")),
        (1, 0, True, False, Piece("▌", "cursor")),
        (0, 2, False, False, Piece("▌", "cursor")),
    ],
)
def test_marker(cursor: int, line: int, lit: bool, by_line: bool, piece: Piece) -> None:
    assert make_marker(EntryLook(cursor_line=cursor, is_by_line=by_line), line, lit) == piece
