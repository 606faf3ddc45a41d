import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.loader.cost_limits import MOST_VALUES
from dossier.loader.limits import Limits
from dossier.loader.plain_yaml import read_plain_yaml
from dossier.loader.source_text import decode_source
from dossier.loader.yaml_events import parse_events

READ = {
    "texts": "a: b\nc: 'd'\ne: \"f\"\n",
    "no line break at the end": "a: b\nc: d",
    "the mark of a document": "---\na: b\n",
    "comments": "# one\na: b  # two\n\n  # three\nc:\n  d: e\n",
    "values left out": "a:\nb: \nc: ~\nd: null\nnull: e\n",
    "a colon and a hash inside words": "a: 12:30 #\nb: x#y http://z\n10:30: c\n".replace(" #\n", "\n"),
    "blanks before the colon": "a : b\n'c' : d\n",
    "lists": "a:\n- b\n- c\nd:\n  - e\n  -   f\n",
    "mappings in a list": "a:\n  - b: c\n    d: e\n  - f:\n    - g\n  - h:\n",
    "keys with their texts in one line": "a: 'b'' c' \n\"d\" :  \"e\"\nf:\n  g: h:i  \n  j: ~\nk: l\n",
    "a long text behind a key": f"a: {'b ' * 600}\nc: d\n",
    "a comment or an empty line behind a text": "a: b\n\nc: d\n# e\nf: g\n",
    "several lines": "a: b\n  c\n\n  d\n   e\nf: g\n",
    "quotes over several lines": "a: 'b\n  c\n\n  d'\ne: \"f \n g\"\n",
    "quote marks in quotes": "a: 'b''c'\nd: \"e\\\"f\\\\g\"\n",
    "brackets": "a: [b, 'c', \"d\"]\ne: {f: g, h: [i, {j: k}], 'l': 'm'}\nn: []\no: {}\np: [ q , r ]\n",
    "brackets over several lines": "a: [b,\n  c,\n\n   d]\ne: {\n  f: g,\n  # h\n  i: {j: k,\n      l: m}}\nn: o\n",
    "a comment behind a key": "a:  # b\n  c: d\ne:   # f\ng: h\n",
    "brackets below their key": "a:\n  {b: c,\n   d: e}\nf:  # g\n  - h:\n      [i]\n",
    "a list of mappings": "a:\n  - {b: c, d: e f g}\n  - {h: [i]}  # j\n",
    "blocks": "a: |\n  b\n\n    c\n  d\n\n\ne: |-\n  f\ng: >\n  h\n  i\n\n  j\nk: >-\n  l\n",
    "a block with blank lines first": "a: |\n\n\n  b\nc: d\n",
    "a block in a list": "a:\n- |\n  b\n- >\n  c\n",
    "wide indentation": f"a:\n{' ' * 101}b: c\nd: |\n{' ' * 101}e\nf:\n  - g\n{' ' * 101}h\n",
    "a long text in brackets": f"a: {{b: {'c ' * 600}, d: e}}\n",
    "brackets in brackets behind blanks": "a: [ [b] ,  {c: d}, { e:  f , g:  [h] } ]\n",
    "a text before fewer blanks": "a:\n  b: c\n    d\n     e\n  f: g\n",
    "letters of many scripts": "ä: 北京\n김: “x”\nы: אב\n",
}
LEFT = {
    "a mapping below a text in quotes": "a: 'b'\n  c: d\n",
    "a long key": f"{'a' * 1_001}: b\n",
    "an anchor": "a: &b c\n",
    "a tag": "a: !b c\n",
    "a tab": "a:\tb\n",
    "a carriage return": "a: b\r\nc: d\r\n",
    "a second document": "a: b\n---\nc: d\n",
    "the end of a document": "... a: b\n",
    "an empty file": "",
    "a list": "- a\n- b\n",
    "a repeated key": "a: b\na: c\n",
    "a repeated key in brackets": "a: {b: c, b: d}\n",
    "a comment that cuts a text": "a: b # c\n",
    "a comma that cuts a text": "a: {b: c, d}\n",
    "a list item below a text": "a: b\n  - c\n",
    "a key in a text": "a: b: c\n",
    "a quote that does not end": 'a: "b\n',
    "text behind a quote": 'a: "b" c\n',
    "brackets as far left as their key": "a:\n{b: c}\nd: e\n",
    "brackets that are a key": "a:\n  {b: c}: d\n",
    "brackets that do not end": "a: [b\n",
    "text behind brackets": "a: [b] c\n",
    "brackets that do not pair": "a: [b}\n",
    "a mapping that ends as a list": "a: {b: c]\n",
    "a key without brackets in a list": "a: [b: c]\n",
    "two keys in brackets": "a: {b: c: d}\n",
    "an indentation that was not begun": "a:\n    b: c\n  d: e\n",
    "an indented beginning": "  a: b\nc: d\n",
    "a merge key": "a:\n  <<: b\n",
    "a key that is a list": "? [a]\n: b\n",
    "an escape": 'a: "\\u00e9"\n',
    "a mark of a block with a number": "a: |2\n   b\n",
    "a line of blanks in a block": "a: |\n  b\n \n  c\n",
    "a block without lines": "a: |\nb: c\n",
    "many levels": "\n".join(f"{' ' * at}a:" for at in range(30)) + "\n",
}


def is_as_parsed(text: str) -> bool:
    """Return whether the text is left to the parser, or has the same nodes as by the parser, which reports nothing."""
    root = read_plain_yaml(text, Limits().depth, MOST_VALUES)
    return root is None or (root, ()) == parse_events(text, "a.yaml", Limits())


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_the_usual_forms_are_read_as_by_the_parser(text: str) -> None:
    root = read_plain_yaml(text, Limits().depth, MOST_VALUES)
    assert root is not None
    assert (root, ()) == parse_events(text, "a.yaml", Limits())


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_everything_else_is_left_to_the_parser(text: str) -> None:
    assert read_plain_yaml(text, Limits().depth, MOST_VALUES) is None


def test_more_levels_than_allowed_are_left_to_the_parser() -> None:
    text = "a:\n  b: [c]\n"
    assert read_plain_yaml(text, 3, MOST_VALUES) is not None
    assert read_plain_yaml(text, 2, MOST_VALUES) is None


def test_a_long_run_of_blanks_costs_no_more_than_its_length() -> None:
    # Looked for from each blank, the line break behind them would take minutes.
    blanks = " " * 500_000
    assert is_as_parsed(f"a: 'b{blanks}c\n  d'\ne: f{blanks}g\n  h\n")


def test_more_values_than_allowed_are_left_to_the_parser() -> None:
    text = f"a: [{', '.join('b' * 100)}]\n"
    assert read_plain_yaml(text, 3, 200) is not None
    assert read_plain_yaml(text, 3, 100) is None


PARTS = st.sampled_from(
    (
        *(
            "a",
            "b",
            "key",
            "ä",
            "김",
            "“",
            ": ",
            ":",
            ":\n",
            "- ",
            "-",
            "? ",
            "#",
            " # x",
            "  # y",
            "\n",
            "\n\n",
            "\n  ",
        ),
        *(
            "\n    ",
            "\n- ",
            "\n  - ",
            "\na: ",
            "\n  b: ",
            "|\n  ",
            "|-\n  ",
            ">\n  ",
            "|",
            ">",
            " ",
            "  ",
            "'",
            '"',
            "''",
        ),
        *(
            '\\"',
            "\\",
            "{",
            "}",
            "[",
            "]",
            ", ",
            ",",
            "{a: b}",
            "[a, b]",
            "null",
            "~",
            "&a ",
            "*a",
            "!t ",
            "<<",
            "---\n",
        ),
        *("...\n", "\n---", "%", "@", "`", "\u00a0", "\u200b", "\u0301", "'x'", '"x"', "'x\n  y'", "=", "*", "0", "\t"),
    )
)


@given(st.lists(PARTS, max_size=24).map(lambda parts: "a: " + "".join(parts)))
@example("a: b\n  \n  c\n")
@example("a: |\n  b\n# c\nd: e\n")
def test_whatever_is_read_is_read_as_by_the_parser(text: str) -> None:
    decoded = decode_source(text.encode(), "a.yaml", Limits())
    assert not isinstance(decoded, str) or is_as_parsed(decoded)
