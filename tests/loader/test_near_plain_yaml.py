"""YAML that nearly has the usual forms is read without a parser only as libyaml and PyYAML's own parser read it."""

from collections.abc import Sequence

import pytest
from all_readers import read_plain
from any_examples import examples
from hypothesis import given
from hypothesis import strategies as st

# Whether each is read without a parser.
CASES: dict[str, tuple[bytes | str, bool]] = {
    "two hyphens": ("a:\n- - b\n", False),
    "a mark of a key": ("? a\n: b\n", False),
    "a list behind a key": ("a: - b\n", False),
    "no blank behind the colon": ("a:b\n", False),
    "no blank behind a colon in braces": ("a: {b:c}\n", False),
    "a colon behind quotes": ('a: {"b":c}\n', False),
    "a pair in a list in brackets": ("a: [b: c]\n", False),
    "a comma before the bracket": ("a: [b, ]\n", False),
    "two commas": ("a: [b,, c]\n", False),
    "a key alone in braces": ("a: {b}\n", False),
    "a value left out in braces": ("a: {b: }\n", False),
    "a question mark in brackets": ("a: [b?, c]\n", False),
    "a comma without a blank": ("a: [b,c]\n", True),
    "brackets in the first column of the next line": ("a: [b,\nc]\n", True),
    "quotes in the first column of the next line": ("a: 'b\nc'\n", True),
    "a hash behind the break of a quoted text": ("a: 'b\n# c'\n", True),
    "a hash at the end of a quoted key": ("'a #': b\n", True),
    "two keys of no text": ("~: a\nnull: b\n", False),
    "one key in two forms": ("a: b\n'a': c\n", False),
    "a merge key in quotes": ("'<<': a\n", True),
    "a text that begins like a merge key": ("a: <<b\n", False),
    "the default of a type": ("=: =\n", True),
    "a percent sign at the beginning": ("%YAML 1.1\n---\na: b\n", False),
    "a mark with blanks": ("--- \na: b\n", False),
    "a mark and a key": ("--- a: b\n", False),
    "two marks": ("---\n---\na: b\n", False),
    "a mark in a quoted text": ("a: 'b\n---\nc'\n", False),
    "a comment before a percent sign": ("# a\n%b: c\n", False),
    "a key as long as is read": (f"{'a' * 999}: b\n", True),
    "a longer key": (f"{'a' * 1_000}: b\n", False),
    "a key as long as is allowed": (f"{'a' * 1_024}: b\n", False),
    "a long key behind a hyphen": (f"a:\n- {'b' * 1_100}: c\n", False),
    "a long text": (f"a: {'b ' * 40_000}\n", True),
    "a long item": (f"a:\n- {'b ' * 2_000}\nc: [{'d' * 2_000}]\n", True),
    "a tab behind a text": ("a: b\t\n", False),
    "a carriage return alone": ("a: b\rc: d\n", False),
    "next line in a plain text": ("a: b\u0085c\n", True),
    "next line in a key": ("a\u0085b: c\n", True),
    "next line in quotes": ("a: 'b\u0085c'\nd: \"e \u0085 f\"\n", True),
    "next line in a block": ("a: |\n  b\u0085c\n", True),
    "next line in a comment": ("a: b  # c\u0085d: e\n", True),
    "a line separator before the break": ("a: b\u2028\n  c\n", True),
    "a paragraph separator at the beginning": ("a: \u2029b\n", True),
    "a line separator in a folded block": ("a: >\n  b\n  \u2028c\n", False),
    "a byte order mark": (b"\xef\xbb\xbfa: b\n", True),
    "two byte order marks": (b"\xef\xbb\xbf\xef\xbb\xbfa: b\n", False),
    "a byte order mark inside": ("a: b\ufeffc\n", False),
    "delete": ("a: b\x7f\n", False),
    "a control character of C1": ("a: b\x9d\n", False),
    "no character": ("a: b\ufffe\n", False),
    "a null": ("a: b\0\n", False),
    "a lone surrogate": (b"a: \xed\xa0\x80\n", False),
    "letters outside the first plane": ("\U0001f600: [\U0001f600, {\U0001f600: '\U0001f600'}]\n", True),
    "marks of direction": ("a: \u200f[b\u200e\n\u200fc: d\n", True),
    "blanks that are no spaces": ("a: b\u00a0\u3000\n", True),
    "a beginning that is no space": ("a: \u00a0b\n", False),
    "a number of blanks in a block": ("a: |1\n  b\n", False),
    "all breaks kept": ("a: |+\n  b\n\n", False),
    "a more indented line in a folded block": ("a: >\n  b\n   c\n  d\n", False),
    "a more indented line in a block": ("a: |\n  b\n   c\n\n  d\n", True),
    "a less indented line in a block": ("a: |\n   b\n  c\n", False),
    "a block without a break at its end": ("a: |\n  b", False),
    "a comment behind a block": ("a: |\n  b\n# c\n", True),
    "a comment behind the mark of a block": ("a: | # b\n  c\n", False),
    "blanks behind lines of a folded block": ("a: >\n  b \n  c  \n\n  d\n", True),
    "a line of blanks": ("a: b\n \nc: d\n", True),
    "blanks at the end": ("a: b\n  ", True),
    "a comment at the end": ("a: b\n# c", True),
    "a comment inside a text": ("a: b\n  # c\n  d\n", False),
    "a hash right behind quotes": ("a: 'b'#c\n", False),
    "a hyphen alone in a text": ("a: b\n  -\n  c\n", True),
    "a colon that begins a line of a text": ("a: b\n  :c\n", True),
    "a list below a list": ("a:\n- b\n -c\n", True),
    "a list less indented than its key": ("a:\n  b:\n - c\n", False),
    "an escaped break": ('a: "b\\\n  c"\n', False),
    "an escaped backslash before a break": ('a: "b\\\\\n  c"\n', True),
    "quote marks on both sides of a break": ("a: 'b''\n  ''c'\n", True),
    "an item below a text": ("a: b\n  - c\n", False),
    "a repeated key in braces": ("a: {b: c, 'b': d}\n", False),
    "blanks at the end of a block": ("a: |\n  b\n ", False),
    "a line of blanks in a block": ("a: |\n  b\n \n  c\n", False),
    "a text behind a nested key": ("a:\n  b: c\n  d\n", False),
}


@pytest.mark.parametrize(("text", "is_plain"), CASES.values(), ids=CASES)
def test_what_looks_plain_is_read_as_by_the_parsers(text: bytes | str, is_plain: bool) -> None:
    assert read_plain(text.encode() if isinstance(text, str) else text) is is_plain


@pytest.mark.parametrize(
    "text",
    ["a: b\nc:\n- 'd'\n", "a: |\n  b\n\nc: {d: [e, f]}\n", "- a\n", 'a: "b\n  c"\nd: >-\n  e\n  f\n'],
)
@pytest.mark.parametrize("sign", ["\u0085", "\ufeff", "\0", "\t", "\r", " ", "\n", "#", ":", "-", "'", "\U0001f600"])
def test_a_sign_anywhere_is_read_as_by_the_parsers(text: str, sign: str) -> None:
    for at in range(len(text) + 1):
        read_plain(f"{text[:at]}{sign}{text[at:]}".encode())


WORDS = (
    "a",
    "b c",
    "ä",
    "김",
    "“q”",
    "\U0001f600",
    "null",
    "~",
    "12",
    "it's",
    "x:y",
    "a#b",
    "c?",
    "<a",
    "\u00a0z",
    "-1",
)
ODD = (
    "",
    "-",
    "- a",
    "? a",
    "a #b",
    "a: b",
    ":a",
    "a:",
    "<<",
    "*a",
    "&a b",
    "!a",
    "%a",
    "@a",
    "|",
    ">",
    "[a",
    "a, b",
    '"',
)
BREAKS = ("\n", "\n\n", " \n", "\n \n", "  # c\n", "\n# c\n", "\n    # c\n", " #c\n")
COLUMNS = (0, 1, 2, 2, 2, 4)


@st.composite
def near_plain(draw: st.DrawFn) -> str:
    """Return a mapping of the usual forms, with something unusual in few of its places."""
    return draw(st.sampled_from(("", "", "", "---\n", "# c\n", "\n"))) + _mapping(draw, 0, 3)


def _one_of(draw: st.DrawFn, usual: Sequence[str], odd: Sequence[str]) -> str:
    return draw(st.sampled_from(odd if draw(st.integers(0, 49)) == 7 else usual))


def _end(draw: st.DrawFn) -> str:
    return _one_of(draw, ("\n",), BREAKS)


def _text(draw: st.DrawFn, indent: int) -> str:
    lines = [_one_of(draw, WORDS, ODD) for _ in range(draw(st.sampled_from((1, 1, 1, 2))))]
    text = (_one_of(draw, ("\n", "\n\n"), BREAKS) + " " * (indent + 1 + draw(st.sampled_from((0, 0, 1, 2))))).join(
        lines
    )
    mark = draw(st.sampled_from(("", "", "'", '"')))
    return f"{mark}{text.replace(mark, '_') if mark else text}{mark}"


def _in_brackets(draw: st.DrawFn, depth: int) -> str:
    items = []
    for _ in range(draw(st.integers(0, 2))):
        item = _in_brackets(draw, depth - 1) if depth and draw(st.integers(0, 4)) == 3 else _one_of(draw, WORDS, ODD)
        items.append(item)
    comma = _one_of(draw, (", ", ", ", ",\n  ", ",\n"), (",", " ,", ",,", ", # c\n"))
    if draw(st.booleans()):
        return f"[{comma.join(items)}]"
    colon = _one_of(draw, (": ",), (":", " : "))
    return f"{{{comma.join(f'k{at}{colon}{item}' for at, item in enumerate(items))}}}"


def _block(draw: st.DrawFn, indent: int) -> str:
    mark = _one_of(draw, ("|", ">", "|-", ">-"), ("|+", "|2", "> # c"))
    blanks = " " * (indent + draw(st.sampled_from((1, 2, 4))))
    lines = [_one_of(draw, (f"{blanks}{word}", ""), (" ", f"{blanks} a", "# c")) for word in draw(TEXTS)]
    return "\n".join((mark, *lines, ""))


TEXTS = st.lists(st.sampled_from((*WORDS, *ODD)), max_size=4)


def _value(draw: st.DrawFn, indent: int, depth: int) -> str:
    kind = draw(st.integers(0, 7))
    if kind < 3:
        return f" {_text(draw, indent)}{_end(draw)}"
    if kind == 3:
        return f" {_in_brackets(draw, 2)}{_end(draw)}"
    if kind == 4:
        return f" {_block(draw, indent)}"
    if kind == 5 or not depth:
        return _end(draw)
    more = indent + draw(st.sampled_from(COLUMNS))
    return _end(draw) + (_mapping(draw, more, depth - 1) if kind == 6 else _list(draw, more, depth - 1))


def _mapping(draw: st.DrawFn, indent: int, depth: int) -> str:
    made = ""
    for at in range(draw(st.integers(1, 3))):
        key = _one_of(draw, (f"k{at}", f"'k {at}'", f"é{at}", f"{at}:{at}"), ("a", "'a'", "~", "k ", *ODD))
        made += f"{' ' * indent}{key}:{_value(draw, indent, depth)}"
    return made


def _list(draw: st.DrawFn, indent: int, depth: int) -> str:
    made = ""
    for _ in range(draw(st.integers(1, 3))):
        gap = _one_of(draw, (" ",), ("", "  ", "   "))
        column = indent + 1 + len(gap)
        item = _mapping(draw, column, depth - 1).lstrip(" ") if depth and draw(st.booleans()) else ""
        made += f"{' ' * indent}-{gap}{item or _text(draw, indent) + _end(draw)}"
    return made


@examples(8)
@given(near_plain(), st.booleans())
def test_nearly_plain_yaml_is_read_as_by_the_parsers(text: str, is_open: bool) -> None:
    read_plain((text.rstrip("\n") if is_open else text).encode())
