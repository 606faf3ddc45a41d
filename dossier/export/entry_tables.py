"""Entries as rows of tables: people, quotes, timeline, mentions, and the reader's notes; and as one table in CSV.

All cells are texts, empty where the article says nothing. Several texts in a cell are separated by line breaks, several
addresses by spaces. Every row ends with the article that it is from.

    kind             person, org, place or source; quote; event; mention; note
    ref              its address; of a mention and a note that of the words; "" for a lost note
    text             the words of the article: of a quote, an event or a mention, or those that a note is on
    name             of a person, an organisation or a place; of a mention, the names of all that may be meant
    native, aliases, role, org, geo, same_as
                     as in the file; org_ref is the address of the organisation
    mentions, quotes the number of mentions and of quotes
    speaker, to      who speaks, and to whom; speaker_ref and to_ref are their addresses, all that may be meant
    cue, form        of a quote
    evidence         the addresses of the words; `where` says the same in short
    evidence_status  how certain it is where the words of a quote are in the article
    date             as written in the file: EDTF
    earliest, latest the first and last day that the date may mean; empty where it is open or unknown
    date_text        the date in the words of the article
    status           of an event
    people, orgs, places
                     who and what takes part in an event, as the file says; targets are their addresses
    found            the addresses of what is named in the text of an event for which the file names nobody
    quote            the address of the quote of an event
    targets          of a mention: the addresses of all that may be meant
    note             the note of the file on an entry
    reader_note      what the reader wrote; empty for a mark
    made, placement, offered
                     of a note: its time, how its place was found, and the places that it may be
    other            the fields that the format does not know
    flaws            what is wrong with a field, such as "speaker: no such entry"
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.links import Link, LinkKind
from dossier.core.model import Article, NamedEntry, Place, Quote
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.core.views.wording import map_names
from dossier.export.export import Export, ExportedArticle
from dossier.export.formula_cells import format_csv_rows

_HEAD = ("kind", "ref", "text")
_ARTICLE = ("article", "headline", "published", "outlet", "url", "lang")
_NAMED = ("name", "native", "aliases", "role", "org", "org_ref", "mentions", "quotes", "note", "geo", "same_as")
_SAID = ("speaker", "speaker_ref", "cue", "to", "to_ref", "form", "evidence_status", "evidence", "where")
_WHEN = ("date", "earliest", "latest", "date_text", "status", "people", "orgs", "places", "targets", "found", "quote")
_REMARKS = ("other", "flaws")
_NOTED = ("reader_note", "made", "placement", "offered")
_TEXT_KINDS = ("headline", "subtitle", "heading", "para", "media")
"""The kinds of entries whose mentions are counted."""


class EntryTable(NamedTuple):
    """A table: its title, and the names of its columns."""

    title: str
    columns: tuple[str, ...]


PEOPLE = EntryTable("People", ("kind", "ref", *_NAMED, *_REMARKS, *_ARTICLE))
QUOTES = EntryTable("Quotes", (*_HEAD, *_SAID, *_REMARKS, *_ARTICLE))
TIMELINE = EntryTable("Timeline", (*_HEAD, *_WHEN, "evidence", "where", "note", *_REMARKS, *_ARTICLE))
MENTIONS = EntryTable("Mentions", (*_HEAD, "name", "targets", *_ARTICLE))
NOTES = EntryTable("Notes", (*_HEAD, *_NOTED, *_ARTICLE))
TABLES = (PEOPLE, QUOTES, TIMELINE, MENTIONS, NOTES)
_COLUMNS = (
    *dict.fromkeys((*_HEAD, "name", *_SAID, *_WHEN, *[name for one in TABLES for name in one.columns[:-6]])),
    *_ARTICLE,
)
"""The columns of all tables in one, each once."""


class TableRow(NamedTuple):
    """A row of a table: its cells by the names of the columns. A column that is not in `cells` is empty."""

    table: EntryTable
    cells: Mapping[str, str]

    def list_texts(self, columns: Iterable[str]) -> list[str]:
        """Return the text of each of the columns."""
        return [self.cells.get(name, "") for name in columns]


def iterate_rows(export: Export) -> Iterator[TableRow]:
    """Yield the rows of all tables, article by article, in the order of the entries; notes come last in each.

    A text is in no table, but its mentions are; the texts are counted as omissions.
    """
    for exported in export.articles:
        cells = _article_cells(exported.article)
        tables = _ArticleTables(exported)
        for entry in exported.entries:
            if entry.ref.kind not in _TABLE_OF_KIND:
                export.omissions.count("text", "left out: the tables are of people, quotes, events and mentions")
            for table, made in tables.make_rows(entry):
                yield TableRow(table, made | cells)
        for placed in exported.notes:
            yield TableRow(NOTES, _note_cells(placed) | cells)


def format_entry_table(export: Export) -> Iterator[str]:
    """Yield comma-separated values (RFC 4180) with a header line: all tables in one, told apart by `kind`."""
    yield format_csv_rows([_COLUMNS], export.omissions)
    for row in iterate_rows(export):
        yield format_csv_rows([row.list_texts(_COLUMNS)], export.omissions)


def _article_cells(article: Article) -> dict[str, str]:
    return {
        "article": str(article.ref),
        "headline": article.headline,
        "published": article.published.written if article.published else "",
        "outlet": article.outlet,
        "url": article.url,
        "lang": article.lang,
    }


def _note_cells(placed: PlacedNote) -> dict[str, str]:
    return {
        "kind": "note",
        "ref": _join_refs([placed.ref] if placed.ref else []),
        "text": placed.note.words,
        "reader_note": placed.note.text,
        "made": placed.note.made,
        "placement": str(placed.placement),
        "offered": _join_refs(placed.offered),
    }


class _ArticleTables:
    """The rows of the entries of one article."""

    def __init__(self, exported: ExportedArticle) -> None:
        article = exported.article
        self._links = exported.links
        self._called = map_names(article)
        self._named: dict[Ref, NamedEntry] = {
            named.ref: named for named in chain(article.people, article.orgs, article.places)
        }
        self._quotes: dict[Ref, Quote] = {quote.ref: quote for quote in article.quotes}

    def make_rows(self, entry: Entry) -> Iterator[tuple[EntryTable, dict[str, str]]]:
        """Yield the rows of an entry: that of itself, or those of the mentions in its text."""
        if entry.ref.kind in _TEXT_KINDS:
            yield from ((MENTIONS, cells) for cells in self._mention_cells(entry))
        elif table := _TABLE_OF_KIND.get(entry.ref.kind):
            cells = _CELLS_OF_TABLE[table](self, entry)
            yield table, {"kind": entry.ref.kind, "ref": str(entry.ref), **_remark_cells(entry), **cells}

    def _person_cells(self, entry: Entry) -> dict[str, str]:
        named = self._named.get(entry.ref)
        same_as = named.same_as if named else ()
        said = [link for link in self._links_from(entry.ref) if link.kind is LinkKind.SAYS]
        return {
            **_texts_of(entry, "name", "native", "role", "org", "note"),
            "aliases": "\n".join(named.aliases if named else ()),
            "org_ref": _targets_of(entry, "org"),
            "mentions": str(self._links.count_mentions(entry.ref)),
            "quotes": str(len(said)),
            "geo": named.geo if isinstance(named, Place) else "",
            "same_as": "\n".join(f"{key}: {value}" for key, value in same_as),
        }

    def _quote_cells(self, entry: Entry) -> dict[str, str]:
        quote = self._quotes.get(entry.ref)
        return {
            **_texts_of(entry, "text", "speaker", "cue", "to"),
            "speaker_ref": _targets_of(entry, "speaker"),
            "to_ref": _targets_of(entry, "to"),
            "form": entry.form,
            "evidence_status": str(quote.evidence_status) if quote else entry.flaw,
            **self._evidence_cells(entry),
        }

    def _event_cells(self, entry: Entry) -> dict[str, str]:
        date = entry.date
        found = [link.end for link in self._links_from(entry.ref) if link.kind is LinkKind.MENTION]
        # Without a value, the first part is the date as written, or the word for an event that has none.
        unread = "".join(part.text for part in entry.parts if part.name == "date" and part.flaw)
        return {
            **_texts_of(entry, "text", "date_text", "people", "orgs", "places", "note"),
            "date": date.edtf if date else unread,
            "earliest": str(date.earliest) if date and date.earliest else "",
            "latest": str(date.latest) if date and date.latest else "",
            "status": entry.status,
            "targets": _targets_of(entry, "people", "orgs", "places"),
            "found": _join_refs(found),
            "quote": _targets_of(entry, "quote"),
            **self._evidence_cells(entry),
        }

    def _evidence_cells(self, entry: Entry) -> dict[str, str]:
        places = [link.end for link in self._links_from(entry.ref) if link.kind is LinkKind.EVIDENCE]
        return {"evidence": _join_refs(places), "where": entry.aside}

    def _mention_cells(self, entry: Entry) -> Iterator[dict[str, str]]:
        """Yield the cells of each mention in a text, in reading order; words are empty where the file gives none."""
        found: dict[Ref, list[Ref]] = {}
        for link in self._links.links_at(entry.ref):
            if link.kind is LinkKind.MENTION and link.start.entry == entry.ref:
                found.setdefault(link.start, []).append(link.end)
        for where in sorted(found, key=lambda ref: ref.span or (-1, 0)):
            yield {
                "kind": "mention",
                "ref": str(where),
                "text": entry.text[slice(*where.span)] if where.span else "",
                "name": "\n".join(self._called.get(target, target.id) for target in found[where]),
                "targets": _join_refs(found[where]),
            }

    def _links_from(self, ref: Ref) -> Iterator[Link]:
        return (link for link in self._links.links_at(ref) if link.start == ref)


_TABLE_OF_KIND = {
    **dict.fromkeys(("person", "org", "place", "source"), PEOPLE),
    "quote": QUOTES,
    "event": TIMELINE,
}
_CELLS_OF_TABLE: Mapping[EntryTable, Callable[[_ArticleTables, Entry], dict[str, str]]] = {
    PEOPLE: _ArticleTables._person_cells,
    QUOTES: _ArticleTables._quote_cells,
    TIMELINE: _ArticleTables._event_cells,
}


def _remark_cells(entry: Entry) -> dict[str, str]:
    flaws = [f"{part.name}: {part.flaw}" for part in entry.parts if part.flaw]
    return {**_texts_of(entry, "other"), "flaws": "\n".join(flaws)}


def _texts_of(entry: Entry, *names: str) -> dict[str, str]:
    """Return the texts of the parts with these names, by name."""
    return {name: "\n".join(part.text for part in entry.parts if part.name == name) for name in names}


def _targets_of(entry: Entry, *names: str) -> str:
    return _join_refs(target for part in entry.parts if part.name in names for target in part.targets)


def _join_refs(refs: Iterable[Ref]) -> str:
    return " ".join(dict.fromkeys(map(str, refs)))
