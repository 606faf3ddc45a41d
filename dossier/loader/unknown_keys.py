"""The keys of a mapping that are not known, and which of the known ones they probably mean."""

from collections.abc import Sequence
from itertools import islice

from dossier.loader.cost_limits import MOST_MISSPELT
from dossier.loader.fixes import replace_scalar, separate_value
from dossier.loader.key_typos import find_intended_key, meant_by_other_word
from dossier.loader.problem_log import ProblemLog
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode, is_absent

# What an entry says nothing without. Under a key that is nearly one of these or another's word for it, a value of one
# of these shapes is read as that of the missing key.
_READ_ANYWAY = {
    **dict.fromkeys(
        ("headline", "published", "outlet", "name", "speaker", "speaker_text", "date", "date_text", "what"),
        (ScalarNode,),
    ),
    **dict.fromkeys(("body", "text"), (ScalarNode, SequenceNode)),
}
# At most this many unknown keys of a mapping are compared with the known ones: nobody writes more by hand.
_MOST_UNKNOWN = 1_000


def find_meant_keys(node: MappingNode, known: Sequence[str], log: ProblemLog) -> dict[str, tuple[str, YamlNode]]:
    """Report the unknown keys of a mapping that are misspelt, or other formats' words for the `known` keys.

    Return those whose values are read as those of a known key that is missing: this key, and the value.
    """
    keys = {key.text for key, _value in node.pairs}
    has = {*keys, *(key.removesuffix("_text") for key in keys)}
    missing = [key for key in known if key not in has]
    unknown = (pair for pair in node.pairs if pair[0].text not in known)
    found: dict[str, tuple[str, YamlNode]] = {}
    for key, value in islice(unknown, _MOST_UNKNOWN):
        if log.spelling.is_spent:
            words = f"more than {MOST_MISSPELT:,} unknown keys: the others are not compared with the known ones"
            log.report_cut_short(key, f"{words}; correct or remove some, and check again")
            break
        log.spelling.spend(1)
        if meant := _find_meant_key(key, value, missing, log):
            found[key.text] = meant
            missing.remove(meant[0])
    return found


def _find_meant_key(
    key: ScalarNode, value: YamlNode, missing: Sequence[str], log: ProblemLog
) -> tuple[str, YamlNode] | None:
    """Report an unknown key that probably means one of those that are `missing`, and return that one and its value.

    None where the value is not read as that of another key.
    """
    name, colon, rest = key.text.partition(":")
    if colon and rest and name in missing and is_absent(value):
        message = f"missing space after the colon: write {name}: {rest}"
        log.report("nearly-known-key", key, message, separate_value(key, name))
        return name, key._replace(text=rest, column=key.column + len(name) + 1)
    meant = find_intended_key(key.text, missing)
    cure = f"did you mean {meant!r}?"
    if not meant and (meant := _find_other_word(key, value, missing)):
        cure = f"it is called {meant!r} here"
    if not meant:
        return None
    is_read = isinstance(value, _READ_ANYWAY.get(meant, ())) and not is_absent(value)
    if is_read:
        cure = f"write {meant!r}; it is read as that"
    log.report("nearly-known-key", key, f"unknown key {key.text!r}: {cure}", replace_scalar(key, meant))
    return (meant, value) if is_read else None


def _find_other_word(key: ScalarNode, value: YamlNode, missing: Sequence[str]) -> str:
    """Return the missing key that other formats call this one; a source that is an address is no name of an outlet."""
    is_address = isinstance(value, ScalarNode) and value.text.startswith(("http://", "https://"))
    return meant_by_other_word(key.text, [one for one in missing if one != "outlet" or not is_address])
