import pytest
from rooms import ferry, plain, ref, short

from dossier.core.entry import Entry, Part
from dossier.ui.navigation import place_cursor
from dossier.ui.popup import SHEET_CELLS, Popup, closes_popup, fit_popup, open_popup, popup_lines, press_popup_key
from dossier.ui.popup_lists import card_rows, choice_rows
from dossier.ui.render.flow import measure_line


def row(number: int, words: str = "words") -> Entry:
    return Entry(
        ref(f"about/x{number}"), (Part("label", f"key {number}"), Part("text", f"{words} {number}")), 0, "Group"
    )


ROWS = tuple(row(number) for number in range(12))


def sheet(narrows: bool = False, rows: int = 12) -> Popup:
    return fit_popup(open_popup("go", "Where to?", ROWS, narrows), 60, rows)


def chosen(found: Popup) -> str:
    return short(found.chosen.ref if found.chosen else None).removeprefix("about/")


def after(found: Popup, *keys: str) -> Popup:
    for key in keys:
        found = press_popup_key(found, key, key if len(key) == 1 else "")
    return found


@pytest.mark.parametrize(
    ("keys", "here"),
    [
        ([], "x0"),
        (["j"], "x1"),
        (["down", "tab", "k"], "x1"),
        (["k"], "x0"),
        (["G"], "x11"),
        (["end", "up"], "x10"),
        (["G", "g"], "x0"),
        (["pagedown"] * 9, "x11"),
        (["d", "u"], "x0"),
        (["x"], "x0"),
    ],
)
def test_moving_in_a_sheet(keys: list[str], here: str) -> None:
    assert chosen(after(sheet(), *keys)) == here


@pytest.mark.parametrize(
    ("key", "plainly", "typing"),
    [
        ("escape", True, True),
        ("ctrl+c", True, True),
        ("q", True, False),
        ("space", True, False),
        ("backspace", True, False),
        ("j", False, False),
        ("enter", False, False),
    ],
)
def test_what_leaves_a_sheet(key: str, plainly: bool, typing: bool) -> None:
    assert (closes_popup(sheet(), key), closes_popup(sheet(narrows=True), key)) == (plainly, typing)


def test_typing_narrows_and_arrows_move() -> None:
    found = after(sheet(narrows=True), "1")
    assert [short(entry.ref) for entry in found.pane.entries] == ["about/x1", "about/x10", "about/x11"]
    assert chosen(after(found, "down")) == "x10"
    assert chosen(after(found, "1")) == "x11"
    assert len(after(found, "backspace").pane.entries) == len(ROWS)


def test_nothing_left_is_nothing_chosen() -> None:
    found = after(sheet(narrows=True), "z")
    assert found.chosen is None
    assert [piece.text for line in popup_lines(found) for piece in line] == [" nothing matches"]
    assert chosen(after(found, "down", "backspace")) == "x0"


def test_what_was_typed_is_marked() -> None:
    found = after(sheet(narrows=True), "1", "1")
    marked = [piece.text for line in popup_lines(found) for piece in line if "hit" in piece.style.split()]
    assert marked == ["11", "11"]


def test_in_the_sentence_of_a_card_the_words_of_the_evidence_are_marked() -> None:
    found = open_popup("go", "What is known", card_rows(place_cursor(ferry(), ref("quote/stays"))))
    marked = [piece.text for line in popup_lines(found) for piece in line if "hit" in piece.style.split()]
    assert " ".join("".join(marked).split()) == "the toll stays"


@pytest.mark.parametrize(("cells", "rows"), [(1, 1), (20, 5), (60, 12), (80, 24), (200, 60)])
def test_a_sheet_is_no_larger_than_the_screen(cells: int, rows: int) -> None:
    found = fit_popup(open_popup("go", "Where to?", ROWS), cells, rows)
    assert found.pane.cells <= max(1, min(cells - 5, SHEET_CELLS))
    assert len(popup_lines(found)) == found.pane.rows <= max(1, rows - 4)
    assert all(measure_line(line) <= found.pane.cells for line in popup_lines(found))


def test_a_sheet_is_as_high_as_its_rows() -> None:
    found = fit_popup(open_popup("go", "Where to?", ROWS[:3]), 60, 40)
    assert [plain(line).split()[-1] for line in popup_lines(found)] == ["Group", "0", "1", "2"]


def test_the_cursor_shows_on_the_first_row_at_once() -> None:
    state = ferry()
    found = open_popup("go", "Where to?", choice_rows(state, (ref("person/tom"), ref("person/ana"))))
    marked = [plain(line) for line in popup_lines(found) if line and line[0].style == "cursor"]
    assert len(marked) == 1
    assert "Tom Reyes" in marked[0]
