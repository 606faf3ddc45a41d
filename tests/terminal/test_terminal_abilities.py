"""Tests of what the environment tells about a terminal."""

import pytest

from dossier.terminal.capabilities import Capabilities, detect_capabilities, find_locale_encoding

# Codecs of Python that no terminal has: some of them raise as the encoding of a stream.
NO_ENCODINGS = ("hex", "rot13", "base64", "punycode", "unicode_escape", "utf-16", "utf-32", "utf-7")
ALL = Capabilities(colours=256, erases_in_colour=True)
PLAIN = Capabilities(links=False, synchronises=False)
EMACS = PLAIN._replace(edits_cells=False, takes_osc=False, stays_in_row=False, direction_marks=False, keeps_marks=False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("TERM=xterm", Capabilities(erases_in_colour=True)),
        ("TERM=xterm-256color", ALL),
        ("TERM=xterm-256color COLORTERM=truecolor", ALL._replace(colours=1 << 24)),
        ("TERM=xterm-256color COLORTERM=24bit", ALL._replace(colours=1 << 24)),
        ("TERM=xterm-direct", ALL._replace(colours=1 << 24)),
        ("TERM=xterm-256color NO_COLOR=", ALL),
        ("TERM=xterm-256color NO_COLOR=1 COLORTERM=truecolor", ALL._replace(colours=0)),
        ("TERM=rxvt", Capabilities(erases_in_colour=True)),
        ("TERM=rxvt-unicode-256color", ALL),
        ("TERM=linux", PLAIN._replace(erases_in_colour=True)),
        ("TERM=linux COLORTERM=truecolor", PLAIN._replace(erases_in_colour=True)),
        ("TERM=screen", PLAIN._replace(italics=False)),
        ("TERM=screen-256color COLORTERM=truecolor", PLAIN._replace(colours=256, italics=False)),
        ("TERM=screen-256color COLORTERM=truecolor TMUX=/tmp/tmux-0/default,1,0", Capabilities(colours=1 << 24)),
        ("TERM=tmux-256color", Capabilities(colours=256)),
        ("TERM=vt220", PLAIN._replace(colours=0, edits_cells=False)),
        ("TERM=vt100", PLAIN._replace(colours=0, scrolls=False, edits_cells=False)),
        ("TERM=vte-256color", Capabilities(colours=256)),
        ("TERM=something", Capabilities()),
        ("TERM=eterm-color", EMACS._replace(direction_marks=True)),
        ("TERM=eterm-color INSIDE_EMACS=28.2,term:0.96", EMACS),
        ("TERM=tmux-256color INSIDE_EMACS=28.2,term:0.96", Capabilities(colours=256, direction_marks=False)),
        ("TERM=xterm-256color NVIM=/tmp/nvim/0", ALL._replace(direction_marks=False, joins_lam_alef=True)),
        ("", Capabilities()),
    ],
)
def test_by_the_environment(words: str, expected: Capabilities) -> None:
    found = detect_capabilities(dict(word.split("=", 1) for word in words.split()), "utf-8")
    assert found._replace(ambiguous=0) == expected


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("TERM=tmux-256color", 1),
        ("TERM=screen-256color TMUX=/tmp/tmux-0/default,1,0", 1),
        ("TERM=linux", 1),
        ("TERM=vt220", 1),
        ("TERM=eterm-color INSIDE_EMACS=28.2,term:0.96", 1),
        ("TERM=xterm-kitty", 1),
        ("TERM=foot", 1),
        ("TERM=alacritty", 1),
        ("TERM=konsole-256color", 1),
        ("TERM=st-256color", 1),
        # In each of these it is a setting.
        ("TERM=xterm-256color", 0),
        ("TERM=xterm-256color VTE_VERSION=7006", 0),
        ("TERM=xterm VIM_TERMINAL=900 TMUX=/tmp/tmux-0/default,1,0", 0),
        ("TERM=mlterm MLTERM=3.9.0", 0),
        ("TERM=putty-256color", 0),
        ("TERM=rxvt-unicode-256color", 0),
        ("TERM=screen.xterm-256color", 0),
        ("TERM=screen5", 0),
        ("", 0),
    ],
)
def test_what_is_known_of_ambiguous_characters(words: str, cells: int) -> None:
    assert detect_capabilities(dict(word.split("=", 1) for word in words.split()), "utf-8").ambiguous == cells


@pytest.mark.parametrize(
    ("called", "encoding"),
    [("UTF-8", "utf-8"), ("ANSI_X3.4-1968", "ascii"), ("ISO-8859-1", "iso8859-1"), ("?", "ascii")],
)
def test_encoding(called: str, encoding: str) -> None:
    assert detect_capabilities({"TERM": "xterm"}, called).encoding == encoding


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("LANG=ko_KR.UTF-8", "utf-8"),
        ("LC_CTYPE=UTF-8", "utf-8"),
        ("LC_ALL=C.utf8", "utf-8"),
        ("LC_ALL=ca_ES.utf8@valencia", "utf-8"),
        ("LC_ALL= LC_CTYPE=de_DE.utf8 LANG=C", "utf-8"),
        ("LC_ALL=POSIX LANG=de_DE.utf8", ""),
        ("LC_ALL=C", ""),
        ("", ""),
    ],
)
def test_the_encoding_that_a_locale_names(words: str, encoding: str) -> None:
    assert find_locale_encoding(dict(word.split("=") for word in words.split())) == encoding


@pytest.mark.parametrize(
    ("name", "told", "encoding"),
    [
        ("en_US", "ISO-8859-1", "iso8859-1"),
        ("de_DE@euro", "ISO-8859-15", "iso8859-15"),
        ("ko_KR.eucKR", "EUC-KR", "euc_kr"),
        ("xx_KR.eucKR", "ANSI_X3.4-1968", "euc_kr"),
        ("xx_XX", "ANSI_X3.4-1968", ""),
        ("xx_XX.none", "ANSI_X3.4-1968", ""),
        *((f"xx_XX.{codec}", "ANSI_X3.4-1968", "") for codec in NO_ENCODINGS),
    ],
)
def test_what_the_machine_knows_of_a_locale_counts(
    name: str, told: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: told)
    assert find_locale_encoding({"LC_ALL": name}) == encoding


@pytest.mark.parametrize(
    ("words", "joins"),
    [
        ("TERM=xterm-kitty", True),
        ("TERM=foot", True),
        ("TERM=foot-extra SSH_CONNECTION=x", True),
        ("TERM=xterm-256color KITTY_WINDOW_ID=1", True),
        ("TERM=xterm-256color KONSOLE_VERSION=260802", True),
        ("TERM=xterm-256color KONSOLE_VERSION=220401", False),
        ("TERM=xterm-256color KONSOLE_VERSION=new", False),
        ("TERM=xterm-256color KONSOLE_VERSION=260802 XTERM_VERSION=XTerm(379)", False),
        ("TERM=xterm-256color KONSOLE_VERSION=260802 VTE_VERSION=8401", False),
        ("TERM=xterm-256color KITTY_WINDOW_ID=1 TERM_PROGRAM=vscode", False),
        ("TERM=alacritty KITTY_WINDOW_ID=1", False),
        ("TERM=tmux-256color KITTY_WINDOW_ID=1 TMUX=/tmp/x", False),
        ("TERM=tmux-256color KITTY_WINDOW_ID=1", False),
        ("TERM=xterm-kitty TMUX=/tmp/x", False),
        ("TERM=xterm-kitty STY=12.pts", False),
        ("TERM=screen.xterm-kitty", False),
        ("TERM=xterm-256color KITTY_WINDOW_ID=1 VIM_TERMINAL=900", False),
        ("TERM=xterm-256color KONSOLE_VERSION=260802 NVIM=/run/x", False),
        ("TERM=xterm-256color", False),
        ("TERM=vte-256color", False),
        ("TERM=footless", False),
        ("", False),
    ],
)
def test_only_terminals_known_to_join_emoji_get_whole_sequences(words: str, joins: bool) -> None:
    environ = dict(word.split("=", 1) for word in words.split())
    assert detect_capabilities(environ, "utf-8").joins_emoji is joins
