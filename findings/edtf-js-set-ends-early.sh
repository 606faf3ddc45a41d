#!/usr/bin/env bash
# edtf (npm) 4.11.1: a set that ends with a range ends where the range begins.
#
# Version    edtf 4.11.1 of npm, on Node.js.
# Behaviour  [1667,1668,1670..1672] is an example of the Library of Congress's specification of EDTF, level 2; ".."
#            includes both ends. The package parses it, and says that its latest day is in 1670.
# So         the bounds of a set are taken from the ends of its ranges, and the package is no judge of them.
# Output     [1667,1668,1670..1672] 1667-01-01 1670-12-31
# Needs      node and npm.
set -euo pipefail

for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund edtf@4.11.1
cat > bounds.mjs <<'EOF'
import edtf from 'edtf'

const day = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10)
const text = '[1667,1668,1670..1672]'
const set = edtf(text)
console.log(text, day(set.min), day(set.max))
EOF
seen=$(node bounds.mjs)
echo "$seen"
if [ "$seen" != "[1667,1668,1670..1672] 1667-01-01 1670-12-31" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
