"""What is sent to terminals by their TERM: no strings, modes or styles that they show as text or as something else."""

import re

import pytest

from dossier.terminal.capabilities import detect_capabilities
from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import make_frame
from dossier.terminal.style import BOLD, DIM, ITALIC, REVERSE, Style
from dossier.terminal.tty import ENTER, make_exit_sequence

WORDS = "words enough for a long difference, so that it would be enclosed in the mode for synchronised output; " * 3
STYLES = [
    Style((1, 2, 3), 4, bits, link) for bits in (ITALIC, BOLD | REVERSE, DIM) for link in ("", "https://a.example")
]
FRAME = make_frame([[(WORDS[:79], style)] for style in STYLES * 2], 80, 12)


def sent(term: str, **environ: str) -> str:
    abilities = detect_capabilities({"TERM": term, **environ}, "utf-8")
    return ENTER + encode_difference(None, FRAME, abilities) + make_exit_sequence(abilities)


def styles(text: str) -> set[str]:
    """Return all parameters of the SGR sequences in a text, but for those of colours."""
    return {one for found in re.findall(r"\x1b\[([0-9;]*)m", text) for one in re.sub(r"[34]8;.*", "", found).split(";")}


@pytest.mark.parametrize(
    "term", ["linux", "vt100", "vt220", "cons25", "eterm-color", "screen", "screen.xterm-256color", "screen5"]
)
def test_strings_and_modes_that_would_be_shown_are_not_sent(term: str) -> None:
    text = sent(term)
    assert "\x1b]" not in text
    assert "\x1bP" not in text
    assert "?2026" not in text


@pytest.mark.parametrize("term", ["screen", "screen-256color", "screen5", "vt220"])
def test_italics_are_not_sent_where_they_would_be_reversed(term: str) -> None:
    assert "3" not in styles(sent(term))


@pytest.mark.parametrize("term", ["xterm-256color", "linux", "screen", "vt220", "putty-256color", "eterm-color"])
def test_reversed_text_is_not_bold(term: str) -> None:
    for found in re.findall(r"\x1b\[;([0-9;]*)m", sent(term)):
        assert not {"1", "7"} <= set(found.split(";"))
    assert "7" in styles(sent(term))


@pytest.mark.parametrize(("environ", "modes"), [({}, True), ({"TMUX": "/tmp/a,1,0"}, True), ({"NO_COLOR": "1"}, True)])
def test_others_get_links_and_whole_frames(environ: dict[str, str], modes: bool) -> None:
    text = sent("xterm-256color", **environ)
    assert ("\x1b]8;;https://a.example\x1b\\" in text) == modes
    assert ("\x1b[?2026h" in text) == modes
