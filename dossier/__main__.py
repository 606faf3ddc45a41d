"""The program: the command `dossier`, and `python -m dossier` wherever that is not on the path."""

import sys

from dossier.cli.garbage import collect_late


def start() -> int:
    """Run the command that the words after the program's name ask for, and return the exit status."""
    # Before anything else is loaded: the modules alone make tens of thousands of objects.
    collect_late()
    from dossier.cli.main import main  # noqa: PLC0415

    return main()


if __name__ == "__main__":
    sys.exit(start())
