#!/usr/bin/env bash
# python-bidi 0.6.12: two lines of Hebrew come out as an empty line and one line with the words of both.
#
# Version    python-bidi 0.6.12 of PyPI, both of its get_display.
# Behaviour  Unicode's bidirectional algorithm takes a text paragraph by paragraph, and reorders within a line; a line
#            break stays where it is. get_display of the package itself, which is in Rust, takes the line break for the
#            last character of a line that runs from right to left, and moves it to the front with the others. The words
#            of the next line then follow on the same one. A line in Latin letters before it is spared, as its own
#            break stays at its end. bidi.algorithm.get_display, in Python, in the same package, keeps the lines.
# So         a text is given to it line by line, without line breaks.
# Output     AB are letters of the first line, CD of the second, in Hebrew; \n is the line break.
#            bidi            AB\nCD becomes \nBADC
#            bidi.algorithm  AB\nCD becomes BA\nDC
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check python-bidi==0.6.12
cat > "$room/lines.py" <<'END'
import bidi
import bidi.algorithm

LATIN = "ABCD"
HEBREW = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}\N{HEBREW LETTER GIMEL}\N{HEBREW LETTER DALET}"
TEXT = "AB\nCD"

for module in (bidi, bidi.algorithm):
    shown = module.get_display(TEXT.translate(str.maketrans(LATIN, HEBREW))).translate(str.maketrans(HEBREW, LATIN))
    print(f"{module.__name__:15} {repr(TEXT)[1:-1]} becomes {repr(shown)[1:-1]}")
END
seen=$("$room/venv/bin/python" "$room/lines.py")
echo "$seen"
if [ "$seen" != 'bidi            AB\nCD becomes \nBADC
bidi.algorithm  AB\nCD becomes BA\nDC' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
