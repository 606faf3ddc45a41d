#!/usr/bin/env bash
# Python 3.12 and later: a connection of sqlite3 is closed before the generator that holds it leaves its "with".
#
# Version    Python 3.12 (seen with 3.12.1, 3.13.0, 3.14.10 and 3.15.2); 3.11 (seen with 3.11.7) does not.
# Behaviour  A generator that waits in the middle of a "with" is abandoned, and is part of a reference cycle. The
#            garbage collector finalizes everything of the cycle: the connection, which its finalizer closes, and the
#            generator, whose "with" is then left. What __exit__ gets hold of is a closed connection.
# So         a pool whose connections come back in __exit__ lends a closed one to the next who asks, once in a while,
#            unless it keeps what is lent within reach. On 3.11 the connection came back open.
# Output     3.11: (3,)   3.12: Cannot operate on a closed database.
# Needs      python3.11 and python3.12 on the PATH, or their paths in PYTHON311 and PYTHON312 (any later version will
#            do).
set -euo pipefail

python311=${PYTHON311:-python3.11}
python312=${PYTHON312:-python3.12}
for python in "$python311" "$python312"; do
    if ! "$python" -c '' 2>/dev/null; then
        echo "skipped: $python is not there"
        exit 77
    fi
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/pool.py" <<'EOF'
import gc
import sqlite3

returned = []


class Loan:
    def __enter__(self):
        self.connection = sqlite3.connect(":memory:")
        return self.connection

    def __exit__(self, *error):
        returned.append(self.connection)


def rows():
    with Loan() as connection:
        yield from connection.execute("VALUES (1), (2)")


class Node:
    pass


node = Node()
node.itself, node.rows = node, rows()
next(node.rows)
del node
gc.collect()
try:
    print(returned[0].execute("VALUES (3)").fetchone())
except sqlite3.ProgrammingError as error:
    print(error)
EOF

so=yes
see() { # interpreter, what is expected
    local seen
    seen=$("$1" -I "$room/pool.py")
    echo "$("$1" -V): $seen"
    [ "$seen" = "$2" ] || so=no
}
see "$python311" "(3,)"
see "$python312" "Cannot operate on a closed database."
if [ $so = no ]; then
    echo "This is no longer so." >&2
    exit 1
fi
