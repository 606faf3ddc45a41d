#!/usr/bin/env bash
# PostgreSQL: statement_timeout = 1s does not end a statement that waits for a foreign server which has stopped.
#
# Version    PostgreSQL 15 and later with postgres_fdw (seen with 15.18 and 18.6).
# Behaviour  A transaction has used a foreign table, and the process that serves it on the other server then stops, as
#            it does when its machine hangs. The next statement on the foreign table fails with "canceling statement due
#            to statement timeout" only after the other server has gone on: the clean-up after the error asks it to
#            cancel its query and waits for the answer, and the timeout is off by then. 18 gives up 30 s later, 15 goes
#            on waiting (50 s were tried). No option of the foreign server shortens it: neither connect_timeout nor
#            "-c statement_timeout" in its options.
# So         a reader's program needs a patience of its own, and closes the connection without waiting.
# Output     allowed 1 s, after 5 s: active   then: canceling statement due to statement timeout
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

export PGHOST=$room PGUSER=administrator PGDATABASE=postgres
ask() {
    "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 "$@" 2>&1
}

ask <<EOF2
CREATE EXTENSION postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$room', dbname 'postgres');
CREATE USER MAPPING FOR administrator SERVER other OPTIONS (user 'administrator');
CREATE TABLE rows (word text);
CREATE FOREIGN TABLE t (word text) SERVER other OPTIONS (table_name 'rows');
EOF2

# The process that serves the foreign table, and what the session that waits for it is doing.
served="SELECT pid FROM pg_stat_activity WHERE application_name = 'postgres_fdw'"
doing="SELECT state FROM pg_stat_activity WHERE application_name = 'waits'"
PGAPPNAME=waits ask >said <<EOF2 &
SET statement_timeout = '1s';
BEGIN;
SELECT count(*) FROM t;
\\! kill -STOP \$($programs/psql -X -A -t -c "$served")
\\! touch '$room/stopped'
SELECT count(*) FROM t;
EOF2
waiting=$!
until [ -e stopped ]; do
    kill -0 "$waiting"
    sleep 0.1
done
sleep 5
after=$(ask -c "$doing")
kill -CONT $(ask -c "$served")
wait "$waiting" || true
error=$(grep -o 'canceling statement due to statement timeout' said || true)

echo "$("$programs/postgres" --version): allowed 1 s, after 5 s: $after   then: $error"
if [ "$after, $error" != "active, canceling statement due to statement timeout" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
