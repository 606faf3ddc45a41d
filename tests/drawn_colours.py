"""The colours in which terminals draw a style by default, and the contrast of letters with their ground.

Sources: xterm's XTerm-col.ad and its manual (`boldColors`, `faintIsRelative`); PuTTY's manual, "Colours" and "ANSI
colours"; the Linux kernel's drivers/tty/vt/vt.c (`default_red` and so on, `build_attr`); VTE's src/vte.cc, and the
palette that GNOME Terminal gives it.

A light ground is the one that a terminal has by default, or that of its own choice of colours. The Linux console and
PuTTY have a dark one by default. PuTTY's is lightened here as a user would do it: black on white, also for bold.
"""

from typing import NamedTuple

from dossier.terminal.style import BOLD, DIM, ITALIC, REVERSE, UNDERLINE, Colour, Style

Rgb = tuple[int, int, int]
STEPS = (0, 95, 135, 175, 215, 255)


class Drawn(NamedTuple):
    """Letters and what is behind them."""

    letters: Rgb
    behind: Rgb


class Screen(NamedTuple):
    """A terminal. `letters`, `bold` and `ground` are its default colours, `brightens` whether bold makes 0-7 bright."""

    name: str
    palette: tuple[Rgb, ...]
    letters: Rgb
    ground: Rgb
    bold: Rgb
    brightens: bool
    dims_rgb: bool = True

    def draw(self, style: Style) -> Drawn:
        foreground, bits = style.foreground, style.attributes
        if bits & BOLD and self.brightens and isinstance(foreground, int) and foreground < 8:
            foreground += 8
        letters = self.bold if foreground is None and bits & BOLD else self._rgb(foreground, self.letters)
        if bits & DIM and (self.dims_rgb or not isinstance(foreground, tuple)):
            letters = letters[0] * 2 // 3, letters[1] * 2 // 3, letters[2] * 2 // 3
        behind = self._rgb(style.background, self.ground)
        return Drawn(behind, letters) if bits & REVERSE else Drawn(letters, behind)

    def _rgb(self, colour: Colour, default: Rgb) -> Rgb:
        return default if colour is None else to_rgb(colour, self.palette)


class Console(Screen):
    """The Linux console, whose cells have three bits for the ground, three for the letters and one for bright ones.

    It shows italic, underlined and dim text by colours. What it does is done here as in its `build_attr`, but with the
    numbers of colours in the order of ECMA-48.
    """

    __slots__ = ()

    def draw(self, style: Style) -> Drawn:
        bits = style.attributes
        letters, bright = self._nearest(style.foreground, 7)
        ground, _ = self._nearest(style.background, 0)
        if bits & ITALIC:
            letters = 2
        elif bits & UNDERLINE:
            letters = 6
        elif bits & DIM:
            letters = 8
        if bits & REVERSE:
            letters, ground = ground | letters & 8, letters & 7
        if bits & BOLD or bright:
            letters ^= 8
        return Drawn(self.palette[letters], self.palette[ground])

    def _nearest(self, colour: Colour, default: int) -> tuple[int, bool]:
        number = default if colour is None else colour
        assert isinstance(number, int)
        assert number < 16
        return number & 7, number > 7


def from_text(*colours: str) -> tuple[Rgb, ...]:
    return tuple((int(one[:2], 16), int(one[2:4], 16), int(one[4:], 16)) for one in " ".join(colours).split())


BLACK, WHITE = (0, 0, 0), (255, 255, 255)
XTERM = from_text(
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5", "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
PUTTY = from_text(
    "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb", "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
LINUX = from_text(
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa", "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
VTE = from_text(
    "000000 c00000 00c000 c0c000 0000c0 c000c0 00c0c0 c0c0c0", "3f3f3f ff3f3f 3fff3f ffff3f 3f3fff ff3fff 3fffff ffffff"
)
GNOME = from_text(
    "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc", "5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"
)
SCREENS = (
    Screen("xterm, light", XTERM, BLACK, WHITE, BLACK, True),
    Screen("xterm, dark", XTERM, WHITE, BLACK, WHITE, True),
    Screen("PuTTY, dark", PUTTY, PUTTY[7], BLACK, WHITE, True),
    Screen("PuTTY, light", PUTTY, BLACK, WHITE, BLACK, True),
    Console("Linux console", LINUX, LINUX[7], BLACK, WHITE, True),
    Screen("VTE, dark", VTE, VTE[7], BLACK, VTE[7], False, dims_rgb=False),
    Screen("VTE, light", VTE, BLACK, WHITE, BLACK, False, dims_rgb=False),
    Screen("GNOME Terminal, dark", GNOME, GNOME[7], GNOME[0], GNOME[7], False, dims_rgb=False),
    Screen("GNOME Terminal, light", GNOME, GNOME[0], WHITE, GNOME[0], False, dims_rgb=False),
)


def to_rgb(colour: int | Rgb, palette: tuple[Rgb, ...]) -> Rgb:
    """Return red, green and blue of a colour; those of the palette from 16 on are xterm's (256colres.pl)."""
    if isinstance(colour, tuple):
        return colour
    if colour < 16:
        return palette[colour]
    if colour >= 232:
        return (grey := 8 + 10 * (colour - 232), grey, grey)
    cube = colour - 16
    return STEPS[cube // 36], STEPS[cube // 6 % 6], STEPS[cube % 6]


def contrast(drawn: Drawn) -> float:
    """Return the contrast ratio of letters and ground (WCAG 2.2, "contrast ratio")."""
    low, high = sorted(map(luminance, drawn))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, "relative luminance")."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
