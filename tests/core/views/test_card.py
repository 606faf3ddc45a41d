from pathlib import Path

import pytest
from rooms import FERRY, FILES, made, ref, short, stored

from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.card import SENTENCE, make_card
from dossier.core.views.panes import make_panes

ARTICLE = made(FERRY)


def rows(address: str, article: Article = ARTICLE) -> list[tuple[str, str]]:
    found = make_card(article, Links.of(article), ref(address))
    assert all(row.parts[0].name == "label" and row.parts[1].name in ("text", SENTENCE) for row in found)
    assert all(len(row.parts) == 2 for row in found)
    return [(row.parts[0].text, row.parts[1].text) for row in found]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "person/okafor",
            [
                ("name", "Lena Okafor"),
                ("role", "transport minister"),
                ("org", "Port Authority of Arlen"),
                ("mentions", "3 · ¶1 ¶2 ¶4"),
                ("says", "“We will run every day” (direct, ¶1)"),
                ("says", "the toll stays (indirect, ¶2)"),
                ("event", "11 April 2023: Pact signed"),
            ],
        ),
        (
            "person/han",
            [
                ("name", "Han Seo-jin"),
                ("native", "한서진"),
                ("mentions", "2 · ¶2 ¶4"),
                ("says", "it was ready (indirect, ¶4)"),
                ("is told", "the toll stays (indirect, ¶2)"),
            ],
        ),
        (
            "org/paa",
            [
                ("name", "Port Authority of Arlen"),
                ("also", "PAA"),
                ("mentions", "1 · ¶1"),
                ("event", "about June 2023: Quay ready (planned)"),
            ],
        ),
        (
            "quote/toll",
            [
                ("quote", "“No new toll”"),
                # Both places are shown, and two that stand in one sentence are shown once.
                ("¶4", "“No new toll,” an official said in Port Arlen."),
                ("¶4", "“No new toll,” Okafor said."),
                ("speaker", "an official (unnamed)"),
                ("cue", "said"),
                ("form", "direct"),
                ("evidence", "¶4"),
                ("standing", "these words are in several places, and the file does not say which one is meant"),
                ("published", "Harbour Herald · 12 April 2023"),
            ],
        ),
        (
            "para/p2",
            [
                ("¶2", ARTICLE.body[2].text),
                ("quote", "the toll stays (indirect, ¶2)"),
                ("event", "since November 2017: Toll charged"),
            ],
        ),
        (
            "para/p2:0-6",
            [
                ("¶2", ARTICLE.body[2].text),
                ("quote", "the toll stays (indirect, ¶2)"),
                ("event", "since November 2017: Toll charged"),
            ],
        ),
        ("heading/h1", [("sub-heading", "What changes")]),
        ("headline", [("headline", "Ferry pact signed")]),
        ("term/pact", [("term", "pact"), ("meaning", "what both have signed"), ("mentions", "1 · ¶1")]),
        (
            "media/boat",
            [
                ("caption", "Lena Okafor at the quay"),
                ("type", "photo"),
                ("credit", "Tom Reyes"),
                ("people", "Lena Okafor"),
            ],
        ),
        (
            "document/d1",
            [
                ("document", "Text of the pact"),
                ("url", "https://example.org/pact.pdf"),
                ("evidence", "¶1"),
                ("id", "text"),
            ],
        ),
        ("person/nobody", []),
    ],
)
def test_a_card_has_every_field_and_quote_marks_where_words_are_direct(
    address: str, expected: list[tuple[str, str]]
) -> None:
    assert rows(address) == expected


def test_the_card_of_an_unnamed_source_says_that_no_name_is_given() -> None:
    assert rows("source/an%20official") == [
        ("source", "an official"),
        ("name", "not given: the file has only these words of the article"),
        ("says", "“No new toll” (direct, ¶4)"),
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("outlet: Harbour Herald\n", "Harbour Herald · no date given"),
        ("published: 2023-04-12\n", "12 April 2023"),
        ("", "no date given"),
    ],
)
def test_the_card_of_a_quote_says_when_the_article_has_no_date(facts: str, words: str) -> None:
    article = made(f"headline: H\n{facts}body: No new toll, he said.\nquotes:\n  - {{text: No new toll}}\n")
    found = make_card(article, Links.of(article), Ref(article.ref.article, "quote", "q1"))
    assert [row.parts[1].text for row in found if row.parts[0].text == "published"] == [words]


def test_the_card_of_an_event_explains_its_date() -> None:
    found = dict(rows("event/quay"))
    assert found["event"] == "Quay ready"
    assert found["EDTF"] == "2023-06~"
    assert (found["status"], found["orgs"], found["evidence"]) == ("planned", "Port Authority of Arlen", "¶4")


def sentences(address: Ref, article: Article = ARTICLE) -> list[tuple[str, str, list[str]]]:
    """Return the label of each sentence in a card, its text, and the words in it that are evidence."""
    found = [row for row in make_card(article, Links.of(article), address) if row.parts[1].name == SENTENCE]
    words = [[row.text[anchor.start : anchor.end] for anchor in row.anchors] for row in found]
    return [(row.parts[0].text, row.parts[1].text, proof) for row, proof in zip(found, words, strict=True)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "quote/run",
            [("¶1", "“We will run every day,” said Lena Okafor of the PAA.", ["We will run every day"])],
        ),
        ("quote/stays", [("¶2", "Okafor told Han Seo-jin that the toll stays.", ["the toll stays"])]),
        ("event/opened", [("¶4", "Han said it was ready.", ["Han said it was ready."])]),
        # Evidence that is a whole paragraph is shown whole.
        ("event/charged", [("¶2", ARTICLE.body[2].text, [ARTICLE.body[2].text])]),
        ("event/someday", []),
        ("person/okafor", []),
    ],
)
def test_a_quote_and_an_event_have_the_sentence_they_stand_in(
    address: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert sentences(ref(address)) == expected


def test_of_a_whole_paragraph_the_sentence_with_the_words_of_the_date_is_shown() -> None:
    article = made(
        "headline: A\nbody: [It rained. The toll has been charged since May. So it goes.]\n"
        "timeline:\n  - {date: 2017-05/.., date_text: since May, what: Toll, at: p1}"
    )
    assert sentences(ref("event/e1"), article) == [("¶1", "The toll has been charged since May.", ["since May"])]


def test_parts_of_a_quote_in_one_sentence_are_in_one_row_and_others_have_their_own() -> None:
    article = made(
        "headline: A\nbody: ['“One,” she said, “and two.” It rained.', 'Then “three,” she said.']\n"
        "quotes: [{speaker_text: she, text: 'One […] and two. […] three'}]"
    )
    assert sentences(ref("quote/q1"), article) == [
        ("¶1", "“One,” she said, “and two.”", ["One", "and two."]),
        ("¶2", "Then “three,” she said.", ["three"]),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_every_stored_quote_stand_in_its_sentences(path: Path) -> None:
    article = stored(path)
    for quote in article.quotes:
        found = sentences(quote.ref, article)
        assert len(found) <= max(1, len(quote.evidence))
        assert sum(len(words) for _, _, words in found) == len(quote.evidence)
        assert all(word in text for _, text, words in found for word in words)


def test_a_date_that_cannot_be_read_is_shown_as_written() -> None:
    article = made("headline: A\nbody: B\ntimeline:\n  - {date: 2023-02-30, what: C}")
    found = make_card(article, Links.of(article), ref("event/e1"))
    flawed = [row.parts[1] for row in found if row.parts[1].flaw]
    assert [(part.text, part.flaw) for part in flawed] == [("2023-02-30", "not a valid date")]


@pytest.mark.parametrize(
    ("address", "label", "targets"),
    [
        ("person/okafor", "org", ["org/paa"]),
        ("person/okafor", "mentions", ["para/p1:64-75", "para/p2:0-6", "para/p4:85-91"]),
        ("quote/toll", "evidence", ["para/p4:24-35", "para/p4:71-82"]),
        ("quote/toll", "speaker", ["source/an%20official"]),
        ("event/signed", "quote", ["quote/run"]),
        ("para/p1", "quote", ["quote/run"]),
    ],
)
def test_a_row_leads_on(address: str, label: str, targets: list[str]) -> None:
    row = next(row for row in make_card(ARTICLE, Links.of(ARTICLE), ref(address)) if row.parts[0].text == label)
    (anchor,) = row.anchors
    assert row.text[anchor.start : anchor.end] == row.parts[1].text
    assert [short(target) for target in anchor.targets] == targets


WORDS = {
    *("name", "native", "role", "note", "cue", "event", "quote", "term", "meaning", "caption", "credit", "document"),
    *("headline", "subtitle", "sub-heading", "source"),
}
"""The rows of a card that hold words of the file; the others count, explain or name places."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_card_shows_what_the_entry_shows(path: Path) -> None:
    article = stored(path)
    links = Links.of(article)
    entries: list[Entry] = [
        one for pane in make_panes(article, links).values() for one in pane if one.ref.kind != "about"
    ]
    texts = {one.ref: next((part.text for part in one.parts if part.name == "text"), "") for one in entries}
    for one in entries:
        found = make_card(article, links, one.ref)
        assert found, one.ref
        for row in (row for row in found if row.parts[0].text in WORDS and row.anchors):
            target = texts[row.anchors[0].targets[0].entry]
            assert target in row.parts[1].text, (one.ref, row)
        shown = "\n".join(row.text for row in found)
        assert all(part.text in shown for part in one.parts if part.name in ("text", "name", "role", "term", "meaning"))
