"""What the terminal can do, as far as environment variables tell.

Nothing here waits for the terminal: what it is asked, with the first picture, is in `questions`. A terminal whose name
is unknown is taken for a modern one, which ignores sequences that it does not know. Features are
switched off for the older terminals that are known to get them wrong.
"""

import codecs
from collections.abc import Mapping

from dossier.core.dataclasses import NamedTuple

_TRUE = 1 << 24
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_NO_ENCODING = ("", "C", "POSIX")
"""Locales that name no encoding."""
_NESTED = ("TMUX", "STY")
"""Variables that tmux and GNU screen set; they measure emoji in their own way, under any TERM."""
_OTHER_TERMINALS = (
    "XTERM_VERSION",
    "VTE_VERSION",
    "ALACRITTY_WINDOW_ID",
    "TERM_PROGRAM",
    "WT_SESSION",
    "ZUTTY_VERSION",
)
"""Variables of terminals that may have been started from another one, and have inherited its variables."""
_JOINING_KONSOLE = 260800
"""The first version of Konsole, as in KONSOLE_VERSION, that is known to draw a sequence of emoji as one sign."""
_NARROW = ("linux", "cons25", "eterm", "xterm-kitty", "foot", "alacritty", "konsole", "st-")
"""What the names of terminals begin with that always draw an ambiguous character in one cell."""
_EDITORS = ("NVIM", "VIM_TERMINAL", "INSIDE_EMACS")
"""Variables that Neovim, Vim and Emacs set for the programs in their terminals."""


class Capabilities(NamedTuple):
    """What a terminal can display.

    colours           number of colours: 0 (NO_COLOR, or TERM=vt220), 16, 256 or 1 << 24
    scrolls           whether it has scroll regions in which lines can be inserted and deleted (DECSTBM, IL, DL)
    has_margins       whether it has left and right margins, too (DECLRMM); no variable tells, it has to say so itself
    links             whether OSC 8 hyperlinks do no harm
    synchronises      whether a frame may be enclosed in mode 2026; terminals that do not know the mode ignore it
    erases_in_colour  whether erased cells get the current background colour (terminfo: bce)
    edits_cells       whether it has CHA and ECH, which move to a column and erase some cells
    encoding          name of the codec for text that is sent
    italics           whether italic text (SGR 3) is not shown as reversed
    takes_osc         whether OSC strings are not printed as text (Emacs' terminal prints them)
    direction_marks   whether U+200E and U+200C take no cell (the terminals of Vim and Neovim print their numbers)
    keeps_marks       whether U+200E is kept, and does no harm, where rows may be reordered: PuTTY drops it, in mlterm
                      it is overwritten, GNU screen 5 loses a letter by it, and Emacs draws it as a cell
    reorders_rows     whether it may arrange a row by the Unicode bidirectional algorithm (kitty reverses each word
                      alone, and does not when a U+200E stands before it)
    joins_emoji       whether a sequence of emoji with joiners is drawn as one sign of two cells
    joins_lam_alef    whether the letters lam and alef are drawn in one cell, and all that is behind them a cell too far
                      to the left (in Neovim's terminal)
    counts_marks      whether every combining mark is counted as a cell (GNU screen 5)
    stays_in_row      whether text does not wrap at the margin while DECAWM is off (in Emacs' terminal it does)
    ambiguous         cells of an ambiguous character of Unicode's UAX #11, such as “: 1 or 2, or 0 when the environment
                      does not tell
    """

    colours: int = 16
    scrolls: bool = True
    has_margins: bool = False
    links: bool = True
    synchronises: bool = True
    erases_in_colour: bool = False
    edits_cells: bool = True
    encoding: str = "utf-8"
    italics: bool = True
    takes_osc: bool = True
    direction_marks: bool = True
    keeps_marks: bool = True
    reorders_rows: bool = True
    joins_emoji: bool = False
    joins_lam_alef: bool = False
    counts_marks: bool = False
    stays_in_row: bool = True
    ambiguous: int = 0


def find_locale_encoding(environ: Mapping[str, str]) -> str:
    """Return the name of the codec for the encoding of the locale that the environment names, or "" when it names none.

    It names none when the locale is C or POSIX, or not set, or when this machine lacks it and its name has no encoding
    in it. A name with an encoding, such as xx_XX.UTF-8, counts even when this machine lacks the locale: the C library
    would fall back on ASCII, but the terminal for which the user named that encoding has not changed.
    """
    # The order of POSIX, Base Definitions, 8.2; an empty value counts as none.
    name = next((environ[one] for one in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(one)), "")
    if name in _NO_ENCODING:
        return ""
    written = _codec((name.partition(".")[2] or name).partition("@")[0])
    if written == "utf-8":
        return written
    # In UTF-8 mode, Python's default since 3.15, the encoding of its own streams is no longer that of the locale.
    from locale import getencoding  # noqa: PLC0415 - most names say UTF-8

    told = _codec(getencoding())
    return written if told == "ascii" else told


def detect_capabilities(environ: Mapping[str, str], encoding: str) -> Capabilities:
    """Return the capabilities of the terminal described by TERM, COLORTERM, TMUX and NO_COLOR.

    `encoding` is that of the locale, under any of its names; an unknown one is taken for ASCII. NO_COLOR counts when it
    is not empty (no-color.org).
    """
    term = environ.get("TERM", "").lower()
    # GNU screen 5 has a name that tmux never takes; within tmux, both are there.
    is_old_name = term.startswith("screen") and not term.startswith("screen5")
    is_tmux = term.startswith("tmux") or (is_old_name and bool(environ.get("TMUX")))
    # GNU screen prints what is beyond 768 bytes of an OSC string, and its manual has no 24-bit colours before 5.0; a
    # Linux console before 5.x prints an OSC 8 (console_codes(4) knows no such sequence).
    is_screen = term.startswith("screen") and not is_tmux
    # Emacs' terminal prints strings and modes that it does not know.
    is_emacs = term.startswith("eterm")
    is_plain = term.startswith(("linux", "cons25")) or _is_vt(term) or is_screen or is_emacs
    return Capabilities(
        colours=0 if environ.get("NO_COLOR") else _colours(term, "" if is_plain else environ.get("COLORTERM", "")),
        # VT100 User Guide: scroll regions, but neither IL nor DL, which came with the VT102.
        scrolls=term not in ("vt100", "vt52", "ansi"),
        links=not is_plain,
        keeps_marks=not term.startswith(("putty", "mlterm", "screen5", "eterm")),
        reorders_rows=not term.startswith("xterm-kitty"),
        synchronises=not is_plain,
        # terminfo: bce is not in screen, tmux and the VTs.
        erases_in_colour=term.startswith(("xterm", "linux", "rxvt", "alacritty", "foot", "kitty", "putty")),
        # terminfo: hpa is in neither vt102 nor vt220, and ech not in vt102; Emacs' terminal and "ansi" lack ech.
        edits_cells=not (_is_vt(term) or is_emacs or term == "ansi"),
        encoding=_codec(encoding) or "ascii",
        # GNU screen's manual, "Virtual Terminal": SGR 3 is standout.
        italics=not is_screen,
        takes_osc=not is_emacs,
        direction_marks=not any(environ.get(name) for name in _EDITORS),
        joins_emoji=_joins_emoji(term, environ),
        joins_lam_alef=bool(environ.get("NVIM")),
        counts_marks=term.startswith("screen5") and not is_tmux,
        stays_in_row=not is_emacs,
        # Of the others most have a setting for it that no variable tells, GNU screen's cjkwidth among them.
        ambiguous=int(is_tmux or _is_vt(term) or term.startswith(_NARROW)),
    )


def _colours(term: str, announced: str) -> int:
    if _is_vt(term):
        return 0
    if term.endswith("-direct") or announced.lower() in ("truecolor", "24bit"):
        return _TRUE
    return 256 if "256color" in term else 16


def _joins_emoji(term: str, environ: Mapping[str, str]) -> bool:
    """Return whether the terminal is one that is known to draw a sequence of emoji in two cells: kitty, foot, Konsole.

    Over SSH, only TERM tells of it; mosh sets a TERM of its own.
    """
    if any(environ.get(name) for name in (*_NESTED, *_EDITORS)):
        return False
    if term.startswith("xterm-kitty") or term == "foot" or term.startswith("foot-"):
        return True
    if not term.startswith("xterm") or any(environ.get(name) for name in _OTHER_TERMINALS):
        return False
    version = environ.get("KONSOLE_VERSION", "")
    return bool(environ.get("KITTY_WINDOW_ID")) or (version.isdecimal() and int(version[:9]) >= _JOINING_KONSOLE)


def _is_vt(term: str) -> bool:
    return term.startswith("vt") and term[2:3].isdigit()


def _codec(encoding: str) -> str:
    """Return the name of the codec for an encoding that a terminal may have, or "" when there is none.

    Encodings of terminals contain ASCII unchanged. Python's other codecs, such as hex or utf-16, do not.
    """
    try:
        name = codecs.lookup(encoding).name
        return name if name == "utf-8" or _ASCII.encode(name) == _ASCII.encode("ascii") else ""
    except (LookupError, UnicodeError):
        return ""
