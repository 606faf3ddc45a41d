"""Mistakes that people and language models make: one finding each, at its line, with the cause and a cure that fits."""

import pytest

from dossier.loader.article import parse_article

H = "headline: Ferry pact signed\noutlet: Harbour Herald\npublished: 2023-04-12\n"
B = (
    "body:\n  - Two island councils signed a ferry pact on Tuesday.\n"
    "  - “We will run every day of the year,” said Lena Okafor, the minister. She left.\n"
    "  - Han Seo-jin, the head of the port, told reporters the quay would be ready by June.\n"
)
P = "people:\n  okafor: Lena Okafor | minister\n  han: Han Seo-jin | head of the port\n"
G = H + B + P
"""An article without a mistake, of ten lines."""
Q = G + "quotes:\n"
T = G + "timeline:\n"


@pytest.mark.parametrize(
    ("text", "lines", "words"),
    [
        pytest.param(
            G + "\nNote: I left out the advertisement and the weather box.\n",
            (12,),
            "may be prose after",
            id="a note behind the YAML",
        ),
        pytest.param(
            Q + "  - {speaker:okafor, text: We will run every day}\n",
            (12,),
            "missing space after the colon: write speaker: okafor",
            id="no blank, within braces",
        ),
        pytest.param(
            H + "body:\n  - One thing is sure: the boat runs.\n",
            (5,),
            "put the paragraph in quotes",
            id="a colon in a paragraph",
        ),
        pytest.param(
            H + "body: |\nThe two councils: one boat.\n", (4,), "not indented", id="an unindented block with a colon"
        ),
        pytest.param(
            "- headline: A\n  body: B\n- headline: C\n  body: D\n",
            (1,),
            "a list of 2 articles",
            id="a list of articles",
        ),
        pytest.param(
            "article:\n  headline: A\n  body: B\n",
            (1,),
            "below the key 'article'",
            id="the article below a key article",
        ),
        pytest.param(
            "---\n" + H + "---\nTwo councils signed a pact.\n",
            (5,),
            "indent it under body: |",
            id="front matter with the text below it",
        ),
        pytest.param(
            G.replace("headline", "title").replace("outlet", "source").replace("published", "date"),
            (1, 2, 3),
            "write 'headline'",
            id="title, source, date for ours",
        ),
        pytest.param(
            Q + "  - {speakerText: an official, text: She left.}\n", (12,), "speaker_text", id="camelCase keys"
        ),
        pytest.param(
            Q + "  - {speaker: okafor, quoteText: We will run every day}\n",
            (12,),
            "write 'text'",
            id="quoteText for text",
        ),
        pytest.param(T + "  - {date: 2023-04-11, event: Pact signed}\n", (12,), "write 'what'", id="event for what"),
        pytest.param(
            G.replace("headline", "Headline").replace("outlet", "Outlet"),
            (1, 2),
            "write 'headline'",
            id="keys with capitals",
        ),
        pytest.param(G + "keyword: [ferry]\n", (11,), "did you mean 'keywords'?", id="a key misspelt"),
        pytest.param(G + "author: Ida Brandt\n", (11,), "'byline'", id="author for byline"),
        pytest.param(
            H + B + "people: [Lena Okafor, Han Seo-jin]\nquotes: [{speaker: Lena Okafor, text: She left.}]\n",
            (8,),
            "each entry needs an id and a name",
            id="a list of bare names",
        ),
        pytest.param(
            H
            + B
            + (
                "people:\n  - {name: Lena Okafor}\n  - {name: Han Seo-jin}\nquotes: "
                "[{speaker: Lena Okafor, text: She left.}]\n"
            ),
            (9,),
            "and 1 other like it, has no id",
            id="people without ids",
        ),
        pytest.param(
            H
            + B
            + "people:\n  - okafor: Lena Okafor\n  - han: Han Seo-jin\nquotes: [{speaker: okafor, text: She left.}]\n",
            (9,),
            "remove the hyphens",
            id="ids as items of a list",
        ),
        pytest.param(
            H + B + "people: Lena Okafor and Han Seo-jin\nquotes: [{speaker: okafor, text: She left.}]\n",
            (8,),
            "on its own indented line below",
            id="people as one text",
        ),
        pytest.param(
            H + B + "people: {Lena_Okafor: Lena Okafor}\n",
            (8,),
            "such as lena-okafor",
            id="an id with capitals and underscore",
        ),
        pytest.param(
            H
            + B
            + (
                "people:\n  - {id: okafor, name: Lena Okafor}\n  - {id: okafor, name: Han "
                "Seo-jin}\nquotes: [{speaker: okafor, text: She left.}]\n"
            ),
            (10,),
            "give this one another",
            id="one id twice",
        ),
        pytest.param(
            Q + "  - okafor: We will run each day of the year\n", (12,), "*every*", id="one word of a quote is wrong"
        ),
        pytest.param(Q + "  - okafor: We will run … She left.\n", (12,), "write […]", id="… for words left out"),
        pytest.param(Q + "  - okafor: We will run... of the year\n", (12,), "write […]", id="... for words left out"),
        pytest.param(
            Q + "  - okafor: we will run every day\n", (12,), "only upper and lower", id="a small letter at the start"
        ),
        pytest.param(
            Q + "  - okafor: Boats are going to operate throughout all seasons\n",
            (12,),
            "form: indirect",
            id="a paraphrase as a direct quote",
        ),
        pytest.param(Q + "  - she: We will run every day\n", (12,), "is a pronoun", id="a pronoun as the speaker"),
        pytest.param(
            Q + "  - reyes: She left.\n  - reyes: We will run every day\n  - reyes: the quay\n",
            (12,),
            "also in line 13, 14",
            id="the same unknown speaker three times",
        ),
        pytest.param(
            Q + "  - {speaker: okafor, text: She left., at: 2}\n", (12,), "write p2", id="a place that is a number"
        ),
        pytest.param(
            Q + "  - {speaker: okafor, form: paraphrase, text: She left.}\n",
            (12,),
            "write one of direct",
            id="form: paraphrase",
        ),
        pytest.param(T + "  - {date: last Tuesday, what: Pact signed}\n", (12,), "date", id="a date in words"),
        pytest.param(
            T + "  - {date: 04/11/2023, what: Pact signed}\n", (12,), "2023", id="a date in the order of the USA"
        ),
        pytest.param(H.replace("2023-04-12", "April 12, 2023") + B, (3,), "2023", id="a month in words"),
        pytest.param(T + "  - 2023-02-30: Pact signed\n", (12,), "day", id="30 February"),
        pytest.param(
            T + "  - {date: 2023-04-11, what: Pact signed, status: done}\n", (12,), "write one of", id="status: future"
        ),
        pytest.param(
            H + "body:\n" + P + "quotes: [{speaker: okafor, text: We will run}]\n", (4,), "body: |", id="no text at all"
        ),
        pytest.param(
            H + "body:\n  - One.\n  - {subheading: What changes}\n  - Two.\n",
            (6,),
            "{heading: …}",
            id="a sub-heading under another name",
        ),
        pytest.param(H + "body:\n  - {text: One.}\n", (5,), "remove text:", id="paragraphs as {text: …}"),
        pytest.param(
            G + "timeline:\n  2023-04-11: Pact signed\n  2023-06: Quay ready\n",
            (12, 13),
            "put a hyphen",
            id="the timeline as a mapping",
        ),
        pytest.param(
            G + "quotes:\n  okafor: We will run every day\n", (12,), "put a hyphen", id="the quotes as a mapping"
        ),
        pytest.param(
            G + "timeline:\n  date: 2023-04-11\n  what: Pact signed\n",
            (12,),
            "put a hyphen",
            id="one event without a hyphen",
        ),
        pytest.param(Q + "  - We will run every day\n", (12,), "speaker: text", id="a quote as a bare text"),
        pytest.param(T + "  - Pact signed on 11 April\n", (12,), "date: what", id="an event as a bare text"),
        pytest.param(
            Q + "  - {speaker: 'Lena Okafor, minister', text: She left.}\n",
            (12,),
            "Lena Okafor",
            id="a speaker with the role behind the name",
        ),
        pytest.param(
            G + "documents: [https://example.org/pact.pdf]\n",
            (11,),
            "write {url: …}",
            id="a document as a bare address",
        ),
        pytest.param(G + "outlet: Arlen Courier\n", (11,), "is already in line 2", id="a key twice"),
        pytest.param(
            Q + "  - {speaker: okafor, text: She left., at: {p: p3, exact: She left}}\n",
            (12,),
            "but in p2: correct p:",
            id="exact words in another paragraph",
        ),
        pytest.param(
            Q + "  - speaker: okafor\n    text: She left.\n    speaker: han\n    text: the quay\n",
            (14,),
            "put a hyphen before it",
            id="two quotes run into one item",
        ),
        pytest.param("<article><h1>Ferry</h1></article>\n", (1,), "HTML", id="HTML"),
        pytest.param(
            "I am sorry, but I cannot read the article.\n",
            (1,),
            "headline: and body:",
            id="an answer that is prose alone",
        ),
        pytest.param("", (1,), "the file is empty", id="an empty file"),
        pytest.param(
            Q + "  - han: the head of the port told reporters\n",
            (12,),
            "the punctuation differs",
            id="a comma left out of a quote",
        ),
        pytest.param(
            Q + "  - okafor: We will run every single day\n", (12,), "without 'single'", id="a word put into a quote"
        ),
        pytest.param(
            T + "  - {date_text: On Tuesday, what: Pact signed}\n",
            (12,),
            "only upper and lower case differ: write 'on Tuesday'",
            id="date_text with other capitals",
        ),
        pytest.param(
            Q + "  - {speaker: okafor, text: She left., at: p0}\n", (12,), "p1", id="a paragraph counted from 0"
        ),
        pytest.param(
            Q + "  - {speaker: okafor, text: She left., at: paragraph 2}\n", (12,), "write p2", id="a place in words"
        ),
        pytest.param(
            H + B + "people: {okafor: {name: Lena Okafor, org: ministry}}\n",
            (8,),
            "org_text",
            id="an organisation that is not listed",
        ),
    ],
)
def test_a_mistake(text: str, lines: tuple[int, ...], words: str) -> None:
    problems = parse_article(text.encode(), "ferry.yaml").problems
    found = [one for one in problems if one.code not in ("no-outlet", "no-published")]
    assert tuple(one.line for one in found) == lines
    assert any(words in one.message for one in found)
    assert not any("~" in one.message for one in found)


def test_the_article_has_none() -> None:
    assert parse_article(G.encode(), "ferry.yaml").problems == ()
