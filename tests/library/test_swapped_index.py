"""A question is answered right, wherever in the midst of it another index takes the place of the one that is read."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from indexed_libraries import IndexedLibrary, open_new_index
from libraries import TODAY
from shelves import article, written
from test_same_answers import addresses, person, ref

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry
from dossier.library.article_rows import make_article_entry
from dossier.library.index.loan import Loan
from dossier.library.index.reader import Index
from dossier.library.person_evidence import add_other_names, collect_evidence
from dossier.library.scope_panes import find_linked_persons, make_event_entry, make_quote_entry
from dossier.library.scope_search import find_matches
from dossier.loader.limits import Limits

ARTICLES = 3
TOLL, SPOKEN = (parse_search(typed, TODAY) for typed in ("person:okafor toll", "speaker:okafor every"))
OKAFOR = Ref("a1", "person", "p")


def write_article(root: Path, number: int) -> None:
    """Write an article of the day that all are of, with a person whom all name and one whom none else does."""
    text = article(
        f"Toll {number}",
        f"“We will run every day {number},” said Lena Okafor of the toll.",
        published="2023-04-12",
        people=f"{{p: {{name: Lena Okafor, aliases: [Okafor {number}]}}, q: {{name: Han {number}}}}}",
        quotes=f"[{{speaker: p, text: We will run every day {number}}}]",
        timeline=f"[{{date: 2022-0{number + 1}, what: Toll {number} charged, people: [q]}}]",
    )
    written(root, f"a{number}.yaml", text)


def find_hits(index: Index) -> list[str]:
    query = add_other_names(TOLL, index)
    return addresses(index, (row for one in find_matches(index, query) if one for row in one.rows))


def list_quotes(index: Index) -> list[int]:
    return [row for one in index.entries.pane_ranges("quotes") for row in one]


QUESTIONS: dict[str, Callable[[Index], object]] = {
    "search": find_hits,
    "narrowed search": lambda index: [len(one.rows) for one in find_matches(index, SPOKEN) if one],
    "count": lambda index: [index.total(of) for of in ("articles", "quotes", "people")],
    "page": lambda index: [
        str(make_article_entry(index, first, TOLL, None)) for first in list(index.articles.article_ids())
    ],
    "article": lambda index: (found := index.articles.find("a1")) and list(map(str, index.entries.of_article(found))),
    "entry": lambda index: (row := index.entries.row_id_of(OKAFOR)) is not None and ref(index, row),
    "persons": lambda index: [person(index, one) for one in list(index.persons.person_ids("person"))[:2]],
    "evidence": lambda index: list(map(str, collect_evidence(index, OKAFOR, Registry(), Decisions(), 9))),
    "links": lambda index: [
        sorted(index.persons.person(one).name for one in find_linked_persons(index, row, {}))
        for row in list_quotes(index)
    ],
    "panes": lambda index: (
        [make_quote_entry(index, row) for row in list_quotes(index)],
        [make_event_entry(index, row) for row in index.entries.event_ids()],
    ),
}


class Statements:
    """Counts the statements that are asked. Before one of them, `left` away, it calls `interrupt`."""

    def __init__(self) -> None:
        self.interrupt: Callable[[], object] = lambda: None
        self.left = 0

    def count(self) -> None:
        """Count a statement."""
        self.left -= 1
        if self.left == 0:
            self.interrupt()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Return what counts the statements of all programs."""
    made = Statements()
    enter = Loan.__enter__

    def entered(loan: Loan) -> object:
        made.count()
        return enter(loan)

    monkeypatch.setattr(Loan, "__enter__", entered)
    with suppress(ImportError):
        from dossier.library.index.postgresql.connecting import ServerConnection  # noqa: PLC0415

        ask = ServerConnection.ask

        def asked(connection: ServerConnection, query: str, values: tuple[object, ...] = ()) -> object:
            made.count()
            return ask(connection, query, values)

        # So that another program can come between two statements that are sent together.
        monkeypatch.setattr(ServerConnection, "pipeline", lambda connection: nullcontext())
        monkeypatch.setattr(ServerConnection, "ask", asked)
    return made


@pytest.fixture(params=["sqlite", "shared", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IndexedLibrary]:
    root = tmp_path / "library"
    for number in range(ARTICLES):
        write_article(root, number)
    with open_new_index(request.param, root, request) as made:
        yield made


def replace_index(library: IndexedLibrary, limits: Limits) -> None:
    """Make the index anew, with other row ids than the one before: another article comes last each time."""
    late = library.root / f"a{limits.depth % ARTICLES}.yaml"
    away = late.rename(late.with_suffix(".away"))
    library.update(limits=limits)
    away.rename(late)
    library.update(limits=limits)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_right_wherever_another_index_takes_the_place(
    name: str, library: IndexedLibrary, statements: Statements
) -> None:
    index, ask = library.index, QUESTIONS[name]
    assert index.generation
    before, swaps = ask(index), 0
    assert before
    while statements.left <= 0:
        swaps += 1
        statements.interrupt = lambda: replace_index(library, Limits(depth=20 + swaps))  # noqa: B023 - called at once
        statements.left = swaps
        found, left = ask(index), statements.left
        statements.left = 0
        # Now it looks for changes.
        assert index.generation
        after = ask(index)
        # The order of what is equal may be another one.
        assert found in (before, after), swaps
        before, statements.left = after, left
    assert swaps > 1
