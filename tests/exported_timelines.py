"""Exports of articles with events, for tests of the formats of timelines; and every form of a date in FORMAT.md."""

import datetime
import json
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.panes import make_reading
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.formats import FORMATS, write_export
from dossier.loader.article import load_article
from dossier.loader.limits import Limits

DATA = Path(__file__).parent.parent / "data"
MADE = datetime.datetime(2026, 11, 28, 14, 5, tzinfo=datetime.UTC)
HOSTILE = (
    "a, b; c\\d \\n e: “f” \"g\" 'h'",
    "<b>bold</b> & <img src=x onerror=alert(1)> &lt;i&gt; &amp;amp;",
    "</script><script>alert(1)</script> <!-- -->",
    "\N{WAVE DASH}" * 24 + "\N{EARTH GLOBE EUROPE-AFRICA}" * 30 + " 👩‍👩‍👧‍👦 e\u0301 🇩🇪",
    "שלום, עולם; שלום שלום שלום שלום שלום שלום שלום שלום שלום",
    "مرحبا بالعالم، مرحبا بالعالم؛ مرحبا بالعالم",
    "word, " * 100,
    "x" * 500,
    " BEGIN:VEVENT ",
    '"quoted" and "quoted"',
    "x" * 74 + " y " + "z" * 73 + "  end",
)
"""Texts with what some format has a meaning for, or what falls on the end of a folded line."""


def make_export(articles: Iterable[Path], kinds: Sequence[str] = ()) -> Export:
    """Return the export of these articles; of entries of these kinds only, unless there are none."""
    loaded = [load_article(path, Limits()).article for path in articles]
    title = loaded[0].headline if loaded and loaded[0] else "nothing"
    exported = []
    for article in loaded:
        assert article
        reading = make_reading(article, ())
        entries = chain.from_iterable(reading.entries.values())
        chosen = tuple(entry for entry in entries if not kinds or entry.ref.kind in kinds)
        exported.append(ExportedArticle(article, reading.links, chosen))
    return Export(title, exported, Omissions(), MADE)


def write_article(folder: Path, name: str = "ferry", **fields: Any) -> Path:
    """Write an article with these fields and return its path. Values are as in the file: texts, lists and mappings."""
    path = folder / f"{name}.json"
    content = {"headline": "Ferry pact signed", "body": ["The pact was signed. It holds."], **fields}
    path.write_text(json.dumps(content), "utf-8")
    return path


def write_events(folder: Path, dates: Iterable[str], **fields: Any) -> Path:
    """Write an article with an event `e1`, `e2` … for each of these dates and return its path."""
    return write_article(folder, timeline=[{"date": date, "what": f"Event {date}"} for date in dates], **fields)


def run_format(name: str, export: Export) -> str:
    """Return what is exported, in the format of this name."""
    form = next(form for form in FORMATS if form.name == name)
    return b"".join(write_export(form, export)).decode()


def add_notes(export: Export, *notes: tuple[str, str]) -> Export:
    """Return an export whose first article has notes; each is an address such as `event/e1`, and a text.

    The note `lost` has no place in the article; its address is the one that it had.
    """
    first, *others = export.articles
    placed = []
    for number, (address, text) in enumerate(notes):
        kind, _, id = address.partition("/")
        ref = Ref(first.article.ref.article, kind, id)
        note = Note(f"n{number}", ref, "marked words", "2026-11-28T14:05:00Z", text=text)
        is_lost = text == "lost"
        placed.append(PlacedNote(note, Placement.MISSING) if is_lost else PlacedNote(note, Placement.UNCHANGED, ref))
    return export._replace(articles=[first._replace(notes=tuple(placed)), *others])


FORMS_OF_DATES = (
    *("2023-01-29", "2023-01", "2006", "2022-12~", "2022-12?", "2022-12%", "201X", "2022-XX", "2022-21", "2022-24"),
    *("2022-33", "2022-36", "2022-40", "2022-41", "2022-06-29/2022-06-30", "2017-11/..", "../2017", "2017-11/"),
    *("/2017", "2023-04-12T09:30", "2023-04-12T09:30+02:00", "2023-04-12T00:30:15+02:00", "2023-04-12 23:30Z"),
    *("2023-04-12T09:30Z/2023-04-12T11:00Z", "2023-04-12T09:30/2023-04-13", "156X-12-25", "XXXX-12-XX", "1984-1X"),
    *("[1667,1668,1670..1672]", "{1960,1961-12}", "[..1984]", "-0044-03-15", "0044", "Y17000", "Y-170000002"),
    *("1950S2", "Y171010000S3", "0000-02", "9999-12-31", "2004-06~/2004-08", "2021-06-30T23:00:00.25Z", "?2004-06-11"),
    *("2023-04-12T23:00+14:00/2023-04-12T10:00-10:00", "2022-01-01T00:30+02:00", "1000", "2999-12-31", "0999"),
)
"""Every form of a date in FORMAT.md, and those at the ends of what some format holds."""
