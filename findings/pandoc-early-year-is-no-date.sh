#!/usr/bin/env bash
# pandoc 3.9: a bibliography that it has written itself has no date any more where the year is before 1000.
#
# Version    pandoc 3.9, as in pypandoc_binary 1.17 of PyPI.
# Behaviour  In biblatex a year has four digits: 0633. pandoc reads that, and writes it as 633, without the zero. It
#            does not read 633, which is no date of biblatex, and says nothing: when the file is converted again, the
#            field is gone. 44 BC is -0043 in biblatex, and -44 in CSL-JSON, which has no year 0. pandoc reads the one
#            as the other, as it should; then it writes -44, which would be 45 BC if anything read it.
# So         no date before 1000 may pass through pandoc's biblatex twice; CSL-JSON keeps it.
# Output     1633   first 1633   second 1633
#            0633   first 633    second no date
#            -0043  first -44    second no date
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
cat > "$room/years.py" <<'END'
import re

import pypandoc


def read_date(bibliography: str) -> str:
    found = re.search(r"date = \{(.*?)\}", bibliography)
    return found[1] if found else "no date"


for year in ("1633", "0633", "-0043"):
    entry = f"@online{{a, title = {{A}}, date = {{{year}}}, url = {{https://example.org}}}}"
    first = pypandoc.convert_text(entry, "biblatex", "biblatex")
    second = pypandoc.convert_text(first, "biblatex", "biblatex")
    print(f"{year:6} first {read_date(first):6} second {read_date(second)}")
END
seen=$("$room/venv/bin/python" "$room/years.py")
echo "$seen"
if [ "$seen" != "1633   first 1633   second 1633
0633   first 633    second no date
-0043  first -44    second no date" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
