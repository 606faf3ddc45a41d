#!/usr/bin/env bash
# pandas 3.1.1: in capitals, Straße and STRASSE are the same street; once pyarrow is installed, they are two.
#
# Version    pandas 3.1.1 and pyarrow 26.0.1 of PyPI (seen with Python 3.11.7, 30 November 2026).
# Behaviour  Since 3.0 a column of texts has the type str. pyarrow is optional; it is said to hold such a column in less
#            memory and to be faster, so that one expects the same texts from both. str.upper is then that of pyarrow,
#            which changes each code point into one other: ß becomes the rare capital ẞ, the ligature ﬁ stays small.
#            str.lower ends a Greek word with the sigma for the middle of words, and "½" is a digit to str.isdigit. A
#            column of the type object keeps to Python, and so does str.casefold, whatever is installed.
# So         names are compared by str.casefold; what depends on upper or lower is done on objects.
# Output     without pyarrow  STRASSE STRASSE 1 street   FINDEN   σοφος   ½ False   casefold strasse
#            with pyarrow     STRAẞE STRASSE 2 streets   ﬁNDEN   σοφοσ   ½ True   casefold strasse
# Needs      python3 with venv.
set -euo pipefail

python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "skipped: python3 with venv is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1
cat > "$room/capitals.py" <<'END'
import importlib.util

import pandas

streets = pandas.Series(["Straße", "STRASSE"])
assert streets.dtype == "str"
capitals = streets.str.upper()
number = capitals.nunique()
print(
    "with pyarrow    " if importlib.util.find_spec("pyarrow") else "without pyarrow ",
    *capitals,
    f"{number} street{'' if number == 1 else 's'}  ",
    f"{pandas.Series(['ﬁnden']).str.upper()[0]}  ",
    f"{pandas.Series(['ΣΟΦΟΣ']).str.lower()[0]}  ",
    f"½ {pandas.Series(['½']).str.isdigit()[0]}  ",
    f"casefold {streets.str.casefold()[0]}",
)
END
seen=$("$room/venv/bin/python" "$room/capitals.py")
"$room/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1
seen+=$'\n'$("$room/venv/bin/python" "$room/capitals.py")
echo "$seen"
if [ "$seen" != 'without pyarrow  STRASSE STRASSE 1 street   FINDEN   σοφος   ½ False   casefold strasse
with pyarrow     STRAẞE STRASSE 2 streets   ﬁNDEN   σοφοσ   ½ True   casefold strasse' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
