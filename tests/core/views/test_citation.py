from typing import Any

import pytest
from articles import article, person, quote, ref, reference

from dossier.core.dates.edtf import parse_date
from dossier.core.model import Article, EvidenceStatus, WrittenDate
from dossier.core.views.citation import attribute_quote, cite_words, format_citation, quote_remarks, quoted_words


def signed(published: str = "", **fields: Any) -> Article:
    """Return an article of two paragraphs with these fields."""
    dated = WrittenDate(published, parse_date(published)) if published else None
    return article("A pact was signed.", "“No new toll,” an official said.", published=dated, **fields)


@pytest.mark.parametrize(
    ("made", "where", "expected"),
    [
        (
            signed(
                "2023-04-12", outlet="Harbour Herald", byline=("Ida Brandt <ida@example.org>",), url="https://x.org/1"
            ),
            ("para/p2",),
            "Ida Brandt, “Ferry pact signed”, Harbour Herald, 12 April 2023, ¶2, https://x.org/1",
        ),
        (
            signed("2023-04-12~", byline=("Ida Brandt", "Tom Reyes", "<desk@example.org>")),
            ("para/p1", "para/p2:0-3", "para/p1:2-4"),
            "Ida Brandt, Tom Reyes and <desk@example.org>, “Ferry pact signed”, about 12 April 2023, ¶1 ¶2, "
            "ferry#para/p2",
        ),
        (signed("2023-04-12T09:30Z"), (), "“Ferry pact signed”, 12 April 2023, ferry#para/p2"),
        (signed("2023-04?"), (), "“Ferry pact signed”, April 2023, uncertain, ferry#para/p2"),
        (signed(), ("media/m1",), "“Ferry pact signed”, caption m1, ferry#para/p2"),
    ],
)
def test_what_is_known_is_said_and_nothing_else(made: Article, where: tuple[str, ...], expected: str) -> None:
    assert format_citation(made, map(ref, where), ref("para/p2")) == expected


def test_a_date_that_cannot_be_read_is_given_as_written() -> None:
    made = article("A pact.", published=WrittenDate("2023-02-30", None))
    assert format_citation(made, (), ref("para/p1")) == "“Ferry pact signed”, 2023-02-30, ferry#para/p1"


@pytest.mark.parametrize(
    ("form", "words", "said"),
    [
        ("direct", "“words”", ()),
        ("mixed", "words", ()),
        ("indirect", "words", ("indirect: not in the speaker’s own words",)),
        ("free-indirect", "words", ("free-indirect: not in the speaker’s own words",)),
        ("reported", "words", ("reported: not in the speaker’s own words",)),
    ],
)
def test_only_the_speakers_own_words_stand_between_marks(form: str, words: str, said: tuple[str, ...]) -> None:
    made = quote("q1", form=form)
    assert (quoted_words(made), quote_remarks(made)) == (words, said)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (EvidenceStatus.FOUND, ()),
        (EvidenceStatus.PARAPHRASE, ()),
        (EvidenceStatus.ABSENT, ("not found word for word in the article",)),
        (EvidenceStatus.ELSEWHERE, ("in the article, but not where the file says",)),
        (EvidenceStatus.SEVERAL, ("in several places in the article",)),
    ],
)
def test_what_is_wrong_with_a_quote_goes_with_it(standing: EvidenceStatus, said: tuple[str, ...]) -> None:
    assert quote_remarks(quote("q1", evidence_status=standing)) == said


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"speaker": reference("person/okafor")}, "“words” — Lena Okafor, transport minister"),
        ({"speaker": reference("person/han")}, "“words” — Han Seo-jin"),
        ({"speaker_text": "an official"}, "“words” — an official"),
        ({}, "“words” — speaker not given"),
        (
            {"speaker": reference("person/okafor", "person/han")},
            "“words” — person/okafor or person/han (may be any of 2)",
        ),
        ({"speaker": reference()}, "“words” — nobody (no such entry)"),
        ({"speaker_text": "an official", "to_text": "reporters"}, "“words” — an official, to reporters"),
        (
            {"speaker": reference("person/okafor"), "to": reference("person/han")},
            "“words” — Lena Okafor, transport minister, to Han Seo-jin",
        ),
    ],
)
def test_who_said_it(fields: dict[str, Any], expected: str) -> None:
    people = (person("okafor", "Lena Okafor", role="transport minister"), person("han", "Han Seo-jin"))
    assert attribute_quote(article("A pact.", people=people), quote("q1", **fields)) == expected


def test_the_source_stands_last() -> None:
    assert cite_words("“words”", ("one", "two"), "source") == "“words” (one; two; source)"
    assert cite_words("“words”", (), "source") == "“words” (source)"
