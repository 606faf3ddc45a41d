"""Find lines that YAML takes for the marks around a document: directives (%YAML), `---` and `...`."""

import re

from dossier.loader.parser_stop import Cause, SourceScene
from dossier.text.messages import abbreviate

_DOCUMENT_MARK = r"(?:---|\.\.\.)(?=\s|$)"


def find_directive(scene: SourceScene) -> Cause | None:
    """Find a line that begins with % where a document may begin."""
    at = scene.at
    if not scene.lines[at].startswith("%"):
        above = scene.before(at)
        if above < 0 or not scene.lines[above].startswith("%") or "document start" not in scene.stop.problem:
            return None
        message = f"line {above + 1} begins with %, so YAML reads it as a directive, and --- must follow"
        return Cause(scene.starts[above], f"{message}: delete line {above + 1}")
    words = scene.lines[at].split()
    fault = "is none that YAML has"
    if words[0] in ("%YAML", "%TAG"):
        repeated = "duplicate" in scene.stop.problem
        fault = "is there already" if repeated else "is malformed or of another version of YAML than 1.1 and 1.2"
    said = abbreviate(scene.lines[at].strip(), 40)
    message = f"line {at + 1} begins with %, so YAML reads it as a directive, and this one {fault} ({said!r})"
    belongs = ", or indent it if it belongs to the lines above" if scene.first() < at else ""
    return Cause(scene.starts[at], f"{message}: delete the line{belongs}")


def find_document_mark(scene: SourceScene) -> Cause | None:
    """Find `---` or `...` at the beginning of a line, where the document cannot end."""
    at, stop = scene.at, scene.stop
    if re.match(_DOCUMENT_MARK, scene.lines[at]):
        mark = scene.lines[at][:3]
        effect = "begins another document" if mark == "---" else "ends the document"
        if scene.is_in_flow() or "quoted" in stop.context:
            begun = scene.line_of(max(stop.opened if scene.is_in_flow() else stop.begun, 0)) + 1
            message = f"line {at + 1} ({mark}) {effect}, but what begins in line {begun} is not closed"
            return Cause(scene.starts[at], f"{message}: close it, or indent line {at + 1} if it is text")
        if at <= scene.first():
            return Cause(scene.starts[at], f"line {at + 1} ({mark}) {effect}, but nothing is above it: delete the line")
    above = scene.before(at)
    if above >= 0 and scene.lines[above].startswith("...") and "document start" in stop.problem:
        message = f"line {above + 1} (...) ends the article, but more follows in line {at + 1}"
        return Cause(scene.starts[above], f"{message}: delete line {above + 1}")
    return None
