#!/usr/bin/env bash
# Python 3.11 to 3.15: a missing UTF-8 locale counts as UTF-8 where LANG names it, and as ASCII where LC_ALL does.
#
# Version    Python 3.11 to 3.15 on Linux with the GNU C library (seen with 3.11.7, 3.12.1, 3.13.0, 3.14.10, 3.15.2).
# Behaviour  xx_XX.UTF-8 is the name of no locale, so the C library falls back to C. Where LANG or LC_CTYPE has the
#            name, Python puts C.UTF-8 in its place, and even into os.environ, for its children. Where LC_ALL has it,
#            Python changes nothing, since C.UTF-8 could not win against it: locale.getencoding() is then
#            ANSI_X3.4-1968, which is ASCII. sys.stdout.encoding is utf-8 all the same, and sys.flags.utf8_mode is 1,
#            so the two disagree.
# So         a program that asks the locale whether the screen can show more than ASCII, and one that asks sys.stdout,
#            decide differently for a person who comes through ssh with LC_ALL of another machine.
# Output     LANG      getencoding UTF-8           stdout utf-8  LC_CTYPE then C.UTF-8
#            LC_CTYPE  getencoding UTF-8           stdout utf-8  LC_CTYPE then C.UTF-8
#            LC_ALL    getencoding ANSI_X3.4-1968  stdout utf-8  LC_CTYPE then None
# Needs      python3, 3.11 or newer, or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
if ! "$python" -c 'import platform, sys
sys.exit(sys.version_info < (3, 11) or platform.libc_ver()[0] != "glibc")'; then
    echo "skipped: $python is not Python 3.11 or newer on Linux with the GNU C library"
    exit 77
fi
python=$("$python" -c 'import sys; print(sys.executable)')  # itself, not a shell script that starts it
echo "$("$python" -V), $("$python" -c 'import platform; print(*platform.libc_ver())')"

so=yes
see() { # variable, what is expected
    local told
    told=$(env -u LANG -u LC_ALL -u LC_CTYPE -u PYTHONUTF8 -u PYTHONIOENCODING -u PYTHONCOERCECLOCALE "$1=xx_XX.UTF-8" \
        "$python" -c 'import locale, os, sys
print("getencoding", locale.getencoding(), "stdout", sys.stdout.encoding, "LC_CTYPE then", os.environ.get("LC_CTYPE"))')
    echo "$1=xx_XX.UTF-8: $told"
    [ "$told" = "$2" ] || so=no
}
see LANG "getencoding UTF-8 stdout utf-8 LC_CTYPE then C.UTF-8"
see LC_CTYPE "getencoding UTF-8 stdout utf-8 LC_CTYPE then C.UTF-8"
see LC_ALL "getencoding ANSI_X3.4-1968 stdout utf-8 LC_CTYPE then None"
if [ $so = no ]; then
    echo "This is no longer so." >&2
    exit 1
fi
