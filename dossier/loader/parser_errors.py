"""Say what is wrong where the YAML parser stopped, and how to correct that."""

from collections.abc import Sequence

import yaml

from dossier.loader.parser_stop import ParserStop
from dossier.loader.source_text import LineIndex
from dossier.loader.syntax_causes import find_cause
from dossier.loader.yaml_messages import CURE, explain_misreading, explain_syntax_error
from dossier.loader.yaml_nodes import ScalarNode, YamlNode


def describe_parser_error(
    error: yaml.MarkedYAMLError, text: str, lines: LineIndex, opened: Sequence[tuple[int, int]], last: YamlNode | None
) -> tuple[int, str]:
    """Return the offset at which a parser stopped in `text`, and what is wrong there with its cure.

    `lines` finds lines and columns in the text; `opened` are those at which the lists and mappings begin that are open
    there, and `last` is the last node that was read in the innermost of them.
    """
    stop = _find_stop(error, text, lines, opened, last)
    if cause := find_cause(stop):
        return cause
    if known := explain_syntax_error(stop.problem, text[stop.offset : stop.offset + 1]):
        return stop.offset, known
    begun = stop.offset if stop.begun < 0 else stop.begun
    if known := explain_misreading(f"{error.context} {stop.problem}", text[begun : begun + 1]):
        return begun, known
    is_begun = error.context and begun < stop.offset
    since = f" ({error.context}, begun in line {lines.locate(begun)[0]})" if is_begun else ""
    return stop.offset, f"{stop.problem}{since}: {CURE}"


def _find_stop(
    error: yaml.MarkedYAMLError, text: str, lines: LineIndex, opened: Sequence[tuple[int, int]], last: YamlNode | None
) -> ParserStop:
    """Return where and why the parser stopped, with what was read before."""
    mark = error.problem_mark or error.context_mark
    return ParserStop(
        text,
        offset=mark.index if mark else 0,
        begun=error.context_mark.index if error.context_mark else -1,
        problem=error.problem or "this is not YAML",
        context=error.context or "",
        last_start=lines.index(last.line, last.column) if isinstance(last, ScalarNode) else -1,
        levels=tuple(column - 1 for _line, column in opened),
        opened=lines.index(*opened[-1]) if opened else -1,
    )
