"""Tests of the direction of imports: a module imports only from rows above its own, and only `tui` imports Textual."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dossier"

ROWS = (
    "core.dataclasses",
    "text",
    "core.dates",
    "core",
    "core.views",
    "core.note_text",
    "core.note_context core.note_proposals",
    "core.note_places",
    "loader",
    "library.lock",
    "library.index",
    "library",
    "terminal",
    "config",
    "ui.render",
    "ui",
    "export",
    "tui.internals",
    "tui.terminal_messages",
    "tui.retried_calls tui.lines_widget tui.driver tui.outside tui.pipe_runner",
    "tui.note_loader tui.uncalled_popups tui.file_watch",
    "tui.saving",
    "tui.host",
    "tui.outside_effects tui.search_effects tui.note_effects tui.reuse_effects tui.decision_effects",
    "tui.effects tui.preview_loader tui.exporter",
    "tui.popup_keys tui.typed_commands tui.typing_count",
    "tui.prompt_keys tui.shown_screen",
    "tui.screen",
    "tui.app",
    "cli",
    "__main__",
)
"""The rooms, and the parts of rooms that have a row of their own, by their names below `dossier`."""
WHEN_NEEDED = {
    ("dossier.__main__", "dossier.cli.main"),
    ("dossier.core.dates.edtf", "dossier.core.dates.date_errors"),
    ("dossier.core.query", "dossier.text.folding"),
    ("dossier.core.term_places", "dossier.text.folding"),
    ("dossier.core.term_places", "dossier.text.joined_words"),
    ("dossier.core.views.card", "dossier.text.sentences"),
    ("dossier.core.views.panes", "dossier.core.views.search_fields"),
    ("dossier.library.article_store", "dossier.loader.article"),
    ("dossier.library.article_store", "dossier.loader.source_text"),
    ("dossier.library.article_rows", "dossier.text.sentences"),
    ("dossier.library.index.reader", "dossier.library.index.decided_persons"),
    ("dossier.library.index.reader", "dossier.library.index.regrouping"),
    ("dossier.library.index.reader", "dossier.library.index.spellings"),
    ("dossier.library.index.reader", "dossier.library.index.shared_file"),
    ("dossier.library.index.update", "dossier.library.index.worker_pool"),
    ("dossier.library.kept_articles", "dossier.core.whole_file"),
    ("dossier.library.person_evidence", "dossier.core.identity"),
    ("dossier.library.roots_file", "dossier.library.jsonl"),
    ("dossier.library.source_store", "dossier.loader.article"),
    ("dossier.library.state_folders", "dossier.library.moved_notes"),
    ("dossier.loader.article", "dossier.loader.syntax_causes"),
    ("dossier.loader.entry_ids", "dossier.text.folding"),
    ("dossier.loader.fields", "dossier.loader.unknown_keys"),
    ("dossier.loader.quotes", "dossier.loader.key_typos"),
    ("dossier.loader.quotes", "dossier.loader.missing_words"),
    ("dossier.loader.references", "dossier.text.nearest_names"),
    ("dossier.loader.source_nodes", "dossier.loader.json_nodes"),
    ("dossier.loader.discovery", "dossier.loader.yaml_events"),
    ("dossier.loader.source_nodes", "dossier.loader.syntax_causes"),
    ("dossier.loader.source_nodes", "dossier.loader.yaml_events"),
    ("dossier.loader.source_text", "dossier.loader.unreadable"),
    ("dossier.loader.timeline", "dossier.loader.key_typos"),
    ("dossier.loader.yaml_events", "dossier.loader.indentation_causes"),
    ("dossier.loader.yaml_events", "dossier.loader.parser_errors"),
    ("dossier.terminal.diff", "dossier.terminal.moved_rows"),
    ("dossier.text.disputed_widths", "dossier.text.clusters"),
    ("dossier.text.width", "dossier.text.clusters"),
    ("dossier.tui.popup_keys", "dossier.export.code_explanations"),
    ("dossier.ui.chrome", "dossier.ui.library_find"),
    ("dossier.ui.chrome", "dossier.ui.pins"),
    ("dossier.ui.pane_lines", "dossier.core.matcher"),
    ("dossier.ui.pane_lines", "dossier.ui.article_hits"),
    ("dossier.ui.preview", "dossier.ui.article_hits"),
    ("dossier.ui.session_file", "dossier.core.whole_file"),
    ("dossier.ui.view", "dossier.ui.overlays"),
    ("dossier.ui.view", "dossier.ui.prompt"),
    ("dossier.ui.view", "dossier.ui.read_aloud"),
    ("dossier.ui.view", "dossier.ui.read_lines"),
}
"""Modules that others import inside a function, since the first screen of a file without faults needs none of them.

The pool of workers is not needed by a program that leaves the update of its index to a child.
"""
ROW = {name: row for row, names in enumerate(ROWS) for name in names.split()}

SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py"
}
PACKAGES = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
WITHOUT_TEXTUAL = [name for name in SOURCES if not name.startswith("dossier.tui.")]


def imported(module: str, tree: ast.AST, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every name that `module` imports, in full, and whether the import is inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            source = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            yield from ((f"{source}.{alias.name}", inside) for alias in node.names)
        else:
            yield from imported(module, node, inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def target(name: str, known: set[str]) -> str:
    """Return the module that an imported name is, or is in. A name that is in no module is returned unchanged."""
    return next((found for found in (name, name.rpartition(".")[0]) if found in known), name)


def place(module: str) -> str:
    """Return the room that a module is in, or "" when it has no row."""
    path = module.removeprefix("dossier.")
    while path and path not in ROW:
        path = path.rpartition(".")[0]
    return path


def unplaced(module: str) -> str:
    """Return what to do about a module that has no row, or "" when it has one."""
    name = module.split(".")[1]
    wanted = module.removeprefix("dossier.") if name == "tui" else name
    return "" if place(module) else f"{module} has no row: give {wanted!r} one in ROWS of tests/test_imports.py"


def is_above(module: str, other: str) -> bool:
    """Return whether `module` may import `other`: it is in a row above, or in the same part or room."""
    here, there = place(module), place(other)
    return here == there or ROW[there] < ROW[here]


def toolkit_fault(module: str, name: str) -> str:
    """Return what is wrong with importing `name` here, if it is of Textual or Rich, else ""."""
    top = module.split(".")[1]
    owner = name.partition(".")[0]
    if owner == "textual" and top != "tui":
        return f"{module} imports {name}: only dossier.tui may import textual"
    if owner == "rich" and top != "tui":
        return f"{module} imports {name}: only dossier.tui may import rich"
    return ""


def faults(module: str, source: str, known: set[str]) -> list[str]:
    """All that is wrong with the imports of `module`, where `known` are the modules there are."""
    if missing := unplaced(module):
        return [missing]
    found = []
    for name, inside in imported(module, ast.parse(source)):
        other = target(name, known)
        if name.partition(".")[0] != "dossier":
            found.append(toolkit_fault(module, name))
        elif other not in known:
            found.append(f"{module} imports {name}: no such module, and an __init__ holds no names")
        elif missing := unplaced(other):
            found.append(missing)
        elif not is_above(module, other):
            found.append(f"{module} imports {other}, which is not in a row above its own")
        elif inside and not module.startswith("dossier.cli.") and (module, other) not in WHEN_NEEDED:
            found.append(f"{module} imports {other} inside a function: only dossier.cli may")
        elif other.startswith("dossier.tui.") and module.startswith("dossier.cli.") and not inside:
            found.append(f"{module} imports {other} at the top: only inside the function that opens the screen")
    return [fault for fault in found if fault]


@pytest.mark.parametrize(
    ("module", "source", "fault"),
    [
        ("dossier.core.model", "from dossier.core.ref import Ref", ""),
        ("dossier.core.model", "import dossier.core.ref\nimport yaml, os.path", ""),
        ("dossier.core.ref", "from dossier.loader.article import load", "not in a row above"),
        ("dossier.core.ref", "if TYPE:\n    from dossier.loader import article", "not in a row above"),
        ("dossier.core.ref", "from dossier.core.views.card import card", "not in a row above"),
        ("dossier.core.views.card", "from dossier.core.ref import Ref", ""),
        ("dossier.core.views.card", "from ..ref import Ref", ""),
        ("dossier.core.matcher", "from dossier.tui.app import App", "not in a row above"),
        ("dossier.text.sanitize", "from dossier.text.folding import fold", ""),
        ("dossier.text.sanitize", "from .folding import fold", ""),
        ("dossier.text.sanitize", "from dossier.core.ref import Ref", "not in a row above"),
        ("dossier.text.sanitize", "from dossier.core.dataclasses import dataclass", ""),
        ("dossier.core.dataclasses", "from dossier.text.folding import fold", "not in a row above"),
        ("dossier.core.model", "from dossier.text import folding", ""),
        ("dossier.core.model", "from dossier.text import Folded", "no such module"),
        ("dossier.core.model", "from dossier import Article", "no such module"),
        ("dossier.core.model", "import dossier", "no such module"),
        ("dossier.core.model", "def read():\n    from dossier.core.ref import Ref", "only dossier.cli may"),
        ("dossier.novel", "", "give 'novel' one in ROWS"),
        ("dossier.cli.main", "import dossier.novel", "give 'novel' one in ROWS"),
        ("dossier.tui.novel", "", "give 'tui.novel' one in ROWS"),
        ("dossier.tui.app", "from dossier.tui.novel import Novel", "give 'tui.novel' one in ROWS"),
        ("dossier.tui.app", "from dossier.tui.screen import Screen", ""),
        ("dossier.tui.screen", "from dossier.tui.app import App", "not in a row above"),
        ("dossier.tui.driver", "from dossier.tui.outside import copy", "not in a row above"),
        ("dossier.tui.screen", "from dossier.core.model import Article", ""),
        ("dossier.cli.main", "def open():\n    from dossier.tui.app import App", ""),
        ("dossier.cli.main", "from dossier.tui.app import App", "at the top"),
        ("dossier.__main__", "from dossier.cli.main import main", ""),
        ("dossier.tui.app", "import textual.app\nfrom rich.text import Text", ""),
        ("dossier.core.matcher", "def draw():\n    import textual", "only dossier.tui may import textual"),
        ("dossier.core.matcher", "from rich.text import Text", "only dossier.tui may import rich"),
        ("dossier.core.matcher", "from rich.cells import cell_len", "only dossier.tui may import rich"),
        ("dossier.text.sanitize", "from rich.cells import cell_len", "only dossier.tui may import rich"),
        ("dossier.text.sanitize", "from rich.text import Text", "only dossier.tui may import rich"),
    ],
)
def test_rules(module: str, source: str, fault: str) -> None:
    known = {"core.ref", "core.model", "core.dataclasses", "core.views.card", "loader.article", "text.folding", "novel"}
    known |= {"tui.app", "tui.screen", "tui.novel", "tui.outside", "cli.main"}
    found = faults(module, source, {f"dossier.{name}" for name in known})
    assert [fault] == [fault for one in found if fault in one] if fault else found == []


@pytest.mark.parametrize("module", SOURCES)
def test_imports_come_from_rows_above(module: str) -> None:
    found = faults(module, SOURCES[module], set(SOURCES))
    assert not found, "\n".join(found)


def test_no_cycles() -> None:
    known = set(SOURCES)
    graph = {
        module: {target(name, known) for name, _ in imported(module, ast.parse(source))} & known
        for module, source in SOURCES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("a circle of imports: " + " < ".join(error.args[1]))


def test_init_files_are_empty() -> None:
    assert [path for path in PACKAGE.rglob("__init__.py") if path.read_bytes()] == []


def test_every_folder_of_modules_is_a_package() -> None:
    assert {name.rpartition(".")[0] for name in SOURCES} <= PACKAGES


def test_all_but_the_toolkit_room_loads_without_textual() -> None:
    program = "import importlib, sys\nfor name in sys.argv[1:]:\n"
    program += "    importlib.import_module(name)\n    if 'textual' in sys.modules: sys.exit(f'{name} loads Textual')"
    ran = subprocess.run(
        [sys.executable, "-c", program, *WITHOUT_TEXTUAL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_two_thirds_load_without_textual() -> None:
    lines = {name: sum(1 for line in source.splitlines() if line.strip()) for name, source in SOURCES.items()}
    without, everything = sum(lines[name] for name in WITHOUT_TEXTUAL), sum(lines.values())
    assert 3 * without >= 2 * everything, f"{without} of {everything} lines load without Textual"
