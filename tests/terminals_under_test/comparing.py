"""Comparison of the picture that the program meant with the cells that a terminal shows.

Text on whose width all terminals agree has to be in the same cells. A character of disputed width has to be whole
within the cells that the program gave it; how the terminal divides them is its own affair. What no terminal is asked to
draw (joiners, direction marks, variation selectors) does not count, nor how a terminal writes a letter (Neovim gives
Arabic letters the forms that they have in a word).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dossier.text.disputed_widths import has_agreed_width
from terminals_under_test.interface import Cells

_IGNORED = re.compile(
    "[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]|[0-9#*]\ufe0f?\u20e3")


def find_differences(meant: Sequence[Cells], seen: Sequence[Cells]) -> list[str]:
    """Return in words where the terminal shows something else than was meant."""
    if len(meant) != len(seen):
        return [f"{len(seen)} rows instead of {len(meant)}"]
    return [
        f"row {number}, {words}\n    meant {''.join(row)!r}\n    shown {''.join(shown)!r}"
        for number, (row, shown) in enumerate(zip(meant, seen, strict=True))
        for words in list(_differences(row, shown))[:1]
    ]


def _differences(meant: Cells, seen: Cells) -> Iterator[str]:
    shown = (*seen, *(" ",) * (len(meant) - len(seen)))
    for start, end in _characters(meant):
        text, cells = meant[start], shown[start:end]
        is_same = _is_same_cells(text, cells) if has_agreed_width(text) else _is_whole(text, cells)
        if not is_same:
            yield f"column {start}: {text!r} is {list(cells)}"
    if any(cell.strip() for cell in shown[len(meant) :]):
        yield f"column {len(meant)}: {shown[len(meant) :]} is beyond the edge"


def _characters(row: Cells) -> Iterator[tuple[int, int]]:
    """Yield the first column of each character and the column after it."""
    starts = [column for column, text in enumerate(row) if text]
    yield from zip(starts, [*starts[1:], len(row)], strict=True)


def _is_same_cells(text: str, cells: Cells) -> bool:
    return _bare(cells[0] or "\0") == _bare(text) and not any(cells[1:])


def _is_whole(text: str, cells: Cells) -> bool:
    """Return whether these cells show a character; of an emoji its first sign is enough."""
    shown, wanted = _bare("".join(cells)).rstrip(" "), _bare(text).rstrip(" ")
    return shown == wanted or (bool(shown) and _EMOJI.match(text) is not None and wanted.startswith(shown))


def _bare(text: str) -> str:
    # A cell with nothing but marks is blank.
    shaped = _SHAPED.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), _IGNORED.sub("", text))
    return unicodedata.normalize("NFC", shaped) or " "
