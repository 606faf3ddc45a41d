import pytest

from dossier.core.problem import Problem
from dossier.export.source_excerpts import SourceExcerpt, draw_excerpt, find_source_excerpts
from dossier.loader.limits import Limits


def excerpt(data: bytes, line: int, column: int) -> SourceExcerpt:
    problem = Problem("a.yaml", line, column, "bad-at", "")
    return find_source_excerpts([problem], Limits(), {"a.yaml": data})[problem]


@pytest.mark.parametrize(
    ("data", "line", "column", "text", "offset"),
    [
        (b"one\ntwo: x\nthree", 2, 6, "two: x", 5),
        (b"one\r\ntwo: x\r\nthree", 2, 6, "two: x", 5),
        (b"\xef\xbb\xbfone", 1, 2, "one", 1),
        (b"one: gr\xfcn x", 1, 8, "one: gr\ufffdn x", 7),
        (b"one\ntwo", 9, 1, "", 0),
        (b"one", 1, 4, "one", 3),
        (b"", 1, 1, "", 0),
        (b"x: \x1b[31m", 1, 1, "x: ␛[31m", 0),
    ],
)
def test_the_line_of_a_problem(data: bytes, line: int, column: int, text: str, offset: int) -> None:
    assert excerpt(data, line, column) == (text, offset)


def test_of_a_long_line_the_part_around_the_problem() -> None:
    shown = excerpt(b"a" * 1000 + b"HERE" + b"b" * 1000, 1, 1001)
    assert shown.text == f"…{'a' * 60}HERE{'b' * 96}…"
    assert shown.text[shown.offset :].startswith("HERE")


def test_a_caret_stands_below_wide_characters() -> None:
    assert draw_excerpt(SourceExcerpt("한서진: x", 3), 12) == "   12 | 한서진: x\n      |       ^"


def test_files_that_are_gone_have_none() -> None:
    problem = Problem("/nonexistent/a.yaml", 1, 1, "cannot-read", "")
    assert find_source_excerpts([problem], Limits(), {}) == {problem: SourceExcerpt()}
