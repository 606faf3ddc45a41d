#!/usr/bin/env bash
# rdflib 7.6.0: the date 2022-06-01+02:00 is 2022-06-01 once it has been read; a time, and a year, keep their offset.
#
# Version    rdflib 7.6.0 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  In XML Schema a date may have an offset from UTC, as a time may: a day begins in Sydney ten hours before it
#            does in Greenwich. rdflib makes Python values of literals, and writes these back: that 01 comes out as 1 is
#            to be expected, since it is the same number. A date of Python has no place for the offset. rdflib drops it
#            from the literal, too, so that two days which XML Schema tells apart are one and the same literal, and a
#            file that is read and written has lost it without a word. Where rdflib has no Python value, as for a year
#            and a month, the literal is left as it is.
# So         a graph that is to keep its literals is parsed with rdflib.NORMALIZE_LITERALS = False.
# Output     date       2022-06-01+02:00          2022-06-01
#            dateTime   2022-06-01T10:00:00+02:00 2022-06-01T10:00:00+02:00
#            gYearMonth 2022-06+02:00             2022-06+02:00
#            literals of 2022-06-01+02:00, 2022-06-01Z and 2022-06-01: 1; without normalizing: 3
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rdflib==7.6.0 pyparsing==3.3.3

"$room/venv/bin/python" - <<'EOF'
import sys

import rdflib
from rdflib import Graph

LITERALS = {
    ("date", "2022-06-01+02:00"): "2022-06-01",
    ("date", "2022-06-01Z"): "2022-06-01",
    ("date", "2022-06-01"): "2022-06-01",
    ("time", "10:00:00+02:00"): "10:00:00+02:00",
    ("dateTime", "2022-06-01T10:00:00+02:00"): "2022-06-01T10:00:00+02:00",
    ("gYearMonth", "2022-06+02:00"): "2022-06+02:00",
}


def read(literals: dict[tuple[str, str], str]) -> tuple[dict[tuple[str, str], str], int]:
    told, dates = {}, set()
    for kind, text in literals:
        line = f'<urn:a> <urn:b> "{text}"^^<http://www.w3.org/2001/XMLSchema#{kind}> .'
        literal = next(Graph().parse(data=line, format="nt").objects())
        told[kind, text] = str(literal)
        if kind == "date":
            dates.add(literal)
    return told, len(dates)


print(f"rdflib {rdflib.__version__}")
told, dates = read(LITERALS)
for (kind, text), literal in told.items():
    print(f"{kind:11}{text:26}{literal}")
rdflib.NORMALIZE_LITERALS = False
kept, different = read(LITERALS)
print(f"literals of the dates: {dates}; without normalizing: {different}")
so = rdflib.__version__ == "7.6.0" and told == LITERALS and (dates, different) == (1, 3)
if not so or any(text != literal for (_, text), literal in kept.items()):
    sys.exit("This is no longer so.")
EOF
