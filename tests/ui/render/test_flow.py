import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import plain

from dossier.text.width import iterate_clusters, width, wrap
from dossier.ui.render.flow import Piece, Segment, StyleMark, clip_line, measure_line, wrap_segments

TEXT = "one two three"


@pytest.mark.parametrize(
    ("marks", "cells", "lines"),
    [
        ([], 80, [[("one two three", "s", ())]]),
        ([], 7, [[("one two", "s", ())], [("three", "s", ())]]),
        ([], 0, [[(letter, "s", ())] for letter in "onetwothree"]),
        ([StyleMark(4, 7, "m", 0)], 80, [[("one ", "s", ()), ("two", "s m", (0,)), (" three", "s", ())]]),
        ([StyleMark(0, 13, "m")], 80, [[("one two three", "s m", ())]]),
        # over the end of a line
        (
            [StyleMark(4, 10, "m", 2)],
            7,
            [[("one ", "s", ()), ("two", "s m", (2,))], [("th", "s m", (2,)), ("ree", "s", ())]],
        ),
        # one within another, one beside another, two over the same words
        (
            [StyleMark(0, 7, "a", 0), StyleMark(4, 7, "b", 1)],
            80,
            [[("one ", "s a", (0,)), ("two", "s a b", (0, 1)), (" three", "s", ())]],
        ),
        (
            [StyleMark(0, 5, "a", 0), StyleMark(3, 7, "b", 1)],
            80,
            [[("one", "s a", (0,)), (" t", "s a b", (0, 1)), ("wo", "s b", (1,)), (" three", "s", ())]],
        ),
        ([StyleMark(0, 3, "a"), StyleMark(0, 3, "a s")], 80, [[("one", "s a a s", ()), (" two three", "s", ())]]),
        # outside
        ([StyleMark(13, 20, "m", 0)], 80, [[("one two three", "s", ())]]),
        ([StyleMark(8, 99, "m", 0)], 80, [[("one two ", "s", ()), ("three", "s m", (0,))]]),
    ],
)
def test_marks_cut_where_they_begin_and_end(
    marks: list[StyleMark], cells: int, lines: list[list[tuple[str, str, tuple[int, ...]]]]
) -> None:
    found = wrap_segments([Segment(TEXT, "s", 0)], marks, cells)
    assert [[tuple(piece) for piece in line] for line in found] == lines


def test_segments_are_one_text_and_separators_bear_no_marks() -> None:
    segments = [Segment("name", "a", 10), Segment(" · ", "muted"), Segment("role", "b", 15)]
    (line,) = wrap_segments(segments, [StyleMark(12, 17, "m", 3)], 80)
    assert line == (
        Piece("na", "a"),
        Piece("me", "a m", (3,)),
        Piece(" · ", "muted"),
        Piece("ro", "b m", (3,)),
        Piece("le", "b"),
    )


@pytest.mark.parametrize(
    ("text", "mark", "cells", "marked"),
    [
        ("한서진이 왔다", StyleMark(0, 3, "m"), 4, ["한서", "진"]),
        ("岸田文雄首相", StyleMark(1, 4, "m"), 4, ["田", "文雄"]),
        ("cafe\u0301 au lait", StyleMark(0, 5, "m"), 4, ["cafe\u0301"]),
        ("a\u0301b\u0301c\u0301", StyleMark(2, 6, "m"), 1, ["b\u0301", "c\u0301"]),
    ],
)
def test_marks_on_wide_and_combining_text(text: str, mark: StyleMark, cells: int, marked: list[str]) -> None:
    lines = wrap_segments([Segment(text, "", 0)], [mark], cells)
    assert [piece.text for line in lines for piece in line if piece.style == "m"] == marked
    assert all(measure_line(line) <= cells for line in lines)


def test_nothing_to_set_is_one_empty_line() -> None:
    assert wrap_segments([], [], 10) == ((),)
    assert wrap_segments([Segment("", "s", 0)], [StyleMark(0, 1, "m")], 10) == ((),)


words = st.text(alphabet="ab한 é-岸\u0301", max_size=30)


@given(words, words, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=5), st.integers(1, 12))
def test_pieces_joined_are_the_wrapped_text(first: str, second: str, spans: list[tuple[int, int]], cells: int) -> None:
    marks = [StyleMark(start, start + length, f"m{number}", number) for number, (start, length) in enumerate(spans)]
    text = first + second
    lines = wrap_segments([Segment(first, "a", 0), Segment(second, "b", len(first))], marks, cells)
    ends = wrap(text, cells)
    assert [plain(line) for line in lines] == [text[start:end] for start, end in ends]
    for line, (start, _) in zip(lines, ends, strict=True):
        at = start
        for piece in line:
            stop = next(end for begin, end, _ in iterate_clusters(text) if begin == at)
            over = tuple(mark.anchor for mark in marks if mark.start < stop and mark.end > at)
            assert piece.anchors == over
            assert piece.text
            at += len(piece.text)


@given(words, st.integers(0, 20))
def test_clipped_is_never_wider_and_keeps_what_fits(text: str, cells: int) -> None:
    line = (Piece(text, "a"), Piece(text, "b"))
    found = clip_line(line, cells)
    assert sum(width(piece.text) for piece in found) <= cells
    if 0 < width(text) * 2 <= cells:
        assert plain(found) == text * 2


SCRIPTS = (
    "क्षि ",
    "हिन्दी",
    "கொ",
    "ခ္မာ",
    "ខ្មែរ",
    "น้ำ",
    "1\ufe0f\u20e3",
    "👨\u200d👩",
    "🇰🇷",
    "가\u11a8",
    "ه\u200c",
    "a ",
    "e\u0301",
)
scripts = st.lists(st.sampled_from(SCRIPTS), max_size=8).map("".join)


@given(scripts, scripts, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=5), st.integers(1, 12))
def test_no_piece_begins_inside_a_character(first: str, second: str, spans: list[tuple[int, int]], cells: int) -> None:
    """A style covers all of each character that it touches, wherever a segment or a mark begins."""
    marks = [StyleMark(start, start + length, f"m{number}", number) for number, (start, length) in enumerate(spans)]
    at = len(first) // 2
    segments = [Segment(first[:at], "a", 0), Segment(first[at:], "b", at), Segment(second, "c", len(first))]
    text = first + second
    starts = {start: end for start, end, _ in iterate_clusters(text)}
    lines = wrap_segments(segments, marks, cells)
    ends = wrap(text, cells)
    assert [plain(line) for line in lines] == [text[start:end] for start, end in ends]
    for line, (begin, _) in zip(lines, ends, strict=True):
        place = begin
        for piece in line:
            if piece.text:
                assert place in starts
                assert piece.anchors == tuple(
                    mark.anchor for mark in marks if mark.start < starts[place] and mark.end > place
                )
            place += len(piece.text)


def test_a_mark_on_a_part_of_a_character_covers_all_of_it() -> None:
    text = "x क्षि y"
    for start in range(2, 6):
        (line,) = wrap_segments([Segment(text, "", 0)], [StyleMark(start, start + 1, "hit", 0)], 20)
        assert [(piece.text, piece.style) for piece in line] == [("x ", ""), ("क्षि", "hit"), (" y", "")]
