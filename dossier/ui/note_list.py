"""The list of notes, and the notes in the details of an entry, as rows of popups.

The address of a row, which is in no article, has the id of its note.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.labels import format_place
from dossier.text.messages import abbreviate, quote_fields
from dossier.ui.notes import notes_of_entry, sign_of
from dossier.ui.popup import NOTES, Popup, open_popup, renew_popup
from dossier.ui.popup_lists import row_to
from dossier.ui.state import State

_MOST_NAMED: Final = 200
"""The most other articles that are named by their headlines: each takes a query of the index."""
_WORDS, _TEXT = 80, 400
"""The most characters of the words, and of the text, of a note in the list."""
_LOST: Final = "Lost: Enter shows the old words and where they may be now"
_HERE: Final = "This article"


def open_note_list(state: State, notes: Sequence[Note]) -> Popup | None:
    """Return the list of all notes, those on the open article first; None when there are no notes.

    The cursor is on the first note on the entry that the cursor is on.
    """
    rows = (*_rows_here(state), *_rows_elsewhere(state, notes))
    if not rows:
        return None
    here = {placed.note.id for placed in notes_of_entry(state, state.entry.ref)} if state.entry else set()
    first = next((row for row, entry in enumerate(rows) if entry.ref.id in here), 0)
    return open_popup(NOTES, f"Notes {len(rows)}", rows, first)


def renew_note_list(popup: Popup, state: State, notes: Sequence[Note]) -> Popup | None:
    """Return an open list of notes as the notes are now; None when there are none left.

    The cursor is on the same note or, where that is gone, on the next that is still there. The filter holds.
    """
    renewed = open_note_list(state, notes)
    if renewed is None:
        return None
    before, after = ([row.ref.id for row in one.entries] for one in (popup, renewed))
    at = before.index(popup.chosen.ref.id) if popup.chosen else 0
    here = next((after.index(one) for one in before[at:] if one in after), len(after) - 1)
    return renew_popup(popup, renewed.title, renewed.entries, here)


def noted_rows(state: State, notes: Iterable[Note]) -> tuple[Entry, ...]:
    """Return the notes on what the cursor is on, for its details: a row for each line of a note's text."""
    refs = tuple(dict.fromkeys(ref.entry for ref in (*((state.entry.ref,) if state.entry else ()), *state.meant)))
    own = state.reading.article.ref.article
    found = [(placed.note, placed.ref or placed.note.ref) for ref in refs for placed in notes_of_entry(state, ref)]
    found += [(note, note.ref) for note in notes if note.ref.entry in refs and note.ref.article != own]
    return tuple(chain.from_iterable(_detail_rows(note, ref) for note, ref in found))


def _detail_rows(note: Note, ref: Ref) -> Iterator[Entry]:
    label = "note" if note.text else "mark"
    words = quote_fields(note.words, _WORDS) if ref.span else format_place(ref)
    lines = [*note.text.split("\n"), *([f"on {words}"] if ref.span else [])] if note.text else [words]
    for number, line in enumerate(filter(None, lines)):
        row = row_to(0, "" if number else label, line, ref)
        yield replace(row, ref=Ref("", "about", f"note {note.id} {number}"), group="Notes")


def _rows_here(state: State) -> Iterator[Entry]:
    """Yield the rows of the notes on the open article: first the lost ones, then the others in reading order."""
    order = {entry.ref: number for number, entry in enumerate(chain.from_iterable(state.reading.entries.values()))}

    def place(placed: PlacedNote) -> tuple[int, tuple[int, int]]:
        ref = placed.ref or placed.note.ref
        return order.get(ref.entry, len(order)), ref.span or (0, 0)

    for placed in sorted(state.notes.lost, key=place):
        yield _row(placed.note, placed.note.ref, _LOST, f"{_outlook(placed)}: ")
    for placed in sorted((placed for placed in state.notes if placed.ref), key=place):
        yield _row(placed.note, placed.ref or placed.note.ref, _HERE)


def _outlook(placed: PlacedNote) -> str:
    """Return in a few words why a note is lost."""
    if placed.placement is Placement.SEVERAL:
        return f"in {len(placed.offered)} places"
    return "changed words" if placed.offered else "not in the article"


def _rows_elsewhere(state: State, notes: Iterable[Note]) -> Iterator[Entry]:
    """Yield the rows of the notes on other articles, grouped by article."""
    by_article: dict[str, list[Note]] = {}
    for note in notes:
        if note.ref.article != state.reading.article.ref.article:
            by_article.setdefault(note.ref.article, []).append(note)
    names = _name_articles(state, tuple(by_article)[:_MOST_NAMED])
    for article, found in by_article.items():
        yield from (_row(note, note.ref, names.get(article, article)) for note in found)


def _name_articles(state: State, articles: Iterable[str]) -> Mapping[str, str]:
    """Return the headlines of articles of the library by their addresses; those that it does not have are left out."""
    found = {one: state.library.entry(Ref(one, "headline")) for one in articles} if state.library else {}
    return {one: f"{entry.text} · {one}" for one, entry in found.items() if entry}


def _row(note: Note, ref: Ref, group: str, before: str = "") -> Entry:
    words = quote_fields(note.words, _WORDS)
    text = abbreviate(" / ".join(filter(None, note.text.split("\n"))), _TEXT)
    shown = f"{before}{text} · {words}" if text else f"{before}{words}"
    label = f"{sign_of(note)} {format_place(ref)}"
    return Entry(Ref("", "about", note.id), (Part("label", label), Part("text", shown)), 0, group)
