#!/usr/bin/env bash
# mosh 1.4.0: of a text of 20,000 bytes that is copied the first 12,284 reach the clipboard, in well-formed OSC 52.
#
# Version    mosh 1.4.0, as in Debian 12 and in Debian sid, both ends on one machine (seen 30 November 2026).
# Behaviour  A program copies by OSC 52, and mosh hands such a sequence on since 1.4.0. A terminal that takes no more
#            than so many bytes passes over a longer sequence, or prints the rest of it, so that one sees at once that
#            the copy has failed. mosh-server keeps the first 16,384 characters of any OSC, and goes on to its end. What
#            mosh-client writes is whole, with the right beginning and end, and base64 of the beginning of the text. So
#            the clipboard has a text that stops in the middle of a sentence, and neither the program nor the terminal
#            has a reason to complain.
# So         what is longer than 12,282 bytes is not copied through mosh, but written into a file.
# Output     copied 12282: 12282 arrived   12285: 12284   700: 700   20000: 12284
# Needs      mosh-server and mosh-client (Debian: mosh), and python3 or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
for program in mosh-server mosh-client "$python"; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/copies.sh" <<'EOF'
copy() { # letter that is shown behind the copy, bytes
    printf '\033]52;c;%s\007%s' "$(head -c "$2" /dev/zero | tr '\0' a | base64 -w0)" "$1"
    for _ in $(seq 300); do
        [ -e "$1" ] && return
        sleep 0.1
    done
}
cd "$(dirname "$0")"  # mosh-server starts programs in the home directory
sleep 1
copy α 12282
copy β 12285
copy γ 700
copy δ 20000
EOF
cd "$room"
export LC_ALL=C.UTF-8 TERM=xterm-256color
mosh-server --version | head -n 1
"$python" - <<'EOF'
import base64
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

COPIED = {"α": 12282, "β": 12285, "γ": 700, "δ": 20000}
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
    for letter in COPIED:
        if letter in sent:
            Path(letter).touch()
else:  # it took too long: the server has not ended by itself
    with suppress(ProcessLookupError):
        os.kill(detached, signal.SIGTERM)
os.close(terminal)
os.waitpid(child, 0)

arrived = []
for letter in COPIED:
    before, _, sent = sent.partition(letter)
    texts = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/]*=*)\x07", before)
    # Of four characters, three, or two, may be left at the end, which are two bytes, or one.
    arrived.append([base64.b64decode(text + "=" * (-len(text) % 4)) for text in texts])
for copied, texts in zip(COPIED.values(), arrived, strict=True):
    print(f"copied {copied}: {' '.join(str(len(text)) for text in texts) or 'nothing'} arrived")
if arrived != [[b"a" * 12282], [b"a" * 12284], [b"a" * 700], [b"a" * 12284]]:
    sys.exit("This is no longer so.")
EOF
