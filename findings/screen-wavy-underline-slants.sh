#!/usr/bin/env bash
# GNU screen 4.9 and 5.0.2: a wavy underline comes out as a plain one in italics, and its end takes bold away, too.
#
# Version    GNU screen 4.9.0 (Debian 12) and 5.0.2 (Debian sid) with their own settings, and pyte 0.8.2 of PyPI as the
#            terminal around them (seen 30 November 2026).
# Behaviour  Terminals that know kinds of underlines take ESC [ 4:3 m for a wavy one and ESC [ 4:0 m for none. In the
#            standard (ITU-T T.416) a colon parts what belongs to one parameter, so that one expects of a terminal that
#            does not know the kinds that it underlines, or that it passes over the whole. screen takes the colon for a
#            semicolon: 3 is italics (drawn reversed by 4.9), 0 is the end of all attributes. An underline's colour,
#            58:5:9, makes text blink. What screen writes to the terminal around it is then plain and well formed.
# So         underlines are switched by 4 and 24 alone, and no meaning is told by their kind.
# Output     4:3 italics or reverse, underscore   1;4 bold, underscore   1;4 and then 4:0 none   58:5:9 blink
# Needs      screen on the PATH, or its path in SCREEN, and python3 with venv.
set -euo pipefail

screen=${SCREEN:-screen}
command -v "$screen" >/dev/null || { echo "skipped: $screen is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: pyte==0.8.2 wcwidth==0.9.4
mkdir -m 700 "$room/sockets"
cat > "$room/letters.sh" <<'EOF'
printf '\033[4:3mA\033[0m\033[1;4mB\033[4:0mC\033[0m\033[58:5:9mD\033[0mE\n'
sleep 1
EOF
unset STY
export LC_ALL=C.UTF-8 TERM=xterm-256color SCREENDIR="$room/sockets"
"$screen" --version || true
"$room/venv/bin/python" - "$screen" "$room/letters.sh" <<'EOF'
import fcntl
import os
import pty
import struct
import sys
import termios

import pyte

child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 5, 80, 0, 0))
    os.execvp(sys.argv[1], [sys.argv[1], "-c", "/dev/null", "-S", "finding", "sh", sys.argv[2]])
pyte_screen = pyte.Screen(80, 5)
stream = pyte.ByteStream(pyte_screen)
seen: dict[str, set[str]] = {}
while True:
    try:
        some = os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has ended
        break
    if not some:
        break
    for one in some:
        stream.feed(bytes([one]))
        for row in range(5):
            cells = [pyte_screen.buffer[row][column] for column in range(5)]
            if "".join(cell.data for cell in cells) == "ABCDE":
                names = ("bold", "italics", "underscore", "blink", "reverse")
                seen = {cell.data: {name for name in names if getattr(cell, name)} for cell in cells}
os.waitpid(child, 0)

for letter, sent in zip("ABCDE", ("4:3", "1;4", "1;4 and then 4:0", "58:5:9", "0"), strict=True):
    print(f"{sent:18}{', '.join(sorted(seen.get(letter, {'not drawn'}))) or 'none'}")
slanted = seen.get("A") in ({"italics", "underscore"}, {"reverse", "underscore"})
if not slanted or [seen[letter] for letter in "BCDE"] != [{"bold", "underscore"}, set(), {"blink"}, set()]:
    sys.exit("This is no longer so.")
EOF
