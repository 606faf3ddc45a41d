"""All that a reader can learn from an index, without row ids, so that two indexes can be compared."""

import datetime
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from newsroom import SHORT, Newsroom

from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.facet_counts import count_facets
from dossier.library.index.reader import Index
from dossier.library.index.schema import TOTALS
from dossier.library.person_evidence import add_other_names, find_quotes_of_person
from dossier.library.scope import Scope
from dossier.library.scope_search import find_matches, find_scope_articles

TODAY = datetime.date(2026, 11, 23)
QUESTIONS = (
    "warned",
    '"in march"',
    "-said warned",
    "sal NEAR wor",
    "climate OR transport",
    "speaker:isfar",
    "about:lake",
    "person:beaskams in:timeline",
    "place:gatwage form:direct",
    "outlet:vaistrom published:2005..2012",
    "kecul",
    "event:2006",
    "nobody-ever-wrote-this",
)
"""Of every kind: a word, a phrase, words near each other, one of two, a speaker, people, places, days, accents."""

WORDS = ("warned", '"in march"', "-said warned", "sal NEAR wor", "climate OR transport", "the", "said", "event:2006")
"""Questions about what is written in an article and nothing else."""
_FACETED = ("warned", "published:2005..2012")
_SPEAKERS = 20

Answers = dict[str, object]


def answers(root: Path) -> Answers:
    """Return every answer of the index of a library that is asked for here."""
    index = Index.open(root)
    assert index, "there is no index that can be used"
    return answers_of(index)


def answers_of(index: Index) -> Answers:
    """Return every answer of an index that is asked for here, and close it."""
    try:
        found: Answers = {"counts": [index.total(of) for of in (*TOTALS, "hidden")], "whole": index.is_whole}
        for typed in QUESTIONS:
            found[typed] = list(_hits(index, typed))
        found["persons"] = list(_persons(index))
        found["quotes"] = list(_quotes(index))
        for typed in ("", *_FACETED):
            scope = Scope(parse_search(typed, TODAY)) if typed else Scope()
            firsts = [one.first for one in find_scope_articles(index, scope) if one]
            *_, values = count_facets(index, scope, firsts)
            found[f"facets of {typed}"] = list(map(str, values))
        found["order"] = [str(index.articles.article(first).ref) for first in index.articles.article_ids()]
        found["events"] = [_ref(index, row) for row in index.entries.event_ids()]
        return found
    finally:
        index.close()


def answers_by_article(index: Index) -> Answers:
    """Return what each article answers to the questions of `WORDS`, and close the index.

    What is found does not depend on how persons are joined. An article of which nothing is found has an empty answer.
    """
    try:
        found: dict[str, set[str]] = {
            str(index.articles.article(one).ref): set() for one in index.articles.article_ids()
        }
        for typed in WORDS:
            for ref, number in _hits(index, typed):
                found[ref.partition("#")[0]].add(f"{typed}: {ref} {number}")
        return {article: sorted(lines) for article, lines in found.items()}
    finally:
        index.close()


def differences(one: Answers, other: Answers) -> list[str]:
    """Return the questions that have different answers."""
    return [question for question in one if one[question] != other[question]]


def write_library(root: Path, number: int, seed: int = 1) -> None:
    """Write a library of short articles, a hundred to a folder."""
    newsroom = _newsroom(seed)
    for at in range(number):
        path = root / f"{at // 100:03}" / f"a{at:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(newsroom.article(at), encoding="utf-8")


@cache
def _newsroom(seed: int) -> Newsroom:
    return Newsroom(seed, SHORT)


def _hits(index: Index, typed: str) -> Iterator[tuple[str, int]]:
    query = add_other_names(parse_search(typed, TODAY), index)
    for found in find_matches(index, query):
        if found:
            yield from ((_ref(index, row), row - found[0]) for row in found[1])


def _persons(index: Index) -> Iterator[tuple[object, ...]]:
    for person in index.persons.person_ids():
        row = index.persons.person(person)
        entries = tuple(_ref(index, one) for one, _ in index.persons.entries_of_person(person))
        yield (row.kind, row.name, row.by_name, row.articles, row.quotes, _ref(index, row.newest), entries)


def _quotes(index: Index) -> Iterator[tuple[str, list[str]]]:
    for person in index.persons.person_ids("person", _SPEAKERS):
        quotes = find_quotes_of_person(index, person, 10)
        yield index.persons.person(person).name, [entry.text for entry in quotes]


def _ref(index: Index, row: int) -> str:
    ref: Ref = index.entries.at(row).entry.ref
    return str(ref)
