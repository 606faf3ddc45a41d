"""Articles as rows of a list: date, headline, outlet, counts, and excerpts of what a query finds in each.

Each excerpt has links, so that the cursor can choose one and Enter opens the article at that place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.edtf import Date, parse_date
from dossier.core.dates.words import format_short_clock, format_short_date, format_unsaid_zone
from dossier.core.entry import Entry, Part
from dossier.core.matcher import Hit, match
from dossier.core.query import NotedCondition, Query
from dossier.core.query_context import find_noted
from dossier.core.ref import Anchor, Ref
from dossier.core.term_places import Span, Spans
from dossier.core.views.labels import STATUS_GLYPHS, format_place, quote_glyph
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.stored_entries import StoredEntry


class Excerpt(NamedTuple):
    """A stretch of an entry's text in one line, with the hits that are in it.

    `spans` are the hits as start and end in code points of `text`; `found` are the same hits in code points of the
    entry's text.
    """

    text: str
    spans: Spans
    found: Spans


EXCERPTS = 2
"""The most excerpts that are shown below a headline."""


def make_article_entry(index: Index, first: int, query: Query | None, found: Sequence[int] | None = None) -> Entry:
    """Return the row of the article with this `first`; with excerpts of what `query` finds in it, if there is one.

    `found` are the row ids of the first entries that `query` finds, where they are known: then no other entry is looked
    at. Raises KeyError when the index has no such article.
    """
    row = index.articles.article(first)
    entries: Sequence[StoredEntry] = index.entries.of_article(row) if query else ()
    if found is not None:
        entries = [entries[at - first] for at in found if at - first < len(entries)]
    shown = tuple(islice(find_excerpts(entries, query), EXCERPTS)) if query else ()
    date, time = split_index_date(row.published)
    parts = [Part("date", date), Part("text", row.headline)]
    parts += [Part("time", time)] if time else []
    parts += [Part("outlet", row.outlet)] if row.outlet else []
    parts += [Part("excerpt", one.text) for _, one in shown]
    ref = Ref(row.ref.article)
    entry = Entry(ref, tuple(parts), 0, aside=counts(row))
    return Entry(ref, entry.parts, 0, aside=entry.aside, anchors=tuple(_anchors(entry, shown)))


def find_excerpts(entries: Iterable[StoredEntry], query: Query) -> Iterator[tuple[Ref, Excerpt]]:
    """Yield the address and an excerpt of each entry that `query` finds among `entries`, but for the headline.

    The headline is on the row already. A quote that was found by its paragraph has the address of that, and is left out
    where the same words have found another quote.
    """
    if noted := find_noted(query):
        yield from _find_note_excerpts(entries, noted)
        return
    told: set[tuple[Ref, Spans]] = set()
    for stored in entries:
        if stored.entry.ref.kind != "headline" and (hit := match(query, stored.entry, stored.about)):
            ref, shown = hit.passages[0].ref if hit.passages else stored.entry.ref, make_hit_excerpt(stored.entry, hit)
            if not hit.passages or (ref, shown.found) not in told:
                told.add((ref, shown.found))
                yield ref, shown


def _find_note_excerpts(entries: Iterable[StoredEntry], noted: NotedCondition) -> Iterator[tuple[Ref, Excerpt]]:
    """Yield the address of each entry with a note that is found, and the note."""
    for stored in entries:
        for hit in noted.notes.find_hits(noted.node, stored.entry, stored.about):
            own = stored.entry.ref
            words = _cut(hit.note.words.replace("\n", " "), (), (0, len(hit.note.words)), "", _AROUND).text
            shown = f"note: {hit.note.text} (“{words}”)" if hit.note.text else f"mark: “{words}”"
            yield own, Excerpt(shown, ((0, len(shown)),), (hit.span or (0, len(stored.entry.text)),))


def counts(row: ArticleRow) -> str:
    """Return how much was extracted from an article: `▪8 ❝15 ◷8` for people, quotes and events. Zeros are left out."""
    numbers = ((row.people, "▪"), (row.quotes, "❝"), (row.timeline, "◷"))
    return " ".join(f"{glyph}{number}" for number, glyph in numbers if number)


def format_index_date(edtf: str) -> str:
    """Return a date, given in EDTF as the index has it, in a few words, with its time of day.

    Returns "undated" for "", and the date as written when it cannot be read.
    """
    return " ".join(filter(None, split_index_date(edtf)))


def split_index_date(edtf: str) -> tuple[str, str]:
    """Return a date, given in EDTF as the index has it, for a narrow column, and its time of day; "" if it has none.

    The date is "undated" for "", and as written when it cannot be read. A time has its zone: beside articles of other
    zones, in the order of their instants, it would look out of order.
    """
    if not edtf:
        return "undated", ""
    try:
        date = parse_date(edtf)
    except DateError:
        return edtf, ""
    return format_short_date(date), format_short_clock(date)


def find_unsaid_zone(date: Date, published: str) -> str:
    """Return the zone that the times of an event leave out, which is that of its article; "" where they leave out none.

    `published` is in EDTF as the index has it.
    """
    if not any(point.time for point in date.points):
        return ""
    try:
        return format_unsaid_zone(date, parse_date(published)) if published else ""
    except DateError:
        return ""


def _anchors(entry: Entry, shown: Iterable[tuple[Ref, Excerpt]]) -> Iterable[Anchor]:
    """Yield the links of an article's row, from each hit in its excerpts to the place in the article."""
    begins = [start for part, start in entry.iterate_parts() if part.name == "excerpt"]
    for begin, (ref, one) in zip(begins, shown, strict=True):
        spans = one.spans or ((0, len(one.text)),)
        for span, found in zip(spans, one.found or (None,), strict=True):
            target = ref.with_span(*found) if found else ref
            yield Anchor(begin + span[0], begin + span[1], (target,))


_AROUND = (32, 72)
"""Code points that are shown before and after the beginning of a hit."""


_BODIES = {"quote": "text", "event": "text", **dict.fromkeys(("person", "org", "place", "source"), "name")}
"""The part that is always shown of an entry of each kind: of others, the line with the first hit."""
_LEADING = {"quote": ("speaker",), "event": ("date", "time")}
"""The parts that stand before an excerpt, behind a sign and a blank."""


def make_excerpt(entry: Entry, spans: Spans) -> Excerpt:
    """Return what stands around the first of `spans`, which are hits in the entry's text, in one line.

    What was said, what happened, and a name are always shown: hits in their words, or else their beginning, with the
    hits in the speaker or the date before it, and the first field with other hits behind it. Hits that lie within the
    excerpt are kept.
    """
    name = _BODIES.get(entry.ref.kind)
    begin, end = next((_bounds(part, start) for part, start in entry.iterate_parts() if part.name == name), (0, 0))
    own = tuple([span for span in spans if begin <= span[0] < end]) if end else spans
    start = own[0][0] if own else begin
    shown = _cut(entry.text, own, _find_line(entry.text, start), _lead(entry), _AROUND)
    if own or not spans:
        return shown
    leading = tuple(_find_in_lead(entry, spans))
    shown = Excerpt(shown.text, tuple([at for at, _ in leading]), tuple([span for _, span in leading]))
    others = tuple([span for span in spans if span not in shown.found])
    if not others:
        return shown
    more = _cut(entry.text, others, _find_line(entry.text, others[0][0]), f"{shown.text} · ", _AROUND)
    return Excerpt(more.text, (*shown.spans, *more.spans), (*shown.found, *more.found))


def _bounds(part: Part, start: int) -> Span:
    return start, start + len(part.text)


def _find_line(text: str, at: int) -> Span:
    """Return the bounds of the line of `text` that has the code point `at`."""
    line_end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if line_end < 0 else line_end


def _find_in_lead(entry: Entry, spans: Spans) -> Iterator[tuple[Span, Span]]:
    """Yield where each of `spans` is in what stands before an excerpt, and the span, of those that are there."""
    shift = 2
    for name in _LEADING.get(entry.ref.kind, ()):
        found = next(((part, start) for part, start in entry.iterate_parts() if part.name == name), None)
        if found:
            begin, end = _bounds(*found)
            moved = shift - begin
            yield from (((one + moved, two + moved), (one, two)) for one, two in spans if begin <= one and two <= end)
            shift += end - begin + 1


def make_hit_excerpt(entry: Entry, hit: Hit, around: tuple[int, int] = _AROUND) -> Excerpt:
    """Return the excerpt of a hit; of a quote that was found by its paragraph, the sentence there.

    `around` are the most code points before and after the beginning of a hit in that sentence. `found` are then code
    points of the paragraph's text.
    """
    if not hit.passages:
        return make_excerpt(entry, hit.spans)
    # Few hits need it, and its patterns take long to compile.
    from dossier.text.sentences import find_sentence  # noqa: PLC0415

    ref, text, spans = hit.passages[0]
    lead = _lead_of_quote(entry, f" in {format_place(ref)}: ")
    return _cut(text, spans, find_sentence(text, *spans[0]), lead, around)


def _cut(text: str, spans: Spans, bounds: Span, lead: str, around: tuple[int, int]) -> Excerpt:
    """Return what stands around the first of `spans` between the `bounds` in `text`, behind `lead`."""
    before, after = around
    start, line_end = bounds
    first = spans[0][0] if spans else start
    begin = start
    if first - start > before:
        begin = text.rfind(" ", start, first - before // 2) + 1 or first - before // 2
        begin = max(begin, first - before)
    end = line_end
    if line_end - first > after:
        end = text.rfind(" ", first + 1, first + after)
        end = max(end if end > 0 else first + after, spans[0][1] if spans else 0)
    lead += "… " if begin > start else ""
    inside = tuple([span for span in spans if begin <= span[0] and span[1] <= end])
    shift = len(lead) - begin
    shown = lead + text[begin:end] + (" …" if end < line_end else "")
    return Excerpt(shown, tuple([(one + shift, two + shift) for one, two in inside]), inside)


def _lead(entry: Entry) -> str:
    """Return what stands before an excerpt: the kind of the entry, and whose it is."""
    fields = {part.name: part.text for part in reversed(entry.parts)}
    match entry.ref.kind:
        case "quote":
            return _lead_of_quote(entry, ": ")
        case "event":
            when = " ".join(filter(None, (fields["date"], fields.get("time"))))
            return f"{STATUS_GLYPHS.get(entry.status, '●')} {when}: "
        case "person" | "org" | "place" | "source":
            return "▪ "
        case "para":
            return f"¶{entry.paragraph_number} "
        case kind:
            return f"{format_place(entry.ref) if kind == 'media' else kind}: "


def _lead_of_quote(entry: Entry, end: str) -> str:
    """Return what stands before an excerpt of a quote, with `end` behind the speaker."""
    speaker = next((part.text for part in entry.parts if part.name == "speaker"), "no speaker")
    return f"{quote_glyph(entry)} {speaker}{end}"
