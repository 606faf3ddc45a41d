"""The law of disputed widths: however a terminal measures, each difference leaves every other letter in its place.

Nothing of an older frame is left anywhere, and sending everything afresh changes nothing.
"""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models import KINDS, Kind, Model
from pictures import pictures

from dossier.terminal.diff import encode_difference
from dossier.terminal.frame import Frame, make_frame
from dossier.terminal.sent_row import SentRow, iterate_characters, make_sent_row
from dossier.terminal.style import PLAIN

SCRIPTS = (
    *"abcdefghijklm    .-│é",
    *"漢字한국かな",
    *("हि", "न्दी", "क्षि", "क्", "ष", "समा", "কো", "நி", "தமி", "ខ្មែ", "မြ", "န်", "བོ", "ശ്ര", "क\u093e\u093e\u093e"),
    *("e\u0301", "x\u0323\u0302", "\u1112\u1161\u11ab", "か\u3099", "שׁ", "مُ", "می\u200cخ", "น้ำ", "ก็"),
    *(
        "👍🏽",
        "👩\u200d👩\u200d👧",
        "🇰🇷",
        "1\ufe0f\u20e3",
        "❤\ufe0f",
        "😀",
        "⌚",
        "🏳\ufe0f\u200d🌈",
        "soft\u00adly",
        "\ufeff",
    ),
)
ALL = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def wrong(model: Model, frame: Frame) -> list[str]:
    """Return what a terminal shows that the frame has not."""
    found = []
    for number, (line, row) in enumerate(zip(model.grid, frame.rows, strict=True)):
        sent = make_sent_row(row, model.kind.abilities, number == len(frame.rows) - 1)
        for start, end, chain in chains(sent, model.kind.joins_letters):
            have = line[start:end]
            if chain is None:
                if have != [text for text, _ in sent.cells[start:end]]:
                    found.append(f"{number}:{start} {have} for {sent.cells[start][0]!r}")
            elif strange := set("".join(have)) - set(chain) - set(" <>0123456789abcdef"):
                found.append(f"{number}:{start} {strange} in {chain!r}")
    return found


def chains(sent: SentRow, joined: bool) -> list[tuple[int, int, str | None]]:
    """Return start and end of each undisputed character, and those of disputed ones with their text.

    Neighbours of these are one, if a terminal may draw the one in the cell of the other.
    """
    made: list[tuple[int, int, str | None]] = []
    for start, end, (text, _) in iterate_characters(sent.cells):
        if start not in sent.disputed:
            made.append((start, end, None))
        elif joined and made and made[-1][2] is not None:
            made[-1] = (made[-1][0], end, made[-1][2] + text)
        else:
            made.append((start, end, text))
    return made


def follow(kind: Kind, frames: list[Frame]) -> None:
    before, model = None, Model(kind, 1, 1)
    for after in frames:
        if before is None or before.size != after.size:
            before, model = None, Model(kind, *after.size)
        sent = encode_difference(before, after, kind.abilities)
        model.take(sent)
        assert wrong(model, after) == [], repr(sent)
        afresh = Model(kind, *after.size)
        afresh.take(encode_difference(None, after, kind.abilities))
        assert afresh.grid == model.grid, repr(sent)
        before = after


@ALL
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_every_letter_stands_in_its_place(kind: Kind, seed: int) -> None:
    follow(kind, [frame._replace(cursor=None) for frame in pictures(seed, SCRIPTS)])


@ALL
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_read_aloud_each_row_has_its_letters_in_order_and_no_others(kind: Kind, seed: int) -> None:
    before, model = None, Model(kind, 1, 1)
    for frame in pictures(seed, SCRIPTS):
        after = frame._replace(cursor=(seed % frame.size[1], 0))
        if before is None or before.size != after.size:
            before, model = None, Model(kind, *after.size)
        sent = encode_difference(before, after, kind.abilities)
        model.take(sent)
        for number, (line, row) in enumerate(zip(model.grid, after.rows, strict=True)):
            kept = make_sent_row(row, kind.abilities, number == len(after.rows) - 1)
            have = "".join(line)
            at = 0
            for start, _, (text, _) in iterate_characters(kept.cells):
                if start not in kept.disputed and text.strip():
                    at = have.find(text, at) + len(text)
                    assert at >= len(text), (number, text, have, sent)
            assert not set(have) - set("".join(text for text, _ in kept.cells)) - set(" <>0123456789abcdef")
        before = after


@ALL
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_a_few_changed_characters_leave_nothing_wrong(kind: Kind, seed: int) -> None:
    chance = random.Random(seed)
    cells = chance.randrange(2, 24)
    texts = [chance.choice(SCRIPTS) for _ in range(cells)]
    frames = []
    for _ in range(6):
        frames.append(make_frame([[("".join(texts), PLAIN)]], cells, 1))
        for _ in range(chance.randrange(1, 3)):
            texts[chance.randrange(cells)] = chance.choice(SCRIPTS)
    follow(kind, frames)


def shown(kind: Kind, *lines: list[str], cells: int) -> list[str]:
    """Return the rows that a terminal shows after frames of these lines."""
    before, model = None, Model(kind, cells, len(lines[0]))
    for texts in lines:
        after = make_frame([[(text, PLAIN)] for text in texts], cells, len(texts))
        model.take(encode_difference(before, after, kind.abilities))
        before = after
    return ["".join(row) for row in model.grid]


@ALL
@pytest.mark.parametrize("new", ["क्षि हिन्दी spoke.", "নির্বাচন", "தமிழ் செய்தி", "ខ្មែរ", "👩\u200d👩\u200d👧 👍🏽"])
def test_no_letter_of_the_words_before_is_left(kind: Kind, new: str) -> None:
    have = shown(kind, ["Park Jin, Quiz Box."], [new], cells=20)[0]
    assert not set(have) & set("ParJinQuzBx,") - set(new)
    assert shown(kind, ["Park Jin, Quiz Box."], [new], ["Park Jin, Quiz Box."], cells=20) == ["Park Jin, Quiz Box. "]


@ALL
def test_what_is_drawn_beyond_the_edge_leaves_the_next_row_right(kind: Kind) -> None:
    have = shown(kind, ["", "next", "last"], ["abcdन्", "next", "last"], cells=5)
    assert have[1:] == ["next ", "last "]
    assert have[0].startswith("abcdन")


def test_where_marks_are_counted_the_cursor_is_placed_from_the_first_column() -> None:
    kind = next(kind for kind in KINDS if kind.abilities.counts_marks)
    before, after = (make_frame([[("", PLAIN)], [(text, PLAIN)]], 9, 2) for text in ("", "ax\u0323b"))
    assert encode_difference(before, after, kind.abilities).startswith("\x1b[2Hax\u0323\r\x1b[2Cb")
