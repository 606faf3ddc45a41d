"""Tests of the positions of keys in a TOML file, and of the messages for a file that cannot be read."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.config.toml_positions import TomlPosition, find_key_positions, load_toml, parse_toml

WRITTEN = '''\
# a comment with = and [brackets]
theme = "dark"   # and = another
  column   = 60

text = """
theme = "not this"
"""
list = [ # one
  "[", ']',
]
[keys]
find = "/"
"line-down" = ["j",
  "down"]
a.b = 1
[[other]]
c = {d = 1}
'''


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("theme",), (2, 1, 9)),
        (("column",), (3, 3, 14)),
        (("text",), (5, 1, 8)),
        (("list",), (8, 1, 8)),
        (("keys",), (11, 1, 1)),
        (("keys", "find"), (12, 1, 8)),
        (("keys", "line-down"), (13, 1, 15)),
        (("keys", "a", "b"), (15, 1, 7)),
        (("keys", "nothing"), (11, 1, 1)),
        (("other", "c"), (17, 1, 5)),
        (("other", "c", "d"), (17, 1, 5)),
        (("nothing",), (1, 1, 1)),
        ((), (1, 1, 1)),
    ],
)
def test_where_a_key_stands(keys: tuple[str, ...], place: tuple[int, int, int]) -> None:
    assert parse_toml(WRITTEN, "a").find_position(*keys) == TomlPosition(*place)


@pytest.mark.parametrize(
    ("text", "place", "message", "values"),
    [
        (
            "column = 60\ntheme = dark\nmouse = true\n",
            (2, 9),
            "invalid value; put text in quotes",
            {"column": 60},
        ),
        ('theme = "dark\n', (1, 14), "close the quotes on the same line", {}),
        ('column = 60\ntheme "dark"\n', (2, 7), "expected '=' after a key", {"column": 60}),
        (
            "column = 60\ncolumn = 70\n",
            (2, 12),
            "cannot overwrite a value; this key already has a value above",
            {"column": 60},
        ),
        ("column = 60 cells\n", (1, 13), "nothing may follow the value on its line", {}),
        ('[keys]\nfind = "/"\npin = [".",\n  x\n]\n', (4, 3), "invalid value", {"keys": {"find": "/"}}),
        ('a = 1\n[keys\nfind = "/"\n', (2, 6), "not valid TOML", {"a": 1}),
        ('a = 1\nb = ["x",\n', (3, 1), "The rest of the file is ignored", {"a": 1}),
        ('"\\q" = 1\n', (1, 4), "not valid TOML", {}),
        (f"a = {'[' * 9999}", (1, 1), "too deep", {}),
    ],
)
def test_of_a_file_with_an_error_what_stands_before_it_is_kept(
    text: str, place: tuple[int, int], message: str, values: dict[str, object]
) -> None:
    toml = parse_toml(text, "config.toml")
    (problem,) = toml.problems
    assert (problem.path, problem.code, (problem.line, problem.column)) == ("config.toml", "not-toml", place)
    assert message in problem.message
    assert toml.values == values


def test_a_file_is_read_whatever_its_line_ends_and_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbftheme = "dark"\r\ncolumn = 60\r\n')
    toml = load_toml(path)
    assert toml.values == {"theme": "dark", "column": 60}
    assert toml.find_position("theme") == (1, 1, 9)
    assert toml.find_position("column") == (2, 1, 10)


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [(b'a = 1\nb = "\xff"', 2, "not-utf8"), (b"#" * (1024 * 1024 + 1), 1, "too-large"), (None, 1, "cannot-read")],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes | None, line: int, code: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    if data is not None:
        path.write_bytes(data)
    toml = load_toml(path)
    assert [(one.line, one.code) for one in toml.problems] == [(line, code)]
    assert toml.values == {}


@given(st.text(alphabet="ab.=[]{}\"'\\#\n ,1", max_size=40))
def test_every_key_at_the_top_of_what_is_toml_has_a_place(text: str) -> None:
    toml = parse_toml(text, "a")
    if toml.problems:
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(text)
    assert {keys[0] for keys in find_key_positions(toml.text)} == set(toml.values)
