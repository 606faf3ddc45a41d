"""Write the fields of an article as YAML that reads back as the same texts.

A text stands plain where it can, else in double quotes with an escape for every code point that YAML does not allow or
would change. There are no line breaks within a text, so that every line is a field or an item.
"""

import re
from collections.abc import Container, Iterator

from dossier.loader.converters.values import JsonFields, JsonValue
from dossier.loader.format_keys import ARTICLE_KEYS, list_key_names

_PLAIN = re.compile(r"[^\W_](?:[\w./()@+~-]|:(?=[\w/])| (?=[\w(]))*")
_ABSENT = ("null", "Null", "NULL", "~")
# Everything that is no printable code point of YAML 1.1, the line breaks of YAML 1.1, the byte order mark, and \ and ".
_ESCAPED = re.compile('["\\\\]|[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_FLOW_CELLS = 100
_LONGEST_KEY = 1000
"""A longer key is marked as one, since YAML looks for its colon no further than 1,024 characters."""


def write_yaml(fields: JsonFields) -> str:
    """Return the fields of an article as a YAML document."""
    return "".join(f"{line}\n" for line in _mapping_lines(fields, "", list_key_names(ARTICLE_KEYS)))


def write_scalar(text: str) -> str:
    """Return a text as a scalar of YAML, which may stand anywhere. A lone surrogate becomes U+FFFD."""
    return text if _PLAIN.fullmatch(text) and text not in _ABSENT else _quote(text)


def _quote(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _SHORT.get(char) or (f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}")


def _mapping_lines(fields: JsonFields, indent: str, known: Container[str] = ()) -> Iterator[str]:
    for key, value in fields.items():
        # Without quote marks, a key of the article that the format does not know may look like talk about the YAML.
        written, head = _quote(key) if known and key not in known else write_scalar(key), indent
        if len(written) > _LONGEST_KEY:
            yield f"{indent}? {written}"
        else:
            head = f"{indent}{written}"
        yield from _value_lines(f"{head}:", value, f"{indent}  ")


def _value_lines(head: str, value: JsonValue, indent: str) -> Iterator[str]:
    """Yield the lines of a value behind `head`; what does not fit there is indented by `indent`."""
    inline = _inline(value)
    if inline is not None:
        yield f"{head} {inline}" if inline else head
    elif isinstance(value, dict):
        yield head
        yield from _mapping_lines(value, indent)
    else:
        yield head
        for item in value:
            yield from _item_lines(item, indent)


def _item_lines(item: JsonValue, indent: str) -> Iterator[str]:
    if isinstance(item, dict) and item:
        lines = _mapping_lines(item, f"{indent}  ")
        yield f"{indent}- {next(lines).lstrip(' ')}"
        yield from lines
    else:
        yield from _value_lines(f"{indent}-", item, f"{indent}  ")


def _inline(value: JsonValue) -> str | None:
    """Return a value that stands on the line of its key: a scalar, nothing, or a short list; None for any other."""
    if value is None:
        return ""
    if isinstance(value, str):
        return write_scalar(value)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, list) and all(isinstance(item, str) and _PLAIN.fullmatch(item) for item in value):
        short = f"[{', '.join(map(write_scalar, value))}]"
        return short if len(short) <= _FLOW_CELLS else None
    return None
