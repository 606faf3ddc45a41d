#!/usr/bin/env bash
# psycopg 3.3.9: with PGHOST set to an address, service=news connects to that address, not to the host of the service.
#
# Version    psycopg 3.3.9 (psycopg[binary]), and psql of PostgreSQL 15 and later (seen with 15.18, 30 November 2026).
# Behaviour  A service file says where a service is, and is stronger than the variables of the environment (PostgreSQL's
#            documentation, "The Connection Service File"). psql keeps to that, and so one expects it of psycopg, which
#            is built on the same libpq. But psycopg looks hosts up itself. It knows what it has been given and what is
#            in the environment; the service file is left to libpq (known as psycopg/psycopg#698, open). So it takes
#            PGHOST for the host, and passes the address of it on as hostaddr, which is stronger than any host in the
#            file: database and user are those of the service, and the server is another one. A folder in PGHOST, for a
#            socket, does no harm, as there is nothing to look up.
# So         host, hostaddr and port are given in the call, from PGconn.info of a connection that libpq has parsed; or
#            PGHOST is not set where services are used.
# Output     no PGHOST         psql asks 127.0.0.2   psycopg asks 127.0.0.2
#            PGHOST=127.0.0.1  psql asks 127.0.0.2   psycopg asks 127.0.0.1
#            PGHOST=/tmp       psql asks 127.0.0.2   psycopg asks 127.0.0.2
# Needs      python3 with venv, psql (Debian: postgresql-client), and 127.0.0.2, as on Linux.
set -euo pipefail

for program in python3 psql; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check 'psycopg[binary]==3.3.9'
for name in $(compgen -v PG || true); do
    unset "$name"
done
cd "$room"
"$room/venv/bin/python" - <<'EOF'
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psycopg

SERVICE = "127.0.0.2"
asked = []


def refuse(server: socket.socket) -> None:
    """Note where each client comes, and close the connection."""
    while True:
        client, _ = server.accept()
        asked.append(client.getsockname()[0])
        client.close()


def listen(host: str, port: int) -> int:
    """Have a server there that refuses all, and return its port."""
    server = socket.create_server((host, port))
    threading.Thread(target=refuse, args=(server,), daemon=True).start()
    return server.getsockname()[1]


port = listen(SERVICE, 0)
listen("127.0.0.1", port)
Path("services").write_text(f"[news]\nhost={SERVICE}\nport={port}\ndbname=news\nuser=reader\n")
os.environ["PGSERVICEFILE"] = "services"
lines = []
for host in ("", "127.0.0.1", "/tmp"):
    if host:
        os.environ["PGHOST"] = host
    asked.clear()
    subprocess.run(["psql", "-X", "-w", "service=news", "-c", ""], stderr=subprocess.DEVNULL)
    by_psql = set(asked)
    asked.clear()
    try:
        psycopg.connect("service=news")
    except psycopg.OperationalError:
        by_psycopg = set(asked)
    case = f"PGHOST={host}" if host else "no PGHOST"
    lines.append(f"{case:17} psql asks {' '.join(by_psql)}   psycopg asks {' '.join(by_psycopg)}")
print(*lines, sep="\n")
if lines != [
    "no PGHOST         psql asks 127.0.0.2   psycopg asks 127.0.0.2",
    "PGHOST=127.0.0.1  psql asks 127.0.0.2   psycopg asks 127.0.0.1",
    "PGHOST=/tmp       psql asks 127.0.0.2   psycopg asks 127.0.0.2",
]:
    sys.exit("This is no longer so.")
EOF
