#!/usr/bin/env bash
# pyte 0.8.2 with wcwidth 0.9.4: a Hindi vowel sign swallows the rest of the text, and so does any joiner.
#
# Version    pyte 0.8.2 (a terminal for tests) with wcwidth 0.9.4, and with 0.2.6 beside it.
# Behaviour  pyte takes a character that wcwidth measures as 0 for a mark only if its canonical combining class is not
#            0. Spacing vowel signs, variation selectors and joiners have class 0. At one of these pyte stops drawing,
#            and drops what is left of the text up to the next control character. Its documentation says that such
#            characters do not change the screen. With wcwidth 0.2.6 the vowel signs had a cell, so pyte drew them: a
#            newer wcwidth, which pyte does not bound, makes text disappear that was there before. Letters with
#            accents are right in both.
# So         a test that reads a screen of Hindi, Tamil or Burmese through pyte misses words that the program has sent.
# Output     wcwidth 0.2.6   Hindi: '\u0939\u093f more'   accent: '\xe9 more'   telephone: '\u260e'
#            wcwidth 0.9.4   Hindi: '\u0939'   accent: '\xe9 more'   telephone: '\u260e'
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/show.py" <<'END_OF_SCRIPT'
from importlib.metadata import version

import pyte

TEXTS = {
    "Hindi": "\N{DEVANAGARI LETTER HA}\N{DEVANAGARI VOWEL SIGN I} more",
    "accent": "e\N{COMBINING ACUTE ACCENT} more",
    "telephone": "\N{BLACK TELEPHONE}\N{VARIATION SELECTOR-16} more",
}


def show(text: str) -> str:
    screen = pyte.Screen(20, 2)
    pyte.Stream(screen).feed(text)
    return ascii("".join(screen.buffer[0][column].data for column in range(20)).rstrip())


print(f"wcwidth {version('wcwidth')}  ", "   ".join(f"{name}: {show(text)}" for name, text in TEXTS.items()))
END_OF_SCRIPT

seen=""
for wcwidth in 0.2.6 0.9.4; do
    python3 -m venv "$room/$wcwidth"
    "$room/$wcwidth/bin/pip" install --quiet --only-binary :all: pyte==0.8.2 "wcwidth==$wcwidth"
    seen+=$("$room/$wcwidth/bin/python" "$room/show.py")$'\n'
done
echo "${seen%$'\n'}"
expected="wcwidth 0.2.6   Hindi: '\u0939\u093f more'   accent: '\xe9 more'   telephone: '\u260e'
wcwidth 0.9.4   Hindi: '\u0939'   accent: '\xe9 more'   telephone: '\u260e'
"
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
