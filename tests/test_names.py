"""Holds the rules of names: one word has one meaning, an exception ends in Error, and a module is worth its file."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dossier"
SOURCES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py"
}

SAME_NAME = {
    "Args": "every command of the command line has its arguments",
    "parse_args": "every command parses its arguments",
    "run": "every command is run",
}
"""The public classes and functions whose name stands in several modules, each with the reason."""
SMALL = {
    "__main__": "package",
    "cli.garbage": "start",
    "cli.measuring": "start",
    "config.config_folder": "start",
    "export.json_types": "start",
    "library.index.fts5_syntax": "start",
    "library.moved_notes": "start",
    "library.note_results": "start",
    "loader.file_names": "start",
    "loader.limits": "start",
    "text.late_patterns": "start",
    "ui.comparison_mark": "start",
}
"""The modules of fewer than 40 lines, each with its reason.

"start": a quick command, or the first picture, loads it without the rest of what it belongs to; "package": Python gives
it its name; "join": it puts together what would be too long as one module.
"""
MOST_SHARED = 0.015
"""The greatest part of the public names that may stand in several modules, those of SAME_NAME among them."""


def public_names(source: str) -> set[str]:
    """Return the names of the public classes and functions that a module defines."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.parse(source).body if isinstance(node, kinds) and not node.name.startswith("_")}


def shared(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the names that several places have, each with these, of pairs of a name and its place."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, place in names:
        places[name].append(place)
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def exceptions(sources: Iterable[str]) -> set[str]:
    """Return the names of all classes that are exceptions to be caught: those that derive from Exception."""
    parents = {
        node.name: {parent.id for parent in node.bases if isinstance(parent, ast.Name)}
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    }
    found = {"Exception", "ValueError", "LookupError", "KeyError", "OSError", "RuntimeError", "TypeError"}
    builtin = set(found)
    while more := {name for name, above in parents.items() if above & found} - found:
        found |= more
    return found - builtin


def test_a_public_name_stands_in_one_module() -> None:
    names = [(name, module) for module, source in SOURCES.items() for name in public_names(source)]
    found = shared(names)
    assert found.keys() == SAME_NAME.keys(), found
    assert len(found) <= MOST_SHARED * len({name for name, _ in names})


def test_a_name_of_a_module_stands_in_one_package() -> None:
    assert shared((module.rpartition(".")[2], module) for module in SOURCES) == {}


def test_an_exception_ends_in_error() -> None:
    found = exceptions(SOURCES.values())
    assert "CommandError" in found
    assert [name for name in sorted(found) if not name.endswith("Error")] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class A(Exception): ...\nclass B(A): ...\nclass C: ...", {"A", "B"}),
        ("def f():\n    class _D(ValueError): ...", {"_D"}),
        ("class E(BaseException): ...", set()),
    ],
)
def test_exceptions(source: str, names: set[str]) -> None:
    assert exceptions([source]) == names


def test_a_small_module_has_a_reason() -> None:
    small = {module for module, source in SOURCES.items() if len(source.splitlines()) < 40}
    assert small == SMALL.keys()
    assert set(SMALL.values()) <= {"start", "package", "join"}
