"""Make ids for entries that lack one, and for those whose id is that of another."""

import re

from dossier.loader.yaml_nodes import Mapping, Node, Scalar
from dossier.text.folding import fold

_LONGEST = 40


def free_id(wanted: str, is_made: bool, taken: set[str], reserved: set[str], numbers: dict[str, int]) -> str:
    """Return `wanted` or, if it is taken, the same with a number that makes it an id of its own."""
    one = wanted
    while one in taken or (is_made and one in reserved) or (one != wanted and one in reserved):
        numbers[wanted] = numbers.get(wanted, 1) + 1
        one = f"{wanted}-{numbers[wanted]}"
    return one


def describe_id(written: str) -> str:
    """Return what an id is made of, with an id made of what was written."""
    rule = "an id is made of small letters (a to z), digits and hyphens, and begins with no hyphen"
    made = make_id(written)
    return f"{rule}, such as {made}" if made else rule


def id_of_name(entry: Node) -> str:
    """Return an id made of the name in an entry without an id; "" if its letters make none."""
    if isinstance(entry, Mapping):
        entry = next((value for key, value in entry.pairs if key.text == "name"), entry)
    return make_id(entry.text.partition("|")[0]) if isinstance(entry, Scalar) else ""


def make_id(words: str) -> str:
    """Return an id made of the letters and digits of some words, accents taken off; "" if there are none."""
    return "-".join(re.findall("[a-z0-9]+", fold(words).folded))[:_LONGEST].strip("-")
