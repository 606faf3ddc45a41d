import pytest
from rooms import plain

from dossier.text.sanitize import NO_BASE
from dossier.text.width import iterate_clusters, width
from dossier.ui.line_edit import MOST, LineEdit, draw_line_edit, edit_line, insert_text, mark_caret, types_text
from dossier.ui.render.flow import measure_line


@pytest.mark.parametrize(
    ("line", "text", "after"),
    [
        (LineEdit(), "a", LineEdit("a", 1)),
        (LineEdit("ac", 1), "b", LineEdit("abc", 2)),
        (LineEdit("ab", 2), "한서", LineEdit("ab한서", 4)),
        (LineEdit("", 0), "\x1b[31m", None),
    ],
)
def test_what_is_typed_stands_before_the_caret(line: LineEdit, text: str, after: LineEdit | None) -> None:
    found = insert_text(line, text)
    assert found == after or (after is None and "\x1b" not in found.text and found.caret == len(found.text))


@pytest.mark.parametrize(
    ("line", "key", "after"),
    [
        (LineEdit("abc", 3), "backspace", LineEdit("ab", 2)),
        (LineEdit("abc", 0), "backspace", LineEdit("abc", 0)),
        (LineEdit("", 0), "backspace", LineEdit("", 0)),
        (LineEdit("e\u0301", 2), "backspace", LineEdit("", 0)),
        (LineEdit("abc", 1), "delete", LineEdit("ac", 1)),
        (LineEdit("abc", 3), "delete", LineEdit("abc", 3)),
        (LineEdit("abc", 2), "left", LineEdit("abc", 1)),
        (LineEdit("abc", 0), "left", LineEdit("abc", 0)),
        (LineEdit("ae\u0301", 3), "left", LineEdit("ae\u0301", 1)),
        (LineEdit("ae\u0301b", 1), "right", LineEdit("ae\u0301b", 3)),
        (LineEdit("abc", 3), "right", LineEdit("abc", 3)),
        (LineEdit("abc", 2), "home", LineEdit("abc", 0)),
        (LineEdit("abc", 1), "ctrl+e", LineEdit("abc", 3)),
        (LineEdit("one two", 5), "ctrl+u", LineEdit("wo", 0)),
        (LineEdit("one two", 3), "ctrl+k", LineEdit("one", 3)),
        (LineEdit("one two", 7), "ctrl+w", LineEdit("one ", 4)),
        (LineEdit("one two ", 8), "ctrl+w", LineEdit("one ", 4)),
        (LineEdit("one", 3), "ctrl+w", LineEdit("", 0)),
        (LineEdit("abc", 1), "ctrl+d", LineEdit("ac", 1)),
        (LineEdit("one two", 7), "alt+b", LineEdit("one two", 4)),
        (LineEdit("one two", 4), "ctrl+left", LineEdit("one two", 0)),
        (LineEdit("one, two", 5), "alt+b", LineEdit("one, two", 0)),
        (LineEdit("one", 0), "alt+b", LineEdit("one", 0)),
        (LineEdit("one two", 0), "alt+f", LineEdit("one two", 3)),
        (LineEdit("one two", 3), "ctrl+right", LineEdit("one two", 7)),
        (LineEdit("one", 3), "alt+f", LineEdit("one", 3)),
        (LineEdit("किराया बढ़ेगा", 0), "alt+f", LineEdit("किराया बढ़ेगा", 6)),
        (LineEdit("می\u200cخواهد برود", 9), "alt+b", LineEdit("می\u200cخواهد برود", 0)),
        (LineEdit("ที่", 3), "left", LineEdit("ที่", 0)),
        (LineEdit("ที่", 3), "backspace", LineEdit("", 0)),
        (LineEdit("abc", 3), "f5", None),
    ],
)
def test_editing(line: LineEdit, key: str, after: LineEdit | None) -> None:
    assert edit_line(line, key) == after


@pytest.mark.parametrize(
    ("line", "shown", "under"),
    [
        (LineEdit("toll", 4), " / toll", " "),
        (LineEdit("toll", 1), " / toll", "o"),
        (LineEdit("", 0), " /", " "),
        (LineEdit("e\u0301t", 0), " / e\u0301t", "e\u0301"),
    ],
)
def test_the_line_shows_its_caret(line: LineEdit, shown: str, under: str) -> None:
    found = draw_line_edit("/", line, "", 40)
    assert plain(found).rstrip() == shown
    assert [piece.text for piece in found if piece.style == "caret"] == [under]


@pytest.mark.parametrize("text", ["क्\u200d", "a\u200d", "\u200d"])
@pytest.mark.parametrize("right", ["", "1 of 2"])
def test_a_joiner_before_the_caret_does_not_swallow_it(text: str, right: str) -> None:
    """The row was a cell short, and what stood at its end was shown over something else."""
    line = draw_line_edit("/", LineEdit(text, len(text)), right, 40)
    assert [piece.text for piece in line if piece.style == "caret"] == [" "]
    assert measure_line(line) == width("".join(piece.text for piece in line)) <= 40
    assert width(mark_caret(LineEdit(text, len(text)), "|")) == width(text) + 1


def test_what_it_finds_stands_at_the_right() -> None:
    found = draw_line_edit("/", LineEdit("toll", 4), "3 of 27", 40)
    assert plain(found).rstrip().endswith("3 of 27")
    assert "3 of 27" not in plain(draw_line_edit("/", LineEdit("toll", 4), "3 of 27", 15))


@pytest.mark.parametrize("text", ["toll " * 20, "한서진" * 20, "e\u0301" * 60])
@pytest.mark.parametrize("cells", [12, 20, 40, 80])
def test_a_long_line_is_shown_where_the_caret_is(text: str, cells: int) -> None:
    for caret in (0, len(text) // 2 // 2 * 2, len(text)):
        found = draw_line_edit("/", LineEdit(text, caret), "1 of 2", cells)
        assert measure_line(found) <= cells
        assert [piece for piece in found if piece.style == "caret"]


@pytest.mark.parametrize(
    ("text", "caret", "wrong", "flawed"),
    [
        ("speker:x toll", 13, ((0, 7),), "speker:"),
        ("toll date:no", 12, ((10, 12),), "no"),
        ("toll date:no", 6, ((10, 12),), "no"),
        ("toll", 4, (), ""),
    ],
)
def test_what_cannot_be_understood_is_marked_in_its_place(
    text: str, caret: int, wrong: tuple[tuple[int, int], ...], flawed: str
) -> None:
    line = draw_line_edit("s", LineEdit(text, caret), "3 articles", 60, wrong)
    assert "".join(piece.text for piece in line if piece.style == "flaw") == flawed
    assert text in "".join(piece.text for piece in line)


@pytest.mark.parametrize("cells", [10, 20, 40])
def test_a_long_line_is_marked_as_far_as_it_is_on_view(cells: int) -> None:
    text = "x" * 30 + " date:no"
    line = draw_line_edit("s", LineEdit(text, len(text)), "", cells, ((len(text) - 2, len(text)),))
    assert "".join(piece.text for piece in line if piece.style == "flaw") == "no"
    assert sum(len(piece.text) for piece in line) <= cells


def test_a_sign_that_is_longer_than_the_screen_is_cut() -> None:
    assert measure_line(draw_line_edit("name for this search:", LineEdit("toll", 4), "", 10)) <= 10


@pytest.mark.parametrize("written", ["a", "wörd ", "日", "e\u0301\u0323", "👩\u200d👧"])
def test_of_a_long_line_as_much_is_shown_as_there_is_room_for(written: str) -> None:
    text = written * 20_000
    drawn = draw_line_edit("x", LineEdit(text, len(text)), "", 40)
    shown = "".join(piece.text for piece in drawn[1:]).rstrip()
    assert text.rstrip().endswith(shown)
    assert 32 <= width(shown) <= 36


def test_a_line_has_an_end() -> None:
    """Every word of a pasted book was looked for, at every key."""
    found = insert_text(LineEdit("ab", 1), "arms " * 40_000)
    assert len(found.text) == MOST
    assert found.text.endswith("b")
    assert insert_text(found, "x") == found


MARKED = ("ที่", "किराया", "غدًا", "cafe\u0301", "می\u200cخواهد", "क्\u200dष", "한서진", "\u200fשלום", "東京\u3000駅")


@pytest.mark.parametrize("word", MARKED)
def test_a_word_typed_code_point_by_code_point_is_the_word(word: str) -> None:
    """Each mark was made safe by itself, and so replaced: no such word was ever found."""
    line = LineEdit("a ", 2)
    for character in word:
        assert types_text(character)
        line = insert_text(line, character)
    assert line == LineEdit(f"a {word}", 2 + len(word))


@pytest.mark.parametrize("word", MARKED)
def test_the_caret_never_stands_inside_a_character(word: str) -> None:
    line = LineEdit(word, len(word))
    stops: list[int] = [line.caret]
    while line.caret:
        line = edit_line(line, "left") or line
        stops.append(line.caret)
    back: list[int] = [line.caret]
    while line.caret < len(word):
        line = edit_line(line, "right") or line
        back.append(line.caret)
    assert back == stops[::-1]
    assert all(not types_as_mark(word[stop]) for stop in stops if stop < len(word))


def types_as_mark(character: str) -> bool:
    return insert_text(LineEdit(), character).text == NO_BASE


def test_a_mark_with_nothing_before_it_is_shown_as_one() -> None:
    assert insert_text(LineEdit(), "\u0301") == LineEdit(NO_BASE, 1)


@pytest.mark.parametrize("character", ["", "\t", "\r", "\x1b", "\x7f", "\ud800"])
def test_what_is_no_text(character: str) -> None:
    assert not types_text(character)


@pytest.mark.parametrize(
    ("line", "key", "after"),
    [
        (LineEdit("क्षि", 4), "backspace", LineEdit("", 0)),
        (LineEdit("aक्षि", 5), "left", LineEdit("aक्षि", 1)),
        (LineEdit("हिन्दी", 0), "right", LineEdit("हिन्दी", 2)),
        (LineEdit("மி", 0), "delete", LineEdit("", 0)),
        (LineEdit("မာ", 2), "left", LineEdit("မာ", 0)),
        (LineEdit("1\ufe0f\u20e3", 3), "backspace", LineEdit("", 0)),
    ],
)
def test_keys_take_a_character_whole(line: LineEdit, key: str, after: LineEdit) -> None:
    assert edit_line(line, key) == after


@pytest.mark.parametrize("text", ["क्षि", "हिन्दी", "தமிழ்", "ខ្មែរ", "👨\u200d👩", "🇰🇷🇫", "a\u0301\u0302b", "ه\u200cا"])
def test_the_caret_is_on_a_whole_character_wherever_it_is(text: str) -> None:
    starts = {start: text[start:end] for start, end, _ in iterate_clusters(text)}
    for caret in range(len(text) + 1):
        found = draw_line_edit("/", LineEdit(text, caret), "", 30, [(1, 2)])
        assert measure_line(found) <= 30
        assert plain(found).startswith(f" / {text}")
        under = next(piece.text for piece in found if piece.style == "caret")
        assert under in (*starts.values(), " ")
        marked = mark_caret(LineEdit(text, caret), "|")
        assert marked.index("|") in {*starts, len(text)}
