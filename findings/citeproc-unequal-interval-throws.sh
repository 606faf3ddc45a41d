#!/usr/bin/env bash
# citeproc (npm) 2.4.63: an interval from a month to a day ends the whole bibliography with an exception.
#
# Version    citeproc 2.4.63 of npm, on Node.js.
# Behaviour  CSL-JSON gives an interval as two lists, of year, month and day. Nothing says that both must be of one
#            length, and EDTF has such intervals: 2022-06/2023-01-04. The package throws a string, no Error, when it
#            takes the item in, so that one item takes all others with it. pandoc 3.9 prints it, but of
#            2022-06/2022-06-04 only the end.
# So         `date-parts` has two lists only when both are of one length; any other interval is a `literal`.
# Output     2022-06/2023-01    prints 6/2022–1/2023
#            2022-06/2023-01-04 throws citeproc-js error: CSL data error: element mismatch in date range input.
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
cat > intervals.js <<'EOF'
const CSL = require('citeproc')

const space = 'xmlns="http://purl.org/net/xbiblio/csl"'
const style = `<style ${space} class="in-text" version="1.0">
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><date variable="issued" delimiter="/">
    <date-part name="day" form="numeric"/><date-part name="month" form="numeric"/><date-part name="year"/>
  </date></layout></bibliography>
</style>`
const locale = `<locale ${space} xml:lang="en-US"><terms/></locale>`

function show(name, dateParts) {
  const item = {id: 'a', type: 'article', title: 'A', issued: {'date-parts': dateParts}}
  const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: () => item}, style)
  engine.setOutputFormat('text')
  try {
    engine.updateItems(['a'])
    console.log(name.padEnd(18), 'prints', engine.makeBibliography()[1][0].trim())
  } catch (error) {
    console.log(name.padEnd(18), 'throws', String(error))
  }
}

show('2022-06/2023-01', [[2022, 6], [2023, 1]])
show('2022-06/2023-01-04', [[2022, 6], [2023, 1, 4]])
EOF
seen=$(node intervals.js)
echo "$seen"
wanted="2022-06/2023-01    prints 6/2022–1/2023
2022-06/2023-01-04 throws citeproc-js error: CSL data error: element mismatch in date range input."
if [ "$seen" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
