#!/usr/bin/env bash
# hypothesis 6.170.17: with derandomize=True, a number in a module that the test never calls changes its examples.
#
# Version    hypothesis 6.170.17 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  The documentation says of derandomize, which is on by itself in CI, that every run tries the same test
#            cases until one updates hypothesis, Python or the test function. So one expects that a test which passed
#            yesterday tries the same today, and that a failure comes from the change that it came with. But hypothesis
#            reads the numbers and texts out of the source of all modules of the project that are loaded, and takes some
#            of its values from these. A number that is changed anywhere, such as a time limit, is tried itself, and
#            moves the other examples as well. A comment changes nothing.
# So         a failure in CI after a change may have nothing to do with it: it is looked for with the commit before, and
#            a case that was found is kept with @example.
# Output     again: the same   a comment more: the same   the number 48113 is 48114: others   48113 was tried: yes, no
# Needs      python3 with venv.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check 'hypothesis==6.170.17'
mkdir "$room/project"
cd "$room/project"
cat > law.py <<'EOF'
import limits  # nothing of it is used
from hypothesis import given, settings, strategies

tried = []


@settings(derandomize=True, database=None, max_examples=300)
@given(strategies.integers())
def keep(number: int) -> None:
    tried.append(number)


keep()
print(*tried)
EOF
try_with() { # what limits.py contains
    printf '%s\n' "$1" > limits.py
    "$room/venv/bin/python" -B law.py
}
first=$(try_with 'PATIENCE = 48113')
again=$(try_with 'PATIENCE = 48113')
comment=$(try_with 'PATIENCE = 48113  # milliseconds')
other=$(try_with 'PATIENCE = 48114')
compare() {
    if [ "$1" = "$first" ]; then echo "the same"; else echo others; fi
}
find_number() {
    case " $1 " in *" 48113 "*) echo yes ;; *) echo no ;; esac
}
seen="again: $(compare "$again")   a comment more: $(compare "$comment")"
seen="$seen   the number 48113 is 48114: $(compare "$other")"
seen="$seen   48113 was tried: $(find_number "$first"), $(find_number "$other")"
echo "$seen"
expected="again: the same   a comment more: the same   the number 48113 is 48114: others   48113 was tried: yes, no"
if [ "$seen" != "$expected" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
