"""Tests of properties that the links and addresses of every article have, for all articles of the project."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from dossier.core.links import Links, derive_links
from dossier.core.mentions import find_mentions
from dossier.core.model import Article, NamedEntry
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.card import make_card
from dossier.core.views.panes import make_panes
from dossier.loader.article import load_article
from dossier.ui.entry_list import pane_of
from dossier.ui.navigation import go_to
from dossier.ui.state import open_article_state

DATA = Path(__file__).parent.parent / "data"
LOADED = [load_article(path).article for path in sorted(DATA.rglob("*.yaml"))]
ARTICLES = [article for article in LOADED if article]

every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.ref.article)


def texts(article: Article) -> dict[Ref, str]:
    """Return the texts in which words can occur."""
    name = article.ref.article
    return {
        Ref(name, "headline"): article.headline,
        Ref(name, "subtitle"): article.subtitle,
        **{block.ref: block.text for block in article.body},
        **{media.ref: media.caption for media in article.media},
    }


def entries(article: Article) -> Iterator[Ref]:
    """Return the address of everything in the article."""
    yield from texts(article)
    yield Ref(article.ref.article, "about", "byline")
    yield from (named.ref for named in chain[NamedEntry](article.people, article.orgs, article.places))
    yield from (quote.ref for quote in article.quotes)
    yield from (event.ref for event in article.events)
    yield from (term.ref for term in article.glossary)
    yield from (document.ref for document in article.documents)
    for quote in article.quotes:
        if not quote.speaker and quote.speaker_text:
            yield Ref(article.ref.article, "source", quote.speaker_text)


def test_there_are_articles_with_links() -> None:
    assert sum(1 for article in ARTICLES for _ in derive_links(article)) > 100


@every_article
def test_every_address_is_read_back(article: Article) -> None:
    ends = chain.from_iterable((link.start, link.end) for link in derive_links(article))
    for ref in (article.ref, *entries(article), *ends):
        assert parse_ref(str(ref)) == ref


@every_article
def test_every_end_of_a_link_is_an_entry_or_a_span_inside_one(article: Article) -> None:
    known, words = set(entries(article)), texts(article)
    for end in chain.from_iterable((link.start, link.end) for link in derive_links(article)):
        assert end.entry in known
        if end.span:
            assert 0 <= end.span[0] < end.span[1] <= len(words[end.entry])


@every_article
def test_every_link_is_found_from_both_ends(article: Article) -> None:
    links = Links.of(article)
    for link in derive_links(article):
        for here, there in ((link.start, link.end), (link.end, link.start)):
            assert link in links.links_at(here)
            assert link in links.links_at(here.entry)
            assert there in links.linked_refs(here)
            assert there in links.find_highlighted([here.entry])


@every_article
def test_every_span_that_is_linked_is_a_link_in_its_text(article: Article) -> None:
    links = Links.of(article)
    spans = {end for link in derive_links(article) for end in (link.start, link.end) if end.span}
    anchors = [(ref, anchor) for ref in texts(article) for anchor in links.span_anchors(ref)]
    assert {ref.with_span(anchor.start, anchor.end) for ref, anchor in anchors} == spans
    for ref, anchor in anchors:
        assert set(anchor.targets) == set(links.linked_refs(ref.with_span(anchor.start, anchor.end)))


@every_article
def test_the_mentions_of_an_article_are_those_that_are_found_in_it(article: Article) -> None:
    assert article.mentions == find_mentions(article)


@every_article
def test_every_link_leads_to_an_entry_that_its_home_pane_has(article: Article) -> None:
    state = open_article_state(article, ())
    for entry in chain.from_iterable(state.reading.entries.values()):
        rows = (entry, *make_card(article, state.reading.links, entry.ref))
        for target in chain.from_iterable(anchor.targets for row in rows for anchor in row.anchors):
            there = state.entry_of(target)
            assert there is not None, target
            assert there in state.reading.entries[pane_of(target)]
            if target.span:
                assert 0 <= target.span[0] < target.span[1] <= len(there.text)


@every_article
def test_every_end_of_a_link_can_be_gone_to(article: Article) -> None:
    state = open_article_state(article, ())
    for end in sorted(set(chain.from_iterable((link.start, link.end) for link in derive_links(article))), key=str):
        there = go_to(state, end)
        assert there is not None
        assert there.entry is not None
        assert there.entry.ref == end.entry


@every_article
def test_an_address_is_borne_by_one_entry(article: Article) -> None:
    found = [entry.ref for entry in chain.from_iterable(make_panes(article, Links.of(article)).values())]
    assert len(set(found)) == len(found)


@every_article
def test_every_span_of_evidence_reads_the_same_in_the_article_and_in_the_entry(article: Article) -> None:
    state, words = open_article_state(article, ()), texts(article)
    for where in chain.from_iterable(quote.evidence for quote in article.quotes):
        entry = state.entry_of(where)
        assert entry is not None
        if where.span:
            assert entry.text[slice(*where.span)] == words[where.entry][slice(*where.span)]
