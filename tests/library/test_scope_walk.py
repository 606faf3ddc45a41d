"""Whether articles are asked for one by one or walked through, what is found of them is the same."""

from collections import Counter
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, library_at

from dossier.library import facet_counts, scope_panes, scope_walk
from dossier.library.growing_list import flatten_ids
from dossier.library.index.reader import Index
from dossier.library.scope import Pin, Scope

SCOPE = Scope(pins=(Pin("outlet", "Harbour Herald"),))


def found(index: Index) -> tuple[object, ...]:
    firsts = sorted(index.articles.outlet_article_ids("Harbour Herald"))
    count: Counter[int] = Counter()
    people = list(flatten_ids(scope_panes.find_person_ids(index, SCOPE, lambda: iter(firsts), count, {})))
    events = [
        row for row in flatten_ids(scope_panes.find_event_rows(index, SCOPE, lambda: iter(firsts))) if row is not None
    ]
    *_, values = facet_counts.count_facets(index, SCOPE, iter(firsts))
    return [one for one in people if one is not None], count, events, values


@pytest.mark.parametrize("many", [1, 3])
def test_many_articles_are_walked_through_to_the_same_end(
    many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        one_by_one = found(library.index)
        assert one_by_one[2]
        for module in (scope_walk, scope_panes):
            monkeypatch.setattr(module, "MANY", many)
        assert found(library.index) == one_by_one


@pytest.mark.parametrize("given", [[], [3], [1, 4, 9], [9, 4, 1], [4, 1, 9], [9, 1, 4]])
def test_articles_that_come_in_any_order_are_looked_up_like_in_a_set(given: list[int]) -> None:
    articles = scope_walk.ArticleIds()
    assert list(articles.wait_for([None, *given, None])) == [None, None]
    assert [one in articles for one in range(12)] == [one in set(given) for one in range(12)]
    assert (list(articles), len(articles)) == (sorted(given), len(given))
