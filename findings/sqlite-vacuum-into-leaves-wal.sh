#!/usr/bin/env bash
# SQLite: a copy made by VACUUM INTO is no longer in WAL mode; what reads it keeps others from writing.
#
# Version    SQLite 3.40 and later (seen with 3.40.1 and 3.53.4), through the sqlite3 module of Python.
# Behaviour  WAL mode is kept in the file, and VACUUM keeps it, as it keeps user_version and auto_vacuum. VACUUM INTO,
#            which is said to do the same into a new file, keeps the other two and not WAL: the copy has a rollback
#            journal, without a word. Connection.backup copies page by page, and so keeps WAL. In the copy of VACUUM
#            INTO a reader in the middle of a transaction makes the commit of a writer fail.
# So         a copy that is to be read while it is written is put into WAL mode again. One that lies on a medium that
#            cannot be written is the other way round: there WAL is in the way.
# Output     original     wal     user_version 7  auto_vacuum 2  read and written at once: yes
#            VACUUM       wal     user_version 7  auto_vacuum 2  read and written at once: yes
#            backup       wal     user_version 7  auto_vacuum 2  read and written at once: yes
#            VACUUM INTO  delete  user_version 7  auto_vacuum 2  read and written at once: database is locked
# Needs      python3, or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
if ! "$python" -c 'import sqlite3, sys; sys.exit(sqlite3.sqlite_version_info < (3, 40))' 2>/dev/null; then
    echo "skipped: $python with SQLite 3.40 or later is not there"
    exit 77
fi

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/copies.py" <<'END'
import sqlite3
from contextlib import closing


def ask(path: str, statement: str, *parameters: str) -> object:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return (connection.execute(statement, parameters).fetchone() or [None])[0]


def write_beside_reader(path: str) -> str:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader, closing(
        sqlite3.connect(path, isolation_level=None, timeout=0)
    ) as writer:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM articles").fetchall()
        try:
            writer.execute("INSERT INTO articles VALUES (2)")
        except sqlite3.OperationalError as error:
            return str(error)
        return "yes"


def make(path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA auto_vacuum = incremental; PRAGMA journal_mode = wal; PRAGMA user_version = 7;"
            "CREATE TABLE articles (number); INSERT INTO articles VALUES (1);"
        )


make("original")
make("VACUUM")
ask("VACUUM", "VACUUM")
with closing(sqlite3.connect("original")) as source, closing(sqlite3.connect("backup")) as target:
    source.backup(target)
ask("original", "VACUUM INTO ?", "VACUUM INTO")
for name in ("original", "VACUUM", "backup", "VACUUM INTO"):
    kept = [ask(name, f"PRAGMA {setting}") for setting in ("journal_mode", "user_version", "auto_vacuum")]
    print("{:12} {:7} user_version {}  auto_vacuum {}  ".format(name, *kept), end="")
    print("read and written at once:", write_beside_reader(name))
END
cd "$room"
seen=$("$python" copies.py)
echo "SQLite $("$python" -c 'import sqlite3; print(sqlite3.sqlite_version)')"
echo "$seen"
kept="user_version 7  auto_vacuum 2  read and written at once:"
if [ "$seen" != "original     wal     $kept yes
VACUUM       wal     $kept yes
backup       wal     $kept yes
VACUUM INTO  delete  $kept database is locked" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
