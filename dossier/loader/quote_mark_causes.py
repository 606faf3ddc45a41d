"""Find quoted texts that are never closed, and those that a quote mark or an apostrophe within them ends."""

import re

from dossier.loader.parser_stop import CUT_OFF, KEY_LINE, Cause, SourceScene

_BLOCK = "use a block: |"


def find_open_quote(scene: SourceScene) -> Cause | None:
    """Find a quoted text that nothing closes."""
    stop = scene.stop
    mark = stop.text[stop.begun : stop.begun + 1] if stop.begun >= 0 else ""
    if mark not in ("'", '"') or stop.text[stop.offset :].strip() or "escape" in stop.problem:
        return None
    goes_on = any(re.match(KEY_LINE, line) for line in scene.lines[scene.begun_line + 1 :])
    return Cause(stop.begun, _describe_open(mark, scene.begun_line) + ("" if goes_on else f", {CUT_OFF}"))


def _describe_open(mark: str, line: int) -> str:
    return f"the text that begins with {mark} in line {line + 1} is never closed: put {mark} at its end"


def find_ended_quote(scene: SourceScene) -> Cause | None:
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
    if opened < here and any(re.match(KEY_LINE, line) for line in scene.lines[opened + 1 : here + 1]):
        return Cause(start, _describe_open(mark, opened))
    if scene.is_in_flow() and scene.char in ("'", '"'):
        return Cause(index, "missing comma before this")
    block = "" if scene.is_in_flow() else f", or {_BLOCK}"
    is_letter = scene.char.isalpha() and end == index - 1
    if mark == "'" and is_letter and text[end - 1 : end].isalnum():
        message = (
            "the apostrophe ends the text, because it begins with ': double it ('') or put the text in double quotes"
        )
        return Cause(end, message + block)
    rest = text[index : scene.starts[here] + len(scene.lines[here])].rstrip(" \t,]}")
    if rest.endswith(mark):
        cure = '\\" for the inner marks' if mark == '"' else "'' for the inner marks"
        kind = "double" if mark == '"' else "single"
        return Cause(end, f"a {kind} quote mark inside the text ends it: write {cure}{block}")
    other = "single quotes ('…')" if mark == '"' else 'double quotes ("…")'
    message = f"the text begins with {mark} and continues after the next {mark}, where YAML ends it"
    return Cause(start, f"{message}: put the whole text in {other}{block}")


def _quote_start(scene: SourceScene, end: int, mark: str) -> int:
    """Return where the quoted text begins that ends with the mark at `end`; -1 if that is not known."""
    last = scene.stop.last_start
    if last >= 0 and scene.stop.text[last : last + 1] == mark and last < end:
        return last
    start = scene.starts[scene.line_of(end)]
    before = scene.stop.text[start:end]
    found = list(re.finditer(rf"(?:^|[:,\[{{-])\s+{mark}|[\[{{]{mark}", before))
    return start + found[-1].end() - 1 if found else -1
