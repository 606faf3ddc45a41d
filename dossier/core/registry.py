"""The registry of a library as a value, and which of its entries an entry of an article is.

The two are the same if they have the same Wikidata number, or if they have the same id and a name in common, unless
they have different numbers. Names are compared folded, as in a search: "José Ibáñez" equals "Jose Ibanez". A `Spelling`
is one spelling of a person, an organisation or a place.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from dossier.core.dataclasses import NamedTuple, dataclass
from dossier.core.ref import Ref
from dossier.text.folding import fold


class RegistryEntry(NamedTuple):
    """A person (`kind` person) or organisation (org) of the registry; `line`, from 1, is where its entry begins."""

    kind: str
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    line: int = 0
    native: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the full name first."""
        return (self.name, *((self.native,) if self.native else ()), *self.aliases)


@dataclass(frozen=True)
class Decisions:
    """What a reader, or a team in its registry, decided about entries of different articles.

    `same`: the entries of each tuple are one person, organisation or place. `apart`: the first entry of each pair was
    set apart from the second.
    """

    same: tuple[tuple[Ref, ...], ...] = ()
    apart: tuple[tuple[Ref, Ref], ...] = ()

    @cached_property
    def same_texts(self) -> tuple[tuple[str, ...], ...]:
        """The addresses of `same` as text."""
        return tuple([tuple(map(str, group)) for group in self.same])

    @cached_property
    def apart_texts(self) -> tuple[tuple[str, str], ...]:
        """The addresses of `apart` as text."""
        return tuple([(str(first), str(second)) for first, second in self.apart])

    @property
    def refs(self) -> frozenset[str]:
        """The addresses, as text, of all entries that the decisions name."""
        return frozenset(chain.from_iterable((*self.same_texts, *self.apart_texts)))


@dataclass(frozen=True)
class Registry:
    """The entries of a registry, in the order of its file, and the decisions in it; empty if there is no registry.

    `index` is where the index of the library is that all its readers share, as written; "" if the registry names none.
    """

    entries: tuple[RegistryEntry, ...] = ()
    index: str = ""
    decisions: Decisions = Decisions()

    # If two entries have the same number or id, the first one counts; the checker reports the second.
    @cached_property
    def _by_wikidata(self) -> dict[tuple[str, str], RegistryEntry]:
        return {(one.kind, one.wikidata): one for one in reversed(self.entries) if one.wikidata}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], RegistryEntry]:
        return {(one.kind, one.id): one for one in reversed(self.entries)}

    @cached_property
    def _keys(self) -> dict[tuple[str, str], frozenset[str]]:
        """The folded names of entries, by kind and id; a cache that `find_by_id_and_name` fills."""
        return {}

    def find_entry(self, kind: str, id: str, names: Iterable[str], wikidata: str) -> RegistryEntry | None:
        """Return the registry entry of somebody in an article, None if there is none.

        `names` are all their names; `wikidata` is their number or "".
        """
        if wikidata and (known := self._by_wikidata.get((kind, wikidata))):
            return known
        known = self.find_by_id_and_name(kind, id, names)
        return None if known and wikidata and known.wikidata else known

    def find_by_id_and_name(self, kind: str, id: str, names: Iterable[str]) -> RegistryEntry | None:
        """Return the entry with this id if it has one of `names`, too; Wikidata numbers are not compared."""
        known = self._by_id.get((kind, id))
        if known is None:
            return None
        names = tuple(names)
        if known.name in names and fold_name(known.name):
            return known
        keys = self._keys.get((kind, id))
        if keys is None:
            keys = self._keys[kind, id] = frozenset(map(fold_name, known.names)) - {""}
        return known if any(fold_name(name) in keys for name in names) else None


def fold_name(name: str) -> str:
    """Return the form in which names are compared; "" for a name without visible code points."""
    if name.isascii() and name.isprintable():
        # A fast path: most names are like this, and a library has hundreds of thousands.
        return " ".join(name.lower().replace("'", '"').replace("`", '"').split())
    return fold(name).folded.strip(" ")


class Spelling(NamedTuple):
    """One spelling of a person, organisation or place (`kind` person, org, place) over all articles that have it.

    `names` are the native name and the aliases; `wikidata` is "" if no number is given. `decided_ref` is the address,
    as text, of a single entry that the reader decided about: this spelling then stands for that entry only. It is ""
    otherwise.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...] = ()
    wikidata: str = ""
    decided_ref: str = ""
