#!/usr/bin/env bash
# Typst 0.15.2: a BibLaTeX date of 20XX, some year of the century, is printed as 2099; 1984-XX is December 1984.
#
# Version    typst 0.15.2 of PyPI, and pypdf 7.1.1, which reads what it has made (seen with Python 3.11.7, 30 November
#            2026).
# Behaviour  BibLaTeX has the dates of EDTF: X stands for a digit that is not known. One expects that a date that cannot
#            be printed so is left out, as Typst does with a season or a millennium ("n.d."), or that the digits that
#            are known are printed. Typst makes a span of years or months of it, and of each span, also of one that is
#            written as such, it prints the end alone. So a work of the century is dated 2099, without a word; that of
#            some month of 1984 has come out in December. A span with an open end has its beginning.
# So         a date with unknown digits is given to Typst as a note, not as a date.
# Output     20XX Brandt, Ida. “Pact.” Herald, 2099.
#            201X Brandt, Ida. “Pact.” Herald, 2019.
#            1984-XX Brandt, Ida. “Pact.” Herald, Dec. 1984.
#            2010/2019 Brandt, Ida. “Pact.” Herald, 2019.
#            2010/.. Brandt, Ida. “Pact.” Herald, 2010.
#            2XXX Brandt, Ida. “Pact.” Herald.
#            1984-21 Brandt, Ida. “Pact.” Herald.
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1
cd "$room"
cat > dates.py <<'END'
from pathlib import Path

import typst
from pypdf import PdfReader

ENTRY = "@article{pact, author = {Brandt, Ida}, title = {Pact}, journaltitle = {Herald}, date = {%s}}\n"
Path("page.typ").write_text('#bibliography("works.bib", full: true, style: "mla", title: none)\n')

for date in ("20XX", "201X", "1984-XX", "2010/2019", "2010/..", "2XXX", "1984-21"):
    Path("works.bib").write_text(ENTRY % date)
    typst.compile("page.typ", output="page.pdf")
    print(date, PdfReader("page.pdf").pages[0].extract_text().strip())
END
seen=$(venv/bin/python dates.py)
echo "$seen"
if [ "$seen" != '20XX Brandt, Ida. “Pact.” Herald, 2099.
201X Brandt, Ida. “Pact.” Herald, 2019.
1984-XX Brandt, Ida. “Pact.” Herald, Dec. 1984.
2010/2019 Brandt, Ida. “Pact.” Herald, 2019.
2010/.. Brandt, Ida. “Pact.” Herald, 2010.
2XXX Brandt, Ida. “Pact.” Herald.
1984-21 Brandt, Ida. “Pact.” Herald.' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
