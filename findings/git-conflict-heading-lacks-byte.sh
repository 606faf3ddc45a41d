#!/usr/bin/env bash
# git 2.55: during a conflict the diff of a file in UTF-8 is not UTF-8, since the heading of a hunk lacks its last byte.
#
# Version    git 2.39 and later (seen with 2.39.5 and 2.55.0, 30 November 2026).
# Behaviour  Behind the line numbers of a hunk git diff writes a line that stands above it. One expects it whole, or cut
#            between characters if it is long, and a plain diff is so. While a merge is in conflict, git diff shows both
#            sides at once, and in this form the last byte of that line is always missing, however short it is: "title:
#            abc" becomes "title: ab", and of a Chinese character or an é at the end the first bytes are left.
# So         what reads git's output for a registry that a team keeps in version control decodes it with "replace", or
#            fails at the very moment when there is a conflict to show.
# Output     title: abc  plain 'title: abc'  in a conflict 'title: ab'
#            title: é    plain 'title: é'    in a conflict 'title: ' and the byte c3
# Needs      git, and python3 or its path in PYTHON.
set -euo pipefail

python=${PYTHON:-python3}
for program in git "$python"; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
keep() { # first line of the file, its last one
    { echo "$1"; seq --format=' %g' 10; echo "$2"; } > article.yaml
    git add article.yaml
    git commit --quiet --message "$2"
}
differ() { # name of a folder for both diffs, first line of the file
    mkdir "$1"
    cd "$1"
    git init --quiet .
    git config user.name Somebody
    git config user.email somebody@example.org
    keep "$2" ' unsigned'
    git checkout --quiet -b theirs
    keep "$2" ' signed by them'
    git checkout --quiet -
    keep "$2" ' signed by us'
    git diff HEAD~1 > plain
    git merge --quiet theirs >/dev/null 2>&1 || true
    git diff > conflict
    cd ..
}
differ latin 'title: abc'
differ accent 'title: é'

git --version
"$python" - <<'EOF'
import re
import sys
from pathlib import Path


def heading(diff: str) -> bytes:
    found = re.search(rb"^@@+ [-+,0-9 ]+ @@+ ?(.*)$", Path(diff).read_bytes(), re.MULTILINE)
    return found[1] if found else b""


seen = {name: (heading(f"{name}/plain"), heading(f"{name}/conflict")) for name in ("latin", "accent")}
for plain, conflict in seen.values():
    print(f"plain {plain}  in a conflict {conflict}")
if seen != {
    "latin": (b"title: abc", b"title: ab"),
    "accent": ("title: é".encode(), b"title: \xc3"),
}:
    sys.exit("This is no longer so.")
EOF
