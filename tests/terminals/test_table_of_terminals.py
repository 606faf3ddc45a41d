"""Tests of the table of the help about the terminals that were tried."""

import pytest
from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.table import HEADING, TOPIC, SeenRow, merge_rows, read_rows, write_rows
from terminals_under_test.walking import DOSSIERS, LOOKS, TERMINALS

TEXT = f"What is needed\n\n  Keys.\n\n{HEADING}\n\n  In these.\n\n      terminal\n\nCopying\n\n  By y.\n"
ROWS = (SeenRow("tmux", "3.3a", 48, 0, 0), SeenRow("GNU screen", "5.0.2", 48, 1, 12))


@pytest.mark.parametrize("kind", TERMINALS)
def test_every_terminal_of_the_walk_is_in_the_help(kind: type[TerminalUnderTest]) -> None:
    rows = [row for row in read_rows(TOPIC.read_text("utf-8")) if row.terminal == kind.name]
    assert rows
    assert {row.checks for row in rows} == {LOOKS * len(DOSSIERS)}
    assert all(row.different + row.own_faults <= row.checks for row in rows)


def test_the_table_in_the_help_is_as_it_is_written() -> None:
    topic = TOPIC.read_text("utf-8")
    assert write_rows(topic, merge_rows(read_rows(topic), [])) == topic


def test_rows_are_written_and_read() -> None:
    text = write_rows(TEXT, ROWS)
    assert read_rows(text) == ROWS
    assert text.endswith("\n\nCopying\n\n  By y.\n")
    assert max(map(len, text.splitlines())) <= 78


def test_a_table_at_the_end_is_written() -> None:
    text = write_rows(TEXT.partition("\n\nCopying")[0] + "\n", ROWS)
    assert read_rows(text) == ROWS
    assert text.endswith("12\n")


def test_a_row_takes_the_place_of_the_one_for_the_same_version() -> None:
    newer = SeenRow("tmux", "3.8", 48, 2, 0)
    again = ROWS[0]._replace(different=3)
    assert merge_rows(ROWS, [newer, again]) == (again, newer, ROWS[1])
