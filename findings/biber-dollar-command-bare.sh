#!/usr/bin/env bash
# biber 2.18: \textdollar{}, a safe way to write a dollar sign, becomes a bare $, which opens mathematics.
#
# Version    biber 2.18 (Debian 12: 2.18-1), in tool mode, with its usual options.
# Behaviour  Biber decodes LaTeX commands into the characters that they stand for. It does so for \textdollar, too, and
#            writes the character as it is; \$ is left alone, as are \textbackslash and \textasciitilde. What was one
#            dollar sign is now the beginning of a formula, in a file that was right before.
# So         a bibliography writes \$, never \textdollar{}.
# Output     TITLE = {\$5 and ${}6},
# Needs      biber.
set -euo pipefail

command -v biber >/dev/null || { echo "skipped: biber is not there"; exit 77; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
biber --version
cat > in.bib <<'EOF'
@online{a, title = {\$5 and \textdollar{}6}, author = {A}, date = {2023}, url = {https://example.org}}
EOF
biber --quiet --nolog --tool --output-file out.bib in.bib
seen=$(grep TITLE out.bib | tr -s ' ')
echo "$seen"
if [ "$seen" != ' TITLE = {\$5 and ${}6},' ]; then
    echo "This is no longer so." >&2
    exit 1
fi
