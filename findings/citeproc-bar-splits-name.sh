#!/usr/bin/env bash
# citeproc (npm) 2.4.63: an author with a vertical bar in the name, such as Radio | Arlen, is printed as two authors.
#
# Version    citeproc 2.4.63 of npm (citeproc-js), on Node.js.
# Behaviour  A name in CSL-JSON is {"literal": "Radio | Arlen"} when it is not to be divided into family and given name.
#            The processor divides it all the same: each part between bars is an author of its own. A backslash before
#            the bar is printed, and the bar still divides. A bar in the title is left as it is.
# So         no way of writing such a byline in CSL-JSON is safe: dossier counts them.
# Output     Radio | Arlen: Radio; Arlen. A | B
#            Radio \| Arlen: Radio \; Arlen. A | B
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund citeproc@2.4.63
cat > bar.js <<'EOF'
const CSL = require('citeproc')

const space = 'xmlns="http://purl.org/net/xbiblio/csl"'
const style = `<style ${space} class="in-text" version="1.0">
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout>
    <names variable="author"><name delimiter="; "/></names><text variable="title" prefix=". "/>
  </layout></bibliography>
</style>`
const locale = `<locale ${space} xml:lang="en-US"><terms><term name="et-al">et al.</term></terms></locale>`

for (const name of ['Radio | Arlen', 'Radio \\| Arlen']) {
  const item = {id: 'a', type: 'article', title: 'A | B', author: [{literal: name}]}
  const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: () => item}, style)
  engine.setOutputFormat('text')
  engine.updateItems(['a'])
  console.log(`${name}: ${engine.makeBibliography()[1][0].trim()}`)
}
EOF
seen=$(node bar.js)
echo "$seen"
wanted='Radio | Arlen: Radio; Arlen. A | B
Radio \| Arlen: Radio \; Arlen. A | B'
if [ "$seen" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
