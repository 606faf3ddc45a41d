"""Find lines whose indentation does not fit the lines above them."""

import re

from dossier.loader.parser_stop import KEY_LINE, Cause, SourceScene, indentation_of
from dossier.loader.source_text import LineIndex
from dossier.text.messages import count_noun

_BLOCK_START = r"(?:.*:|[ ]*-)[ ]+[|>][-+0-9]*[ ]*"
# Wrapped text has lines about as long as this; a shorter line was ended on purpose.
_WRAPPED = 60


def find_unindented_block(scene: SourceScene) -> Cause | None:
    """Find a line of a block that is indented less than the block."""
    at = min(scene.suspects(), default=scene.at)
    line = scene.lines[at]
    above = next((one for one in range(at - 1, -1, -1) if _is_shallow_key(scene.lines[one])), -1)
    if (
        above < 0
        or not re.fullmatch(_BLOCK_START, scene.lines[above])
        or indentation_of(line) > indentation_of(scene.lines[above])
    ):
        return None
    if at != above + 1 and re.match(KEY_LINE, line):
        return None
    message = f"line {at + 1} is indented no more than line {above + 1}, so the block of that line ends here"
    return Cause(scene.starts[at] + indentation_of(line), f"{message}: indent it if it belongs to that text")


def _is_shallow_key(line: str) -> bool:
    return bool(re.match(KEY_LINE, line)) and not indentation_of(line) > 40


def find_indentation(scene: SourceScene) -> Cause | None:
    """Find a line whose indentation does not fit the lines above it."""
    stop, at = scene.stop, scene.at
    above = scene.before(at)
    if above < 0 or scene.is_in_flow():
        return None
    line, indent, other = scene.line, indentation_of(scene.line), indentation_of(scene.lines[above])
    place = scene.starts[at] + indent
    if "mapping values" in stop.problem:
        own = stop.text[place : stop.offset]
        if ": " in own or (own.startswith("- ") and indent == other):
            return None
        if indent > other:
            has = "which already has a value" if re.match(KEY_LINE, scene.lines[above]) else "whose text it continues"
            message = _describe_indents(at, indent, above, other, has)
            return Cause(place, f"{message}: begin both in the same column")
        return None
    if not scene.is_line_start():
        return None
    if "document start" in stop.problem:
        if indent == other:
            message = f"line {at + 1} stands behind the end of what line {above + 1} belongs to"
            return Cause(place, f"{message}: an article begins with keys, such as headline: and body:")
        message = _describe_indents(at, indent, above, other, "which begins the file")
        return Cause(place, f"{message}: begin both in the same column")
    if stop.levels and indent not in stop.levels:
        message = f"{_describe_indents(at, indent, above, other)}, and nothing above begins in that column"
        return Cause(place, f"{message}: lines that belong together begin in the same column")
    begins_item = line.lstrip().startswith(("- ", "-")) and line.strip() != "---"
    if begins_item and re.match(KEY_LINE, line.lstrip("- ") if indent else scene.lines[above]):
        message = f"line {at + 1} begins a list item where a key is expected"
        return Cause(place, f"{message}: remove the value of the key in line {above + 1}, or indent the item below it")
    if "'-'" in stop.problem or "block collection" in stop.context:
        message = (
            f"line {at + 1} begins in the column of the list that line {scene.begun_line + 1} begins, without a hyphen"
        )
        return Cause(place, f"{message}: indent it like the lines of the item above, or begin it with -")
    return None


def _describe_indents(at: int, indent: int, above: int, other: int, what: str = "") -> str:
    """Return the words for the indentations of two lines, and `what` the upper one is."""
    upper = f"and line {above + 1}, {what}," if what else f"line {above + 1}"
    return f"line {at + 1} is indented by {count_noun(indent, 'space')}, {upper} by {other}"


def find_swallowed_item(text: str, lines: LineIndex, start: int, end: int) -> Cause | None:
    """Return the mistake that a line of an unquoted text, at `start` to `end`, was meant as an item of a list.

    `lines` finds lines and columns in the text. A line that begins with a hyphen and is indented more than the list
    goes on with the text above it, for YAML. None if the text may just as well have been wrapped there.
    """
    for match in re.compile(r"(?:\r\n|\r|\n)( *)-(?= \S)").finditer(text, start, end):
        at, column = lines.locate(match.start())
        above = text[match.start() - column + 1 : match.start()].rstrip()
        item = re.match(r"[ ]*(?:- +)?", above)
        words, indent = item.end() if item else 0, len(match[1])
        if indent < words or len(above) < _WRAPPED or above[-1:] in "”’\"'.!?":
            message = _describe_indents(at, indent, at - 1, indentation_of(above), "whose text it continues")
            return Cause(match.end() - 1, f"{message}: if it is an item of the list, begin both in the same column")
    return None
