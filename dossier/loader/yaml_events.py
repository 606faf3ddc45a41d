"""Make the nodes of a YAML file from the events of a parser, and say what is wrong with the file.

There is a stack, and there are hard limits. Loaders that build objects guess types, let the
last of two equal keys win silently, and crash the interpreter on deep nesting; a walk over events does none of this.
What is wrong with the YAML is collected as problems.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml

from dossier.core.problem import Problem
from dossier.loader.anchors import AnchoredNode, Anchors
from dossier.loader.cost_limits import MOST_VALUES, FoundProblems, describe_too_many_values
from dossier.loader.limits import Limits
from dossier.loader.open_nodes import OpenNode
from dossier.loader.source_text import LineIndex
from dossier.loader.yaml_messages import (
    CURE,
    SECOND_DOCUMENT,
    cut_off,
    describe_depth,
    describe_lost_anchor,
    describe_lost_tag,
    describe_repeated,
)
from dossier.loader.yaml_nodes import NULLS, MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.sanitize import sanitize_text

# Every wheel of PyYAML has the C parser; a build without it is slower but gives the same events.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The class that parses a file into events."""
# Since libyaml 0.2.6 (in PyYAML 6.0.4) the C parser refuses 1,000 levels with this message.
_DEPTH_OF_C = 900
_REFUSED = "exceeded maximum nesting depth"
# A tag as written; an anchor may stand before it, and comments between them.
_TAG = re.compile(r"(?:&\S*\s+(?:#[^\r\n]*[\r\n]\s*)*)?(!<[^>\s]*>|![^\s,\[\]{}]*)")
# These tags only say that a text is a text.
_SILENT_TAGS = (None, "!", "tag:yaml.org,2002:str")
_HYPHEN_BELOW = re.compile(r"[\r\n] *- \S")
# An event, or a mark of an event, of either parser; they have no common class. Marks count code points from 0.
_Event: TypeAlias = Any


def parse_events(text: str, path: str, limits: Limits) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Return the first document of a text, and what is wrong with it.

    The document is None if there is none (an empty file, which is no problem), or if the problems leave nothing to
    read.
    """
    walk = _Walk(text, path, limits)
    try:
        return walk.document(), walk.problems.list_all()
    except _RefusedError as refused:
        # The parser reads ahead of its events: without the part that it refused, it reaches our own limit first.
        return parse_events(text[: refused.index], path, limits)


class _PieceReader:
    """A text that the parser reads piece by piece, so that other threads run meanwhile: one call could take seconds."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def read(self, size: int = 16_384, /) -> str:
        """Return the next `size` code points."""
        piece = self._text[self._at : self._at + size]
        self._at += size
        return piece


class _TooDeepError(Exception):
    """The nesting is too deep: parsing ends, since it may go on without end."""


class _RefusedError(Exception):
    """The parser refuses the node that begins at `index`, because of its depth."""

    def __init__(self, index: int) -> None:
        self.index = index


class _Walk:
    """One pass over the events of a text."""

    def __init__(self, text: str, path: str, limits: Limits) -> None:
        self.problems = FoundProblems()
        self._text, self._path, self._limits = text, path, limits
        self._lines = LineIndex(text)
        self._stack: list[OpenNode] = []
        self._anchors = Anchors(limits, len(text))
        self._last_scalar = (0, 0)
        self._root: YamlNode | None = None

    def document(self) -> YamlNode | None:
        """Return the first document; None if there is none or it cannot be parsed."""
        try:
            self._walk()
        except _TooDeepError:
            return None
        except yaml.MarkedYAMLError as error:
            if error.problem == _REFUSED:
                raise _RefusedError(_index(error.problem_mark)) from None
            self._report("not-yaml", *self._describe_error(error))
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The Python parser lets errors of chr() and int() through, for an escape or a version out of range.
            self._report("not-yaml", 0, f"{error}: {CURE}")
            return None
        for name, index in self._anchors.unused:
            self._report("wrong-shape", index, describe_lost_anchor(name))
        return self._root

    def _walk(self) -> None:
        """Handle the events of the first document, one by one."""
        takes: dict[type[yaml.Event], Callable[[_Event], None]] = {
            yaml.ScalarEvent: self._add_scalar,
            yaml.AliasEvent: self._follow_alias,
            yaml.SequenceStartEvent: self._open_node,
            yaml.SequenceEndEvent: self._close_node,
            yaml.MappingStartEvent: self._open_node,
            yaml.MappingEndEvent: self._close_node,
        }
        # What begins with a byte order mark has to be read as one text: of pieces, the parser takes the mark away.
        source: Any = self._text if self._text.startswith("\ufeff") else _PieceReader(self._text)
        parser = (LOADER if self._limits.depth < _DEPTH_OF_C else yaml.SafeLoader)(source)
        for number, event in enumerate(iter(parser.get_event, None)):
            if number > MOST_VALUES:
                self._end_early(event)
                return
            if take := takes.get(type(event)):
                take(event)
            elif self._root is not None and isinstance(event, yaml.DocumentStartEvent):
                self._report("wrong-shape", _index(event.start_mark), SECOND_DOCUMENT)
                return

    def _end_early(self, event: _Event) -> None:
        """Report that there are too many values, and close what is open, so that the values before it are read."""
        self._report("too-many-values", _index(event.start_mark), describe_too_many_values())
        while self._stack:
            if self._stack[-1].mapping and len(self._stack[-1].nodes) % 2:
                self._stack[-1].nodes.pop()
            self._close_node(None)

    def _add_scalar(self, event: _Event) -> None:
        mark, ends, style, anchor = event.start_mark, event.end_mark, event.style or "", event.anchor
        end = ends.index
        if anchor or event.tag:
            self._check_properties(event.tag, anchor, mark.index)
        if not style and self._text.startswith(" #", end) and self._text[end + 2 : end + 3].strip():
            self._report("cut-by-comment", mark.index, cut_off(self._text[end + 1 : end + 42]))
        value = event.value
        if not style and value in NULLS and event.tag is None:
            value = ""
        if not style and ends.line > mark.line and _HYPHEN_BELOW.search(self._text, mark.index, end):
            self._report_swallowed_item(mark.index, end)
        scalar = ScalarNode(value, mark.line + 1, mark.column + 1, style, self._text[mark.index : end])
        if self._stack and self._stack[-1].is_flow_mapping:
            if mark.index == end and self._joins_cut_text(self._stack[-1], end):
                return
            self._last_scalar = (mark.index, end)
        if self._stack and not anchor:
            self._stack[-1].nodes.append(scalar)
            self._stack[-1].letters += len(value)
        else:
            self._add_node(scalar, anchor, 1, 0, len(value))

    def _report_swallowed_item(self, start: int, end: int) -> None:
        """Report an item of a list that a text of several lines has swallowed, if there is one."""
        from dossier.loader.indentation_causes import find_swallowed_item  # noqa: PLC0415 - few texts need it

        if item := find_swallowed_item(self._text, self._lines, start, end):
            self._report("wrong-shape", *item)

    def _joins_cut_text(self, top: OpenNode, end: int) -> bool:
        """Add a key without a colon to the text before it, if a comma of that text made the key, and report that.

        The empty value of the key ends at `end`. Return whether it was such a key; its value is then left out, too.
        """
        comma = top.find_cutting_comma(self._text, self._last_scalar, end)
        if comma is None:
            return False
        if message := top.join_cut_text(self._text, comma):
            self._report("cut-by-comma", comma, message)
        return True

    def _open_node(self, event: _Event) -> None:
        mark, anchor = event.start_mark, event.anchor
        if len(self._stack) >= self._limits.depth:
            self._report("too-deep", mark.index, describe_depth(self._limits.depth))
            raise _TooDeepError
        if anchor or event.tag:
            self._check_properties(event.tag, anchor, mark.index)
        if anchor:
            self._anchors.begin(anchor)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._stack.append(OpenNode(is_mapping, mark.line + 1, mark.column + 1, anchor, bool(event.flow_style)))

    def _close_node(self, _event: _Event) -> None:
        done = self._stack.pop()
        done.mend_cut_texts()
        place = done.line, done.column
        node = MappingNode(self._pairs(done.nodes), *place) if done.mapping else SequenceNode(tuple(done.nodes), *place)
        self._add_node(node, done.anchor, 1 + len(done.nodes) + done.beneath, done.height, done.letters)

    def _check_properties(self, tag: str | None, anchor: str | None, index: int) -> None:
        """Report the tag of the node that begins at `index`, and remember its anchor as not used yet."""
        if tag not in _SILENT_TAGS and (written := _TAG.match(self._text, index)):
            self._report("wrong-shape", written.start(1), describe_lost_tag(written[1]))
        if anchor and (lost := self._anchors.declare(anchor, self._text.index(f"&{anchor}", index))) is not None:
            self._report("wrong-shape", lost, describe_lost_anchor(anchor))

    def _add_node(self, node: YamlNode, anchor: str | None, visits: int, height: int, letters: int) -> None:
        if anchor:
            self._anchors.end(anchor, AnchoredNode(node, visits, height, letters))
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        top.nodes.append(node)
        top.beneath += visits - 1
        top.letters += letters
        top.height = max(top.height, height + 1)

    def _follow_alias(self, event: _Event) -> None:
        """Add the node that an alias stands for or, if that is not possible, the alias as written."""
        name, mark = event.anchor or "", event.start_mark
        target = self._anchors.follow(name, len(self._stack))
        if isinstance(target, AnchoredNode):
            self._add_node(target.node, None, target.visits, target.height, target.letters)
            return
        if target:
            self._report(target.code, mark.index, target.message)
        written = f"*{name}"
        self._add_node(ScalarNode(written, mark.line + 1, mark.column + 1, raw=written), None, 1, 0, len(written))

    def _pairs(self, nodes: list[YamlNode]) -> tuple[tuple[ScalarNode, YamlNode], ...]:
        """Return keys with their values; faulty and repeated keys are reported and left out."""
        pairs: dict[str, tuple[ScalarNode, YamlNode]] = {}
        again: list[ScalarNode] = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self._report_at(
                    "wrong-shape", key, "a key must be text: this one is a list or a mapping, and is ignored"
                )
            elif key.text == "<<" and not key.style:
                self._report_at("wrong-shape", key, "merge keys (<<) are not supported: write the fields out")
            elif key.text in pairs:
                again.append(key)
            else:
                pairs[key.text] = (key, value)
        if again:
            used = [(key.text, key.line) for key, _value in pairs.values()]
            for number, message in describe_repeated(used, [(key.text, key.line) for key in again]):
                self._report_at("duplicate-key", again[number], message)
        return tuple(pairs.values())

    def _describe_error(self, error: yaml.MarkedYAMLError) -> tuple[int, str]:
        """Return where the parser stopped, and how to correct that."""
        from dossier.loader.parser_errors import describe_parser_error  # noqa: PLC0415 - only a faulty file needs it

        nodes = self._stack[-1].nodes if self._stack else []
        opened = [(one.line, one.column) for one in self._stack]
        return describe_parser_error(error, self._text, self._lines, opened, nodes[-1] if nodes else None)

    def _report(self, code: str, index: int, message: str) -> None:
        self.problems.add(Problem(self._path, *self._lines.locate(index), code, sanitize_text(message)))

    def _report_at(self, code: str, node: YamlNode, message: str) -> None:
        self.problems.add(Problem(self._path, node.line, node.column, code, sanitize_text(message)))


def _index(mark: _Event | None) -> int:
    """Return the code point that a mark of the parser points to; every event of a text has a mark."""
    return mark.index if mark else 0


def read_flow_keys(text: str, deepest: int) -> Iterator[str]:
    """Yield the top-level keys of a document in flow style, up to the first error."""
    depth, is_key = 0, True
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.DocumentEndEvent):
                return
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > deepest:
                    return
                continue
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 1:
                if is_key and isinstance(event, yaml.ScalarEvent):
                    yield str(event.value)
                is_key = not is_key
    except (yaml.YAMLError, ValueError, OverflowError):
        # Keys before the error still count.
        return
