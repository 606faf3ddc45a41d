"""Read one registry file into a registry and a list of all problems in it.

As in an article, an entry may be just a name, and the entries may be a list with `id`. No entry is dropped, whatever is
wrong with it, so that the checks of a library know about it.
"""

from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem
from dossier.core.registry import Registered, Registry, name_key
from dossier.loader.fields import ProblemLog, Record, claim_ids, file_bytes, flat, id_node, shown_text
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_source
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence

VERSION = "1"
"""The version of the registry format that is read."""

_KINDS = {"people": "person", "orgs": "org"}
_KEYS = ("registry", *_KINDS)
_ENTRY_KEYS = ("name", "native", "aliases", "note", "same_as")


class LoadedRegistry(NamedTuple):
    """The registry of a file, as far as it can be read, and the problems of the file by line and column."""

    registry: Registry
    problems: tuple[Problem, ...]


class _ReadEntry(NamedTuple):
    """An entry with the nodes to report problems at: its beginning, its aliases, its Wikidata number."""

    entry: Registered
    place: Node
    aliases: tuple[Scalar, ...]
    wikidata: Node


def read_registry(path: Path, limits: Limits | None = None) -> LoadedRegistry:
    """Read the registry at `path`. It never raises an error, whatever the file holds, and if it cannot be read."""
    limits = limits or Limits()
    data = file_bytes(path, limits)
    return LoadedRegistry(Registry(), (data,)) if isinstance(data, Problem) else read(data, str(path), limits)


def read(data: bytes, path: str, limits: Limits | None = None) -> LoadedRegistry:
    """Read a registry from the bytes of a file; `path` is named in the problems."""
    limits = limits or Limits()
    top, found = parse_source(data, path, limits)
    log = ProblemLog(path, found, limits)
    if isinstance(top, Mapping):
        entries = _entries(Record(top, _KEYS, log), log)
    else:
        entries = ()
        if top or not found:
            where = top or Scalar("", 1, 1)
            log.tell("not-mapping", where, "a registry is keys with values: begin with registry: 1 and people:")
    return LoadedRegistry(Registry(entries), log.all())


def _entries(top: Record, log: ProblemLog) -> tuple[Registered, ...]:
    version = top.text("registry")
    if version != VERSION:
        what = f"is of version {version!r}" if version else "says no version"
        message = f"this registry {what}; version {VERSION} is read: write registry: {VERSION}"
        log.tell("wrong-shape", top.where("registry"), message)
    found: list[_ReadEntry] = []
    for key, kind in _KINDS.items():
        of_kind = _read_kind(key, kind, top, log)
        _check_names(of_kind, log)
        _check_numbers(of_kind, log)
        found += of_kind
    return tuple(one.entry for one in found)


def _read_kind(key: str, kind: str, top: Record, log: ProblemLog) -> list[_ReadEntry]:
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
    claims = claim_ids(key, "", tuple((place, id) for place, id, _value in given), log)
    listed = isinstance(node, Sequence)
    return [
        _read_entry(kind, claim.id, place, value, listed, log)
        for claim, (place, _id, value) in zip(claims, given, strict=True)
    ]


def _read_entry(kind: str, id: str, place: Node, value: Node, listed: bool, log: ProblemLog) -> _ReadEntry:
    if isinstance(value, Mapping):
        record = Record(value, (*_ENTRY_KEYS, *(("id",) if listed else ())), log)
        name, native = record.text("name"), record.text("native")
        aliases = tuple(node for node in record.scalars("aliases") if shown_text(node.text))
        wikidata, number = _wikidata(record, log)
    else:
        if listed or not isinstance(value, Scalar):
            log.wrong_shape(value, id, "a mapping with id and name" if listed else "a name, or a mapping")
        name, native, aliases, wikidata, number = flat(value), "", (), "", value
    if not name:
        log.tell("wrong-shape", value, f"{id}: the name is missing")
    texts = tuple(shown_text(node.text) for node in aliases)
    return _ReadEntry(Registered(kind, id, name or id, texts, wikidata, place.line, native), place, aliases, number)


def _wikidata(record: Record, log: ProblemLog) -> tuple[str, Node]:
    """Return the Wikidata number under `same_as`, "" if there is none, and the node to report problems at."""
    node = record.node("same_as")
    if isinstance(node, Mapping):
        same_as = Record(node, ("wikidata",), log)
        return same_as.text("wikidata"), same_as.where("wikidata")
    if node:
        record.wrong_shape("same_as", "a mapping")
    return "", record.place


def _check_names(entries: list[_ReadEntry], log: ProblemLog) -> None:
    """Report each alias that is also an earlier alias, or a name, of another entry of the same kind."""
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
                log.tell("alias-claimed-twice", node, message)


def _check_numbers(entries: list[_ReadEntry], log: ProblemLog) -> None:
    """Report each Wikidata number that an earlier entry of the same kind has."""
    bearers: dict[str, str] = {}
    for one in entries:
        number = one.entry.wikidata
        if number and (first := bearers.setdefault(number, one.entry.id)) != one.entry.id:
            cure = "if they are the same, make one entry of them; if not, one of the numbers is wrong"
            log.tell("duplicate-wikidata", one.wikidata, f"{number} is the number of {first}, too: {cure}")
