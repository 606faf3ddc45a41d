"""Read people, organisations and places: in a short or a long form, as a mapping by id or as a list.

An entry is never dropped. One without a name is called by its id, one of a wrong shape by the text found there, and a
problem says why.
"""

import re
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Fields, Org, Person, Place, Reference
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, claim_ids, flat, id_node, says_nothing, shown_text
from dossier.loader.locator import EvidenceText, read_at
from dossier.loader.references import Directory, read_one
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence
from dossier.text.folding import fold
from dossier.text.messages import abbreviate

_KEYS = ("name", "native", "aliases", "note", "same_as", "mentions")


class _RawEntry(NamedTuple):
    """An entry of the file: its address, the node at which it begins, its value, and whether it is in a list."""

    ref: Ref
    place: Node
    value: Node
    listed: bool


if TYPE_CHECKING:
    # Since Python 3.14, a TypedDict class loads `ast` when the program runs.
    from typing import TypedDict

    class _Common(TypedDict):
        ref: Ref
        line: int
        name: str
        native: str
        aliases: tuple[str, ...]
        note: str
        same_as: Fields
        mentions: tuple[Ref, ...] | None
        other: Fields


class NamedReader:
    """A reader of the people, organisations and places of one article; it adds their names to the directory.

    `start_nodes` has the node at which each entry with a name of its own begins, `alias_nodes` every alias with its
    node, both in the order read.
    """

    def __init__(
        self, article: str, top: Record, evidence_text: EvidenceText, directory: Directory, log: ProblemLog
    ) -> None:
        self._article, self._top, self._evidence_text, self._directory = article, top, evidence_text, directory
        self._log = log
        self.begins: dict[Ref, Node] = {}
        self.aliases: list[tuple[Ref, Scalar]] = []

    def orgs(self) -> tuple[Org, ...]:
        """Read the organisations."""
        made = tuple(Org(**self._common(one, self._record(one, ()))) for one in self._entries("orgs", "org"))
        self._directory.add_names(made)
        return made

    def places(self) -> tuple[Place, ...]:
        """Read the places."""
        made = []
        for one in self._entries("places", "place"):
            record = self._record(one, ("geo",))
            geo = record.node("geo") if record else None
            made.append(Place(**self._common(one, record), geo=flat(geo) if geo else ""))
        self._directory.add_names(made)
        return tuple(made)

    def people(self) -> tuple[Person, ...]:
        """Read the people; the organisations have to be read first, since people refer to them."""
        made = []
        for one in self._entries("people", "person"):
            record = self._record(one, ("role", "org", "org_text"))
            if record is None:
                _name, role, org_text = _split_short_form(one.value)
                org = None
            else:
                role, org_text = record.text("role"), record.text("org_text")
                org = read_one(record, "org", ("org",), self._directory)
            if org is None and (targets := self._directory.targets(org_text, ("org",))):
                place = record.where("org_text") if record else one.value
                org = self._org_reference(org_text, targets, place)
                org_text = ""
            made.append(Person(**self._common(one, record), role=role, org=org, org_text=org_text))
        self._directory.add_names(made)
        return tuple(made)

    def _org_reference(self, written: str, targets: tuple[Ref, ...], place: Node) -> Reference:
        """Return the reference to an organisation, and report it if several have the name."""
        if len(targets) > 1:
            several = ", ".join(ref.id for ref in targets[:5])
            self._log.tell("ambiguous-reference", place, f"{written!r} may be any of {several}: write org: and the id")
        return Reference(written, targets)

    def _entries(self, key: str, kind: str) -> tuple[_RawEntry, ...]:
        node = self._top.node(key)
        if isinstance(node, Mapping):
            # Sliced by the same rule as a list: the limit counts entries.
            values = self._top.limited(key, tuple(value for _key, value in node.pairs))
            entries: list[tuple[Node, Node | None, Node]] = [
                (name, name, value) for (name, _value), value in zip(node.pairs, values, strict=False)
            ]
        elif isinstance(node, Scalar):
            self._top.wrong_shape(key, "a mapping, or a list")
            return ()
        else:
            entries = [(item, id_node(item), item) for item in self._top.items(key)]
        listed = isinstance(node, Sequence)
        if listed:
            self._report_bare_names(key, [place for place, _id, _value in entries if isinstance(place, Scalar)])
        claims = claim_ids(key, "", tuple((place, given) for place, given, _value in entries), self._log)
        given: list[_RawEntry] = []
        for claim, (place, _id, value) in zip(claims, entries, strict=True):
            ref = Ref(self._article, kind, claim.id)
            self._directory.add_id(ref, claim.written)
            given.append(_RawEntry(ref, place, value, listed))
        return tuple(given)

    def _report_bare_names(self, key: str, nodes: list[Scalar]) -> None:
        """Report the names in a list of entries that have no id, as one problem."""
        if not nodes:
            return
        names = [flat(node) for node in nodes]
        id = _suggest_id(names[0])
        shown = f"{abbreviate(names[0], 40)!r}{f' and {len(nodes) - 1} more' if nodes[1:] else ''}"
        cure = f"write {{id: {id}, name: {abbreviate(names[0], 40)}}}, or a mapping, {id}: {abbreviate(names[0], 40)}"
        message = f"{key}: each entry needs an id, and here are names alone ({shown}): {cure}"
        self._log.tell("wrong-shape", nodes[0], message)

    def _record(self, given: _RawEntry, keys: tuple[str, ...]) -> Record | None:
        """Return the fields of a long form; None for a short form, and for any other shape, which is reported."""
        if isinstance(given.value, Mapping):
            return Record(given.value, (*_KEYS, *keys, *(("id",) if given.listed else ())), self._log)
        if not isinstance(given.value, Scalar):
            wanted = "a mapping with id and name" if given.listed else "a name, or a mapping"
            self._log.wrong_shape(given.value, given.ref.id, wanted)
        return None

    def _common(self, given: _RawEntry, record: Record | None) -> "_Common":
        if record is None:
            parts = _split_short_form(given.value) if given.ref.kind == "person" else (flat(given.value),)
            for part, text in zip(("name", "role", "org"), parts, strict=False):
                self._log.check_meaning(given.value, part, text)
            name = parts[0]
        else:
            name = record.text("name")
        if not name:
            self._log.tell("wrong-shape", given.value, f"{given.ref.id}: the name is missing")
        if name and not says_nothing(name) and not (given.listed and isinstance(given.value, Scalar)):
            self.begins[given.ref] = given.place
        aliases = [node for node in record.scalars("aliases") if self._is_name(node, "aliases")] if record else []
        native = record.node("native") if record else None
        is_native = not isinstance(native, Scalar) or self._is_name(native, "native")
        self.aliases += [(given.ref, node) for node in aliases]
        mentions = record.node("mentions") if record else None
        return {
            "ref": given.ref,
            "line": given.place.line,
            "name": name or given.ref.id,
            "native": record.text("native") if record and is_native else "",
            "aliases": tuple(shown_text(node.text) for node in aliases),
            "note": record.text("note") if record else "",
            "same_as": record.fields("same_as") if record else (),
            "mentions": None if mentions is None else read_at(mentions, self._evidence_text, self._log).refs,
            "other": record.other() if record else (),
        }

    def _is_name(self, node: Scalar, key: str) -> bool:
        """Return whether a node is a name that can be looked for; one that says nothing is reported."""
        text = shown_text(node.text)
        return bool(text) and self._log.check_meaning(node, key, text)


def _suggest_id(name: str) -> str:
    """Return an id for somebody or something of this name: its last word in small letters without accents."""
    words = re.findall("[a-z0-9]+", fold(name).folded)
    return words[-1] if words else "an-id"


def _split_short_form(node: Node) -> tuple[str, str, str]:
    """Return name, role and organisation of `name | role | organisation`; "" for each that is left out."""
    name, role, org = (*(shown_text(part) for part in flat(node).split("|", 2)), "", "")[:3]
    return name, role, org
