"""The decisions of a user on who is the same person, as lines of JSON: read, added and taken out.

A line has the addresses that are the same, or one that is set apart and those that it is set apart from. A decision
that contradicts an earlier one wins, and what it contradicts is taken out of the lines.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from dossier.core.ref import Ref, RefError, parse_ref
from dossier.core.registry import Decisions
from dossier.library.jsonl import StoredLine, make_stored_line
from dossier.library.kept_lines import Lines


def _refs(value: Any) -> tuple[Ref, ...]:
    """Return the addresses in a list; none when one of them is no address."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        return ()
    try:
        return tuple(map(parse_ref, value))
    except RefError:
        return ()


def _same(line: StoredLine) -> tuple[str, ...]:
    """Return the addresses that a line joins, each in its usual form; none for other lines."""
    return tuple(map(str, _refs(line.record.get("same"))))


def _apart(line: StoredLine) -> tuple[str, tuple[str, ...]]:
    """Return the address that a line sets apart, and from which others, each in its usual form; "" for other lines."""
    pairs = _pairs(line)
    return str(pairs[0][0]) if pairs else "", tuple(str(other) for _, other in pairs)


def _pairs(line: StoredLine) -> list[tuple[Ref, Ref]]:
    """Return the address that a line sets apart with each of those that it sets it apart from; none for other lines."""
    first = _refs([line.record.get("apart")])
    others = _refs(line.record.get("from"))
    # Nobody is another than themselves, even where an edited file says so.
    return [(first[0], other) for other in others if other != first[0]] if first else []


def read_decisions(lines: Lines) -> Decisions:
    """Return the decisions in these lines."""
    named = (tuple(dict.fromkeys(_refs(line.record.get("same")))) for line in lines)
    same = tuple(refs for refs in named if len(refs) > 1)
    return Decisions(same, tuple(chain.from_iterable(map(_pairs, lines))))


def _joined(lines: Iterable[StoredLine], ref: str) -> set[str]:
    """Return all addresses that are the same as `ref`, by however many decisions."""
    groups = [set(refs) for line in lines if (refs := _same(line))]
    found = {ref}
    while met := [group for group in groups if group & found]:
        groups = [group for group in groups if not group & found]
        found.update(*met)
    return found


def add_confirmed(lines: Lines, refs: list[str]) -> list[StoredLine]:
    """Return the lines with a decision that these addresses are the same."""
    made = list(lines)
    if not any({*refs} <= {*_same(line)} for line in lines):
        made.append(make_stored_line({"same": refs}))
    group = _joined(made, refs[0])
    return [one for line in made if (one := _without_apart(line, group))]


def _without_apart(line: StoredLine, group: set[str]) -> StoredLine | None:
    """Return the line without what sets one of the group apart from another; None when nothing else stood there."""
    first, others = _apart(line)
    if first not in group or group.isdisjoint(others):
        return line
    rest = [other for other in others if other not in group]
    return make_stored_line({**line.record, "from": rest}) if rest else None


def remove_pairs(lines: Lines, refs: set[str], others: set[str]) -> list[StoredLine]:
    """Return the lines without what sets one of `refs` apart from one of `others`, or the reverse."""
    made = list[StoredLine]()
    for line in lines:
        first, known = _apart(line)
        taken = (others if first in refs else set[str]()) | (refs if first in others else set[str]())
        rest = [other for other in known if other not in taken]
        if len(rest) == len(known):
            made.append(line)
        elif rest:
            made.append(make_stored_line({**line.record, "from": rest}))
    return made


def add_separated(lines: Lines, ref: str, others: list[str]) -> list[StoredLine]:
    """Return the lines with a decision that `ref` is another than each of the others."""
    made = [one for line in lines if (one := _without_same(line, ref, {*others}))]
    if not _joined(made, ref).isdisjoint(others):
        # A third entry joins the two, and nothing says to which of them it belongs.
        made = [one for line in made if (one := _without_same(line, ref, {*_same(line)}))]
    known = {pair for first, found in map(_apart, made) for other in found for pair in ((first, other), (other, first))}
    new = [other for other in others if (ref, other) not in known]
    return [*made, make_stored_line({"apart": ref, "from": new})] if new else made


def _without_same(line: StoredLine, ref: str, others: set[str]) -> StoredLine | None:
    """Return the line without what joins `ref` with the others; None when nothing else is joined there."""
    refs = _same(line)
    if ref not in refs or others.isdisjoint({*refs} - {ref}):
        return line
    rest = [one for one in refs if one != ref]
    return make_stored_line({**line.record, "same": rest}) if len(rest) > 1 else None
