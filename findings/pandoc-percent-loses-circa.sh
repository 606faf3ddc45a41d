#!/usr/bin/env bash
# pandoc 3.9: in a biblatex date, 2022~ is about 2022, but 2022%, which says "about" as well, is plainly 2022.
#
# Version    pandoc 3.9 (pypandoc_binary 1.17 of PyPI).
# Behaviour  biblatex has the signs of EDTF: ~ is approximate, ? uncertain, % both at once. Converting to CSL-JSON,
#            pandoc makes circa of ~ and drops ?, since CSL-JSON has no word for it. It drops % whole: a date that is
#            less certain than 2022~ comes out as certain.
# So         dossier writes circa itself where a date has any of the three signs.
# Output     2022~ {"circa": true, "date-parts": [[2022]]}
#            2022? {"date-parts": [[2022]]}
#            2022% {"date-parts": [[2022]]}
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
cat > "$room/dates.py" <<'EOF'
import json

import pypandoc

for date in ("2022~", "2022?", "2022%"):
    entry = f"@online{{a, title = {{A}}, date = {{{date}}}, url = {{https://example.org}}}}"
    (item,) = json.loads(pypandoc.convert_text(entry, "csljson", "biblatex"))
    print(date, json.dumps(item["issued"], sort_keys=True))
EOF
seen=$("$room/venv/bin/python" "$room/dates.py")
echo "$seen"
wanted='2022~ {"circa": true, "date-parts": [[2022]]}
2022? {"date-parts": [[2022]]}
2022% {"date-parts": [[2022]]}'
if [ "$seen" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
