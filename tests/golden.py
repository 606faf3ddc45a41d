"""Comparison of whole screens and of the output of commands with text files in tests/golden.

Such a comparison is made in addition to assertions, never instead. With DOSSIER_GOLDEN=write in the environment the
files are written anew; read the changes before you commit them.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def expect(name: str, text: str) -> None:
    """Compare `text` with the file `name`.txt. Blanks at the ends of lines do not count."""
    file, shown = _file(name), _shown(text)
    if _writes():
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, "utf-8")
    kept = file.read_text("utf-8") if file.exists() else ""
    assert shown.splitlines() == kept.splitlines(), f"{file.name} differs; DOSSIER_GOLDEN=write makes it anew"


def is_kept(name: str, text: str) -> bool:
    """Return whether `text` equals the file, or will be written to it. A test can wait for a screen this way."""
    return _writes() or (_file(name).exists() and _shown(text) == _file(name).read_text("utf-8"))


def _writes() -> bool:
    return os.environ.get("DOSSIER_GOLDEN") == "write"


def _file(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def _shown(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"
