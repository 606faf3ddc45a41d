"""Tests that what is used of Textual beyond its public interface exists, and is used in one module only."""

import ast
from importlib import import_module
from importlib.metadata import version

import pytest
from test_imports import SOURCES
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from dossier.tui import internals

MODULE = "dossier.tui.internals"
OF_A_DRIVER = ("_app", "_loop", "_mouse")
OF_AN_APP = ("_driver", "_fatal_error")


def gone(name: str) -> str:
    return f"Textual {version('textual')} has no {name} any more: {MODULE} alone uses it, and says what for"


@pytest.mark.parametrize(
    ("module", "name"), [("textual._ansi_sequences", "ANSI_SEQUENCES_KEYS"), ("textual._xterm_parser", "XTermParser")]
)
def test_its_private_modules_have_what_is_used(module: str, name: str) -> None:
    try:
        found = getattr(import_module(module), name, None)
    except ImportError:
        found = None
    assert found, gone(f"{module}.{name}")


@pytest.mark.parametrize("name", OF_AN_APP)
def test_an_app_has_what_is_used(name: str) -> None:
    assert hasattr(App(), name), gone(f"App.{name}")


@pytest.mark.parametrize("name", OF_A_DRIVER)
async def test_a_driver_has_what_is_used(name: str) -> None:
    assert hasattr(HeadlessDriver(App(), debug=False, mouse=False, size=(80, 24)), name), gone(f"Driver.{name}")


async def test_what_is_used_is_what_it_is_taken_for() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        driver = internals.get_driver(app)
        assert driver
        assert internals.get_app(driver) is app
        assert internals.get_loop(driver).is_running()
        assert internals.wants_mouse(driver) in (True, False)
        (key,) = internals.KeyParser(False).feed("\x1b[A")
        assert getattr(key, "key", "") == "up"
        assert "\x1b[A" in internals.KEY_SEQUENCES
        await pilot.pause()


def private_names(source: str) -> set[str]:
    """Return the private names of Textual that a module uses: its modules, and attributes of apps and drivers."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual._"):
            found.add(str(node.module))
        elif isinstance(node, ast.Attribute) and node.attr in {*OF_A_DRIVER, *OF_AN_APP}:
            found.add(node.attr)
        elif isinstance(node, ast.FunctionDef) and node.name in OF_AN_APP:
            found.add(node.name)
    return found


def test_no_other_module_uses_what_is_private() -> None:
    of_textual = {name: source for name, source in SOURCES.items() if name.startswith("dossier.tui.")}
    used = {name for name, source in of_textual.items() if private_names(source)}
    assert used == {MODULE}
    modules = {"textual._ansi_sequences", "textual._xterm_parser"}
    assert private_names(SOURCES[MODULE]) == modules | {*OF_A_DRIVER, *OF_AN_APP}
