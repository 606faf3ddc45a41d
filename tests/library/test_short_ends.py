"""A phrase that ends in a short word is found in its order once many rows have only its words."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from indexed_libraries import KINDS, IndexedLibrary, open_new_index
from shelves import written

from dossier.core.query_parser import parse_search
from dossier.library import candidate_rows, scope_search
from dossier.library.index.articles import ArticleRow
from dossier.library.index.entries import FetchedTexts
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
        body = "The star dómes “stand.”" if number % EVERY == 0 else "A domed star “stands.”"
        published = datetime.date(2020, 1, 1) + datetime.timedelta(number)
        text = f"id: a{number:03}\nheadline: Headline\npublished: {published}\nbody: {body}\n"
        text += "people: {lena: {name: Lena Okafor}}\nquotes: [{speaker: lena, text: stand}]\n"
        written(root, f"a{number:03}.yaml", text)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
        yield stack.enter_context(open_new_index(request.param, root, request))


@contextmanager
def looking(index: Index) -> Iterator[list[str]]:
    """Yield a list to which each article is added whose entries are looked at, not the texts alone."""
    looked: list[str] = []
    of_article = index.entries.of_article

    def looked_at(row: ArticleRow, texts: FetchedTexts | None = None) -> StoredEntries:
        looked.append(row.id)
        return of_article(row, texts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.entries, "of_article", looked_at)
        yield looked


def found(index: Index, typed: str, oldest_first: bool = False) -> list[str]:
    """Return the ids of the articles that are found."""
    coming = find_matches(index, parse_search(typed, TODAY), oldest_first)
    return [index.articles.article(one[0]).id for one in coming if one]


@pytest.mark.parametrize(
    "typed",
    [
        *('"star d', '"star do', '"star dom', '"the star do', 'stan "star d', '-zz "star d', 'in:body "star d'),
        *('about:"star d', 'in:quotes about:"star do', 'speaker:lena "star d', 'published:2020 about:"star d'),
        *('"star domo" OR "star d', 'about:("x y" OR "star d'),
    ],
)
@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("few", [candidate_rows._FEW, ARTICLES])
def test_all_are_found_in_order_and_no_others_are_looked_at(
    made: IndexedLibrary, monkeypatch: pytest.MonkeyPatch, typed: str, oldest_first: bool, few: int
) -> None:
    """With many rows of the first kind or with few."""
    monkeypatch.setattr(candidate_rows, "_FEW", few)
    wanted = FOUND if oldest_first else FOUND[::-1]
    with looking(made.index) as looked:
        assert found(made.index, typed, oldest_first) == wanted
    assert looked == wanted


def test_none_is_yielded_while_only_texts_are_looked_at(made: IndexedLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key must not wait for all articles that have the words alone."""
    monkeypatch.setattr(candidate_rows, "_FEW", ARTICLES)
    monkeypatch.setattr(scope_search, "PATIENCE", 10)
    for typed in ('about:"star d', '"star d'):
        answers = list(find_matches(made.index, parse_search(typed, TODAY)))
        assert answers.count(None) == ARTICLES // 10
        assert len(answers) == ARTICLES // 10 + len(FOUND)


@pytest.mark.parametrize("oldest_first", [False, True])
def test_days_bound_what_is_found_later_too(made: IndexedLibrary, oldest_first: bool) -> None:
    first, last = (datetime.date(2020, 1, 1) + datetime.timedelta(number) for number in (25, 215))
    expected = [f"a{number:03}" for number in range(0, ARTICLES, EVERY) if 25 <= number <= 215]
    wanted = expected if oldest_first else expected[::-1]
    assert found(made.index, f'published:{first}..{last} "star d', oldest_first) == wanted
