"""The names for which texts are searched, and the entries that each of them means.

A name is listed (full name, native name, alias) or derived: a word of a person's name that is no title, month or
numeral. A derived word is a guess at a surname, and is not used if another entry lists the same word.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import NamedEntry, Person
from dossier.core.ref import Ref
from dossier.text.name_finder import normalize_name
from dossier.text.name_words import is_particle, is_suffix, is_title_or_date, split_particle

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SHORT = 80
"""The words of names up to this many code points are kept."""
_NOBODY: frozenset[Ref] = frozenset()
MOST_BEARERS = 100
"""Of the entries that share a name, so many are linked where it stands."""


class NameClaim(NamedTuple):
    """One name of one entry.

    `sought` is false if the file says where the entry is mentioned. Its names are then known, so that no other entry is
    seen in them, but they are not looked for. `is_first` says that a derived word stands before the surname.
    """

    ref: Ref
    listed: bool
    sought: bool
    is_first: bool = False


class NameTargets(NamedTuple):
    """The entries that a name means: those that list it or, if there are none, those of whose name it is a word.

    `members` are the targets as a set, `first_name_of` those of them before whose surname the word stands.
    """

    listed: bool
    targets: tuple[Ref, ...]
    members: frozenset[Ref]
    first_name_of: frozenset[Ref]
    has_person: bool


def find_targets_of_names(named: Iterable[NamedEntry], passed_over: set[Ref]) -> Iterator[tuple[str, NameTargets]]:
    """Yield every name with the first MOST_BEARERS entries that it means; the others are added to `passed_over`."""
    borne: dict[str, list[NameClaim]] = {}
    for name, claim in chain.from_iterable(map(iterate_names, named)):
        borne.setdefault(normalize_name(name), []).append(claim)
    for name, claims in borne.items():
        first = claims[0]
        if len(claims) == 1 and first.sought:
            own = frozenset((first.ref,))
            first_name = own if first.is_first else _NOBODY
            yield name, NameTargets(first.listed, (first.ref,), own, first_name, first.ref.kind == "person")
            continue
        listed = [claim for claim in claims if claim.listed]
        bearers = tuple(dict.fromkeys(claim.ref for claim in listed or claims if claim.sought))
        targets, members = bearers[:MOST_BEARERS], frozenset(bearers[:MOST_BEARERS])
        passed_over.update(bearers[MOST_BEARERS:])
        first_name_of = frozenset(claim.ref for claim in claims if claim.is_first) & members
        has_person = any(ref.kind == "person" for ref in targets)
        yield name, NameTargets(bool(listed), targets, members, first_name_of, has_person)


def iterate_names(named: NamedEntry) -> Iterator[tuple[str, NameClaim]]:
    """Yield the names of an entry, each with what it claims."""
    sought = named.mentions is None
    listed = NameClaim(named.ref, True, sought)
    for name in (named.name, named.native, *named.aliases):
        if name:
            yield name, listed
    if sought and isinstance(named, Person):
        name = normalize_name(named.name)
        for word, is_first in _known_words(name) if len(name) <= _SHORT else _derived_words(name):
            yield word, NameClaim(named.ref, False, True, is_first)


# The same people are in the news again and again.
@lru_cache(maxsize=1024)
def _known_words(name: str) -> tuple[tuple[str, bool], ...]:
    return tuple(_derived_words(name))


def _derived_words(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a person's name that may stand for it, and whether each stands before the surname.

    A word also comes with the particles before it, with a small and with a capital first letter.
    """
    words = [word for part in name.split(" ") if (word := part.strip(_PUNCTUATION))]
    last = max((at for at, word in enumerate(words) if word[0].isupper() and not is_suffix(word)), default=-1)
    last = max(last, *(at for at, word in enumerate(words) if split_particle(word)[0]), -1)
    particles: list[str] = []
    for at, whole in enumerate(words):
        if is_particle(whole, at == 0):
            particles.append(whole)
            continue
        joined, word = split_particle(whole)
        is_derived = _is_derived(word, at == last)
        if is_derived:
            yield word, at < last
        if is_derived or (joined and sum(map(str.isalpha, whole)) > 2):
            for form in _with_particles(particles, joined, word):
                yield form, at < last
        particles = []


def _with_particles(particles: Sequence[str], joined: str, word: str) -> Iterator[str]:
    """Yield a word with the particles before it, the last of which is `joined` to it if that is not empty.

    Particles come with a small and with a capital first letter.
    """
    whole = f"{joined}{word}"
    forms = {" ".join([*particles, whole]), whole} - {word}
    if len(particles) == 1 and particles[0].casefold() in ("al", "el"):
        forms.add(f"{particles[0]}-{word}")
    # An article of German, as in a description of somebody.
    forms -= {f"der {word}"}
    for form in sorted(forms):
        yield form[0].lower() + form[1:]
        yield form[0].upper() + form[1:]


def _is_derived(word: str, is_last: bool) -> bool:
    return word[:1].isupper() and sum(map(str.isalpha, word)) >= 3 and not is_title_or_date(word, is_last)
