#!/usr/bin/env bash
# PyYAML 6.0.4: safe_dump with allow_unicode=True writes a text that safe_load reads back as another one.
#
# Version    PyYAML 6.0.4 (libyaml 0.2.6).
# Behaviour  U+0085, "next line", is a line end in YAML 1.1. It is also what the dots of Windows-1252 (byte 0x85)
#            become when their text is decoded as Latin-1, so it comes with real articles. SafeDumper puts it, bare,
#            between single quotes, where a lone line end is read as a space: "Wait\x85he said" comes back as "Wait he
#            said", without a word of warning. A single space after the character is enough to get it escaped and the
#            text kept. CSafeDumper escapes it in both, and so does SafeDumper without allow_unicode.
# So         what is copied out as YAML must be dumped without allow_unicode, or by CSafeDumper, or be read back and
#            compared.
# Output     SafeDumper   'Wait\x85he said'   read 'Wait he said'      changed
#            SafeDumper   'Wait\x85 he said'  read 'Wait\x85 he said'  kept
#            CSafeDumper  both kept
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --only-binary :all: PyYAML==6.0.4

"$room/venv/bin/python" - <<'EOF'
import sys

import yaml

print(f"PyYAML {yaml.__version__}, libyaml {'.'.join(map(str, yaml._yaml.get_version()))}, allow_unicode=True")
seen = {}
for dumper in (yaml.SafeDumper, yaml.CSafeDumper):
    for text in ("Wait\x85he said", "Wait\x85 he said"):
        dumped = yaml.dump({"text": text}, Dumper=dumper, allow_unicode=True)
        back = {yaml.load(dumped, Loader=loader)["text"] for loader in (yaml.SafeLoader, yaml.CSafeLoader)}
        if len(back) != 1:
            sys.exit("The two loaders no longer agree.")
        seen[dumper.__name__, text] = back.pop()
        read = ascii(seen[dumper.__name__, text])
        kept = "kept" if read == ascii(text) else "changed"
        print(f"{dumper.__name__:12} {ascii(text):20} written {ascii(dumped):32} read {read:20} {kept}")

if yaml.__version__ != "6.0.4" or seen != {
    ("SafeDumper", "Wait\x85he said"): "Wait he said",
    ("SafeDumper", "Wait\x85 he said"): "Wait\x85 he said",
    ("CSafeDumper", "Wait\x85he said"): "Wait\x85he said",
    ("CSafeDumper", "Wait\x85 he said"): "Wait\x85 he said",
}:
    sys.exit("This is no longer so.")
EOF
