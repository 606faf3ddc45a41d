"""Find why the YAML parser stopped: what the author of the file wrote, and how to correct that.

A parser says where it could not go on, which is often lines behind the mistake and says nothing of its kind. The lines
around that place tell more: most mistakes are one of a few dozen that people and language models make again and again.
Each function looks for one kind; the first that finds its kind answers. The words of the parser are hardly used, since
the two parsers of PyYAML word their errors differently.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.loader.format_keys import ARTICLE_KEYS, ENTRY_TABLES, list_key_names
from dossier.text.line_index import LINE_BREAK
from dossier.text.messages import abbreviate, count_noun

HEAD_KEYS = frozenset(list_key_names(ARTICLE_KEYS))
"""The keys at the top of an article."""
KNOWN_KEYS = HEAD_KEYS.union(*map(list_key_names, ENTRY_TABLES))
"""The keys of an article and of its entries."""

# Patterns are compiled when they are first needed, which is never for a file that is YAML.
_FENCE = r" {0,3}(?:`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*"
_ITEM = r"[ ]*(?:-[ ]+)*"
_KEY_LINE = rf"{_ITEM}(?:[^\s:#'\"\[{{][^:#]*|'[^']*'|\"[^\"]*\"):(?:\s|$)"
_HEAD_LINE = rf"(?:{'|'.join(sorted(HEAD_KEYS))}|title|text|content)[ ]*:(?:\s|$)"
_NO_BLANK = rf"(?P<before>{_ITEM}['\"]?(?P<key>[A-Za-z_][\w-]*|\d{{4}}(?:-\d\d){{0,2}})['\"]?):(?!//)(?P<after>\S.*)"
_NO_COLON = rf"{_ITEM}(?P<key>[A-Za-z_]+)(?P<sign>[ ]*[=;][ ]*|[ ]+)(?P<after>\S.*)"
_BLOCK_START = r"(?:.*:|[ ]*-)[ ]+[|>][-+0-9]*[ ]*"
_CUT_OFF = "or is the file cut off here?"
_BLOCK = "use a block: |"
# Wrapped text has lines about as long as this; a shorter line was ended on purpose.
_WRAPPED = 60


class Cause(NamedTuple):
    """The place of a mistake, as a 0-based offset into the text, and what is wrong there with its cure."""

    offset: int
    message: str


class ParserStop(NamedTuple):
    """Where and why the parser stopped.

    `offset` is where it could not go on and `begun` where what it was reading begins, 0-based offsets into `text`;
    `begun` is -1 if the parser names no such place. `problem` and `context` are the parser's words. `last_start` is
    where the last text that was read as a whole begins, -1 if there is none. `levels` are the columns, from 0, of the
    lists and mappings that are open, and the innermost of these begins at `opened`, -1 if there is none.
    """

    text: str
    offset: int
    begun: int
    problem: str
    context: str
    last_start: int
    levels: tuple[int, ...]
    opened: int


def find_cause(stop: ParserStop) -> Cause | None:
    """Return the mistake for which the parser stopped; None if it is of no known kind."""
    scene = _Scene(stop)
    return next((cause for look in _LOOKS if (cause := look(scene))), None)


class _Scene:
    """The lines around the place where the parser stopped. Lines count from 0 here."""

    def __init__(self, stop: ParserStop) -> None:
        self.stop = stop
        self.lines = LINE_BREAK.split(stop.text)
        ends = [match.end() for match in LINE_BREAK.finditer(stop.text)]
        self.starts = [0, *ends]
        self.at = self.line_of(stop.offset)
        if self.at and not stop.text[stop.offset :].strip():
            # At the end of the file, the last line with something in it is the one to speak of.
            self.at = self.before(self.at + 1)
        self.line = self.lines[self.at]
        self.char = stop.text[stop.offset : stop.offset + 1]
        self.begun_line = self.line_of(stop.begun) if stop.begun >= 0 else self.at

    def line_of(self, index: int) -> int:
        """Return the line that an offset into the text is in."""
        return bisect_right(self.starts, index) - 1

    def before(self, line: int) -> int:
        """Return the nearest line above this one that is neither blank nor a comment; -1 if there is none."""
        return next((at for at in range(line - 1, -1, -1) if _says_something(self.lines[at])), -1)

    def first(self) -> int:
        """Return the first line that is neither blank nor a comment nor a mark of a document."""
        return next((at for at, line in enumerate(self.lines) if _says_something(line) and line != "---"), 0)

    def suspects(self) -> Iterator[int]:
        """Yield the lines that the parser may have read as one text with the place where it stopped, nearest last."""
        first = self.begun_line
        if self.stop.begun < 0 or self.stop.context.endswith("mapping"):
            first = at = self.at
            for _line in range(3):
                at = self.before(at)
                first = at if at >= 0 else first
        yield from (at for at in range(first, self.at + 1) if _says_something(self.lines[at]))

    def is_in_flow(self) -> bool:
        """Return whether the parser was inside brackets."""
        return "flow" in self.stop.context

    def is_line_start(self) -> bool:
        """Return whether the parser stopped at the first character of a line."""
        return not self.stop.text[self.starts[self.at] : self.stop.offset].strip()


def _says_something(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not bare.startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _find_fences(scene: _Scene) -> Cause | None:
    fences = [at for at, line in enumerate(scene.lines) if re.fullmatch(_FENCE, line)]
    if not fences:
        return None
    opening = fences[0]
    keys_above = any(re.match(_HEAD_LINE, line) for line in scene.lines[:opening])
    if keys_above and (scene.at not in fences or not scene.is_line_start()):
        return None
    if keys_above:
        fence = scene.lines[scene.at].strip()
        message = f"line {scene.at + 1} is a Markdown fence ({fence}): delete it, and what stands below it"
        return Cause(scene.starts[scene.at], message)
    talk = any(line.strip() for line in scene.lines[:opening])
    message = "the file is between Markdown fences"
    if len(fences) == 1:
        cure = f"delete line {opening + 1}{' and all above it' if talk else ''}"
    elif len(fences) == 2:
        talk = talk or any(line.strip() for line in scene.lines[fences[1] + 1 :])
        cure = f"delete lines {opening + 1} and {fences[1] + 1}{' and all outside them' if talk else ''}"
    else:
        message, cure = "the file has several parts between Markdown fences", "put each into a file of its own"
    return Cause(scene.starts[opening], f"{message}: {cure}, or use dossier import")


def _find_other_format(scene: _Scene) -> Cause | None:
    first = scene.first()
    begin = scene.lines[first].lstrip()
    if re.match(r"<[!?/A-Za-z]", begin):
        return Cause(
            scene.starts[first], "this is HTML or XML, no YAML: write the article as keys, headline: and body:"
        )
    if begin.startswith("{") and scene.char == "{" and scene.is_line_start() and not scene.is_in_flow():
        return Cause(
            scene.stop.offset, "these are JSON Lines, an article a line: one file is one article; use dossier import"
        )
    return None


def _find_tab(scene: _Scene) -> Cause | None:
    for at in (scene.at, *((scene.begun_line,) if scene.begun_line < scene.at else ())):
        if tab := re.match(r" *\t", scene.lines[at]):
            message = f"line {at + 1} begins with a tab: indent with spaces"
            return Cause(scene.starts[at] + tab.end() - 1, message)
    return None


def _find_missing_blank(scene: _Scene) -> Cause | None:
    for at in scene.suspects():
        found = re.fullmatch(_NO_BLANK, scene.lines[at])
        if found and (found["key"] in KNOWN_KEYS or ": " not in found["after"]):
            key = scene.lines[at][: found.end("before")].lstrip(" -")
            message = f"a blank is missing after the colon: write {key}: {abbreviate(found['after'], 40)}"
            return Cause(scene.starts[at] + found.end("before"), message)
    return None


def _find_missing_colon(scene: _Scene) -> Cause | None:
    for at in scene.suspects():
        found = re.fullmatch(_NO_COLON, scene.lines[at])
        if not found or re.match(_KEY_LINE, scene.lines[at]):
            continue
        key, is_sign = found["key"], bool(found["sign"].strip())
        if key in KNOWN_KEYS and (is_sign or (key in HEAD_KEYS and not _indent(scene.lines[at]))):
            write = f"write {key}: {abbreviate(found['after'], 40)}"
            message = f"a colon and a blank are missing after {key!r}: {write}"
            return Cause(scene.starts[at] + found.end("key"), message)
    return None


def _find_open_quote(scene: _Scene) -> Cause | None:
    """Find a quoted text that nothing closes."""
    stop = scene.stop
    mark = stop.text[stop.begun : stop.begun + 1] if stop.begun >= 0 else ""
    if mark not in ("'", '"') or stop.text[stop.offset :].strip() or "escape" in stop.problem:
        return None
    goes_on = any(re.match(_KEY_LINE, line) for line in scene.lines[scene.begun_line + 1 :])
    return Cause(stop.begun, _describe_open(mark, scene.begun_line) + ("" if goes_on else f", {_CUT_OFF}"))


def _describe_open(mark: str, line: int) -> str:
    return f"the text that begins with {mark} in line {line + 1} is never closed: put {mark} at its end"


def _find_ended_quote(scene: _Scene) -> Cause | None:
    """Find a quoted text that ends too early: something else follows its closing mark."""
    text, index = scene.stop.text, scene.stop.offset
    end = index - 1
    while end > 0 and text[end] in " \t":
        end -= 1
    mark = text[end : end + 1]
    if mark not in ("'", '"') or scene.line_of(end) != scene.line_of(index):
        return None
    start = _quote_start(scene, end, mark)
    if start < 0:
        return None
    opened, here = scene.line_of(start), scene.line_of(index)
    if opened < here and any(re.match(_KEY_LINE, line) for line in scene.lines[opened + 1 : here + 1]):
        return Cause(start, _describe_open(mark, opened))
    if scene.is_in_flow() and scene.char in ("'", '"'):
        return Cause(index, "a comma is missing before this")
    block = "" if scene.is_in_flow() else f", or {_BLOCK}"
    is_letter = scene.char.isalpha() and end == index - 1
    if mark == "'" and is_letter and text[end - 1 : end].isalnum():
        message = "the apostrophe ends the text, which begins with ': double it ('') or put the text in double quotes"
        return Cause(end, message + block)
    rest = text[index : scene.starts[here] + len(scene.lines[here])].rstrip(" \t,]}")
    if rest.endswith(mark):
        cure = '\\" for the inner marks' if mark == '"' else "'' for the inner marks"
        kind = "double" if mark == '"' else "single"
        return Cause(end, f"a {kind} quote mark within the text ends it: write {cure}{block}")
    other = "single quotes ('…')" if mark == '"' else 'double quotes ("…")'
    message = f"the text begins with {mark} and goes on behind the next {mark}, where YAML ends it"
    return Cause(start, f"{message}: put the whole text in {other}{block}")


def _quote_start(scene: _Scene, end: int, mark: str) -> int:
    """Return where the quoted text begins that ends with the mark at `end`; -1 if that is not known."""
    last = scene.stop.last_start
    if last >= 0 and scene.stop.text[last : last + 1] == mark and last < end:
        return last
    start = scene.starts[scene.line_of(end)]
    before = scene.stop.text[start:end]
    found = list(re.finditer(rf"(?:^|[:,\[{{-])\s+{mark}|[\[{{]{mark}", before))
    return start + found[-1].end() - 1 if found else -1


def _find_brackets(scene: _Scene) -> Cause | None:
    """Find brackets that are not closed, or that begin what is meant as a text."""
    stop = scene.stop
    before = stop.text[scene.starts[scene.at] : stop.offset].rstrip()
    if not scene.is_in_flow():
        if before[-1:] not in ("]", "}") or stop.begun < 0:
            return None
        if scene.char == ",":
            return Cause(stop.offset, "a comma stands behind the value: take it out")
        opening = "[" if before[-1] == "]" else "{"
        message = f"YAML takes {opening}…{before[-1]} for the whole value, and more follows"
        return Cause(stop.offset, f"{message}: if it is text, put all of it in quotes")
    begun = stop.begun if stop.text[stop.begun : stop.begun + 1] in ("[", "{") else stop.opened
    opening = stop.text[begun : begun + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "")
    ends, line = not stop.text[stop.offset :].strip(), scene.line_of(begun)
    if closing and (ends or (line < scene.at and re.match(_KEY_LINE, scene.line))):
        cure = f"put {closing} behind the last value, or all in quotes if it is text"
        message = f"the {opening} in line {line + 1} is never closed: {cure}"
        return Cause(begun, f"{message}, {_CUT_OFF}" if ends else message)
    if scene.char == "," and "content" in stop.problem:
        return Cause(stop.offset, "a comma has nothing before it: take it out")
    if scene.char in ("[", "{", "]", "}") or (scene.char and before[-1:] in ("]", "}")):
        return Cause(stop.offset, "a bracket within a text between brackets: put the text in quotes")
    if scene.char == ":":
        return Cause(
            stop.offset, "a colon with a space after it begins a value, which cannot be here: put the text in quotes"
        )
    return None


def _find_signs(scene: _Scene) -> Cause | None:
    """Find what Markdown means by its signs and YAML does not; lists and blocks that begin on the line of a key."""
    stop = scene.stop
    begun = stop.text[stop.begun :] if stop.begun >= 0 else ""
    if "alias" in stop.context and begun.startswith("**"):
        return Cause(stop.begun, "** is bold in Markdown and nothing in YAML: take the asterisks out")
    if "alias" in stop.context and begun.startswith("* "):
        return Cause(stop.begun, "an item of a list begins with a hyphen, not with *: write - and a blank")
    if "entries are not allowed" in stop.problem:
        message = "a list begins on the line below its key: put each - on a line of its own"
        return Cause(stop.offset, f"{message}; if it is text, put it in quotes")
    if "block scalar" in stop.context and begun[:1] in ("|", ">"):
        message = f"the text of a block begins on the line below the {begun[0]}, indented"
        return Cause(stop.offset, f"{message}: move it there")
    return None


def _find_unindented_block(scene: _Scene) -> Cause | None:
    """Find a line of a block that is indented less than the block."""
    at = min(scene.suspects(), default=scene.at)
    line = scene.lines[at]
    above = next((one for one in range(at - 1, -1, -1) if _is_key_or_item(scene.lines[one])), -1)
    if above < 0 or not re.fullmatch(_BLOCK_START, scene.lines[above]) or _indent(line) > _indent(scene.lines[above]):
        return None
    if at != above + 1 and re.match(_KEY_LINE, line):
        return None
    message = f"line {at + 1} is indented no more than line {above + 1}, whose block ends here"
    return Cause(scene.starts[at] + _indent(line), f"{message}: indent it, if it belongs to that text")


def _is_key_or_item(line: str) -> bool:
    return bool(re.match(_KEY_LINE, line)) and not _indent(line) > 40


def _find_prose(scene: _Scene) -> Cause | None:
    """Find talk before the first key, or behind the last value."""
    first = scene.first()
    keys = [at for at, line in enumerate(scene.lines) if re.match(_HEAD_LINE, line)]
    begin = scene.lines[first]
    if (
        keys
        and first < keys[0] <= scene.at
        and not begin.startswith(("{", "[", "-", " "))
        and not re.match(_KEY_LINE, begin)
    ):
        return Cause(scene.starts[first], describe_prose(first + 1, begin))
    at = min(scene.suspects(), default=scene.at) if scene.stop.begun >= 0 else scene.at
    line = scene.lines[at]
    behind = keys and keys[-1] < at and not _indent(line) and not re.match(_KEY_LINE, line)
    if (
        behind
        and " " in line.strip()
        and line[0].isalpha()
        and not any(re.match(_KEY_LINE, one) for one in scene.lines[at:])
    ):
        return Cause(scene.starts[at], describe_prose(at + 1, line, "behind"))
    return None


def describe_prose(line: int, words: str, where: str = "before") -> str:
    """Return the message that a line, counted from 1, is talk before or behind the YAML."""
    said = abbreviate(words.strip(), 40)
    return f"line {line} is prose {where} the YAML ({said!r}): delete it, or use dossier import"


def _find_indentation(scene: _Scene) -> Cause | None:
    """Find a line whose indentation does not fit the lines above it."""
    stop, at = scene.stop, scene.at
    above = scene.before(at)
    if above < 0 or scene.is_in_flow():
        return None
    line, indent, other = scene.line, _indent(scene.line), _indent(scene.lines[above])
    place = scene.starts[at] + indent
    if "mapping values" in stop.problem:
        own = stop.text[place : stop.offset]
        if ": " in own or (own.startswith("- ") and indent == other):
            return None
        if indent > other:
            has = (
                "which has its value already" if re.match(_KEY_LINE, scene.lines[above]) else "whose text it continues"
            )
            message = f"{_describe_indents(at, indent, above, other)}, {has}"
            return Cause(place, f"{message}: begin both in the same column")
        return None
    if not scene.is_line_start():
        return None
    if "document start" in stop.problem:
        message = _describe_indents(at, indent, above, other)
        return Cause(place, f"{message}, which begins the file: begin both in the same column")
    if stop.levels and indent not in stop.levels:
        message = f"{_describe_indents(at, indent, above, other)}, and no line above like it"
        return Cause(place, f"{message}: what belongs together begins in the same column")
    begins_item = line.lstrip().startswith(("- ", "-")) and line.strip() != "---"
    if begins_item and re.match(_KEY_LINE, line.lstrip("- ") if indent else scene.lines[above]):
        message = f"line {at + 1} begins an item of a list, where a key belongs"
        return Cause(
            place, f"{message}: leave the value of the key in line {above + 1} out, or indent the item below it"
        )
    if "'-'" in stop.problem or "block collection" in stop.context:
        message = (
            f"line {at + 1} begins in the column of the list that line {scene.begun_line + 1} begins, without a hyphen"
        )
        return Cause(place, f"{message}: indent it like the lines of the item above, or begin it with -")
    return None


def _describe_indents(at: int, indent: int, above: int, other: int) -> str:
    return f"line {at + 1} is indented by {count_noun(indent, 'space')}, line {above + 1} by {other}"


def find_swallowed_item(text: str, start: int, end: int) -> Cause | None:
    """Return the mistake that a line of an unquoted text, at `start` to `end`, was meant as an item of a list.

    A line that begins with a hyphen and is indented more than the list goes on with the text above it, for YAML. None
    if the text may just as well have been wrapped there.
    """
    for match in re.compile(r"(?:\r\n|\r|\n)( *)-(?= \S)").finditer(text, start, end):
        begin = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        above = text[begin : match.start()].rstrip()
        item = re.match(r"[ ]*(?:- +)?", above)
        words, indent = item.end() if item else 0, len(match[1])
        if indent < words or len(above) < _WRAPPED or above[-1:] in "”’\"'.!?":
            at = len(LINE_BREAK.findall(text, 0, match.end()))
            message = f"{_describe_indents(at, indent, at - 1, _indent(above))}, whose text it continues"
            return Cause(match.end() - 1, f"{message}: if it is an item of the list, begin both in the same column")
    return None


def _find_loose_line(scene: _Scene) -> Cause | None:
    """Find a line without a colon, where a key belongs."""
    if "could not find" not in scene.stop.problem:
        return None
    at = scene.begun_line
    said = abbreviate(scene.lines[at].strip(), 40)
    message = f"line {at + 1} has no colon ({said!r}): a key ends with a colon and a blank"
    return Cause(
        scene.stop.begun, f"{message}, and text that goes on from the line above is indented more than its key"
    )


_LOOKS: tuple[Callable[[_Scene], Cause | None], ...] = (
    _find_fences,
    _find_other_format,
    _find_tab,
    _find_open_quote,
    _find_ended_quote,
    _find_unindented_block,
    _find_missing_blank,
    _find_missing_colon,
    _find_brackets,
    _find_signs,
    _find_prose,
    _find_indentation,
    _find_loose_line,
)
