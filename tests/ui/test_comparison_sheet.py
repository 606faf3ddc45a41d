"""The sheet of a comparison: its lines at every size, and what its keys do."""

from functools import cache

import pytest
from rooms import DATA, FERRY, made, plain, short, stored

from dossier.core.comparison import compare_articles
from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.core.views.comparison_rows import make_comparison_rows, name_sides
from dossier.text.width import width
from dossier.ui.comparison_mark import ComparisonMark, mark_line
from dossier.ui.comparison_sheet import ComparisonSheet, closes_comparison, fit_comparison, press_comparison_key
from dossier.ui.render.ascii import to_ascii_line

SIZES = [(1, 1), (2, 3), (7, 4), (20, 6), (40, 12), (79, 24), (80, 24), (100, 30), (160, 45), (200, 50)]
ADDED = "  - Nothing else was said that day about boats.\n"


@cache
def sheet() -> ComparisonSheet:
    """Return a sheet in which a headline, two paragraphs and an event differ."""
    text = FERRY
    for old, new in (
        ("headline: Ferry pact signed", "headline: Ferry pact is signed"),
        ("Reyes was silent", "Reyes was loud"),
        ("  - Han said it was ready.", f"{ADDED}  - Han said it was ready."),
        ("date: 2023-06~", "date: 2023-07~"),
    ):
        assert old in text
        text = text.replace(old, new)
    comparison = compare_articles(made(FERRY, "one"), made(text, "two"))
    names = name_sides(comparison)
    marks = ComparisonMark(Ref("one"), names[0]), ComparisonMark(Ref("two"), names[1])
    return ComparisonSheet(names, marks, make_comparison_rows(comparison))


def fitted(cells: int = 80, rows: int = 24, linear: bool = False) -> ComparisonSheet:
    return fit_comparison(sheet(), cells, rows, linear)


def pressed(found: ComparisonSheet, *keys: str) -> ComparisonSheet:
    for key in keys:
        found, _ = press_comparison_key(found, key)
    return found


def shown(found: ComparisonSheet, message: str = "") -> list[str]:
    return [plain(line).rstrip() for line in found.lines(message)]


def here(found: ComparisonSheet) -> str:
    """Return the text of the row with the cursor, of the left side if it has one."""
    row = found.pane.compared[found.pane.cursor.row]
    cell = row.left or row.right
    assert cell
    return cell.text


@pytest.mark.parametrize(("cells", "rows"), SIZES)
@pytest.mark.parametrize("linear", [False, True])
def test_every_line_is_as_wide_as_the_screen(cells: int, rows: int, linear: bool) -> None:
    found = fitted(cells, rows, linear)
    for keys in ((), ("n",), ("n", "n", "l"), ("G",), ("d", "d")):
        moved = pressed(found, *keys)
        assert {width(plain(line)) for line in moved.lines()} == {cells}
        assert len(moved.lines()) == max(rows, 4 if cells < 80 or linear else 3)
        row, column = moved.cursor_cell()
        assert 0 <= row < max(2, rows)
        assert 0 <= column < cells


def test_two_columns_from_80_cells_on_and_one_above_the_other_below() -> None:
    wide, narrow = shown(fitted(80)), shown(fitted(79))
    assert wide[0].startswith(" - Ferry pact signed · Harbour Herald")
    assert " │ + Ferry pact is signed" in wide[0]
    assert wide[2].split("│")[0].split() == ["▌~headline", "Ferry", "pact", "signed"]
    assert wide[2].split("│")[1].split() == ["+headline", "Ferry", "pact", "is", "signed"]
    assert narrow[0].startswith(" - Ferry pact signed")
    assert narrow[1].startswith(" + Ferry pact is signed")
    assert narrow[3:5] == ["▌-headline   Ferry pact signed", " +headline   Ferry pact is signed"]
    assert not any("│" in line for line in narrow)


def test_what_differs_has_a_style_and_a_sign() -> None:
    lines = pressed(fitted(120, 60), "n").lines()
    marked = [piece.text for line in lines for piece in line if piece.style.split()[-1:] == ["differs"]]
    assert {"silent", "loud", "is"} <= set(marked)
    (changed,) = (plain(line) for line in lines if "loud" in plain(line))
    left, _, right = changed.partition("│")
    assert left.startswith("▌-")
    assert right.startswith(" +")
    assert "silent" in left


def test_read_line_by_line_the_words_have_brackets() -> None:
    text = "\n".join(shown(fitted(60, 90, linear=True)))
    assert "[-silent-]" in text
    assert "{+loud+}" in text
    assert "Ferry pact {+is+} signed" in text


def test_a_screen_of_ascii_shows_the_same_signs() -> None:
    lines = [plain(to_ascii_line(line)) for line in fitted(60, 90).lines()]
    assert any(line.startswith(" -#2  ") for line in lines)
    assert any(line.startswith(" +#2  ") for line in lines)


@pytest.mark.parametrize(("cells", "rows"), [(80, 24), (40, 12), (160, 45)])
def test_the_next_difference_and_the_one_before(cells: int, rows: int) -> None:
    found = fitted(cells, rows)
    seen = [here(found)]
    while not (step := press_comparison_key(found, "n"))[1]:
        found = step[0]
        seen.append(here(found))
        assert any("▌" in line for line in shown(found))
    assert step == (found, "no next difference")
    assert [text.split("\n")[0][:12] for text in seen] == [
        "Ferry pact s",
        "Okafor told ",
        "Nothing else",
        "about June 2",
    ]
    assert here(pressed(found, "N")) == seen[-2]
    assert here(pressed(found, "left_square_bracket", "left_square_bracket")) == seen[1]
    assert here(pressed(found, "g", "right_square_bracket")) == seen[1]
    assert press_comparison_key(pressed(found, "g"), "N")[1] == "no previous difference"


def numbered(found: ComparisonSheet) -> tuple[list[int], int]:
    """Return the numbers that the foot gives the differences, from the first on, and how many there are by it."""
    seen: list[int] = []
    message = ""
    while not message:
        number, _, total = shown(found)[-1].rpartition("  ")[2].partition(" of ")
        seen += [int(one) for one in number.strip().split("–")]
        found, message = press_comparison_key(found, "n")
    return seen, int(total)


def test_there_are_as_many_differences_at_every_width() -> None:
    one, two = (stored(DATA / "port-arlen" / f"{name}.yaml") for name in ("start-here", "2024-05-27-election"))
    rows = make_comparison_rows(compare_articles(one, two))
    stacked, wide = (fit_comparison(replace(sheet(), rows=rows), cells, 24, linear=False) for cells in (60, 160))
    assert len(stacked.pane.compared) > len(wide.pane.compared)
    seen, number = numbered(stacked)
    assert seen == list(range(1, number + 1))
    assert numbered(wide) == (seen, number)


def test_the_foot_says_which_difference_this_is() -> None:
    found = fitted()
    assert shown(found)[-1].endswith("1 of 4")
    assert shown(pressed(found, "j"))[-1].endswith("4 differences")
    assert shown(pressed(found, "n", "n"))[-1].endswith("3 of 4")
    assert shown(found, "no next difference")[-1].startswith(" no next difference")


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (["j"], 1),
        (["down", "j"], 2),
        (["j", "k"], 0),
        (["k"], 0),
        (["G"], -1),
        (["end"], -1),
        (["G", "g"], 0),
        (["G", "home"], 0),
    ],
)
def test_rows(keys: list[str], row: int) -> None:
    found = pressed(fitted(), *keys)
    assert found.pane.cursor.row == row % len(found.pane.compared)


@pytest.mark.parametrize("keys", ["d u", "ctrl+d ctrl+u", "pagedown pageup", "ctrl+f ctrl+b"])
def test_pages(keys: str) -> None:
    down, up = keys.split()
    start = fitted(80, 16)
    there = pressed(start, down)
    assert there.pane.top > start.pane.top
    assert pressed(there, up).pane.top == start.pane.top


def test_a_row_that_is_higher_than_the_screen_is_read_in_steps() -> None:
    found = fitted(24, 6)
    tops = set()
    for _ in range(80):
        tops.add(found.pane.top)
        found = pressed(found, "j")
    lines = sum(found.pane.row_height(row) for row in range(len(found.pane.compared)))
    assert len(tops) >= (lines - found.pane.rows) // found.pane.rows
    assert found.pane.cursor.row == len(found.pane.compared) - 1


def test_enter_leads_to_the_side_of_the_cursor_or_to_the_only_one() -> None:
    found = pressed(fitted(), "n")
    assert (found.target, found.side) == (Ref("one", "para", "p2", (55, 61)), 0)
    for key in ("l", "right", "tab"):
        other = pressed(found, key)
        assert (other.target, other.side) == (Ref("two", "para", "p2", (55, 59)), 1)
    assert pressed(found, "l", "h").target == pressed(found, "tab", "tab").target == found.target
    only_right = pressed(found, "n")
    assert (str(only_right.target), only_right.side) == ("two#para/p4", 1)
    assert short(pressed(only_right, "n").target) == "para/p4"


def test_another_size_keeps_the_row() -> None:
    found = pressed(fitted(160, 45), "n", "n")
    for size in ((60, 20), (100, 30), (40, 12), (160, 45)):
        found = fit_comparison(found, *size, linear=False)
        assert here(found).startswith("Nothing else")
        assert 0 <= found.pane.offset < found.pane.rows
    assert fit_comparison(found, 160, 45, linear=False) is found


def test_an_unknown_key_says_which_keys_there_are() -> None:
    found = fitted()
    same, message = press_comparison_key(found, "y")
    assert same is found
    assert "n/N" in message


@pytest.mark.parametrize("key", ["escape", "q", "backspace", "ctrl+c"])
def test_keys_that_leave(key: str) -> None:
    assert closes_comparison(key)


@pytest.mark.parametrize("key", ["c", "j", "space", "enter", "d"])
def test_keys_that_do_not_leave(key: str) -> None:
    assert not closes_comparison(key)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (160, " comparing “Ferry pact signed in Port Arlen” "),
        (100, " comparing “Ferry pact signed …” "),
        (80, " comparing “Ferry pact …” "),
        (40, " comparing "),
        (24, " c "),
    ],
)
def test_the_mark_is_shown_at_every_size(cells: int, words: str) -> None:
    mark = ComparisonMark(Ref("a"), "Ferry pact signed in Port Arlen")
    (piece,) = mark_line(mark, cells)
    assert width(piece.text) <= max(3, cells // 3 + 1)
    assert piece.text == words
    assert mark_line(None, cells) == ()


@pytest.mark.parametrize(("ref", "noun"), [(Ref("a"), "article"), (Ref("a", "event", "e1"), "event")])
def test_the_mark_says_what_to_choose_next(ref: Ref, noun: str) -> None:
    assert ComparisonMark(ref, "Pact").prompt == f"comparing “Pact” with …: c on another {noun}"
