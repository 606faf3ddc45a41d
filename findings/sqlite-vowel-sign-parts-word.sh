#!/usr/bin/env bash
# SQLite, FTS5: a search for the Hindi word for heart finds lentils; an accent beside a Latin letter does no such thing.
#
# Version    SQLite 3.40 and later (seen with 3.40.1 and 3.53.4), FTS5 with unicode61, its usual tokenizer.
# Behaviour  Tokens are made of letters, digits and characters of private use; all else is a separator. That is said,
#            and one thinks of blanks and punctuation. But the vowels of Hindi within a word are marks, no letters: dil
#            (heart) becomes two tokens, d and l, and so does dal (lentils). A combining accent on a Latin letter is a
#            mark as well, and is passed over instead: e, U+0301, t is one token.
# So         a library in Hindi, Bengali or Tamil needs categories 'L* N* Co M*', or tokens that the program makes.
# Output     usual            tokens of dil: 2   dil finds dal: yes   tokens of e, U+0301, t: 1
#            with M* added    tokens of dil: 1   dil finds dal: no    tokens of e, U+0301, t: 1
# Needs      python3, or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
if ! "$python" -c 'import sqlite3, sys
sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(text)")
sys.exit(sqlite3.sqlite_version_info < (3, 40))' 2>/dev/null; then
    echo "skipped: $python with SQLite 3.40 or later and FTS5 is not there"
    exit 77
fi

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cat > "$room/words.py" <<'END'
import sqlite3

DA, LA = "\N{DEVANAGARI LETTER DA}", "\N{DEVANAGARI LETTER LA}"
DIL = DA + "\N{DEVANAGARI VOWEL SIGN I}" + LA
DAL = DA + "\N{DEVANAGARI VOWEL SIGN AA}" + LA
ACCENT = "e\N{COMBINING ACUTE ACCENT}t"


def show(name: str, tokenizer: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE articles USING fts5(text, tokenize="{tokenizer}")')
    connection.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(articles, instance)")

    def count_tokens(text: str) -> int:
        connection.execute("DELETE FROM articles")
        connection.execute("INSERT INTO articles VALUES (?)", (text,))
        return connection.execute("SELECT count(*) FROM tokens").fetchone()[0]

    of_dil, of_accent = count_tokens(DIL), count_tokens(ACCENT)
    count_tokens(DAL)
    found = connection.execute("SELECT count(*) FROM articles WHERE articles MATCH ?", (f'"{DIL}"',)).fetchone()[0]
    print(f"{name:16} tokens of dil: {of_dil}   dil finds dal: {'yes' if found else 'no':5}", end="")
    print(f" tokens of e, U+0301, t: {of_accent}")


show("usual", "unicode61")
show("with M* added", "unicode61 categories 'L* N* Co M*'")
END
seen=$("$python" "$room/words.py")
echo "SQLite $("$python" -c 'import sqlite3; print(sqlite3.sqlite_version)')"
echo "$seen"
if [ "$seen" != "usual            tokens of dil: 2   dil finds dal: yes   tokens of e, U+0301, t: 1
with M* added    tokens of dil: 1   dil finds dal: no    tokens of e, U+0301, t: 1" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
