#!/usr/bin/env bash
# PyYAML 6.0.3: a list item that is indented a blank more than the one above it is no error, but part of its text.
#
# Version    PyYAML 6.0.3, SafeLoader and CSafeLoader (libyaml), on Python 3.11 and later.
# Behaviour  Two items under one key, the second with one blank more before its hyphen: one item comes back, and the
#            hyphen of the second stands in the text. A plain text goes on over lines that are indented more (YAML 1.1,
#            chapter 9), whatever they begin with, so that the file is valid, and both parsers agree.
# So         a checker has to look for hyphens within a text of several lines; no parser will tell.
# Output     SafeLoader ['One. - Two.']   CSafeLoader ['One. - Two.']
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.3
seen=$("$room/venv/bin/python" - <<'EOF'
import yaml

TEXT = "body:\n  - One.\n   - Two.\n"
LOADERS = (yaml.SafeLoader, yaml.CSafeLoader)
print(*[f"{loader.__name__} {yaml.load(TEXT, loader)['body']}" for loader in LOADERS], sep="   ")
EOF
)
echo "$seen"
if [ "$seen" != "SafeLoader ['One. - Two.']   CSafeLoader ['One. - Two.']" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
