"""Tests of text in HTML: how spans that overlap or lie within one another are set."""

import re
from typing import Any

import pytest
from documents import BUNDLED, export_article
from html_reader import Page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.core.ref import Ref
from dossier.export.export import ExportedArticle
from dossier.export.html_text import Context, Span, set_spans


@pytest.fixture(scope="module")
def bundled() -> Context:
    return context_of(export_article(BUNDLED))


def context_of(exported: ExportedArticle) -> Context:
    return Context(exported, "")


@pytest.mark.parametrize(
    ("spans", "made"),
    [
        ((), "abcdef&amp;h"),
        (((1, 3),), "a<span>bc</span>def&amp;h"),
        (((0, 8), (2, 4)), "<span>ab<span>cd</span>ef&amp;h</span>"),
        (((0, 4), (2, 6)), "<span>ab<span>cd</span></span><span>ef</span>&amp;h"),
        (((0, 3), (3, 8)), "<span>abc</span><span>def&amp;h</span>"),
        (((0, 2), (0, 2)), "<span><span>ab</span></span>cdef&amp;h"),
        (((0, 8), (1, 5), (3, 7)), "<span>a<span>bc<span>de</span></span><span>f&amp;</span>h</span>"),
    ],
)
def test_spans_that_overlap_are_divided(spans: tuple[tuple[int, int], ...], made: str) -> None:
    context = context_of(export_article(BUNDLED))
    assert set_spans("abcdef&h", [Span(*span) for span in spans], None, context) == made


PARK, LEE, FIRST, MADRID = (("person", "park"), ("person", "lee"), ("quote", "q1"), ("event", "e5"))
SPANS = st.lists(
    st.tuples(
        st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda ends: ends[0] != ends[1]).map(sorted),
        st.lists(st.sampled_from([PARK, LEE, FIRST, MADRID]), max_size=3, unique=True),
    ),
    max_size=8,
    unique_by=lambda span: tuple(span[0]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=SPANS)
def test_any_spans_are_nested_well_and_keep_the_text(spans: list[Any], bundled: Context) -> None:
    text, own = "ab<c>&d efgh", Ref("nato-seoul-2023", "para", "p1")
    made = [
        Span(
            ends[0],
            ends[1],
            tuple(Ref("nato-seoul-2023", *target) for target in targets),
            () if targets else ("note-1",),
        )
        for ends, targets in spans
    ]
    page = Page(f"<p>{set_spans(text, made, own, bundled)}</p>")
    assert page.faults == []
    assert page.all == text
    assert max(page.ids.values(), default=1) == 1
    linked = {link for link in page.links if link != "#note-1"}
    assert linked == {f"#{kind}-{id}" for _, targets in spans for kind, id in targets}


def test_a_name_within_a_name_is_a_marker_behind_both() -> None:
    exported = export_article(BUNDLED)
    article = exported.article.ref.article
    spans = [Span(0, 8, (Ref(article, "person", "park"),)), Span(2, 4, (Ref(article, "person", "lee"),))]
    made = set_spans("abcdefgh", spans, None, context_of(exported))
    assert made.startswith(
        '<a class="name" href="#person-park">ab<span>cd</span>efgh</a><a href="#person-lee" class="to"'
    )


def test_a_marker_has_a_direction_of_its_own_beside_numbers_of_hebrew_text(bundled: Context) -> None:
    # Without one, “2023e1” would be one run from left to right, and the marker would stand between the words.
    event = Ref("nato-seoul-2023", "event", "e1")
    made = set_spans("באפריל 2023", [Span(0, 11, (event,)), Span(0, 6, (), ("note-1",))], None, bundled)
    markers = re.findall("<a ([^>]*)>([^<]*)</a>", made)
    assert {sign for _, sign in markers} == {"e1", "✎"}
    assert all('class="to" dir="ltr"' in attributes for attributes, _ in markers)
