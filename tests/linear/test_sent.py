"""What is sent to the terminal with --linear, which a screen reader like yasr says: the new line and no more."""

import re
from functools import partial
from pathlib import Path

import pytest
from ptys import Line, line, python
from read_aloud_walk import ARTICLE, OPENING, WALK, Step

_MOVES = re.compile(r"\x1b\[\??[0-9;]*[ABCDHKhl]|[\r\b]")
"""Movements of the cursor and the erasing of a row; nothing else may stand between two rows."""


def rows_sent(sent: str) -> list[str]:
    """Return the runs of text between movements of the cursor."""
    return [run for run in _MOVES.split(sent) if run.strip()]


def told(step: Step) -> list[str]:
    return [*([step.echo] if step.echo else []), *step.said]


def sent_after(terminal: Line, step: Step) -> list[str]:
    begin = len(terminal.sent)
    terminal.type(step.key)
    terminal.wait(until=lambda: len(rows_sent(terminal.sent[begin:].decode())) >= len(told(step)))
    return rows_sent(terminal.sent[begin:].decode())


@pytest.mark.parametrize("term", ["linux", "xterm-256color", "vt220"])
def test_each_key_sends_the_new_line_whole_and_once(tmp_path: Path, term: str) -> None:
    with line(python("-m", "dossier", "--linear", str(ARTICLE)), TERM=term, HOME=str(tmp_path)) as terminal:
        terminal.wait(*OPENING)
        for number, step in enumerate(WALK):
            assert sent_after(terminal, step) == told(step), (number, step.key)


def test_the_cursor_is_on_the_line_that_was_sent(tmp_path: Path) -> None:
    with line(python("-m", "dossier", "--linear", str(ARTICLE)), HOME=str(tmp_path)) as terminal:
        terminal.wait(*OPENING)
        for step in WALK[:12]:
            sent_after(terminal, step)
            terminal.wait(until=lambda step=step: terminal.cursor_row == step.said[step.at])  # type: ignore[misc]


def test_the_whole_pane_stands_there_when_it_is_alone(tmp_path: Path) -> None:
    with line(python("-m", "dossier", "--linear", str(ARTICLE)), HOME=str(tmp_path)) as terminal:
        terminal.wait(*OPENING)
        terminal.type("z")
        terminal.wait("Draft audit finds", "The East Quay of Port Arlen", "A paper without an owner")
        for step in WALK[:4]:
            assert sent_after(terminal, step) == told(step)
        terminal.type("z")
        terminal.wait(until=lambda: "Draft audit finds" not in terminal.text)
        assert WALK[3].said[0] in terminal.text


def test_a_line_in_any_script_is_one_run(tmp_path: Path) -> None:
    lines = (
        "प्रधानमंत्री ने कहा कि “नीति बदलेगी”।",
        "தமிழ் செய்தி, বাংলা ভাষায়, ខ្មែរ, မြန်မာ",
        "می\u200cخواهم کتاب\u200cها را بخوانم",
        "น้ำท่วมที่นี่ and 👍🏽",
    )
    article = tmp_path / "scripts.yaml"
    article.write_text("headline: Scripts\nbody:\n" + "".join(f"  - {one}\n" for one in lines), "utf-8")
    with line(python("-m", "dossier", "--linear", str(article)), HOME=str(tmp_path)) as terminal:
        terminal.wait("1 Article", "Scripts")
        for one in lines:
            begin = len(terminal.sent)
            terminal.type("j")
            terminal.wait(until=partial(_has_sent_rows, terminal, begin))
            sent = rows_sent(terminal.sent[begin:].decode())
            assert [row.replace("\u200e", "").strip() for row in sent] == [one]


def _has_sent_rows(terminal: Line, begin: int) -> bool:
    return bool(rows_sent(terminal.sent[begin:].decode()))
