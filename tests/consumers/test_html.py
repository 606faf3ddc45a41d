"""Tests that browsers and a strict parser take exported pages: no request leaves, links lead somewhere, paper has all.

Chromium draws the pages. What it asks the network for is read from its own log; its names are resolved to nothing.
"""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from consumer_programs import needs_program, needs_python, run_program, run_python
from documents import BUNDLED, DATA, HARBOUR, NOTES, export_article, export_files, write_as

_CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
_HOSTILE = (
    "<img src=http://tracker.test/a>",
    '"><img src=http://tracker.test/b>',
    "</style><link rel=stylesheet href=http://tracker.test/c>",
    "url(http://tracker.test/d)",
    "</title></svg><iframe src=http://tracker.test/e>",
    "<svg><image href=http://tracker.test/f />",
)
_STRICT = """
import html5lib, sys
parser = html5lib.HTMLParser(strict=True)
parser.parse(sys.stdin.read())
"""
_WORDS = """
import pypdf, sys
reader = pypdf.PdfReader(sys.argv[1])
print("".join(page.extract_text() for page in reader.pages))
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR, "utf-8")
    return path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return an article that has a request in every text."""
    text = json.loads(json.dumps(_HOSTILE))
    article = {
        "id": "hostile",
        "headline": text[0],
        "subtitle": text[2],
        "outlet": text[3],
        "byline": list(text),
        "published": "2024-05-02",
        "url": "http://tracker.test/page",
        "body": [*text, "Ann saw it, Ann said."],
        "people": {"ann": {"name": "Ann", "role": text[1], "native": text[5], "note": text[4]}},
        "quotes": [{"text": one, "speaker": "ann", "cue": text[1]} for one in text],
        "timeline": [{"date": "2022", "what": one, "people": ["ann"]} for one in text],
        "media": [{"caption": text[0], "url": "http://tracker.test/photo.jpg", "type": "photo"}],
        "other key": text[4],
    }
    path = tmp_path / "hostile.yaml"
    path.write_text(json.dumps(article), "utf-8")
    return path


def page(folder: Path, *paths: Path, notes: tuple[tuple[str, str], ...] = ()) -> Path:
    """Write the page of these articles and return its path."""
    written = folder / "page.html"
    written.write_text(write_as("html", export_files(paths, notes)), "utf-8")
    return written


def chromium(folder: Path, *words: str | Path) -> str:
    """Run Chromium with a profile of its own and return what it prints."""
    return run_program(*_CHROMIUM, f"--user-data-dir={folder / 'profile'}", *words)


def requests_of(folder: Path, written: Path) -> list[str]:
    """Return the addresses that Chromium asks for when it opens a page."""
    log = folder / "net.json"
    chromium(folder, f"--log-net-log={log}", "--dump-dom", written.as_uri())
    return sorted(set(re.findall(r'"url":"(https?://[^"]*)"', log.read_text("utf-8"))))


@needs_program("chromium")
def test_no_request_leaves(tmp_path: Path, hostile: Path) -> None:
    assert [one for one in requests_of(tmp_path, page(tmp_path, hostile, BUNDLED)) if "tracker" in one] == []


@needs_program("chromium")
def test_a_page_that_asks_is_found(tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text("<!DOCTYPE html><title>x</title><img src=http://tracker.test/seen>", "utf-8")
    assert "http://tracker.test/seen" in requests_of(tmp_path, asking)


@needs_program("chromium")
@needs_python()
def test_every_link_leads_somewhere_in_the_page_that_is_drawn(tmp_path: Path, harbour: Path) -> None:
    paths = [BUNDLED, harbour, *sorted((DATA / "port-arlen").glob("2*.yaml"))]
    drawn = chromium(tmp_path, "--dump-dom", page(tmp_path, *paths, notes=NOTES).as_uri())
    ids = re.findall(r'\sid="([^"]*)"', drawn)
    assert len(ids) == len(set(ids))
    linked = set(re.findall(r'href="#([^"]*)"', drawn))
    assert len(linked) > 200
    assert linked <= set(ids)


@needs_program("chromium")
@needs_python()
def test_printed_it_has_all_texts(tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    written = page(tmp_path, BUNDLED, notes=NOTES)
    chromium(tmp_path, f"--print-to-pdf={printed}", "--no-pdf-header-footer", written.as_uri())
    words = squeeze(run_python(_WORDS, printed))
    for entry in export_article(BUNDLED).entries:
        # What stands behind words of paragraphs, such as q2, is left out of the comparison.
        for part in entry.parts if entry.ref.kind not in ("para", "headline") else ():
            if part.text.isascii():
                assert squeeze(part.text) in words, part
    paragraphs = re.findall(r'<p class="para".*?</span>(.*?)</p>', written.read_text("utf-8"))
    assert len(paragraphs) == 13
    for paragraph in paragraphs:
        for run in re.split(r'<a [^>]*class="to".*?</a>', paragraph):
            assert squeeze(re.sub(r"<[^>]*>", "", run)) in words
    assert "Callhim." in words


def squeeze(text: str) -> str:
    """Return a text without blanks, and with single letters in the place of those that fonts join."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@needs_python()
@pytest.mark.parametrize("name", ["bundled", "harbour", "hostile", "library"])
def test_the_page_is_valid_html(name: str, tmp_path: Path, harbour: Path, hostile: Path) -> None:
    library = sorted((DATA / "port-arlen").glob("2*.yaml"))
    paths = {"bundled": [BUNDLED], "harbour": [harbour], "hostile": [hostile], "library": library}[name]
    run_python(_STRICT, text=write_as("html", export_files(paths, NOTES)))


@needs_program("chromium")
def test_the_page_fits_windows_of_any_width(tmp_path: Path, harbour: Path) -> None:
    written = page(tmp_path, BUNDLED, harbour)
    probe = written.read_text("utf-8").replace("style-src", "script-src 'unsafe-inline'; style-src")
    probe = probe.replace(
        "</body>",
        "<script>document.title=JSON.stringify([innerWidth,document.documentElement.scrollWidth,"
        "document.querySelector('a').textContent])</script></body>",
    )
    written.write_text(probe, "utf-8")
    for width in (500, 800, 1100, 1600):
        drawn = chromium(tmp_path, f"--window-size={width},900", "--dump-dom", written.as_uri())
        shown, needed, first = json.loads(re.search(r"<title>(.*?)</title>", drawn)[1])  # type: ignore[index]
        assert shown == width
        assert needed <= shown, "the page is wider than the window"
        assert first == "Skip to the text"
