"""What a whole screen or a command prints is kept as a text file in tests/golden; it stands beside assertions, never
instead of one. With DOSSIER_GOLDEN=write in the environment the files are written anew: read the difference before
you keep it."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def expect(name: str, text: str) -> None:
    """Compare `text` with the file `name`.txt; blanks at the ends of lines do not count."""
    file = FOLDER / f"{name}.txt"
    shown = "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"
    if os.environ.get("DOSSIER_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, "utf-8")
    kept = file.read_text("utf-8") if file.exists() else ""
    assert shown.splitlines() == kept.splitlines(), f"{file.name} differs; DOSSIER_GOLDEN=write makes it anew"
