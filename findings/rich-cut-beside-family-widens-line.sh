#!/usr/bin/env bash
# Rich 15.0.0: a line that is cut behind a picture of a family gets two columns wider, though it is cut between letters.
#
# Version    Rich 15.0.0.
# Behaviour  A family of three is one picture of two columns; it is written as a man, a woman and a girl with joiners
#            between them, and cell_len counts it so. Segment.split_cells promises two parts that are together as wide
#            as the whole. It takes the first place whose text before it has the right width, and "x", man, joiner,
#            woman has it already. The girl goes into the second part, as a picture of her own. A digit in a frame (1,
#            U+FE0F, U+20E3) loses its frame. cells.split_text, in the same release, goes by whole graphemes, and both
#            parts are right.
# So         what crops a line with Rich (Textual's Strip does, in strip.crop) may show other people than the article
#            has, on a line that is too wide: cut between graphemes, or by split_text.
# Output     family  whole 4   split_cells 3 + 3: ends with man, joiner, woman, joiner   split_text 3 + 1
#            digit   whole 4   split_cells 3 + 1: ends with 1, U+FE0F                    split_text 3 + 1
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rich==15.0.0 \
    markdown-it-py==4.3.0 mdurl==0.1.2 Pygments==2.21.0

env -u UNICODE_VERSION "$room/venv/bin/python" - <<'END'
import sys
from importlib.metadata import version

from rich.cells import cell_len, split_text
from rich.segment import Segment

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
DIGIT = "1\ufe0f\u20e3"
TEXTS = {
    "family": ("x" + FAMILY + "y", (3, 3), "x\N{MAN}\u200d\N{WOMAN}\u200d"),
    "digit": ("x" + DIGIT + "y", (3, 1), "x1\ufe0f"),
}

print(f"Rich {version('rich')}")
so = version("rich") == "15.0.0"
for name, (text, widths, first) in TEXTS.items():
    by_cells = [part.text for part in Segment(text).split_cells(3)]
    by_graphemes = list(split_text(text, 3))
    seen = tuple(map(cell_len, by_cells))
    print(f"{name:6} whole {cell_len(text)}   split_cells {seen}: {ascii(by_cells)}   split_text {ascii(by_graphemes)}")
    so = so and cell_len(text) == 4 and (seen, by_cells[0]) == (widths, first) and by_graphemes == [text[:-1], "y"]
if not so:
    sys.exit("This is no longer so.")
END
