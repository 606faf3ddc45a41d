"""Notes in the state: what a new note is on, which notes an entry has, and the messages about their places."""

from collections.abc import Iterable, Mapping

from dossier.core.dataclasses import replace
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.ref import Ref
from dossier.core.views.labels import format_place
from dossier.core.views.panes import Reading
from dossier.text.messages import count_noun, quote_fields
from dossier.ui.find_filter import recount_hits
from dossier.ui.highlight import is_wide
from dossier.ui.render.entry_style import MARK_SIGN, NOTE_SIGN, NoteSigns
from dossier.ui.state import NO_ARTICLE, State

_SHOWN = 40
"""The most characters of a note's words in a message."""


def note_target(state: State) -> Ref | None:
    """Return what a new note is on: the selection, else the words of the chosen link, else the entry.

    In the list of articles, it is the chosen hit or, without one, the headline. None where nothing can have a note.
    """
    entry = state.entry
    if entry is None or not entry.ref.article:
        return None
    if not entry.ref.kind:
        targets = state.pane.targets
        return targets[0] if len(targets) == 1 and targets[0].kind else Ref(entry.ref.article, "headline")
    if is_wide(state.pane):
        # A row of a list over many articles has fewer fields than the entry, so that its spans are not the entry's.
        return entry.ref
    return state.selection.ref if state.selection else state.pane.address


def reading_of(state: State, ref: Ref) -> Reading | None:
    """Return the article that `ref` is in, the open one or another of the library; None when it cannot be read."""
    if ref.article == state.reading.article.ref.article:
        return None if state.reading.article is NO_ARTICLE else state.reading
    return state.library.readings.reading(ref.article) if state.library else None


def notes_of_entry(state: State, ref: Ref) -> tuple[PlacedNote, ...]:
    """Return the notes on an entry of the open article, and on words in it."""
    return state.notes.by_entry.get(ref.entry, ())


def notes_at(state: State, notes: Iterable[Note], ref: Ref) -> tuple[Note, ...]:
    """Return the notes among `notes` that are on exactly what `ref` addresses."""
    if ref.article == state.reading.article.ref.article:
        return tuple(placed.note for placed in notes_of_entry(state, ref) if placed.ref == ref)
    return tuple(note for note in notes if note.ref == ref)


def with_notes(state: State, recorded: Mapping[Ref, NoteSigns], placed: PlacedNotes) -> State:
    """Return the state with the notes `placed` on the open article, their hits, and the signs of all notes.

    `recorded` are the signs of all notes, by `sign_entries`; they count for other articles than the open one.
    """
    own = state.reading.article.ref.article
    signs = {ref: one for ref, one in recorded.items() if ref.article != own}
    signs |= sign_entries((one.note, one.ref) for one in placed)
    if (signs, placed) == (state.note_signs, state.notes):
        return state
    noted = replace(state, notes=placed, note_signs=signs if signs != state.note_signs else state.note_signs)
    return recount_hits(noted) if state.find.query and placed != state.notes else noted


def sign_entries(notes: Iterable[tuple[Note, Ref | None]]) -> Mapping[Ref, NoteSigns]:
    """Return the signs of each entry that has notes, and of each article; `notes` are notes with their places."""
    found: dict[Ref, dict[int, str]] = {}
    for note, ref in notes:
        sign = sign_of(note)
        _add_sign(found.setdefault(Ref(note.ref.article), {}), 0, sign)
        if ref:
            _add_sign(found.setdefault(ref.entry, {}), ref.span[0] if ref.span else 0, sign)
    return {ref: tuple(sorted(signs.items())) for ref, signs in found.items()}


def _add_sign(signs: dict[int, str], start: int, sign: str) -> None:
    signs[start] = sign if signs.get(start) != NOTE_SIGN else NOTE_SIGN


def placing_words(placed: PlacedNotes, key: str) -> str:
    """Return a message with how many notes were found again and how many are lost; "" when all are where they were.

    `key` is the key of the list of notes.
    """
    again = sum(one.placement is Placement.FOUND for one in placed)
    told = [f"{count_noun(again, 'note')} found again"] if again else []
    lost = len(placed.lost)
    return " · ".join([*told, *([f"{count_noun(lost, 'lost note')}: {key}"] if lost else [])])


def place_name(ref: Ref, words: str) -> str:
    """Return a short name for what a note is on: its words, or for a whole entry its place, with its words in lists."""
    place = "" if ref.span else format_place(ref)
    told = quote_fields(words, _SHOWN) if words and (ref.span or place == ref.kind) else ""
    return " ".join(filter(None, (place, told)))


def sign_of(note: Note) -> str:
    """Return the sign of a note: a note with a text has another one than a mark."""
    return NOTE_SIGN if note.text else MARK_SIGN
