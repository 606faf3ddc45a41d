#!/usr/bin/env bash
# pyte 0.8.2 shows a letter "u" over the first word of whatever a Textual 8.2.8 program left on the screen.
#
# Version    pyte 0.8.2 (a terminal for tests) and Textual 8.2.8, both run here in a pseudo-terminal.
# Behaviour  As it ends, Textual takes back its request for the Kitty keyboard protocol: ESC [ < u, which draws nothing.
#            A terminal is expected to pass over a sequence it does not know. pyte knows "?" and ">"
#            at the head of one, and takes "<" for the sequence's end: it drops "ESC [ <" and writes the "u" at the
#            cursor. The request itself, ESC [ > 25 u, leaves no trace, so only a screen that is read after the end is
#            wrong.
# So         a test that reads the last screen through pyte must take such sequences out of the stream first; a letter
#            there is no fault of the program.
# Output     before the end: 'words'
#            after the end:  'uords'
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: pyte==0.8.2 wcwidth==0.9.4 textual==8.2.8 rich==15.0.0 \
    markdown-it-py==4.3.0 mdit-py-plugins==0.7.0 linkify-it-py==2.2.0 mdurl==0.1.2 platformdirs==4.14.8 \
    Pygments==2.21.0 typing_extensions==4.16.0

cat > "$room/program.py" <<'EOF'
from textual.app import App, ComposeResult
from textual.widgets import Label


class Program(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("words")

    def on_mount(self) -> None:
        self.set_timer(0.5, self.exit)


Program().run()
EOF

TERM=xterm-256color "$room/venv/bin/python" - "$room/program.py" <<'EOF'
import fcntl
import os
import pty
import struct
import sys
import termios
from importlib.metadata import version

import pyte

child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 4, 20, 0, 0))
    os.execv(sys.executable, [sys.executable, sys.argv[1]])
sent = b""
while True:
    try:
        some = os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has ended
        break
    if not some:
        break
    sent += some
os.waitpid(child, 0)

ENDING = b"\x1b[<u"
before, found, after = sent.partition(ENDING)


def first_row(stream: bytes) -> str:
    screen = pyte.Screen(20, 4)
    pyte.ByteStream(screen).feed(stream)
    return screen.display[0].rstrip()


seen = {"before the end": first_row(before), "after the end": first_row(sent), "without it": first_row(before + after)}
print(f"pyte {version('pyte')}, Textual {version('textual')}; sent at the end: {found!r}")
for name, row in seen.items():
    print(f"{name + ':':16} {row!r}")
so = version("pyte") == "0.8.2" and version("textual") == "8.2.8"
if not so or seen != {"before the end": "words", "after the end": "uords", "without it": "words"}:
    sys.exit("This is no longer so.")
EOF
