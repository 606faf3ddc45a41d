#!/usr/bin/env bash
# psycopg: ROLLBACK has it give up every prepared statement of the session, although the server would keep them.
#
# Version    psycopg 3.3.9 (psycopg[binary]), PostgreSQL 15 and later (seen with 15.18).
# Behaviour  In PostgreSQL a prepared statement lives as long as its session, whatever becomes of a transaction. psycopg
#            sends DEALLOCATE ALL before the next statement that follows a ROLLBACK, and counts anew how often each has
#            been executed. A transaction that has only read, and is ended by ROLLBACK since there is nothing to commit,
#            so makes the server parse and plan each of them again; one that is ended by COMMIT does not. A rollback to
#            a savepoint has the same effect.
# So         a session of a program that reads ends its transactions by COMMIT.
# Output     prepared, after COMMIT: 1   after ROLLBACK: 0   after ROLLBACK TO SAVEPOINT: 0   psql, after ROLLBACK: 1
# Needs      Python with a network for pip; initdb, postgres, psql and pg_ctl (Debian: postgresql); as root also
#            setpriv and the user nobody.
set -euo pipefail

programs=$(pg_config --bindir 2>/dev/null || dirname "$(readlink -f "$(command -v postgres)")" 2>/dev/null || true)
for program in initdb postgres psql pg_ctl; do
    if [ ! -x "$programs/$program" ]; then
        echo "skipped: $program is not there"
        exit 77
    fi
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check 'psycopg[binary]==3.3.9'
as=()
mkdir "$room/server"
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
    chmod 711 "$room"
    chown nobody "$room/server"
fi
cd "$room/server"
trap '"${as[@]}" "$programs/pg_ctl" -D "$PWD/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$room"' EXIT
"${as[@]}" "$programs/initdb" -D data -U administrator --auth=trust --no-sync >/dev/null
"${as[@]}" "$programs/pg_ctl" -D data -w -l log \
    -o "-c listen_addresses='' -c unix_socket_directories='$PWD' -c fsync=off" start >/dev/null

export PGHOST=$PWD PGUSER=administrator PGDATABASE=postgres
kept=$("$programs/psql" -X -q -A -t -c "BEGIN; PREPARE p AS SELECT 1; ROLLBACK;" \
    -c "SELECT count(*) FROM pg_prepared_statements")
found=$("$room/venv/bin/python" - <<'EOF'
import psycopg


def count_prepared(*ends: str) -> int:
    """Return how many statements are prepared after a transaction that ends so."""
    with psycopg.connect(autocommit=True, prepare_threshold=0) as session:
        session.execute("BEGIN", prepare=False)
        session.execute("SELECT 1")
        for end in ends:
            session.execute(end, prepare=False)
        return session.execute("SELECT count(*) FROM pg_prepared_statements", prepare=False).fetchone()[0]


print("prepared, after COMMIT:", count_prepared("COMMIT"), end="   ")
print("after ROLLBACK:", count_prepared("ROLLBACK"), end="   ")
print("after ROLLBACK TO SAVEPOINT:", count_prepared("SAVEPOINT s", "ROLLBACK TO SAVEPOINT s", "COMMIT"))
EOF
)
found="$found   psql, after ROLLBACK: $kept"
echo "$found"
wanted='prepared, after COMMIT: 1   after ROLLBACK: 0   after ROLLBACK TO SAVEPOINT: 0   psql, after ROLLBACK: 1'
if [ "$found" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
