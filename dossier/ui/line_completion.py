"""Completion of the word before the caret: what is completed, what may take its place, and the line that results.

Tab first inserts what all candidates begin with; then each Tab puts the next candidate in the place of the word. The
candidates are listed above the line.
"""

import re
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.registry import fold_name
from dossier.text.messages import count_noun, quote_typed
from dossier.text.width import cut, iterate_clusters, width
from dossier.ui.line_edit import LineEdit
from dossier.ui.render.flow import Line, Piece, clip_line

if TYPE_CHECKING:
    from dossier.library.library import Library
    from dossier.library.suggestions import Suggestion

_TOKEN: Final = r'-*(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s()"]*))'
_FIELD_NOTES: Final = {
    "speaker": "who says it",
    "about": "what a quote is about",
    "person": "who is named",
    "org": "an organisation that is named",
    "place": "a place that is named",
    "form": "the form of a quote",
    "status": "the status of an event",
    "outlet": "who published the article",
    "byline": "who wrote the article",
    "section": "the section of the article",
    "lang": "the language of the article",
    "keyword": "a keyword of the article",
    "date": "when it happened or was published",
    "published": "when the article was published",
    "event": "when an event happened",
    "in": "the pane to search, or the notes",
}
_MOST_LABEL: Final = 24
"""The most cells of the first column of the list."""


class Candidate(NamedTuple):
    """A text that may take the place of the word. `label`, if it has one, and `note` are listed beside it."""

    name: str
    note: str = ""
    label: str = ""


class Word(NamedTuple):
    """The word that is completed: what was `typed` of it, from the 0-based offset `start` to the caret.

    `field` is the name of the search field whose value it is, or "". A value is put in quote marks if it has blanks;
    `is_quoted` says that the one that was typed begins with a quote mark.
    """

    start: int
    typed: str
    field: str = ""
    is_quoted: bool = False


@dataclass(frozen=True)
class Completion:
    """The candidates for the word before the caret of `line`, the line without any of them.

    `chosen` is the number of the chosen candidate, from 0. With `is_pending` the candidates are still being looked up.
    `nothing` says why there are none.
    """

    line: LineEdit
    word: Word
    candidates: tuple[Candidate, ...] = ()
    chosen: int | None = None
    is_pending: bool = False
    nothing: str = ""

    @property
    def chosen_line(self) -> LineEdit:
        """The line with the chosen candidate; without one, the line as it was typed."""
        return self.line if self.chosen is None else self._with_word(self.candidates[self.chosen].name)

    def extended(self) -> LineEdit:
        """Return the line with what all candidates begin with, or as it was typed where that is no longer."""
        common = common_beginning([one.name for one in self.candidates])
        is_longer = len(common) > len(self.word.typed) and fold_name(common).startswith(fold_name(self.word.typed))
        return self._with_word(common, is_open=len(self.candidates) > 1) if is_longer else self.line

    def _with_word(self, name: str, is_open: bool = False) -> LineEdit:
        """Return the line with `name` in the place of the word. `is_open`: the word may go on."""
        if self.word.field and (self.word.is_quoted or re.search(r'[\s()"]', name)):
            name = '"' + name.replace('"', " ") + ("" if is_open else '"')
        text, caret = self.line
        before = text[: self.word.start] + name
        return LineEdit(before + text[caret:], len(before))


def complete_search(line: LineEdit, library: "Library", start: int = 0) -> Completion:
    """Return the candidates for the word before the caret, in a query that begins at the 0-based offset `start`."""
    names = library.suggestions.field_names
    word = search_word(line, names, start)
    if word.field:
        found = library.suggestions.find(word.field, word.typed)
        return _values(Completion(line, word, is_pending=found is None), found or ())
    is_word = word.typed or line.caret == start or line.text[line.caret - 1] in " (-"
    begun = sorted(name for name in names if is_word and name.startswith(word.typed.lower()))
    fields = tuple(Candidate(f"{name}:", _FIELD_NOTES.get(name, "")) for name in begun)
    nothing = f"no field begins with {quote_typed(word.typed)}" if word.typed else "nothing to complete here"
    return Completion(line, word, fields, nothing=nothing)


def _values(completion: Completion, found: Iterable["Suggestion"]) -> Completion:
    """Return the completion with these values of its field as candidates."""
    _, typed, field, _ = completion.word
    noun = "event" if field == "event" else "article"
    candidates = tuple(Candidate(one.name, count_noun(one.number, noun) if one.number else "") for one in found)
    nothing = f"no {field}: begins with {quote_typed(typed)}" if typed else f"no values of {field}: are known"
    return replace(completion, candidates=candidates, nothing=nothing)


def search_word(line: LineEdit, names: Container[str], start: int = 0) -> Word:
    """Return the word of a query before the caret; the query begins at the 0-based offset `start`.

    `names` are those of the search fields.
    """
    for match in re.compile(_TOKEN).finditer(line.text, start, line.caret):
        if match.end() < line.caret or match["closed"]:
            continue
        field, phrase = (match["field"] or "").lower(), match["phrase"]
        if field in names:
            return Word(match.end("field") + 1, match["word"] or phrase or "", field, phrase is not None)
        if phrase is None and match["word"]:
            typed = match[0].lstrip("-")
            return Word(line.caret - len(typed), typed)
    return Word(line.caret, "")


def press_tab(line: LineEdit, completion: Completion, count: int) -> tuple[LineEdit, Completion]:
    """Return the line and its completion after Tab (`count` 1) or Shift+Tab (-1)."""
    number = len(completion.candidates)
    if not number:
        return line, completion
    is_inserted = completion.chosen is not None and line == completion.chosen_line
    if not is_inserted and count > 0 and (longer := completion.extended()) != completion.line:
        typed = longer.text[completion.word.start : longer.caret].strip('"')
        word = completion.word._replace(typed=typed, is_quoted=longer.text.startswith('"', completion.word.start))
        return longer, replace(completion, line=longer, word=word)
    at = completion.chosen if is_inserted else None
    chosen = (completion.chosen or 0 if count > 0 else number - 1) if at is None else (at + count) % number
    completion = replace(completion, chosen=chosen)
    return completion.chosen_line, completion


def choose_candidate(completion: Completion, count: int) -> Completion:
    """Return the completion with the next candidate (`count` 1) or the one before (-1) chosen."""
    number = len(completion.candidates)
    if not number:
        return completion
    at = completion.chosen
    return replace(completion, chosen=(0 if count > 0 else number - 1) if at is None else (at + count) % number)


def common_beginning(names: Sequence[str]) -> str:
    """Return what all names begin with, in whole characters; "" for no names."""
    split = [[name[start:end] for start, end, _ in iterate_clusters(name)] for name in names]
    common: list[str] = []
    for together in zip(*split, strict=False):
        if len(set(together)) > 1:
            break
        common.append(together[0])
    return "".join(common)


def candidate_lines(completion: Completion, cells: int, rows: int) -> tuple[Line, ...]:
    """Return the list of the candidates, at most `rows` lines, with the chosen one on view."""
    if not completion.candidates:
        words = "searching …" if completion.is_pending else completion.nothing
        return (clip_line((Piece(f" {words}", "muted"),), cells),)
    first = max(0, (completion.chosen or 0) - rows + 1)
    shown = completion.candidates[first : first + rows]
    columns = _widest(one.name for one in shown), _widest(one.label for one in shown)
    return tuple(_candidate_line(one, at == completion.chosen, columns, cells) for at, one in enumerate(shown, first))


def _widest(texts: Iterable[str]) -> int:
    return min(_MOST_LABEL, max(map(width, texts), default=0))


def _candidate_line(one: Candidate, is_chosen: bool, columns: tuple[int, int], cells: int) -> Line:
    mark = Piece("▌" if is_chosen else " ", "lit")
    name, label = one.name, one.label
    gaps = [" " * max(0, column - width(text)) for column, text in zip(columns, (name, label), strict=True)]
    beside = (Piece(f"{gaps[0]}  "), Piece(f"{label}{gaps[1]}  ", "key")) if columns[1] else (Piece(f"{gaps[0]}  "),)
    return clip_line((mark, Piece(cut(name, max(1, cells - 1)), "name"), *beside, Piece(one.note, "muted")), cells)
