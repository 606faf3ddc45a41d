"""Copying of text to the clipboard, by whatever means the environment offers.

Inside tmux the text goes to tmux, which passes it on to the terminal. On the user's own desktop it goes to a clipboard
tool. Everywhere else it goes to the terminal as an OSC 52 request. No terminal answers that request, so it is only
known that it was sent.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, Literal

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.programs import is_local, run_program
from dossier.text.messages import count_noun

ClipboardMode = Literal["auto", "osc52", "native", "off"]
"""How the user wants texts copied: by whatever works, by OSC 52 only, by tools only, or not at all."""
ProgramRunner = Callable[[Sequence[str], bytes], bool]
"""Function that runs a program with the given standard input and returns whether it succeeded."""

MAX_OSC52_BYTES: Final = 74_994
"""Bytes of text that an OSC 52 request may carry.

The limit is that of hterm, whose `osc52.sh` sends no sequence longer than 100,000 bytes. It is the lowest limit known
of the terminals that drop a longer request silently.
"""
_SHORT_OSC52: Final = (
    ("ZUTTY_VERSION", "", 3_000),
    ("TERMINOLOGY", "", 3_000),
    ("TERM", "dvtm", 6_000),
    ("NCURSES_NO_UTF8_ACS", "1", 12_282),
    ("TERM", "rxvt", 24_000),
)
"""Environment variables, how their values begin, and bytes of text for terminals that print or cut longer requests.

Tried with letters in base64: zutty 0.16 took 4,090 and printed 8,000; dvtm 0.15 took 8,180 and printed 16,000; urxvt
9.31 took 32,000 and printed 65,000. Terminology is known to print 72,000. mosh 1.4.0 sends on 16,379, and no more. It
has no variable of its own, and sets NCURSES_NO_UTF8_ACS; PuTTY, for which people set this, has no OSC 52.
"""

# GNU screen keeps no more of a control string than MAXSTR in its screen.h: 256 bytes before 4.2, 768 since. It prints
# the rest as text.
_SCREEN_PIECE: Final = 250
# A tmux with TERM=screen would take the first piece for the whole request, and copy only the beginning of the text.
# So the first piece ends within the number 52, which makes it no request at all.
_SCREEN_FIRST: Final = 3
# The Linux console and DEC's terminals have no clipboard. Emacs' terminal would print the request.
_NO_CLIPBOARD: Final = ("eterm", "linux", "vt1", "vt2", "vt3", "vt4", "vt5", "dumb")
_ADVICE: Final = "y, then p, prints it"
_TMUX: Final = "tmux (OSC 52)"
_BUFFER: Final = "the tmux buffer"


class CopyResult(NamedTuple):
    """The result of copying: a message for the user, and a sequence that still has to be written to the terminal.

    `sequence` is empty when nothing has to be written.
    """

    sequence: str
    message: str


class _Tool(NamedTuple):
    """A program that puts its input on the clipboard.

    It serves only where the environment variable `needs` is set; an empty name means that it needs none.
    """

    name: str
    words: tuple[str, ...]
    needs: str = ""


_TOOLS: Final = (
    _Tool("wl-copy", ("wl-copy", "--type", "text/plain"), "WAYLAND_DISPLAY"),
    _Tool("xclip", ("xclip", "-selection", "clipboard", "-in"), "DISPLAY"),
    _Tool("xsel", ("xsel", "--clipboard", "--input"), "DISPLAY"),
    _Tool("termux-clipboard-set", ("termux-clipboard-set",), "TERMUX_VERSION"),
    # It decodes its input by the locale, and without one as Mac Roman.
    _Tool("pbcopy", ("env", "LC_CTYPE=UTF-8", "pbcopy")),
)


def copy_to_clipboard(
    text: str, environ: Mapping[str, str], way: ClipboardMode = "auto", run: ProgramRunner = run_program
) -> CopyResult:
    """Copy the text, or return the sequence that asks the terminal to do so.

    The tools that serve in this environment are tried first, except in the mode "osc52". `run` starts them.
    """
    if way == "off":
        return CopyResult("", f"the clipboard is turned off in the settings: {_ADVICE}")
    count = count_noun(len(text), "character")
    tools = () if way == "osc52" else tuple(_copy_by_tools(text.encode("utf-8", "replace"), environ, way, run))
    if tools and tools != (_BUFFER,):
        return CopyResult("", f"{count} copied through {' and '.join(tools)}")
    kept = f"{count} copied to {_BUFFER}, " if tools else ""
    if way == "native":
        return CopyResult("", f"{kept}no clipboard program works here: {_ADVICE}")
    sequence = encode_osc52(text, environ)
    if sequence is None:
        return CopyResult("", f"{kept}{_find_obstacle(text, environ)}: {_ADVICE}")
    return CopyResult(sequence, f"{kept or f'{count} '}sent to the terminal (OSC 52); if nothing arrives, {_ADVICE}")


def encode_osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """Return the sequence that asks the terminal to copy the text, or None when there is a reason not to.

    OSC 52 is defined by xterm ("Manipulate Selection Data" in its Control Sequences). The sequence ends with BEL, which
    needs no escaping inside tmux and screen, and which is understood by every terminal that knows OSC 52.
    """
    if _find_obstacle(text, environ):
        return None
    sequence = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\a"
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        # With allow-passthrough (always before 3.3) tmux passes on a wrapped request; with set-clipboard it handles a
        # plain one. Which option is set is not known, and sending both does no harm.
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\{sequence}"
    if environ.get("STY") or term.startswith("screen"):
        return "".join(f"\x1bP{piece}\x1b\\" for piece in _split_for_screen(sequence))
    return sequence


def _find_obstacle(text: str, environ: Mapping[str, str]) -> str:
    """Return why the terminal is not asked to copy the text, or "" when it can be."""
    size, term = len(text.encode("utf-8", "replace")), environ.get("TERM", "")
    limits = (most for name, begun, most in _SHORT_OSC52 if environ.get(name) and environ[name].startswith(begun))
    most = next(limits, MAX_OSC52_BYTES)
    if size > most:
        return f"too long for OSC 52 ({size:,} bytes; {most:,} at most)"
    return f"the terminal {term} has no clipboard" if term.startswith(_NO_CLIPBOARD) else ""


def _split_for_screen(sequence: str) -> Iterator[str]:
    """Yield the sequence in pieces that GNU screen accepts."""
    first = _SCREEN_FIRST if len(sequence) > _SCREEN_PIECE else len(sequence)
    yield sequence[:first]
    for start in range(first, len(sequence), _SCREEN_PIECE):
        yield sequence[start : start + _SCREEN_PIECE]


def _copy_by_tools(data: bytes, environ: Mapping[str, str], way: ClipboardMode, run: ProgramRunner) -> Iterator[str]:
    """Copy the data through tmux and the first tool that serves, and yield the name of each that took it."""
    if environ.get("TMUX"):
        # -w, from 3.2 on, sends it to the terminal as well.
        if run(("tmux", "load-buffer", "-w", "-"), data):
            yield _TMUX
        elif run(("tmux", "load-buffer", "-"), data):
            yield _BUFFER
    # A user who asks for tools only has one that works over SSH, such as xclip with a forwarded display.
    if is_local(environ) or way == "native":
        there = (tool for tool in _TOOLS if not tool.needs or environ.get(tool.needs))
        # All of them write to the same clipboard.
        yield from islice((tool.name for tool in there if run(tool.words, data)), 1)
