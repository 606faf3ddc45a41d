"""The registry of a library as a value: whom it knows, and which of them an entry of an article is.

An entry of an article is one of the registry when both have the same wikidata number, or when it has the id of one and
a name in common with it, unless their two numbers contradict that. Names agree when they are equal folded, as in a
search: "José Ibáñez" is "Jose Ibanez". A `Spelling` is one spelling of a person, an organisation or a place.
"""

from collections.abc import Iterable
from functools import cached_property

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.text.folding import fold


class Registered(NamedTuple):
    """A person (`kind` person) or an organisation (org) of the registry; `line`, from 1, is where its entry begins."""

    kind: str
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    line: int = 0
    native: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called: the name first."""
        return (self.name, *((self.native,) if self.native else ()), *self.aliases)


@dataclass(frozen=True)
class Registry:
    """The entries of a registry, in the order of its file; without any: there is none."""

    entries: tuple[Registered, ...] = ()

    # Of two that claim the same the first has it; the checker tells of the second.
    @cached_property
    def _by_wikidata(self) -> dict[tuple[str, str], Registered]:
        return {(one.kind, one.wikidata): one for one in reversed(self.entries) if one.wikidata}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Registered]:
        return {(one.kind, one.id): one for one in reversed(self.entries)}

    @cached_property
    def _keys(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def resolved(self, kind: str, id: str, names: Iterable[str], wikidata: str) -> Registered | None:
        """The entry that somebody of an article is, by its kind, id, all its names, and its wikidata number or ""."""
        if wikidata and (known := self._by_wikidata.get((kind, wikidata))):
            return known
        known = self.namesake(kind, id, names)
        return None if known and wikidata and known.wikidata else known

    def namesake(self, kind: str, id: str, names: Iterable[str]) -> Registered | None:
        """The entry with this id, if one of its names is among `names`, too: whatever the wikidata numbers say."""
        known = self._by_id.get((kind, id))
        if known is None:
            return None
        keys = self._keys.get((kind, id))
        if keys is None:
            keys = self._keys[kind, id] = frozenset(map(name_key, known.names)) - {""}
        return known if any(name_key(name) in keys for name in names) else None


def name_key(name: str) -> str:
    """The form in which two names are equal when they agree; "" for one with nothing visible in it."""
    if name.isascii() and name.replace(" ", "").isalnum():
        # Most names are such, and there are hundreds of thousands of them.
        return " ".join(name.lower().split())
    return fold(name).folded.strip(" ")


class Spelling(NamedTuple):
    """One spelling of a person, organisation or place (`kind` person, org, place), over all articles that have it so.

    `names` are the native name and the aliases, `wikidata` "" when it is not said. `alone` is the address of its entry,
    as text, when the reader decided about that entry: then no other entry is part of this bearer.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...] = ()
    wikidata: str = ""
    alone: str = ""
