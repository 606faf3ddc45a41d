"""Reading of TOML files together with the position of each key, so that messages can point at it.

The standard library's parser gives values only. A second pass finds the positions. It knows only where statements begin
and end, and runs only when a position is asked for. Keys of an inline table have the position of that table. When a
file has a syntax error, what stands before the error is used.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import Problem
from dossier.core.regular_file import open_regular_file
from dossier.loader.source_text import LineIndex

KeyPath = tuple[str, ...]
"""A key preceded by those of the tables that contain it, the outermost first."""
_MAX_BYTES = 1024 * 1024
"""Bytes of a file above which it is not read."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_STATEMENT = rf"[ \t]*(?:\[\[?[ \t]*(?P<table>{_KEYS})[ \t]*\]|(?P<key>{_KEYS})[ \t]*=[ \t]*)"
_TOKEN = (
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'{3}(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\n\"'#\[\]{}]+|."
)
_MESSAGE = r"(?P<fault>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)"
_ADVICE = {
    "Invalid value": "put text in quotes",
    "Cannot overwrite a value": "this key already has a value above",
    "Illegal character '\\n'": "close the quotes on the same line",
    "Expected newline or end of document after a statement": "nothing may follow the value on its line",
}


class TomlPosition(NamedTuple):
    """The 1-based line and column of a key, and the 1-based column of its value, which begins in the same line."""

    line: int
    column: int
    value_column: int


class Toml(NamedTuple):
    """The content of a TOML file: its values as `tomllib` gives them, its text, and its problems."""

    values: dict[str, Any]
    text: str = ""
    problems: tuple[Problem, ...] = ()

    def find_position(self, *keys: str) -> TomlPosition:
        """Return the position of a key, given with the tables that contain it.

        When it is unknown, return that of the innermost table whose position is known, else the start of the file.
        """
        known = find_key_positions(self.text)
        while keys and keys not in known:
            keys = keys[:-1]
        return known.get(keys, TomlPosition(1, 1, 1))


def load_toml(path: Path) -> Toml:
    """Read the file at `path`. Problems tell what cannot be read; no error is raised."""
    try:
        with open_regular_file(path) as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(path, 1, "cannot-read", f"cannot read the file: {error.strerror}")
    if len(data) > _MAX_BYTES:
        return _unreadable(path, 1, "too-large", f"the file is larger than {_MAX_BYTES:,} bytes and was not read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(path, line, "not-utf8", "the file is not in UTF-8: save it as UTF-8")
    return parse_toml(text.replace("\r\n", "\n"), str(path))


def parse_toml(text: str, path: str) -> Toml:
    """Parse `text`, whose lines end with a line feed. Problems refer to the file as `path`."""
    try:
        return Toml(tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        told = re.fullmatch(_MESSAGE, str(error), re.DOTALL)
        line, column = LineIndex(text).locate(None)
        if told and told["line"]:
            line, column = int(told["line"]), int(told["column"])
        fault = told["fault"] if told else str(error)
    except RecursionError:
        line, column, fault = 1, 1, "Lists are nested too deep"
    cure = _ADVICE.get(fault, "see https://toml.io")
    said = f"not valid TOML: {fault[:1].lower()}{fault[1:]}; {cure}. The rest of the file is ignored"
    before = _parse_before(text, line)
    return Toml(*before[:2], (Problem(path, line, column, "not-toml", said),))


def _parse_before(text: str, line: int) -> Toml:
    """Return the content of the text before `line` (1-based), or before the statement that contains that line."""
    lines = LineIndex(text)
    begun = max((start for start, _, _ in _find_statements(text) if lines.locate(start)[0] <= line), default=0)
    for before in ("\n".join(text.split("\n")[: line - 1]), text[:begun]):
        try:
            return Toml(tomllib.loads(before), before)
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return Toml({})


def _unreadable(path: Path, line: int, code: str, message: str) -> Toml:
    return Toml({}, "", (Problem(str(path), line, 1, code, message),))


@lru_cache(maxsize=4)
def find_key_positions(text: str) -> Mapping[KeyPath, TomlPosition]:
    """Return the position of every key in `text`, which has to be valid TOML."""
    return dict(_find_positions(text))


def _find_positions(text: str) -> Iterator[tuple[KeyPath, TomlPosition]]:
    lines = LineIndex(text)
    table: KeyPath = ()
    for start, keys, value in _find_statements(text):
        line, column = lines.locate(start)
        if value is None:
            table = keys
            yield keys, TomlPosition(line, column, column)
        else:
            yield (*table, *keys), TomlPosition(line, column, column + value - start)


def _find_statements(text: str) -> Iterator[tuple[int, KeyPath, int | None]]:
    """Yield the offset of each statement, its keys, and the offset of its value (None for the heading of a table)."""
    statement, token = re.compile(_STATEMENT), re.compile(_TOKEN, re.DOTALL)
    at = 0
    while at < len(text):
        if found := statement.match(text, at):
            start = at + len(found[0]) - len(found[0].lstrip(" \t"))
            at = found.end()
            yield start, _parse_keys(found["table"] or found["key"]), None if found["table"] else at
        at = _find_end(token, text, at)


def _parse_keys(written: str) -> KeyPath:
    """Return the parts of a dotted key."""
    return tuple(_unquote(part[0]) for part in re.finditer(_PART, written))


def _unquote(written: str) -> str:
    try:
        return next(iter(tomllib.loads(f"{written}=0")))
    except tomllib.TOMLDecodeError:
        return written


def _find_end(tokens: re.Pattern[str], text: str, at: int) -> int:
    """Return the offset of the first line after the value at offset `at`."""
    depth = 0
    for token in tokens.finditer(text, at):
        depth += bool(token["open"]) - bool(token["close"])
        if token["end"] and depth <= 0:
            return token.end()
    return len(text)
