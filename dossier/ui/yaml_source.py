"""The lines of a file that an entry was read from.

They are found by the nodes of the YAML, not by the look of the lines. Lines are given whole, with all else that stands
on them in the file.
"""

import re
from collections.abc import Iterable, Sequence

from dossier.core.ref import Ref
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_source
from dossier.loader.source_text import LINE_BREAK
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.sanitize import sanitize_text

# The kinds of entries that are a whole field of the file; every other entry is one of several in its field.
_FIELDS = ("headline", "subtitle", "about")
# A line with nothing but the brackets that close lists and mappings.
_CLOSING = re.compile(r"\s*[\]}][\s\]},]*(?:#.*)?$")


def yaml_block(data: bytes, ref: Ref, line: int) -> str:
    """Return the lines of the file `data` that the entry `ref`, which begins on `line` (from 1), was read from.

    For an article these are all lines. Returns "" when no entry is there, or the file cannot be read. Control
    characters and the like are replaced (see `sanitize_text`).
    """
    root, _ = parse_source(data, "", Limits())
    if not isinstance(root, MappingNode):
        return ""
    lines = LINE_BREAK.split(data.decode("utf-8-sig"))
    if not ref.kind:
        return "\n".join(map(sanitize_text, lines)).rstrip()
    found = _around(((key.line, value) for key, value in root.pairs), line, lines)
    if found is None:
        return ""
    first, last, field = found
    if ref.kind not in _FIELDS:
        if isinstance(field, ScalarNode):
            first, last = line, _paragraph_end(lines, line, last)
        elif inner := _around(_inside(field), line, lines):
            first, last, _ = inner
    return "\n".join(map(sanitize_text, lines[first - 1 : last]))


def _inside(field: MappingNode | SequenceNode) -> Iterable[tuple[int, YamlNode]]:
    """Return the first line of each entry in a field, and the node of the entry."""
    if isinstance(field, MappingNode):
        return ((key.line, value) for key, value in field.pairs)
    return ((item.line, item) for item in field.items)


def _around(nodes: Iterable[tuple[int, YamlNode]], line: int, lines: Sequence[str]) -> tuple[int, int, YamlNode] | None:
    """Return the first and the last line of the node that has `line`, and the node; None when no node has it.

    `nodes` are the nodes in the order of the file, each with its first line. All lines count from 1.
    """
    begun = list(nodes)
    for (first, node), (following, _) in zip(begun, [*begun[1:], (len(lines) + 1, None)], strict=True):
        last = max(first, _last(node))
        # A bracket further to the left than the node closes the list or mapping that contains the node.
        while (
            last + 1 < following and _CLOSING.match(lines[last]) and _indent(lines[last]) >= _indent(lines[first - 1])
        ):
            last += 1
        if first <= line <= last:
            return first, last, node
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _last(node: YamlNode) -> int:
    """Return the last line, from 1, that has text of the node."""
    last, stack = node.line, [node]
    while stack:
        one = stack.pop()
        if isinstance(one, ScalarNode):
            last = max(last, one.line + len(LINE_BREAK.findall(one.raw.rstrip())))
        elif isinstance(one, MappingNode):
            stack += [part for pair in one.pairs for part in pair]
        else:
            stack += one.items
    return last


def _paragraph_end(lines: Sequence[str], line: int, last: int) -> int:
    """Return the last line before the next blank one, but at most `last`; lines count from 1."""
    return next((at for at in range(line, last) if not lines[at].strip()), last)
