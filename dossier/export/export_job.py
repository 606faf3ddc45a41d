"""A running export. It writes its file on one thread; another thread shows its progress and can stop it."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.export_file import ExportFileError, write_whole_file
from dossier.export.formats import FORMATS, ExportFormat, write_export
from dossier.export.shown_selection import select_shown
from dossier.library.growing_list import GONE
from dossier.library.index.errors import IndexUnreachableError
from dossier.text.messages import count_noun
from dossier.ui.export_menu import ExportChoice
from dossier.ui.state import State

_NOUNS = {"para": ("paragraph", ""), "person": ("person", "people"), "org": ("organisation", "")}
_UNREACHABLE = "the index's server does not answer: nothing was written; export again when it does"
_CHANGED = "the library has changed meanwhile: nothing was written; export again"


class ExportRequest(NamedTuple):
    """What is to be exported: the choice of the menu, in which state, with notes or without, in which format."""

    choice: ExportChoice
    state: State
    with_notes: bool = False
    form: ExportFormat = FORMATS[0]
    typed: str = ""

    @property
    def includes_notes(self) -> bool:
        """Whether the notes are written as well."""
        return self.with_notes or self.form.holds_notes_only


class ExportStoppedError(Exception):
    """The export was stopped before its end."""


class ExportJob:
    """A running export and its progress."""

    def __init__(self, request: ExportRequest, path: Path, may_replace: bool) -> None:
        self.request, self._path, self._may_replace = request, path, may_replace
        self.omissions = Omissions()
        self.is_stopped = False
        self.articles = self.notes = 0
        self.entries: Counter[str] = Counter()
        self._count_articles: Callable[[], int] = lambda: 0

    @property
    def words(self) -> str:
        """How far the export is."""
        every = self._count_articles()
        of = f" of {every:,}" if every else ""
        if every == 1:
            return "exporting…"
        return f"exporting {self.articles:,}{of} articles…"

    def write(self) -> str:
        """Write the file. Return "" when it is written, else a message that says why it is not."""
        choice, state = self.request.choice, self.request.state
        try:
            selection = select_shown(state, choice, self.omissions, self.request.includes_notes)
        except GONE as error:
            return _describe(error)
        self._count_articles = selection.count_articles
        export = Export(selection.title, self._counted(selection.articles), self.omissions, datetime.now(UTC))
        try:
            write_whole_file(self._path, self._unstopped(write_export(self.request.form, export)), self._may_replace)
        except ExportFileError as error:
            return str(error)
        except ExportStoppedError:
            return "export stopped; no file was written"
        return ""

    def _counted(self, articles: Iterator[ExportedArticle]) -> Iterator[ExportedArticle]:
        try:
            for exported in articles:
                if self.is_stopped:
                    raise ExportStoppedError
                self.articles += 1
                self.notes += len(exported.notes)
                self.entries.update(entry.ref.kind for entry in exported.entries)
                yield exported
        except GONE as error:
            raise ExportFileError(_describe(error)) from None

    def _unstopped(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self.is_stopped:
                raise ExportStoppedError
            yield piece

    def told(self) -> str:
        """Return a message that says what was written. Where something was left out, it was written from more."""
        if self.request.form.holds_notes_only:
            return f"wrote {self.request.typed}: {count_noun(self.notes, 'note')}"
        if self.request.choice.ref and self.request.choice.ref.span:
            return f"wrote {self.request.typed}: the selected words"
        if len(self.entries) == 1:
            ((kind, number),) = self.entries.items()
            what = count_noun(number, *_NOUNS.get(kind, (kind, "")))
        else:
            what = count_noun(self.entries.total(), "entry", "entries")
        made_of = " from" if self.omissions.has_losses() else ":"
        articles = f" of {self.articles:,} articles" if self.articles > 1 else ""
        return f"wrote {self.request.typed}{made_of} {what}{articles}"


def _describe(error: Exception) -> str:
    return _UNREACHABLE if isinstance(error, IndexUnreachableError) else _CHANGED
