"""Drawing of each kind of entry as lines: rows of lists in columns, and paragraphs with a gutter.

A row has what the article does not contain (counts, its address) at the right. Text of an article has a gutter with the
number of the paragraph and signs for its evidence. It is at most 76 cells wide, beyond which the eye loses the next
line.
"""

from bisect import bisect_right
from collections.abc import Sequence

from dossier.core.entry import Entry, Part
from dossier.core.views.labels import STATUS_GLYPHS, has_own_words, quote_glyph
from dossier.text.ambiguous_width import ELLIPSIS, spells_ellipsis
from dossier.text.width import cut, fit, width, wrap
from dossier.ui.render.entry_style import NOTE_SIGN, EntryLook, is_highlighted, make_marker, make_marks, make_note_sign
from dossier.ui.render.flow import Line, Piece, Segment, measure_line, wrap_segments

DATE_CELLS = 13
LABEL_CELLS = 13
_WEB = ("http://", "https://")
_PREFIXES = {"aliases": "also ", "to": "to ", "date_text": "“", "quote": "quote "}


def draw_person(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of a person, organisation, place or unnamed source: the name, then what is known of them."""
    first = {"name": _add_highlight("name", entry, look), "native": "native"}
    rest = {part.name: "meta" for part in entry.parts if part.name not in first}
    blocks = [_join_parts(entry, first, "  "), _join_parts(entry, rest, " · ")]
    return _add_margin(entry, look, _set_blocks(entry, look, blocks, cells - 3), [make_note_sign(look)], [Piece("  ")])


def draw_quote(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of a quote: its words, then its manner and addressee, and its address."""
    text, begin = next((part.text, start) for part, start in entry.iterate_parts() if part.name == "text")
    style = _add_highlight("flaw" if entry.parts[0].flaw else "said" if has_own_words(entry) else "body", entry, look)
    words = [Segment(text, style, begin)]
    if entry.form == "direct":
        words = [Segment("“", style), *words, Segment("”", style)]
    rest = _join_parts(entry, {part.name: "meta" for part in entry.parts if part.name != "text"}, " · ")
    if entry.flaw:
        mark = "✗" if entry.parts[0].flaw else "!"
        rest = [Segment(f"{mark} {entry.flaw}", "flaw"), *([Segment(" · ", "muted")] if rest else []), *rest]
    glyph = quote_glyph(entry)
    lines = _set_blocks(entry, look, [words, rest], cells - 4)
    return _add_margin(entry, look, lines, _sign_glyph(look, glyph), [Piece("   ")])


def draw_event(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of an event: its date in a column, its time and what happened, and who and what was involved."""
    date = next(part for part in entry.parts if part.name == "date")
    column = _date_cells()
    indent = column + 4
    what = _join_parts(entry, {"time": "date", "text": _add_highlight("body", entry, look)}, " ")
    others = {part.name: "meta" for part in entry.parts if part.name not in ("text", "date", "time")}
    rest = _join_parts(entry, others, " · ")
    if date.flaw:
        rest = [Segment(f"✗ {date.flaw}", "flaw"), *([Segment(" · ", "muted")] if rest else []), *rest]
    shown = Segment(fit(date.text, column), "flaw" if date.flaw else "date", 0)
    when = wrap_segments([shown], make_marks(entry, look), column)[0]
    gap = Piece(" " * (column - measure_line(when)))
    glyph = _sign_glyph(look, STATUS_GLYPHS.get(entry.status, "●"))
    lines = _set_blocks(entry, look, [what, rest], cells - indent)
    return _add_margin(entry, look, lines, [*when, gap, *glyph], [Piece(" " * (indent - 1))])


def draw_article(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of an article in a list: its date in a column, the headline, time and outlet, the hits in it."""
    column = _date_cells()
    indent = column + 2
    blocks: list[list[Segment]] = []
    for part, start in entry.iterate_parts():
        style = {"text": _add_highlight("name", entry, look), "outlet": "meta", "time": "meta"}.get(part.name, "body")
        if part.name == "outlet" and any(one.name == "time" for one in entry.parts):
            blocks[-1] += [Segment(" · ", "muted"), Segment(part.text, style, start)]
        else:
            blocks.append([Segment(part.text, style, start)])
    when = blocks.pop(0)
    date = wrap_segments([when[0]._replace(text=fit(when[0].text, column), style="date")], (), column)[0]
    # A date is seldom as wide as its column.
    beside = [make_note_sign(look)] if measure_line(date) < column else []
    gap = Piece(" " * (column - measure_line(date) - len(beside)))
    sign = Piece("▸", "where") if look.is_open else Piece(" ")
    lines = _set_blocks(entry, look, blocks, cells - indent)
    return _add_margin(entry, look, lines, [*date, gap, *beside, sign], [Piece(" " * (indent - 1))])


def draw_fact(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of a fact, with its name in a column, or above it where there is no room for one."""
    (name, begin), *others = entry.iterate_parts()
    beside = width(name.text) <= LABEL_CELLS and cells >= 3 * LABEL_CELLS
    # A name as wide as the column needs a blank behind it.
    column = max(LABEL_CELLS, width(name.text) + 1)
    indent = 2 + (column if beside else 2)
    told: list[Segment] = []
    for part, start in others:
        if part.name != "title":
            told += [*([Segment(" · ", "muted")] if told else []), *_segment(part, start)]
    lines = _set_blocks(entry, look, [told], cells - indent)
    label = wrap_segments([Segment(name.text, "label", begin)], make_marks(entry, look), cells - 2)
    if not beside:
        below = [(Piece(" " * (indent - 2)), *line) for line in lines]
        return _add_margin(entry, look, (*label, *below), [make_note_sign(look)], [Piece(" ")])
    gap = Piece(" " * (column - measure_line(label[0])))
    return _add_margin(entry, look, lines, [make_note_sign(look), *label[0], gap], [Piece(" " * (indent - 1))])


def draw_caption(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of a picture or a document: what it shows, then what is known of it."""
    (text, begin), *others = entry.iterate_parts()
    rest = _join_parts(entry, {part.name: "meta" for part, _ in others}, " · ")
    lines = _set_blocks(entry, look, [_segment(text, begin), rest], cells - 2)
    return _add_margin(entry, look, lines, [make_note_sign(look)], [Piece(" ")])


def draw_plain(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of an entry where there is no room for columns: its words, with the cursor from two cells on."""
    words = _join_parts(entry, {part.name: "body" for part in entry.parts}, " · ")
    lines = wrap_segments(words, make_marks(entry, look), cells - 1)
    return _add_margin(entry, look, lines, (), ()) if cells > 1 else lines


def _date_cells() -> int:
    """Return the width of the column of dates. A date that is cut short in words has one ellipsis at most."""
    return DATE_CELLS - 1 + width(ELLIPSIS) if spells_ellipsis() else DATE_CELLS


def _add_highlight(style: str, entry: Entry, look: EntryLook) -> str:
    return f"{style} lit" if entry.ref in look.highlighted and look.cursor_line < 0 else style


def _segment(part: Part, start: int, style: str = "body") -> list[Segment]:
    if part.flaw:
        return [Segment("✗ ", "flaw"), Segment(part.text, "flaw", start), Segment(f" ({part.flaw})", "flaw")]
    if part.name == "url" and part.text.startswith(_WEB):
        style += f" link:{_escape_url(part.text)}"
    said = _PREFIXES.get(part.name, "")
    segments = [Segment(said, style)] if said else []
    segments.append(Segment(part.text, style, start))
    return [*segments, Segment("”", style)] if said == "“" else segments


def _escape_url(url: str) -> str:
    """Return a web address with all characters percent-encoded that may not occur in one (RFC 3986, 2.1)."""
    return "".join(c if "!" <= c <= "~" else "".join(f"%{byte:02X}" for byte in c.encode()) for c in url)


def _join_parts(entry: Entry, styles: dict[str, str], between: str) -> list[Segment]:
    segments: list[Segment] = []
    for part, start in entry.iterate_parts():
        if part.name in styles:
            segments += [Segment(between, "muted")] if segments else []
            segments += _segment(part, start, styles[part.name])
    return segments


def _set_blocks(entry: Entry, look: EntryLook, blocks: Sequence[Sequence[Segment]], cells: int) -> tuple[Line, ...]:
    """Return the lines of all blocks, with the entry's aside at the right of the first line.

    Where that has no room for it, the aside stands at the end of the first block, if need be in a line of its own.
    """
    over = make_marks(entry, look)
    wrapped = [wrap_segments(block, over, cells) for block in blocks if block]
    if not entry.aside:
        return tuple([line for block in wrapped for line in block])
    first, rest = wrapped[0], [line for block in wrapped[1:] for line in block]
    taken = width(entry.aside) + 2
    if measure_line(first[0]) + taken > cells > 3 * taken:
        first = wrap_segments(next(filter(None, blocks)), over, cells - taken)
    at = next((row for row in (0, len(first) - 1) if measure_line(first[row]) + taken <= cells), None)
    if at is None:
        own = (Piece(" " * max(0, cells + 2 - taken)), Piece(cut(entry.aside, cells), "aside"))
        return (*first, own, *rest)
    room = cells - measure_line(first[at]) - taken + 2
    return (*first[:at], (*first[at], Piece(" " * room), Piece(entry.aside, "aside")), *first[at + 1 :], *rest)


def _add_margin(
    entry: Entry, look: EntryLook, lines: tuple[Line, ...], first: Sequence[Piece], rest: Sequence[Piece]
) -> tuple[Line, ...]:
    lit = is_highlighted(entry, look)
    marked = []
    for number, line in enumerate(lines):
        lead = first if number == 0 else rest
        marked.append((make_marker(look, number, lit), *lead, *line))
    return tuple(marked)


TEXT_CELLS = 76
GUTTER = 7
_EVIDENCE = (("quote", "❝"), ("event", "◷"))


def draw_paragraph(entry: Entry, look: EntryLook, cells: int) -> tuple[Line, ...]:
    """Return the lines of a paragraph, sub-heading, headline or subtitle with its gutter: `▌❝◷ 12 the text`."""
    style = entry.ref.kind if entry.ref.kind in ("headline", "subtitle", "heading") else "body"
    lit = is_highlighted(entry, look)
    room = min(cells - GUTTER, TEXT_CELLS)
    lines = wrap_segments([Segment(entry.text, style, 0)], make_marks(entry, look), room)
    signs = _signs_by_line(entry, look, room) if look.note_signs else {}
    set_lines = []
    for number, line in enumerate(lines):
        sign = signs.get(number, "")
        gutter = _gutter(entry if number == 0 else None, sign) if sign or not number else (Piece(" " * (GUTTER - 1)),)
        set_lines.append((make_marker(look, number, lit), *gutter, *line))
    return tuple(set_lines)


def _sign_glyph(look: EntryLook, glyph: str) -> Line:
    """Return the glyph of a row, with the sign of its notes before it, in three cells."""
    # Hint letters take the place of the blank before the glyph only where it is in one piece with it.
    return (make_note_sign(look), Piece(f"{glyph} ", "glyph")) if look.note_signs else (Piece(f" {glyph} ", "glyph"),)


def _signs_by_line(entry: Entry, look: EntryLook, cells: int) -> dict[int, str]:
    """Return the sign of each line of a text in which words begin that the reader has noted."""
    ends = [end for _, end in wrap(entry.text, max(1, cells))]
    found: dict[int, str] = {}
    for start, sign in look.note_signs:
        line = min(bisect_right(ends, start), len(ends) - 1)
        found[line] = sign if found.get(line) != NOTE_SIGN else NOTE_SIGN
    return found


def _gutter(entry: Entry | None, sign: str) -> Line:
    """Return what stands before a line of a text: on the first line the signs of evidence and the number.

    The sign of a note stands before the number; where that takes the whole column, behind it.
    """
    kinds = entry.evidence_kinds if entry else frozenset()
    evidence = "".join(glyph if kind in kinds else " " for kind, glyph in _EVIDENCE)
    number = f"{entry.paragraph_number:3}" if entry and entry.paragraph_number else "   "
    if not sign:
        return Piece(evidence, "glyph"), Piece(number, "number"), Piece(" ")
    if number[0] == " ":
        return Piece(evidence, "glyph"), Piece(sign, "note"), Piece(number[1:], "number"), Piece(" ")
    return Piece(evidence, "glyph"), Piece(number, "number"), Piece(sign, "note")
