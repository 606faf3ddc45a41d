"""Two articles, or two events, side by side: what both have, and what each has that the other has not."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from dossier.core.alignment import align_blocks
from dossier.core.compared import (
    Compared,
    Side,
    compare_texts,
    describe_date,
    given,
    have_difference,
    make_article_sides,
)
from dossier.core.compared_events import compare_event_lists, compare_evidence, compare_two_events
from dossier.core.compared_quotes import ComparedSpeaker, compare_speakers
from dossier.core.dataclasses import dataclass, replace
from dossier.core.model import Article, Event, Paragraph, WrittenDate
from dossier.core.ref import Ref
from dossier.core.registry import Decisions, Registry

_ARTICLE_FACTS: Final = ("headline", "subtitle", "outlet", "byline", "dateline", "published", "updated")
_EVENT_FACTS: Final = ("headline", "outlet", "published")
_IN_TEXT: Final = ("headline", "subtitle")


@dataclass(frozen=True)
class ArticleComparison:
    """Two articles side by side. `blocks` are the paragraphs and sub-headings, `speakers` those who are quoted."""

    left: Article
    right: Article
    facts: tuple[Compared, ...]
    blocks: tuple[Compared, ...]
    speakers: tuple[ComparedSpeaker, ...]
    events: tuple[Compared, ...]

    @property
    def differs(self) -> bool:
        """Whether anything that is compared differs."""
        quoted = chain.from_iterable((one.speaker, *one.quotes) for one in self.speakers)
        return have_difference(chain(self.facts, self.blocks, quoted, self.events))


@dataclass(frozen=True)
class EventComparison:
    """Two events side by side. `facts` are those of their articles, `evidence` the texts in which evidence stands."""

    left: Event
    right: Event
    facts: tuple[Compared, ...]
    event: Compared
    evidence: tuple[Compared, ...]

    @property
    def differs(self) -> bool:
        """Whether anything that is compared differs."""
        return have_difference((*self.facts, self.event, *self.evidence))


Comparison = ArticleComparison | EventComparison


def compare_articles(
    left: Article, right: Article, registry: Registry | None = None, decisions: Decisions | None = None
) -> ArticleComparison:
    """Compare two articles. `registry` and `decisions` are those of their library, which tell who is the same."""
    sides = make_article_sides(left, right, registry or Registry(), decisions or Decisions())
    return ArticleComparison(
        left,
        right,
        tuple(_compare_facts(left, right, _ARTICLE_FACTS)),
        tuple(_compare_blocks(left, right)),
        tuple(compare_speakers(*sides)),
        tuple(compare_event_lists(*sides)),
    )


def compare_events(
    left: tuple[Article, Event],
    right: tuple[Article, Event],
    registry: Registry | None = None,
    decisions: Decisions | None = None,
) -> EventComparison:
    """Compare two events, each given with its article, which may be the same one."""
    sides = make_article_sides(left[0], right[0], registry or Registry(), decisions or Decisions())
    return EventComparison(
        left[1],
        right[1],
        tuple(_compare_facts(left[0], right[0], _EVENT_FACTS)),
        compare_two_events(*sides, left[1], right[1]),
        tuple(compare_evidence(left[0], right[0], left[1], right[1])),
    )


def find_event(article: Article, ref: Ref) -> Event | None:
    """Return the event of the article at this address; None when it has none."""
    return next((event for event in article.events if event.ref == ref), None)


def _compare_facts(left: Article, right: Article, names: tuple[str, ...]) -> Iterator[Compared]:
    return given(compare_texts(name, _make_fact(left, name), _make_fact(right, name)) for name in names)


def _make_fact(article: Article, name: str) -> Side:
    value: str | tuple[str, ...] | WrittenDate | None = getattr(article, name)
    text = value if isinstance(value, str) else ", ".join(value) if isinstance(value, tuple) else describe_date(value)
    ref = Ref(article.ref.article, name) if name in _IN_TEXT else Ref(article.ref.article, "about", name)
    return Side(ref, text)


def _compare_blocks(left: Article, right: Article) -> Iterator[Compared]:
    own, others = (tuple((one.ref.kind, one.text) for one in article.body) for article in (left, right))
    for pair in align_blocks(own, others):
        one = _make_block(left.body, pair.left)
        other = _make_block(right.body, pair.right)
        kind = one.ref.kind if one else other.ref.kind if other else ""
        yield replace(compare_texts(kind, one, other), is_moved=pair.is_moved)


def _make_block(body: tuple[Paragraph, ...], at: int | None) -> Side | None:
    return None if at is None else Side(body[at].ref, body[at].text)
