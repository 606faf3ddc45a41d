#!/usr/bin/env bash
# U+2630, the sign of three bars that programs show for a menu, takes two columns since Unicode 16, and took one before.
#
# Version    Rich 15.0.0, which holds the widths of each version of Unicode, and the unicodedata module of the Python
#            that runs it.
# Behaviour  One takes it that a new version of Unicode adds characters and leaves the old ones as they are. This sign
#            is older than Unicode 3.2, and Unicode 16.0 made it wide, with the seven other trigrams beside it. Rich
#            goes by the newest version it knows unless it is told otherwise, so it counts two columns. Python says N
#            (neutral) up to 3.13 and W (wide) from 3.14 on.
# So         a row with this sign is one column off wherever the program and the terminal know different versions; no
#            test of the width in one Python finds it. A program's own signs should be of those whose width never
#            changed.
# Output     Unicode 15.1.0: 1 column
#            Unicode 16.0.0: 2 columns
#            Rich by default: 2 columns
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rich==15.0.0 \
    markdown-it-py==4.3.0 mdurl==0.1.2 Pygments==2.21.0

env -u UNICODE_VERSION "$room/venv/bin/python" - <<'EOF'
import sys
import unicodedata
from importlib.metadata import version

from rich.cells import cell_len

SIGN = "\N{TRIGRAM FOR HEAVEN}"
seen = {name: cell_len(SIGN, name) for name in ("15.1.0", "16.0.0", "auto")}
old, told = unicodedata.ucd_3_2_0.east_asian_width(SIGN), unicodedata.east_asian_width(SIGN)
major = int(unicodedata.unidata_version.split(".")[0])

print(f"Rich {version('rich')}, U+{ord(SIGN):04X} {unicodedata.name(SIGN)}")
for name, width in seen.items():
    print(f"{'Rich by default' if name == 'auto' else 'Unicode ' + name}: {width} column{'s' * (width != 1)}")
print(f"Python {sys.version.split()[0]}, Unicode 3.2.0: {old}, Unicode {unicodedata.unidata_version}: {told}")
expected = {"15.1.0": 1, "16.0.0": 2, "auto": 2}, "N", "W" if major >= 16 else "N"
if version("rich") != "15.0.0" or (seen, old, told) != expected:
    sys.exit("This is no longer so.")
EOF
