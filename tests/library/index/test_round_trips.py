"""The number of round trips to a PostgreSQL server that a key takes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from postgresql_servers import Database, Servers
from round_trips import ask_unhurried, count_round_trips, set_kept_seconds
from shelves import article, written
from waiting import until

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry
from dossier.library.growing_list import FIRST, GrowingList
from dossier.library.index.articles import ArticleRow
from dossier.library.index.availability import set_key_thread
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.update import update_index
from dossier.library.known_persons import KnownPersons
from dossier.library.list_cache import ListCache
from dossier.library.person_dossier import collect_dossier
from dossier.library.person_evidence import collect_evidence, find_quotes_of_person
from dossier.library.scope import Scope
from dossier.library.scope_search import find_matches

psycopg = pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import Reader, connect, counted_reader, open_made_index  # noqa: E402

from dossier.library.index.postgresql.engine import PostgresqlEngine  # noqa: E402
from dossier.library.index.postgresql.opening import make_server_index  # noqa: E402
from dossier.library.index.postgresql.server_sessions import ServerSessions  # noqa: E402

ARTICLES = 90
TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_unhurried(monkeypatch)


@pytest.fixture(scope="module")
def trips(postgresql: Servers, postgresql_server: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield what counts the round trips of an index of articles over thirty years, each third one on a harbour."""
    root = tmp_path_factory.mktemp("library")
    for number in range(ARTICLES):
        people = [{"id": f"p{number % 40}", "name": f"Ada Okafor{number % 40:02}"}]
        quotes = [{"id": "q", "text": "The ferry waits.", "speaker": f"p{number % 40}", "para": 0}]
        body = "The harbour is closed." if number % 3 == 0 else "The ferry is late."
        fields = {"published": f"{1995 + number // 3}-0{number % 3 + 1}-01", "people": people, "quotes": quotes}
        written(root, f"{number}.yaml", article(f"Pact {number}", f"{body} The ferry waits.", **fields))
    with counted_reader(root, postgresql.database(postgresql.start())) as made:
        yield made


def gathered(lists: ListCache, ask: Callable[[ListCache], GrowingList]) -> GrowingList:
    rows = ask(lists)
    until(lambda: rows.is_done)
    return rows


def searched(typed: str) -> Callable[[ListCache], GrowingList]:
    return lambda lists: lists.articles(Scope(parse_search(typed, TODAY)))


@pytest.mark.parametrize(
    ("ask", "found", "most"),
    [
        # All are in the first articles that are gone through, or the others in the next ones.
        pytest.param(searched("ferry"), ARTICLES, 4, id="a word of every article"),
        pytest.param(searched("harbour"), ARTICLES // 3, 4, id="a word of many articles"),
        # The first articles, the newest part of the table, all other parts, the articles that were found.
        pytest.param(searched("okafor07"), 3, 5, id="a word of few articles"),
        pytest.param(searched("qxyz"), 0, 4, id="a word that occurs nowhere"),
        pytest.param(searched("about:harbour"), ARTICLES // 3, 5, id="what quotes are about"),
        pytest.param(lambda lists: lists.pane("quotes", Scope()), ARTICLES, 4, id="quotes"),
        pytest.param(lambda lists: lists.pane("people", Scope()), 40, 10, id="people"),
    ],
)
def test_a_list_and_its_first_screen(
    trips: Reader, ask: Callable[[ListCache], GrowingList], found: int, most: int
) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    before = relay.number
    rows = gathered(ListCache(index, lambda: None), ask)
    assert len(rows) == found
    assert all(entry.ref.article for entry in rows[:FIRST])
    assert 0 < relay.number - before <= most


@pytest.mark.parametrize("pane", ["articles", "quotes", "people"])
def test_a_page_and_a_step(trips: Reader, pane: str) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    lists = ListCache(index, lambda: None)
    rows = gathered(lists, searched("ferry") if pane == "articles" else lambda lists: lists.pane(pane, Scope()))
    shown(rows, range(FIRST))
    before = relay.number
    page = range(FIRST, min(2 * FIRST, len(rows)))
    shown(rows, page)
    turned = relay.number - before
    assert turned <= 4
    shown(rows, page)
    assert relay.number - before == turned


def test_persons_that_are_known_without_their_entries(trips: Reader) -> None:
    """Their entries are forgotten after a moment, before the next page is turned."""
    relay, index, sessions = trips
    connect(index, sessions)
    lists = ListCache(index, lambda: None)
    rows = gathered(lists, lambda lists: lists.pane("people", Scope()))
    shown(rows, range(12))
    sessions.forget_fetched()
    before = relay.number
    shown(rows, range(12, FIRST))
    assert relay.number - before <= 1


def test_quotes_of_a_person_come_together(trips: Reader) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    (person,) = index.persons.persons_named("Ada Okafor07")
    before = relay.number
    assert len(list(find_quotes_of_person(index, person, 3))) == 3
    assert relay.number - before <= 2


def test_what_is_forgotten_amid_the_rows_that_were_fetched_ahead_comes_together_again(trips: Reader) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    rows = list(index.articles.article_ids())[:40]
    before = relay.number
    index.entries.fetch_ahead(rows)
    for number, row in enumerate(rows):
        if number == 10:
            sessions.forget_fetched()
        assert index.entries.at(row).entry.ref.kind == "headline"
    assert relay.number - before == 2


def test_whom_the_rows_of_a_screen_are_linked_to_comes_together(trips: Reader) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    rows = gathered(ListCache(index, lambda: None), lambda lists: lists.pane("quotes", Scope())).ids[:FIRST]
    single, known = KnownPersons(index), KnownPersons(index)
    linked = [single.of_row("quotes", row) for row in rows]
    sessions.forget_fetched()
    before = relay.number
    known.fetch_ahead("quotes", rows)
    assert [known.of_row("quotes", row) for row in rows] == linked
    assert len(set(linked)) == FIRST
    assert relay.number - before <= 2
    known.fetch_ahead("quotes", rows)
    assert relay.number - before <= 2


def test_the_evidence_of_a_person_comes_together(trips: Reader) -> None:
    relay, index, sessions = trips

    def asked(person: str, found: int) -> int:
        connect(index, sessions)
        (number,) = index.persons.persons_named(person)
        ref = index.entries.at(index.persons.person(number).newest).entry.ref
        sessions.forget_fetched()
        before = relay.number
        assert len(list(collect_evidence(index, ref, Registry(), Decisions(), 40))) == found
        return relay.number - before

    assert asked("Ada Okafor07", 3) == asked("Ada Okafor30", 2) <= 4


def test_what_is_known_of_a_person_is_not_asked_for_again(trips: Reader) -> None:
    relay, index, sessions = trips
    connect(index, sessions)
    (person,) = index.persons.persons_named("Ada Okafor07")
    ref = index.entries.at(index.persons.person(person).newest).entry.ref
    known = KnownPersons(index)

    def asked(question: Callable[[], object], answer: object) -> int:
        before = relay.number
        assert question() == answer
        return relay.number - before

    # On a busy machine a transaction of an earlier test may end meanwhile, but not each time.
    assert min(asked(lambda: KnownPersons(index).find(ref), person) for _ in range(5)) == 1
    assert len(known.quotes_of(ref)) == 3
    assert min(asked(lambda: len(known.quotes_of(ref)), 3) for _ in range(5)) == 0


def test_the_articles_of_a_person_come_together(trips: Reader) -> None:
    relay, index, sessions = trips

    def asked(name: str, found: int) -> int:
        connect(index, sessions)
        (person,) = index.persons.persons_named(name)
        loaded: list[ArticleRow] = []
        before = relay.number
        assert not collect_dossier(index, person, loaded.append).statements
        assert len(loaded) == found
        return relay.number - before

    assert asked("Ada Okafor07", 3) <= 6
    assert asked("Ada Okafor30", 2) <= 6


def test_what_is_asked_for_together_is_looked_through(trips: Reader) -> None:
    _, _, sessions = trips
    asked = "SELECT CAST(? AS bigint) AS row"
    assert sessions.fetch_each(asked, [(1,), (2,)]) == [[(1,)], [(2,)]]
    with pytest.raises(IndexDamagedError, match="another kind"):
        sessions.fetch_each(asked, [(1,), (-1,)])


def test_what_is_prepared_stays_so(trips: Reader) -> None:
    """Which of the connections a question comes over, and so has its statement prepared, depends on the machine."""
    relay, _, sessions = trips
    own = ServerSessions.open(sessions._address)
    assert own
    before, before_again = relay.prepared, relay.prepared_again
    with closing(make_server_index(own)) as index:
        connect(index, own)
        first = next(iter(index.articles.article_ids()))
        for _ in range(24):
            # The rest of the articles is not asked for.
            next(index.articles.article_ids())
            index.articles.indexed_stat(index.articles.article(first))
            index.persons.person_at(first)
            until(lambda: len(own._kept._idle) == 4)
    assert relay.prepared > before
    assert relay.prepared_again == before_again


@pytest.mark.parametrize("name", ["people", "quotes", "timeline"])
def test_a_pane_of_many_articles(trips: Reader, name: str) -> None:
    """Facts of many articles are fetched together: 90 questions would take 90 round trips."""
    relay, index, sessions = trips
    connect(index, sessions)
    lists = ListCache(index, lambda: None)
    scope = Scope(parse_search("ferry", TODAY))
    gathered(lists, lambda lists: lists.articles(scope))
    before = relay.number
    rows = gathered(lists, lambda lists: lists.pane(name, scope))
    assert len(rows) == {"people": 40, "quotes": ARTICLES, "timeline": 0}[name]
    assert relay.number - before <= 12
    before = relay.number
    facets = lists.facets(scope)
    until(lambda: facets.is_done)
    assert len([value for value in facets.values if value.facet == "person"]) == 40
    assert relay.number - before <= 8


@pytest.fixture
def keys() -> Iterator[None]:
    """Have the thread of the test be the one that handles keys."""
    set_key_thread(True)
    yield
    set_key_thread(False)


@pytest.mark.usefixtures("keys")
def test_a_key_is_told_what_another_thread_has_seen_of_changes(trips: Reader) -> None:
    """A screen looks for changes whenever a list has grown, and an open library twice a second on another thread."""
    relay, index, sessions = trips
    connect(index, sessions)
    run_aside(lambda: index.generation)
    before = relay.number
    assert len({index.generation for _ in range(40)}) == 1
    assert relay.number == before
    # As if it had been a long time.
    sessions._recent.clear()
    assert index.generation
    assert relay.number == before + 1


@pytest.mark.usefixtures("keys")
def test_a_change_that_another_thread_has_seen_is_one_for_a_key(tmp_path: Path, database: Database) -> None:
    written(tmp_path / "library", "a.yaml", article("Pact", "The ferry is late."))
    update_index(tmp_path / "library", engine=PostgresqlEngine(database.owner))
    with closing(open_made_index(database.reader)) as index:
        before = index.generation
        written(tmp_path / "library", "b.yaml", article("Toll", "The ferry is late."))
        update_index(tmp_path / "library", engine=PostgresqlEngine(database.owner))
        run_aside(lambda: index.generation)
        assert index.generation != before


def run_aside(work: Callable[[], object]) -> None:
    """Do something on a thread that handles no keys."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def shown(rows: GrowingList, numbers: Sequence[int]) -> None:
    """Make the entries of rows, as the screen does."""
    for number in numbers:
        assert rows[number].ref.article


def test_articles_that_are_dropped_at_once_are_fetched_again(trips: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time for which articles are kept may end at any step of an answer."""
    _, index, sessions = trips
    sessions.fetched.forget()
    query = parse_search("harbour", TODAY)
    asked = list(index.articles.article_ids())[:8]

    def answers() -> list[object]:
        articles = [index.articles.article(first) for first in asked]
        entries = [index.entries.at(first + 1).entry for first in asked]
        owners = [index.articles.article_of(first + 1).first for first in asked]
        packed = [sessions.fetch_packed(first) for first in asked]
        return [articles, entries, owners, packed, list(find_matches(index, query))]

    before = answers()
    set_kept_seconds(monkeypatch, -1.0)
    sessions.forget_fetched()
    assert answers() == before
    assert None not in [sessions.fetch_packed(first) for first in asked]


def test_an_update_asks_as_much_whatever_there_is_and_was_decided(postgresql: Servers, tmp_path: Path) -> None:
    """What is known of each person, and of each entry that was decided about, is asked for and changed together."""
    server = postgresql.start()
    executed = []
    for size, decided in ((24, 0), (72, 0), (72, 30)):
        root, address = tmp_path / f"{size} {decided}", postgresql.database(server).owner
        for number in range(size):
            people = [{"id": "p", "name": f"Ada Okafor{number % 36:02}"}, {"id": "q", "name": f"Max Stoll{number:02}"}]
            written(root, f"{number}.yaml", article(f"Pact {number}", published=f"{1950 + number}", people=people))
        ada = [Ref(str(number), "person", "p") for number in range(size)]
        max_ = [Ref(str(number), "person", "q") for number in range(size)]
        said = Decisions(
            tuple(zip(ada[:decided:2], ada[1::2], strict=False)), tuple(zip(max_[:decided], ada, strict=False))
        )
        update_index(root, engine=PostgresqlEngine(address), decisions=said)
        written(root, "5.yaml", article("Pact 5", published="1955", people=[{"id": "p", "name": "Ada Okafor05"}]))
        with count_round_trips(server.port) as relay:
            there = address.replace(f":{server.port}/", f":{relay.port}/")
            assert update_index(root, engine=PostgresqlEngine(there), decisions=said).files == 1
            executed.append(relay.executed)
    few, many, decided_too = executed
    assert 0 < many <= few + 3
    assert decided_too <= many + 15
