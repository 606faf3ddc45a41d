import pytest
from rooms import ferry, plain, ref, short

from dossier.ui.linked_strip import linked_entries, strip_lines
from dossier.ui.navigation import place_cursor
from dossier.ui.render.flow import measure_line
from dossier.ui.state import State

STATE = ferry()


def at(address: str) -> State:
    return place_cursor(STATE, ref(address))


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("para/p3", []),
        # first what the link names, then what that person said, then persons, quotes, events, paragraphs
        ("para/p1:64-75", ["person/okafor", "quote/run", "quote/stays", "org/paa", "event/signed"]),
        ("para/p1", ["person/okafor", "org/paa", "quote/run", "event/signed"]),
        ("para/p1:35-56", ["quote/run", "person/okafor", "event/signed"]),
        ("para/p2:45-50", ["person/tom", "person/ana"]),
        ("quote/toll", ["source/an%20official", "para/p4"]),
        ("event/quay", ["org/paa", "para/p4"]),
        ("person/okafor", ["quote/run", "quote/stays", "event/signed", "para/p1", "para/p2", "para/p4", "media/boat"]),
    ],
)
def test_what_is_lit_elsewhere_best_first(address: str, rows: list[str]) -> None:
    assert [short(entry.ref) for entry in linked_entries(at(address))] == rows


@pytest.mark.parametrize(
    ("rows", "shown", "last"),
    [
        (7, 7, "media"),
        (20, 7, "media"),
        (6, 6, " … and 2 more: Space"),
        (3, 3, " … and 5 more: Space"),
        (1, 1, " … and 7 more: Space"),
        (0, 0, ""),
    ],
)
def test_what_does_not_fit_is_counted(rows: int, shown: int, last: str) -> None:
    lines = strip_lines(at("person/okafor"), 60, rows)
    assert len(lines) == shown
    assert not lines or last in plain(lines[-1])


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("para/p1:64-75", " ▪ Lena Okafor  transport minister"),
        ("para/p1:35-56", " ❝ Lena Okafor  We will run every day"),
        ("person/han", " › Han Seo-jin  it was ready"),
        ("place/arlen", " ● Nov 2017–  Toll charged"),
        ("source/an%20official", " ❝ an official  No new toll"),
    ],
)
def test_a_row_says_who_and_what(address: str, line: str) -> None:
    first = strip_lines(at(address), 80, 5)[0]
    assert plain(first).startswith(line)


def test_a_paragraph_is_named_by_its_number() -> None:
    assert plain(strip_lines(at("quote/ready"), 80, 5)[-1]).startswith(" ¶ 4  Han said it was ready.")


@pytest.mark.parametrize("cells", [1, 2, 5, 8, 13, 20, 40, 80, 200])
def test_no_line_is_wider_than_the_screen(cells: int) -> None:
    for pane in STATE.panes.values():
        for entry in pane.entries:
            for line in strip_lines(place_cursor(STATE, entry.ref), cells, 4):
                assert measure_line(line) <= cells
                assert "\n" not in plain(line)


def test_where_nothing_is_linked_the_strip_says_so() -> None:
    assert [plain(line).strip() for line in strip_lines(at("para/p3"), 60, 4)] == [
        "Harbour Herald · 12 April 2023 · National › Transport",
        "",
        "no links here",
    ]
    assert strip_lines(at("para/p3"), 60, 0) == ()
