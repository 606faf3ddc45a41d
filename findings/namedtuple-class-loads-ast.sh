#!/usr/bin/env bash
# Python 3.14 and 3.15: a class of typing.NamedTuple loads the ast module; the same fields given in a call do not.
#
# Version    Python 3.14 (seen with 3.14.10) and Python 3.15 (seen with 3.15.2).
# Behaviour  class Point(NamedTuple): x: int  loads annotationlib, which loads ast. "from __future__ import
#            annotations", which leaves annotations as they are written, does not spare it: its strings become
#            ForwardRef objects, and those are in annotationlib as well. NamedTuple("Point", [("x", int)]) loads
#            neither, and import typing alone does not.
# So         small records, made at the start of a quick command, cost a parser of Python's syntax that nothing there
#            parses with.
# Output     class: annotationlib ast   class, future: annotationlib ast   call: none   import only: none
# Needs      python3.14 and python3.15 on the PATH, or their paths in PYTHON314 and PYTHON315.
set -euo pipefail

python314=${PYTHON314:-python3.14}
python315=${PYTHON315:-python3.15}
for python in "$python314" "$python315"; do
    if ! "$python" -c '' 2>/dev/null; then
        echo "skipped: $python is not there"
        exit 77
    fi
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/class.py" <<'EOF'
from typing import NamedTuple
class Point(NamedTuple):
    x: int
EOF
{ echo "from __future__ import annotations"; cat "$room/class.py"; } > "$room/future.py"
cat > "$room/call.py" <<'EOF'
from typing import NamedTuple
Point = NamedTuple("Point", [("x", int)])
EOF
echo "from typing import NamedTuple" > "$room/import.py"
for program in class future call import; do
    cat >> "$room/$program.py" <<'EOF'
import sys
print(*[name for name in ("annotationlib", "ast") if name in sys.modules] or ["none"])
EOF
done

so=yes
see() { # interpreter, its version, program, what is expected
    if [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "$2" ]; then
        echo "skipped: $1 is not Python $2"
        exit 77
    fi
    local loaded
    loaded=$("$1" -I -S "$room/$3.py")
    echo "$("$1" -V), $3: $loaded"
    [ "$loaded" = "$4" ] || so=no
}
for one in "$python314 3.14" "$python315 3.15"; do
    see "${one% *}" "${one##* }" class "annotationlib ast"
    see "${one% *}" "${one##* }" future "annotationlib ast"
    see "${one% *}" "${one##* }" call none
    see "${one% *}" "${one##* }" import none
done
if [ $so = no ]; then
    echo "This is no longer so." >&2
    exit 1
fi
