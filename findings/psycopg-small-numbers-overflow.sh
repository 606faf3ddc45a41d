#!/usr/bin/env bash
# psycopg 3.3.9: 20000 + 20000 as two parameters is out of range, and 40000 + 40000 is not.
#
# Version    psycopg 3.3.9 (psycopg[binary]), PostgreSQL 15 and later (seen with 15.18 and 18.6).
# Behaviour  A number in the text of a statement is an integer of four bytes at least, so that SELECT 20000 + 20000 is
#            40000. A number that is a parameter has the smallest type that holds it: up to 32767 that is smallint, and
#            a sum or product of two such has this type, too. The documentation names the types, and says that a small
#            one is harmless since PostgreSQL makes it larger where a larger one is asked for. Between two parameters
#            nothing asks. LIMIT 200 OFFSET 200 * 200, whose place takes a bigint, fails like that from page 164 on.
# So         numbers are added up in the program, or one of them is cast: %s::bigint * %s.
# Output     written: 40000   parameters: 20000 + 20000 smallint out of range, 40000 + 40000 = 80000
#            OFFSET 200 * 163: well   OFFSET 200 * 164: smallint out of range   cast: well
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
"$programs/postgres" --version
found=$("$room/venv/bin/python" - <<'END'
import psycopg

PAGE = "SELECT 1 LIMIT %s OFFSET %s * %s"

with psycopg.connect(autocommit=True) as session:

    def ask(statement: str, *numbers: int) -> str:
        try:
            row = session.execute(statement, numbers).fetchone()
        except psycopg.errors.NumericValueOutOfRange as error:
            return error.diag.message_primary
        return "well" if row is None else f"= {row[0]}"

    written = session.execute("SELECT 20000 + 20000").fetchone()[0]
    print(f"written: {written}   parameters: 20000 + 20000", ask("SELECT %s + %s", 20000, 20000), end=", ")
    print("40000 + 40000", ask("SELECT %s + %s", 40000, 40000))
    print("OFFSET 200 * 163:", ask(PAGE, 200, 200, 163), "  OFFSET 200 * 164:", ask(PAGE, 200, 200, 164), end="   ")
    print("cast:", ask(PAGE.replace("OFFSET %s", "OFFSET %s::bigint"), 200, 200, 164))
END
)
echo "$found"
wanted='written: 40000   parameters: 20000 + 20000 smallint out of range, 40000 + 40000 = 80000
OFFSET 200 * 163: well   OFFSET 200 * 164: smallint out of range   cast: well'
if [ "$found" != "$wanted" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
