#!/usr/bin/env bash
# PostgreSQL: a word without a position is found whatever weight is asked for; ts_filter finds no weight in it at all.
#
# Version    PostgreSQL 15 and later (seen with 15.18 and 18.6).
# Behaviour  A weight from A to D belongs to a position of a word; a position without a letter has D. The documentation
#            says that 'ferry:A' in a query matches the word only with the weight A, and that strip() takes positions
#            and weights away. A word without them is then found by 'ferry:A', and by B, C and D as well, with an index
#            or without. ts_filter(…, '{a,b,c,d}') drops the same word, and ts_rank counts it as one with D.
# So         where a vector holds words with weights beside words without positions, a query for a weight finds too
#            much: all words get a position, or the weight is written into the word.
# Output     ferry:1A found by A   ferry:1 by D   ferry by A B C D
#            ts_filter keeps 'quay':1   ts_rank as A 0.00 as D 0.61
# Needs      initdb, postgres, psql and pg_ctl (Debian: postgresql); as root also setpriv and the user nobody.
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
"${as[@]}" "$programs/pg_ctl" -D "$room/data" -w -l "$room/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$room' -c fsync=off" start >/dev/null

seen=$(PGHOST=$room PGUSER=administrator PGDATABASE=postgres "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 <<'END'
CREATE TABLE texts (number integer, vector tsvector);
INSERT INTO texts VALUES (1, 'ferry:1A'), (2, 'ferry:1'), (3, strip('ferry:1A'));
CREATE INDEX ON texts USING gin (vector);
CREATE FUNCTION found_by(wanted integer) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(letter, ' ' ORDER BY letter) FROM texts, unnest('{A,B,C,D}'::text[]) letter
    WHERE number = wanted AND vector @@ ('ferry:' || letter)::tsquery
$$;
SET enable_seqscan = off;
SELECT 'ferry:1A found by ' || found_by(1) || '   ferry:1 by ' || found_by(2) || '   ferry by ' || found_by(3);
SET enable_seqscan = on;
SET enable_bitmapscan = off;
SELECT 'ferry:1A found by ' || found_by(1) || '   ferry:1 by ' || found_by(2) || '   ferry by ' || found_by(3);
SELECT 'ts_filter keeps ' || ts_filter('ferry quay:1', '{a,b,c,d}')::text;
-- The four numbers are what D, C, B and A count.
SELECT 'ts_rank as A ' || round(ts_rank('{0,0,0,1}', 'ferry'::tsvector, 'ferry')::numeric, 2)
    || ' as D ' || round(ts_rank('{1,0,0,0}', 'ferry'::tsvector, 'ferry')::numeric, 2);
END
)
echo "$("$programs/postgres" --version): $(echo "$seen" | tail -n +2 | paste -sd '#' | sed 's/#/   /g')"
found='ferry:1A found by A   ferry:1 by D   ferry by A B C D'
if [ "$seen" != "$found
$found
ts_filter keeps 'quay':1
ts_rank as A 0.00 as D 0.61" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
