"""Tests that plain letters and letters that terminals join follow one another in the same cells without a trace."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.walking import SIZES, TERMINALS, Walk, measure_widths

NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()
JOINED = """\
id: bridge
headline: "The bridge"
published: 2024-05-06
body:
  - "Lena Brook opened the bridge."
  - "क्षितिज शर्मा closed it, and ശ്രീജ ക്ഷമ came."
  - "On the sign stood גשר 2️⃣7️⃣ and a year."
people:
  brook: {name: "Lena Brook"}
  sharma: {name: "क्षितिज शर्मा"}
  sreeja: {name: "ശ്രീജ ക്ഷമ"}
quotes:
  - {id: q1, speaker: brook, form: indirect, text: "Lena Brook opened the bridge.", at: p1}
  - {id: q2, speaker: sharma, form: indirect, text: "क्षितिज शर्मा closed it", at: p2}
timeline:
  - {date: 2019-08, what: "גשר 2️⃣7️⃣", at: p3}
  - {date: 2020-02, what: "stones and sand", at: p3}
"""
ARABIC = """\
headline: "افتتاح الجسر الجديد"
body:
  - "قال المهندس إن «الجسرَ آمنٌ» منذ ٢٠١٩ و 3️⃣ أيام."
  - "مهندسان می‌گویند که پل‌ها را نمی‌بندند (۱۴۰۲)."
  - "Between them stands English, then عربي again."
"""

pytestmark = pytest.mark.terminal


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield an empty folder whose path is short enough for the address of a socket."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.mark.parametrize("article", [JOINED, ARABIC], ids=["joined", "arabic"])
@pytest.mark.parametrize("kind", [kind for kind in TERMINALS if kind.name in ("tmux", "VTE", "kitty")])
def test_each_key_shows_what_was_meant(kind: type[TerminalUnderTest], article: str, folder: Path) -> None:
    if not kind.is_installed() and kind.programs[0] not in NEEDED:
        pytest.skip(f"{kind.name} is not installed")
    path = folder / "article.yaml"
    path.write_text(article, "utf-8")
    terminal = kind(folder)
    terminal.widths = measure_widths(terminal.ruler, folder, [article])
    walked = Walk(terminal, folder)
    try:
        walked.start([str(path)], SIZES[1])
        for key in "jjjjlkjlhhG":
            assert walked.compare() == (), f"before {key}"
            walked.press(key)
        assert walked.compare() == ()
        assert walked.redraw() == ()
    finally:
        terminal.stop()
