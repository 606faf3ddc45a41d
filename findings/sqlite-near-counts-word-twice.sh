#!/usr/bin/env bash
# SQLite, FTS5: NEAR(ferry ferry, 5) finds a text in which the word ferry stands once.
#
# Version    SQLite 3.40 and later (seen with 3.40.1, 3.53.4 and 3.54.1), FTS5 with unicode61, its usual tokenizer.
# Behaviour  NEAR asks for several phrases with no more than so many tokens between the first and the last of them. Of
#            two words that are the same one expects that they are two in the text as well, as with the phrase "ferry
#            ferry", which a single ferry does not answer. NEAR counts one place for both, so that it asks for nothing
#            but the word, however large or small the distance. So it does with a phrase of which the other is a part,
#            and with the beginning of a word.
# So         whoever looks for a repetition by NEAR, such as "resign" within ten words of "resign", looks at the texts
#            again; and behind NOT such a NEAR is not used, since texts would be missing.
# Output     text                 phrase  NEAR 5  NEAR 0  NEAR("late ferry" ferry)  NEAR(fer* ferry)  NOT NEAR 5
#            the late ferry       no      yes     yes     yes                       yes               no
#            ferry after ferry    no      yes     yes     no                        yes               no
#            ferry ferry          yes     yes     yes     no                        yes               no
#            the late boat        no      no      no      no                        no                yes
# Needs      python3, or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
if ! "$python" -c 'import sqlite3, sys
sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(text)")
sys.exit(sqlite3.sqlite_version_info < (3, 40))' 2>/dev/null; then
    echo "skipped: $python with SQLite 3.40 or later and FTS5 is not there"
    exit 77
fi

"$python" - <<'EOF'
import sqlite3
import sys

QUERIES = (
    '"ferry ferry"',
    "NEAR(ferry ferry, 5)",
    "NEAR(ferry ferry, 0)",
    'NEAR("late ferry" ferry, 0)',
    "NEAR(fer* ferry, 0)",
    "(the OR ferry) NOT NEAR(ferry ferry, 5)",
)
texts = ("the late ferry", "ferry after ferry", "ferry ferry", "the late boat")
connection = sqlite3.connect(":memory:")
connection.execute("CREATE VIRTUAL TABLE article USING fts5(words)")
connection.executemany("INSERT INTO article VALUES (?)", [(text,) for text in texts])


def find(query: str) -> set[str]:
    return {words for (words,) in connection.execute("SELECT words FROM article WHERE article MATCH ?", (query,))}


print("SQLite", sqlite3.sqlite_version)
seen = {text: " ".join("yes" if text in find(query) else "no" for query in QUERIES) for text in texts}
for text, answers in seen.items():
    print(f"{text:18} {answers}")
if seen != {
    "the late ferry": "no yes yes yes yes no",
    "ferry after ferry": "no yes yes no yes no",
    "ferry ferry": "yes yes yes no yes no",
    "the late boat": "no no no no no yes",
}:
    sys.exit("This is no longer so.")
EOF
