"""Where a copied text goes is decided by what the environment tells of the line, and the reader is told where it went.

In tmux it goes to tmux, which hands it on to the terminal; on the reader's own desktop to the desktop's tool; and
everywhere else to the terminal, as a request (OSC 52) that no terminal answers: that it was sent is all that is known.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, Literal

from dossier.core.dataclasses import NamedTuple
from dossier.terminal.programs import is_local, ran

Way = Literal["auto", "osc52", "native", "off"]
"""How the reader wants texts copied: by whatever serves, by OSC 52 alone, by tools alone, or not at all."""
Run = Callable[[Sequence[str], bytes], bool]
"""Gives a program its input, and tells whether it ended well."""

MOST_BYTES: Final = 74_994
"""So many bytes of text OSC 52 may carry.

The rule is hterm's, whose `osc52.sh` sends no sequence longer than 100,000 bytes; it is the least of the limits that
terminals are known to have, and they drop what is longer without a word.
"""

# GNU screen keeps no more of a control string than MAXSTR in its screen.h: 256 bytes before 4.2, 768 since. What is
# longer it takes for text, and prints.
_SCREEN_PIECE: Final = 250
# A tmux that passes for screen would take a first piece for all there is, and copy the beginning alone. It ends within
# the number 52, and that is no request at all.
_SCREEN_FIRST: Final = 3
# The console of Linux and the terminals of DEC have no clipboard to ask for.
_WITHOUT: Final = ("linux", "vt1", "vt2", "vt3", "vt4", "vt5", "dumb")
_CURE: Final = "p in the menu prints it"
_TMUX: Final = "tmux (OSC 52)"
_BUFFER: Final = "the buffer of tmux"


class Copied(NamedTuple):
    """`sequence` is still to be written to the terminal, as it is (empty: nothing is); `said` tells the reader."""

    sequence: str
    said: str


class _Tool(NamedTuple):
    """A program that takes the clipboard's text, and the variable without which it has no desktop (none: it may)."""

    name: str
    words: tuple[str, ...]
    needs: str = ""


_TOOLS: Final = (
    _Tool("wl-copy", ("wl-copy", "--type", "text/plain"), "WAYLAND_DISPLAY"),
    _Tool("xclip", ("xclip", "-selection", "clipboard", "-in"), "DISPLAY"),
    _Tool("xsel", ("xsel", "--clipboard", "--input"), "DISPLAY"),
    _Tool("termux-clipboard-set", ("termux-clipboard-set",), "TERMUX_VERSION"),
    # It takes its input in the encoding of the locale, and where there is none in that of old Macs.
    _Tool("pbcopy", ("env", "LC_CTYPE=UTF-8", "pbcopy")),
)


def copied(text: str, environ: Mapping[str, str], way: Way = "auto", run: Run = ran) -> Copied:
    """Copy the text by every tool that `run` starts and that serves here; else give the sequence that asks for it."""
    if way == "off":
        return Copied("", f"the clipboard is off in the settings: {_CURE}")
    count = f"{len(text):,} character{'' if len(text) == 1 else 's'}"
    tools = () if way == "osc52" else tuple(_taking(text.encode("utf-8", "replace"), environ, way, run))
    if tools and tools != (_BUFFER,):
        return Copied("", f"{count} copied through {' and '.join(tools)}")
    kept = f"{count} copied to {_BUFFER}, " if tools else ""
    if way == "native":
        return Copied("", f"{kept}no tool for the clipboard serves here: {_CURE}")
    sequence = osc52(text, environ)
    if sequence is None:
        return Copied("", f"{kept}{_refusal(text, environ)}: {_CURE}")
    return Copied(sequence, f"{kept or f'{count} '}sent (OSC 52); if nothing arrives, {_CURE}")


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The request to the terminal to take this text into its clipboard; None where `_refusal` has a reason.

    OSC 52 is of xterm ("Manipulate Selection Data" in its Control Sequences); it ends with BEL, which needs no care in
    what it is wrapped in, and which every terminal takes that takes the request.
    """
    if _refusal(text, environ):
        return None
    sequence = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\a"
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        # tmux passes on what is wrapped with allow-passthrough (always before 3.3), and takes the request itself with
        # set-clipboard on. Which of the two is set is not known, and both at once do no harm.
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\{sequence}"
    if environ.get("STY") or term.startswith("screen"):
        return "".join(f"\x1bP{piece}\x1b\\" for piece in _pieces(sequence))
    return sequence


def _refusal(text: str, environ: Mapping[str, str]) -> str:
    """Why the terminal is not asked; empty when nothing speaks against it."""
    size, term = len(text.encode("utf-8", "replace")), environ.get("TERM", "")
    if size > MOST_BYTES:
        return f"too long for OSC 52 ({size:,} bytes; {MOST_BYTES:,} at most)"
    return f"a terminal of the kind {term} has no clipboard" if term.startswith(_WITHOUT) else ""


def _pieces(sequence: str) -> Iterator[str]:
    """What GNU screen is given of it at a time."""
    first = _SCREEN_FIRST if len(sequence) > _SCREEN_PIECE else len(sequence)
    yield sequence[:first]
    for start in range(first, len(sequence), _SCREEN_PIECE):
        yield sequence[start : start + _SCREEN_PIECE]


def _taking(data: bytes, environ: Mapping[str, str], way: Way, run: Run) -> Iterator[str]:
    """What took the text, each by its name."""
    if environ.get("TMUX"):
        # -w, from 3.2 on, sends it to the terminal as well.
        if run(("tmux", "load-buffer", "-w", "-"), data):
            yield _TMUX
        elif run(("tmux", "load-buffer", "-"), data):
            yield _BUFFER
    # Who asks for tools alone has one at the other end, as with a display that SSH forwards.
    if is_local(environ) or way == "native":
        there = (tool for tool in _TOOLS if not tool.needs or environ.get(tool.needs))
        # All of them have one and the same clipboard.
        yield from islice((tool.name for tool in there if run(tool.words, data)), 1)
