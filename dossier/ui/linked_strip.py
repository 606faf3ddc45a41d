"""The rows below the one pane of a narrow screen: what is lit in the other panes, the most relevant first."""

from collections.abc import Iterable, Sequence

from dossier.core.entry import PANES, Entry
from dossier.core.ref import Ref
from dossier.core.views.labels import STATUS_GLYPHS, quote_glyph
from dossier.library.scope import Scope
from dossier.text.width import cut, width
from dossier.ui.chrome import article_facts_line
from dossier.ui.counts import scope_words, search_result_words
from dossier.ui.highlight import is_wide
from dossier.ui.pane import Pane
from dossier.ui.pane_scope import SHELF, articles_found, scope_of_panes
from dossier.ui.render.flow import Line, Piece, clip_line
from dossier.ui.state import State, lit_refs, quotes_by

_RANKS = {"person": 0, "org": 0, "place": 0, "source": 0, "quote": 1, "event": 2}


def linked_entries(state: State) -> tuple[Entry, ...]:
    """Return the lit entries of the other panes.

    The order is: what the cursor is on, the quotes of that speaker, then persons, quotes, events and text. Of somebody
    in a list over many articles some quotes are among them, on view or not.
    """
    said = _quotes_of_row(state)
    shining = {ref.entry for ref in lit_refs(state)} - {entry.ref for entry in said}
    meant, own = set(state.meant), quotes_by(state) | {entry.ref for entry in said}
    panes = [state.panes[name] for name in PANES if name != state.focus]
    # Of a pane that ranges over many articles only what is on view is lit.
    found = [
        entry
        for pane in panes
        for entry in ((pane.entries[row] for row in _rows_on_view(pane)) if is_wide(pane) else pane.entries)
        if entry.ref in shining
    ]
    return tuple(
        sorted(
            [*said, *found],
            key=lambda entry: (entry.ref not in meant, entry.ref not in own, _RANKS.get(entry.ref.kind, 3)),
        )
    )


def strip_lines(state: State, cells: int, rows: int, lessons: Sequence[str] = ()) -> tuple[Line, ...]:
    """Return at most `rows` lines, one for each lit entry; the last gives the number of entries that do not fit.

    Where nothing is lit, `lessons` say what the keys do until the reader has made a first jump in an article.
    """
    found = linked_entries(state)
    if not found:
        is_new = not any(step.article for step in state.history.past)
        told = _words_without_links(state, [_fit_lesson(one, cells - 1) for one in lessons] if is_new else ())[:rows]
        return tuple(clip_line((Piece(" "), Piece(words, "muted")), cells) for words in told)
    kept = found if len(found) <= rows else found[: max(0, rows - 1)]
    lines = [_row(entry, cells) for entry in kept]
    if len(kept) < len(found) and rows:
        # Of many articles not all that is linked is looked for.
        number = "" if is_wide(state.pane) else f"{len(found) - len(kept)} "
        lines.append((Piece(" "), Piece(f"… and {number}more: Space", "muted")))
    return tuple(clip_line(line, cells) for line in lines)


def _fit_lesson(lesson: str, cells: int) -> str:
    """Return a lesson without its last parts, if it has more of them than there is room for."""
    while width(lesson) > cells and ";" in lesson:
        lesson = lesson.rpartition(", " if ", " in lesson.rpartition(";")[2] else ";")[0]
    return lesson


def _quotes_of_row(state: State) -> tuple[Entry, ...]:
    """Return quotes of the person that the cursor is on in a list over many articles, from the articles of the list."""
    if state.library is None or state.focus != "people" or state.entry is None or not is_wide(state.pane):
        return ()
    quotes = state.library.persons.quotes_of(state.entry.ref)
    if scope_of_panes(state) == Scope():
        return quotes
    found = articles_found(state)
    return tuple(quote for quote in quotes if found and found.row_of(Ref(quote.ref.article)) is not None)


def _why_empty(state: State) -> str:
    if is_wide(state.pane) and state.entry:
        is_person = state.focus == "people"
        return f"{state.entry.aside} · . pins" if is_person else "no links on view in the other panes"
    is_linked = bool({ref.entry for ref in lit_refs(state)} - {ref.entry for ref in state.meant})
    return "no links in the other panes" if is_linked else "no links here"


def _words_without_links(state: State, lessons: Sequence[str]) -> tuple[str, ...]:
    """Return what a wide screen has in its head line, as far as it is about what the cursor is on, and the lessons."""
    # Where the rows are of many articles, the one that is open is seldom that of the cursor.
    if state.focus not in SHELF and is_wide(state.pane):
        return tuple(lessons) or (_why_empty(state),)
    if state.focus not in SHELF:
        facts = article_facts_line(state)
        return (facts, *lessons) if lessons else (facts, "", _why_empty(state))
    if lessons and state.library_view.scope == Scope():
        return (search_result_words(state), *lessons)
    return scope_words(state), search_result_words(state)


def _rows_on_view(pane: Pane) -> Iterable[int]:
    return (row for row, _, _ in pane.visible_rows())


def _row(entry: Entry, cells: int) -> Line:
    glyph, first, second = _words(entry)
    room = max(1, cells - 3 - width(glyph) - (width(entry.aside) + 2 if entry.aside else 0))
    head = cut(first, room)
    left = room - width(head) - 2
    tail = cut(second, left) if second and left > 3 else ""
    gap = " " * (room - width(head) - (width(tail) + 2 if tail else 0))
    pieces = (Piece(f" {glyph} ", "glyph"), Piece(head, "lit"), Piece("  ") if tail else Piece(""), Piece(tail, "meta"))
    return (*pieces, Piece(gap + "  "), Piece(entry.aside, "aside")) if entry.aside else pieces


def _words(entry: Entry) -> tuple[str, str, str]:
    fields = {part.name: part.text for part in reversed(entry.parts)}
    match entry.ref.kind:
        case "person" | "org" | "place" | "source":
            return "▪", fields["name"], fields.get("role", fields.get("org", fields.get("note", "")))
        case "quote":
            return quote_glyph(entry), fields.get("speaker", "no speaker"), fields["text"]
        case "event":
            when = " ".join(filter(None, (fields["date"], fields.get("time"))))
            return STATUS_GLYPHS.get(entry.status, "●"), when, fields["text"]
        case _:
            return (
                "¶",
                str(entry.paragraph_number) if entry.paragraph_number else entry.ref.kind,
                fields.get("text", entry.parts[0].text),
            )
