"""Exports of article files, for tests of the formats that are read: Markdown, notes for Obsidian, pages of HTML."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from dossier.core.note_places import make_note, place_notes
from dossier.core.ref import parse_ref
from dossier.core.views.panes import make_reading
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.formats import FORMATS, write_export
from dossier.loader.article import load_article
from dossier.loader.limits import Limits

DATA = Path(__file__).parent.parent / "data"
BUNDLED = DATA / "nato-seoul-2023.yaml"
EVERY = sorted(path for path in DATA.rglob("*.yaml") if path.name != "registry.yaml")
NOTES = (
    ("nato-seoul-2023#quote/q3", "Check the *wording* #todo\nagainst <b>the</b> recording"),
    ("nato-seoul-2023#para/p2:35-43", ""),
    ("nato-seoul-2023#person/park", "Call him."),
)
HARBOUR = """
id: harbour
headline: "رصيف الميناء & <b>الجسر</b>"
subtitle: "5*3*2 is no _sum_"
outlet: صحيفة الميناء
byline: [ليلى حداد, "<img src=http://tracker.test/byline>"]
published: 2024-05-02
url: "javascript:alert(1)"
lang: ar
keywords: [ميناء, "port works", "2024", "a,b", "#x", "no", "12:30"]
body:
  - "قالت سلمى حداد إن “الرصيف لن يُفتح” قبل الصيف، وفق <script src=http://tracker.test/x.js></script>."
  - "2022. The council of [Arlen](http://tracker.test) paid 5*3*2 crowns; ==nobody== knew, said Tom Reyes."
  - {heading: "# What follows"}
  - "“We knew nothing,” Tom Reyes said. “We knew nothing,” a clerk said. Reyes left."
people:
  haddad: {name: سلمى حداد, native: Salma Haddad, role: "head of <i>ports</i>", org: nowhere}
  reyes: {name: Tom Reyes, aliases: [Reyes], org_text: "A|B"}
  reyes-son: {name: Tom Reyes the Younger, aliases: [Reyes]}
orgs:
  council: {name: "Council [of] Arlen"}
places:
  arlen: Arlen
quotes:
  - {text: الرصيف لن يُفتح, speaker: haddad, cue: قالت}
  - {text: We knew nothing, speaker: reyes, cue: said}
  - {text: never said, speaker: nobody, to: reyes}
  - {text: a clerk said so, form: indirect, speaker_text: a clerk, at: p3}
timeline:
  - {date: 1960/.., what: The quay is in use, at: p1}
  - {date: 2022, what: "The council pays & pays", people: [reyes], places: [arlen], at: "p2:0-20"}
  - {date: 2024-05-01, what: The minister resigns, status: alleged, quote: q2}
  - {date: 2024-05-01, what: The quay is sold, status: denied}
  - {date: "2024-06-01..2024-06-20", what: a date that cannot be read}
  - {date: 2024-06, what: افتتاح الرصيف, status: planned, at: p1}
  - {date: "{2023-01, 2023-07}", what: Two meetings, people: [reyes, haddad]}
  - {date_text: one day, what: The bridge falls}
glossary:
  Arlen: a port
  clerk: "<!-- someone who writes -->"
media:
  - {caption: "The quay, Tom Reyes in front", url: "https://example.test/a?b=1&c=2", people: [reyes]}
documents:
  - {title: "Minutes | 2022", url: "https://example.test/minutes(1).pdf", at: p2}
"""
"""An article whose texts are full of the signs of Markdown and HTML, with faults in its references."""


def export_files(paths: Iterable[Path], notes: Iterable[tuple[str, str]] = ()) -> Export:
    """Return the export of whole articles, with notes given as pairs of an address and a text."""
    return export_selected([export_article(path, notes) for path in paths])


def export_selected(articles: Sequence[ExportedArticle]) -> Export:
    """Return the export of what was selected of some articles."""
    made = datetime.datetime(2026, 11, 28, 14, 5, tzinfo=datetime.UTC)
    return Export(articles[0].article.headline, iter(articles), Omissions(), made)


def export_article(path: Path, notes: Iterable[tuple[str, str]] = ()) -> ExportedArticle:
    """Return a whole article."""
    loaded = load_article(path, Limits())
    assert loaded.article, loaded.problems
    reading = make_reading(loaded.article, ())
    made = [
        make_note(reading, parse_ref(address), str(number), "2026-11-28T14:05:00Z", text)
        for number, (address, text) in enumerate(notes)
    ]
    placed = place_notes(filter(None, made), reading)
    return ExportedArticle(loaded.article, reading.links, tuple(chain.from_iterable(reading.entries.values())), placed)


def write_as(name: str, export: Export) -> str:
    """Return what is exported, in the format with this name."""
    form = next(form for form in FORMATS if form.name == name)
    return b"".join(write_export(form, export)).decode()
