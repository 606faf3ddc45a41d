"""Lists of a library fill in the background, are kept, and stop when nobody wants them any more."""

import datetime
import gc
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator

import pytest
from libraries import PORT_ARLEN, library_at
from waiting import PATIENCE, until

from dossier.core.matcher import match
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library import facet_counts, growing_list, list_cache, pane_lists
from dossier.library.article_rows import make_article_entry
from dossier.library.facets import FacetValue
from dossier.library.growing_list import GrowingArticleList, GrowingList, ListStoppedError
from dossier.library.histogram import count_event_years, histogram, years_of_library
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.list_cache import ListCache
from dossier.library.scope import ORDERS, Pin, Scope
from dossier.library.scope_search import find_matches
from dossier.library.tasks import HistogramLine, ListKey, follow_list, run_in_thread

TODAY = datetime.date(2026, 11, 23)
QUAY = Scope(parse_search("quay", TODAY))
FERRY = Ref("hh-2023-04-12-ferry")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened.index


@pytest.fixture
def lists(index: Index) -> ListCache:
    """Return the lists, with those of the articles with a quay asked for."""
    made = ListCache(index, lambda: None)
    made.stop_other_scopes(QUAY)
    return made


def whole(rows: GrowingList) -> GrowingList:
    until(lambda: rows.is_done)
    return rows


def test_the_articles_of_a_scope_with_their_hits(lists: ListCache, index: Index) -> None:
    assert QUAY.query
    expected = [found for found in find_matches(index, QUAY.query) if found]
    rows = lists.articles(QUAY)
    whole(rows)
    assert list(rows.ids) == [first for first, _ in expected]
    assert list(rows.hit_counts) == [len(hits) for _, hits in expected]
    assert rows.hits == sum(rows.hit_counts) > len(rows)


@pytest.mark.parametrize(
    "typed", ["quay", "toll", "in:headline pact", "speaker:okafor", '"the north bridge"', "in:people lena"]
)
def test_rows_have_the_excerpts_that_all_entries_of_the_article_give(
    typed: str, lists: ListCache, index: Index
) -> None:
    query = parse_search(typed, TODAY)
    rows = whole(lists.articles(Scope(query)))
    assert [*rows] == [make_article_entry(index, first, query) for first in rows.ids] != []


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_the_same_articles(order: str, lists: ListCache, index: Index) -> None:
    newest = lists.articles(QUAY)
    whole(newest)
    rows = lists.articles(QUAY, order)
    whole(rows)
    assert sorted(rows.ids) == sorted(newest.ids)
    assert rows.hits == newest.hits
    number = dict(zip(newest.ids, newest.hit_counts, strict=True))
    key = {
        "newest first": lambda first: -first,
        "oldest first": lambda first: first,
        "by outlet": lambda first: (index.articles.article(first).outlet, -first),
        "most hits first": lambda first: (-number[first], -first),
    }[order]
    assert list(rows.ids) == sorted(newest.ids, key=key)


@pytest.mark.parametrize(("pane", "number"), [("people", 37), ("quotes", 73), ("timeline", 75)])
def test_panes_of_the_library_and_of_what_is_found(pane: str, number: int, lists: ListCache) -> None:
    assert len(whole(lists.pane(pane, Scope()))) == number
    found = whole(lists.pane(pane, QUAY))
    assert 0 < len(found) < number
    kept = whole(lists.pane(pane, Scope(), QUAY.query))
    assert 0 < len(kept) < number
    assert set(kept.ids) < set(lists.pane(pane, Scope()).ids)


@pytest.mark.parametrize(
    ("pane", "ref"),
    [
        ("people", Ref(FERRY.article, "person", "okafor")),
        ("quotes", Ref(FERRY.article, "quote", "q2")),
        ("timeline", Ref(FERRY.article, "event", "e1")),
    ],
)
def test_an_address_has_its_row(pane: str, ref: Ref, lists: ListCache) -> None:
    rows = whole(lists.pane(pane, Scope()))
    row = rows.row_of(ref)
    assert row is not None
    if pane == "people":
        assert rows[row].parts[0].text == "Lena Okafor"
    else:
        assert rows[row].ref == ref
    assert rows.row_of(ref._replace(article="nowhere")) is None
    articles = lists.articles(Scope())
    whole(articles)
    assert articles.row_of(FERRY) is not None


def test_what_was_asked_for_is_kept_and_after_a_change_asked_for_anew(lists: ListCache) -> None:
    first, people = lists.articles(QUAY), lists.pane("people", QUAY)
    assert lists.articles(QUAY) is first
    assert lists.pane("people", QUAY) is people
    assert lists.facets(QUAY) is lists.facets(QUAY)
    lists.drop_all()
    assert lists.articles(QUAY) is not first
    assert lists.pane("people", QUAY) is not people
    assert list(whole(lists.articles(QUAY)).ids) == list(whole(lists.articles(QUAY, ORDERS[0])).ids)


def test_lists_of_typed_letters_take_the_place_of_none_on_view(lists: ListCache) -> None:
    shown = [whole(lists.articles(scope)) for scope in (Scope(), QUAY)]
    facets, line = lists.facets(QUAY), lists.histogram(QUAY)
    until(lambda: facets.is_done)
    typed = [Scope(parse_search(f"quay{letter}", TODAY)) for letter in "abcdefghijklmnopqrstuvwxyz"]
    for scope in typed:
        lists.articles(scope)
        lists.facets(scope)
        lists.histogram(scope)
    assert [lists.articles(scope) for scope in (Scope(), QUAY)] == shown
    assert all(lists.articles(scope) is one for scope, one in zip((Scope(), QUAY), shown, strict=True))
    assert lists.facets(QUAY) is facets
    assert lists.histogram(QUAY) == line or not line
    assert [len(kept) for kept in (lists._lists, lists._facets, lists._histograms)] == [list_cache._KEPT] * 3


def test_what_was_stopped_is_dropped_when_something_else_is_asked_for(lists: ListCache) -> None:
    other = Scope(parse_search("toll", TODAY))
    lists.stop_other_scopes(QUAY)
    rows, facets = lists.articles(QUAY), lists.facets(QUAY)
    lists.histogram(QUAY)
    line = lists._histograms[QUAY, None]
    rows.is_stopped = facets.is_stopped = line.is_stopped = True
    lists.articles(other)
    lists.facets(other)
    lists.histogram(other)
    assert all(one is not rows for one in lists._lists.values())
    assert all(one is not facets for one in lists._facets.values())
    assert all(one is not line for one in lists._histograms.values())
    assert lists.articles(QUAY) is not rows
    assert len(whole(lists.articles(QUAY))) == 7
    until(lambda: lists.facets(other).is_done and lists._histograms[other, None].is_done)


def test_a_list_that_is_dropped_goes_without_a_collection_of_garbage(lists: ListCache) -> None:
    gc.disable()
    try:
        rows = whole(lists.articles(QUAY))
        assert rows[0]
        kept = weakref.ref(rows)
        lists.drop_all()
        del rows
        # The thread that has gathered it ends soon.
        until(lambda: kept() is None)
    finally:
        gc.enable()


def test_a_list_that_fails_at_once_is_returned_all_the_same(lists: ListCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be stopped before the thread that has asked for it goes on."""

    def fail(work: Callable[[], None]) -> None:
        for made in lists._lists.values():
            made.is_stopped = True

    monkeypatch.setattr(list_cache, "run_in_thread", fail)
    assert all(lists.articles(QUAY).is_stopped for _ in range(2))


def test_the_list_that_was_asked_for_last_stays_however_many_are_on_view(lists: ListCache) -> None:
    """Such as those of many saved searches."""
    saved = [Scope(parse_search(f"ferry {number}", TODAY)) for number in range(list_cache._KEPT + 3)]
    lists.stop_other_scopes(*saved)
    for scope in saved:
        lists.articles(scope)
    rows = lists.articles(QUAY)
    assert lists.articles(QUAY) is rows
    assert whole(rows).ids
    assert len(lists._lists) == list_cache._KEPT


def test_the_bytes_of_what_is_not_on_view_are_bounded(lists: ListCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_cache, "_MOST", 100)
    left = [Scope(parse_search(words, TODAY)) for words in ("ferry", "harbour", "port", "the")]
    for scope in left:
        whole(lists.articles(scope))
    assert lists._lists[ListKey("articles", left[-1], ORDERS[0])].count_bytes() > 100
    whole(lists.articles(QUAY))
    assert sum(rows.count_bytes() for key, rows in lists._lists.items() if key.scope != QUAY) <= 100


def test_a_scope_that_is_left_and_gone_back_to_is_whole_in_the_end(lists: ListCache) -> None:
    other = Scope(parse_search("toll", TODAY))
    lists.stop_other_scopes(QUAY)
    lists.articles(QUAY)
    lists.pane("quotes", QUAY)
    lists.stop_other_scopes(other)
    lists.articles(other)
    lists.stop_other_scopes(QUAY)
    until(lambda: lists.articles(QUAY).is_done and lists.pane("quotes", QUAY).is_done and lists.facets(QUAY).is_done)
    assert QUAY.query
    assert len(lists.articles(QUAY)) == 7


def test_facets_and_bars_come_and_are_told_of(index: Index) -> None:
    grown = threading.Event()
    lists = ListCache(index, grown.set)
    lists.stop_other_scopes(QUAY)
    until(lambda: lists.facets(QUAY).is_done)
    assert {value.facet for value in lists.facets(QUAY).values} == {"outlet", "person", "org", "place", "year", "form"}
    assert grown.wait(PATIENCE)
    until(lambda: bool(lists.histogram(Scope())))
    assert lists.histogram(Scope()) == histogram(years_of_library(index))
    until(lambda: bool(lists.histogram(QUAY)))
    assert lists.histogram(QUAY) != lists.histogram(Scope())


def test_bars_that_nobody_wants_any_more_are_not_drawn(
    index: Index, lists: ListCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(lists.articles(QUAY))
    line, asked, dates = HistogramLine(), list[int](), index.entries.event_dates

    def stopped(articles: Iterable[ArticleRow]) -> list[list[tuple[int, int, int, int]]]:
        # Bars that were asked for before may still be drawn on another thread.
        if threading.current_thread() is threading.main_thread():
            asked.append(1)
            line.is_stopped = True
        return dates(articles)

    monkeypatch.setattr(index.entries, "event_dates", stopped)
    with pytest.raises(ListStoppedError):
        lists._draw(QUAY, None, line)
    assert len(asked) == 1
    assert not line.line
    assert not line.is_done


def test_the_bars_of_all_events_of_articles_need_no_list_of_these(
    index: Index, lists: ListCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(lists.articles(QUAY))
    rows = frozenset(id for id in whole(lists.pane("timeline", QUAY)).ids)
    monkeypatch.setattr(list_cache, "find_event_rows", None)
    line = HistogramLine()
    lists._draw(QUAY, None, line)
    assert line.line == histogram(count_event_years(index, lists.articles(QUAY).ids, rows))
    assert line.is_done


def test_the_bars_are_those_of_the_events_shown(lists: ListCache) -> None:
    person = Pin("person", "Lena Okafor", Ref(FERRY.article, "person", "okafor"))
    scope = Scope(None, (person,))
    lists.stop_other_scopes(scope)
    until(lambda: bool(lists.histogram(scope)))
    years = {
        entry.date.earliest.year for entry in whole(lists.pane("timeline", scope)) if entry.date and entry.date.earliest
    }
    assert lists.histogram(scope).split()[0] == str(min(years))
    assert lists.histogram(scope).split()[-1] == str(max(years))


def test_one_list_follows_another() -> None:
    gate = threading.Event()

    def ids() -> Iterator[int | None]:
        yield 1
        gate.wait(PATIENCE)
        yield 2

    rows = GrowingArticleList(ids(), lambda id, hits: None, lambda ref: (), lambda: None)
    run_in_thread(rows.gather)
    follower = follow_list(rows)
    assert next(one for one in follower if one) == 1
    assert next(follower) is None
    gate.set()
    assert [one for one in follower if one is not None] == [2]


def test_work_on_what_the_index_has_no_longer_ends_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    done = threading.Event()

    def work() -> None:
        done.set()
        raise KeyError(1)

    run_in_thread(work)
    assert done.wait(PATIENCE)
    assert capfd.readouterr().err == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("fault", [KeyError, ZeroDivisionError])
def test_what_fails_is_to_be_asked_for_again_and_keeps_nothing_else_from_being_done(
    fault: type[Exception], lists: ListCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*given: object) -> Iterator[tuple[FacetValue, ...]]:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(facet_counts, "count_facets", failing)
        found = lists.facets(QUAY)
        until(lambda: found.is_stopped)
    assert lists.tasks.broken_off
    assert len(whole(lists.pane("quotes", QUAY)))
    until(lambda: lists.facets(QUAY).is_done)


def test_a_list_that_follows_one_that_was_stopped_is_not_taken_for_whole() -> None:
    rows = GrowingArticleList(iter((1, 2)), lambda id, hits: None, lambda ref: (), lambda: None)
    rows.stop()
    with pytest.raises(ListStoppedError):
        list(follow_list(rows))


PINNED = Scope(parse_search("toll", TODAY), (Pin("outlet", "Harbour Herald"),))
SEARCHED = (QUAY, PINNED, Scope(parse_search("speaker:okafor", TODAY)), Scope(parse_search("in:people lena", TODAY)))


def hits_in_pane(lists: ListCache, index: Index, name: str, scope: Scope, order: str) -> list[int]:
    """Return the rows of a pane for the articles of a scope that the matcher finds, one by one."""
    assert scope.query
    listed = whole(lists.articles(scope, order))
    every = whole(lists.pane(name, scope, None, order)).ids
    hits = set[int | None]()
    for article in map(index.articles.article, listed.ids):
        for row in article.pane(name):
            stored = index.entries.at(row)
            if match(scope.query, stored.entry, stored.about):
                hits.add(index.persons.person_at(row) if name == "people" else row)
    return [one for one in every if one in hits]


@pytest.mark.parametrize(("kept", "many"), [(100_000, 1_000), (100_000, 1), (5, 1_000), (0, 1)])
@pytest.mark.parametrize("order", ORDERS)
def test_the_hits_in_a_pane_are_those_of_the_search(
    order: str, kept: int, many: int, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many of them are kept, and in whatever order the articles are."""
    monkeypatch.setattr(growing_list, "_HITS", kept)
    monkeypatch.setattr(pane_lists, "MANY", many)
    number = 0
    for scope in SEARCHED:
        lists = ListCache(index, lambda: None)
        for name in ("quotes", "timeline", "people"):
            expected = hits_in_pane(lists, index, name, scope, order)
            assert list(whole(lists.pane(name, scope, scope.query, order)).ids) == expected
            number += len(expected)
    assert number > 20


def test_a_search_is_not_repeated_for_the_panes(lists: ListCache, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(lists.articles(QUAY))
    monkeypatch.setattr(pane_lists, "find_pane_matches", lambda *given: pytest.fail("searched again"))
    for name in ("quotes", "timeline", "people"):
        assert len(whole(lists.pane(name, QUAY, QUAY.query))) > 0
