"""Read the ids of entries, and make some for entries that lack one, or have that of another."""

import re

from dossier.core.dataclasses import NamedTuple
from dossier.loader.fields import read_node_text
from dossier.loader.problem_log import ProblemLog
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode, is_absent
from dossier.text.messages import count_noun

_ID = re.compile("[a-z0-9][a-z0-9-]*")
_LONGEST = 40
"""Characters that an id made here has at most."""


def free_id(wanted: str, is_made: bool, taken: set[str], reserved: set[str], numbers: dict[str, int]) -> str:
    """Return `wanted` or, if it is taken, the same with a number that makes it an id of its own."""
    one = wanted
    while one in taken or (is_made and one in reserved) or (one != wanted and one in reserved):
        numbers[wanted] = numbers.get(wanted, 1) + 1
        one = f"{wanted}-{numbers[wanted]}"
    return one


def describe_id(written: str) -> str:
    """Return what an id is made of, with an id made of what was written."""
    rule = "an id consists of lower-case letters (a to z), digits and hyphens, and does not begin with a hyphen"
    made = make_id(written)
    return f"{rule}, such as {made}" if made else rule


def id_of_name(entry: YamlNode) -> str:
    """Return an id made of the name in an entry without an id; "" if its letters make none."""
    if isinstance(entry, MappingNode):
        entry = next((value for key, value in entry.pairs if key.text == "name"), entry)
    return make_id(entry.text.partition("|")[0]) if isinstance(entry, ScalarNode) else ""


def make_id(words: str) -> str:
    """Return an id made of the letters and digits of some words, accents taken off; "" if there are none."""
    return "-".join(list_id_words(words))[:_LONGEST].strip("-")


def list_id_words(words: str) -> list[str]:
    """Return the parts of an id made of some words: runs of letters from a to z and digits, accents taken off."""
    from dossier.text.folding import fold  # noqa: PLC0415 - only an entry without an id needs it

    return re.findall("[a-z0-9]+", fold(words).folded)


class AssignedId(NamedTuple):
    """The id of an entry, unique within its kind, and the id as written in the file."""

    id: str
    written: str


def assign_ids(
    kind: str, letter: str, given: tuple[tuple[YamlNode, YamlNode | None], ...], log: ProblemLog
) -> tuple[AssignedId, ...]:
    """Return an id for each entry; `given` has the node of each entry and that of its id, None if it has no id.

    An entry without an id is called by `letter` and its position, from 1; for kinds that have to have an id, `letter`
    is "", and the id is made of the name. A repeated id gets a number, so that both entries can be shown. Entries that
    lack an id are one problem, reported at the first of them.
    """
    if letter and all(node is None for _entry, node in given):
        made = (f"{letter}{at}" for at in range(1, len(given) + 1))
        return tuple(AssignedId(one, one) for one in made)
    claims: list[AssignedId] = []
    written_ids = ["" if node is None else read_node_text(node, "id", log) for _entry, node in given]
    reserved = {*written_ids, *(f"{letter}{at}" for at in range(1, len(given) + 1) if letter)}
    taken = {f"{letter}{at}" for at, (_entry, node) in enumerate(given, 1) if letter and node is None}
    numbers: dict[str, int] = {}
    lacking: list[tuple[YamlNode, str]] = []
    for at, (entry, node) in enumerate(given, 1):
        written = written_ids[at - 1]
        if node is None and letter:
            claims.append(AssignedId(f"{letter}{at}", f"{letter}{at}"))
            continue
        one = written or id_of_name(entry) or f"entry-{at}"
        if node is None and isinstance(entry, MappingNode):
            lacking.append((entry, one))
        elif node is not None and not _ID.fullmatch(written) and isinstance(node, ScalarNode):
            log.report("bad-id", node, f"{written!r} is not an id: {describe_id(written)}")
        elif written and written in taken:
            message = f"another entry of {kind} already has the id {written!r}: give this one another"
            log.report("duplicate-id", node or entry, message)
        claims.append(AssignedId(free_id(one, not written, taken, reserved, numbers), written or one))
        taken.add(claims[-1].id)
    if lacking:
        more = f", and {count_noun(len(lacking) - 1, 'other')} like it," if len(lacking) > 1 else ""
        message = f"this entry of {kind}{more} has no id: add `id:` with a short word for it, such as {lacking[0][1]}"
        log.report("bad-id", lacking[0][0], message)
    return tuple(claims)


def find_id_node(item: YamlNode) -> YamlNode | None:
    """Return the node of the id in an entry of a list; None if there is none."""
    pairs = item.pairs if isinstance(item, MappingNode) else ()
    return next((value for key, value in pairs if key.text == "id" and not is_absent(value)), None)
