import gc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.loader.article import load_article, parse_article
from dossier.loader.limits import Limits

CLEAN = (Path(__file__).parent.parent / "seeded" / "clean.yaml").read_bytes()
SMALLEST = """\
headline: Ferry pact signed in Port Arlen
body: |
  Two island councils signed a ferry pact on Tuesday: one boat, two crews, no new toll.

  “We will run every day of the year,” said Lena Okafor, the transport minister.
people:
  okafor: Lena Okafor | transport minister          # id: name | role | organisation
quotes:
  - okafor: We will run every day of the year       # speaker: text
timeline:
  - 2023-04-11: Pact signed                         # date: what happened
"""


def opened(text: str | bytes, path: str = "ferry.yaml") -> tuple[Article, list[str]]:
    loaded = parse_article(text if isinstance(text, bytes) else text.encode(), path)
    assert loaded.article is not None
    return loaded.article, [found.code for found in loaded.problems]


def test_the_smallest_useful_file() -> None:
    article, codes = opened(SMALLEST)
    assert codes == ["no-outlet", "no-published"]
    assert article.ref == Ref("ferry")
    assert [(block.ref.id, block.line) for block in article.body] == [("p1", 3), ("p2", 5)]
    assert article.people[0].role == "transport minister"
    assert article.quotes[0].speaker is not None
    assert article.quotes[0].speaker.ref == Ref("ferry", "person", "okafor")
    assert article.quotes[0].evidence == (Ref("ferry", "para", "p2", (1, 34)),)
    assert article.events[0].what == "Pact signed"
    assert [mention.text_ref for mention in article.mentions] == [Ref("ferry", "para", "p2", (42, 53))]


def test_fields_of_the_full_form() -> None:
    article, _codes = opened(CLEAN)
    assert article.ref == Ref("hh-2023-04-12-ferry")
    assert (article.subtitle, article.outlet) == (
        "Daily boat from June; toll on the north bridge stays",
        "Harbour Herald",
    )
    assert (article.section, article.dateline) == (("National", "Transport"), "Port Arlen")
    assert article.byline == ("Ida Brandt <ida@example.org>", "Tom Reyes")
    assert (article.lang, article.keywords, article.rights) == ("en", ("ferries", "islands"), "all rights reserved")
    assert [dated and dated.written for dated in (article.published, article.updated, article.retrieved)] == [
        "2023-04-12T09:30+02:00",
        "2023-04-12T18:05+02:00",
        "2023-04-13",
    ]
    assert article.provenance == (("by", "newsroom-pipeline 0.3"), ("date", "2023-04-13"), ("reviewed_by", "IB"))
    assert article.unknown_fields == (("desk", "islands"),)
    assert [(term.ref.id, term.meaning) for term in article.glossary] == [("PAA", "Port Authority of Arlen")]
    assert dict(article.field_lines)[Ref("hh-2023-04-12-ferry", "headline")] == 4
    assert dict(article.field_lines)[Ref("hh-2023-04-12-ferry", "about", "desk")] == 61


@pytest.mark.parametrize(
    ("line", "path", "expected", "codes"),
    [
        ("", "a/b.c.yaml", "b.c", []),
        ("", "my article.yml", "my article", []),
        ("id: Ärger/№1#x", "a.yaml", "Ärger/№1#x", []),
        ("id: two words", "a.yaml", "two words", ["bad-id"]),
        ("id: ''", "a.yaml", "a", ["bad-id"]),
        ("id: [a, b]", "a.yaml", "a, b", ["bad-id", "wrong-shape"]),
    ],
)
def test_the_id_of_an_article(line: str, path: str, expected: str, codes: list[str]) -> None:
    article, found = opened(f"headline: a\noutlet: b\npublished: 2023\nbody: c\n{line}\n", path)
    assert (article.ref, sorted(found)) == (Ref(expected), codes)
    assert article.body[0].ref.article == expected


def test_every_fault_is_found_and_the_article_opens() -> None:
    article, codes = opened(
        """\
headline: Ferry pact signed
published: 2023-02-30
body: [The pact was signed., [x]]
people: {Han: {nmae: Han}, dahl: }
quotes: [x, {speaker: nobody, text: Not said., at: p9}]
timeline: {2023: x}
media: photo
documents: [{at: p7}]
glossary: [x]
provenance: x
"""
    )
    assert sorted(codes) == sorted(
        [
            *[
                "bad-date",
                "no-outlet",
                "bad-id",
                "nearly-known-key",
                "unknown-reference",
                "not-verbatim",
                "never-mentioned",
            ]
        ]
        + ["bad-at"] * 2
        + ["wrong-shape"] * 8
    )
    assert article.published is not None
    assert (article.published.written, article.published.date) == ("2023-02-30", None)
    assert [block.text for block in article.body] == ["The pact was signed.", "x"]
    assert [person.name for person in article.people] == ["Han", "dahl"]
    assert [quote.text for quote in article.quotes] == ["x", "Not said."]


def test_problems_come_in_the_order_of_the_file() -> None:
    loaded = parse_article(CLEAN.replace(b"p4", b"p9").replace(b"2023-04-11:", b"2023-04-31:"), "a.yaml")
    places = [(found.line, found.column) for found in loaded.problems]
    assert len(places) > 3
    assert places == sorted(places)


def test_another_version_is_told() -> None:
    loaded = parse_article(CLEAN.replace(b"dossier: 1", b"dossier: 2"), "a.yaml")
    assert [(found.line, found.code) for found in loaded.problems] == [(2, "wrong-shape")]
    assert loaded.article is not None


@pytest.mark.parametrize("text", ["", "# nothing\n", "just a text", "- headline: a\n  body: b", "--- |\n  a\n"])
def test_what_is_no_article(text: str) -> None:
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is None
    assert [found.code for found in loaded.problems] == ["not-mapping"]


def test_all_text_is_safe_to_show() -> None:
    article, _codes = opened('headline: "a\\e[2Jb"\nbody: ["x\\u202ey"]\n"k\\a": "v\\u009b"\n')
    assert (article.headline, article.body[0].text) == ("a␛[2Jb", "x\N{REPLACEMENT CHARACTER}y")
    assert article.unknown_fields == (("k␇", "v\N{REPLACEMENT CHARACTER}"),)


def test_deep_unknown_values_are_shown_without_recursion() -> None:
    deep = "[" * 5000 + "x" + "]" * 5000
    loaded = parse_article(f"headline: a\nbody: b\ndeep: {deep}\n".encode(), "a.yaml", Limits(depth=6000))
    assert loaded.article is not None
    assert loaded.article.unknown_fields == (("deep", deep[1:-1]),)


def test_line_ends_of_windows_give_the_same_article() -> None:
    article, codes = opened(CLEAN.replace(b"\n", b"\r\n"))
    assert codes == []
    assert article == opened(CLEAN)[0]


def test_load_reads_what_read_reads(tmp_path: Path) -> None:
    path = tmp_path / "ferry.yaml"
    path.write_bytes(CLEAN)
    assert load_article(path) == parse_article(CLEAN, str(path))


@given(st.binary(max_size=80))
def test_no_bytes_raise(data: bytes) -> None:
    loaded = parse_article(data, "a.yaml")
    assert loaded.article is None or loaded.article.headline


PIECES = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "*a",
    "&a ",
    "p3",
    "null",
    "''",
    "\t",
    "#",
    "|",
    "'",
    '"',
    "quotes",
    "é",
]


@settings(deadline=None)
@given(st.data())
def test_no_damage_to_a_good_file_raises(data: st.DataObject) -> None:
    text = CLEAN.decode()
    for _time in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None or loaded.problems
    assert loaded.problems == tuple(sorted(set(loaded.problems)))


@pytest.mark.parametrize("on", [True, False])
def test_garbage_is_collected_after_reading_as_before(on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        parse_article(b"headline: Ferry\nbody: A ferry.", "a.yaml")
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("body: It runs.", "no-headline", "no headline: add `headline: TEXT`"),
        ("headlin: a\nheadline:\nbody: b", "no-headline", "no headline: add `headline: TEXT`"),
    ],
)
def test_what_is_missing_is_named(text: str, code: str, message: str) -> None:
    assert [found.message for found in parse_article(text.encode(), "a.yaml").problems if found.code == code] == [
        message
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: b\nbody: It runs.\nheadlin: Ferry",
            "unknown key 'headlin': write 'headline'; it is read as that",
        ),
        (
            "Headline: Ferry\nbody: It runs.",
            "unknown key 'Headline': write 'headline'; it is read as that",
        ),
        ("headline: Ferry\nBody: It runs.", "unknown key 'Body': write 'body'; it is read as that"),
        ("headline: Ferry\nboddy: [It runs.]", "unknown key 'boddy': write 'body'; it is read as that"),
        ("headline: Ferry\nText: It runs.", "unknown key 'Text': write 'body'; it is read as that"),
    ],
)
def test_what_is_missing_may_have_another_name(text: str, message: str) -> None:
    loaded = parse_article(f"{text}\noutlet: Herald\npublished: 2023\n".encode(), "a.yaml")
    assert [(found.code, found.message) for found in loaded.problems] == [("nearly-known-key", message)]
    assert loaded.article is not None
    assert (loaded.article.headline, loaded.article.body[0].text) == ("Ferry", "It runs.")
    assert "Ferry" not in dict(loaded.article.unknown_fields).values()


def test_a_field_under_another_name_has_its_line() -> None:
    loaded = parse_article(b"headline: a\nsource: Herald\nbody: b\n", "a.yaml")
    assert loaded.article is not None
    assert (loaded.article.outlet, dict(loaded.article.field_lines)[Ref("a", "about", "outlet")]) == ("Herald", 2)
