"""The export menu: what can be written to a file from where the cursor is, in which format, and under which name.

A choice only names what is meant; `export.shown_selection` finds its entries.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final
from unicodedata import category

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES, Entry, Part
from dossier.core.ref import Ref
from dossier.library.disk_jobs import ask_disk
from dossier.text.messages import abbreviate, count_noun, join_fields
from dossier.ui.chrome import pane_title
from dossier.ui.counts import articles_words, found_hits_words, scope_words
from dossier.ui.highlight import is_wide
from dossier.ui.pane_scope import SHELF, articles_found
from dossier.ui.pins import pin_here
from dossier.ui.popup import Popup, open_popup
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import NO_ARTICLE, State

WITH_NOTES_KEY = "n"
"""The key of the menu that turns the notes on and off."""
_SHOWN = 60
_LONGEST_STEM = 80


class ExportKind(StrEnum):
    """What is exported; the values are parts of file names, and words of the command line."""

    ENTRY = "entry"
    PANE = "pane"
    ARTICLE = "article"
    SCOPE = "articles"
    HITS = "hits"
    PERSON = "dossier"
    NOTES = "notes"


EXPORT_WORDS: Final[Mapping[str, str]] = {
    ExportKind.ENTRY: "this entry, or the selected words",
    ExportKind.PANE: "this pane, as shown",
    ExportKind.ARTICLE: "the article",
    ExportKind.SCOPE: "all articles listed",
    ExportKind.HITS: "only the hits of the search",
    ExportKind.PERSON: "all that the articles have of this person",
    ExportKind.NOTES: "only your notes",
}
"""The words that say on the command line what is exported, each with what it means."""


class ExportChoice(NamedTuple):
    """Something that can be exported: the key of the menu that chooses it, and what the menu says of it.

    `stem` is the name of its file without the ending. `ref` is the entry, the article or the person that is meant, if
    it is one of these.
    """

    key: str
    kind: ExportKind
    title: str
    shown: str
    stem: str
    ref: Ref | None = None


class FormatRow(NamedTuple):
    """A format in the menu of formats. `missing` says what must be installed before it can be written."""

    name: str
    about: str
    missing: str = ""


def export_choices(state: State) -> tuple[ExportChoice, ...]:
    """Return what can be exported here, in the order of the menu."""
    hits, here = tuple(_of_hits(state)), tuple(_of_article(state))
    first = (*hits, *here) if state.focus in SHELF else (*here, *hits)
    return (*first, *_of_library(state), *_of_notes(state))


def default_choice(state: State, word: str = "") -> ExportChoice | None:
    """Return what is exported without a menu: the list with the cursor, or the article; None when nothing is open.

    In the list of articles and the facets, it is all articles that are listed. While words are selected, it is these.
    With one of `EXPORT_WORDS`, it is the first choice of the menu of this kind, or None.
    """
    found = {choice.kind: choice for choice in reversed(export_choices(state))}
    if word:
        return found.get(ExportKind(word))
    if state.selection:
        return found.get(ExportKind.ENTRY)
    if state.focus in SHELF:
        return found.get(ExportKind.SCOPE)
    return found.get(ExportKind.ARTICLE if state.focus == "article" else ExportKind.PANE)


def spans_articles(state: State, choice: ExportChoice) -> bool:
    """Return whether a choice may mean several articles."""
    if choice.kind is ExportKind.PANE:
        return is_wide(state.pane)
    return choice.kind in (ExportKind.SCOPE, ExportKind.HITS, ExportKind.PERSON) or choice.ref is None


def offers_notes(state: State) -> bool:
    """Return whether there may be notes to write."""
    return state.library is not None or bool(state.notes)


def open_export_menu(choices: Sequence[ExportChoice], with_notes: bool | None) -> Popup:
    """Return the popup that lists the choices, each with its key. `with_notes` is None when there are no notes."""
    rows = [_menu_row(one.key, one.title, one.shown) for one in choices]
    keys = tuple(one.key for one in choices)
    if with_notes is not None:
        told = "yes" if with_notes else "no"
        rows.append(_menu_row(WITH_NOTES_KEY, "include your notes", told))
        keys = (*keys, WITH_NOTES_KEY)
    return open_popup("export", "Export", rows, keys=keys)


def open_format_menu(choice: ExportChoice, formats: Sequence[FormatRow], last: str) -> Popup:
    """Return the popup that lists the formats, with the cursor on the one with the name `last`."""
    rows = [
        Entry(
            Ref("", "about", one.name),
            (Part("label", one.name), Part("text", one.about), *([Part("shown", one.missing)] if one.missing else [])),
            0,
        )
        for one in formats
    ]
    at = next((number for number, one in enumerate(formats) if one.name == last), 0)
    return open_popup("choose format", f"Export {choice.title}: format", rows, at=at)


def open_replace_question(path: str) -> Popup:
    """Return the popup that asks whether to replace a file, with the cursor on no."""
    rows = [_menu_row("n", "no: choose another name", ""), _menu_row("y", "yes: replace the file", "")]
    return open_popup("choose", f"{abbreviate(path, 50)} exists. Replace it?", rows, keys=("n", "y"))


def default_file_name(choice: ExportChoice, ending: str) -> str:
    """Return the name that is offered for the file: letters, digits and hyphens, and the ending of the format."""
    # Marks, such as the vowels of Hindi and Thai, belong to their letters.
    kept = (char if char.isalnum() or char in "_.-" or category(char)[0] == "M" else " " for char in choice.stem)
    stem = "-".join("".join(kept).split()).strip(".-")[:_LONGEST_STEM]
    return f"{stem or choice.kind}.{ending}"


def _menu_row(key: str, title: str, shown: str) -> Entry:
    told = abbreviate(join_fields(shown), _SHOWN)
    parts = (Part("label", key), Part("text", title), *([Part("shown", told)] if told else []))
    return Entry(Ref("", "about", key), parts, 0)


def _of_article(state: State) -> Iterator[ExportChoice]:
    """Yield the entry under the cursor, or the words selected in it, its pane and its article."""
    entry, selection = state.entry, state.selection
    if entry and entry.ref.article and state.focus not in SHELF:
        stem = f"{entry.ref.article}-{entry.ref.kind}-{entry.ref.id}"
        if selection:
            start, end = selection.span
            words, stem = entry.text[start:end], f"{stem}-{start}-{end}"
            yield ExportChoice("e", ExportKind.ENTRY, "the selected words", words, stem, selection.ref)
        else:
            yield ExportChoice("e", ExportKind.ENTRY, "this entry", entry.text, stem, entry.ref)
    if entry and state.focus in PANES:
        whole = _library_name(state) if is_wide(state.pane) else state.reading.article.ref.article
        title = pane_title(state, state.focus, _SHOWN)
        yield ExportChoice("p", ExportKind.PANE, "this pane, as shown", title[2:], f"{whole}-{state.focus}")
    article = entry.ref.article if entry and (is_wide(state.pane) or state.focus == "library") else ""
    if not article and state.reading.article is not NO_ARTICLE:
        article = state.reading.article.ref.article
    if article:
        is_open = article == state.reading.article.ref.article
        shown = state.reading.article.headline if is_open else _headline(state, article)
        yield ExportChoice("a", ExportKind.ARTICLE, "the article", shown, article, Ref(article))


def _headline(state: State, article: str) -> str:
    entry = state.library.entry(Ref(article)) if state.library else None
    return entry.text if entry else article


def _of_hits(state: State) -> Iterator[ExportChoice]:
    """Yield the entries that the search finds in the listed articles."""
    scope, found = state.library_view.scope, articles_found(state)
    if found is None or not found.hits or not scope.has_entry_hits:
        return
    if rows := state.panes["library"].entries:
        listed = f"{found_hits_words(state)} · {scope_words(state)}"
        if "library" in state.filters.queries:
            listed = f"in {_filtered_words(rows)}"
        stem = f"{_stem_of_listed(state)}-{ExportKind.HITS}"
        yield ExportChoice("h", ExportKind.HITS, "only the hits", listed, stem)


def _of_library(state: State) -> Iterator[ExportChoice]:
    """Yield the listed articles, and the dossiers of the person who is pinned and of the one under the cursor."""
    if state.library is None:
        return
    listed = f"{articles_words(state)} · {scope_words(state)}"
    if rows := state.panes["library"].entries:
        if "library" in state.filters.queries:
            listed = _filtered_words(rows)
        yield ExportChoice("s", ExportKind.SCOPE, "all articles listed", listed, _stem_of_listed(state))
    pinned = [pin for pin in reversed(state.library_view.scope.pins) if pin.ref and not pin.excluded]
    here = pin_here(state, excluded=False)
    persons = dict.fromkeys((pin.ref, pin.name) for pin in (*pinned, here) if pin and pin.ref)
    for key, (ref, called) in zip("dcb", persons, strict=False):
        if ref.kind in NAMED_KINDS:
            title = f"the dossier of {abbreviate(called, 30)}"
            yield ExportChoice(key, ExportKind.PERSON, title, "from all articles", f"{called}-{ExportKind.PERSON}", ref)


def _filtered_words(rows: Sequence[Entry]) -> str:
    return f"{count_noun(len(rows), 'article')} that match{'es' if len(rows) == 1 else ''} the filter"


def _of_notes(state: State) -> Iterator[ExportChoice]:
    """Yield the notes on the open article, or those on the listed articles."""
    if state.library and (state.focus in SHELF or is_wide(state.pane)):
        stem = f"{_library_name(state)}-{ExportKind.NOTES}"
        yield ExportChoice("m", ExportKind.NOTES, "only your notes", "on all articles listed", stem)
    elif state.notes:
        article = state.reading.article.ref
        shown = f"{count_noun(len(state.notes), 'note')} on this article"
        yield ExportChoice(
            "m",
            ExportKind.NOTES,
            "only your notes",
            shown,
            f"{article.article}-{ExportKind.NOTES}",
            Ref(article.article),
        )


def _stem_of_listed(state: State) -> str:
    query = state.library_view.scope.query
    return f"{_library_name(state)}-{query.typed if query else ExportKind.SCOPE}"


def _library_name(state: State) -> str:
    library = state.library
    return ask_disk("the library's folder", library.store.read_name) if library else ""
