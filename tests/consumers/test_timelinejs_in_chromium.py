"""Tests that TimelineJS draws what is exported, in headless Chromium, without a network."""

import html
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from consumer_programs import needs_node, needs_program, run_node, run_program
from exported_timelines import DATA, FORMS_OF_DATES, HOSTILE, make_export, run_format, write_article, write_events

from dossier.core.dates.edtf import parse_date
from dossier.export.export import Export

pytestmark = [needs_node(), needs_program("chromium")]

_PAGE = Path(__file__).parent / "timelinejs.html"
_FIND_PACKAGE = "console.log(require('path').dirname(require.resolve('@knight-lab/timelinejs/package.json')))"


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *words: object) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone and give its web address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def draw(folder: Path, export: Export) -> tuple[Any, Any]:
    """Return what is exported, and what TimelineJS made of it."""
    text = run_format("timelinejs", export)
    return json.loads(text), draw_text(folder, text)


def draw_text(folder: Path, text: str) -> Any:
    """Return what TimelineJS made of a file with this text."""
    (folder / "timeline.json").write_text(text, "utf-8")
    shutil.copy(_PAGE, folder)
    (folder / "dist").symlink_to(Path(run_node(_FIND_PACKAGE).strip()) / "dist")
    with served(folder) as address:
        page = run_program(
            "chromium",
            *("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000"),
            f"--user-data-dir={folder / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--dump-dom",
            f"{address}/{_PAGE.name}",
        )
    found = re.search('<pre id="report">(.*?)</pre>', page, re.DOTALL)
    assert found
    assert found[1], "TimelineJS drew nothing"
    return json.loads(html.unescape(found[1]))


def assert_drawn(timeline: Any, report: Any) -> None:
    """Assert that all slides are there, each with its date and texts, and that nothing went wrong."""
    assert (report["faults"], report["errors"], report["requests"]) == ([], [], [])
    slides = {slide["id"]: slide for slide in report["slides"]}
    events = timeline["events"]
    assert len(report["slides"]) == len(slides) == len(events) + 1
    assert report["markers"] == len(events)
    for event in events:
        slide = slides[event["unique_id"]]
        assert slide["date"] == event["display_date"]
        assert slide["headline"] == html.unescape(event["text"]["headline"])
        assert slide["text"] == html.unescape(re.sub("</?p>|<a [^>]*>|</a>", "", event["text"]["text"]))
        assert set(slide["tags"]) <= {"p", "a"}
        assert report["dates"][event["unique_id"]] == [point(event["start_date"]), point(event.get("end_date"))]
    assert slides["title"]["headline"] == html.unescape(timeline["title"]["text"]["headline"])
    assert set(slides["title"]["tags"]) <= {"p", "ul", "li"}


def point(date: Any) -> list[int] | None:
    return date and [date["year"], date["month"], date["day"], date.get("hour", 0), date.get("minute", 0)]


def test_the_bundled_article(tmp_path: Path) -> None:
    timeline, report = draw(tmp_path, make_export([DATA / "nato-seoul-2023.yaml"]))
    assert_drawn(timeline, report)
    assert len(report["slides"]) == 18


def test_every_form_of_a_date(tmp_path: Path) -> None:
    timeline, report = draw(tmp_path, make_export([write_events(tmp_path, FORMS_OF_DATES)]))
    assert_drawn(timeline, report)
    told = next(slide["text"] for slide in report["slides"] if slide["id"] == "title")
    drawn = {event["unique_id"] for event in timeline["events"]}
    for number, edtf in enumerate(FORMS_OF_DATES, 1):
        assert (f"Event {edtf}" in told) is (f"ferry#event/e{number}" not in drawn)
        assert parse_date(edtf).earliest or f"Event {edtf}" in told


def test_hostile_texts(tmp_path: Path) -> None:
    events = [{"date": "2023", "what": text, "date_text": text, "note": text} for text in HOSTILE]
    undated = [{"date_text": text, "what": text} for text in HOSTILE]
    url = "https://example.org/?a=1&amp;b='c'"
    article = write_article(tmp_path, headline=HOSTILE[1], url=url, timeline=[*events, *undated])
    assert_drawn(*draw(tmp_path, make_export([article])))


def test_a_long_timeline(tmp_path: Path) -> None:
    days = [str(date(2020, 1, 1) + timedelta(days=number)) for number in range(500)]
    assert_drawn(*draw(tmp_path, make_export([write_events(tmp_path, days)])))


def test_a_day_that_timelinejs_moves_is_told_in_the_title(tmp_path: Path) -> None:
    export = make_export([write_events(tmp_path, ["0000-02-29", "2023-01-29"])], ["event"])
    timeline = json.loads(run_format("timelinejs", export))
    assert [event["unique_id"] for event in timeline["events"]] == ["ferry#event/e2"]
    timeline["events"][0]["start_date"] = {"year": 0, "month": 2, "day": 29}
    assert draw_text(tmp_path, json.dumps(timeline))["dates"] == {"ferry#event/e2": [[0, 3, 1, 0, 0], None]}
