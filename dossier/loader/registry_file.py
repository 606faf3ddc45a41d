"""Read one registry file into a registry and a list of all problems in it.

As in an article, an entry may be just a name, and the entries may be a list with `id`. No entry is dropped, whatever is
wrong with it, so that the checks of a library know about it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from dossier.core.dataclasses import NamedTuple
from dossier.core.decisions import JoinedSets
from dossier.core.problem import Problem, Severity
from dossier.core.ref import Ref, RefError, parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry, fold_name
from dossier.loader.entry_ids import assign_ids, find_id_node
from dossier.loader.fields import MappingFields, clean_text, flatten_node
from dossier.loader.limits import Limits
from dossier.loader.problem_log import ProblemLog
from dossier.loader.source_nodes import parse_source
from dossier.loader.source_text import read_file_bytes
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode

REGISTRY_VERSION = "1"
"""The version of the registry format that is read."""

PLACES = "a path in the library's folder or beside it, such as ../indexes/news.sqlite"
"""What a registry can name as the place of an index."""
_KINDS = {"people": "person", "orgs": "org"}
_KEYS = ("registry", "index", *_KINDS, "same", "apart")
_DECIDED_KINDS = ("person", "org", "place")
_ENTRY_KEYS = ("name", "native", "aliases", "note", "same_as")


class LoadedRegistry(NamedTuple):
    """The registry of a file, as far as it can be read, and the problems of the file by line and column."""

    registry: Registry
    problems: tuple[Problem, ...]

    @property
    def error(self) -> Problem | None:
        """The first error: what it is about is not in the registry that was read. None if there is no error."""
        return next((problem for problem in self.problems if problem.severity is Severity.ERROR), None)

    @property
    def loss(self) -> str:
        """What to say of a file of which nothing can be read, as after a merge with conflicts; "" of any other."""
        is_lost = self.error and self.registry == Registry()
        return f"{self.error}; until this is mended, nothing in it holds" if is_lost else ""


class _ReadEntry(NamedTuple):
    """An entry with the nodes to report problems at: its beginning, its aliases, its Wikidata number."""

    entry: RegistryEntry
    place: YamlNode
    aliases: tuple[ScalarNode, ...]
    wikidata: YamlNode


def load_registry(path: Path, limits: Limits | None = None) -> LoadedRegistry:
    """Read the registry at `path`. It never raises an error, whatever the file holds, and if it cannot be read."""
    limits = limits or Limits()
    data = read_file_bytes(path, limits)
    return LoadedRegistry(Registry(), (data,)) if isinstance(data, Problem) else parse_registry(data, str(path), limits)


def parse_registry(data: bytes, path: str, limits: Limits | None = None) -> LoadedRegistry:
    """Read a registry from the bytes of a file; `path` is named in the problems."""
    limits = limits or Limits()
    top, found = parse_source(data, path, limits)
    log = ProblemLog(path, found, limits)
    index, entries, decisions = "", tuple[RegistryEntry, ...](), Decisions()
    if isinstance(top, MappingNode):
        fields = MappingFields(top, _KEYS, log)
        entries, index, decisions = _entries(fields, log), _index(fields), _decisions(fields, log)
    elif top or not found:
        where = top or ScalarNode("", 1, 1)
        log.report("not-mapping", where, "a registry must begin with keys: registry: 1 and people:")
    return LoadedRegistry(Registry(entries, index, decisions), log.sorted_problems())


def _entries(top: MappingFields, log: ProblemLog) -> tuple[RegistryEntry, ...]:
    version = top.text("registry")
    if version != REGISTRY_VERSION:
        what = f"has version {version!r}" if version else "has no version"
        message = (
            f"this registry {what}; only version {REGISTRY_VERSION} can be read: write registry: {REGISTRY_VERSION}"
        )
        log.report("wrong-shape", top.node_to_report("registry"), message)
    found: list[_ReadEntry] = []
    for key, kind in _KINDS.items():
        of_kind = _read_kind(key, kind, top, log)
        _check_names(of_kind, log)
        _check_numbers(of_kind, log)
        found += of_kind
    return tuple(one.entry for one in found)


def _index(top: MappingFields) -> str:
    """Return where the registry says that the shared index is, "" where it says nothing that can be a path."""
    node = top.node("index")
    if isinstance(node, MappingNode | SequenceNode):
        top.report_field_shape("index", "a path in one line")
        return ""
    given = top.text("index")
    if "://" in given:
        # What a registry of others names is never connected to.
        top.report_field_shape("index", "a path", "each reader names a server in their own settings")
        return ""
    if given and not is_nearby(given):
        top.report_field_shape("index", PLACES, "each reader names any other place in their own settings")
    return given


def is_nearby(place: str) -> bool:
    """Return whether a registry may name this path for an index.

    It lies in the folder of the library or beside it, and in no hidden folder: who wrote the library is not to choose
    among all files of those who read it.
    """
    first, *others = PurePosixPath(place).parts or ("",)
    return not first.startswith(("/", "~")) and not any(
        one.startswith(".") for one in (others if first == ".." else (first, *others))
    )


def _read_kind(key: str, kind: str, top: MappingFields, log: ProblemLog) -> list[_ReadEntry]:
    node = top.node(key)
    given: list[tuple[YamlNode, YamlNode | None, YamlNode]]
    if isinstance(node, MappingNode):
        values = top.apply_limit(key, tuple(value for _key, value in node.pairs))
        given = [(name, name, value) for (name, _value), value in zip(node.pairs, values, strict=False)]
    elif isinstance(node, ScalarNode):
        top.report_field_shape(key, "a mapping or a list")
        return []
    else:
        given = [(item, find_id_node(item), item) for item in top.items(key)]
    claims = assign_ids(key, "", tuple((place, id) for place, id, _value in given), log)
    listed = isinstance(node, SequenceNode)
    return [
        _read_entry(kind, claim.id, place, value, listed, log)
        for claim, (place, _id, value) in zip(claims, given, strict=True)
    ]


def _read_entry(kind: str, id: str, place: YamlNode, value: YamlNode, listed: bool, log: ProblemLog) -> _ReadEntry:
    if isinstance(value, MappingNode):
        record = MappingFields(value, (*_ENTRY_KEYS, *(("id",) if listed else ())), log)
        name, native = record.text("name"), record.text("native")
        aliases = tuple(node for node in record.scalars("aliases") if clean_text(node.text))
        wikidata, number = _wikidata(record, log)
    else:
        if listed or not isinstance(value, ScalarNode):
            log.report_shape(value, id, "a mapping with id and name" if listed else "a name or a mapping")
        name, native, aliases, wikidata, number = flatten_node(value), "", (), "", value
    if not name:
        log.report("wrong-shape", value, f"{id}: no name")
    texts = tuple(clean_text(node.text) for node in aliases)
    return _ReadEntry(RegistryEntry(kind, id, name or id, texts, wikidata, place.line, native), place, aliases, number)


def _wikidata(record: MappingFields, log: ProblemLog) -> tuple[str, YamlNode]:
    """Return the Wikidata number under `same_as`, "" if there is none, and the node to report problems at."""
    node = record.node("same_as")
    if isinstance(node, MappingNode):
        same_as = MappingFields(node, ("wikidata",), log)
        return same_as.text("wikidata"), same_as.node_to_report("wikidata")
    if node:
        record.report_field_shape("same_as", "a mapping")
    return "", record.mapping_node


def _check_names(entries: list[_ReadEntry], log: ProblemLog) -> None:
    """Report each alias that is also an earlier alias, or a name, of another entry of the same kind."""
    bearers: dict[str, str] = {}
    for one in entries:
        for name in (one.entry.name, one.entry.native):
            bearers.setdefault(fold_name(name), one.entry.id)
    for one in entries:
        for node in one.aliases:
            alias = clean_text(node.text)
            first = bearers.setdefault(fold_name(alias), one.entry.id)
            if first != one.entry.id:
                message = f"{alias!r} is also a name of {first}: if only one has this name, remove it from the other"
                log.report("alias-claimed-twice", node, message)


def _check_numbers(entries: list[_ReadEntry], log: ProblemLog) -> None:
    """Report each Wikidata number that an earlier entry of the same kind has."""
    bearers: dict[str, str] = {}
    for one in entries:
        number = one.entry.wikidata
        if number and (first := bearers.setdefault(number, one.entry.id)) != one.entry.id:
            cure = "if they are the same, merge the entries; if not, one of the numbers is wrong"
            log.report("duplicate-wikidata", one.wikidata, f"{number} is also the number of {first}: {cure}")


def _decisions(top: MappingFields, log: ProblemLog) -> Decisions:
    """Read the lists of addresses under `same` and `apart`. A list with a fault is left out."""
    same = [refs for _node, refs in _addresses("same", top, log)]
    joined = JoinedSets(same)
    pairs: list[tuple[Ref, Ref]] = []
    for node, (first, *others) in _addresses("apart", top, log):
        for other in others:
            if joined.are_joined(first, other):
                message = f"{first} and {other} are the same under same: they count as different; remove one of the two"
                log.report("decided-both-ways", node, message)
            pairs.append((first, other))
    return Decisions(tuple(dict.fromkeys(same)), tuple(dict.fromkeys(pairs)))


def _addresses(key: str, top: MappingFields, log: ProblemLog) -> Iterator[tuple[YamlNode, tuple[Ref, ...]]]:
    """Yield each list of addresses under a key, with its node."""
    if not isinstance(top.node(key), SequenceNode | None):
        top.report_field_shape(key, "a list of lists of addresses")
        return
    for node in top.items(key):
        nodes = node.items if isinstance(node, SequenceNode) else ()
        texts = [one for one in nodes if isinstance(one, ScalarNode)]
        if len(texts) < 2 or len(texts) < len(nodes):
            log.report_shape(node, key, "a list of two addresses or more, [a#person/x, b#person/y]")
            continue
        refs = tuple(filter(None, (_address(one, log) for one in texts)))
        if len({ref.kind for ref in refs}) > 1:
            message = f"{key}: {refs[0]} and {next(ref for ref in refs if ref.kind != refs[0].kind)} differ in kind"
            log.report("wrong-shape", node, message)
        elif len(refs) == len(texts) and len(own := _without_repeated(key, texts, refs, log)) > 1:
            yield node, own


def _without_repeated(key: str, nodes: Sequence[ScalarNode], refs: Sequence[Ref], log: ProblemLog) -> tuple[Ref, ...]:
    """Return the addresses of one list, each once. One that is named again is a problem at its node in `nodes`."""
    seen: set[Ref] = set()
    for node, ref in zip(nodes, refs, strict=True):
        if ref in seen:
            log.report(
                "named-twice",
                node,
                f"{key}: {ref} is named twice in one list: remove one, or write the address that is meant",
            )
        seen.add(ref)
    return tuple(dict.fromkeys(refs))


def _address(node: ScalarNode, log: ProblemLog) -> Ref | None:
    """Return the address of a person, organisation or place; None, with a problem, for anything else."""
    try:
        ref = parse_ref(node.text)
    except RefError as error:
        log.report("wrong-shape", node, str(error))
        return None
    if not (ref.article and ref.id and ref.kind in _DECIDED_KINDS and not ref.span):
        message = f"{node.text!r} is no address of a person, org or place: write article#person/id"
        log.report("wrong-shape", node, message)
        return None
    return ref
