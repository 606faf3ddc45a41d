"""Tests of a session in a library: search, open at the evidence, widen, pin, come back."""

import pytest
from port_arlen import Open, gathered
from reader import NARROW, WIDE, Reader, reading

from dossier.core.entry import PANES
from dossier.core.ref import parse_ref
from dossier.ui.state import PaneScope

MIDDLE = (120, 40)


def articles(reader: Reader) -> list[str]:
    return [entry.ref.article for entry in reader.state.panes["library"].entries]


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE])
async def test_the_newest_article_stands_first_and_the_cursor_is_on_it(arlen: Open, size: tuple[int, int]) -> None:
    async with arlen(size) as reader:
        assert reader.state.focus == "library"
        assert reader.state.pane.cursor.row == 0
        assert "12 Oct 2024" in reader.rows("library")[0]
        assert "The long quay" in reader.rows("library")[0]
        assert len(articles(reader)) == 11


async def test_a_search_is_acted_on_at_every_letter_and_opens_at_its_evidence(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("s")
        counts = []
        for letter in "stationery":
            await reader.press(letter)
            await gathered(reader)
            counts.append(len(articles(reader)))
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] == 1
        assert "1 article · 3 hits" in reader.foot
        await reader.press("enter", "enter")
        assert reader.state.reading.article.ref.article == "hh-2024-10-12-the-long-quay"
        assert reader.state.focus == "article"
        assert "stationery" in reader.cursor_text
        assert reader.state.library_view.pane_scope is PaneScope.ARTICLE


async def test_escape_gives_the_list_back_as_it_was(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("j", "j")
        here = reader.cursors["library"]
        await reader.press("s")
        await reader.type("quay")
        await gathered(reader)
        assert len(articles(reader)) < 11
        await reader.press("escape")
        await gathered(reader)
        assert len(articles(reader)) == 11
        assert reader.cursors["library"] == here


async def test_back_leads_from_the_evidence_to_the_very_row(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"squay", "enter")
        await gathered(reader)
        await reader.press("j", "j", "l")
        row = reader.cursors["library"]
        await reader.press("enter")
        assert reader.state.focus == "article"
        await reader.press("backspace")
        await gathered(reader)
        assert reader.state.focus == "library"
        assert reader.cursors["library"] == row


async def test_lists_widen_to_what_was_found_to_the_library_and_back(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"sstationery", "enter")
        await gathered(reader)
        await reader.press("enter")
        numbers = []
        for _ in range(4):
            await reader.press("w")
            await gathered(reader)
            numbers.append((reader.state.library_view.pane_scope, len(reader.state.panes["quotes"].entries)))
        hits, found, library, article = numbers
        scopes = [PaneScope.HITS, PaneScope.FOUND, PaneScope.LIBRARY, PaneScope.ARTICLE]
        assert [breadth for breadth, _ in numbers] == scopes
        assert hits[1] == 1
        assert found[1] == article[1] < library[1]


async def test_the_cursor_on_somebody_lights_what_he_says_in_every_article(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("2")
        await reader.press(*"jj")
        name = reader.state.entry and reader.state.entry.parts[0].text
        assert name
        await reader.press(".")
        await gathered(reader)
        await reader.press("3")
        shown = reader.state.panes["quotes"].entries
        assert len(shown)
        assert all(name in entry.text for entry in shown)
        assert len({entry.ref.article for entry in shown}) > 1
        assert name in reader.text


async def test_a_pin_narrows_the_library_and_escape_takes_each_step_back(arlen: Open) -> None:
    async with arlen(NARROW) as reader:
        await reader.press(*"squay", "enter")
        await gathered(reader)
        found = len(articles(reader))
        await reader.press("0")
        await reader.until(lambda: len(reader.state.panes["facets"].entries) > 3)
        await reader.press(".")
        await gathered(reader)
        outlet = reader.state.library_view.scope.pins[0].name
        assert 0 < len(articles(reader)) < found
        assert reader.state.library_view.scope.steps == ("“quay”", outlet)
        await reader.press("-")
        await gathered(reader)
        assert reader.state.library_view.scope.steps == ("“quay”", f"not {outlet}")
        await reader.press("0", "escape")
        await gathered(reader)
        assert len(articles(reader)) == found
        await reader.press("escape")
        await gathered(reader)
        assert len(articles(reader)) == 11


async def test_other_orders_of_the_list(arlen: Open) -> None:
    async with arlen() as reader:
        newest = articles(reader)
        orders = {}
        for _ in range(3):
            await reader.press("v")
            await gathered(reader)
            orders[reader.state.library_view.order] = articles(reader)
        assert orders["oldest first"] == newest[::-1]
        assert sorted(orders["by outlet"]) == sorted(newest)
        outlets = [
            next((part.text for part in entry.parts if part.name == "outlet"), "")
            for entry in reader.state.library.lists.articles(reader.state.library_view.scope, "by outlet")  # type: ignore[union-attr]
        ]
        assert outlets == sorted(outlets)


async def test_searches_are_offered_again_and_can_be_kept_under_a_name(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"stoll", "enter", *"b", *"the toll", "enter")
        assert "saved as “the toll”" in reader.foot
        await reader.press("escape", "s")
        await reader.press("up")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "toll"
        await reader.press("escape", "0")
        await reader.until(lambda: "the toll" in reader.state.panes["facets"].entries[0].text)
        await reader.press("g", "enter")
        await gathered(reader)
        assert reader.state.library_view.scope.query
        assert reader.state.library_view.scope.query.typed == "toll"
        await reader.press("escape", "S")
        assert reader.state.library_view.scope.query.typed == "toll"


async def test_a_search_that_is_repeated_has_its_hits_in_all_panes(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"stoll", "enter")
        await gathered(reader)
        await reader.until(lambda: len(reader.state.panes["timeline"].entries) == 7)
        await reader.press("escape")
        await reader.until(lambda: len(reader.state.panes["timeline"].entries) == 75)
        await gathered(reader)
        await reader.press("S")
        await gathered(reader)
        assert [len(reader.state.panes[name].entries) for name in ("people", "quotes", "timeline")] == [0, 2, 7]


async def test_what_could_not_be_saved_is_told_so(arlen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with arlen() as reader:
        await reader.press(*"stoll", "enter")
        monkeypatch.setattr("dossier.library.kept_lines.change_lines", refuse)
        await reader.press(*"b", *"the toll", "enter")
        assert "saved as" not in reader.screen.view.message
        assert "not saved yet, still trying" in reader.screen.view.message


async def test_what_cannot_be_understood_is_told_when_the_search_is_done(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("s")
        await reader.type("date:someday quay")
        await reader.press("enter")
        assert "not a date or range of dates" in reader.foot
        await gathered(reader)
        assert articles(reader)


async def test_one_person_is_shown_with_the_evidence_of_each_article_and_set_apart(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("2", "=")
        assert reader.screen.popup
        assert len(reader.popup_rows) > 2
        await reader.press("j", "a")
        said = "saved: Lena Okafor in 2024-05-27-election is different from Lena Okafor in 6 articles · U takes it back"
        assert said in reader.foot
        library = reader.state.library
        assert library
        assert {str(one) for one, _ in library.memory.decisions.apart} == {"2024-05-27-election#person/okafor"}


OKAFOR = parse_ref("2024-05-27-election#person/okafor")


@pytest.mark.parametrize(
    ("keys", "said"), [(("c",), "is the same in 6 articles"), (("G", "a"), "is no longer set apart")]
)
async def test_who_was_set_apart_is_below_the_others_and_the_same_key_takes_that_back(
    arlen: Open, keys: tuple[str, ...], said: str
) -> None:
    async with arlen() as reader:
        library = reader.state.library
        assert library
        library.decide_here()
        await reader.press("2", "=")
        count = len(reader.popup_rows)
        await reader.press("j", "a", "escape")
        await reader.until(lambda: bool(library.set_apart_from_person(OKAFOR, 9)))
        await reader.until(lambda: not library.look_for_changes())
        await gathered(reader)
        await reader.press("g")
        while not (reader.state.entry and reader.state.entry.text.startswith("Lena Okafor")):
            await reader.press("j")
        await reader.press("=")
        assert "Set apart" in reader.text
        assert "set apart by you: a takes it back" in reader.text
        assert "a this differs" in reader.text
        await reader.press("G")
        assert "a take back" in reader.text
        await reader.press("g", *keys)
        assert said in reader.foot
        # All the same are those above alone.
        assert [len(refs) for refs in library.memory.decisions.same] == ([count - 1] if "c" in keys else [])
        assert bool(library.memory.decisions.apart) is ("c" in keys)


async def test_an_article_by_itself_has_no_library() -> None:
    async with reading() as reader:
        await reader.press("0")
        assert "no library" in reader.foot
        await reader.press("w")
        assert "no library" in reader.foot
        await reader.press("s")
        assert reader.screen.prompt is None


async def test_find_goes_through_the_statements_of_all_articles(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"3/quay", "enter")
        await reader.until(lambda: "of 6" in reader.foot)
        rows = []
        for _ in range(6):
            assert "quay" in (reader.state.entry.text if reader.state.entry else "").lower()
            rows.append(reader.state.pane.cursor.row)
            await reader.press("n")
        assert rows == sorted(set(rows))
        assert reader.state.pane.cursor.row == rows[0]
        await reader.press("N")
        assert reader.state.pane.cursor.row == rows[-1]
        assert "6 of 6" in reader.foot


async def test_a_filter_leaves_the_statements_that_have_the_words(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"3&quay", "enter")
        await gathered(reader)
        assert len(reader.state.pane.entries) == 6
        assert all("quay" in entry.text.lower() for entry in reader.state.pane.entries)
        await reader.press("escape")
        await gathered(reader)
        assert len(reader.state.pane.entries) > 6


async def test_periods_of_the_wide_timeline_are_years(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("4", "]")
        years = []
        for _ in range(4):
            date = reader.state.entry and reader.state.entry.date
            assert date
            assert date.earliest
            years.append(date.earliest.year)
            await reader.press("]")
        assert years == sorted(set(years))
        await reader.press("[")
        date = reader.state.entry and reader.state.entry.date
        assert date
        assert date.earliest
        assert date.earliest.year == years[-1]
        await reader.until(lambda: "▁" in reader.text.splitlines()[-2])


async def test_the_next_hit_in_the_list_goes_from_article_to_article(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"squay", "enter")
        await gathered(reader)
        places = []
        for _ in range(4):
            await reader.press("n")
            places.append((reader.state.pane.cursor.row, reader.state.pane.targets))
        assert [row for row, _ in places] == [0, 0, 1, 2]
        assert len(set(places)) == 4
        await reader.press("N", "N")
        assert (reader.state.pane.cursor.row, reader.state.pane.targets) == places[1]
        assert reader.state.focus == "library"


async def test_the_next_hit_in_the_list_after_an_article_was_open(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"squay", "enter")
        await gathered(reader)
        await reader.press("enter", "0", "n")
        assert reader.state.focus == "library"
        await reader.press("escape", "N")
        assert "nothing to find yet" in reader.foot or reader.state.find.query


async def test_a_peek_at_a_row_of_the_list_tells_of_the_article(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("space")
        assert "outlet\nHarbour Herald" in reader.popup_rows
        await reader.press("escape", "enter", "0", "space")
        assert "outlet\nHarbour Herald" in reader.popup_rows


def shown_name(reader: Reader) -> str:
    return reader.state.entry.parts[0].text if reader.state.entry else ""


@pytest.mark.parametrize("size", [(40, 12), NARROW, (100, 30), WIDE])
async def test_a_search_shows_its_hits_and_w_widens_from_there(arlen: Open, size: tuple[int, int]) -> None:
    async with arlen(size) as reader:
        await reader.press(*"sspeaker:jonas", "enter")
        await gathered(reader)
        await reader.press("3")
        await reader.until(lambda: len(reader.state.pane.entries) == 7)
        for number, words in ((41, "the articles found"), (73, "the library"), (7, "the hits")):
            await reader.press("w")
            await gathered(reader)
            assert len(reader.state.pane.entries) == number
            assert reader.state.library_view.pane_scope == words


@pytest.mark.parametrize("size", [(40, 12), NARROW, (100, 30), WIDE])
async def test_a_pin_keeps_its_row_says_how_many_and_is_on_view_until_it_is_taken_back(
    arlen: Open, size: tuple[int, int]
) -> None:
    async with arlen(size) as reader:
        await reader.press(*"sspeaker:jonas", "enter", "w", "2")
        await reader.until(lambda: len(reader.state.pane.entries) == 33)
        await reader.press("j")
        assert shown_name(reader) == "Jonas Brandt"
        row = reader.cursors["people"]
        await reader.press(".")
        await reader.until(lambda: "pinned Jonas Brandt · 5" in reader.screen.view.message)
        assert "Jonas Brandt" in reader.rows("head")[0]
        assert reader.cursors["people"] == row
        for pane in "01234":
            await reader.press(pane)
            assert "Jonas Brandt" in reader.rows("head")[0]
        await reader.press("2", ".")
        assert "unpinned Jonas Brandt" in reader.screen.view.message
        await gathered(reader)
        assert reader.cursors["people"] == row
        assert reader.state.library_view.scope.pins == ()
        assert "Jonas Brandt" not in reader.rows("head")[0]


async def test_what_a_pin_has_left_is_counted_in_the_foot(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("2", ".")
        await reader.until(lambda: "pinned Lena Okafor · 7 articles · . unpins" in reader.foot)
        await reader.press("-")
        await reader.until(lambda: "excluded Lena Okafor · 4 articles left · - takes it back" in reader.foot)
        await reader.until(lambda: shown_name(reader) != "Lena Okafor")
        await reader.press("-")
        assert "Lena Okafor no longer excluded" in reader.foot
        await reader.until(lambda: shown_name(reader) == "Lena Okafor")
        await reader.press(".", "escape")
        await reader.until(lambda: shown_name(reader) == "Lena Okafor")
        assert reader.state.library_view.scope.pins == ()


async def test_enter_on_a_facet_says_what_it_pins(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("0")
        await reader.until(lambda: reader.state.focus == "facets" and len(reader.state.pane.entries) > 40)
        await reader.press("enter")
        await reader.until(lambda: "pinned Harbour Herald · 4 articles" in reader.foot)
        await reader.press("enter")
        assert "unpinned Harbour Herald" in reader.foot


async def test_a_pin_in_an_article_of_a_library_says_what_the_lists_show(arlen: Open) -> None:
    async with arlen(NARROW) as reader:
        await reader.press("enter", "2", ".")
        assert "pinned José Ibáñez · 1 quote, 4 events · . unpins" in reader.foot
        assert "▸ José Ibáñez" in reader.rows("tabs")[0]
        await reader.press(".")
        assert "unpinned José Ibáñez" in reader.foot


async def test_enter_on_a_quote_that_was_found_opens_its_evidence(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"sspeaker:jonas", "enter")
        await gathered(reader)
        await reader.press("enter")
        assert (reader.state.focus, reader.here.partition(":")[0]) == ("article", "para/p11")
        assert "chosen" in reader.cursor_text
        await reader.press("backspace")
        await gathered(reader)
        await reader.press("3", "enter")
        assert (reader.state.focus, reader.here.partition(":")[0]) == ("article", "para/p11")


async def test_find_and_filter_in_the_list_of_articles(arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(*"/ferry")
        await reader.until(lambda: "1 of 1" in reader.foot)
        assert [piece.text for piece in reader.pieces("library") if "hit" in piece.style.split()] == ["Ferry"]
        await reader.press("enter")
        assert "Ferry pact" in (reader.state.entry.text if reader.state.entry else "")
        await reader.press("backspace", *"/zeppelin", "enter")
        await reader.until(lambda: "no hit" in reader.foot)
        await reader.press("n")
        assert "no hits in the headlines and outlets of these articles" in reader.foot
        await reader.press("escape")
        assert reader.state.find.query is None
        await reader.press(*"&herald", "enter")
        await reader.until(lambda: "0 Library 4 of 11 articles · only" in reader.text)
        await reader.press("escape")
        await reader.until(lambda: "0 Library 11 articles ─" in reader.text)


@pytest.mark.parametrize("size", [(40, 12), NARROW, (100, 30), WIDE])
@pytest.mark.parametrize("keys", [[*"sferry", "enter"], ["s", "enter"], [":", *"search ferry", "enter"]])
async def test_back_from_a_search_comes_to_the_line_of_the_article(
    arlen: Open, size: tuple[int, int], keys: list[str]
) -> None:
    async with arlen(size) as reader:
        await reader.press("enter", *"jjjjj", "l")
        here, place, article = reader.here, reader.cursors["article"], reader.state.reading.article.ref.article
        assert reader.state.focus == "article"
        await reader.press(*("space" if key == " " else key for key in keys))
        await gathered(reader)
        assert reader.state.focus == "library"
        await reader.press("backspace")
        await gathered(reader)
        assert (reader.state.focus, reader.here, reader.cursors["article"]) == ("article", here, place)
        assert all(row.ref.article == article for name in PANES for row in reader.state.panes[name].entries)


async def test_esc_in_a_search_comes_to_the_line_of_the_article(arlen: Open) -> None:
    async with arlen(NARROW) as reader:
        await reader.press("enter", *"jjjjj")
        here = reader.here
        await reader.press(*"sferry")
        await gathered(reader)
        assert reader.state.focus == "library"
        await reader.press("escape")
        await gathered(reader)
        assert (reader.state.focus, reader.here) == ("article", here)
