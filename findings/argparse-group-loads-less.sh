#!/usr/bin/env bash
# Python 3.14: an argument added to a group loads less than one added to the parser; color=False changes nothing.
#
# Version    Python 3.14 (seen with 3.14.10) and Python 3.15 (seen with 3.15.2), their argparse module.
# Behaviour  argparse colours its help since 3.14, and no help is printed here. All the same, add_argument on the
#            parser makes a help formatter, to check the argument, and that loads _colorize, with it dataclasses and
#            inspect, before anything is parsed; it does so too where the parser was made with color=False. A group has
#            no formatter to make: the same argument added to a group of the same parser loads none of the three. 3.15
#            loads none in either case.
# So         a command that is to answer at once adds its arguments to groups until 3.14 is gone.
# Output     3.14  parser: _colorize, dataclasses, inspect   parser, color=False: the same   group: none
#            3.15  none in all three
# Needs      python3.14 and python3.15 on the PATH, or their paths in PYTHON314 and PYTHON315.
set -euo pipefail

python314=${PYTHON314:-python3.14}
python315=${PYTHON315:-python3.15}
for python in "$python314" "$python315"; do
    if ! "$python" -c '' 2>/dev/null; then
        echo "skipped: $python is not there"
        exit 77
    fi
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/loaded.py" <<'EOF'
import argparse
import sys

way = sys.argv[1]
parser = argparse.ArgumentParser(add_help=False, **({"color": False} if way == "colourless" else {}))
(parser.add_argument_group("paths") if way == "group" else parser).add_argument("--path")
parser.parse_args(["--path", "here"])
print(*[name for name in ("_colorize", "dataclasses", "inspect") if name in sys.modules] or ["none"])
EOF

so=yes
see() { # interpreter, its version, how the argument is added, what is expected
    if [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "$2" ]; then
        echo "skipped: $1 is not Python $2"
        exit 77
    fi
    local loaded
    loaded=$("$1" -I -S "$room/loaded.py" "$3")
    echo "$("$1" -V), $3: $loaded"
    [ "$loaded" = "$4" ] || so=no
}
see "$python314" 3.14 parser "_colorize dataclasses inspect"
see "$python314" 3.14 colourless "_colorize dataclasses inspect"
see "$python314" 3.14 group none
see "$python315" 3.15 parser none
see "$python315" 3.15 colourless none
see "$python315" 3.15 group none
if [ $so = no ]; then
    echo "This is no longer so." >&2
    exit 1
fi
