#!/usr/bin/env bash
# PyLD 3.3.0: the number 1.5 that a JSON-LD context calls an xsd:decimal becomes "1.5E0", which is no xsd:decimal.
#
# Version    PyLD 3.3.0 and rdflib 7.6.0 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  A context gives a type to the values of a property. One expects that a number is then written as this type
#            is written: 1.5 for xsd:decimal, which has no exponent. The W3C's algorithm (JSON-LD 1.1 API, "Object to
#            RDF Conversion") writes any number with a fraction in the way of xsd:double first, and puts the declared
#            type on it. PyLD does so. rdflib, reading the same document, writes 1.5, so that the two graphs are not the
#            same. A whole number, and a string, are right in both.
# So         a decimal in JSON-LD is written as a string: "1.5".
# Output     PyLD    1 "1"   1.5 "1.5E0"   "1.5" "1.5"   all of the type xsd:decimal
#            rdflib  1 "1"   1.5 "1.5"     "1.5" "1.5"   all of the type xsd:decimal
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyLD==3.3.0 cachetools==8.0.2 frozendict==2.5.1 lxml==6.1.3 \
    rdflib==7.6.0 pyparsing==3.3.3

"$room/venv/bin/python" - <<'EOF'
import json
import sys
from importlib.metadata import version

from pyld import jsonld
from rdflib import Graph, Literal

DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def convert(number: object) -> tuple[str, str]:
    context = {"value": {"@id": "urn:value", "@type": DECIMAL}}
    document = {"@context": context, "@id": "urn:a", "value": number}
    quad, = jsonld.to_rdf(document)["@default"]
    literal = next(Graph().parse(data=json.dumps(document), format="json-ld").objects())
    assert isinstance(literal, Literal) and str(literal.datatype) == quad["object"]["datatype"] == DECIMAL
    return quad["object"]["value"], str(literal)


print(f"PyLD {version('PyLD')}, rdflib {version('rdflib')}")
seen = {json.dumps(number): convert(number) for number in (1, 1.5, "1.5")}
for number, (first, second) in seen.items():
    print(f'{number:6} PyLD "{first}"   rdflib "{second}"')
so = version("PyLD") == "3.3.0" and version("rdflib") == "7.6.0"
if not so or seen != {"1": ("1", "1"), "1.5": ("1.5E0", "1.5"), '"1.5"': ("1.5", "1.5")}:
    sys.exit("This is no longer so.")
EOF
