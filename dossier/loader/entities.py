"""Read people, organisations and places: in a short or a long form, as a mapping by id or as a list.

An entry is never dropped. One without a name is called by its id, one of a wrong shape by the text found there, and a
problem says why.
"""

import re
from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Org, Person, Place, Reference, TextFields
from dossier.core.ref import Ref
from dossier.loader.at_fields import read_at
from dossier.loader.entry_ids import assign_ids, find_id_node, make_id
from dossier.loader.evidence_text import EvidenceText
from dossier.loader.fields import MappingFields, clean_text, flatten_node, flatten_within_limit
from dossier.loader.format_keys import ORG_KEYS, PERSON_KEYS, PLACE_KEYS, list_key_names
from dossier.loader.problem_log import ProblemLog, says_nothing
from dossier.loader.references import NameDirectory, read_reference
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.messages import abbreviate, count_noun

_PERSON_ITEM = ("id", *list_key_names(PERSON_KEYS))
_PERSON, _ORG, _PLACE = map(list_key_names, (PERSON_KEYS, ORG_KEYS, PLACE_KEYS))


class _RawEntry(NamedTuple):
    """An entry of the file: its address, the node at which it begins, its value, and whether it is in a list."""

    ref: Ref
    place: YamlNode
    value: YamlNode
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
        same_as: TextFields
        mentions: tuple[Ref, ...] | None
        unknown_fields: TextFields


class EntityReader:
    """A reader of the people, organisations and places of one article; it adds their names to the directory.

    `start_nodes` has the node at which each entry with a name of its own begins, `alias_nodes` every alias with its
    node, both in the order read.
    """

    def __init__(
        self, article: str, top: MappingFields, evidence_text: EvidenceText, directory: NameDirectory, log: ProblemLog
    ) -> None:
        self._article, self._top, self._evidence_text, self._directory = article, top, evidence_text, directory
        self._log = log
        self.start_nodes: dict[Ref, YamlNode] = {}
        self.alias_nodes: list[tuple[Ref, ScalarNode]] = []

    def read_orgs(self) -> tuple[Org, ...]:
        """Return the organisations of the file, in their order there; what is wrong with them is reported."""
        made = tuple(Org(**self._common(one, self._record(one, _ORG))) for one in self._entries("orgs", "org"))
        self._directory.add_names(made)
        return made

    def read_places(self) -> tuple[Place, ...]:
        """Return the places of the file, in their order there; what is wrong with them is reported."""
        made = []
        for one in self._entries("places", "place"):
            record = self._record(one, _PLACE)
            geo = record.node("geo") if record else None
            made.append(Place(**self._common(one, record), geo=flatten_node(geo) if geo else ""))
        self._directory.add_names(made)
        return tuple(made)

    def read_people(self) -> tuple[Person, ...]:
        """Return the people of the file; the organisations have to be read first, since people refer to them."""
        made = []
        for one in self._entries("people", "person"):
            record = self._record(one, _PERSON)
            if record is None:
                _name, role, org_text = _split_short_form(flatten_within_limit(one.value, self._log))
                org = None
            else:
                role, org_text = record.text("role"), record.text("org_text")
                org = read_reference(record, "org", ("org",), self._directory)
            if org is None and (targets := self._directory.find_targets(org_text, ("org",))):
                place = record.node_to_report("org_text") if record else one.value
                org = self._org_reference(org_text, targets, place)
                org_text = ""
            made.append(Person(**self._common(one, record), role=role, org=org, org_text=org_text))
        self._directory.add_names(made)
        return tuple(made)

    def _org_reference(self, written: str, targets: tuple[Ref, ...], place: YamlNode) -> Reference:
        """Return the reference to an organisation, and report it if several have the name."""
        if len(targets) > 1:
            several = ", ".join(ref.id for ref in targets[:5])
            self._log.report("ambiguous-reference", place, f"{written!r} may be any of {several}: add org: and the id")
        return Reference(written, targets)

    def _entries(self, key: str, kind: str) -> tuple[_RawEntry, ...]:
        node = self._top.node(key)
        listed = isinstance(node, SequenceNode)
        if isinstance(node, ScalarNode):
            self._report_text(key, node)
            self._directory.give_up(kind)
            return ()
        pairs = self._as_pairs(key, node) if isinstance(node, SequenceNode) else node.pairs if node else ()
        if pairs:
            # Sliced by the same rule as a list: the limit counts entries.
            values = self._top.apply_limit(key, tuple(value for _key, value in pairs))
            entries: list[tuple[YamlNode, YamlNode | None, YamlNode]] = [
                (name, name, value) for (name, _value), value in zip(pairs, values, strict=False)
            ]
            listed = False
        else:
            entries = [(item, find_id_node(item), item) for item in self._top.items(key)] if listed else []
        if node and len(entries) < len(node.items if isinstance(node, SequenceNode) else node.pairs):
            self._directory.give_up(kind)
        if listed:
            self._check_names(key, [entry for entry, _id, _value in entries if isinstance(entry, ScalarNode)])
        claims = assign_ids(key, "", tuple((place, given) for place, given, _value in entries), self._log)
        given: list[_RawEntry] = []
        for claim, (place, _id, value) in zip(claims, entries, strict=True):
            ref = Ref(self._article, kind, claim.id)
            self._directory.add_id(ref, claim.written)
            given.append(_RawEntry(ref, place, value, listed))
        return tuple(given)

    def _report_text(self, key: str, node: ScalarNode) -> None:
        """Report a text where the entries of a kind belong."""
        name = re.split(r"[,;&]| and ", clean_text(node.text))[0].strip()
        example = f"{make_id(name.partition('|')[0]) or 'id'}: {abbreviate(name, 40)}"
        self._top.report_field_shape(
            key, "a mapping or a list", f"write each on its own indented line below, as in {example}"
        )

    def _as_pairs(self, key: str, node: SequenceNode) -> tuple[tuple[ScalarNode, YamlNode], ...]:
        """Return the ids and values of a list whose items are mappings `id: value`, which is reported; else ()."""
        pairs = [item.pairs[0] for item in node.items if isinstance(item, MappingNode) and len(item.pairs) == 1]
        if not pairs or len(pairs) < len(node.items) or any(name.text in _PERSON_ITEM for name, _value in pairs):
            return ()
        first = pairs[0][0]
        message = f"{key}: write the ids as the keys of a mapping, not as items of a list: remove the hyphens"
        self._log.report("wrong-shape", first, f"{message}, or write - id: {first.text} with name: below it")
        return tuple(pairs)

    def _check_names(self, key: str, names: list[ScalarNode]) -> None:
        """Report the names that stand in a list by themselves, as one problem."""
        if names:
            name = clean_text(names[0].text)
            more = f" and {count_noun(len(names) - 1, 'other')}" if len(names) > 1 else ""
            example = f"{{id: {make_id(name.partition('|')[0]) or 'id'}, name: {abbreviate(name, 40)}}}"
            stands = f"this list has only a name ({abbreviate(name, 40)!r}{more})"
            message = f"{key}: each entry needs an id and a name, but {stands}"
            self._log.report("wrong-shape", names[0], f"{message}: write {example}")

    def _record(self, given: _RawEntry, keys: tuple[str, ...]) -> MappingFields | None:
        """Return the fields of a long form; None for a short form, and for any other shape, which is reported."""
        if isinstance(given.value, MappingNode):
            return MappingFields(given.value, (*keys, *(("id",) if given.listed else ())), self._log)
        if not isinstance(given.value, ScalarNode):
            wanted = "a mapping with id and name" if given.listed else "a name or a mapping"
            self._log.report_shape(given.value, given.ref.id, wanted)
        return None

    def _common(self, given: _RawEntry, record: MappingFields | None) -> "_Common":
        if record is None:
            text = flatten_within_limit(given.value, self._log)
            parts = _split_short_form(text) if given.ref.kind == "person" else (text,)
            for part, words in zip(("name", "role", "org"), parts, strict=False):
                self._log.check_meaning(given.value, part, words)
            name = parts[0]
        else:
            name = record.text("name")
        if not name:
            self._log.report("wrong-shape", given.value, f"{given.ref.id}: no name")
        if name and not says_nothing(name) and not (given.listed and record is None):
            # A name alone in a list is reported as such, and that is enough.
            self.start_nodes[given.ref] = given.place
        aliases = [node for node in record.scalars("aliases") if self._is_name(node, "aliases")] if record else []
        native = record.node("native") if record else None
        is_native = not isinstance(native, ScalarNode) or self._is_name(native, "native")
        self.alias_nodes += [(given.ref, node) for node in aliases]
        mentions = record.node("mentions") if record else None
        return {
            "ref": given.ref,
            "line": given.place.line,
            "name": name or given.ref.id,
            "native": record.text("native") if record and is_native else "",
            "aliases": tuple(clean_text(node.text) for node in aliases),
            "note": record.text("note") if record else "",
            "same_as": record.text_fields("same_as") if record else (),
            "mentions": None if mentions is None else read_at(mentions, self._evidence_text, self._log).refs,
            "unknown_fields": record.unknown_fields() if record else (),
        }

    def _is_name(self, node: ScalarNode, key: str) -> bool:
        """Return whether a node is a name that can be looked for; one that says nothing is reported."""
        text = clean_text(node.text)
        return bool(text) and self._log.check_meaning(node, key, text)


def _split_short_form(text: str) -> tuple[str, str, str]:
    """Return name, role and organisation of `name | role | organisation`; "" for each that is left out."""
    name, role, org = (*(clean_text(part) for part in text.split("|", 2)), "", "")[:3]
    return name, role, org
