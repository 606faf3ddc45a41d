"""Find why the YAML parser stopped: what the author of the file wrote, and how to correct that.

A parser says where it could not go on, which is often lines behind the mistake and says nothing of its kind. The lines
around that place tell more: most mistakes are one of a few dozen that people and language models make again and again.
Each function looks for one kind; the first that finds its kind answers. The words of the parser are hardly used, since
the two parsers of PyYAML word their errors differently.
"""

import re
from collections.abc import Callable

from dossier.core.problem import Fix
from dossier.loader.document_causes import find_directive, find_document_mark
from dossier.loader.indentation_causes import find_indentation, find_unindented_block
from dossier.loader.parser_stop import (
    CUT_OFF,
    HEAD_KEYS,
    HEAD_LINE,
    ITEM,
    KEY_LINE,
    KNOWN_KEYS,
    Cause,
    ParserStop,
    SourceScene,
    indentation_of,
)
from dossier.loader.quote_mark_causes import find_ended_quote, find_open_quote
from dossier.loader.source_text import LineIndex
from dossier.text.messages import abbreviate

_FENCE_MARK = "```"
_OPENING = re.compile(r"\s*```[\w-]*[ \t]*(?:\r\n|\r|\n)")
_FENCE = r" {0,3}(?:`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*"
_NO_BLANK = rf"(?P<before>{ITEM}['\"]?(?P<key>[A-Za-z_][\w-]*|\d{{4}}(?:-\d\d){{0,2}})['\"]?):(?!//)(?P<after>\S.*)"
_NO_COLON = rf"{ITEM}(?P<key>[A-Za-z_]+)(?P<sign>[ ]*[=;][ ]*|[ ]+)(?P<after>\S.*)"


def find_cause(stop: ParserStop) -> Cause | None:
    """Return the mistake for which the parser stopped; None if it is of no known kind."""
    scene = SourceScene(stop)
    return next((cause for look in _LOOKS if (cause := look(scene))), None)


def _find_fences(scene: SourceScene) -> Cause | None:
    fences = [at for at, line in enumerate(scene.lines) if re.fullmatch(_FENCE, line)]
    if not fences:
        return None
    opening = fences[0]
    keys_above = any(re.match(HEAD_LINE, line) for line in scene.lines[:opening])
    if keys_above and (scene.at not in fences or not scene.is_line_start()):
        return None
    if keys_above:
        fence = scene.lines[scene.at].strip()
        message = f"line {scene.at + 1} is a Markdown fence ({fence}): delete it and everything below it"
        return Cause(scene.starts[scene.at], message)
    talk = any(line.strip() for line in scene.lines[:opening])
    message = "the file is between Markdown fences"
    if len(fences) == 1:
        cure = f"delete line {opening + 1}{' and everything above it' if talk else ''}"
    elif len(fences) == 2:
        talk = talk or any(line.strip() for line in scene.lines[fences[1] + 1 :])
        cure = f"delete lines {opening + 1} and {fences[1] + 1}{' and everything outside them' if talk else ''}"
    else:
        message, cure = "the file has several parts between Markdown fences", "put each in its own file"
    return Cause(scene.starts[opening], f"{message}: {cure}, or use dossier import")


def _find_other_format(scene: SourceScene) -> Cause | None:
    first = scene.first()
    begin = scene.lines[first].lstrip()
    if re.match(r"<[!?/A-Za-z]", begin):
        return Cause(
            scene.starts[first], "this is HTML or XML, not YAML: write the article with keys, headline: and body:"
        )
    if begin.startswith("{") and scene.char == "{" and scene.is_line_start() and not scene.is_in_flow():
        return Cause(
            scene.stop.offset, "these are JSON Lines, but a file must be one article: use dossier import to split them"
        )
    return None


def _find_tab(scene: SourceScene) -> Cause | None:
    for at in (scene.at, *((scene.begun_line,) if scene.begun_line < scene.at else ())):
        if tab := re.match(r" *\t", scene.lines[at]):
            message = f"line {at + 1} begins with a tab: indent with spaces"
            return Cause(scene.starts[at] + tab.end() - 1, message)
    return None


def _find_missing_blank(scene: SourceScene) -> Cause | None:
    for at in scene.suspects():
        found = re.fullmatch(_NO_BLANK, scene.lines[at])
        if found and (found["key"] in KNOWN_KEYS or ": " not in found["after"]):
            key = scene.lines[at][: found.end("before")].lstrip(" -")
            message = f"missing space after the colon: write {key}: {abbreviate(found['after'], 40)}"
            return Cause(scene.starts[at] + found.end("before"), message)
    return None


def _find_missing_colon(scene: SourceScene) -> Cause | None:
    for at in scene.suspects():
        found = re.fullmatch(_NO_COLON, scene.lines[at])
        if not found or re.match(KEY_LINE, scene.lines[at]):
            continue
        key, is_sign = found["key"], bool(found["sign"].strip())
        if key in KNOWN_KEYS and (is_sign or (key in HEAD_KEYS and not indentation_of(scene.lines[at]))):
            write = f"write {key}: {abbreviate(found['after'], 40)}"
            message = f"missing colon and space after {key!r}: {write}"
            return Cause(scene.starts[at] + found.end("key"), message)
    return None


def _find_brackets(scene: SourceScene) -> Cause | None:
    """Find brackets that are not closed, or that begin what is meant as a text."""
    stop = scene.stop
    before = stop.text[scene.starts[scene.at] : stop.offset].rstrip()
    if not scene.is_in_flow():
        if before[-1:] not in ("]", "}") or stop.begun < 0:
            return None
        if scene.char == ",":
            return Cause(stop.offset, "there is a comma after the value: delete it")
        opening = "[" if before[-1] == "]" else "{"
        message = f"YAML reads {opening}…{before[-1]} as the whole value, but more follows"
        return Cause(stop.offset, f"{message}: if it is text, put all of it in quotes")
    begun = stop.begun if stop.text[stop.begun : stop.begun + 1] in ("[", "{") else stop.opened
    opening = stop.text[begun : begun + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "")
    ends, line = not stop.text[stop.offset :].strip(), scene.line_of(begun)
    if closing and (ends or (line < scene.at and re.match(KEY_LINE, scene.line))):
        if not ends and _is_closed(scene, begun):
            return _find_broken_pair(scene, begun)
        cure = f"put {closing} after the last value, or put all of it in quotes if it is text"
        message = f"the {opening} in line {line + 1} is never closed: {cure}"
        return Cause(begun, f"{message}, {CUT_OFF}" if ends else message)
    if scene.char == "," and "content" in stop.problem:
        return Cause(stop.offset, "there is nothing before this comma: delete it")
    if scene.char in ("[", "{", "]", "}") or (scene.char and before[-1:] in ("]", "}")):
        return Cause(stop.offset, "there is a bracket inside text between brackets: put the text in quotes")
    if scene.char == ":":
        return Cause(
            stop.offset, "a colon followed by a space begins a value, which cannot be here: put the text in quotes"
        )
    return None


def _is_closed(scene: SourceScene, begun: int) -> bool:
    """Return whether a bracket is closed, as far as the brackets tell, before the next key that belongs above it."""
    first, depth = scene.line_of(begun), 0
    margin = indentation_of(scene.lines[first])
    for at in range(first, len(scene.lines)):
        line = scene.lines[at]
        if at > scene.at and indentation_of(line) <= margin and re.match(KEY_LINE, line):
            break
        start = begun - scene.starts[first] if at == first else 0
        for bracket in re.findall(r"[\[\]{}]", line[start:]):
            depth += 1 if bracket in "[{" else -1
            if not depth:
                return True
    return False


def _find_broken_pair(scene: SourceScene, begun: int) -> Cause:
    """Tell a comma that is missing at the end of a line from a key that runs over two lines."""
    own = re.split(r"[\[{,]", scene.stop.text[begun : scene.stop.offset])[-1]
    if re.search(r":\s", own):
        above = scene.before(scene.at)
        message = f"a comma is missing between line {above + 1} and line {scene.at + 1}: put it after the value"
        return Cause(scene.starts[above] + len(scene.lines[above].rstrip()), message)
    message = f"the key before this colon begins in line {scene.line_of(scene.stop.offset - len(own.lstrip())) + 1}"
    return Cause(scene.stop.offset, f"{message}: between brackets, write a key and its colon in one line")


def _find_signs(scene: SourceScene) -> Cause | None:
    """Find what Markdown means by its signs and YAML does not; lists and blocks that begin on the line of a key."""
    stop = scene.stop
    begun = stop.text[stop.begun :] if stop.begun >= 0 else ""
    if "alias" in stop.context and begun.startswith("**"):
        return Cause(stop.begun, "** is bold in Markdown but means nothing in YAML: delete the asterisks")
    if "alias" in stop.context and begun.startswith("* "):
        return Cause(stop.begun, "a list item begins with a hyphen, not with *: write - and a space")
    if "entries are not allowed" in stop.problem:
        message = "a list begins on the line below its key: put each - on its own line"
        return Cause(stop.offset, f"{message}; if it is text, put it in quotes")
    if "block scalar" in stop.context and begun[:1] in ("|", ">"):
        message = f"the text of a block begins on the line below the {begun[0]}, indented"
        return Cause(stop.offset, f"{message}: move it there")
    return None


def _find_prose(scene: SourceScene) -> Cause | None:
    """Find talk before the first key, or behind the last value."""
    first = scene.first()
    keys = [at for at, line in enumerate(scene.lines) if re.match(HEAD_LINE, line)]
    begin = scene.lines[first]
    if (
        keys
        and first < keys[0] <= scene.at
        and not begin.startswith(("{", "[", "-", " "))
        and not re.match(KEY_LINE, begin)
    ):
        return Cause(scene.starts[first], describe_prose(first + 1, begin))
    at = min(scene.suspects(), default=scene.at) if scene.stop.begun >= 0 else scene.at
    line = scene.lines[at]
    behind = keys and keys[-1] < at and not indentation_of(line) and not re.match(KEY_LINE, line)
    if (
        behind
        and " " in line.strip()
        and line[0].isalpha()
        and not any(re.match(KEY_LINE, one) for one in scene.lines[at:])
    ):
        return Cause(scene.starts[at], describe_prose(at + 1, line, "after"))
    return None


def describe_prose(line: int, words: str, where: str = "before") -> str:
    """Return the message that a line, counted from 1, is talk before or behind the YAML."""
    said = abbreviate(words.strip(), 40)
    return f"line {line} is prose {where} the YAML ({said!r}): delete it, or use dossier import"


def _find_loose_line(scene: SourceScene) -> Cause | None:
    """Find a line without a colon, where a key belongs."""
    if "could not find" not in scene.stop.problem:
        return None
    at = scene.begun_line
    said = abbreviate(scene.lines[at].strip(), 40)
    message = f"line {at + 1} has no colon ({said!r}): a key ends with a colon and a space"
    return Cause(scene.stop.begun, f"{message}, and text that continues the line above is indented more than its key")


_LOOKS: tuple[Callable[[SourceScene], Cause | None], ...] = (
    _find_fences,
    _find_other_format,
    _find_tab,
    find_directive,
    find_document_mark,
    find_open_quote,
    find_ended_quote,
    find_unindented_block,
    _find_missing_blank,
    _find_missing_colon,
    _find_brackets,
    _find_signs,
    _find_prose,
    find_indentation,
    _find_loose_line,
)


def remove_fences(text: str) -> Fix | None:
    """Return the fix that takes away the Markdown fences (```) around a whole file; None if there are none.

    The closing fence may be missing. None also for a file with several fenced parts.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    inside = text[opening.end() :].rstrip().removesuffix(_FENCE_MARK)
    return None if _FENCE_MARK in inside else Fix(1, 1, *LineIndex(text).locate(None), inside)
