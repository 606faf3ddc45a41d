#!/usr/bin/env bash
# pandoc 3.9: read as commonmark or gfm, a text changes its code points; read as pandoc's own markdown, it does not.
#
# Version    pandoc 3.9, as in pypandoc_binary 1.17 of PyPI.
# Behaviour  The commonmark readers put a text into Normalization Form C: an e with a combining accent becomes one code
#            point, and U+2F800, a Chinese character kept for compatibility, another character, even in code. The
#            manual does not say so. Only character references (e&#769;) escape it.
# So         offsets into a text, and comparisons code point by code point, do not survive these readers.
# Output     markdown   65 301 | 2f800
#            commonmark e9 | 4e3d
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: pypandoc_binary==1.17

"$room/venv/bin/python" - <<'END'
import json
import subprocess
import sys

import pypandoc

TEXT = "e\N{COMBINING ACUTE ACCENT} \U0002f800"


def read(form: str) -> str:
    command = [pypandoc.get_pandoc_path(), "-f", form, "-t", "json"]
    done = subprocess.run(command, input=TEXT.encode(), capture_output=True, check=True)
    words = [one["c"] for one in json.loads(done.stdout)["blocks"][0]["c"] if one["t"] == "Str"]
    return " | ".join(" ".join(f"{ord(char):x}" for char in word) for word in words)


seen = {form: read(form) for form in ("markdown", "commonmark")}
for form, codes in seen.items():
    print(f"{form:10} {codes}")
if seen != {"markdown": "65 301 | 2f800", "commonmark": "e9 | 4e3d"}:
    sys.exit("This is no longer so.")
END
