#!/usr/bin/env bash
# tmux 3.8: capture-pane prints a tab where the screen has seven blanks, so that a letter is not at its column.
#
# Version    tmux 3.8 with its own settings. (3.3a prints blanks.)
# Behaviour  A terminal has cells, and a tab only moves its cursor. What capture-pane prints was one character for each
#            cell, and the manual still says no more than that it captures the contents of a pane. Now tmux remembers
#            that the cells were passed by a tab, and prints the tab, with -C, too. A column that is counted in the
#            captured line is then too small. Cells that were passed by moving the cursor are printed as blanks.
# So         a test that looks for a text at a column of a captured screen expands tabs first.
# Output     tab                a, tab, b at 2        expanded: b at 9
#            cursor movement    a, 7 blanks, b at 9
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
"$tmux" -L finding -f /dev/null new-session -d -x 40 -y 5 \
    "printf 'a\\tb\\r\\na\\033[2;9Hb'; touch '$room/written'; sleep 60"
for _ in $(seq 100); do
    [ -e "$room/written" ] && break
    sleep 0.1
done
for _ in $(seq 100); do
    "$tmux" -L finding capture-pane -p > "$room/captured"
    [ "$(grep -c b "$room/captured")" = 2 ] && break
    sleep 0.1
done
"$tmux" -V
sed 's/\t/<tab>/g' "$room/captured" | head -n 2
echo "expanded:"
head -n 2 "$room/captured" | expand
if [ "$(head -n 2 "$room/captured")" != "$(printf 'a\tb\na       b')" ] ||
    [ "$(head -n 1 "$room/captured" | expand)" != "a       b" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
