"""The facets of a library are held to what its articles say when they are counted one by one."""

import datetime
from collections import Counter
from pathlib import Path

import pytest
from libraries import library_at
from shelves import article, written

from dossier.core.entry import Part
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.facet_counts import MOST, count_facets, count_publication_years
from dossier.library.facets import FacetValue, add_excluded_values, make_facet_entries, make_pin
from dossier.library.index.schema import UNBOUNDED_PAST
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.scope import FACETS, Pin, Scope
from dossier.library.scope_search import find_scope_articles

TODAY = datetime.date(2026, 11, 23)
OKAFOR = Ref("hh-2023-04-12-ferry", "person", "okafor")


def values(library: Library, scope: Scope) -> tuple[FacetValue, ...]:
    firsts = [one.first for one in find_scope_articles(library.index, scope) if one]
    *_, last = count_facets(library.index, scope, [None, *firsts])
    return last


def number(found: tuple[FacetValue, ...], facet: str) -> dict[str, int]:
    return {value.name: value.articles for value in found if value.facet == facet}


@pytest.mark.parametrize("typed", ["quay", "speaker:okafor", "published:2021"])
def test_what_is_found_is_counted(library: Library, typed: str) -> None:
    index, scope = library.index, Scope(parse_search(typed, TODAY))
    rows = [index.articles.article(one.first) for one in find_scope_articles(index, scope) if one]
    assert 0 < len(rows) < 11
    found = values(library, scope)
    assert number(found, "outlet") == Counter(row.outlet for row in rows if row.outlet)
    assert number(found, "year") == Counter(row.published[:4] for row in rows if row.published)
    forms = [{one.entry.form for one in index.entries.of_article(row) if one.entry.form} for row in rows]
    assert number(found, "form") == Counter(form for one in forms for form in one)


def test_the_whole_library_has_the_same_as_all_its_articles(library: Library) -> None:
    of_library = values(library, Scope())
    # Every article has a date.
    of_all = values(library, Scope(parse_search("published:1900..", TODAY)))
    for facet in ("outlet", "person", "org", "place", "year"):
        assert number(of_library, facet) == number(of_all, facet)
        assert number(of_library, facet)


def test_facets_stand_in_the_order_of_the_screen_and_years_newest_first(library: Library) -> None:
    found = values(library, Scope(parse_search("quay", TODAY)))
    places = [FACETS.index(value.facet) for value in found]
    assert places == sorted(places)
    years = list(number(found, "year"))
    assert years == sorted(years, reverse=True)
    for facet in ("outlet", "person", "form"):
        numbers = list(number(found, facet).values())
        assert numbers == sorted(numbers, reverse=True)


def test_one_person_is_one_value_whatever_the_articles_call_him(library: Library) -> None:
    okafor = [value for value in values(library, Scope()) if value.facet == "person" and "Okafor" in value.name]
    assert [(value.name, value.articles) for value in okafor] == [("Lena Okafor", 7)]
    assert okafor[0].ref
    assert library.persons.find(okafor[0].ref) == library.persons.find(OKAFOR)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_equally_frequent_values_come_by_name_however_the_index_was_made(
    tmp_path: Path, is_reversed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "library"
    names = [f"{letter}{number:02}" for letter in ("Chidi ", "Anna ") for number in range(3 * MOST)]
    for number, name in enumerate(reversed(names) if is_reversed else names):
        people = f"{{p: {{name: {name}}}}}"
        written(root, f"{name}.yaml", article(people=people, outlet=name, published=2023))
        if number % 100 == 0:
            update_index(root)
    written(root, "most.yaml", article(people="{p: {name: Chidi 90}}", outlet="Chidi 90"))
    first = ["Chidi 90", *sorted(names)][:MOST]
    with library_at(root, tmp_path) as library:
        assert library.total > 4 * MOST
        for scope in (Scope(), Scope(parse_search("pact", TODAY))):
            found = values(library, scope)
            assert [value.name for value in found if value.facet == "person"] == first
            assert [value.name for value in found if value.facet == "outlet"] == first


def test_the_years_of_articles() -> None:
    first, last = (datetime.date(2023, *day).toordinal() for day in ((1, 1), (12, 31)))
    days = {first: 2, last: 3, last + 1: 1, None: 5, UNBOUNDED_PAST: 7}
    assert count_publication_years(days) == {2023: 5, 2024: 1}


def test_a_pinned_value_says_so_on_its_row() -> None:
    herald = FacetValue("outlet", "Harbour Herald", None, 1_204)
    lena = FacetValue("person", "Lena Okafor", OKAFOR, 7)
    pins = (make_pin(herald, excluded=True), make_pin(lena, excluded=False))
    assert pins == (Pin("outlet", "Harbour Herald", None, True), Pin("person", "Lena Okafor", OKAFOR))
    rows = make_facet_entries((herald, lena, FacetValue("year", "2023", None, 1)), Scope(None, pins))
    assert [row.group for row in rows] == ["Outlets", "People", "Years"]
    assert [row.text for row in rows] == ["–\nHarbour Herald\nexcluded", "7\nLena Okafor\npinned", "1\n2023"]
    assert rows[0].parts[-1] == Part("state", "excluded")
    assert len({row.ref for row in rows}) == 3
    assert all(row.ref == value.row for row, value in zip(rows, (herald, lena), strict=False))


def test_what_is_excluded_can_be_let_in_again() -> None:
    found = (FacetValue("outlet", "Arlen Courier", None, 3), FacetValue("year", "2023", None, 2))
    excluded, kept = Pin("outlet", "Harbour Herald", None, excluded=True), Pin("year", "2021")
    assert [(one.name, one.articles) for one in add_excluded_values(found, Scope(None, (excluded, kept)))] == [
        ("Arlen Courier", 3),
        ("Harbour Herald", 0),
        ("2023", 2),
    ]
    assert add_excluded_values(found, Scope()) == found
    again = Pin("year", "2023", None, excluded=True)
    assert add_excluded_values(found, Scope(None, (again,))) == found


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(parse_search("quay", TODAY)),
        Scope(parse_search("speaker:okafor", TODAY)),
        Scope(parse_search("quay -north", TODAY)),
        Scope(None, (Pin("person", "Lena Okafor", OKAFOR),)),
        Scope(None, (Pin("outlet", "Harbour Herald", None, excluded=True), Pin("year", "2023"))),
        Scope(parse_search("ferry", TODAY), (Pin("form", "indirect"), Pin("person", "Lena Okafor", OKAFOR, True))),
    ],
)
def test_each_number_is_that_of_the_articles_that_a_pin_leaves(library: Library, scope: Scope) -> None:
    found = add_excluded_values(values(library, scope), scope)
    assert found
    for value in found:
        pin = make_pin(value, excluded=False)
        if make_pin(value, excluded=True) in scope.pins:
            # Its row has no number.
            continue
        left = scope if pin in scope.pins else scope.with_toggled_pin(pin)
        assert value.articles == sum(one is not None for one in find_scope_articles(library.index, left)), value
