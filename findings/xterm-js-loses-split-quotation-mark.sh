#!/usr/bin/env bash
# xterm.js (npm: @xterm/headless) 6.0.0: a quotation mark whose bytes come in two writes is lost, but not a euro sign.
#
# Version    @xterm/headless 6.0.0 of npm, on Node.js; 5.5.0 does the same. (Reported as xtermjs/xterm.js#6003, mended
#            there in June 2026, after 6.0.0.)
# Behaviour  Terminal.write takes bytes of UTF-8, and keeps what is left of a character for the next write. Where that
#            ends in the byte 0x80, the character is dropped without a sign of it, and what follows is a column too far
#            left. All of U+2000 to U+203F have 0x80 as their second byte: the quotation marks, the dashes, the
#            ellipsis, and the joiner of emoji. Other characters, and the same ones parted behind their first byte, are
#            right. A pseudo-terminal may end what it gives to a reader anywhere.
# So         who feeds xterm.js decodes first, with a decoder that keeps its state (StringDecoder, as node-pty does).
# Output     quotation mark, whole              a”b       euro sign, whole              a€b
#            parted behind its first byte       a”b       parted behind its second      a€b
#            parted behind its second           ab
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @xterm/headless@6.0.0
cat > parts.cjs <<'END_OF_SCRIPT'
const { Terminal } = require('@xterm/headless')

async function show (name, character, at) {
  const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true })
  const bytes = Buffer.from(`a${character}b`)
  const parts = at ? [bytes.subarray(0, 1 + at), bytes.subarray(1 + at)] : [bytes]
  for (const part of parts) await new Promise(resolve => terminal.write(part, resolve))
  console.log(`${name}, parted at byte ${at}:`, terminal.buffer.active.getLine(0).translateToString(true))
}

async function showAll () {
  for (const at of [0, 1, 2]) await show('quotation mark', '\u201d', at)
  for (const at of [0, 2]) await show('euro sign', '\u20ac', at)
}

showAll()
END_OF_SCRIPT
seen=$(node parts.cjs)
echo "@xterm/headless $(node -p 'require("@xterm/headless/package.json").version')"
echo "$seen"
expected='quotation mark, parted at byte 0: a”b
quotation mark, parted at byte 1: a”b
quotation mark, parted at byte 2: ab
euro sign, parted at byte 0: a€b
euro sign, parted at byte 2: a€b'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
