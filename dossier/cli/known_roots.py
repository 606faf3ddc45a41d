"""Tell the reader where what was made in a library is, and record where the library is, without making anybody wait."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, Timer
from typing import TYPE_CHECKING

from dossier.cli.arguments import CommandError
from dossier.cli.output import print_message
from dossier.library.state_folders import FoundState, Question, find_state
from dossier.text.sanitize import sanitize_text

if TYPE_CHECKING:
    from dossier.library.reuse import Reused

_AFTER = 2.0
"""Seconds after the start when a library is recorded, so that its disk is read for the first screen alone."""
_PATIENCE = 0.4
"""Seconds that recording may take at the end, when the terminal has been given back."""


def report_state_folder(root: Path) -> Path:
    """Return the folder with what the reader made in a library, and print what there is to know about it."""
    found = find_state(root)
    if words := former_path_words(root, found) or (question_words(root, found.question) if found.question else ""):
        print_message(words)
    return found.folder


def answer_reuse_question(root: Path, reused: "Reused") -> None:
    """Answer the open question about a library. Raises CommandError when there is none, or nothing can be written."""
    from dossier.library.reuse import Reuse, ReuseError

    reuse = Reuse(root, find_state(root))
    if reuse.question is None:
        raise CommandError(f"nothing to reuse: {root} is not known as a copy of another library")
    try:
        if not reuse.answer(reused):
            raise CommandError(f"nothing to reuse: {root} was answered about in another program at this moment")
    except ReuseError as error:
        raise CommandError(str(error)) from None
    print_message(f"what you make in {root} is kept in {reuse.folder}")


def former_path_words(root: Path, found: FoundState) -> str:
    """Return the message that a library or article was found under another path than before, or ""."""
    if not found.moved_from:
        return ""
    kept = "the folder was {}: its searches, names and decisions are used here"
    if not os.path.isdir(root):
        kept = "the file was {}: your place in it is used here"
    return sanitize_text(kept.format(found.moved_from))


def question_words(root: Path, question: Question) -> str:
    """Return the message of a command that does not use what was made in another library until the reader says so."""
    cause = (
        f"another library was in {root} before"
        if question.is_replaced
        else f"{root} seems to be a copy of the library in {question.path}"
    )
    return sanitize_text(
        f"{cause}; its searches and decisions are not used here: "
        f"dossier index {root} --reuse copy uses a copy of them, --reuse share the same ones, --reuse nothing none"
    )


@contextmanager
def remembering(remember: Callable[[], None]) -> Iterator[None]:
    """Call `remember` on another thread, in a while, and once more at the end of the `with` block.

    An article may have been edited meanwhile. The end waits for it only for a moment.
    """
    later = Timer(_AFTER, remember)
    later.daemon = True
    later.start()
    try:
        yield
    finally:
        later.cancel()
        last = Thread(target=remember, daemon=True)
        last.start()
        last.join(_PATIENCE)
