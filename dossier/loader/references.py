"""Resolve references: an id, or else a name or alias.

An id goes before a name. If several entries have the name, the reference stays open: nothing is chosen where the file
does not choose.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.model import Named, Reference
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, says_nothing, shown_text
from dossier.loader.yaml_nodes import Scalar
from dossier.text.messages import suggest_name
from dossier.text.name_finder import plain_name

_KINDS = {"person": "people", "org": "organisations", "place": "places", "quote": "quotes"}
# At most this many names are compared for suggestions: a file can hold 20,000 references to 20,000 names.
_MOST_COMPARED = 100_000


class Directory:
    """The ids, names and aliases of all entries that can be referred to."""

    def __init__(self, log: ProblemLog) -> None:
        self._log = log
        self._ids: dict[tuple[str, str], dict[Ref, None]] = {}
        self._repeated: set[Ref] = set()
        self._names: dict[tuple[str, str], dict[Ref, None]] = {}
        self._compared = 0

    def add_names(self, entries: Iterable[Named]) -> None:
        """Add the names of people, organisations or places."""
        for entry in entries:
            for name in (entry.name, entry.native, *entry.aliases):
                if name:
                    self._names.setdefault((entry.ref.kind, plain_name(name)), {})[entry.ref] = None

    def add_id(self, ref: Ref, written: str) -> None:
        """Add the id of an entry as written in the file; if it repeats another entry's, `ref` has a different one."""
        self._ids.setdefault((ref.kind, written), {})[ref] = None
        if ref.id != written:
            self._repeated.add(ref)

    def targets(self, written: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return all entries of these kinds with this id, `kind/id`, name or alias."""
        kind, slash, after = written.partition("/")
        if slash and kind in kinds and (found := self._ids.get((kind, after))):
            return tuple(found)
        return _look_up(self._ids, written, kinds) or _look_up(self._names, plain_name(written), kinds)

    def resolve(self, node: Scalar, kinds: tuple[str, ...]) -> Reference:
        """Return the reference of a node; it is reported if it finds nothing or several entries."""
        written = shown_text(node.text)
        targets = self.targets(written, kinds)
        if not targets and says_nothing(written):
            message = f"{written!r} says nothing: leave it out if it is not known who or what is meant"
            self._log.tell("says-nothing", node, message)
        elif not targets:
            self._log.tell("unknown-reference", node, self._describe_unknown(written, kinds))
        elif len(targets) > 1:
            several = ", ".join(f"{ref.kind}/{ref.id}" for ref in targets[:5])
            is_repeated = not self._repeated.isdisjoint(targets)
            cure = "give each an id of its own, and write that" if is_repeated else "write one of these ids instead"
            self._log.tell("ambiguous-reference", node, f"{written!r} may be any of {several}: {cure}")
        return Reference(written, targets)

    def _describe_unknown(self, written: str, kinds: tuple[str, ...]) -> str:
        """Return the message that nothing has this id or name, with the most similar one."""
        among = " and ".join(_KINDS[kind] for kind in kinds)
        ids = [key for kind, key in self._ids if kind in kinds]
        names = [key for kind, key in self._names if kind in kinds]
        message = f"nothing among {among} has the id{' or the name' if names else ''} {written!r}"
        self._compared += len(ids) + len(names)
        near = suggest_name(written, ids + names) if self._compared <= _MOST_COMPARED else ""
        if near:
            return f"{message}; the nearest is {near!r}"
        if "person" in kinds[:-1]:
            return f"{message}; who has no name is written in speaker_text or to_text"
        return f"{message}: add it there, or leave it out here"


def _look_up(table: Mapping[tuple[str, str], Iterable[Ref]], key: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
    """Return the entries with this key, of all kinds, each once."""
    found = [refs for kind in kinds if (refs := table.get((kind, key)))]
    return tuple(found[0]) if len(found) == 1 else tuple(dict.fromkeys(chain.from_iterable(found)))


def read_one(record: Record, key: str, kinds: tuple[str, ...], directory: Directory) -> Reference | None:
    """Return the reference of a key; None if it is missing."""
    node = record.node(key)
    if node is None or isinstance(node, Scalar):
        return directory.resolve(node, kinds) if node else None
    return Reference(record.text(key), ())


def read_many(record: Record, key: str, kind: str, directory: Directory) -> tuple[Reference, ...]:
    """Return the references in the list of a key."""
    return tuple(directory.resolve(node, (kind,)) for node in record.scalars(key))
