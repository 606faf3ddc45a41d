"""A quote that is not verbatim is shown the nearest words of the article, in bounded time."""

import pytest

from dossier.core.model import Paragraph
from dossier.core.ref import Ref
from dossier.loader.article import parse_article
from dossier.loader.evidence_text import EvidenceText
from dossier.loader.nearest_words import NearestFinder, split_at_omissions

BODY = (
    "The valley waited. “This is the day the valley has waited for, and it will not come again,” Holt said.",
    "He added that “no toll, no queue and no boat” had ever divided the two councils as deeply as money.",
    "서울에서 열린 회의에서 그는 웃었다.",
)


def finder(*body: str) -> NearestFinder:
    blocks = [Paragraph(Ref("a", "para", f"p{at}"), text, at) for at, text in enumerate(body or BODY, 1)]
    return NearestFinder(EvidenceText((Ref("a", "headline"), "Toll ends"), (Ref("a", "subtitle"), ""), blocks, ()))


@pytest.mark.parametrize(
    ("words", "place", "marked", "difference"),
    [
        (
            "This is the day our valley has waited for",
            "p1",
            "This is the day *the* valley has waited for",
            "'the', not 'our'",
        ),
        (
            "That is the day the valley has waited",
            "p1",
            "*This* is the day the valley has waited",
            "'This', not 'That'",
        ),
        ("no toll, no boat", "p2", "no toll, no *queue and no* boat", "with 'queue and no'"),
        ("it will surely not come again", "p1", "it will not come again", "without 'surely'"),
        (
            "the day the valley has waited for; and it",
            "p1",
            "the day the valley has waited for, and it",
            "the punctuation differs",
        ),
        ("Toll ends The valley", "headline", "Toll ends", "without 'The valley'"),
        ("Toll ended", "headline", "Toll *ends*", "'ends', not 'ended'"),
        ("서울에서 열린 회담에서 그는 웃었다", "p3", "서울에서 열린 회*의*에서 그는 웃었다", "'의', not '담'"),
    ],
)
def test_the_nearest_words(words: str, place: str, marked: str, difference: str) -> None:
    found = finder().find(words)
    assert found is not None
    assert found.where.id or found.where.kind == place
    assert (found.where.id or found.where.kind, found.marked, found.difference) == (place, marked, difference)


@pytest.mark.parametrize("words", ["Nothing of the kind was ever uttered here", "", "…", "zebra"])
def test_nothing_comes_near(words: str) -> None:
    assert finder().find(words) is None


def test_of_a_long_quote_the_place_that_differs_is_shown() -> None:
    body = " ".join(f"word{at}" for at in range(200))
    found = finder(body).find(" ".join(f"word{at}" for at in range(60)).replace("word40", "other"))
    assert found is not None
    assert "*word40*" in found.marked
    assert found.marked[0] == found.marked[-1] == "…"
    assert len(found.marked) <= 162


def test_the_work_for_an_article_is_bounded() -> None:
    """20,000 invented quotes over a text of the most frequent words cost no more than some hundred do."""
    many = finder(*["the and of to a in that it is was for on he " * 40] * 200)
    asked = ("the and of to a in that it is was for on he she " * 5).split()
    found = [many.find(" ".join([*asked[at % 40 :], "never"])) for at in range(20_000)]
    assert found[0] is not None
    assert found[-1] is None
    assert sum(one is not None for one in found) < 1_500


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("a … b", ("a", "b")),
        ("a... b", ("a", "b")),
        ("a . . . b", ("a", "b")),
        ("…a", ("a",)),
        ("a. b", ("a. b",)),
    ],
)
def test_marks_of_omission(words: str, parts: tuple[str, ...]) -> None:
    assert split_at_omissions(words) == parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This is the day … come again", "write […] instead of … or ..."),
        ("This is the day... come again", "write […] instead of … or ..."),
        ("This is the day our … come again", "*the*"),
        ("'... come again'", "remove the dots"),
        ("[…, '']", "has no words: write what was said"),
        (
            "this is the day the valley",
            "only upper and lower case differ: write it as in p1, 'This is the day the valley'",
        ),
        ("THIS IS … come again", "only upper and lower case differ"),
        (
            "Wholly new words stand here",
            "nothing in it comes close: copy the words from the article, or write form: indirect",
        ),
    ],
)
def test_messages(text: str, words: str) -> None:
    body = "\n".join(f"  - {one}" for one in BODY)
    head = f"headline: T\noutlet: o\npublished: 2023\nbody:\n{body}\npeople: {{holt: Holt}}\n"
    file = f"{head}quotes:\n- {{speaker: holt, text: {text}}}"
    (problem,) = parse_article(file.encode(), "a.yaml").problems
    assert problem.code == "not-verbatim"
    assert words in problem.message
    assert problem.message.find("form: indirect") in (-1, problem.message.rfind("form: indirect"))
