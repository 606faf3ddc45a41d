import re
from base64 import b64decode
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.terminal.clipboard import MAX_OSC52_BYTES, ClipboardMode, CopyResult, copy_to_clipboard, encode_osc52

LOCAL = {"TERM": "xterm-256color"}
SSH = {**LOCAL, "SSH_CONNECTION": "192.0.2.1 5000 192.0.2.2 22"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-1000/default,4,0"}
SCREEN = {"TERM": "screen.xterm-256color", "STY": "4.pts-0.host"}
QUOTE = "“reckless missile tests”, 박진"
SENT = "sent to the terminal (OSC 52); if nothing arrives, y, then p, prints it"


class Tools:
    """A machine with these programs, which records their input."""

    def __init__(self, *there: str, refused: Sequence[str] = ()) -> None:
        self._there, self._refused = there, refused
        self.called: list[str] = []
        self.given: list[bytes] = []

    def __call__(self, words: Sequence[str], data: bytes) -> bool:
        line = " ".join(words)
        self.called.append(line)
        if line in self._refused or not any(name in words for name in self._there):
            return False
        self.given.append(data)
        return True


def text_in(sequence: str) -> str:
    """Return the text that a plain OSC 52 request carries."""
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found, sequence
    return b64decode(found[1]).decode()


def through_screen(sequence: str) -> str:
    """Return what GNU screen passes on: control strings of at most 256 bytes. It would print the rest."""
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sequence, flags=re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == sequence
    assert all(len(piece) < 256 for piece in pieces)
    return "".join(pieces)


@given(st.text(max_size=600))
def test_a_terminal_is_given_the_text_whole(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    sequence = encode_osc52(text, LOCAL)
    assert sequence is not None
    assert sequence.isascii()
    assert text_in(sequence) == text


@given(st.text(alphabet="aé가\N{LEFT DOUBLE QUOTATION MARK}", max_size=2_000))
def test_screen_passes_on_the_text_whole(text: str) -> None:
    sequence = encode_osc52(text, SCREEN)
    assert sequence is not None
    assert text_in(through_screen(sequence)) == text


def test_no_piece_for_screen_is_a_request_by_itself() -> None:
    sequence = encode_osc52("a" * 1_000, {"TERM": "screen-256color"})
    assert sequence is not None
    assert sequence.startswith("\x1bP\x1b]5\x1b\\")


@pytest.mark.parametrize("environ", [TMUX, {"TERM": "tmux-256color"}, {**TMUX, "TERM": "screen-256color"}])
def test_tmux_is_asked_to_pass_it_on_and_to_take_it(environ: dict[str, str]) -> None:
    sequence = encode_osc52(QUOTE, environ)
    assert sequence is not None
    found = re.fullmatch(r"\x1bPtmux;(.*?)\x1b\\(.*)", sequence, flags=re.DOTALL)
    assert found
    assert "\x1b" not in found[1].replace("\x1b\x1b", "")
    assert text_in(found[1].replace("\x1b\x1b", "\x1b")) == text_in(found[2]) == QUOTE


@pytest.mark.parametrize(
    ("text", "environ", "is_sent"),
    [
        ("a" * MAX_OSC52_BYTES, LOCAL, True),
        ("a" * (MAX_OSC52_BYTES + 1), LOCAL, False),
        ("é" * (MAX_OSC52_BYTES // 2), LOCAL, True),
        ("é" * (MAX_OSC52_BYTES // 2 + 1), LOCAL, False),
        ("a", {"TERM": "linux"}, False),
        ("a", {"TERM": "vt220"}, False),
        ("a", {"TERM": "vte-256color"}, True),
        ("a", {"TERM": "dumb"}, False),
        ("a", {}, True),
    ],
)
def test_what_is_sent(text: str, environ: dict[str, str], is_sent: bool) -> None:
    assert (encode_osc52(text, environ) is not None) == is_sent


def test_the_longest_request_is_no_longer_than_hterm_takes() -> None:
    assert len(encode_osc52("a" * MAX_OSC52_BYTES, LOCAL) or "") == 100_000


@pytest.mark.parametrize(
    ("environ", "way", "tools", "said"),
    [
        (LOCAL, "auto", Tools(), f"N characters {SENT}"),
        (SSH, "auto", Tools("xclip", "pbcopy"), f"N characters {SENT}"),
        ({**SSH, "DISPLAY": "localhost:10.0"}, "auto", Tools("xclip"), f"N characters {SENT}"),
        ({**LOCAL, "DISPLAY": ":0"}, "auto", Tools("xclip", "xsel"), "N characters copied through xclip"),
        ({**LOCAL, "DISPLAY": ":0"}, "auto", Tools("xsel"), "N characters copied through xsel"),
        (
            {**LOCAL, "DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"},
            "auto",
            Tools("wl-copy", "xclip"),
            "N characters copied through wl-copy",
        ),
        (LOCAL, "auto", Tools("pbcopy"), "N characters copied through pbcopy"),
        (
            {**LOCAL, "TERMUX_VERSION": "0.118"},
            "auto",
            Tools("termux-clipboard-set"),
            "N characters copied through termux-clipboard-set",
        ),
        ({**SSH, **TMUX}, "auto", Tools("tmux", "xclip"), "N characters copied through tmux (OSC 52)"),
        (
            {**TMUX, "DISPLAY": ":0"},
            "auto",
            Tools("tmux", "xclip"),
            "N characters copied through tmux (OSC 52) and xclip",
        ),
        (
            {**SSH, **TMUX},
            "auto",
            Tools("tmux", refused=["tmux load-buffer -w -"]),
            f"N characters copied to the tmux buffer, {SENT}",
        ),
        ({**SSH, **TMUX}, "auto", Tools(), f"N characters {SENT}"),
        ({**LOCAL, "DISPLAY": ":0"}, "osc52", Tools("xclip"), f"N characters {SENT}"),
        ({**SSH, "DISPLAY": "localhost:10.0"}, "native", Tools("xclip"), "N characters copied through xclip"),
        (SSH, "native", Tools(), "no clipboard program works here: y, then p, prints it"),
        (LOCAL, "off", Tools("pbcopy"), "the clipboard is turned off in the settings: y, then p, prints it"),
        (
            {"TERM": "linux"},
            "auto",
            Tools(),
            "the terminal linux has no clipboard: y, then p, prints it",
        ),
    ],
)
def test_the_reader_is_told_where_it_went(environ: dict[str, str], way: ClipboardMode, tools: Tools, said: str) -> None:
    made = copy_to_clipboard(QUOTE, environ, way, tools)
    assert made.message == said.replace("N characters", f"{len(QUOTE)} characters")
    assert (made.sequence == (encode_osc52(QUOTE, environ) or "")) if SENT in said else made.sequence == ""
    assert all(data.decode() == QUOTE for data in tools.given)


def test_a_variable_that_is_empty_is_not_set() -> None:
    tools = Tools("xclip", "tmux")
    copy_to_clipboard(QUOTE, {**LOCAL, "DISPLAY": "", "TMUX": "", "SSH_TTY": ""}, "auto", tools)
    assert tools.called == ["env LC_CTYPE=UTF-8 pbcopy"]


@pytest.mark.parametrize("way", ["osc52", "off"])
def test_no_program_is_called_that_was_not_asked_for(way: ClipboardMode) -> None:
    tools = Tools("xclip", "tmux")
    copy_to_clipboard(QUOTE, {**TMUX, "DISPLAY": ":0"}, way, tools)
    assert tools.called == []


def test_what_is_too_long_is_told_with_its_length_and_the_way_out() -> None:
    assert copy_to_clipboard("é" * 45_000, SSH, "auto", Tools()) == CopyResult(
        "", "too long for OSC 52 (90,000 bytes; 74,994 at most): y, then p, prints it"
    )


def test_a_tool_takes_what_is_too_long_for_the_terminal() -> None:
    made = copy_to_clipboard("a" * 90_000, {**LOCAL, "DISPLAY": ":0"}, "auto", Tools("xclip"))
    assert made == CopyResult("", "90,000 characters copied through xclip")


@pytest.mark.parametrize(("text", "count"), [("a", "1 character "), ("é한", "2 characters "), ("a" * 1_200, "1,200 ")])
def test_characters_are_counted_as_they_are_read(text: str, count: str) -> None:
    run: Callable[[Sequence[str], bytes], bool] = Tools()
    assert copy_to_clipboard(text, SSH, "auto", run).message.startswith(count)


@pytest.mark.parametrize(
    ("environ", "most"),
    [
        ({**LOCAL, "ZUTTY_VERSION": "0.16"}, 3_000),
        ({**LOCAL, "TERMINOLOGY": "1"}, 3_000),
        ({"TERM": "dvtm-256color"}, 6_000),
        # mosh sends on the first 16,379 letters of a request.
        ({**SSH, "NCURSES_NO_UTF8_ACS": "1"}, 12_282),
        ({**SSH, "NCURSES_NO_UTF8_ACS": "0"}, MAX_OSC52_BYTES),
        ({"TERM": "rxvt-unicode-256color"}, 24_000),
        ({**LOCAL, "ZUTTY_VERSION": ""}, MAX_OSC52_BYTES),
    ],
)
def test_a_terminal_that_prints_or_cuts_long_requests_is_sent_short_ones(environ: dict[str, str], most: int) -> None:
    sequence = encode_osc52("a" * most, environ)
    assert sequence is not None
    assert most == MAX_OSC52_BYTES or len(sequence) in {4_000 + 8, 8_000 + 8, 16_376 + 8, 32_000 + 8}
    told = copy_to_clipboard("a" * (most + 1), environ, "osc52")
    assert told == ("", f"too long for OSC 52 ({most + 1:,} bytes; {most:,} at most): y, then p, prints it")


@pytest.mark.parametrize("term", ["linux", "vt220", "eterm", "eterm-color"])
def test_a_terminal_without_a_clipboard_is_sent_nothing(term: str) -> None:
    told = copy_to_clipboard("words", {"TERM": term}, "osc52")
    assert told == ("", f"the terminal {term} has no clipboard: y, then p, prints it")
