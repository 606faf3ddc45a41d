#!/usr/bin/env bash
# marked (npm) 18.2.1: an escaped bracket before a parenthesis, in the words of a link, makes the link plain text.
#
# Version    marked 18.2.1 of npm, on Node.js.
# Behaviour  [\[a\](b)](#x) is a link with the words [a](b): CommonMark says that brackets with a backslash do not count
#            (commonmark.js and pandoc agree). marked gives the text as it is, without a link. With a backslash before
#            the parenthesis, too, it is a link.
# So         whoever writes Markdown for any reader escapes a parenthesis behind a bracket as well.
# Output     [\[a\](b)](#x)  <p>[[a](b)](#x)</p>
#            [\[a\]\(b)](#x) <p><a href="#x">[a](b)</a></p>
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund marked@18.2.1
cat > links.mjs <<'END'
import { marked } from 'marked'

for (const text of [String.raw`[\[a\](b)](#x)`, String.raw`[\[a\]\(b)](#x)`]) {
  console.log(text.padEnd(15), marked.parse(text).trim())
}
END
seen=$(node links.mjs)
echo "$seen"
expected='[\[a\](b)](#x)  <p>[[a](b)](#x)</p>
[\[a\]\(b)](#x) <p><a href="#x">[a](b)</a></p>'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
