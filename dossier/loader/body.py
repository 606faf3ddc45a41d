"""Split the body into paragraphs, each with the line of the file at which it begins.

A paragraph is what the author of the file sees as one. In a block (| or >) and in an unquoted text it ends at a blank
line of the file. In a quoted text, a blank line of the file may only stand for a line break, so that the text itself
decides: it is split at its blank lines or, if the file has blank lines and the text has none, at its line breaks.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice, repeat

from dossier.core.model import Paragraph
from dossier.core.ref import Ref
from dossier.loader.cost_limits import LONGEST_PARAGRAPH, describe_long_paragraph
from dossier.loader.fields import clean_text, flatten_node
from dossier.loader.problem_log import ProblemLog
from dossier.loader.source_text import LINE_BREAK, split_lines
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.late_patterns import compile_late
from dossier.text.sanitize import sanitize_text
from dossier.text.tokens import is_mark

_HEADINGS = frozenset(("subheading", "sub_heading", "subhead", "header", "title", "h2", "h3", "section"))
_PARAGRAPHS = frozenset(("text", "paragraph", "para", "p", "content", "body"))
_BLOCKS = ("|", ">")
_BLANK_LINE = compile_late(r"(?:\r\n?|\n)[ \t]*(?:(?:\r\n?|\n)[ \t]*)+")
_LINE_FEED = compile_late("\n")
_BLANK_IN_FILE = compile_late(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
# An anchor or a tag may stand before a text, and comments between them.
_PROPERTIES = compile_late(r"(?:[&!]\S*\s+(?:#[^\r\n]*\s+)*)*")
# Begins an anchor, a tag or a line break that is escaped; "" begins nothing.
_NO_WORDS_YET = ("&", "!", "\\", "")
# A run of blanks is one piece, so that the end of it is looked for once.
_FOLD = r"(?P<fold>[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+)|(?P<blanks>[ \t]+)"
_IN_LINE = ("plain", "blanks")
"""The pieces whose code points all are on one line."""
_PIECES = {
    "'": compile_late(rf"(?P<plain>(?:[^\s']| (?=\S))+)|{_FOLD}|''|(?s:.)"),
    '"': compile_late(
        rf"(?P<plain>(?:[^\s\"\\]| (?=\S))+)|(?P<joined>\\(?:\r\n|\r|\n)[ \t]*)|{_FOLD}"
        r"|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|(?s:.)"
    ),
}


def read_body(article: str, node: YamlNode, log: ProblemLog) -> tuple[Paragraph, ...]:
    """Return the paragraphs and sub-headings of the body.

    `article` is the id of the article. A node that is neither a text nor a list is reported.
    """
    blocks: Iterator[tuple[str, str, int]]
    if isinstance(node, ScalarNode):
        blocks = (("para", text, line) for text, line in _paragraphs(node))
    elif isinstance(node, SequenceNode):
        blocks = ((*_read_item(item, log), _first_line(item)) for item in node.items)
    else:
        log.report_shape(node, "body", "a block of text or a list of paragraphs")
        return ()
    split = _split_long(blocks, node, log)
    numbers = {"para": count(1), "heading": count(1)}
    made = tuple(
        Paragraph(Ref(article, kind, f"{kind[0]}{next(numbers[kind])}"), text, line)
        for kind, text, line in islice(split, log.limits.entries)
    )
    # The others are read one by one for what is wrong with them, and not kept.
    _check_number(len(made) + sum(1 for _block in split), node, log)
    return made


def _split_long(
    blocks: Iterable[tuple[str, str, int]], node: YamlNode, log: ProblemLog
) -> Iterator[tuple[str, str, int]]:
    """Yield the blocks, very long ones in pieces, which is reported."""
    for kind, text, line in blocks:
        start = 0
        while len(text) - start > LONGEST_PARAGRAPH:
            log.report_cut_short(node, describe_long_paragraph())
            end = _find_break(text, start)
            yield kind, text[start:end].rstrip(), line
            start = end + (text[end] == " ")
        yield kind, text[start:] if start else text, line


def _find_break(text: str, start: int) -> int:
    """Return where a text is cut that goes on for longer than a paragraph may: at a space, else between characters."""
    least, most = start + LONGEST_PARAGRAPH // 2, start + LONGEST_PARAGRAPH
    if (space := text.rfind(" ", least, most)) > 0:
        return space
    return next((at for at in range(most, least, -1) if not is_mark(text[at])), most)


def _check_number(number: int, node: YamlNode, log: ProblemLog) -> None:
    most = log.limits.entries
    if number > most:
        place = node.items[most] if isinstance(node, SequenceNode) else node
        message = f"body: {number:,} paragraphs; only the first {most:,} are read; --max-entries raises the limit"
        log.report("too-many-entries", place, message)


def _read_item(node: YamlNode, log: ProblemLog) -> tuple[str, str]:
    """Return kind and text of one item of a list.

    White space at its beginning stays, since the offsets of `at` fields count it.
    """
    if isinstance(node, ScalarNode):
        if not node.text.strip():
            log.report("wrong-shape", node, "this paragraph is empty: remove it, or add its text")
        return "para", sanitize_text(node.text.lstrip("\n") if node.style in _BLOCKS else node.text).rstrip()
    if isinstance(node, MappingNode) and [key.text for key, _value in node.pairs] == ["heading"]:
        value = node.pairs[0][1]
        if not isinstance(value, ScalarNode):
            log.report_shape(value, "heading", "text")
        return "heading", flatten_node(value)
    cure = _cure_of(node)
    log.report_shape(node, "body", "a paragraph", cure if isinstance(node, MappingNode) else "")
    return "para", flatten_node(node)


def _cure_of(node: YamlNode) -> str:
    """Return how to write a paragraph that is a mapping; "" for a list."""
    keys = [key.text.lower() for key, _value in node.pairs] if isinstance(node, MappingNode) else []
    if len(keys) == 1 and keys[0] in _HEADINGS:
        return f"write a sub-heading as {{heading: …}}, not {keys[0]}"
    if len(keys) == 1 and keys[0] in _PARAGRAPHS:
        return f"a paragraph is just text: remove {keys[0]}:"
    if len(keys) > 1 and not _PARAGRAPHS.isdisjoint(keys):
        return "a paragraph is just text, without keys"
    return (
        "a colon followed by a space makes this a mapping: put the paragraph in quotes, or use a block: |"
        if keys
        else ""
    )


def _first_line(node: YamlNode) -> int:
    """Return the line at which the words of an item begin."""
    if not isinstance(node, ScalarNode) or not ("\n" in node.raw or "\r" in node.raw):
        return node.line
    first = node.raw[1:2] if node.style in _PIECES else node.raw[:1]
    if node.style not in _BLOCKS and first not in _NO_WORDS_YET and not first.isspace():
        return node.line
    return next((line for _text, line in _paragraphs(node)), node.line)


def _paragraphs(node: ScalarNode) -> Iterator[tuple[str, int]]:
    """Yield text and line of each paragraph of a text."""
    properties = _PROPERTIES().match(node.raw) if node.raw[:1] in ("&", "!") else None
    begin = properties.end() if properties else 0
    raw, line = node.raw[begin:], node.line + len(LINE_BREAK.findall(node.raw[:begin]))
    if node.style in _PIECES:
        yield from _paragraphs_in_quotes(node.text, raw, line)
        return
    header = 1 if node.style in _BLOCKS else 0
    begun, words = 0, ""
    for at, text in enumerate(chain(islice(split_lines(raw), header, None), ("",)), line + header):
        if text := clean_text(text):
            begun, words = (begun, f"{words} {text}") if words else (at, text)
        elif words:
            yield words, begun
            words = ""


def _paragraphs_in_quotes(text: str, raw: str, line: int) -> Iterator[tuple[str, int]]:
    """Yield text and line of each paragraph of a quoted text; `raw` is its source with the quotes."""
    ends = _BLANK_LINE()
    if not ends.search(text) and _BLANK_IN_FILE().search(raw):
        ends = _LINE_FEED()
    lines = _lines_of_code_points(raw, line)
    start = 0
    for stop, following in chain((match.span() for match in ends.finditer(text)), ((len(text), 0),)):
        words = text[start:stop]
        if words.strip():
            begin = start + len(words) - len(words.lstrip())
            yield clean_text(words), lines[begin] if begin < len(lines) else line
        start = following


def _lines_of_code_points(raw: str, line: int) -> Sequence[int]:
    """Return the line of the file for each code point of a quoted text; empty if all of it is on one line.

    `raw` is its source with the quotes, `line` the line at which it begins.
    """
    if not LINE_BREAK.search(raw):
        return ()
    lines = array("I")
    for match in _PIECES[raw[0]]().finditer(raw, 1, len(raw) - 1):
        if match.lastgroup in _IN_LINE:
            lines.extend(repeat(line, len(match[0])))
            continue
        breaks = len(LINE_BREAK.findall(match[0]))
        if match.lastgroup != "joined":
            # A single line break is a space; of several, the first is dropped and the others stand for themselves.
            lines.extend(range(line + 1, line + breaks) if breaks > 1 else (line + breaks,))
        line += breaks
    return lines
