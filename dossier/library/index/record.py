"""What the index stores of one article: a pure function of the article, computed where the file is read.

The rows of the full text can be made again from the stored entries, as is done to remove them from it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, repeat
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.days import Days
from dossier.core.dates.edtf import Date
from dossier.core.dates.instants import find_earliest_moment, find_home_zone, find_latest_moment, number_moment
from dossier.core.entry import PANES, Entry
from dossier.core.entry_links import make_entry_fields
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.query import ENTRY_FIELDS
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import (
    collect_article_fields,
    find_entry_links,
    get_date_bounds,
    map_all_names,
)
from dossier.library.index.entry_packing import LinkedEntries, pack_entries
from dossier.library.index.full_text import SIGNS, RowTexts, sign_words
from dossier.library.index.schema import (
    ARTICLE_DAYS,
    ARTICLE_UNIT,
    EVENT_DAYS,
    EVENT_UNIT,
    UNBOUNDED,
    UNBOUNDED_PAST,
    UNDATED,
)
from dossier.library.index.stored_entries import Fields, StoredEntry
from dossier.text.joined_words import make_full_index_text

_OWN = frozenset(ENTRY_FIELDS)
_SHORT = 80
"""The most code points of a text that is likely to be repeated, such as a name, a role or a form."""
_SIGN_OF_PANE = {pane: SIGNS["body" if pane == "article" else pane] for pane in PANES}


class NamedRecord(NamedTuple):
    """A person, organisation or place of an article.

    `number` is the place of its entry among all entries of the article, `names` the native name and the aliases,
    `wikidata` the Wikidata number in `same_as`, and `quotes` how many quotes it is the speaker of.
    """

    number: int
    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    wikidata: str
    quotes: int


class IndexRecord(NamedTuple):
    """All that the index has of an article, in texts, numbers and tuples, which any process can be sent.

    `published` is as written. `earliest` and `latest` are ordinals of days, UNBOUNDED_PAST and UNBOUNDED where there is
    no such bound, both None without a date. `instant` is the moment of publication as a number, None without a date.
    `panes` has the number of entries of each pane, `forms` the forms of its quotes with spaces between. `events` has
    place, earliest and latest day of each event, and the numbers of the moments when it begins and ends, all UNDATED
    where no date can be read. `named` has the fields of each NamedRecord.
    """

    id: str
    headline: str
    outlet: str
    published: str
    earliest: int | None
    latest: int | None
    instant: int | None
    panes: tuple[int, ...]
    forms: str
    entries: bytes
    texts: tuple[RowTexts, ...]
    events: tuple[tuple[int, int, int, int, int], ...]
    named: tuple[tuple[Any, ...], ...]


def make_record(article: Article) -> IndexRecord:
    """Return what is stored of an article."""
    links = Links.of(article, spans=False)
    by_pane = make_panes(article, links)
    entries = tuple(chain.from_iterable([by_pane[name] for name in PANES]))
    counts = tuple([len(by_pane[name]) for name in PANES])
    called, shared = map_all_names(article), collect_article_fields(article)
    linked = [find_entry_links(entry.ref, links, called) for entry in entries]
    fields = map(make_entry_fields, entries, linked, repeat(called))
    published = get_date_bounds(article.published)
    earliest, latest = _days(published) if published else (None, None)
    date = article.published.date if article.published else None
    return IndexRecord(
        article.ref.article,
        article.headline,
        article.outlet,
        article.published.written if article.published else "",
        earliest,
        latest,
        _instant(date) if date else None,
        counts,
        " ".join(sorted({quote.form for quote in article.quotes})),
        pack_entries(LinkedEntries(entries, linked, called, shared, published)),
        _rows(zip(entries, fields, strict=True), shared, counts),
        tuple(_events(entries, find_home_zone(date))),
        tuple(tuple(one) for one in _named(article, entries)),
    )


def texts(stored: Iterable[StoredEntry], counts: Sequence[int]) -> tuple[RowTexts, ...]:
    """Return the texts for the full text, one row for each entry. `counts` are the numbers of entries of each pane."""
    return _rows([(one.entry, one.about.fields) for one in stored], {}, counts)


def _rows(found: Iterable[tuple[Entry, Fields]], shared: Fields, counts: Sequence[int]) -> tuple[RowTexts, ...]:
    """Return the texts of entries with their search fields. The headline gets those of the article, `shared`, too."""
    signs = chain.from_iterable([_SIGN_OF_PANE[name]] * count for name, count in zip(PANES, counts, strict=True))
    # Many entries of an article have the same fields, such as its persons.
    sign = cache(_sign_field)
    made: list[RowTexts] = []
    for (entry, fields), place in zip(found, signs, strict=True):
        text = _all_tokens([part.text for part in entry.parts])
        if entry.ref.kind == "headline":
            signed = [sign(name, texts) for name, texts in {**shared, **fields}.items()]
            made.append((f"{text} {SIGNS['headline']}", " ".join(signed)))
        else:
            signed = [sign(name, texts) for name, texts in fields.items() if name in _OWN]
            made.append((f"{text} {place}", " ".join(signed)))
    return tuple(made)


def _sign_field(name: str, texts: Sequence[str]) -> str:
    """Return the words of a field, each once and with the sign of the field."""
    return sign_words(name, _all_tokens(texts))


def _all_tokens(found: Sequence[str]) -> str:
    """Return the tokens of several texts, with spaces between."""
    return " ".join([_short_tokens(text) if len(text) <= _SHORT else make_full_index_text(text) for text in found])


@lru_cache(maxsize=16384)
def _short_tokens(text: str) -> str:
    """Return the tokens of a short text, with spaces between."""
    return make_full_index_text(text)


def _instant(published: Date) -> int:
    """Return the number of the moment of publication."""
    home = find_home_zone(published)
    return number_moment(find_earliest_moment(published, home), home, ARTICLE_UNIT, ARTICLE_DAYS)


def _events(entries: Sequence[Entry], home: int | None) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield place, earliest and latest day, and the numbers of begin and end, of each event."""
    for number, entry in enumerate(entries):
        if entry.ref.kind != "event":
            continue
        date = entry.date
        if date is None:
            yield number, UNDATED, UNDATED, UNDATED, UNDATED
            continue
        earliest, latest = _days((date.earliest, date.latest))
        begin, end = (
            number_moment(moment, home, EVENT_UNIT, EVENT_DAYS)
            for moment in (find_earliest_moment(date, home), find_latest_moment(date, home))
        )
        yield number, earliest, latest, begin, end


def _named(article: Article, entries: Sequence[Entry]) -> Iterator[NamedRecord]:
    """Yield the persons, organisations and places of an article."""
    said = Counter(target for quote in article.quotes if quote.speaker for target in quote.speaker.targets)
    number = {entry.ref: place for place, entry in enumerate(entries)}
    for one in chain(article.people, article.orgs, article.places):
        names = tuple(name for name in (one.native, *one.aliases) if name)
        wikidata = dict(one.same_as).get("wikidata", "")
        yield NamedRecord(number[one.ref], one.ref.kind, one.ref.id, one.name, names, wikidata, said[one.ref])


def _days(found: Days) -> tuple[int, int]:
    """Return earliest and latest day as ordinals, UNBOUNDED_PAST and UNBOUNDED where there is no such bound."""
    earliest, latest = found
    return earliest.toordinal() if earliest else UNBOUNDED_PAST, latest.toordinal() if latest else UNBOUNDED
