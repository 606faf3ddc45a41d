#!/usr/bin/env bash
# Citation.js 0.8.2 (npm): in RIS an article of a newspaper has no author and no day; one of a magazine has both.
#
# Version    @citation-js/core and @citation-js/plugin-ris 0.8.2 of npm, on Node.js (seen 30 November 2026).
# Behaviour  Citation.js takes in CSL-JSON and gives out RIS. One expects AU for an author and DA for a day of whatever
#            is cited; both are common to all types of the format. It goes by a table that says for each tag which types
#            have it. NEWS is missing at both, and nothing takes their place, so that author and day are left out
#            without a word, and only the year is kept. A journal, a magazine, a book and a web page have both, and
#            BibLaTeX out of the same program has them of the newspaper, too.
# So         CSL-JSON of news is not handed on as RIS by this program; as BibLaTeX it can be.
# Output     article-newspaper  TY NEWS  AU -           DA -          PY 2022
#            article-magazine   TY MGZN  AU Berg, Anna  DA 2022/6/1/  PY 2022
#            article-journal    TY JOUR  AU Berg, Anna  DA 2022/6/1/  PY 2022
#            webpage            TY ELEC  AU Berg, Anna  DA 2022/6/1/  PY 2022
#            read back, newspaper: author none, issued 2022   magazine: author Berg, issued 2022-6-1
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > cite.cjs <<'END_OF_SCRIPT'
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-ris')
const reference = {
  id: 'ferry',
  title: 'Ferry late',
  author: [{ family: 'Berg', given: 'Anna' }],
  issued: { 'date-parts': [[2022, 6, 1]] },
  'container-title': 'Arlen News',
  URL: 'https://example.org/ferry'
}
const format = type => new Cite([{ ...reference, type }]).format('ris')

for (const type of ['article-newspaper', 'article-magazine', 'article-journal', 'webpage']) {
  const tags = Object.fromEntries(format(type).split('\n').map(line => line.split('  - ')))
  console.log(type.padEnd(18), 'TY', tags.TY, ' AU', (tags.AU || '-').padEnd(10), ' DA', (tags.DA || '-').padEnd(9),
    ' PY', tags.PY)
}
const back = ['newspaper', 'magazine'].map(kind => {
  const [read] = new Cite(format(`article-${kind}`)).data
  const author = read.author ? read.author[0].family : 'none'
  return `${kind}: author ${author}, issued ${read.issued['date-parts'][0].join('-')}`
})
console.log('read back,', back.join('   '))
END_OF_SCRIPT
seen=$(node cite.cjs)
echo "$seen"
expected='article-newspaper  TY NEWS  AU -           DA -          PY 2022
article-magazine   TY MGZN  AU Berg, Anna  DA 2022/6/1/  PY 2022
article-journal    TY JOUR  AU Berg, Anna  DA 2022/6/1/  PY 2022
webpage            TY ELEC  AU Berg, Anna  DA 2022/6/1/  PY 2022
read back, newspaper: author none, issued 2022   magazine: author Berg, issued 2022-6-1'
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
