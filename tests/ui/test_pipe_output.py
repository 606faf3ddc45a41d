"""What a command has printed, as rows."""

import pytest

from dossier.terminal.piped_command import MOST_BYTES, CommandOutput
from dossier.ui.pipe_output import MOST_LINES, ShownOutput, copied_output, show_output, show_running


def texts(shown: ShownOutput) -> list[tuple[str, str]]:
    return [(row.group, row.text) for row in shown.rows]


def shown_of(output: bytes = b"", errors: bytes = b"", status: int = 0, is_cut: bool = False) -> ShownOutput:
    return show_output("wc -w", CommandOutput(output, errors, status, is_cut), "utf-8")


@pytest.mark.parametrize(
    ("output", "lines"),
    [
        (b"12\n", ["12"]),
        (b"12", ["12"]),
        (b"a\n\nb\n", ["a", "", "b"]),
        (b"a\r\nb\r\n", ["a", "b"]),
        (b"a\tb\n", ["a       b"]),
        (b" 10 %\r 50 %\r100 %\n", ["100 %"]),
        (b"\x1b[1mbold\x1b[0m\n", ["␛[1mbold␛[0m"]),
        ("“é”\n".encode(), ["“é”"]),
        (b"\xff\xfe\n", ["��"]),
        (b"", ["no output"]),
        (b"\n", ["no output"]),
    ],
)
def test_lines_of_output(output: bytes, lines: list[str]) -> None:
    shown = shown_of(output)
    assert texts(shown) == [("", line) for line in lines]
    assert shown.title == "| wc -w"
    assert len({row.ref for row in shown.rows}) == len(shown.rows)


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (0, "| wc -w"),
        (3, "| wc -w · exit status 3"),
        (127, "| wc -w · no such command (exit status 127)"),
        (-9, "| wc -w · ended by signal 9 (SIGKILL)"),
        (-40, "| wc -w · ended by signal 40"),
    ],
)
def test_how_it_ended(status: int, title: str) -> None:
    shown = shown_of(b"", b"sh: wc: not found\n", status)
    assert (shown.title, texts(shown)) == (title, [("Standard error", "sh: wc: not found")])


def test_errors_stand_below_the_output_and_are_not_copied_with_it() -> None:
    shown = shown_of(b"1\n2\n", b"warning\n")
    assert texts(shown) == [("", "1"), ("", "2"), ("Standard error", "warning")]
    assert copied_output(shown.rows) == "1\n2"
    assert copied_output(shown_of(b"", b"no\n").rows) == "no"


def test_what_is_cut_off_is_told() -> None:
    many = shown_of(b"line\n" * (MOST_LINES + 1), status=1)
    assert (len(many.rows), many.title) == (
        MOST_LINES,
        f"| wc -w · exit status 1, cut off: {MOST_LINES:,} lines are shown",
    )
    assert len(shown_of(b"line\n" * MOST_LINES).rows) == MOST_LINES
    assert shown_of(b"line\n" * MOST_LINES).title == "| wc -w"
    long = shown_of(b"x" * 9_000)
    assert (len(long.rows[0].text), long.rows[0].text[-1]) == (4_000, "…")
    assert long.title == "| wc -w · long lines are cut off"
    endless = shown_of(b"y\n" * (MOST_BYTES // 2), status=-9, is_cut=True)
    assert endless.title == f"| wc -w · ended after {MOST_BYTES:,} bytes"


def test_another_encoding() -> None:
    shown = show_output("cat", CommandOutput("é\n".encode("latin-1"), b"", 0), "iso-8859-1")
    assert [row.text for row in shown.rows] == ["é"]


@pytest.mark.parametrize(("seconds", "words"), [(0, "running … Esc ends it"), (7, "running for 7 s … Esc ends it")])
def test_while_it_runs(seconds: int, words: str) -> None:
    shown = show_running("a command that is far too long for the upper edge of a popup", seconds)
    assert texts(shown) == [("", words)]
    assert shown.title == "| a command that is far too long for the …"
