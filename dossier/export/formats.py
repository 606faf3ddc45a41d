"""The table of export formats. The module of a format is loaded only when something is written in it."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from dossier.core.dataclasses import NamedTuple
from dossier.export.export import Export
from dossier.text.messages import suggest_name
from dossier.text.sanitize import sanitize_text


class ExportFormat(NamedTuple):
    """A format: its name, the ending of its files, what it is, and the function that writes it.

    `written_by` is `module:function`, below `dossier.export`; the function takes an `Export`, and yields str or bytes.
    `extra` is the optional extra of this package that it needs, and `package` the module that is then installed; "" for
    neither. A file of a format that `is_single` holds one article; one that `holds_notes_only` always has the notes.
    """

    name: str
    ending: str
    about: str
    written_by: str
    extra: str = ""
    package: str = ""
    is_single: bool = False
    holds_notes_only: bool = False

    @property
    def missing(self) -> str:
        """What to install before the format can be written, as the end of a message; "" when nothing is missing."""
        if not self.package or find_spec(self.package):
            return ""
        return f"{self.name} needs the extra {self.extra}: pip install 'dossier[{self.extra}]'"


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("text", "txt", "plain text to read", "entry_text:format_text"),
    ExportFormat("markdown", "md", "Markdown for GitHub and pandoc", "markdown:format_markdown"),
    ExportFormat("obsidian", "md", "Markdown for Obsidian, one article", "obsidian:format_obsidian", is_single=True),
    ExportFormat("html", "html", "web page to read or print", "html_page:format_html"),
    ExportFormat("csv", "csv", "one table, for programs", "entry_tables:format_entry_table"),
    ExportFormat(
        "xlsx", "xlsx", "a workbook for Excel and LibreOffice", "workbook:format_workbook", "xlsx", "xlsxwriter"
    ),
    ExportFormat("csl", "json", "references for Zotero and pandoc", "csl:format_csl"),
    ExportFormat("biblatex", "bib", "references for LaTeX", "biblatex:format_biblatex"),
    ExportFormat("timelinejs", "json", "events for TimelineJS", "timelinejs:format_timelinejs"),
    ExportFormat("ftm", "ftm.json", "FollowTheMoney, for Aleph", "follow_the_money:format_follow_the_money"),
    ExportFormat("icalendar", "ics", "events for a calendar", "calendar_events:format_calendar"),
    ExportFormat(
        "webannotation",
        "jsonld",
        "your notes only (W3C)",
        "web_annotation:format_web_annotations",
        holds_notes_only=True,
    ),
    ExportFormat("jsonl", "jsonl", "JSON Lines, one for each entry", "entry_lines:format_entry_lines"),
)
"""All formats, in the order in which they are offered."""


def suggest_format(word: str) -> str:
    """Return what to write in the place of a word that is the name of no format, as the end of a message."""
    names = [form.name for form in FORMATS]
    near = suggest_name(word, names)
    return f"did you mean {near}?" if near else f"the formats are {', '.join(names)}"


def write_export(form: ExportFormat, export: Export) -> Iterator[bytes]:
    """Yield what is exported, in a format, in pieces; text is in UTF-8."""
    # The name of a folder may be the title, and may have bytes that are not UTF-8.
    export = export._replace(title=sanitize_text(export.title))
    module, _, function = form.written_by.partition(":")
    write: Callable[[Export], Iterator[str | bytes]] = getattr(import_module(f"dossier.export.{module}"), function)
    for piece in write(export):
        yield piece.encode() if isinstance(piece, str) else piece
