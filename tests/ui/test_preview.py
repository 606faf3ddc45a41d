"""The preview: what it is to show, what stands in it, and where its place is."""

import datetime
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from rooms import ferry, plain

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.core.ref import Ref, parse_ref
from dossier.library.growing_list import GrowingArticleList
from dossier.library.library import Library
from dossier.ui.layout import (
    Screen,
    click,
    fit_panes,
    is_preview_due,
    lay_out,
    shown_panes,
    shown_preview,
    wanted_preview,
)
from dossier.ui.library_scope import enter_article, search_library
from dossier.ui.navigation import go_to, history_entry, place_cursor
from dossier.ui.pane_scope import LISTS, SHELF
from dossier.ui.preview import UNREADABLE, Preview, PreviewKey, make_preview
from dossier.ui.render.flow import measure_line
from dossier.ui.session import session_record
from dossier.ui.state import State, focus_pane, move_cursor
from dossier.ui.view import ScreenRenderer, View

MIDDLE, WIDE = Screen(100, 30), Screen(160, 45)
READING = ferry().reading
QUAY = "hh-2024-10-12-the-long-quay"
SLIP = "radio-2024-08-05-slip"


@pytest.fixture
def state(library: Library) -> State:
    return entrance_of(library)


def preview(at: str = "ferry", find: str = "", cells: int = 60, rows: int = 12) -> Preview:
    return make_preview(PreviewKey(parse_ref(at), parse_terms(find) if find else None, 1, cells, rows), READING)


def previewed(state: State, screen: Screen = WIDE) -> State:
    """Return the state as the screen makes it: fitted, with the preview that is wanted."""
    state = fit_panes(state, screen)
    key = wanted_preview(state, screen)
    assert key
    assert state.library
    return replace(state, preview=make_preview(key, state.library.readings.look_at(key.at.article)))


def text_of(shown: Preview) -> list[str]:
    return [plain(line).rstrip() for line in shown.lines()]


def screen_text(state: State, screen: Screen) -> str:
    return "\n".join(plain(line) for line in ScreenRenderer().lines(fit_panes(state, screen), View(screen)))


def list_rows(state: State) -> list[str]:
    """Return the rows of the list of articles."""
    place = lay_out(state, WIDE).places["library"]
    return [row[: place.cells] for row in screen_text(state, WIDE).splitlines()[place.row : place.row + place.rows]]


def styled(shown: Preview, style: str) -> str:
    return "".join(piece.text for line in shown.lines() for piece in line if style in piece.style.split())


def test_it_begins_with_who_when_and_where_then_the_headline_and_the_text_with_its_links() -> None:
    shown = preview()
    first, headline, subtitle, *text = text_of(shown)
    assert first.strip() == "Ida Brandt · Harbour Herald · 12 April 2023"
    assert headline.strip() == "Ferry pact signed"
    assert subtitle.strip() == "Daily boat from June"
    assert any("1 Two councils signed" in line for line in text)
    assert "Lena Okafor" in styled(shown, "mention")
    assert not styled(shown, "cursor")


@pytest.mark.parametrize(
    ("at", "find", "lit", "seen"),
    [
        ("ferry", "councils", ["councils"], "Two councils"),
        # The first hit is on view, although it is far down.
        ("ferry", "ready", ["ready"], "it was ready"),
        ("ferry#para/p4:27-38", "toll", ["toll"], "No new toll"),
        # An entry of a list stands in no text: its evidence does.
        ("ferry#quote/stays", "", ["the toll stays"], "the toll stays"),
        ("ferry#event/quay", "", [], "Han said it was ready"),
        ("ferry", "", [], "Ferry pact signed"),
        ("ferry", "nowhere", [], "Ferry pact signed"),
    ],
)
def test_the_place_that_enter_leads_to_or_the_first_hit_is_on_view_and_lit(
    at: str, find: str, lit: list[str], seen: str
) -> None:
    shown = preview(at, find, rows=6)
    assert seen in " ".join("\n".join(text_of(shown)).split())
    hit = styled(shown, "hit").lower()
    assert all(word in hit for word in lit)
    assert bool(hit) == bool(lit)


def test_an_article_that_cannot_be_read_is_said_to_be_so() -> None:
    shown = make_preview(PreviewKey(Ref("gone"), None, 1, 60, 12), None)
    assert [line.strip() for line in text_of(shown)] == [UNREADABLE]
    shown = make_preview(PreviewKey(Ref("gone"), None, 1, 30, 12), None, "the index's server\x1b does not answer")
    lines = text_of(shown)
    assert all(len(line) < 30 for line in lines)
    assert " ".join(" ".join(lines).split()) == f"{UNREADABLE}: the index's server\u241b does not answer"


@pytest.mark.parametrize("cells", range(100, 241, 5))
def test_in_the_library_the_largest_pane_is_that_of_the_preview(state: State, cells: int) -> None:
    for name in SHELF:
        places = lay_out(focus_pane(state, name), Screen(cells, 40)).places
        sizes = {pane: place.cells * place.rows for pane, place in places.items()}
        assert max(sizes, key=lambda pane: sizes[pane]) == "article"
        assert places["library"].column < places["article"].column
        assert all(pane in places for pane in SHELF)
        assert all((pane in places) == (cells >= 140) for pane in LISTS)


def test_where_the_lists_have_no_room_their_keys_and_counts_are_told(state: State) -> None:
    assert "2 People 37 · 3 Quotes 73 · 4 Timeline 75" in screen_text(state, MIDDLE)
    assert "3 Quotes 73 · 4" not in screen_text(state, WIDE)


@pytest.mark.parametrize("name", LISTS)
def test_before_an_article_is_open_a_list_stands_beside_the_library(state: State, name: str) -> None:
    places = lay_out(focus_pane(state, name), MIDDLE).places
    assert set(places) == {*SHELF, *LISTS}


@pytest.mark.parametrize("screen", [Screen(99, 30), Screen(80, 24), Screen(160, 45, alone=True), Screen(1, 1)])
def test_no_preview_is_wanted_where_it_has_no_place(state: State, screen: Screen) -> None:
    state = fit_panes(state, screen)
    assert wanted_preview(state, screen) is None
    assert not is_preview_due(state, screen)


def test_what_is_wanted_follows_the_cursor_and_the_query(state: State) -> None:
    state = fit_panes(state, WIDE)
    first = wanted_preview(state, WIDE)
    assert first
    assert (first.at, first.query) == (Ref(QUAY), None)
    second = wanted_preview(move_cursor(state, lambda pane: pane.move(1)), WIDE)
    assert second
    assert second.at == Ref(SLIP)
    assert state.library
    query = state.library.parse_search_with_names("stationery", datetime.date(2026, 11, 23))
    found = whole(search_library(state, query))
    there = wanted_preview(found, WIDE)
    assert there
    assert there.query == query
    # Enter leads to the first hit of the row.
    assert there.at.kind
    assert there.at == found.panes["library"].entries[0].anchors[0].targets[0]


@pytest.mark.parametrize("name", LISTS)
def test_in_a_list_the_preview_shows_the_evidence_of_the_row(state: State, name: str) -> None:
    state = move_cursor(focus_pane(state, name), lambda pane: pane.move(3))
    entry, state = state.entry, previewed(state)
    assert entry
    assert state.preview
    assert state.preview.key.at == entry.ref
    assert styled(state.preview, "hit") or not state.preview.hits


SIZES = [(1, 1), (40, 12), (80, 24), (100, 2), (100, 30), (139, 20), (140, 20), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
def test_every_line_is_as_wide_as_the_screen_with_a_preview_of_any_size(state: State, size: tuple[int, int]) -> None:
    screen = Screen(*size)
    for made in (Screen(100, 2), WIDE):
        for name in SHELF:
            shown = fit_panes(focus_pane(previewed(state, made), name), screen)
            lines = ScreenRenderer().lines(shown, View(screen))
            assert [measure_line(line) for line in lines] == [screen.cells] * screen.rows


def test_no_article_is_read_to_know_what_is_wanted(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an article was read")

    assert state.library
    for name in ("reading", "look_at", "loaded"):
        monkeypatch.setattr(state.library.readings, name, refuse)
    state = fit_panes(state, WIDE)
    for _ in range(4):
        state = fit_panes(move_cursor(state, lambda pane: pane.move(1)), WIDE)
        assert is_preview_due(state, WIDE)
        ScreenRenderer().lines(state, View(WIDE))


def test_before_there_is_one_the_place_says_so(state: State) -> None:
    assert "the article under the cursor appears here; Enter opens it" in screen_text(state, WIDE)


def test_a_preview_of_another_article_than_that_at_the_cursor_is_marked(state: State) -> None:
    state = previewed(state)
    assert "─ Preview ─" in screen_text(state, WIDE)
    assert "At low water" in screen_text(state, WIDE)
    state = move_cursor(state, lambda pane: pane.move(1))
    assert "─ Preview … ─" in screen_text(state, WIDE)
    assert "─ Preview ─" in screen_text(previewed(state), WIDE)


def test_the_open_article_stays_as_it_was_left_and_is_marked_in_the_list(state: State) -> None:
    there = enter_article(state, QUAY)
    assert there
    state = focus_pane(
        fit_panes(move_cursor(focus_pane(there, "article"), lambda pane: pane.move(40)), WIDE), "library"
    )
    assert wanted_preview(state, WIDE) is None
    assert shown_preview(state) is None
    assert "─ 1 Article ─" in screen_text(state, WIDE)
    assert ["▸The long quay" in row for row in list_rows(state)].count(True) == 1
    assert sum("▸" in row for row in list_rows(state)) == 1
    assert state.library
    assert not any("▸" in row for row in list_rows(entrance_of(state.library)))


def test_outside_of_the_library_no_preview_is_kept(state: State) -> None:
    state = previewed(state)
    there = go_to(state, Ref(QUAY))
    assert there
    assert fit_panes(there, WIDE).preview is None
    assert shown_preview(there) is None
    assert "─ 1 Article ─" in screen_text(there, WIDE)


def test_the_history_and_the_session_know_nothing_of_it(state: State) -> None:
    without = fit_panes(state, WIDE)
    with_one = previewed(state)
    assert history_entry(with_one) == history_entry(without)
    assert session_record(with_one) == session_record(without)
    assert with_one.history == without.history


def test_what_the_preview_covers_is_neither_hinted_nor_clicked(state: State) -> None:
    there = enter_article(state, QUAY)
    assert there
    state = move_cursor(fit_panes(focus_pane(there, "library"), WIDE), lambda pane: pane.move(1))
    assert "article" in shown_panes(state, WIDE)
    place = lay_out(state, WIDE).places["article"].inner
    assert click(state, WIDE, place.row, place.column + 8)
    state = previewed(state)
    assert "article" not in shown_panes(state, WIDE)
    assert click(state, WIDE, place.row, place.column + 8) is None


def test_a_query_for_articles_lights_the_headline(library: Library) -> None:
    query = library.parse_search_with_names("outlet:herald", datetime.date(2026, 11, 23))
    shown = make_preview(PreviewKey(Ref("ferry"), query, 1, 60, 12), READING)
    assert styled(shown, "hit") == "Ferry pact signed"
    assert "Ferry pact signed" in text_of(shown)[1]


@pytest.mark.parametrize("typed", ["speaker:okafor", "speaker:jonas toll", "toll", "outlet:herald", "status:alleged"])
def test_list_preview_and_open_article_count_the_same_hits(library: Library, state: State, typed: str) -> None:
    query = library.parse_search_with_names(typed, datetime.date(2026, 11, 23))
    found = whole(search_library(state, query))
    rows = found.panes["library"].entries
    assert isinstance(rows, GrowingArticleList)
    assert rows.hits == sum(rows.hit_counts)
    assert len(rows)
    for row, count in zip(rows, rows.hit_counts, strict=True):
        shown = make_preview(PreviewKey(row.ref, query, 1, 60, 12), library.readings.look_at(row.ref.article))
        there = enter_article(found, row.ref.article)
        assert there
        assert shown.hit_count == len(there.find.hits) == sum(there.find.hits.counts.values()) == count
        assert shown.text_hit_count == there.find.hits.counts.get("article", 0)
        for place in there.find.hits.places:
            assert there.find.hits.find_number(place) is not None


@pytest.mark.parametrize(("typed", "told"), [("toll", "hits ─"), ("in:quotes toll", " in the lists ─")])
def test_hits_that_are_not_in_the_text_are_said_to_be_in_the_lists(state: State, typed: str, told: str) -> None:
    """The title of the article counts those in its text alone: `1 hit` became `0 hits` when it was opened."""
    assert state.library
    query = state.library.parse_search_with_names(typed, datetime.date(2026, 11, 23))
    text = screen_text(previewed(whole(search_library(state, query))), WIDE)
    assert told in text[text.index("Preview · ") :].split("╮")[0]


def test_an_article_that_was_looked_at_is_not_read_again_to_open_it(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        looked_at = library.readings.look_at(QUAY)
        assert looked_at
        assert library.readings.look_at(QUAY) is looked_at
        assert library.readings.reading(QUAY) is looked_at
        assert library.readings.look_at(SLIP)
        assert library.readings.look_at(QUAY) is looked_at
        assert library.readings.look_at("nothing-of-the-kind") is None


def test_looking_at_many_articles_displaces_none_that_was_opened(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        opened = library.readings.reading(SLIP)
        for article in library.index.articles.article_ids():
            library.readings.look_at(library.index.articles.article(article).ref.article)
        assert library.readings.reading(SLIP) is opened


def test_a_place_in_the_article_that_is_open_leaves_the_preview_alone(state: State) -> None:
    there = enter_article(state, QUAY)
    assert there
    state = previewed(move_cursor(fit_panes(focus_pane(there, "library"), WIDE), lambda pane: pane.move(1)))
    assert state.preview
    back = move_cursor(state, lambda pane: pane.move(-1))
    # It stays until the cursor has rested, since a step must cost little.
    assert shown_preview(back) is state.preview
    assert is_preview_due(back, WIDE)
    assert place_cursor(back, Ref(QUAY, "para", "p1")).focus == "article"


def test_beside_a_preview_the_lists_name_the_open_article(state: State) -> None:
    there = enter_article(state, QUAY)
    assert there
    there = fit_panes(there, WIDE)
    assert "3 Quotes 16 ─" in screen_text(there, WIDE)
    there = previewed(place_cursor(focus_pane(there, "library"), Ref(SLIP)))
    text = screen_text(there, WIDE)
    assert "2 People 28 · of “The long quay”" in text
    assert "3 Quotes 16 · of “The long quay”" in text
