#!/usr/bin/env bash
# xterm.js (npm: @xterm/headless) 6.0.0: a NUL between a letter and its combining mark gives the mark a cell of its own.
#
# Version    @xterm/headless 6.0.0 of npm, on Node.js; 5.5.0 does the same.
# Behaviour  ECMA-48 (8.3.88) says that NUL characters may be put into a stream, or taken out of it, without an effect
#            on what it says, and xterm.js shows nothing for one. But a combining mark behind a NUL is not drawn on the
#            letter before it: it takes a cell, and everything behind it is a column further right. Two writes without a
#            NUL between them are right.
# So         whoever fills the blocks of an output with NUL (so that a block does not end inside a character) has to end
#            a block between letters with all of their marks, not between code points.
# Output     e + mark              [e\u0301] [x]
#            e, write, mark        [e\u0301] [x]
#            e + NUL + mark        [e] [\u0301] [x]
#            e + mark + NUL        [e\u0301] [x]
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
cat > marks.cjs <<'END_OF_SCRIPT'
const { Terminal } = require('@xterm/headless')
const texts = {
  'e + mark': ['e\u0301x'],
  'e, write, mark': ['e', '\u0301x'],
  'e + NUL + mark': ['e\0\u0301x'],
  'e + mark + NUL': ['e\u0301\0x']
}

async function show () {
  for (const [name, writes] of Object.entries(texts)) {
    const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true })
    for (const text of writes) await new Promise(resolve => terminal.write(text, resolve))
    const line = terminal.buffer.active.getLine(0)
    const cells = [0, 1, 2].map(column => line.getCell(column).getChars()).filter(text => text)
    console.log(name.padEnd(21), cells.map(text => `[${text.replace('\u0301', '\\u0301')}]`).join(' '))
  }
}

show()
END_OF_SCRIPT
seen=$(node marks.cjs)
echo "$seen"
expected='e + mark              [e\u0301] [x]
e, write, mark        [e\u0301] [x]
e + NUL + mark        [e] [\u0301] [x]
e + mark + NUL        [e\u0301] [x]'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
