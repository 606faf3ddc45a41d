"""Resolve references: an id, or else a name or alias.

An id goes before a name. If several entries have the name, the reference stays open: nothing is chosen where the file
does not choose.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING

from dossier.core.model import NamedEntry, Reference
from dossier.core.ref import Ref
from dossier.loader.cost_limits import COMPARE_STEPS
from dossier.loader.fields import MappingFields, flatten_within_limit
from dossier.loader.fixes import replace_scalar
from dossier.loader.problem_log import ProblemLog, says_nothing
from dossier.loader.yaml_nodes import ScalarNode
from dossier.text.name_finder import normalize_name
from dossier.text.tokens import is_inside_word

if TYPE_CHECKING:
    from dossier.text.nearest_names import NearestNames

_KINDS = {"person": "people", "org": "organisations", "place": "places", "quote": "quotes"}
_MOST_LINES = 3
# Of entries that share an id or a name, a reference means so many at most: a file can hold 20,000 of one name.
_MOST_MEANT = 100
# At most this many names are looked for to tell whom a pronoun means.
_MOST_NAMES = 200
# Places of a word in the text around a pronoun that are looked at.
_MOST_PLACES = 30
PRONOUNS = frozenset(("he", "she", "they", "him", "her", "them", "it", "we", "i", "you", "us", "who"))
"""English words that stand for a name."""


class NameDirectory:
    """The ids, names and aliases of all entries that can be referred to."""

    def __init__(self, log: ProblemLog) -> None:
        self._log = log
        self._ids: dict[tuple[str, str], dict[Ref, None]] = {}
        self._repeated: set[Ref] = set()
        self._names: dict[tuple[str, str], dict[Ref, None]] = {}
        self._unknown: dict[tuple[str, tuple[str, ...]], list[ScalarNode]] = {}
        self._incomplete: set[str] = set()
        self._nearest: dict[tuple[str, ...], NearestNames] = {}

    def add_names(self, entries: Iterable[NamedEntry]) -> None:
        """Add the names of people, organisations or places."""
        for entry in entries:
            for name in (entry.name, entry.native, *entry.aliases):
                if name:
                    self._names.setdefault((entry.ref.kind, normalize_name(name)), {})[entry.ref] = None

    def add_id(self, ref: Ref, written: str) -> None:
        """Add the id of an entry as written in the file; if it repeats another entry's, `ref` has a different one."""
        self._ids.setdefault((ref.kind, written), {})[ref] = None
        if ref.id != written:
            self._repeated.add(ref)

    def find_targets(self, written: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return all entries of these kinds with this id, `kind/id`, name or alias."""
        kind, slash, after = written.partition("/")
        if slash and kind in kinds and (found := self._ids.get((kind, after))):
            return tuple(islice(found, _MOST_MEANT))
        return _look_up(self._ids, written, kinds) or _look_up(self._names, normalize_name(written), kinds)

    def give_up(self, kind: str) -> None:
        """Note that entries of this kind could not be read: references that find none of them are no fault."""
        self._incomplete.add(kind)

    def resolve(self, node: ScalarNode, kinds: tuple[str, ...]) -> Reference:
        """Return the reference of a node; one that finds nothing or several entries is reported."""
        written = flatten_within_limit(node, self._log)
        targets = self.find_targets(written, kinds)
        if not targets and says_nothing(written):
            message = f"{written!r} says nothing: remove it if it is not known who or what is meant"
            self._log.report("says-nothing", node, message)
        elif not targets:
            self._unknown.setdefault((written, kinds), []).append(node)
        elif len(targets) > 1 and self._repeated.isdisjoint(targets):
            several = ", ".join(f"{ref.kind}/{ref.id}" for ref in targets[:5])
            self._log.report(
                "ambiguous-reference", node, f"{written!r} may be any of {several}: write one of these ids instead"
            )
        return Reference(written, targets)

    def is_pronoun(self, written: str, kinds: tuple[str, ...]) -> bool:
        """Return whether this is a pronoun, and neither an id nor a name."""
        return written.lower() in PRONOUNS and not self.find_targets(written, kinds)

    def people_named(self, before: str, after: str) -> tuple[Ref, ...]:
        """Return up to three people of whose names a word stands in a text.

        The one named last in `before` comes first, and those who are named in `after` alone come last.
        """
        near: dict[Ref, int] = {}
        names = [(name, refs) for (kind, name), refs in self._names.items() if kind == "person"]
        for name, refs in names[:_MOST_NAMES]:
            words = (name, *(one for one in name.split() if len(one) > 2 and one[0].isupper()))
            at = max((place for word in words for place in _find_whole(word, before)), default=-1)
            if at < 0:
                at = -1 - min((place for word in words for place in _find_whole(word, after)), default=len(after))
            if at >= -len(after):
                for ref in refs:
                    near[ref] = max(at, near.get(ref, at))
        return tuple(sorted(near, key=lambda ref: -near[ref])[:3])

    def report_unknown(self) -> None:
        """Report what was referred to and is not there, once each, at the first reference."""
        for (written, kinds), nodes in self._unknown.items():
            if self._incomplete.isdisjoint(kinds):
                lines = [str(line) for line in dict.fromkeys(node.line for node in nodes) if line != nodes[0].line]
                more = f" and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
                also = f" (also in line {', '.join(lines[:_MOST_LINES])}{more})" if lines else ""
                near, message = self._describe_unknown(written, kinds)
                if any(names.steps_left <= 0 for names in self._nearest.values()):
                    words = "too many names are unknown: for this one and those after it, no similar name is looked for"
                    self._log.report_cut_short(nodes[0], f"{words}; correct the others, and check again")
                # Every quote mark of a name is " here: which one was written is not known.
                fix = replace_scalar(nodes[0], "" if '"' in near else near)
                self._log.report("unknown-reference", nodes[0], f"{message}{also}", fix)

    def _describe_unknown(self, written: str, kinds: tuple[str, ...]) -> tuple[str, str]:
        """Return the most similar id or name, "" if none is, and the message that nothing has this one."""
        if written.lower() in PRONOUNS:
            return "", f"{written!r} is a pronoun: write the id of the person meant"
        among = " and ".join(_KINDS[kind] for kind in kinds)
        has_names = any(kind in kinds for kind, _name in self._names)
        message = f"no entry in {among} has the id{' or the name' if has_names else ''} {written!r}"
        near = self._find_nearest(written, kinds)
        if near:
            return near, f"{message}; the closest is {near!r}"
        if "person" in kinds[:-1]:
            return "", f"{message}: add it there or, if the article gives no name, write speaker_text: or to_text:"
        aside = " (of a person, org_text: and the name will do)" if kinds == ("org",) else ""
        return "", f"{message}: add it there, or remove it here{aside}"

    def _find_nearest(self, written: str, kinds: tuple[str, ...]) -> str:
        """Return the id or name of these kinds that is most similar; "" if none is."""
        if kinds not in self._nearest:
            from dossier.text.nearest_names import NearestNames  # noqa: PLC0415 - only a name that is not found needs it

            known = [key for table in (self._ids, self._names) for kind, key in table if kind in kinds]
            self._nearest[kinds] = NearestNames(known, COMPARE_STEPS)
        return self._nearest[kinds].find(written)


def _find_whole(word: str, text: str) -> Iterator[int]:
    """Yield the offsets at which a word, or several, stand in a text, and not inside another word."""
    at = -1
    for _place in range(_MOST_PLACES):
        at = text.find(word, at + 1)
        if at < 0:
            return
        if not (is_inside_word(text, at) or is_inside_word(text, at + len(word))):
            yield at


def _look_up(table: Mapping[tuple[str, str], Mapping[Ref, None]], key: str, kinds: tuple[str, ...]) -> tuple[Ref, ...]:
    """Return the entries with this key, of all kinds, each once, and not more than a reference may mean."""
    found = [refs for kind in kinds if (refs := table.get((kind, key)))]
    if len(found) < 2:
        return tuple(islice(found[0], _MOST_MEANT)) if found else ()
    return tuple(dict.fromkeys(islice(chain.from_iterable(found), _MOST_MEANT)))


def read_reference(
    record: MappingFields, key: str, kinds: tuple[str, ...], directory: NameDirectory
) -> Reference | None:
    """Return the reference of a key; None if it is missing."""
    node = record.node(key)
    if node is None or isinstance(node, ScalarNode):
        return directory.resolve(node, kinds) if node else None
    return Reference(record.text(key), ())


def read_references(record: MappingFields, key: str, kind: str, directory: NameDirectory) -> tuple[Reference, ...]:
    """Return the references in the list of a key."""
    return tuple(directory.resolve(node, (kind,)) for node in record.scalars(key))
