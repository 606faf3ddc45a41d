#!/usr/bin/env bash
# PyYAML 6.0.4: how much of a deep list is told before the error "too deep" depends on where its lines end.
#
# Version    PyYAML 6.0.4, whose CSafeLoader is built on libyaml 0.2.6. There more than 1,000 levels are an error of
#            the scanner. (6.0.3, on libyaml 0.2.5, reads the same texts to their end.)
# Behaviour  The text is 1,001 empty lists in one another, once on one line and once with a line end after each
#            bracket. Both are the same value, and both fail at bracket 1,001. But events are not given bracket by
#            bracket: a bracket may begin a key, as in "[a]: b", so the scanner reads on for up to 1,024 characters of
#            the same line before it lets the bracket go. On one line the error comes before the first list is told.
# So         a reader that counts levels in the events, to refuse at 64 in its own words, sees no level at all on one
#            line: it has to expect the library's error as well.
# Output     one line        events: 1, then ScannerError: exceeded maximum nesting depth
#            a line a level  events: 1001, then ScannerError: exceeded maximum nesting depth
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyYAML==6.0.4

"$room/venv/bin/python" - <<'EOF'
import sys

import yaml

LEVELS = 1001
TEXTS = {
    "one line": "[" * LEVELS + "]" * LEVELS,
    "a line a level": "[\n" * LEVELS + "]" * LEVELS,
}


def told(text: str) -> tuple[int, str]:
    events = 0
    try:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            events += 1
    except yaml.YAMLError as error:
        return events, f"{type(error).__name__}: {error.problem}"
    return events, "no error"


print(f"PyYAML {yaml.__version__}, libyaml {'.'.join(map(str, yaml._yaml.get_version()))}, {LEVELS} levels")
seen = {name: told(text) for name, text in TEXTS.items()}
for name, (events, end) in seen.items():
    print(f"{name:15} events: {events}, then {end}")

TOO_DEEP = "ScannerError: exceeded maximum nesting depth"
if yaml.__version__ != "6.0.4" or seen != {"one line": (1, TOO_DEEP), "a line a level": (1001, TOO_DEEP)}:
    sys.exit("This is no longer so.")
EOF
