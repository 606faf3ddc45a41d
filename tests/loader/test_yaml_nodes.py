import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.problem import Problem
from dossier.loader import yaml_events
from dossier.loader.limits import Limits
from dossier.loader.source_nodes import parse_yaml
from dossier.loader.yaml_nodes import CUT, MappingNode, ScalarNode, SequenceNode, YamlNode

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=PARSERS, autouse=True, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with the C parser and with the Python parser."""
    monkeypatch.setattr(yaml_events, "LOADER", request.param)


def nodes(text: str | bytes, limits: Limits | None = None) -> tuple[YamlNode | None, list[tuple[int, int, str]]]:
    data = text if isinstance(text, bytes) else text.encode()
    root, problems = parse_yaml(data, "a.yaml", limits or Limits())
    return root, [(found.line, found.column, found.code) for found in problems]


def only(text: str | bytes, limits: Limits | None = None) -> Problem:
    data = text if isinstance(text, bytes) else text.encode()
    (problem,) = parse_yaml(data, "a.yaml", limits or Limits())[1]
    return problem


def value(root: YamlNode | None, key: str) -> YamlNode:
    assert isinstance(root, MappingNode)
    return next(node for name, node in root.pairs if name.text == key)


@pytest.mark.parametrize("written", ["No", "12:30", "2006", "2023-02-30", "1e3", "0x1F", "nULL"])
def test_scalars_are_the_text_that_was_written(written: str) -> None:
    root, problems = nodes(f"key: {written}")
    node = value(root, "key")
    assert isinstance(node, ScalarNode)
    assert (node.text, problems) == (written, [])


@pytest.mark.parametrize(
    ("written", "text"),
    [("null", ""), ("Null", ""), ("NULL", ""), ("~", ""), ("'null'", "null"), ('"~"', "~"), ("!!str null", "null")],
)
def test_a_plain_null_is_the_empty_text(written: str, text: str) -> None:
    root, problems = nodes(f"key: {written}\nlist: [{written}]\n")
    node, items = value(root, "key"), value(root, "list")
    assert isinstance(node, ScalarNode)
    assert isinstance(items, SequenceNode)
    assert [one.text for one in items.items if isinstance(one, ScalarNode)] == [node.text] == [text]
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "text", "column"),
    [
        ("{a: would pay, sign, and leave, b: c}", "would pay, sign, and leave", 14),
        ("{a: pay ,\n  sign,\n  leave}", "pay, sign, leave", 9),
        ("{a: 'we pay', sign}", "we pay, sign", 13),
        ("{a: we pay, # all: of it\n sign}", "we pay, sign", 11),
        ("{x: y, a: we pay, 'sign'}", "we pay, sign", 17),
    ],
)
def test_a_text_cut_by_commas_is_reported_once_and_read_whole(yaml: str, text: str, column: int) -> None:
    root, problems = nodes(yaml)
    node = value(root, "a")
    assert isinstance(node, ScalarNode)
    assert (node.text, node.style, problems) == (text, CUT, [(1, column, "cut-by-comma")])


def test_every_text_of_a_mapping_that_commas_cut_is_reported() -> None:
    assert nodes("{a: b, c, d: e, f}")[1] == [(1, 6, "cut-by-comma"), (1, 15, "cut-by-comma")]


@pytest.mark.parametrize(
    "yaml", ["{a, b}", "{a: , b}", "{a: [b], c}", "{a: b, c: }", "{a: b, c : }", "[a: b, c]", "a: b, c"]
)
def test_a_key_without_a_colon_after_no_text_is_no_part_of_a_text(yaml: str) -> None:
    assert nodes(yaml)[1] == []


@pytest.mark.parametrize(
    ("yaml", "column", "text", "words"),
    [
        (
            "key: !wow it is",
            6,
            "it is",
            "'!wow' is read as a YAML tag and ignored: if it is text, put the whole text",
        ),
        ("key: !!int 3", 6, "3", "'!!int'"),
        ("key: !<tag:example.org> x", 6, "x", "'!<tag:example.org>'"),
        ("key: !wow 'it is'", 6, "it is", "'!wow'"),
        ("key: !wow |\n  it is", 6, "it is", "'!wow'"),
        ("key: !wow", 6, "", "'!wow'"),
        ("key: &a !wow it is\nother: *a", 9, "it is", "'!wow'"),
        ("key: &a # !so\n  !wow it is\nother: *a", 3, "it is", "'!wow'"),
        ("key: &now we go", 6, "we go", "'&now' is read as an unused YAML anchor and ignored"),
        ("key: ! &now we go", 8, "we go", "'&now'"),
        ("key: &now we go\nother: &now one\nlast: *now", 6, "we go", "'&now'"),
        ("!wow key: it is", 1, "it is", "'!wow'"),
    ],
)
def test_words_taken_for_a_tag_or_an_anchor_are_told(yaml: str, column: int, text: str, words: str) -> None:
    problem = only(yaml)
    assert (problem.column, problem.code) == (column, "wrong-shape")
    assert words in problem.message
    node = value(nodes(yaml)[0], "key")
    assert isinstance(node, ScalarNode)
    assert node.text.strip() == text


def test_tags_and_anchors_of_lists_and_mappings_are_told_where_they_stand() -> None:
    problems = nodes("a: !one [b]\nc: !two\n  d: e\nf: &three [g]\nh: &four {i: j}\n")[1]
    assert problems == [(column, 4, "wrong-shape") for column in (1, 2, 4, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "a: ! b",
        "a: !!str b",
        "a: !!str 3",
        "a: &a b\nc: *a",
        "a: &a [b]\nc: *a",
        "a: &a b\nc: *a\nd: &a e\nf: *a",
        "a: !",
    ],
)
def test_tags_that_say_nothing_and_anchors_that_are_used(text: str) -> None:
    assert nodes(text)[1] == []


def test_no_anchor_is_called_unused_where_the_rest_could_not_be_read() -> None:
    assert [code for _line, _column, code in nodes("a: &a b\nc: d: *a")[1]] == ["not-yaml"]


def test_shapes_and_styles() -> None:
    root, problems = nodes("a: [x, 'y']\nb: {c: \"d\"}\ne: |\n  f\ng: >\n  h\n")
    assert problems == []
    assert value(root, "a") == SequenceNode((ScalarNode("x", 1, 5, "", "x"), ScalarNode("y", 1, 8, "'", "'y'")), 1, 4)
    assert value(root, "b") == MappingNode(((ScalarNode("c", 2, 5, "", "c"), ScalarNode("d", 2, 8, '"', '"d"')),), 2, 4)
    assert value(root, "e") == ScalarNode("f\n", 3, 4, "|", "|\n  f\n")
    assert value(root, "g") == ScalarNode("h\n", 5, 4, ">", ">\n  h\n")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("\N{BYTE ORDER MARK}key: x", 1, 6),
        ("한서진: 𝒳\n박진 🙂: x", 2, 7),
        ("a: b\r\nkey: x", 2, 6),
        ("a: b\rkey: x", 2, 6),
        ("a: 'b\N{LINE SEPARATOR}\N{NEXT LINE}c'\nkey: x", 2, 6),
    ],
)
def test_places_count_code_points_and_the_lines_of_an_editor(text: str, line: int, column: int) -> None:
    root, problems = nodes(text)
    assert isinstance(root, MappingNode)
    last = root.pairs[-1][1]
    assert (last.line, last.column, problems) == (line, column, [])


@pytest.mark.parametrize("char", ["\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\N{NEXT LINE}"])
def test_separators_of_unicode_end_no_line(char: str) -> None:
    root, problems = nodes(f"a: |\n  one{char}two\nb: three{char}four\n")
    assert problems == []
    assert value(root, "a") == ScalarNode("one two\n", 1, 4, "|", "|\n  one two\n")
    assert value(root, "b") == ScalarNode("three four", 3, 4, "", "three four")


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "\N{BYTE ORDER MARK}"])
def test_empty_file_has_no_document_and_no_finding(text: str) -> None:
    assert nodes(text) == (None, [])


def test_of_two_equal_keys_the_first_counts() -> None:
    root, problems = nodes("a: 1\nb: 2\na: 3")
    assert isinstance(root, MappingNode)
    assert [(key.text, node) for key, node in root.pairs] == [
        ("a", ScalarNode("1", 1, 4, "", "1")),
        ("b", ScalarNode("2", 2, 4, "", "2")),
    ]
    assert problems == [(3, 1, "duplicate-key")]
    assert "line 1" in only("a: 1\nb: 2\na: 3").message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("? [a]\n: b\nc: d", (1, 3), "must be text"),
        ("? {a: e}\n: b\nc: d", (1, 3), "must be text"),
        ("a: &a {b: c}\ne: {<<: *a, c: d}", (2, 5), "merge keys"),
        ("c: d\n---\ne: f\n", (2, 1), "second document"),
    ],
)
def test_what_yaml_allows_and_an_article_does_not(text: str, place: tuple[int, int], words: str) -> None:
    problem = only(text)
    assert (problem.line, problem.column, problem.code) == (*place, "wrong-shape")
    assert words in problem.message
    assert nodes(text)[0] is not None


def test_quoted_merge_sign_is_a_key_like_any_other() -> None:
    root, problems = nodes("'<<': x")
    assert (value(root, "<<"), problems) == (ScalarNode("x", 1, 7, "", "x"), [])


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("summary: Ferries: one boat", (1, 17), "put the text in quotes, or use a block: |"),
        ("a: b\n\tc: d", (2, 1), "indent with spaces"),
        ("a:\n\tb: c", (2, 1), "indent with spaces"),
        ("a: @home", (1, 4), "cannot begin with @"),
        ("a: %x", (1, 4), "put the text in quotes"),
        ("a: 'one\nb: two", (1, 4), "begins with ' in line 1 is never closed: put ' at its end"),
        ("a: [one\nb: two", (1, 4), "the [ in line 1 is never closed: put ] after the last value"),
        ('a: "\\q"', None, "escape"),
        ("a: *x", (1, 4), "no anchor &x"),
        ("a: & b", (1, 4), "& is not a valid YAML anchor here"),
        ("a: *, b", (1, 4), "* is not a valid YAML alias here"),
        ("a: !wow! b", (1, 4), "! is not a valid YAML tag here: if it is text, put the whole text in"),
        ("a: !e!wow b", (1, 4), "! is not a valid YAML tag here"),
        ("a: x\x07y", (1, 5), "U+0007"),
        ("a: b\n\ud7ff\ufffe", (2, 2), "U+FFFE"),
    ],
)
def test_not_yaml_comes_with_its_place_and_a_cure(text: str, place: tuple[int, int] | None, words: str) -> None:
    problem = only(text)
    assert problem.code == "not-yaml"
    assert words in problem.message
    assert place is None or (problem.line, problem.column) == place


@pytest.mark.parametrize("text", ['a: "\\UFFFFFFFF"', 'a: "\\U00110000"', "%YAML 1." + "9" * 5000 + "\n---\na"])
def test_numbers_out_of_range_are_a_finding(text: str) -> None:
    assert only(text).code == "not-yaml"


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"a: b\nc: d\xe4", (2, 5), "0xe4"),
        ("ä: é\n".encode() + b"\xff", (2, 1), "0xff"),
        (b"\xef\xbb\xbfa: \xe4", (1, 4), "0xe4"),
        (b"a: \xed\xa0\x80", (1, 4), "0xed"),
        ("a: b".encode("utf-16"), (1, 1), "UTF-16"),
        (b"\xfe\xff\x00a", (1, 1), "UTF-16"),
    ],
)
def test_not_utf8_names_the_first_bad_byte(data: bytes, place: tuple[int, int], words: str) -> None:
    problem = only(data)
    assert (problem.line, problem.column, problem.code) == (*place, "not-utf8")
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: berth #2 not affected", (1, 4)),
        ("a: #2", (1, 3)),
        ("a:\n  - berth #2\n", (2, 5)),
        ("a: [b, berth #2\n  ]", (1, 8)),
        ("a: one\n  two #3", (1, 4)),
    ],
)
def test_cut_by_comment(text: str, place: tuple[int, int]) -> None:
    assert nodes(text)[1] == [(*place, "cut-by-comment")]


@pytest.mark.parametrize(
    "text",
    [
        "a: b # c",
        "a: b  #c",
        "a: b          # id: name",
        "a: b #",
        "a: b #\nc: d",
        "a: 'b' #c",
        "a: b#c",
        "a: | #c\n  b #d",
        "a: #c\n  b: d",
    ],
)
def test_comments_that_cut_nothing(text: str) -> None:
    assert nodes(text)[1] == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("closing", ["", "]"])
def test_sixty_thousand_levels_are_a_finding(opening: str, closing: str) -> None:
    root, problems = nodes(opening * 60_000 + closing * 60_000)
    assert root is None
    assert problems == [(1, 64 * len(opening) + 1, "too-deep")]


@pytest.mark.parametrize(
    "deep", ["[" * 1100, "{a: " * 1100, "- " * 1100, "? " * 1100, "[{a: " * 550, "- - [" + "{[" * 550]
)
@pytest.mark.parametrize("depth", [64, 899, 1000])
def test_what_is_too_deep_for_a_parser_is_told_at_our_own_limit(deep: str, depth: int) -> None:
    """Since version 0.2.6, libyaml refuses 1,000 levels, and reads up to 1,024 characters ahead."""
    _root, problems = nodes(f"a: b\nc:\n - {deep}", Limits(depth=depth))
    levels = [at for at, char in enumerate(deep) if char in "[{-?"]
    assert problems == [(3, 4 + levels[depth - 2], "too-deep")]


def test_depth_is_as_deep_as_the_limit_says() -> None:
    assert nodes("[[[]]]", Limits(depth=3))[1] == []
    problem = only("[[[[]]]]", Limits(depth=3))
    assert (problem.column, problem.code) == (4, "too-deep")
    assert "--max-depth" in problem.message
    assert "--max-depth" not in only("[" * 1001, Limits(depth=1000)).message


def test_depth_counts_through_aliases() -> None:
    chain = "".join(f"- &a{at} [*a{at - 1}]\n" for at in range(1, 9))
    text = f"- &a0 [x]\n{chain}- *a8\n"
    assert nodes(text, Limits(depth=10))[1] == []
    assert [code for _line, _column, code in nodes(text, Limits(depth=9))[1]] == ["too-deep"]


def test_alias_bomb_is_one_finding() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 10)) + "end: *a9"
    root, problems = nodes(bomb)
    assert [code for _line, _column, code in problems] == ["too-many-aliases"]
    assert isinstance(root, MappingNode)
    assert "--max-aliases" in only(bomb).message


def test_aliases_are_counted_by_what_they_reach() -> None:
    text = "a: &a [x, y]\nb: [*a, *a]"
    root, problems = nodes(text, Limits(aliases=6))
    assert problems == []
    first = value(root, "a")
    assert value(root, "b") == SequenceNode((first, first), 2, 4)
    root, problems = nodes(text, Limits(aliases=5))
    assert problems == [(2, 9, "too-many-aliases")]
    assert value(root, "b") == SequenceNode((first, ScalarNode("*a", 2, 9, "", "*a")), 2, 4)


def test_alias_inside_its_own_anchor() -> None:
    root, problems = nodes("a: &a [b, *a]")
    assert problems == [(1, 11, "too-many-aliases")]
    assert value(root, "a") == SequenceNode((ScalarNode("b", 1, 8, "", "b"), ScalarNode("*a", 1, 11, "", "*a")), 1, 4)


def test_size() -> None:
    assert nodes("a: b", Limits(size=4))[1] == []
    problem = only("a: bc", Limits(size=4))
    assert (problem.line, problem.column, problem.code) == (1, 1, "too-large")
    assert "--max-size" in problem.message


def test_messages_cannot_act_on_a_terminal() -> None:
    assert only('"\\e]0;x": 1\n"\\e]0;x": 2').message.isprintable()


PLACE = re.compile(r"\r\n|\r|\n")


@given(st.one_of(st.binary(max_size=60), st.text("ab:-?[]{},#&*!|>'\"%@ \n\t\\", max_size=60).map(str.encode)))
def test_no_bytes_raise_and_every_place_is_in_the_file(data: bytes) -> None:
    problems = parse_yaml(data, "a.yaml", Limits(depth=4))[1]
    lines = PLACE.split(data.decode("utf-8-sig", "replace"))
    assert all(1 <= found.line <= len(lines) for found in problems)
    assert all(1 <= found.column <= len(lines[found.line - 1]) + 1 for found in problems)
