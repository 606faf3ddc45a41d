#!/usr/bin/env bash
# tmux 3.8: the sign that asks for an emoji picture (U+FE0F) makes any character two columns wide, a plain letter too.
#
# Version    tmux 3.8 with its own settings, and Rich 15.0.0 to measure the same text.
# Behaviour  U+FE0F after a heart asks for the heart's picture, two columns wide. Unicode lists the characters that
#            have such a picture; after another one the sign means nothing. Rich goes by the list. tmux, whose option
#            variation-selector-always-wide is on, gives two columns to whatever stands before the sign, so that a
#            letter with a stray one pushes all that follows on its row to the right.
# So         a program that writes a row once and trusts its own count leaves the row one column off in tmux; to take
#            the sign out where no picture is listed keeps the two in step.
# Output     heart           tmux 1, Rich 1
#            heart, U+FE0F   tmux 2, Rich 2
#            letter, U+FE0F  tmux 2, Rich 1
# Needs      tmux 3.8 on the PATH, or its path in TMUX38.
set -euo pipefail

tmux=${TMUX38:-tmux}
if [ "$("$tmux" -V 2>/dev/null)" != "tmux 3.8" ]; then
    echo "skipped: $tmux is not tmux 3.8"
    exit 77
fi

room=$(mktemp -d)
unset TMUX TMUX_PANE
export TMUX_TMPDIR=$room LC_ALL=C.UTF-8
trap '"$tmux" -L finding kill-server 2>/dev/null || true; rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: rich==15.0.0 \
    markdown-it-py==4.3.0 mdurl==0.1.2 Pygments==2.21.0

cat > "$room/widths.py" <<'EOF'
import os
import re
import sys
import termios
import tty
from importlib.metadata import version

from rich.cells import cell_len

TEXTS = {"heart": "\u2764", "heart, U+FE0F": "\u2764\ufe0f", "letter, U+FE0F": "a\ufe0f"}


def column() -> int:
    """Where the terminal says its cursor is, counted from 0."""
    os.write(1, b"\x1b[6n")
    answer = b""
    while not answer.endswith(b"R"):
        answer += os.read(0, 1)
    return int(re.search(rb";(\d+)R", answer)[1]) - 1


before = termios.tcgetattr(0)
tty.setraw(0)
try:
    lines = [f"Rich {version('rich')}"]
    for name, text in TEXTS.items():
        os.write(1, b"\r" + text.encode())
        lines.append(f"{name}: tmux {column()}, Rich {cell_len(text)}")
finally:
    termios.tcsetattr(0, termios.TCSANOW, before)
with open(sys.argv[1] + ".part", "w") as file:
    print(*lines, sep="\n", file=file)
os.rename(sys.argv[1] + ".part", sys.argv[1])
EOF

"$tmux" -L finding -f /dev/null new-session -d -x 40 -y 5 \
    "env -u UNICODE_VERSION '$room/venv/bin/python' '$room/widths.py' '$room/seen'"
for _ in $(seq 100); do
    [ -e "$room/seen" ] && break
    sleep 0.1
done
"$tmux" -V
cat "$room/seen"
if [ "$(cat "$room/seen")" != "Rich 15.0.0
heart: tmux 1, Rich 1
heart, U+FE0F: tmux 2, Rich 2
letter, U+FE0F: tmux 2, Rich 1" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
