#!/usr/bin/env bash
# PostgreSQL: a foreign partition that a plan calls "never executed" still has to be reachable, or the query fails.
#
# Version    PostgreSQL 15 and later with postgres_fdw (seen with 15.18 and 18.6).
# Behaviour  A table is partitioned by range: "high" is an ordinary partition, "low" a foreign table. "ORDER BY key DESC
#            LIMIT 1" is answered by the first row of "high", and EXPLAIN ANALYZE says of the scan of "low": never
#            executed. When the server of "low" is down, the query fails all the same: the executor connects to the
#            servers of all scans of a plan before it asks for the first row. Only a bound that takes "low" out of the
#            plan, such as "WHERE key >= 100", lets the query work.
# So         while a server of old years is away, a list of the newest rows needs a bound, a LIMIT is none.
# Output     never executed   ORDER BY … LIMIT: could not connect to server "other"   with a bound: 150
# Needs      initdb, postgres, psql and postgres_fdw (Debian: postgresql); as root also setpriv and the user nobody.
set -euo pipefail

programs=$(pg_config --bindir 2>/dev/null || dirname "$(readlink -f "$(command -v postgres)")" 2>/dev/null || true)
for program in initdb postgres psql pg_ctl; do
    if [ ! -x "$programs/$program" ]; then
        echo "skipped: $program is not there"
        exit 77
    fi
done

room=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
    chown nobody "$room"
fi
cd "$room"
trap '"${as[@]}" "$programs/pg_ctl" -D "$room/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$room"' EXIT
"${as[@]}" "$programs/initdb" -D "$room/data" -U administrator --auth=trust --no-sync >/dev/null
# It connects to itself, over its socket.
"${as[@]}" "$programs/pg_ctl" -D "$room/data" -w -l "$room/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$room' -c fsync=off" start >/dev/null

ask() {
    PGHOST=$room PGUSER=administrator PGDATABASE=postgres "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 2>&1
}

ask <<EOF2
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$room', dbname 'postgres');
CREATE USER MAPPING FOR administrator SERVER other OPTIONS (user 'administrator');
CREATE TABLE t (key integer) PARTITION BY RANGE (key);
CREATE TABLE rows_of_low (key integer PRIMARY KEY);
CREATE FOREIGN TABLE low PARTITION OF t FOR VALUES FROM (0) TO (100) SERVER other OPTIONS (table_name 'rows_of_low');
CREATE TABLE high PARTITION OF t (PRIMARY KEY (key)) FOR VALUES FROM (100) TO (200);
INSERT INTO t VALUES (50), (150);
EOF2
# The rows of "high" are taken from its index, not sorted.
newest="SET enable_sort = off; SELECT key FROM t ORDER BY key DESC LIMIT 1;"
plan=$(ask <<<"${newest/SELECT/EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT}")
said=$(grep 'Foreign Scan' <<<"$plan" | grep -o 'never executed' || true)
# As if the server were down: nobody listens on this socket.
ask <<<"ALTER SERVER other OPTIONS (ADD port '1');"
failed=$(ask <<<"$newest" | grep -o 'could not connect to server "other"' || true)
bound=$(ask <<<"${newest/FROM t/FROM t WHERE key >= 100}")

echo "$("$programs/postgres" --version): $said   ORDER BY … LIMIT: $failed   with a bound: $bound"
if [ "$said, $failed, $bound" != 'never executed, could not connect to server "other", 150' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
