"""People, organisations and places: one short form, one long form, as a mapping by id or as a list.

Decided here: an entry is never dropped. One without a name is called by its id, one of a wrong shape by what stands
there, and the finding says why.
"""

from typing import TYPE_CHECKING

from dossier.core.dataclasses import NamedTuple
from dossier.core.model import Fields, Org, Person, Place, Reference
from dossier.core.ref import Ref
from dossier.loader.fields import ProblemLog, Record, claim_ids, flat, id_node, shown_text
from dossier.loader.locator import EvidenceText, read_at
from dossier.loader.references import Directory, read_one
from dossier.loader.yaml_nodes import Mapping, Node, Scalar, Sequence

_KEYS = ("name", "native", "aliases", "note", "same_as", "mentions")


class _Given(NamedTuple):
    """An entry as the file has it: its address, the node that begins it, and its value."""

    ref: Ref
    place: Node
    value: Node
    listed: bool


if TYPE_CHECKING:
    # Since Python 3.14 a class of it loads `ast` when the program runs.
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
    """Reads the three lists of one article, and enters them in the directory.

    `begins` has the node at which each entry begins, `aliases` every alias with its place, in the order of reading.
    """

    def __init__(
        self, article: str, top: Record, ground: EvidenceText, directory: Directory, faults: ProblemLog
    ) -> None:
        self._article, self._top, self._ground, self._directory = article, top, ground, directory
        self._faults = faults
        self.begins: dict[Ref, Node] = {}
        self.aliases: list[tuple[Ref, Scalar]] = []

    def orgs(self) -> tuple[Org, ...]:
        """The organisations."""
        made = tuple(Org(**self._common(one, self._record(one, ()))) for one in self._given("orgs", "org"))
        self._directory.add_names(made)
        return made

    def places(self) -> tuple[Place, ...]:
        """The places."""
        made = []
        for one in self._given("places", "place"):
            record = self._record(one, ("geo",))
            geo = record.node("geo") if record else None
            made.append(Place(**self._common(one, record), geo=flat(geo) if geo else ""))
        self._directory.add_names(made)
        return tuple(made)

    def people(self) -> tuple[Person, ...]:
        """The people; `orgs` is called before, since their organisations are looked up."""
        made = []
        for one in self._given("people", "person"):
            record = self._record(one, ("role", "org", "org_text"))
            if record is None:
                _name, role, org_text = _short(one.value)
                org = None
            else:
                role, org_text = record.text("role"), record.text("org_text")
                org = read_one(record, "org", ("org",), self._directory)
            if org is None and (targets := self._directory.targets(org_text, ("org",))):
                place = record.where("org_text") if record else one.value
                org = self._borne(org_text, targets, place)
                org_text = ""
            made.append(Person(**self._common(one, record), role=role, org=org, org_text=org_text))
        self._directory.add_names(made)
        return tuple(made)

    def _borne(self, written: str, targets: tuple[Ref, ...], place: Node) -> Reference:
        if len(targets) > 1:
            several = ", ".join(ref.id for ref in targets[:5])
            self._faults.tell(
                "ambiguous-reference", place, f"{written!r} may be any of {several}: write org: and the id"
            )
        return Reference(written, targets)

    def _given(self, key: str, kind: str) -> tuple[_Given, ...]:
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
        claims = claim_ids(key, "", tuple((place, given) for place, given, _value in entries), self._faults)
        given: list[_Given] = []
        for claim, (place, _id, value) in zip(claims, entries, strict=True):
            ref = Ref(self._article, kind, claim.id)
            self._directory.add_id(ref, claim.written)
            given.append(_Given(ref, place, value, listed))
        return tuple(given)

    def _record(self, given: _Given, keys: tuple[str, ...]) -> Record | None:
        """The fields of a long form; None for a short form, and for what is no form at all, which is told."""
        if isinstance(given.value, Mapping):
            return Record(given.value, (*_KEYS, *keys, *(("id",) if given.listed else ())), self._faults)
        if given.listed or not isinstance(given.value, Scalar):
            wanted = "a mapping with id and name" if given.listed else "a name, or a mapping"
            self._faults.wrong_shape(given.value, given.ref.id, wanted)
        return None

    def _common(self, given: _Given, record: Record | None) -> "_Common":
        if record is None:
            name = _short(given.value)[0] if given.ref.kind == "person" else flat(given.value)
        else:
            name = record.text("name")
        if not name:
            self._faults.tell("wrong-shape", given.value, f"{given.ref.id}: the name is missing")
        self.begins[given.ref] = given.place
        aliases = [node for node in record.scalars("aliases") if shown_text(node.text)] if record else []
        self.aliases += [(given.ref, node) for node in aliases]
        mentions = record.node("mentions") if record else None
        return {
            "ref": given.ref,
            "line": given.place.line,
            "name": name or given.ref.id,
            "native": record.text("native") if record else "",
            "aliases": tuple(shown_text(node.text) for node in aliases),
            "note": record.text("note") if record else "",
            "same_as": record.fields("same_as") if record else (),
            "mentions": None if mentions is None else read_at(mentions, self._ground, self._faults).refs,
            "other": record.other() if record else (),
        }


def _short(node: Node) -> tuple[str, str, str]:
    """Name, role and organisation of `name | role | organisation`."""
    name, role, org = (*(shown_text(part) for part in flat(node).split("|", 2)), "", "")[:3]
    return name, role, org
