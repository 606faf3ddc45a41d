#!/usr/bin/env bash
# PyLD 3.3.0: a document without a base gets one: report.html becomes http://example.org/base/report.html.
#
# Version    PyLD 3.3.0 of PyPI, beside jsonld 9.0.0 of npm (seen with Python 3.11.7, 30 November 2026).
# Behaviour  An @id in JSON-LD may be relative; without a base there is nothing to resolve it against. One expects that
#            it stays as it is, and that it has no place in RDF, where an address has to be whole. jsonld, of the same
#            makers, does so. PyLD resolves it against http://example.org/base/, an address that neither document nor
#            caller has named, in every function that expands, also where the option base is "". The graph then says
#            something about an address of somebody else, and two documents that each have a quote "#q1" share it.
#            base=None, or "@base": null in the context, keeps it relative.
# So         PyLD is always given a base: the address of the document, or None.
# Output     PyLD    no base  http://example.org/base/report.html   in RDF: 1 statement
#            PyLD    base ""  http://example.org/base/report.html   in RDF: 1 statement
#            PyLD    None     report.html                           in RDF: 0 statements
#            jsonld  no base  report.html                           in RDF: 0 statements
# Needs      node, npm, and python3 with venv.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done
python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check PyLD==3.3.0
cd "$room"
npm install --silent --no-audit --no-fund jsonld@9.0.0 >/dev/null
cat > document.json <<'END'
{"@id": "report.html", "https://schema.org/headline": "Ferry pact signed"}
END
cat > addresses.py <<'END'
import json
from pathlib import Path

from pyld import jsonld

document = json.loads(Path("document.json").read_text())
for case, options in {"no base": {}, 'base ""': {"base": ""}, "None": {"base": None}}.items():
    address = jsonld.expand(document, options)[0]["@id"]
    count = len(jsonld.to_rdf(document, options | {"format": "application/n-quads"}).splitlines())
    print(f"PyLD    {case:8} {address:37} in RDF: {count} statement{'' if count == 1 else 's'}")
END
cat > addresses.js <<'END'
const jsonld = require('jsonld');
const document = require('./document.json');
(async () => {
  const address = (await jsonld.expand(document))[0]['@id'];
  const count = (await jsonld.toRDF(document)).length;
  console.log(`jsonld  no base  ${address.padEnd(37)} in RDF: ${count} statement${count === 1 ? '' : 's'}`);
})();
END
seen=$(venv/bin/python addresses.py && node addresses.js)
echo "$seen"
if [ "$seen" != 'PyLD    no base  http://example.org/base/report.html   in RDF: 1 statement
PyLD    base ""  http://example.org/base/report.html   in RDF: 1 statement
PyLD    None     report.html                           in RDF: 0 statements
jsonld  no base  report.html                           in RDF: 0 statements' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
