#!/usr/bin/env bash
# PostgreSQL: in a database with the locale C, a quotation mark is a letter: "ferry" is not found in “ferry”.
#
# Version    PostgreSQL 15 and later (seen with 15.18 and 18.6), a database in UTF-8.
# Behaviour  The documentation says that the locale (LC_CTYPE) decides what is a letter to to_tsvector. The locale C
#            knows ASCII alone, so one expects that it takes an é for no letter. It is the other way round: everything
#            beyond ASCII is one. Curly quotation marks and dashes become part of the words beside them, and a dash
#            between blanks is a word of its own. A cluster made with "--no-locale -E UTF8", for the speed of C, is so.
#            A provider of collations that knows better (ICU) does not help while LC_CTYPE is C: lower() then knows all
#            letters, and to_tsvector takes the marks for letters still.
# So         whoever lets the server find the words of an article looks at LC_CTYPE first; dossier finds them itself.
# Output     C.UTF-8  'ferry':2 'late':4 'the':1 'was':3           found: true    lower É: é
#            C        'late…':5 'the':1 'was':3 '—':4 '“ferry”':2   found: false   lower É: É
#            C, ICU   'late…':5 'the':1 'was':3 '—':4 '“ferry”':2   found: false   lower É: é
# Needs      initdb, postgres, psql and pg_ctl (Debian: postgresql), with ICU, and the locale C.UTF-8; as root also
#            setpriv and the user nobody.
set -euo pipefail

programs=$(pg_config --bindir 2>/dev/null || dirname "$(readlink -f "$(command -v postgres)")" 2>/dev/null || true)
for program in initdb postgres psql pg_ctl; do
    if [ ! -x "$programs/$program" ]; then
        echo "skipped: $program is not there"
        exit 77
    fi
done
if ! locale -a | grep -qix 'c\.utf-\?8'; then
    echo "skipped: the locale C.UTF-8 is not there"
    exit 77
fi

room=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
    chown nobody "$room"
fi
cd "$room"
trap '"${as[@]}" "$programs/pg_ctl" -D "$room/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$room"' EXIT
"${as[@]}" "$programs/initdb" -D "$room/data" -U administrator --auth=trust --no-sync --no-locale -E UTF8 >/dev/null
"${as[@]}" "$programs/pg_ctl" -D "$room/data" -w -l "$room/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$room' -c fsync=off" start >/dev/null

export PGHOST=$room PGUSER=administrator PGCLIENTENCODING=UTF8
ask() { # database
    "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$1"
}
ask postgres <<'END'
CREATE DATABASE wide TEMPLATE template0 LC_CTYPE 'C.UTF-8';
CREATE DATABASE plain TEMPLATE template0 LC_CTYPE 'C';
CREATE DATABASE icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LC_CTYPE 'C';
END
seen=$(for database in wide plain icu; do
    echo "$database $(ask "$database" <<'END'
SELECT words::text || '   found: ' || (words @@ 'ferry'::tsquery)::text || '   lower É: ' || lower('É')
FROM to_tsvector('simple', 'the “ferry” was — late…') words;
END
    )"
done)
"$programs/postgres" --version
echo "$seen"
letters="'late…':5 'the':1 'was':3 '—':4 '“ferry”':2"
if [ "$seen" != "wide 'ferry':2 'late':4 'the':1 'was':3   found: true   lower É: é
plain $letters   found: false   lower É: É
icu $letters   found: false   lower É: é" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
