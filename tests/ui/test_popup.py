import pytest
from rooms import ferry, plain, ref, short

from dossier.core.entry import Entry, Part
from dossier.core.ref import Anchor, Ref
from dossier.ui.navigation import place_cursor
from dossier.ui.overlays import fit_keys, popup_keys
from dossier.ui.popup import (
    GO,
    NOTES,
    POPUP_CELLS,
    PROBLEMS,
    Popup,
    chooses_entry,
    closes_popup,
    filter_popup,
    fit_popup,
    open_popup,
    paste_in_popup,
    popup_lines,
    press_popup_key,
    renew_popup,
)
from dossier.ui.popup_lists import card_rows, choice_rows
from dossier.ui.render.flow import measure_line


def row(number: int, words: str = "words") -> Entry:
    return Entry(
        ref(f"about/x{number}"), (Part("label", f"key {number}"), Part("text", f"{words} {number}")), 0, "Group"
    )


ROWS = tuple(row(number) for number in range(12))


def popup(rows: int = 12, purpose: str = "go") -> Popup:
    return fit_popup(open_popup(purpose, "Where to?", ROWS), 60, rows)


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
        (["ctrl+d", "ctrl+u"], "x0"),
        (["ctrl+n", "ctrl+n", "ctrl+p"], "x1"),
        (["x"], "x0"),
    ],
)
def test_moving_in_a_popup(keys: list[str], here: str) -> None:
    assert chosen(after(popup(), *keys)) == here


@pytest.mark.parametrize(
    ("key", "plainly", "filtered", "filtering"),
    [
        ("escape", True, False, False),
        ("ctrl+c", True, True, False),
        ("q", True, True, False),
        ("space", True, True, False),
        ("backspace", True, True, False),
        ("question_mark", False, False, False),
        ("j", False, False, False),
        ("enter", False, False, False),
    ],
)
def test_what_leaves_a_popup(key: str, plainly: bool, filtered: bool, filtering: bool) -> None:
    found = [popup(), filter_popup(popup(), "1"), after(popup(), "slash")]
    assert [closes_popup(one, key) for one in found] == [plainly, filtered, filtering]


def test_the_key_of_the_help_leaves_the_help() -> None:
    assert closes_popup(popup(purpose="run"), "question_mark")


def test_typing_a_filter_narrows_and_arrows_move() -> None:
    found = after(popup(), "slash", "1")
    assert [short(entry.ref) for entry in found.pane.entries] == ["about/x1", "about/x10", "about/x11"]
    assert chosen(after(found, "down")) == "x10"
    assert chosen(after(found, "1")) == "x11"
    assert len(after(found, "backspace").pane.entries) == len(ROWS)


def test_enter_keeps_the_filter_and_escape_takes_it_away() -> None:
    found = after(popup(), "slash", "1")
    assert not chooses_entry(found, "enter")
    kept = after(found, "enter")
    assert (kept.is_filtering, len(kept.pane.entries)) == (False, 3)
    assert chooses_entry(kept, "enter")
    assert chosen(after(kept, "j")) == "x10"
    assert after(kept, "slash", "1").line.text == "11"
    for left in (after(kept, "escape"), after(found, "escape"), after(found, "ctrl+c"), after(popup(), "slash")):
        assert len(left.pane.entries) == len(ROWS)
        assert left.line.text == ""
    assert not after(found, "backspace", "backspace").is_filtering


@pytest.mark.parametrize("key", ["x", "o", "y", "colon", "f5", "1"])
def test_a_key_that_is_not_of_the_popup_does_nothing(key: str) -> None:
    found = popup()
    assert press_popup_key(found, key, key if len(key) == 1 else "") is found


@pytest.mark.parametrize(("purpose", "keys"), [("copy", ("t", "c")), ("go or decide", ())])
def test_where_entries_have_keys_or_are_decided_about_together_there_is_no_filter(
    purpose: str, keys: tuple[str, ...]
) -> None:
    found = open_popup(purpose, "Copy", ROWS[:2], keys=keys)
    assert press_popup_key(found, "slash", "/") is found


def test_what_is_pasted_comes_into_the_filter_only() -> None:
    assert paste_in_popup(popup(), "1") == popup()
    assert len(paste_in_popup(after(popup(), "slash"), "1\n").pane.entries) == 3


def test_nothing_left_is_nothing_chosen() -> None:
    found = after(popup(), "slash", "z")
    assert found.chosen is None
    assert [piece.text for line in popup_lines(found) for piece in line] == [" no match"]
    assert chosen(after(found, "down", "backspace")) == "x0"


def test_what_was_typed_is_marked() -> None:
    found = after(popup(), "slash", "1", "1")
    marked = [piece.text for line in popup_lines(found) for piece in line if "hit" in piece.style.split()]
    assert marked == ["11", "11"]


def test_in_the_sentence_of_a_card_the_words_of_the_evidence_are_marked() -> None:
    found = open_popup("go", "What is known", card_rows(place_cursor(ferry(), ref("quote/stays"))))
    marked = [piece.text for line in popup_lines(found) for piece in line if "hit" in piece.style.split()]
    assert " ".join("".join(marked).split()) == "the toll stays"


@pytest.mark.parametrize(("cells", "rows"), [(1, 1), (20, 5), (60, 12), (80, 24), (200, 60)])
def test_a_popup_is_no_larger_than_the_screen(cells: int, rows: int) -> None:
    found = fit_popup(open_popup("go", "Where to?", ROWS), cells, rows)
    assert found.pane.cells <= max(1, min(cells - 5, POPUP_CELLS))
    assert len(popup_lines(found)) == found.pane.rows <= max(1, rows - 4)
    assert all(measure_line(line) <= found.pane.cells for line in popup_lines(found))


def test_a_popup_is_as_high_as_its_rows() -> None:
    found = fit_popup(open_popup("go", "Where to?", ROWS[:3]), 60, 40)
    assert [plain(line).split()[-1] for line in popup_lines(found)] == ["Group", "0", "1", "2"]


def test_the_cursor_shows_on_the_first_row_at_once() -> None:
    state = ferry()
    found = open_popup("go", "Where to?", choice_rows(state, (ref("person/tom"), ref("person/ana"))))
    marked = [plain(line) for line in popup_lines(found) if line and line[0].style == "cursor"]
    assert len(marked) == 1
    assert "Tom Reyes" in marked[0]


def card_of(quote: str, rows: int) -> Popup:
    return fit_popup(open_popup("go", "Details", card_rows(place_cursor(ferry(), ref(quote)))), 70, rows)


def labels(found: Popup, key: str, by_row: bool = False) -> list[str]:
    """Return the labels of the rows that the cursor is on while a key is pressed until it moves nothing more."""
    seen: list[str] = []
    before = None
    while found.pane != before:
        seen.append(found.chosen.parts[0].text if found.chosen else "")
        before = found.pane
        found = press_popup_key(found, key, key, by_row)
    return seen


def test_in_a_card_the_cursor_goes_from_link_to_link() -> None:
    """It stopped on each row, and where it led nowhere, Enter did nothing."""
    card = card_of("quote/q1", 60)
    leading = [row.parts[0].text for row in card.entries if row.anchors or row.ref.article]
    assert 1 < len(leading) < len(card.entries)
    assert [label for label in labels(card, "j") if label in leading] == leading
    assert labels(card, "j")[1:] == [label for label in leading if label != card.entries[0].parts[0].text]


def test_every_row_of_a_card_is_read_where_it_is_read_aloud_or_not_all_on_view() -> None:
    every = [row.parts[0].text for row in card_of("quote/q1", 60).entries]
    assert labels(card_of("quote/q1", 60), "j", by_row=True) == every
    small = card_of("quote/q1", 8)
    assert small.pane.rows < sum(map(small.pane.row_height, range(len(small.entries))))
    last = after(small, *["j"] * 99)
    assert list(last.pane.visible_rows())[-1][0] == len(every) - 1
    first = after(last, *["k"] * 99)
    assert next(first.pane.visible_rows())[:2] == (0, 0)


@pytest.mark.parametrize("labels", [("csv", "webannotation"), (":", "j", "Tab Shift+Tab", ":export FORMAT FILE")])
def test_texts_begin_in_one_column(labels: tuple[str, ...]) -> None:
    """That of `webannotation` began a cell behind the others in the menu of formats."""
    entries = [
        Entry(
            Ref("", "about", one),
            (Part("label", one), Part("text", "what it is")),
            0,
            anchors=(Anchor(len(one) + 1, len(one) + 5, (ref("para/p1"),)),),
        )
        for one in labels
    ]
    popup = fit_popup(open_popup("go", "Rows", entries), 100, 40)
    beside = [line for label, line in zip(labels, map(plain, popup_lines(popup)), strict=False) if len(label) <= 13]
    assert len({line.index("what it is") for line in beside}) == 1
    assert [one.ref for one in popup.entries] == [one.ref for one in entries]
    assert {one.text[link.start : link.end] for one in popup.entries for link in one.anchors} == {"what"}


def test_space_closes_no_list_whose_rows_it_explains() -> None:
    assert not closes_popup(popup(purpose=PROBLEMS), "space")
    assert closes_popup(popup(purpose=PROBLEMS), "escape")


@pytest.mark.parametrize(
    ("at", "row", "kept"), [(0, "b1", ["b1", "b3"]), (2, "b3", ["b1", "b3"]), (9, "b3", ["b1", "b3"])]
)
def test_other_entries_come_under_the_same_filter(at: int, row: str, kept: list[str]) -> None:
    entries = [
        Entry(Ref("", "about", f"b{number}"), (Part("text", text),), 0)
        for number, text in enumerate(("a", "x", "b", "x"))
    ]
    renewed = renew_popup(filter_popup(popup(), "x"), "Others", entries, at)
    assert (renewed.title, chosen(renewed)) == ("Others", row)
    assert [entry.ref.id for entry in renewed.pane.entries] == kept
    assert len(filter_popup(renewed, "").pane.entries) == 4


def test_enter_is_offered_only_where_a_row_leads_somewhere() -> None:
    told = Entry(Ref("", "about", "url"), (Part("label", "address"), Part("text", "https://example.org")), 0)
    assert popup_keys(open_popup(GO, "Web address", [told])) == "j/k choose · Esc close · / filter"
    leading = Entry(Ref("ferry", "para", "p1"), (Part("text", "x"),), 0)
    assert "Enter go" in popup_keys(open_popup(GO, "Links", [told, leading]))


def test_enter_is_offered_in_the_list_of_notes() -> None:
    note = Entry(Ref("", "about", "1f"), (Part("label", "¶2"), Part("text", "ask her")), 0)
    assert popup_keys(open_popup(NOTES, "Notes 1", [note])) == (
        "j/k choose · a edit · x delete · Enter go · Esc close · / filter"
    )


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (64, "j/k choose · a edit · x delete · Enter go · Esc close · / filter"),
        (63, "a edit · x delete · Enter go · Esc close · / filter"),
        (50, "a edit · x delete · Enter go · Esc close"),
        (39, "a edit · x delete · Esc close"),
        (28, "x delete · Esc close"),
        (19, "Esc close"),
        (3, "Esc close"),
    ],
)
def test_keys_that_do_not_all_fit_are_left_out_whole(cells: int, shown: str) -> None:
    assert fit_keys("j/k choose · a edit · x delete · Enter go · Esc close · / filter", cells) == shown


def test_on_a_narrow_screen_the_keys_that_decide_are_shown() -> None:
    every = "j/k choose · c all same · a this differs · U undo · Enter go · Esc close"
    assert fit_keys(every, 42) == "c all same · a this differs · Esc close"
