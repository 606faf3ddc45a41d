"""JSON files: the same nodes as those of YAML, with their places; what is wrong is said with its place and its cure."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.loader.article import load_article, parse_article
from dossier.loader.json_nodes import parse_json
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_source
from dossier.loader.yaml_nodes import JSON_WORD, MappingNode, ScalarNode, SequenceNode
from dossier.ui.yaml_source import yaml_block

ARTICLE = """{
  "headline": "Ferry \\ud83d\\ude00 boat",
  "outlet": "Herald", "published": "2023-04-12",
  "subtitle": null,
  "body": [
    "\\ubc15 spoke\\/said.",
    "\\u201cWe will,\\u201d said Lena Okafor."
  ],
  "people": {"okafor": {"name": "Lena Okafor", "aliases": null}},
  "quotes": [{"speaker": "okafor", "text": "We will", "at": null}]
}
"""


def problems(text: str | bytes, limits: Limits | None = None) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(found) for found in parse_json(data, "a.json", limits or Limits())[1]]


def test_every_value_has_its_text_and_its_place() -> None:
    root, found = parse_json(
        b'\xef\xbb\xbf{"a": [1.50, true,\r\n\t"\xc3\xa9\xf0\x9f\x98\x80", "x"],\n "b": {}}', "a.json", Limits()
    )
    assert found == ()
    assert isinstance(root, MappingNode)
    (key, items), (_b, empty) = root.pairs
    assert key == ScalarNode("a", 1, 2, '"', '"a"')
    assert items == SequenceNode(
        (
            ScalarNode("1.50", 1, 8, JSON_WORD, "1.50"),
            ScalarNode("true", 1, 14, JSON_WORD, "true"),
            ScalarNode("é😀", 2, 2, '"', '"é😀"'),
            ScalarNode("x", 2, 8, '"', '"x"'),
        ),
        1,
        7,
    )
    assert empty == MappingNode((), 3, 7)


def test_an_article_of_json_is_the_article_of_yaml(tmp_path: Path) -> None:
    for name in ("a.json", "b.JSON", "c.yaml"):
        (tmp_path / name).write_text(ARTICLE, "utf-8")
        loaded = load_article(tmp_path / name)
        assert loaded.problems == ()
        article = loaded.article
        assert article is not None
        assert article.headline == "Ferry 😀 boat"
        assert [(one.text, one.line) for one in article.body] == [
            ("박 spoke/said.", 6),
            ("“We will,” said Lena Okafor.", 7),
        ]
        assert [(ref.id, ref.span) for ref in article.quotes[0].evidence] == [("p2", (1, 8))]
        assert article.people[0].aliases == ()
        assert article.subtitle == ""


@pytest.mark.parametrize(
    ("escape", "text"),
    [
        (r"\" \\ \/ \b\f\n\r\t", '" \\ / \b\f\n\r\t'),
        (r"\u00e9\uBC15", "é박"),
        (r"\ud83d\ude00\uD83D\uDE00", "😀😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"a\ud83d", "a\ufffd"),
        (r"\ude00\ud83d\u0041", "\ufffd\ufffdA"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_every_escape_is_the_character_that_it_means(escape: str, text: str) -> None:
    root, found = parse_json(f'["{escape}"]'.encode(), "a.json", Limits())
    assert ["half of a character" in one.message for one in found] == [True] * text.count("\ufffd")
    assert isinstance(root, SequenceNode)
    (item,) = root.items
    assert isinstance(item, ScalarNode)
    assert item.text == text


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": [1, 2,], "b": 1}', "1:12", "there is a comma before ]: delete it"),
        ('{"a": 1,\n}', "1:8", "there is a comma before }: delete it"),
        ('{"a": "He said "no" to"}', "1:17", 'the quote mark before it belongs to the text: then write \\"'),
        ('{"a": 1\n"b": 2}', "2:1", "expected a comma or }"),
        ('{"a": None}', "1:7", "write null"),
        ('{"a": True}', "1:7", "write true"),
        ("{'a': 1}", "1:2", "straight double quotes"),
        ('{"a": “x”}', "1:7", "straight double quotes"),
        ('{"a": "b\nc"}', "1:9", "a line break is not allowed in JSON text: write \\n instead"),
        ('{"a": "b\x01c"}', "1:9", "write \\u0001 instead"),
        ('{"a": "C:\\x"}', "1:10", "is not a JSON escape: write \\\\"),
        ('{"a": "b', "1:7", 'the text that begins here has no closing "'),
        ('{"a":\n [1', "2:4", "the [ in line 2 is not closed: was the file cut off?"),
        ('{"a" 1}', "1:6", "a colon after the key"),
        ("{a: 1}", "1:2", "put text in double quotes"),
        ('{"a": 01}', "1:7", "'01' is not a JSON value"),
        ('{"a": 1} x', "1:10", "text after the end of the JSON: delete it"),
        ('{"a": 1} // x', "1:10", "text after the end"),
        ('{"a": 1, // x\n"b": 2}', "1:10", "JSON has no comments"),
        ("```json\n{}\n```", "1:1", "'`' is not a JSON value"),
        ("[1,,2]", "1:4", "expected a value, found ','"),
        ("}", "1:1", "expected a value, found '}'"),
    ],
)
def test_what_is_no_json_is_said_once_with_its_place_and_its_cure(text: str, place: str, words: str) -> None:
    (told,) = problems(text)
    assert told.startswith(f"a.json:{place}: error: ")
    assert words in told
    assert told.endswith(" [not-json]")


def test_limits_and_repeated_keys() -> None:
    assert problems("[" * 64 + "]" * 64) == []
    (told,) = problems("[" * 65 + "]" * 65)
    assert told.startswith("a.json:1:65: error: lists and mappings are nested more than 64 levels deep")
    assert problems('{"a": 1,\n "a": 2}')[0].startswith("a.json:2:2: error: 'a' is already in line 1")
    assert "[too-large]" in problems("[1]", Limits(size=2))[0]
    assert "[not-utf8]" in problems(b'["\xff"]')[0]
    assert parse_json(b" \n", "a.json", Limits()) == (None, ())


def test_deep_nesting_ends_at_the_limit() -> None:
    assert "[too-deep]" in problems("[" * 1_000_000)[0]


def test_what_packs_several_articles_is_named() -> None:
    lines = '{"headline": "A", "body": "B"}\n{"headline": "C", "body": "D"}\n'
    for name in ("a.json", "a.yaml"):
        loaded = parse_article(lines.encode(), name)
        assert loaded.article is None
        assert [str(one) for one in loaded.problems] == [
            f"{name}:2:1: error: another JSON value begins here: this is JSON Lines, but a file must be one article: "
            "use dossier import to split it [not-mapping]"
        ]
    both = json.dumps([{"headline": "A", "body": "B"}, {"title": "C", "text": "D"}])
    for name, text in (("a.json", both), ("a.yaml", "- headline: A\n  body: B\n- title: C\n  text: D\n")):
        assert [str(one) for one in parse_article(text.encode(), name).problems] == [
            f"{name}:1:1: error: this is a list of 2 articles, but a file must be one article: "
            "use dossier import to split it [not-mapping]"
        ]
    for name in ("a.json", "a.yaml"):
        (told,) = parse_article(b"\n```yaml\nheadline: A\nbody: [B]\n```\n", name).problems
        assert (told.line, told.column) == (2, 1)
        assert "between Markdown fences: delete" in told.message


def test_flow_style_that_is_no_json_is_yaml() -> None:
    root, found = parse_source(b'{"a": b c, d: [x,]}', "a.yaml", Limits())
    assert found == ()
    assert isinstance(root, MappingNode)
    assert [key.text for key, _value in root.pairs] == ["a", "d"]


def test_the_lines_of_an_entry_are_found_in_json() -> None:
    article = parse_article(ARTICLE.encode(), "a.json").article
    assert article is not None
    assert yaml_block(ARTICLE.encode(), article.body[0].ref, article.body[0].line) == '    "\\ubc15 spoke\\/said.",'
    assert yaml_block(ARTICLE.encode(), article.quotes[0].ref, article.quotes[0].line).startswith(
        '  "quotes": [{"speaker"'
    )


# What a JSON writer may put into a text: every plane, controls, what YAML 1.1 breaks lines at.
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
_WORDS = st.sampled_from(
    ["Lena Okafor", "okafor", "null", "~", "No", "2006", "", " a ", "a: b", "- x", "p1", "“We will,”"]
)
_LEAVES = st.one_of(_TEXTS, _WORDS, st.none(), st.booleans(), st.integers(-(10**20), 10**20))
_KEYS = st.sampled_from(
    ["headline", "body", "outlet", "published", "people", "quotes", "timeline", "byline", "summary", "lang", "other"]
)
_INNER = st.sampled_from(["id", "name", "speaker", "text", "date", "what", "at", "aliases", "form"])
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_INNER | _TEXTS, inner, max_size=3),
    max_leaves=8,
)


def twin_in_yaml(value: object, indent: int = 0) -> str:
    """Return a value as a block of YAML, with escapes for everything but ASCII, to stand behind a key."""
    margin = "\n" + " " * indent
    if isinstance(value, dict) and value:
        return "".join(f"{margin}{quoted(key)}: {twin_in_yaml(one, indent + 2)}" for key, one in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{margin}- {twin_in_yaml(one, indent + 2)}" for one in value)
    return quoted(value) if isinstance(value, str) else "" if value is None else json.dumps(value)


def quoted(text: str) -> str:
    inner = "".join(char if char.isalnum() and char.isascii() else f"\\U{ord(char):08x}" for char in text)
    return f'"{inner}"'


def written_by_javascript(value: object) -> str:
    """Return what JSON.stringify writes: no blanks, and characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def written_by_jq(value: object) -> str:
    """Return what jq writes: indented by two, with an escape for DEL."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\x7f", "\\u007f") + "\n"


def written_by_php(value: object) -> str:
    return json.dumps(value, indent=4).replace("/", "\\/")


@pytest.mark.parametrize(
    "write",
    [json.dumps, written_by_javascript, written_by_jq, written_by_php],
    ids=["python", "javascript", "jq", "php"],
)
@given(fields=st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_json_has_the_findings_of_its_twin_in_yaml(write: Callable[[object], str], fields: dict[str, object]) -> None:
    of_yaml, of_json = (
        parse_article(twin_in_yaml(fields).encode(), "a.yaml"),
        parse_article(write(fields).encode(), "a.json"),
    )
    told = [
        # What is on several lines of the one may be on a single line of the other.
        sorted((one.code, re.sub(r" \(also in [^)]*\)|line \d+", "", one.message)) for one in read_file.problems)
        for read_file in (of_yaml, of_json)
    ]
    assert told[0] == told[1]
    shown = [
        one.article and (one.article.headline, [block.text for block in one.article.body], one.article.unknown_fields)
        for one in (of_yaml, of_json)
    ]
    assert shown[0] == shown[1]


def test_half_of_a_character_is_reported_where_it_stands() -> None:
    written = (
        b'{"headline": "A \\ud83d b \\ud83d\\ude00 \\ufffd",\n "outlet": "H", "published": "2023", "body": "\\uDE00"}'
    )
    loaded = parse_article(written, "a.json")
    assert [(one.line, one.column, one.code) for one in loaded.problems] == [(1, 17, "not-json"), (2, 47, "not-json")]
    assert loaded.problems[0].message.startswith("\\ud83d is half of a character")
    assert loaded.article is not None
    assert loaded.article.headline == "A \ufffd b 😀 \ufffd"
