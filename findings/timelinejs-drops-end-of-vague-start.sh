#!/usr/bin/env bash
# TimelineJS 3.9.11: an event from 2022 to 31 December 2022 has no end; one from 1 January 2022 has.
#
# Version    @knight-lab/timelinejs 3.9.11 of npm, in Chromium.
# Behaviour  An end that is the same date as the start is dropped. Whether it is the same is asked of the parts that the
#            start has, and of no others: a start of {year: 2022} equals every end in that year, and the event is drawn
#            as a point on 1 January.
# So         start and end are written with year, month and day, whatever the precision of the date.
# Output     {year: 2022}: no end   {year: 2022, month: 1, day: 1}: an end
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
const event = (unique_id, start_date) =>
  ({ unique_id, start_date, end_date: { year: 2022, month: 12, day: 31 }, text: { headline: "x", text: "" } })
const events = [
  event("{year: 2022}", { year: 2022 }),
  event("{year: 2022, month: 1, day: 1}", { year: 2022, month: 1, day: 1 }),
]
const options = { font: null, script_path: new URL("dist/js/", location.href).href }
const timeline = new TL.Timeline("timeline", { events }, options)
timeline.on("loaded", () => {
  document.body.textContent =
    timeline.config.events.map((one) => one.unique_id + ": " + (one.end_date ? "an end" : "no end")).join("   ")
})
</script>
EOF
seen=$(chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=20000 --allow-file-access-from-files \
    --user-data-dir="$room/profile" --dump-dom "file://$room/page.html" 2>/dev/null |
    sed -n 's/.*<body>\({year.*\)<\/body>.*/\1/p')
echo "$seen"
if [ "$seen" != "{year: 2022}: no end   {year: 2022, month: 1, day: 1}: an end" ]; then
    echo "This is no longer so." >&2
    exit 1
fi
