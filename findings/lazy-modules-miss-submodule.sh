#!/usr/bin/env bash
# Python 3.15: the name of a submodule in __lazy_modules__ leaves "from package import submodule" as eager as before.
#
# Version    Python 3.15 (seen with 3.15.2).
# Behaviour  A module that lists names of modules in __lazy_modules__ makes its own import statements of these lazy, and
#            older Pythons pass over the list. What counts is the name in the statement, not what the statement loads:
#            with "xml.dom" in the list, "import xml.dom" and "from xml.dom import Node" are lazy, and "from xml import
#            dom" loads xml.dom at once. That one is lazy with "xml" in the list, and then "import xml.dom" is not. The
#            keyword of 3.15, lazy from xml import dom, has no such trap.
# So         a list is checked by what is loaded at the start of the program, not by reading it.
# Output     list       import xml.dom   from xml.dom import Node   from xml import dom
#            xml.dom    lazy             lazy                       loaded
#            xml        loaded           loaded                     lazy
# Needs      python3.15 on the PATH, or its path in PYTHON315.
set -euo pipefail

python315=${PYTHON315:-python3.15}
if [ "$("$python315" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" != 3.15 ]; then
    echo "skipped: $python315 is not Python 3.15"
    exit 77
fi

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
see() { # name in the list, statement
    printf '%s\n' "__lazy_modules__ = ['$1']" "$2" "import sys" \
        "print('loaded' if 'xml.dom' in sys.modules else 'lazy')" > "$room/program.py"
    "$python315" -I -S "$room/program.py"
}
seen=$(for name in xml.dom xml; do
    echo "$name:" "$(see $name 'import xml.dom')" "$(see $name 'from xml.dom import Node')" \
        "$(see $name 'from xml import dom')"
done)
"$python315" -V
echo "$seen"
if [ "$seen" != "xml.dom: lazy lazy loaded
xml: loaded loaded lazy" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
