"""The preview: in a library, the article that the cursor is on, or whose row it is on, in the place of the text.

An article has to be read for it, so a preview is made only when the cursor has rested, and never while a key waits (see
`tui.preview_loader`). Until then the place shows what it showed before. A preview is no jump: it is neither in the
history nor in what is kept of a session.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

from dossier.core.dataclasses import NamedTuple, dataclass, replace
from dossier.core.entry import PANES, Entry, Listing
from dossier.core.query import Query
from dossier.core.ref import Ref
from dossier.core.term_places import Spans
from dossier.core.views.panes import Reading
from dossier.core.views.wording import format_written_date
from dossier.text.sanitize import sanitize_text
from dossier.ui.entry_list import Hits, pane_of
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line, Piece, Segment, wrap_segments

UNREADABLE = "this article cannot be read now"


class PreviewKey(NamedTuple):
    """What a preview shows, and in which size.

    `at` is the place that Enter leads to: an article, or a hit in it. The hits of `query` are lit. `generation` is that
    of the index: after an update, the file may be another.
    """

    at: Ref
    query: Query | None
    generation: int
    cells: int
    rows: int


@dataclass(frozen=True)
class Preview:
    """The preview of an article: its text in a pane without a cursor, and the spans to light in each entry.

    `hit_count` is the number of entries that match, also those of the lists, and `text_hit_count` that of those in the
    text. The pane is empty when the article could not be read, and `why` says why; it is "" if that is not known.
    `returns` is how often the index's server had come back before it was read.
    """

    key: PreviewKey
    pane: Pane
    hits: Mapping[Ref, Spans]
    hit_count: int = 0
    text_hit_count: int = 0
    why: str = ""
    returns: int = 0

    @property
    def is_unreadable(self) -> bool:
        """Whether the article could not be read."""
        return not len(self.pane.entries)

    def lines(self) -> tuple[Line, ...]:
        """Return the lines on view."""
        if self.is_unreadable:
            words = sanitize_text(f"{UNREADABLE}: {self.why}" if self.why else UNREADABLE)
            lines = wrap_segments((Segment(words, "muted"),), (), self.key.cells - 2)
            return tuple((Piece(" "), *line) for line in lines)
        return self.pane.lines(lambda row: EntryLook(hits=self.hits.get(self.pane.entries[row].ref, ())))


def make_preview(key: PreviewKey, reading: Reading | None, why: str = "", returns: int = 0) -> Preview:
    """Return the preview of an article that was read, scrolled to the hit that Enter leads to, or else to the first.

    `reading` is None when the article could not be read; then `why` says why, and `returns` is that of the preview.
    """
    pane = Pane("article", by_line=True, cells=key.cells, rows=key.rows)
    if reading is None:
        return Preview(key, pane, {}, why=why, returns=returns)
    found = _hits(reading, key.query)
    hits = {ref: spans for ref, spans in found.spans.items() if pane_of(ref) == "article"}
    goals = _goals(reading, key.at)
    for goal in goals:
        if goal.span and goal.span not in hits.get(goal.entry, ()):
            hits[goal.entry] = (*hits.get(goal.entry, ()), goal.span)
    lit = goals or tuple(ref.with_span(*span) for ref, spans in hits.items() for span in spans)
    pane = replace(pane, entries=Listing(_under_facts(reading)))
    return Preview(key, pane.reveal(frozenset(lit)), hits, len(found), found.counts.get("article", 0))


def _hits(reading: Reading, query: Query | None) -> Hits:
    if query is None or query.root is None:
        return Hits()
    from dossier.ui.article_hits import find_article_hits  # noqa: PLC0415 - only a search needs it

    entries = chain.from_iterable(reading.entries[name] for name in PANES)
    return find_article_hits(query, entries, reading.entry_facts, reading.links)


def _goals(reading: Reading, at: Ref) -> tuple[Ref, ...]:
    """Return the places in the text to scroll to: `at`, or the evidence of the entry of a list that `at` is in."""
    if not at.kind:
        return ()
    return (at,) if reading.entries["article"].row_of(at) is not None else reading.links.find_mention_refs(at.entry)


def _under_facts(reading: Reading) -> Iterator[Entry]:
    """Yield the entries of the text; above the first stands who wrote it, where and when it was published."""
    article = reading.article
    authors = ", ".join(author.partition("<")[0].strip() for author in article.byline)
    facts = filter(None, (authors, article.outlet, format_written_date(article.published)))
    for number, entry in enumerate(reading.entries["article"]):
        yield entry if number else replace(entry, group=" · ".join(facts))
