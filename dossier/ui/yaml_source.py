"""The lines of a file that an entry was read from are found by the nodes of its YAML, not by what the lines look like.

What stands on one line with others in the file is given with them: lines are whole, and as they stand in the file.
"""

import re
from collections.abc import Iterable, Sequence

from dossier.core.ref import Ref
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_source
from dossier.loader.yaml_nodes import Mapping, Node, Scalar
from dossier.loader.yaml_nodes import Sequence as Items
from dossier.text.line_index import LINE_BREAK
from dossier.text.sanitize import safe

# The fields of the article itself; every other entry is one of several in its field.
_FIELDS = ("headline", "subtitle", "about")
# What ends a list or mapping between brackets, on a line of its own.
_CLOSING = re.compile(r"\s*[\]}][\s\]},]*(?:#.*)?$")


def block(data: bytes, ref: Ref, line: int) -> str:
    """The lines of the file `data` that the entry `ref` was read from, which it has at `line` (from 1).

    Of an article all lines. Empty when nothing of the kind stands there, or the file is none that can be read. Control
    characters and the like are made safe.
    """
    root, _ = parse_source(data, "", Limits())
    if not isinstance(root, Mapping):
        return ""
    lines = LINE_BREAK.split(data.decode("utf-8-sig"))
    if not ref.kind:
        return "\n".join(map(safe, lines)).rstrip()
    found = _around(((key.line, value) for key, value in root.pairs), line, lines)
    if found is None:
        return ""
    first, last, field = found
    if ref.kind not in _FIELDS:
        if isinstance(field, Scalar):
            first, last = line, _paragraph_end(lines, line, last)
        elif inner := _around(_inside(field), line, lines):
            first, last, _ = inner
    return "\n".join(map(safe, lines[first - 1 : last]))


def _inside(field: Mapping | Items) -> Iterable[tuple[int, Node]]:
    """Where each entry of a field begins, and the entry."""
    if isinstance(field, Mapping):
        return ((key.line, value) for key, value in field.pairs)
    return ((item.line, item) for item in field.items)


def _around(nodes: Iterable[tuple[int, Node]], line: int, lines: Sequence[str]) -> tuple[int, int, Node] | None:
    """The first and the last line of the node that has `line`, and the node."""
    begun = list(nodes)
    for (first, node), (following, _) in zip(begun, [*begun[1:], (len(lines) + 1, None)], strict=True):
        last = max(first, _last(node))
        # A bracket that stands further left than the node closes what the node is in.
        while (
            last + 1 < following and _CLOSING.match(lines[last]) and _indent(lines[last]) >= _indent(lines[first - 1])
        ):
            last += 1
        if first <= line <= last:
            return first, last, node
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _last(node: Node) -> int:
    """The last line that the node has a text on."""
    last, stack = node.line, [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Scalar):
            last = max(last, one.line + len(LINE_BREAK.findall(one.raw.rstrip())))
        elif isinstance(one, Mapping):
            stack += [part for pair in one.pairs for part in pair]
        else:
            stack += one.items
    return last


def _paragraph_end(lines: Sequence[str], line: int, last: int) -> int:
    """The last line before the next blank one."""
    return next((at for at in range(line, last) if not lines[at].strip()), last)
