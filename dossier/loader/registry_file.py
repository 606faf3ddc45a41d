"""One registry file becomes a registry, and a list of all that is wrong with it.

Decided here: an entry may also be a name alone, and the entries a list with `id`, as in an article. No entry is
dropped, whatever is wrong with it, so that the checks over a library know of it.
"""

from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem
from dossier.core.registry import Registered, Registry, name_key
from dossier.loader.fields import ProblemLog, Record, claim_ids, file_bytes, flat, id_node, shown_text
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence
from dossier.loader.yaml_nodes import read as read_yaml

VERSION = "1"
"""The version of registries that is read."""

_KINDS = {"people": "person", "orgs": "org"}
_KEYS = ("registry", *_KINDS)
_ENTRY_KEYS = ("name", "native", "aliases", "note", "same_as")


class LoadedRegistry(NamedTuple):
    """What a file holds: the registry, as far as it can be read, and its problems by line and column."""

    registry: Registry
    problems: tuple[Problem, ...]


class _Read(NamedTuple):
    """An entry with the places in the file that are spoken of: its begin, its aliases, its wikidata number."""

    entry: Registered
    place: Node
    aliases: tuple[Scalar, ...]
    wikidata: Node


def read_registry(path: Path, limits: Limits | None = None) -> LoadedRegistry:
    """Read the registry at `path`. It never raises for what the file is, or for a file that cannot be read."""
    limits = limits or Limits()
    data = file_bytes(path, limits)
    return LoadedRegistry(Registry(), (data,)) if isinstance(data, Problem) else read(data, str(path), limits)


def read(data: bytes, path: str, limits: Limits | None = None) -> LoadedRegistry:
    """Read a registry from the bytes of a file; `path` is named in its problems."""
    limits = limits or Limits()
    top, found = read_yaml(data, path, limits)
    faults = ProblemLog(path, found, limits)
    if isinstance(top, Mapping):
        entries = _entries(Record(top, _KEYS, faults), faults)
    else:
        entries = ()
        if top or not found:
            where = top or Scalar("", 1, 1)
            faults.tell("not-mapping", where, "a registry is keys with values: begin with registry: 1 and people:")
    return LoadedRegistry(Registry(entries), faults.all())


def _entries(top: Record, faults: ProblemLog) -> tuple[Registered, ...]:
    version = top.text("registry")
    if version != VERSION:
        what = f"is of version {version!r}" if version else "says no version"
        message = f"this registry {what}; version {VERSION} is read: write registry: {VERSION}"
        faults.tell("wrong-shape", top.where("registry"), message)
    found: list[_Read] = []
    for key, kind in _KINDS.items():
        of_kind = _of_kind(key, kind, top, faults)
        _check_names(of_kind, faults)
        _check_numbers(of_kind, faults)
        found += of_kind
    return tuple(one.entry for one in found)


def _of_kind(key: str, kind: str, top: Record, faults: ProblemLog) -> list[_Read]:
    node = top.node(key)
    given: list[tuple[Node, Node | None, Node]]
    if isinstance(node, Mapping):
        values = top.limited(key, tuple(value for _key, value in node.pairs))
        given = [(name, name, value) for (name, _value), value in zip(node.pairs, values, strict=False)]
    elif isinstance(node, Scalar):
        top.wrong_shape(key, "a mapping, or a list")
        return []
    else:
        given = [(item, id_node(item), item) for item in top.items(key)]
    claims = claim_ids(key, "", tuple((place, id) for place, id, _value in given), faults)
    listed = isinstance(node, Sequence)
    return [
        _read_entry(kind, claim.id, place, value, listed, faults)
        for claim, (place, _id, value) in zip(claims, given, strict=True)
    ]


def _read_entry(kind: str, id: str, place: Node, value: Node, listed: bool, faults: ProblemLog) -> _Read:
    if isinstance(value, Mapping):
        record = Record(value, (*_ENTRY_KEYS, *(("id",) if listed else ())), faults)
        name, native = record.text("name"), record.text("native")
        aliases = tuple(node for node in record.scalars("aliases") if shown_text(node.text))
        wikidata, number = _wikidata(record, faults)
    else:
        if listed or not isinstance(value, Scalar):
            faults.wrong_shape(value, id, "a mapping with id and name" if listed else "a name, or a mapping")
        name, native, aliases, wikidata, number = flat(value), "", (), "", value
    if not name:
        faults.tell("wrong-shape", value, f"{id}: the name is missing")
    texts = tuple(shown_text(node.text) for node in aliases)
    return _Read(Registered(kind, id, name or id, texts, wikidata, place.line, native), place, aliases, number)


def _wikidata(record: Record, faults: ProblemLog) -> tuple[str, Node]:
    """The wikidata number under `same_as`, "" when there is none, and its place."""
    node = record.node("same_as")
    if isinstance(node, Mapping):
        same_as = Record(node, ("wikidata",), faults)
        return same_as.text("wikidata"), same_as.where("wikidata")
    if node:
        record.wrong_shape("same_as", "a mapping")
    return "", record.place


def _check_names(entries: list[_Read], faults: ProblemLog) -> None:
    """Tell of each alias that an earlier alias, or a name, of another entry of the same kind is, too."""
    bearers: dict[str, str] = {}
    for one in entries:
        for name in (one.entry.name, one.entry.native):
            bearers.setdefault(name_key(name), one.entry.id)
    for one in entries:
        for node in one.aliases:
            alias = shown_text(node.text)
            first = bearers.setdefault(name_key(alias), one.entry.id)
            if first != one.entry.id:
                message = f"{alias!r} is a name of {first}, too: if it is no name of both, leave it out of one of them"
                faults.tell("alias-claimed-twice", node, message)


def _check_numbers(entries: list[_Read], faults: ProblemLog) -> None:
    """Tell of each wikidata number that an earlier entry of the same kind bears."""
    bearers: dict[str, str] = {}
    for one in entries:
        number = one.entry.wikidata
        if number and (first := bearers.setdefault(number, one.entry.id)) != one.entry.id:
            cure = "if they are the same, make one entry of them; if not, one of the numbers is wrong"
            faults.tell("duplicate-wikidata", one.wikidata, f"{number} is the number of {first}, too: {cure}")
