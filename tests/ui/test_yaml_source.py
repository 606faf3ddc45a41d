from pathlib import Path

import pytest
from rooms import DATA, FILES, stored

from dossier.core.links import Links
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import make_panes
from dossier.ui.yaml_source import yaml_block

BLOCKED = """\
# A comment.
headline: Ferry pact
subtitle: >-
  Daily boat
  from June

byline:
  - Ida Brandt
  - Tom Reyes
body: |
  One paragraph
  of two lines.

  # No comment, but words.
people: {
  okafor: Lena Okafor,
  han: {name: Han,
    native: 한서진},
}
orgs:
  # The port.
  paa:
    name: Port Authority
    note: |
      # One.

      Two.

  ministry: Ministry
quotes:
- okafor: We will run
- id: q2
  text: [No new toll,
         no new quay]
  mood: &calm calm

  # What follows is not of it.
timeline: [{date: 2023, what: Signed}, {date: 2024, what: Closed}]
glossary: {PAA: Port Authority}
last: *calm
"""

LISTED = "headline: Ferry\r\nbody:\r\n  - >-\r\n    One\r\n    two.\r\n  - Three.\r\n  - {heading: Four}\r\n"


@pytest.mark.parametrize(
    ("ref", "line", "lines"),
    [
        ("headline", 2, (2, 2)),
        ("subtitle", 3, (3, 5)),
        ("about/byline", 8, (7, 9)),
        ("about/byline", 7, (7, 9)),
        ("para/p1", 11, (11, 12)),
        ("para/p2", 14, (14, 14)),
        ("person/okafor", 16, (16, 16)),
        ("person/han", 17, (17, 18)),
        ("org/paa", 23, (22, 27)),
        ("org/ministry", 29, (29, 29)),
        ("quote/q1", 31, (31, 31)),
        ("quote/q2", 32, (32, 35)),
        ("event/e2", 38, (38, 38)),
        ("term/PAA", 39, (39, 39)),
        ("about/last", 40, (40, 40)),
        ("about/people", 15, (15, 19)),
    ],
)
def test_an_entry_is_given_as_it_stands_in_the_file(ref: str, line: int, lines: tuple[int, int]) -> None:
    expected = BLOCKED.splitlines()[lines[0] - 1 : lines[1]]
    assert yaml_block(BLOCKED.encode(), parse_ref(ref), line).splitlines() == expected


@pytest.mark.parametrize(
    ("ref", "line", "expected"),
    [
        ("para/p1", 4, "  - >-\n    One\n    two."),
        ("para/p2", 6, "  - Three."),
        ("heading/h1", 7, "  - {heading: Four}"),
    ],
)
def test_a_paragraph_of_a_list_is_given_with_its_mark(ref: str, line: int, expected: str) -> None:
    assert yaml_block(b"\xef\xbb\xbf" + LISTED.encode(), parse_ref(ref), line) == expected


@pytest.mark.parametrize("data", [b"", b"- a", b"a: [", b"a: \xff", b"text", b"{" * 100_000])
def test_a_file_that_is_none_gives_nothing(data: bytes) -> None:
    assert yaml_block(data, parse_ref("headline"), 1) == ""


def test_a_line_that_nothing_stands_on_gives_nothing() -> None:
    assert yaml_block(BLOCKED.encode(), parse_ref("headline"), 1) == ""
    assert yaml_block(BLOCKED.encode(), parse_ref("headline"), 99) == ""


def test_an_article_is_the_whole_file() -> None:
    assert yaml_block(BLOCKED.encode(), Ref("ferry"), 0) == BLOCKED.rstrip()


def test_what_would_reorder_the_line_is_made_safe() -> None:
    assert yaml_block("headline: a\u202eb\tc".encode(), parse_ref("headline"), 1) == "headline: a\ufffdb c"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_entry_has_lines_and_they_begin_where_it_does(path: Path) -> None:
    article, data = stored(path), path.read_bytes()
    lines = data.decode().split("\n")
    for entry in (entry for pane in make_panes(article, Links.of(article)).values() for entry in pane):
        if entry.ref.kind == "source":
            continue
        given = yaml_block(data, entry.ref, entry.line)
        assert given, entry.ref
        assert lines[entry.line - 1] in given.split("\n"), entry.ref
