#!/usr/bin/env bash
# Rich 15.0.0: after a joiner (U+200D) the next character has no width, even where it is a space or a plain letter.
#
# Version    Rich 15.0.0; graphemes by regex 2026.11.15.
# Behaviour  A joiner makes one picture of two emoji. Beside an Arabic letter it only gives the letter its joined form,
#            as in the Persian mark of a lunar year: heh, joiner, space, qaf. By Unicode's rules a grapheme goes on
#            after a joiner between two emoji, not between two Arabic letters or before a space. Rich's cell_len passes
#            over whatever follows it, so that the parts of a line sum to more than the line.
# So         a line that is cut by the sum of its characters and one that is measured whole end at different columns;
#            an ellipsis put after a joiner counts for nothing.
# Output     heh, joiner, space, qaf  whole 2, sum of its graphemes 3
#            heh, joiner, ellipsis    whole 1, sum of its graphemes 2
#            man, joiner, woman       whole 2, sum of its graphemes 2
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rich==15.0.0 regex==2026.11.15 \
    markdown-it-py==4.3.0 mdurl==0.1.2 Pygments==2.21.0

"$room/venv/bin/python" - <<'EOF'
import sys
from importlib.metadata import version

import regex
from rich.cells import cell_len

HEH, QAF, JOINER = "\N{ARABIC LETTER HEH}", "\N{ARABIC LETTER QAF}", "\N{ZERO WIDTH JOINER}"
TEXTS = {
    "heh, joiner, space, qaf": (HEH + JOINER + " " + QAF, 2, 3),
    "heh, joiner, ellipsis": (HEH + JOINER + "\N{HORIZONTAL ELLIPSIS}", 1, 2),
    "man, joiner, woman": ("\N{MAN}" + JOINER + "\N{WOMAN}", 2, 2),
}

print(f"Rich {version('rich')}, regex {version('regex')}")
so = version("rich") == "15.0.0"
for name, (text, whole, parts) in TEXTS.items():
    measured = cell_len(text), sum(map(cell_len, regex.findall(r"\X", text)))
    print(f"{name:24} whole {measured[0]}, sum of its graphemes {measured[1]}")
    so = so and measured == (whole, parts)
if not so:
    sys.exit("This is no longer so.")
EOF
