"""What an article of the library looks like in a list: its date, headline, outlet and counts, and what was found in it.

Each thing found is a link of the row, so that the cursor can choose it and Enter opens the article at that place.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from dossier.core.anchor import Anchor
from dossier.core.dates.edtf import DateError, parse
from dossier.core.dates.words import short
from dossier.core.entry import Entry, Part
from dossier.core.matcher import match
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.old_excerpt import Excerpt, excerpt

EXCERPTS = 2
"""So many of the things found are shown below the headline."""


def article_entry(index: Index, first: int, query: Query | None) -> Entry:
    """The row of an article; with what `query` finds in it, when there is one."""
    row = index.article(first)
    shown = tuple(islice(excerpts(index, query, first), EXCERPTS)) if query else ()
    parts = [Part("date", date_words(row.published)), Part("text", row.headline)]
    parts += [Part("outlet", row.outlet)] if row.outlet else []
    parts += [Part("excerpt", one.text) for _, one in shown]
    ref = Ref(row.ref.article)
    entry = Entry(ref, tuple(parts), 0, aside=counts(row))
    return Entry(ref, entry.parts, 0, aside=entry.aside, anchors=tuple(_anchors(entry, shown)))


def excerpts(index: Index, query: Query, first: int) -> Iterator[tuple[Ref, Excerpt]]:
    """What the query finds in an article, with the address of each entry; not its headline, which is on the row."""
    for stored in index.entries(first):
        if stored.entry.ref.kind != "headline" and (hit := match(query, stored.entry, stored.about)):
            yield stored.entry.ref, excerpt(stored.entry, hit.spans)


def counts(row: ArticleRow) -> str:
    """How much was extracted: `8 people  15 quotes  8 events`, nothing for none."""
    numbers = ((row.people, "▪"), (row.quotes, "❝"), (row.timeline, "◷"))
    return " ".join(f"{glyph}{number}" for number, glyph in numbers if number)


def date_words(edtf: str) -> str:
    """A date of the index in a narrow column, as written when it cannot be read."""
    try:
        return short(parse(edtf)) if edtf else "undated"
    except DateError:
        return edtf


def _anchors(entry: Entry, shown: Iterable[tuple[Ref, Excerpt]]) -> Iterable[Anchor]:
    begins = [start for part, start in entry.offsets() if part.name == "excerpt"]
    for begin, (ref, one) in zip(begins, shown, strict=True):
        spans = one.spans or ((0, len(one.text)),)
        for span, found in zip(spans, one.found or (None,), strict=True):
            target = ref.within(*found) if found else ref
            yield Anchor(begin + span[0], begin + span[1], (target,))
