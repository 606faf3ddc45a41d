"""The question whether a library is to use what was made in another one, as a popup.

The cursor is on the question itself, which is read out first, and where an Enter that was meant for something else
decides nothing.
"""

from typing import Final

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.reuse import Reused
from dossier.library.state_folders import Question
from dossier.text.sanitize import sanitize_text
from dossier.ui.popup import Popup, open_popup

REUSE: Final = "choose what to reuse"
"""The purpose of the popup."""
_LATER: Final = "l"
_ANSWERS: Final = {"c": Reused.COPY, "t": Reused.SHARED, "n": Reused.NOTHING}
_ROWS: Final = {
    _LATER: "later: ask again next time, and leave everything as it is",
    "c": "copy: begin with a copy of them",
    "t": "together: use the same ones in both places",
    "n": "nothing: begin with none",
}
_ROWS_REPLACED: Final = {**_ROWS, "t": "take them: this is the same library"}


def open_reuse_question(question: Question) -> Popup:
    """Return the popup that asks the question."""
    path = sanitize_text(question.path)
    told = (
        "Another library was in this folder before. Its searches and decisions are kept, but not used here. Use them?"
        if question.is_replaced
        else f"This seems to be a copy of the library in {path}. Its searches and decisions are not used here. "
        "Use them?"
    )
    rows = _ROWS_REPLACED if question.is_replaced else _ROWS
    entries = [Entry(Ref("", "about", "told"), (Part("text", told),), 0)]
    entries += [Entry(Ref("", "about", key), (Part("label", key), Part("text", text)), 0) for key, text in rows.items()]
    title = "Another library was here" if question.is_replaced else "A copy of a library"
    return open_popup(REUSE, title, entries, keys=("", *rows))


def reused_by_key(popup: Popup, key: str) -> Reused | None:
    """Return the answer that a key gives; None for a key that gives none, and for the one that asks again later."""
    chosen = popup.chosen.ref.id if key == "enter" and popup.chosen else key
    return _ANSWERS.get(chosen)


def is_later(popup: Popup, key: str) -> bool:
    """Return whether a key leaves the question open."""
    return key == _LATER or (key == "enter" and popup.chosen is not None and popup.chosen.ref.id == _LATER)
