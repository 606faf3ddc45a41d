"""Make the fixes of problems: changes of the file that are sure to be right if the message of the problem is."""

from collections.abc import Iterable

from dossier.core.problem import Fix
from dossier.loader.source_text import LINE_BREAK
from dossier.loader.yaml_nodes import JSON_WORD, ScalarNode, YamlNode
from dossier.text.late_patterns import compile_late
from dossier.text.messages import suggest_name

# What can be written without quotes wherever the text is a value, a key or an item, in flow style too.
_PLAIN = compile_late(r"[^\W_][\w./-]*(?: [\w./-]+)*")
_NULLS = ("null", "Null", "NULL")
_MOST_LETTERS = 40
"""A longer word is not compared with others: it is no misspelling of any."""


def replace_scalar(node: YamlNode, text: str) -> Fix | None:
    """Return the fix that writes `text` in the place of a scalar, with the same kind of quote marks.

    None if `text` is "", and if the scalar runs over several lines, or has an anchor or a tag before it.
    """
    if not text or not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        return None
    # The source of a quoted text begins with its mark; that of a plain one is its text.
    begin = node.text if node.style in ("", JSON_WORD) else node.style
    if LINE_BREAK.search(node.raw) or not node.raw.startswith(begin):
        return None
    return Fix(node.line, node.column, node.line, node.column + len(node.raw), _write_text(text, node.style))


def replace_by_nearest(node: YamlNode, written: str, names: Iterable[str]) -> Fix | None:
    """Return the fix that replaces a scalar, which is read as `written`, by the most similar of some names."""
    return replace_scalar(node, suggest_name(written.lower(), names)) if len(written) <= _MOST_LETTERS else None


def separate_value(key: ScalarNode, name: str) -> Fix | None:
    """Return the fix that writes the blank behind the colon of `name:value`, which was read as a key."""
    at = key.column + len(name) + 1
    return Fix(key.line, at, key.line, at, " ") if key.raw.startswith(f"{name}:") else None


def _write_text(text: str, style: str) -> str:
    if style in ('"', JSON_WORD):
        from json import dumps  # noqa: PLC0415 - few fixes need it

        # Of the escapes that YAML has, these are the ones that JSON has, too.
        return dumps(text, ensure_ascii=False)
    if style or not _PLAIN().fullmatch(text) or text in _NULLS:
        return "'" + text.replace("'", "''") + "'"
    return text
