#!/usr/bin/env bash
# TimelineJS 3.9.11: text escaped for HTML stays text in a headline, and becomes HTML in the date of a slide.
#
# Version    @knight-lab/timelinejs 3.9.11 of npm, in Chromium.
# Behaviour  Headline and text of a slide are HTML: what is escaped is shown as it was written. The display_date is
#            parsed as HTML, too, to take its tags off, and what is left, its escapes undone, is set as HTML once more:
#            "&lt;b&gt;" is a bold word there, and an image with a handler of errors would run a script.
# So         only words of the program's own go into a display_date; the article's words for a date go into the text.
# Output     headline &lt;b&gt;x&lt;/b&gt;   date <b>x</b>
# Needs      node, npm and chromium.
set -euo pipefail

for program in node npm chromium; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not there"; exit 77; }
done

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @knight-lab/timelinejs@3.9.11
cp -r node_modules/@knight-lab/timelinejs/dist dist
cat > page.html <<'EOF'
<!DOCTYPE html>
<meta charset="utf-8">
<script src="dist/js/timeline.js"></script>
<div id="timeline" style="width: 900px; height: 600px"></div>
<script>
const written = "&lt;b&gt;x&lt;/b&gt;"
const event = { start_date: { year: 2022 }, display_date: written, text: { headline: written, text: "" } }
const options = { font: null, script_path: new URL("dist/js/", location.href).href }
const timeline = new TL.Timeline("timeline", { events: [event] }, options)
timeline.on("loaded", () => {
  const made = (chosen) => document.querySelector(".tl-slide " + chosen).innerHTML
  document.body.textContent = "headline " + made(".tl-headline") + "   date " + made(".tl-headline-date")
})
</script>
EOF
seen=$(chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --allow-file-access-from-files \
    --user-data-dir="$room/profile" --dump-dom "file://$room/page.html" 2>/dev/null |
    sed -n 's/.*<body>\(headline.*\)<\/body>.*/\1/p' | sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
echo "$seen"
if [ "$seen" != "headline &lt;b&gt;x&lt;/b&gt;   date <b>x</b>" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
