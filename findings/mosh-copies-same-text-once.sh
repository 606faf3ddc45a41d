#!/usr/bin/env bash
# mosh 1.4.0: a text that is copied a second time does not reach the clipboard, whatever has been copied there since.
#
# Version    mosh 1.4.0, as in Debian 12 and in Debian sid, both ends on one machine (seen 30 November 2026).
# Behaviour  A program copies by OSC 52, and mosh hands such a sequence on since 1.4.0. One expects that each of them
#            arrives. But what mosh carries is no stream: it is the state of the screen, of which the clipboard is a
#            part. The client writes OSC 52 only when its text differs from that of the last OSC 52. A quotation that is
#            copied, and copied again after something else was copied in a browser, is not sent; the browser's text is
#            still there, and the program has said that it copied. The bell is counted, so that each of two arrives.
# So         through mosh the same text is in the clipboard again only when the program has copied another in between,
#            long enough for the client to see it.
# Output     copied one: sent   one again: not sent   two: sent   one: sent
# Needs      mosh-server and mosh-client (Debian: mosh), and python3 or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
for program in mosh-server mosh-client "$python"; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/copies.sh" <<'EOF'
copy() { # letter that is shown behind the copy, text in base64
    printf '\033]52;c;%s\007%s' "$2" "$1"
    for _ in $(seq 300); do
        [ -e "$1" ] && return
        sleep 0.1
    done
}
cd "$(dirname "$0")"  # mosh-server starts programs in the home directory
sleep 1
copy α b25l
copy β b25l
copy γ dHdv
copy δ b25l
EOF
cd "$room"
export LC_ALL=C.UTF-8 TERM=xterm-256color
mosh-server --version | head -n 1
"$python" - <<'EOF'
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

LETTERS = "αβγδ"
server = ["mosh-server", "new", "-i", "127.0.0.1", "-p", "60600:60999", "--", "sh", os.path.abspath("copies.sh")]
started = subprocess.run(server, capture_output=True, text=True, timeout=20, check=True)
port, key = re.search(r"MOSH CONNECT (\d+) (\S+)", started.stdout).groups()
detached = int(re.search(r"pid = (\d+)", started.stderr)[1])
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.environ["MOSH_KEY"] = key
    os.execvp("mosh-client", ["mosh-client", "127.0.0.1", port])
sent = ""
waited = time.monotonic() + 60
while time.monotonic() < waited:
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        some = os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has ended
        break
    if not some:
        break
    sent += some.decode(errors="replace")
    for letter in LETTERS:
        if letter in sent:
            Path(letter).touch()
else:  # it took too long: the server has not ended by itself
    with suppress(ProcessLookupError):
        os.kill(detached, signal.SIGTERM)
os.close(terminal)
os.waitpid(child, 0)

seen = []
for letter in LETTERS:
    before, _, sent = sent.partition(letter)
    seen.append(re.findall(r"\x1b\]52;c;([^\x07]*)\x07", before))
for what, copies in zip(("one", "one again", "two", "one"), seen, strict=True):
    print(f"copied {what}: {'sent' if copies else 'not sent'}")
if seen != [["b25l"], [], ["dHdv"], ["b25l"]]:
    sys.exit("This is no longer so.")
EOF
