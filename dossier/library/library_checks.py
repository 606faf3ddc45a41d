"""Checks that need a whole library: ids that repeat, names spelt in two ways, articles that contradict the registry.

Of each article only its id and its persons are kept, and of each spelling only its first place, so that a library of
any size can be checked file by file.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.identity import find_registered, group_spellings
from dossier.core.model import Article, NamedEntry
from dossier.core.problem import Problem
from dossier.core.registry import Decisions, Registry, RegistryEntry, Spelling
from dossier.text.name_finder import normalize_name
from dossier.text.sanitize import sanitize_text

_NAMED = 5
"""The most other files that are named in one finding."""


class FilePlace(NamedTuple):
    """A line of a file. The line is counted from 1."""

    path: str
    line: int


class ArticleFacts(NamedTuple):
    """What is kept of an article: its id and where that stands, and who is in it.

    `borne` has the persons, organisations and places, each with the place of its entry.
    """

    id: str
    place: FilePlace
    borne: tuple[tuple[Spelling, FilePlace], ...]


def collect_facts(article: Article) -> ArticleFacts:
    """Collect what the checks need of an article. One without an id of its own has the place of its first line."""
    line = dict(article.field_lines).get(article.ref, 1)
    every = chain[NamedEntry](article.people, article.orgs, article.places)
    borne = tuple((entry_spelling(one), FilePlace(article.path, one.line)) for one in every)
    return ArticleFacts(article.ref.article, FilePlace(article.path, line), borne)


def entry_spelling(one: NamedEntry) -> Spelling:
    """Return the spelling of a person, organisation or place: what tells who it is in other articles."""
    names = (*((one.native,) if one.native else ()), *one.aliases)
    return Spelling(one.ref.kind, one.ref.id, one.name, names, dict(one.same_as).get("wikidata", ""))


def find_duplicate_articles(places: Mapping[str, Sequence[FilePlace]]) -> Iterator[Problem]:
    """Yield a finding for each article whose id others have too, given the places of every id."""
    for id, found in places.items():
        for place in found if len(found) > 1 else ():
            others = [other.path for other in found if other != place]
            more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
            where = f"{', '.join(others[:_NAMED])}{more}"
            message = f"the id {id!r} is also used by {where}: each is addressed by its path until the ids differ"
            yield _problem("duplicate-article", place, message)


def find_registry_contradictions(facts: ArticleFacts, registry: Registry, path: str) -> Iterator[Problem]:
    """Yield a finding for each person of an article whose wikidata number contradicts the registry.

    The person has id and name of one registry entry, and the number of another, or a number other than the registry's.
    Organisations and places are checked likewise. `path` is the registry's file.
    """
    for bearer, place in facts.borne:
        known = registry.find_by_id_and_name(bearer.kind, bearer.id, (bearer.name, *bearer.names))
        if not known or bearer.wikidata in ("", known.wikidata):
            continue
        whose = registry.find_entry(bearer.kind, "", (), bearer.wikidata)
        if not known.wikidata and not whose:
            continue
        has = f"has {known.wikidata}" if known.wikidata else "has no wikidata number"
        of_another = f", and {whose.id} has {bearer.wikidata}" if whose else ""
        message = f"{bearer.id} has {bearer.wikidata}, but {known.id} in the registry ({path}:{known.line}) {has}"
        yield _problem("registry-contradicted", place, f"{message}{of_another}: one of the numbers is wrong")


def find_second_registries(paths: Sequence[str]) -> Iterator[Problem]:
    """Yield a finding for each registry of a library but the first, which is the one that counts."""
    for path in paths[1:]:
        message = f"the library already has a registry, {paths[0]}; this one is not used: merge the two"
        yield _problem("second-registry", FilePlace(path, 1), message)


def find_differing_spellings(first: Mapping[Spelling, FilePlace], registry: Registry) -> Iterator[Problem]:
    """Yield a finding for each person whose full names differ, where nothing says that both names are theirs.

    Only persons, organisations and places that are known to be one by the registry or by a wikidata number are checked.
    `first` has the first place of each spelling. The name in the registry is the usual one; without a registry entry
    the name at the first place is.
    """
    bearers = list(first)
    for group in group_spellings(bearers, registry, Decisions()):
        for part in (part for part in group.parts if len(part) > 1):
            members = [bearers[at] for at in part]
            known = next(filter(None, (find_registered(one, registry) for one in members)), None)
            usual, *others = _spellings(members, known)
            why = f"{known.id} in the registry" if known else f"wikidata {usual.wikidata}"
            for other in others:
                called = f"called {usual.name!r} in {first[usual].path}:{first[usual].line}"
                cure = "if both are right, add one to the aliases of the other"
                yield _problem("two-spellings", first[other], f"{other.name!r} is {called} ({why}): {cure}")


def _spellings(bearers: Sequence[Spelling], known: RegistryEntry | None) -> list[Spelling]:
    """Return the first spelling of each set of full names that are given as names of one person.

    The spelling that the registry has comes first.
    """
    first: dict[str, Spelling] = {}
    for one in bearers:
        first.setdefault(normalize_name(one.name), one)
    listed = {normalize_name(name) for name in known.names} if known else set()
    sets = {name: frozenset((name,)) for name in first}
    for names in chain([listed], ({normalize_name(one.name), *map(normalize_name, one.names)} for one in bearers)):
        met = {sets[name] for name in names if name in sets}
        if len(met) > 1:
            made = frozenset(chain.from_iterable(met))
            sets.update(dict.fromkeys(made, made))
    found: dict[frozenset[str], Spelling] = {}
    for name in sorted(first, key=lambda name: name not in listed):
        found.setdefault(sets[name], first[name])
    return list(found.values())


def _problem(code: str, place: FilePlace, message: str) -> Problem:
    """Return a finding at a place."""
    return Problem(place.path, place.line, 1, code, sanitize_text(message))
