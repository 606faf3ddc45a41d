"""The program's front door: it finds out what the command line asks for, and tells how that went.

Data goes to stdout, talk to stderr. Status 0: found, or no errors; 1: nothing found, or errors; 2: could not run.
Decided here is what is loaded: each command alone, when it is asked for, and the screen's toolkit inside the function
that opens the screen. A quick command shall not wait for what others need.
"""

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.cli.arguments import (
    Browse,
    Check,
    CommandError,
    ConfigShow,
    ConfigValidate,
    Index,
    Registry,
    Search,
    Show,
    Version,
    understood,
)
from dossier.cli.output import is_marked, prints_only_ascii, tell
from dossier.terminal.capabilities import locale_encoding

if TYPE_CHECKING:
    from dossier.cli.browse import Opened, Print, Screen
    from dossier.cli.display import Chosen
    from dossier.cli.search import Writer
    from dossier.core.query import Query
    from dossier.library.index import reader
    from dossier.library.results import Whole
    from dossier.loader.limits import Limits
    from dossier.terminal.capabilities import Capabilities

_USUAL = gc.get_threshold()
_LOADED = 100_000
"""More objects than any command needs to get going."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words after the program's name ask for (None: those of this process), and give the exit status."""
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
        print(end="", flush=True)
    except CommandError as trouble:
        tell(str(trouble))
        status = 2
    except BrokenPipeError:
        # Whoever reads has had enough. What is left in the buffer must not fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0
    except OSError as error:
        if error.filename is not None:
            raise
        # What is no file's fault is the output's: a full disk, a line that is gone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        tell(f"the output cannot be written: {error.strerror}")
        status = 2
    except KeyboardInterrupt:
        status = 130
    return status


def _run(argv: Sequence[str]) -> int:
    # What is loaded stays, so that looking for garbage meanwhile is time lost.
    gc.set_threshold(_LOADED)
    try:
        return _done(argv)
    finally:
        gc.set_threshold(*_USUAL)


def _done(argv: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # What the encoding of the terminal lacks is shown as "?" rather than ending the program.
            stream.reconfigure(encoding=_stream_encoding(), errors="replace")
    try:
        asked = understood(argv)
    except SystemExit:
        return 0
    match asked:
        case Version():
            return _version()
        case Check():
            from dossier.cli.check import check  # noqa: PLC0415

            return check(asked)
        case Show():
            from dossier.cli.show import show  # noqa: PLC0415

            return show(asked)
        case Search():
            return _search(asked)
        case Index():
            from dossier.cli.index import index  # noqa: PLC0415

            return index(asked, asked.path or _default())
        case Registry():
            from dossier.cli.registry import registry  # noqa: PLC0415

            return registry(asked, asked.path or _default())
        case ConfigShow() | ConfigValidate():
            from dossier.cli.config import config  # noqa: PLC0415

            return config(asked)
        case Browse():
            from dossier.cli.browse import browse  # noqa: PLC0415

            return browse(asked, _open_screen if _has_screen(asked.path) else None, _library, _printed)


def _stream_encoding() -> str | None:
    """The locale's encoding for what is printed; None: that of Python, which was told one, or knows no better."""
    is_told = any(os.environ.get(name) for name in ("PYTHONIOENCODING", "PYTHONUTF8"))
    return None if is_told else locale_encoding(os.environ) or None


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - as slow as all else here together

    try:
        print(f"dossier {version('dossier')}")
    except PackageNotFoundError:
        print("dossier (not installed: run from its source)")
    return 0


def _search(asked: Search) -> int:
    from dossier.cli.search import Seldom, search  # noqa: PLC0415

    def bring_up(root: Path, limits: "Limits") -> "reader.Index":
        from dossier.cli.index_update import index_of  # noqa: PLC0415

        return index_of(root, limits)

    def read(path: Path, limits: "Limits") -> "Whole | None":
        from dossier.library.opened_articles import whole  # noqa: PLC0415

        return whole(path, limits)

    def complain(query: "Query") -> None:
        from dossier.cli.complaining import complain  # noqa: PLC0415

        complain(query)

    return search(asked, _writer(asked.format), Seldom(_default, bring_up, read, complain))


def _writer(name: str) -> "Writer":
    if name == "text":
        from dossier.export.excerpt_lines import excerpts  # noqa: PLC0415

        return partial(excerpts, is_marked=is_marked())
    from dossier.export.search_results import writer  # noqa: PLC0415

    return writer(name, prints_only_ascii())


def _default() -> Path:
    from dossier.cli.found import default_path  # noqa: PLC0415

    return default_path()


def _library(root: Path, asked: Browse, screen: "Screen | None", printed: "Print") -> int:
    from dossier.cli.open_library import browsed  # noqa: PLC0415

    return browsed(root, asked, screen, printed)


def _printed(texts: Iterable[str]) -> None:
    if os.environ.get("PAGER") and sys.stdout is not None and sys.stdout.isatty():
        from dossier.cli.paging import paged  # noqa: PLC0415

        paged(texts)
        return
    for text in texts:
        print(text)


def _open_screen(opened: "Opened") -> int:
    from locale import getencoding  # noqa: PLC0415 - not what Python makes of the C locale, but what that says

    from dossier.cli.browse import Relay  # noqa: PLC0415
    from dossier.cli.display import begun, manner  # noqa: PLC0415
    from dossier.cli.first_paint import FirstPaint, first, painting  # noqa: PLC0415
    from dossier.terminal.capabilities import abilities  # noqa: PLC0415
    from dossier.terminal.tty import seated, size  # noqa: PLC0415

    seated()
    able = abilities(os.environ, locale_encoding(os.environ) or getencoding())
    chosen = _chosen(opened.asked.theme)
    wanted = manner(opened.asked, chosen, able)
    relay = Relay()
    room, frame = first(begun(opened.enter(relay.tell), chosen.settings), wanted, size())
    with painting(frame, able) as painted:
        taken = painted
        if taken:
            from dossier.cli.early_keys import answer  # noqa: PLC0415

            taken, room, wanted = answer(taken, FirstPaint(room, frame), wanted, able, partial(_load_toolkit, able))
        _load_toolkit(able)
        from dossier.tui.app import DossierApp  # noqa: PLC0415
        from dossier.tui.driver import DriverConfig, wire  # noqa: PLC0415

        app = DossierApp(
            room, relay.listen, opened.read, opened.keep, wanted, wire(DriverConfig(able, taken, wanted.linear))
        )
        # No key shall wait while all of that is looked through for garbage.
        gc.freeze()
        gc.set_threshold(*_USUAL)
    app.run(mouse=wanted.mouse)
    if told := app.keep_place():
        tell(told)
    return app.return_code or 0


def _load_toolkit(able: "Capabilities") -> None:
    _prepare_toolkit(able)
    import dossier.tui.app  # noqa: F401, PLC0415


def _prepare_toolkit(able: "Capabilities") -> None:
    """Set what the toolkit reads when it is imported."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    # Of the kitty keyboard mode a line that drops would leave the shell printing key codes.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    # What a terminal cannot show is made less of on the way to it; without that way, here.
    systems = {0: "standard", 16: "standard", 256: "256"}
    is_off = os.environ.get("DOSSIER_WIRE") == "off"
    os.environ["TEXTUAL_COLOR_SYSTEM"] = systems.get(able.colours, "truecolor") if is_off else "truecolor"
    # A key is not to wait for the next of sixty frames a second.
    os.environ["TEXTUAL_FPS"] = "250"


def _chosen(theme: str) -> "Chosen":
    from dossier.config.settings import folder  # noqa: PLC0415

    home = folder(os.environ)
    if not theme and not (home / "config.toml").exists():
        from dossier.cli.display import Chosen  # noqa: PLC0415

        return Chosen()
    from dossier.cli.chosen import chosen  # noqa: PLC0415

    return chosen(home, theme)


def _has_screen(path: Path | None) -> bool:
    """Whether stdout is a terminal that can be painted on, and keys can be typed, if not on stdin."""
    if os.environ.get("TERM", "") in ("", "dumb") or sys.stdout is None or not sys.stdout.isatty():
        return False
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    from dossier.terminal.tty import is_at_hand  # noqa: PLC0415

    # What comes through stdin is read there again when it is copied or edited.
    return is_at_hand() and not str(path or "").startswith(("/dev/", "/proc/"))
