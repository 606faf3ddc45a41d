"""What a reference means: an id, or else a name or alias; when several entries bear it, it stays open.

Decided here: an id goes before a name, and nothing is chosen where the file does not choose.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from dossier.core.model import Named, Reference
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, shown_text
from dossier.loader.yaml_nodes import Scalar
from dossier.text.messages import suggest_name
from dossier.text.name_finder import plain_name

_KINDS = {"person": "people", "org": "organisations", "place": "places", "quote": "quotes"}
# So many names in all are compared to name the nearest one: a file can hold 20,000 references to 20,000 names.
_MOST_COMPARED = 100_000


class Directory:
    """Who bears which id, name and alias."""

    def __init__(self, faults: ProblemLog) -> None:
        self._faults = faults
        self._ids: dict[tuple[str, str], dict[Ref, None]] = {}
        self._repeated: set[Ref] = set()
        self._names: dict[tuple[str, str], dict[Ref, None]] = {}
        self._compared = 0

    def add_names(self, entries: Iterable[Named]) -> None:
        """Take in what people, organisations or places are called."""
        for entry in entries:
            for name in (entry.name, entry.native, *entry.aliases):
                if name:
                    self._names.setdefault((entry.ref.kind, plain_name(name)), {})[entry.ref] = None

    def add_id(self, ref: Ref, written: str) -> None:
        """Take in the id of an entry as the file has it; where two entries claim one, that of `ref` is another."""
        self._ids.setdefault((ref.kind, written), {})[ref] = None
        if ref.id != written:
            self._repeated.add(ref)

    def targets(self, written: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
        """All that bear this id, `kind/id`, name or alias among the kinds."""
        kind, slash, after = written.partition("/")
        if slash and kind in kinds and (found := self._ids.get((kind, after))):
            return tuple(found)
        return _borne(self._ids, written, kinds) or _borne(self._names, plain_name(written), kinds)

    def resolve(self, node: Scalar, kinds: tuple[str, ...]) -> Reference:
        """The reference that stands there; that it finds nothing, or more than one, is told."""
        written = shown_text(node.text)
        targets = self.targets(written, kinds)
        if not targets:
            self._faults.tell("unknown-reference", node, self._unknown(written, kinds))
        elif len(targets) > 1:
            several = ", ".join(f"{ref.kind}/{ref.id}" for ref in targets[:5])
            is_repeated = not self._repeated.isdisjoint(targets)
            cure = "give each an id of its own, and write that" if is_repeated else "write one of these ids instead"
            self._faults.tell("ambiguous-reference", node, f"{written!r} may be any of {several}: {cure}")
        return Reference(written, targets)

    def _unknown(self, written: str, kinds: tuple[str, ...]) -> str:
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


def _borne(table: Mapping[tuple[str, str], Iterable[Ref]], key: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
    found = [refs for kind in kinds if (refs := table.get((kind, key)))]
    return tuple(found[0]) if len(found) == 1 else tuple(dict.fromkeys(chain.from_iterable(found)))


def read_one(record: Record, key: str, kinds: tuple[str, ...], directory: Directory) -> Reference | None:
    """The reference under a key."""
    node = record.node(key)
    if node is None or isinstance(node, Scalar):
        return directory.resolve(node, kinds) if node else None
    return Reference(record.text(key), ())


def read_many(record: Record, key: str, kind: str, directory: Directory) -> tuple[Reference, ...]:
    """The references of a list under a key."""
    return tuple(directory.resolve(node, (kind,)) for node in record.scalars(key))
