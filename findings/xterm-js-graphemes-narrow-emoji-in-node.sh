#!/usr/bin/env bash
# @xterm/addon-unicode-graphemes 0.4.0 reads the head of its table from another Buffer: in Node.js emoji take one cell.
#
# Version    @xterm/addon-unicode-graphemes 0.4.0 and @xterm/headless 6.0.0 of npm, on Node.js 20.20 and 24.22.
# Behaviour  The addon measures text by grapheme clusters, so that an emoji takes two cells, and a family, too. It
#            decodes its table with Buffer.from, and reads the head of it through the "buffer" of the result, without
#            byteOffset. Node.js keeps small Buffers together in one block of memory, so the addon reads what is at the
#            beginning of that block: another Buffer, if there was one. Where that holds zeros, all characters beyond
#            U+FFFF have the width 1. Node.js 20.20 has such a Buffer from the start. With Buffer.poolSize = 0, set
#            before the addon is loaded, each Buffer has memory of its own, and all widths are right. Browsers have no
#            Buffer, and are right as well.
# So         a headless test says nothing about what the same addon does in a browser.
# Output     behind a Buffer        face 1  ideograph 1  family 3  watch 2
#            Buffer.poolSize = 0    face 2  ideograph 2  family 2  watch 2
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @xterm/headless@6.0.0 @xterm/addon-unicode-graphemes@0.4.0
cat > widths.cjs <<'END_OF_SCRIPT'
const name = process.argv[2]
if (name === 'behind a Buffer') {
  let first
  do first = Buffer.allocUnsafe(8); while (first.byteOffset !== 0)
  first.fill(0)
} else {
  Buffer.poolSize = 0
}
const { Terminal } = require('@xterm/headless')
const { UnicodeGraphemesAddon } = require('@xterm/addon-unicode-graphemes')
const texts = {
  face: '\u{1f600}',
  ideograph: '\u{20000}',
  family: '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  watch: '\u231a'
}

async function show () {
  const widths = []
  for (const [what, text] of Object.entries(texts)) {
    const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true })
    terminal.loadAddon(new UnicodeGraphemesAddon())
    await new Promise(resolve => terminal.write(text, resolve))
    widths.push(`${what} ${terminal.buffer.active.cursorX}`)
  }
  console.log(name.padEnd(22), widths.join('  '))
}

show()
END_OF_SCRIPT
seen=$(node widths.cjs 'behind a Buffer' && node widths.cjs 'Buffer.poolSize = 0')
echo "$seen"
expected='behind a Buffer        face 1  ideograph 1  family 3  watch 2
Buffer.poolSize = 0    face 2  ideograph 2  family 2  watch 2'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
