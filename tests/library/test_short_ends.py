"""A phrase that ends in a short word is found in its order once many rows have only its words."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from indexed_libraries import KINDS, IndexedLibrary, open_new_index
from shelves import written

from dossier.core.query_parser import parse_search
from dossier.library.index.articles import ArticleRow
from dossier.library.index.reader import Index
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.scope_search import find_matches

TODAY = datetime.date(2026, 11, 23)
ARTICLES, EVERY = 240, 20
FOUND = [f"a{number:03}" for number in range(0, ARTICLES, EVERY)]


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexedLibrary]:
    """Yield a library of which every twentieth article has the phrase, and each of the others only its words."""
    root = tmp_path_factory.mktemp("ends") / "library"
    for number in range(ARTICLES):
        body = "The star dómes stand." if number % EVERY == 0 else "A domed star stands."
        published = datetime.date(2020, 1, 1) + datetime.timedelta(number)
        text = f"id: a{number:03}\nheadline: Headline\npublished: {published}\nbody: {body}\n"
        written(root, f"a{number:03}.yaml", text)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
        yield stack.enter_context(open_new_index(request.param, root, request))


@contextmanager
def looking(index: Index) -> Iterator[list[str]]:
    """Yield a list to which each article is added whose entries are looked at."""
    looked: list[str] = []
    of_article = index.entries.of_article

    def looked_at(row: ArticleRow) -> StoredEntries:
        looked.append(row.id)
        return of_article(row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.entries, "of_article", looked_at)
        yield looked


def found(index: Index, typed: str, oldest_first: bool = False) -> list[str]:
    """Return the ids of the articles that are found."""
    coming = find_matches(index, parse_search(typed, TODAY), oldest_first)
    return [index.articles.article(one[0]).id for one in coming if one]


@pytest.mark.parametrize("typed", ['"star d', '"star do', '"star dom', '"the star do', 'stan "star d', '-zz "star d'])
@pytest.mark.parametrize("oldest_first", [False, True])
def test_all_are_found_in_order_and_few_others_are_looked_at(
    made: IndexedLibrary, typed: str, oldest_first: bool
) -> None:
    with looking(made.index) as looked:
        assert found(made.index, typed, oldest_first) == (FOUND if oldest_first else FOUND[::-1])
    assert len(looked) < ARTICLES // 2


@pytest.mark.parametrize("oldest_first", [False, True])
def test_days_bound_what_is_found_later_too(made: IndexedLibrary, oldest_first: bool) -> None:
    first, last = (datetime.date(2020, 1, 1) + datetime.timedelta(number) for number in (25, 215))
    expected = [f"a{number:03}" for number in range(0, ARTICLES, EVERY) if 25 <= number <= 215]
    wanted = expected if oldest_first else expected[::-1]
    assert found(made.index, f'published:{first}..{last} "star d', oldest_first) == wanted
