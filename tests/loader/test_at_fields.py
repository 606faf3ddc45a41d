import pytest

from dossier.core.ref import Ref
from dossier.loader.article import parse_article

FILE = """\
headline: Ferry pact signed
subtitle: Daily boat from June
outlet: Harbour Herald
published: 2023-04-12
body:
  - The pact, the pact! 🙂 It was signed.
  - {heading: Not counted}
  - Café ‘open’ — at last
media:
  - {id: m1, caption: The quay on Tuesday.}
  - {id: blank}
"""


def at(written: str, key: str = "at") -> tuple[list[str], list[tuple[str, int]]]:
    """Return how the `at` of a document is read, without the article, and its problems with their columns."""
    loaded = parse_article(f"{FILE}documents:\n  - {{title: Pact, {key}: {written}}}\n".encode(), "a.yaml")
    assert loaded.article is not None
    return (
        [str(ref).removeprefix("a#") for ref in loaded.article.documents[0].evidence],
        [(found.code, found.column) for found in loaded.problems],
    )


@pytest.mark.parametrize(
    ("written", "refs"),
    [
        ("p1", ["para/p1"]),
        ("p2:0-4", ["para/p2:0-4"]),
        ("'p1:10-18'", ["para/p1:10-18"]),
        ("p1:0-36", ["para/p1:0-36"]),
        ("[p1, 'p2:6-10', p1]", ["para/p1", "para/p2:6-10"]),
        ("headline", ["headline"]),
        ("headline:0-5", ["headline:0-5"]),
        ("subtitle", ["subtitle"]),
        ("'media:m1'", ["media/m1"]),
        ("media:m1:4-8", ["media/m1:4-8"]),
        ("[]", []),
        ("{p: p2}", ["para/p2"]),
        ("{p: p1, exact: It was signed}", ["para/p1:22-35"]),
        ("{p: p2, exact: \"'open' - at\"}", ["para/p2:5-16"]),
        ('{p: p2, exact: "Cafe\\u0301"}', ["para/p2:0-4"]),
        ("{p: p1, exact: pact, prefix: '. the'}", []),
        ("{p: p1, exact: pact, prefix: ', the '}", ["para/p1:14-18"]),
        ("{p: p1, exact: pact, suffix: ', the'}", ["para/p1:4-8"]),
        ("{p: p1, exact: pact, prefix: The, suffix: ','}", ["para/p1:4-8"]),
        ("{p: headline, exact: pact}", ["headline:6-10"]),
        ("[{p: 'media:m1', exact: quay}, p2]", ["media/m1:4-8", "para/p2"]),
    ],
)
def test_the_language_of_at(written: str, refs: list[str]) -> None:
    found, problems = at(written)
    assert found == refs
    assert problems == ([] if refs or written == "[]" else [("exact-not-found", 38)])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("p3", "bad-at"),
        ("p0", "bad-at"),
        ("p01", "bad-at"),
        ("P1", "bad-at"),
        ("h1", "bad-at"),
        ("2", "bad-at"),
        ("p1:0-37", "bad-at"),
        ("p1:4-4", "bad-at"),
        ("p1:8-4", "bad-at"),
        ("p1:-4", "bad-at"),
        ("p1:4-8-9", "bad-at"),
        ("p1:٤-٨", "bad-at"),
        ("'media:m2'", "bad-at"),
        ("'media:blank'", "bad-at"),
        ("[[p1]]", "bad-at"),
        ("{exact: pact}", "bad-at"),
        ("{p: p1, prefix: The}", "bad-at"),
        ("{p: p3, exact: pact}", "bad-at"),
        ("{p: p1, exact: pact}", "bad-at"),
        ("{p: p1, exact: Pact}", "exact-not-found"),
        ("{p: p1, exact: pact, prefix: no}", "exact-not-found"),
        ("{p: p1, exakt: pact}", "nearly-known-key"),
    ],
)
def test_what_is_no_place(written: str, code: str) -> None:
    refs, problems = at(written)
    assert [found for found, _column in problems] == [code]
    assert refs == (["para/p1"] if code == "nearly-known-key" else [])


def test_what_holds_of_a_list_is_kept() -> None:
    assert at("[p1, p9, p2]") == (["para/p1", "para/p2"], [("bad-at", 28)])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("p9", "the last paragraph is p2"),
        ("p1:0-99", "p1 has 36 characters"),
        ("{p: p1, exact: pact}", "prefix or suffix"),
        ("p 3", "write p3, p3:12-48, headline"),
    ],
)
def test_messages_name_the_cure(written: str, words: str) -> None:
    loaded = parse_article(f"{FILE}documents:\n  - {{title: Pact, at: {written}}}\n".encode(), "a.yaml")
    assert words in loaded.problems[0].message


def test_article_without_subtitle() -> None:
    text = FILE.replace("subtitle: Daily boat from June\n", "")
    loaded = parse_article(f"{text}documents:\n  - {{title: Pact, at: subtitle}}\n".encode(), "a.yaml")
    assert [found.message for found in loaded.problems] == ["the article has no subtitle"]


def test_mentions_and_speaker_at_speak_the_same_language() -> None:
    more = "people: {lena: {name: Lena, mentions: ['p1:0-3', headline]}}\n"
    more += "quotes: [{speaker: lena, speaker_at: {p: p2, exact: Café}, text: at last}]\n"
    loaded = parse_article(f"{FILE}{more}".encode(), "a.yaml")
    assert loaded.article is not None
    assert loaded.problems == ()
    assert loaded.article.people[0].mentions == (Ref("a", "para", "p1", (0, 3)), Ref("a", "headline"))
    assert loaded.article.quotes[0].speaker_at == (Ref("a", "para", "p2", (0, 4)),)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("Viế Vi", ["para/p1:4-6"]),
        ("Vi\u0302x Vi", ["para/p1:5-7"]),
        ("Vix", ["para/p1:0-2"]),
        ("Vi서 Vi", []),
    ],
)
def test_a_place_inside_of_another_word_is_none_where_there_are_whole_words(body: str, where: list[str]) -> None:
    head = "headline: Ferry\noutlet: Harbour Herald\npublished: 2023\n"
    loaded = parse_article(f"{head}body: [{body}]\ntimeline: [{{date_text: Vi, what: Signed}}]\n".encode(), "a.yaml")
    assert loaded.article is not None
    assert [str(ref).removeprefix("a#") for ref in loaded.article.events[0].evidence] == where
