#!/usr/bin/env bash
# Rich 15.0.0 and Textual 8.2.8: a line is broken at a no-break space, between 10 and 000 of a French number.
#
# Version    Rich 15.0.0 and Textual 8.2.8 of PyPI, beside textwrap of Python (seen with 3.11.7, 30 November 2026).
#            (Known as Textualize/rich#3545, open.)
# Behaviour  U+00A0 and U+202F are spaces that end no line: French typography has them within numbers, inside quotation
#            marks and before a colon. Rich's Text.wrap and Textual's Content.wrap find the words of a line by white
#            space, and to Python's re these two are white space. So a number may end on the next line, and a question
#            mark may begin it. Only U+2060, the word joiner, which is no space, keeps together what it joins. textwrap
#            knows the spaces of ASCII alone, and is right.
# So         who shows articles breaks their lines by rules of its own, before Rich or Textual does.
# Output     space     Rich 'la somme 10|000 euros'   Textual 'la somme 10|000 euros'   textwrap 'la somme 10|000 euros'
#            U+00A0    Rich 'la somme 10|000 euros'   Textual 'la somme 10|000 euros'   textwrap 'la somme|10 000 euros'
#            U+202F    Rich 'la somme 10|000 euros'   Textual 'la somme 10|000 euros'   textwrap 'la somme|10 000 euros'
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rich==15.0.0 textual==8.2.8 \
    markdown-it-py==4.3.0 mdit-py-plugins==0.7.0 linkify-it-py==2.2.0 mdurl==0.1.2 platformdirs==4.14.8 \
    Pygments==2.21.0 typing_extensions==4.16.0

"$room/venv/bin/python" - <<'EOF'
import sys
import textwrap
import unicodedata
from importlib.metadata import version

from rich.console import Console
from rich.text import Text
from textual.content import Content

WIDTH = 14
BROKEN, KEPT = "la somme 10|000 euros", "la somme|10 000 euros"


def join(lines: list[str]) -> str:
    return "|".join(unicodedata.normalize("NFKC", line).rstrip() for line in lines)


print(f"Rich {version('rich')}, Textual {version('textual')}, {WIDTH} columns")
so = version("rich") == "15.0.0" and version("textual") == "8.2.8"
for space, right in ((" ", BROKEN), ("\u00a0", KEPT), ("\u202f", KEPT)):
    text = f"la somme 10{space}000 euros"
    rich = join([line.plain for line in Text(text).wrap(Console(), WIDTH)])
    textual = join([line.plain for line in Content(text).wrap(WIDTH)])
    standard = join(textwrap.wrap(text, WIDTH))
    print(f"U+{ord(space):04X}  Rich '{rich}'  Textual '{textual}'  textwrap '{standard}'")
    so = so and (rich, textual, standard) == (BROKEN, BROKEN, right)
if not so:
    sys.exit("This is no longer so.")
EOF
