"""Exports for tests: of whole articles, and of texts that spreadsheets and programs for citations take for others."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import replace
from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.edtf import parse_date
from dossier.core.links import Links
from dossier.core.model import Article, Quote, WrittenDate
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.formats import FORMATS, write_export
from dossier.loader.article import load_article

DATA = Path(__file__).parent.parent / "data"
CELLS = (
    *("=1+1", '=HYPERLINK("http://example.org","x")', "3/4", "0044", "1E5", "1,5", "100%", "TRUE", "#N/A", "-x", "+x"),
    *(
        "@x",
        "'x",
        "2023-01-02",
        "a;b",
        'He said "no", twice',
        "<b>&amp;</b>",
        "]]>",
        "  lead",
        "trail ",
        "{=1}",
        "_x0041_",
    ),
    *("שלום עולם", "مرحبا 12", "\u200e\u200fmarks", "🚀 🇰🇷", "é", "a\u00a0b", "mailto:x@example.org"),
    f"https://example.org/{'x' * 2100}",
)
"""Texts that a spreadsheet takes for something else, or loses."""
DATES_IN_WORDS = (
    ("2017-11/..", "since November 2017"),
    ("../2017", "until 2017"),
    ("2017-11/", "from November 2017, end unknown"),
    ("/2017", "until 2017, beginning unknown"),
    ("201X", "the 2010s"),
    ("2022-XX", "some month of 2022"),
    ("2022-XX-XX", "some day of 2022"),
    ("2022-33", "first quarter of 2022"),
    ("2022-41", "second half of 2022"),
    ("2022-29", "spring 2022 (southern hemisphere)"),
    ("2022-21/2022-22", "from spring 2022 to summer 2022"),
    ("2022-06/2023-01-04", "from June 2022 to 4 January 2023"),
    ("2022-06-29~/2022-07-01", "from about 29 June 2022 to 1 July 2022"),
    ("2004-06~-11", "11 June 2004, in part approximate"),
    ("[1667,1668]", "1667 or 1668"),
    ("{1667,1668}", "1667 and 1668"),
    ("0000", "0000"),
    ("-0099", "-0099"),
    ("Y12345", "the year 12,345"),
    ("1950S2", "some year in 1900–1999, perhaps 1950"),
    ("2023-04-13T01:00+12:00/2023-04-12T23:00Z", "from 13 April 2023 to 12 April 2023"),
    ("last week", "last week"),
    ("?2004-06-11", "11 June 2004, in part uncertain"),
    ("156X-12-25", "25 December of some year in the 1560s"),
    ("Y-17000002", "the year -17,000,002"),
    ("last week & 2022", "last week & 2022"),
)
"""Dates that not every program for citations holds in numbers, and their words."""
TITLES = (
    *(
        "a { b } c",
        "lone { here",
        "lone } here",
        "} both {",
        r"back\slash \textbf{x} \input{y}",
        "100 % off",
        "$5 & #1 _x_ ^2",
    ),
    *(
        "a ~ b",
        'say "no"',
        "it's 'quoted' ''twice''",
        "a -- b --- c",
        "?` !` `` x",
        "<< a >> ,, b",
        "שלום: \u05d0",
        "🚀 up",
    ),
    *(
        "x @article{y, z}",
        "A, B and C",
        "et al. and others",
        "% comment",
        "a = b",
        "NATO and iPhone",
        "*a* [b](c) `d` | e",
    ),
)
"""Headlines with characters that TeX, or a program for citations, could take for commands."""


def export_of(*articles: Article, notes: Sequence[PlacedNote] = ()) -> Export:
    """Return the export of all entries of articles, with the reader's notes on the first."""
    return Export(
        "Everything",
        _all_entries(articles, notes),
        Omissions(),
        datetime.datetime(2026, 11, 28, 14, 5, tzinfo=datetime.UTC),
    )


def _all_entries(articles: Iterable[Article], notes: Sequence[PlacedNote]) -> Iterator[ExportedArticle]:
    for article in articles:
        links = Links.of(article)
        entries = tuple(chain.from_iterable(make_panes(article, links).values()))
        yield ExportedArticle(article, links, entries, tuple(notes))
        notes = ()


def write_bytes(name: str, export: Export) -> bytes:
    """Return the whole file in the format of this name."""
    return b"".join(write_export(next(form for form in FORMATS if form.name == name), export))


def list_articles() -> list[Article]:
    """Return the articles of the project."""
    loaded = (load_article(path).article for path in sorted(DATA.rglob("*.yaml")))
    return [article for article in loaded if article]


def article_of_cells() -> Article:
    """Return an article with a quote for each text of CELLS."""
    ref = Ref("cells")
    quotes = [
        Quote(Ref("cells", "quote", f"q{number}"), 1, (text,), speaker_text=text, cue=text)
        for number, text in enumerate(CELLS, 1)
    ]
    return Article(ref, "cells.yaml", "=2+3", (), outlet="0044", url=CELLS[-1], quotes=tuple(quotes))


def make_placed_note(text: str, words: str = "words", ref: Ref | None = None) -> PlacedNote:
    """Return a note on these words; without `ref` its place is not settled."""
    placement = Placement.UNCHANGED if ref else Placement.MISSING
    return PlacedNote(Note("n1", Ref("cells", "para", "p1"), words, "2026-11-28T14:05:00Z", text=text), placement, ref)


def written(text: str) -> WrittenDate:
    """Return a date as a file has it."""
    try:
        return WrittenDate(text, parse_date(text))
    except DateError:
        return WrittenDate(text, None)


def cite(number: int, **fields: Any) -> Article:
    """Return an article for a bibliography; `number` is told by its id."""
    plain = Article(Ref(f"a{number:03}"), "", "Ferry pact signed", (), outlet="Herald", byline=("Ida Brandt",))
    return replace(plain, **fields)
