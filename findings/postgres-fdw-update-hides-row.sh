#!/usr/bin/env bash
# PostgreSQL: an UPDATE of the partition key leaves a row in its foreign partition, where no query by that key finds it.
#
# Version    PostgreSQL 15 and later with postgres_fdw (seen with 15.18 and 18.6).
# Behaviour  A table is partitioned by range, one partition is a foreign table. "UPDATE t SET key = 150 WHERE key = 50"
#            moves a row from an ordinary partition to another one, also to a foreign one. From a foreign partition it
#            says "UPDATE 1", and the row stays where it is, with the new key. "WHERE key = 150" looks in the other
#            partition alone; a query without the key, and count(*), still find the row. The documentation says that
#            such a row "cannot be moved"; one would expect an error, as an INSERT into a wrong partition gives.
# So         the key of a table that may have foreign partitions is not updated: the row is deleted and inserted.
# Output     UPDATE 1   by key: 0   by value: 150 lies in low
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

seen=$(PGHOST=$room PGUSER=administrator PGDATABASE=postgres "$programs/psql" -X -A -t -v ON_ERROR_STOP=1 <<EOF2
\\set QUIET on
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$room', dbname 'postgres');
CREATE USER MAPPING FOR administrator SERVER other OPTIONS (user 'administrator');
CREATE TABLE t (key integer, word text) PARTITION BY RANGE (key);
CREATE TABLE rows_of_low (key integer, word text);
CREATE FOREIGN TABLE low PARTITION OF t FOR VALUES FROM (0) TO (100) SERVER other OPTIONS (table_name 'rows_of_low');
CREATE TABLE high PARTITION OF t FOR VALUES FROM (100) TO (200);
INSERT INTO t VALUES (50, 'ferry');
\\set QUIET off
UPDATE t SET key = 150 WHERE key = 50;
SELECT 'by key: ' || count(*) FROM t WHERE key = 150;
SELECT 'by value: ' || key || ' lies in ' || tableoid::regclass FROM t WHERE word = 'ferry';
EOF2
)
echo "$("$programs/postgres" --version): $(echo "$seen" | paste -sd ' ')"
if [ "$(echo "$seen" | paste -sd ' ')" != "UPDATE 1 by key: 0 by value: 150 lies in low" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
