from datetime import date
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import ferry, plain, ref, short

from dossier.core.dataclasses import replace
from dossier.core.ref import parse_ref
from dossier.ui.commands import first_lessons, with_keys
from dossier.ui.counts import scope_words
from dossier.ui.library_scope import search_library
from dossier.ui.linked_strip import linked_entries, strip_lines
from dossier.ui.navigation import go_to, history_entry, place_cursor
from dossier.ui.render.flow import measure_line
from dossier.ui.state import PaneScope, State, focus_pane, move_cursor

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


LESSONS = ("j  down", "l  link", "?  help")


def shown(state: State, rows: int = 4) -> list[str]:
    return [plain(line).strip() for line in strip_lines(state, 60, rows, LESSONS)]


def test_until_the_first_jump_the_strip_says_what_the_keys_do_where_nothing_is_lit() -> None:
    facts = "Harbour Herald · 12 April 2023 · National › Transport"
    assert shown(at("para/p3")) == [facts, *LESSONS]
    assert shown(at("para/p3"), 2) == [facts, LESSONS[0]]
    assert "Lena Okafor" in shown(at("para/p1"))[0]
    jumped = go_to(at("person/okafor"), ref("para/p3"))
    assert jumped
    assert shown(jumped) == [facts, "", "no links here"]


def test_in_a_library_the_lessons_give_way_to_a_search(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        state = entrance_of(library)
        assert shown(state)[1:] == list(LESSONS)
        assert "articles" in shown(state)[0]
        searched = whole(search_library(state, library.parse_search_with_names("stationery", date(2026, 11, 23))))
        assert shown(searched)[:2] == [scope_words(searched), "1 article · 3 hits"]


@pytest.mark.parametrize("pane", ["library", "facets", "people", "quotes", "timeline"])
@pytest.mark.parametrize("typed", ["stationery", "outlet:courier"])
def test_beside_rows_of_many_articles_the_strip_says_nothing_of_the_open_one(
    tmp_path: Path, pane: str, typed: str
) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        opened = go_to(entrance_of(library), parse_ref("hh-2023-04-12-ferry#about/lang"))
        assert opened
        facts = shown(opened)[0]
        assert facts.startswith("Harbour Herald · 12 April 2023")
        there = whole(search_library(opened, library.parse_search_with_names(typed, date(2026, 11, 23))))
        for state in (there, replace(there, history=entrance_of(library).history)):
            assert not any("12 April 2023" in row for row in shown(focus_pane(state, pane)))


@pytest.mark.parametrize("pane", ["library", "article", "quotes"])
def test_lessons_have_the_keys_of_the_reader_and_fit_a_narrow_screen(pane: str) -> None:
    lessons = first_lessons(pane)
    assert len(lessons) == 3
    assert lessons[0].startswith("j k  ")
    assert all(len(lesson) < 79 for lesson in lessons)
    other = with_keys({"line-down": ("down",), "quit": ()}, str)
    assert first_lessons(pane, other)[0].startswith("Down k  ")
    assert len(first_lessons(pane, other)) == 2


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (65, "x  shows details; / finds words, too; ? lists all keys, q quits"),
        (60, "x  shows details; / finds words, too; ? lists all keys"),
        (54, "x  shows details; / finds words, too"),
        (30, "x  shows details"),
        (10, "x  shows…"),
    ],
)
def test_a_lesson_that_does_not_fit_is_without_its_last_parts(cells: int, shown: str) -> None:
    lesson = "x  shows details; / finds words, too; ? lists all keys, q quits"
    assert plain(strip_lines(at("para/p3"), cells, 4, [lesson])[1]).strip() == shown


def test_among_the_facets_there_are_no_lessons() -> None:
    assert first_lessons("facets") == ()


def people(state: State) -> State:
    """Return the state with the cursor in the list of the people of the library, after a first jump."""
    opened = go_to(state, parse_ref("hh-2023-04-12-ferry#headline"))
    assert opened
    return replace(focus_pane(state, "people"), history=state.history.visit(history_entry(opened)))


def test_the_strip_of_somebody_in_the_library_has_their_quotes_first(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        state = people(entrance_of(library))
        for row, entry in enumerate(state.pane.entries):
            there = move_cursor(state, lambda pane, row=row: pane.move(row))  # type: ignore[misc]
            found = linked_entries(there)
            assert len({one.ref for one in found}) == len(found)
            said = library.persons.quotes_of(entry.ref)
            assert found[: len(said)] == said
            assert bool(said) == ("quote" in entry.aside)
            assert len(said) <= 8
            words = [plain(line) for line in strip_lines(there, 80, 4)]
            if not found:
                assert words[-1].strip() == f"{entry.aside} · . pins"
            elif len(found) > 4:
                assert words[-1] == " … and more: Space"


def test_a_quote_of_somebody_in_the_library_has_the_day_of_its_article(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        state = people(entrance_of(library))
        row = next(row for row, entry in enumerate(state.pane.entries) if entry.parts[0].text == "Lena Okafor")
        state = move_cursor(state, lambda pane: pane.move(row - pane.cursor.row))
        assert [plain(line).rpartition("  ")[2].strip() for line in strip_lines(state, 80, 4)[:3]] == [
            "12 Oct 2024",
            "27 May 2024",
            "15 Feb 2024",
        ]


@pytest.mark.parametrize(
    ("about", "shown"),
    [("published: 2023-04~\noutlet: Herald", "~Apr 2023"), ("outlet: Herald", "Herald"), ("x: y", "")],
)
def test_a_quote_of_an_article_without_a_day_has_its_outlet(tmp_path: Path, about: str, shown: str) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, extra in enumerate((about, "published: 2020-01-01")):
        text = f"headline: H\n{extra}\nbody: “No,” said Ann Roe.\npeople:\n  ann: Ann Roe\nquotes:\n- ann: No,\n"
        (folder / f"a{number}.yaml").write_text(text, "utf-8")
    with library_at(folder, tmp_path) as library:
        found = library.persons.quotes_of(parse_ref("a0#person/ann"))
        assert {(one.ref.article, one.aside) for one in found} == {("a0", shown), ("a1", "1 Jan 2020")}


def test_the_quotes_in_the_strip_are_from_the_articles_found(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        query = library.parse_search_with_names("outlet:courier", date(2026, 11, 23))
        state = people(whole(search_library(entrance_of(library), query)))
        state = whole(replace(state, library_view=replace(state.library_view, pane_scope=PaneScope.FOUND)))
        found = {entry.ref.article for entry in state.panes["library"].entries}
        row = next(row for row, entry in enumerate(state.pane.entries) if entry.parts[0].text == "Lena Okafor")
        state = move_cursor(state, lambda pane: pane.move(row - pane.cursor.row))
        said = [one for one in linked_entries(state) if one.ref.kind == "quote"]
        assert said
        assert {one.ref.article for one in said} <= found
        assert state.entry
        assert not {one.ref.article for one in library.persons.quotes_of(state.entry.ref)} <= found
