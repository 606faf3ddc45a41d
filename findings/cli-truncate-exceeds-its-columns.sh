#!/usr/bin/env bash
# cli-truncate 5.2.0 (npm): Hindi that is cut to 6 columns takes 9, by the same width that decided to cut it.
#
# Version    cli-truncate 5.2.0 with string-width 8.3.0 and slice-ansi 8.0.0 of npm, on Node.js.
# Behaviour  cli-truncate measures a text with string-width and, if it is too wide, cuts it with slice-ansi. The first
#            counts spacing vowel signs as a cell each, as terminals draw them. The second counts clusters: one cell, or
#            two if there is a full-width character in it. So a text is found to be too wide, and is still too wide
#            when it has been cut. Plain letters and Hangul are right.
# So         a column of a table that is cut by it moves everything to its right.
# Output     English  text 15, cut to 6: 6
#            Korean   text 16, cut to 6: 6
#            Hindi    text 11, cut to 6: 9
#            Tamil    text 10, cut to 6: 8
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cli-truncate@5.2.0 string-width@8.3.0 slice-ansi@8.0.0 \
    get-east-asian-width@1.7.0 is-fullwidth-code-point@5.1.0
cat > cut.mjs <<'END_OF_SCRIPT'
import truncate from 'cli-truncate'
import width from 'string-width'

const texts = {
  English: 'News of the day',
  Korean: '\ud55c\uad6d \ub274\uc2a4 \uc18d\ubcf4\uc694',
  Hindi: '\u0939\u093f\u0928\u094d\u0926\u0940 \u0938\u092e\u093e\u091a\u093e\u0930',
  Tamil: '\u0ba4\u0bae\u0bbf\u0bb4\u0bcd \u0b9a\u0bc6\u0baf\u0bcd\u0ba4\u0bbf'
}
for (const [name, text] of Object.entries(texts)) {
  console.log(name.padEnd(8), `text ${width(text)}, cut to 6: ${width(truncate(text, 6))}`)
}
END_OF_SCRIPT
seen=$(node cut.mjs)
echo "$seen"
expected='English  text 15, cut to 6: 6
Korean   text 16, cut to 6: 6
Hindi    text 11, cut to 6: 9
Tamil    text 10, cut to 6: 8'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
