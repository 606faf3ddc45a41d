"""Random frames that follow one another as in real use: changed, highlighted, scrolled, resized."""

import random
from collections.abc import Sequence

from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.style import BLINK, BOLD, DIM, ITALIC, PLAIN, REVERSE, STRIKE, UNDERLINE, Style

AGREED = (
    *"abcdefghij   .-",
    *"éß“…—│╭▌▸κЖ",
    *"漢字かナ、한글",
    "e\u0301",
    "n\u0303\u0332",
    "か\u3099",
    "あ\u0301",
    "ש\u05b8",
    "م\u064e",
    "ก\u0e34",
)
"""Characters that all terminals draw as wide as this program does."""
DISPUTED = (
    "x\u200e",
    "👍🏽",
    "👩\u200d👩\u200d👧",
    "🇰🇷",
    "1\ufe0f\u20e3",
    "❤\ufe0f",
    "😀",
    "⌚",
    "क्",
    "क्ष",
    "कि",
    "☺\ufe0e",
)
STYLES = (
    PLAIN,
    PLAIN,
    Style(attributes=BOLD),
    Style(attributes=DIM),
    Style(attributes=BOLD | DIM | ITALIC),
    Style(attributes=UNDERLINE),
    Style(attributes=UNDERLINE | BOLD, foreground=5),
    Style(attributes=REVERSE),
    Style(attributes=STRIKE | BLINK, background=12),
    Style(foreground=9, background=0),
    Style(background=4),
    Style(foreground=208),
    Style(foreground=(1, 200, 34), background=(250, 250, 9)),
    Style(link="https://example.org/a?b=c;d"),
    Style(attributes=UNDERLINE, link="https://example.org/other"),
)

Run = tuple[str, Style]
Lines = list[list[Run]]


def pictures(seed: int, characters: Sequence[str] = AGREED, count: int = 5) -> list[Frame]:
    """Return random frames, the same for the same seed."""
    chance = random.Random(seed)
    cells, rows = chance.choice(((1, 1), (2, 3), (12, 5), (30, 9), (30, 9), (40, 12)))
    lines = [_line(chance, cells, characters) for _ in range(rows)]
    made = []
    for _ in range(count):
        cursor = (chance.randrange(rows), chance.randrange(cells)) if chance.random() < 0.3 else None
        made.append(make_frame(lines, cells, rows)._replace(cursor=cursor))
        for _ in range(chance.randrange(1, 4)):
            lines = _changed(chance, lines, cells, characters)
        if chance.random() < 0.08:
            cells, rows = chance.randrange(1, 40), chance.randrange(1, 12)
    return made


def _line(chance: random.Random, cells: int, characters: Sequence[str]) -> list[Run]:
    if chance.random() < 0.15:
        return []
    line = []
    for _ in range(chance.randrange(1, 6)):
        text = "".join(chance.choice(characters) for _ in range(chance.randrange(1, max(2, cells // 2))))
        line.append((text, chance.choice(STYLES)))
    return line


def _changed(chance: random.Random, lines: Lines, cells: int, characters: Sequence[str]) -> Lines:
    made = [list(line) for line in lines]
    start, end = sorted((chance.randrange(len(lines) + 1), chance.randrange(len(lines) + 1)))
    row = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            made[row] = _line(chance, cells, characters)
        case 1:
            made[row] = [(text, chance.choice((style, chance.choice(STYLES)))) for text, style in made[row]]
        case 2 | 3:
            block = made[start:end]
            by = chance.randrange(len(block) + 1)
            new = [_line(chance, cells, characters) for _ in range(by)]
            made[start:end] = [*new, *block[: len(block) - by]] if chance.random() < 0.5 else [*block[by:], *new]
        case 4:
            made[row] = made[row][:1]
        case _:
            other = chance.randrange(len(lines))
            made[row], made[other] = [("▌", STYLES[2]), *made[row]], made[other][1:]
    return made
