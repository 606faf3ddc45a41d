"""Encoding and decoding of styles as SGR sequences (ECMA-48, 8.3.117).

A change of style is sent in the shorter of two ways: only what differs, or everything after a reset. A terminal without
colours is treated like a VT220, which has bold, underline, blink and reverse and nothing else. Bold and reverse are
never sent together: the Linux console and PuTTY would brighten the letters, which have the colour of the background.
"""

from functools import lru_cache
from itertools import chain
from typing import Final

from dossier.terminal.capabilities import Capabilities
from dossier.terminal.style import (
    BLINK,
    BOLD,
    DIM,
    ITALIC,
    PLAIN,
    REVERSE,
    STRIKE,
    UNDERLINE,
    Colour,
    Style,
)
from dossier.text.late_patterns import compile_late

_ON: Final = {
    "1": BOLD,
    "2": DIM,
    "3": ITALIC,
    "4": UNDERLINE,
    "5": BLINK,
    "6": BLINK,
    "7": REVERSE,
    "9": STRIKE,
    "21": UNDERLINE,
}
_OFF: Final = {"22": BOLD | DIM, "23": ITALIC, "24": UNDERLINE, "25": BLINK, "27": REVERSE, "29": STRIKE}
_CODES: Final = {BOLD: "1", DIM: "2", ITALIC: "3", UNDERLINE: "4", BLINK: "5", REVERSE: "7", STRIKE: "9"}
_OF_VT220: Final = BOLD | UNDERLINE | BLINK | REVERSE

# The default values of the sixteen colours in xterm.
_SIXTEEN: Final = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
)
_STEPS: Final = (0, 95, 135, 175, 215, 255)
_UNSAFE: Final = compile_late(r"[^!-~]")


@lru_cache(maxsize=4096)
def apply_sgr(style: Style, parameters: str) -> Style:
    """Return `style` as changed by the parameters of one SGR sequence, such as `1;38;5;9`.

    Unknown parameters change nothing.
    """
    foreground, background, attributes, link = style
    rest = parameters.split(";")
    while rest:
        code, *fine = rest.pop(0).split(":")
        if code in ("38", "48", "58"):
            colour = _parse_colour(fine or _pop_colour(rest))
            if colour is not None and code == "38":
                foreground = colour
            elif colour is not None and code == "48":
                background = colour
        elif not code.strip("0"):
            foreground = background = None
            attributes = 0
        elif code in _ON:
            attributes = attributes & ~_ON[code] if fine[:1] == ["0"] else attributes | _ON[code]
        elif code in _OFF:
            attributes &= ~_OFF[code]
        elif code in _PALETTE:
            foreground = _PALETTE[code]
        elif code in _PALETTE_BEHIND:
            background = _PALETTE_BEHIND[code]
    return Style(foreground, background, attributes, link)


def _colour_codes(colour: Colour, behind: bool) -> str:
    """Return the SGR parameters for a colour, of the background when `behind` is true."""
    tens = 10 if behind else 0
    if colour is None:
        return str(39 + tens)
    if isinstance(colour, tuple):
        return f"{38 + tens};2;{colour[0]};{colour[1]};{colour[2]}"
    if colour < 16:
        return str((30 if colour < 8 else 82) + tens + colour)
    return f"{38 + tens};5;{colour}"


_PALETTE: Final[dict[str, Colour]] = {_colour_codes(colour, False): colour for colour in (None, *range(16))}
_PALETTE_BEHIND: Final[dict[str, Colour]] = {_colour_codes(colour, True): colour for colour in (None, *range(16))}


def _pop_colour(rest: list[str]) -> list[str]:
    """Remove the parameters that belong to a colour written with semicolons from `rest`, and return them."""
    taken = rest[: {"5": 2, "2": 4}.get(rest[0] if rest else "", 1)]
    del rest[: len(taken)]
    return taken


def _parse_colour(fine: list[str]) -> Colour:
    """Return the colour of `5:n`, `2:r:g:b` or `2:space:r:g:b`, or None when it is none of these."""
    wanted = {"5": 1, "2": 3}.get(fine[0] if fine else "", 0)
    if fine and wanted == 3 and len(fine) >= 5:
        fine = fine[1:]
    numbers = [int(number) for number in fine[1 : wanted + 1] if len(number) < 4 and number.isdecimal()]
    if not wanted or len(numbers) < wanted or max(numbers) > 255:
        return None
    return numbers[0] if wanted == 1 else (numbers[0], numbers[1], numbers[2])


@lru_cache(maxsize=4096)
def encode_style_change(before: Style, after: Style) -> str:
    """Return what to send to change the style of the following text from `before` to `after`.

    The terminal has to be able to show both (see `reduce_style`).
    """
    link = "" if before.link == after.link else f"\x1b]8;;{after.link}\x1b\\"
    if before[:3] == after[:3]:
        return link
    if after[:3] == PLAIN[:3]:
        return link + "\x1b[m"
    return link + min((_changes_only(before, after), _from_reset(after)), key=len)


def _from_reset(style: Style) -> str:
    """Return the sequence that resets the style (its empty first parameter) and sets `style`."""
    codes = [_CODES[bit] for bit in _CODES if style.attributes & bit]
    codes += [_colour_codes(style.foreground, False)] * (style.foreground is not None)
    codes += [_colour_codes(style.background, True)] * (style.background is not None)
    return f"\x1b[;{';'.join(codes)}m"


def _changes_only(before: Style, after: Style) -> str:
    """Return the sequence that changes only what differs."""
    gone, codes = before.attributes & ~after.attributes, list[str]()
    have = before.attributes
    for code, bits in _OFF.items():
        if gone & bits:
            codes.append(code)
            have &= ~bits
    codes += [_CODES[bit] for bit in _CODES if after.attributes & ~have & bit]
    codes += [_colour_codes(after.foreground, False)] * (before.foreground != after.foreground)
    codes += [_colour_codes(after.background, True)] * (before.background != after.background)
    return f"\x1b[{';'.join(codes)}m"


@lru_cache(maxsize=4096)
def reduce_style(style: Style, abilities: Capabilities) -> Style:
    """Return the part of a style that the terminal can show.

    Colours become the nearest ones it has, attributes that it lacks are dropped, and so is the link where it would do
    harm. Reversed text is not bold.
    """
    colours = abilities.colours
    foreground, background = (_nearest(colour, colours) for colour in style[:2])
    if foreground is not None and foreground == background and style.foreground != style.background:
        foreground = 15 if sum(_to_rgb(foreground)) < 384 else 0
    attributes = style.attributes if colours else style.attributes & _OF_VT220
    attributes &= -1 if abilities.italics else ~ITALIC
    attributes &= ~BOLD if attributes & REVERSE else -1
    return Style(foreground, background, attributes, _escape_link(style.link) if style.link and abilities.links else "")


def _escape_link(link: str) -> str:
    """Return a web address with all characters percent-encoded that could end the sequence it is sent in."""
    return _UNSAFE().sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link)


def _nearest(colour: Colour, colours: int) -> Colour:
    if colour is None or not colours:
        return None
    if isinstance(colour, int):
        return colour if colour < min(colours, 256) else _closest(_to_rgb(colour), range(16))
    if colours > 256:
        return colour
    if colours < 256:
        return _closest(colour, range(16))
    cube = [min(range(6), key=lambda step: abs(_STEPS[step] - light)) for light in colour]
    grey = 232 + max(0, min(23, round((sum(colour) / 3 - 8) / 10)))
    return _closest(colour, chain((16 + 36 * cube[0] + 6 * cube[1] + cube[2],), (grey,)))


def _closest(colour: tuple[int, int, int], palette: "chain[int] | range") -> int:
    """Return the colour of the palette nearest to `colour`, where green weighs most and blue least, as for the eye."""
    return min(
        palette,
        key=lambda one: sum(
            weight * (light - other) ** 2 for weight, light, other in zip((3, 4, 2), colour, _to_rgb(one), strict=True)
        ),
    )


def _to_rgb(colour: int | tuple[int, int, int]) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of a colour of the palette, as in xterm."""
    if isinstance(colour, tuple):
        return colour
    if colour < 16:
        return _SIXTEEN[colour]
    if colour >= 232:
        return (grey := 8 + 10 * (colour - 232), grey, grey)
    cube = colour - 16
    return (_STEPS[cube // 36], _STEPS[cube // 6 % 6], _STEPS[cube % 6])
