"""Tests that modules are not loaded that the first screen, or a quick command, does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "data" / "nato-seoul-2023.yaml"

# Each takes more than a millisecond to load, most of them several.
SLOW = (
    *("argparse", "ast", "asyncio", "calendar", "ctypes", "dataclasses", "difflib", "dis", "email", "hashlib", "html"),
    *(
        "http",
        "inspect",
        "json",
        "locale",
        "logging",
        "multiprocessing",
        "pickle",
        "psycopg",
        "random",
        "shutil",
        "socket",
    ),
    *("sqlite3", "string", "subprocess", "tempfile", "textual", "threading", "tokenize", "tomllib", "xml"),
    # Older versions of Python load it with pathlib.
    *(("urllib",) if sys.version_info >= (3, 14) else ()),
)
OF_A_LIBRARY = (
    "dossier.library.index.reader",
    "dossier.library.index.schema",
    "dossier.library.library",
    "dossier.core.identity",
)
OF_NOTES = (
    "dossier.core.note",
    "dossier.core.note_search",
    "dossier.library.notes_file",
    "dossier.library.note_results",
)

OF_AN_UPDATE = (
    *("dossier.cli.index_update", "dossier.library.index.update", "dossier.library.index.writer"),
    *("dossier.library.index.publishing", "dossier.library.index.ingest", "dossier.library.index.person_joiner"),
)
"""What updates an index, which the program with the screen leaves to another process."""

FIRST_SCREEN = f"""
from pathlib import Path
from dossier.cli.first_paint import compose
from dossier.loader.limits import Limits
from dossier.loader.article import load_article
from dossier.ui.state import open_article_state
from dossier.ui.options import DEFAULT_OPTIONS
loaded = load_article(Path({str(ARTICLE)!r}), Limits())
state, frame = compose(open_article_state(loaded.article, loaded.problems), DEFAULT_OPTIONS, (80, 24))
assert "NATO" in "".join(cell[0] for row in frame.rows for cell in row)
"""
PICTURE_IN_PIECES = """
from dossier.terminal.pieces import encode_pieces
for shift in range(40):
    encode_pieces(" " * shift + "\\x1b[35m│\\r\\n╰──“é” 한" * 400, "utf-8")
"""
"""What is sent of a wide picture. Each of the characters is where a piece ends, for some shift."""
OF_WHAT_IS_TYPED = (
    *("dossier.core.views.card", "dossier.library.disk_jobs", "dossier.ui.line_completion", "dossier.ui.line_edit"),
    *("dossier.ui.overlays", "dossier.ui.popup", "dossier.ui.prompt", "dossier.ui.read_aloud", "queue"),
)
"""What only a key needs."""
NOT_FIRST = (
    *("argparse", "datetime", "gettext", "locale", "yaml", *OF_A_LIBRARY, *OF_WHAT_IS_TYPED, "dossier.cli.sources"),
    *("dossier.core.matcher", "dossier.core.whole_file", "dossier.loader.unreadable", "dossier.terminal.moved_rows"),
    *("dossier.ui.article_hits", "dossier.ui.read_lines"),
    *("dossier.loader.discovery", "dossier.loader.key_typos", "dossier.loader.missing_words"),
    *("dossier.loader.unknown_keys", "dossier.loader.yaml_events", "dossier.text.folding"),
)
"""What the first picture of an article that is in order never needs, though nothing is kept of the article."""
OPENED = f"""
import sys
from dossier.cli import browse
from dossier.cli.main import main
browse.has_screen = lambda path: True
def open_screen(setup):
    state, frame = first_paint.compose(setup.open_state(lambda: None), DEFAULT_OPTIONS, (80, 24))
    assert "NATO" in "".join(cell[0] for row in frame.rows for cell in row)
    print("loaded:", *sys.modules)
    setup.remember()
    return 0
import dossier.cli.startup
from dossier.cli import first_paint
from dossier.ui.options import DEFAULT_OPTIONS
dossier.cli.startup.open_screen = open_screen
sys.exit(main([{str(ARTICLE)!r}]))
"""
NOT_AGAIN = (
    *(*NOT_FIRST, "sqlite3", "hashlib", "difflib", "inspect", "dataclasses", "textual"),
    *("dossier.cli.parser", "dossier.export.address", "dossier.loader.article"),
    *("dossier.loader.fields", "dossier.loader.source_text", "dossier.core.mentions", "dossier.text.joined_words"),
    *("dossier.text.name_words", "dossier.text.quote_marks", "dossier.text.sentences"),
)
"""What the first picture of an article needs at most the first time that it is opened."""
COMMAND = "from dossier.cli.main import main\nmain({!r})"


@pytest.mark.parametrize(
    ("program", "unneeded"),
    [
        (FIRST_SCREEN, (*SLOW, *OF_A_LIBRARY, "dossier.text.clusters", "dossier.text.width_table", "rich")),
        (PICTURE_IN_PIECES, ("dossier.text.clusters", "dossier.text.width_table")),
        (COMMAND.format(["show", "headline", str(ARTICLE)]), ("dataclasses", "inspect", "sqlite3", *OF_A_LIBRARY)),
        (COMMAND.format(["check", str(ARTICLE)]), ("argparse", "dataclasses", "gettext", "inspect", *OF_A_LIBRARY[:3])),
        (COMMAND.format([str(ARTICLE)]), ("dataclasses", "inspect", "sqlite3", *OF_A_LIBRARY)),
        (COMMAND.format(["search", "arms", str(ARTICLE)]), ("argparse", "dataclasses", "inspect", *OF_NOTES)),
        (
            "import dossier.cli.search",
            (
                *(
                    "argparse",
                    "calendar",
                    "gettext",
                    "hashlib",
                    "locale",
                    "dossier.cli.parser",
                    "dossier.core.identity",
                ),
                "dataclasses",
                "inspect",
                "json",
                "yaml",
                "dossier.core.model",
                "dossier.text.quote_marks",
                "dossier.text.sentences",
                "dossier.loader.fields",
                "dossier.text.width",
                *OF_NOTES,
            ),
        ),
        (
            f"from pathlib import Path\nfrom dossier.library.state_folders import find_state\n"
            f"find_state(Path({str(ARTICLE)!r}))",
            ("dataclasses", "inspect", "json", "yaml", "tempfile", "dossier.library.jsonl", *OF_A_LIBRARY, *OF_NOTES),
        ),
        (
            "import dossier.cli.main, dossier.cli.completion_values, dossier.library.index.reader",
            ("dataclasses", "inspect", "json", "yaml", "tempfile", "subprocess", "dossier.core.model", "dossier.ui"),
        ),
        (
            "import dossier.cli.open_library, dossier.cli.open_article, dossier.tui.app",
            ("attr", "multiprocessing", "pygments", "rich.syntax", "rich.traceback", *OF_AN_UPDATE),
        ),
    ],
    ids=[
        "first screen",
        "picture in pieces",
        "show",
        "check",
        "printed",
        "searched",
        "search",
        "state folder",
        "completion",
        "reading room",
    ],
)
def test_what_is_not_needed_is_not_loaded(program: str, unneeded: tuple[str, ...]) -> None:
    told = f"{program}\nimport sys\nprint('loaded:', *sys.modules)"
    ran = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.rpartition("loaded:")[2].split()
    assert "dossier" in loaded
    assert [name for name in unneeded if name in loaded] == []


def test_what_is_not_needed_again_is_not_loaded() -> None:
    first, again = (
        subprocess.run([sys.executable, "-c", OPENED], cwd=ROOT, capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    first_loaded, loaded = (ran.stdout.rpartition("loaded:")[2].split() for ran in (first, again))
    assert "dossier.loader.article" in first_loaded
    assert [name for name in NOT_FIRST if name in first_loaded] == []
    assert "dossier.library.article_codec" in loaded
    assert [name for name in NOT_AGAIN if name in loaded] == []


def test_garbage_is_collected_late_from_the_first_module_on() -> None:
    told = f"""
import atexit, gc, sys
from dossier.__main__ import start
def count():
    return sum(one["collections"] for one in gc.get_stats())
before = count()
atexit.register(lambda: print("collections:", count() - before, flush=True))
sys.argv = ["dossier", "show", "headline", {str(ARTICLE)!r}]
sys.exit(start())
"""
    ran = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("collections: 0\n")
