"""The entries of the help: the legend of the marks, every key, and what can be typed after `:`.

Add further entries of the help to `help_entries`. An entry whose address has the id of a command can be run.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Final

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.ui.command_line import LINE_COMMANDS
from dossier.ui.commands import Command, keys_words
from dossier.ui.popup import Popup, filter_popup, open_popup
from dossier.ui.render.narrow_signs import choose_one_cell_sign

SIGNS: Final = (
    ("▌", "the cursor"),
    ("•", "lit: linked to what the cursor is on"),
    ("❝", "a quote with the speaker's own words; in the margin: a paragraph with quotes"),
    ("›", "a paraphrase: an indirect, reported or free indirect quote"),
    ("◷", "a paragraph with a dated event"),
    ("● ○ ? ¬", "an event that happened, is planned, alleged, denied"),
    ("✗ !", "in the margin: an error, a warning; ✗ before text: broken, shown as in the file"),
    ("⚑ ✎", "in the margin: you marked this; you wrote a note on this"),
    ("▸", "before a headline in the list of articles: the article that is open"),
    ("▪ ▸ ·3", "on a narrow screen: something lit; pins and filters; the hits in a pane"),
    ("- + ~ >", "side by side: only on the left, only on the right, not the same, the same in another order"),
)
"""The marks that the screen has, each with what it stands for."""
_LINE_KEYS: Final = (
    (
        "Left Right Home End",
        "Move by a character, to the start, to the end. Also Ctrl+B Ctrl+F Ctrl+A Ctrl+E.",
    ),
    ("Alt+B Alt+F", "Move a word back, a word forward. Also Ctrl+Left Ctrl+Right."),
    ("Ctrl+W Ctrl+U Ctrl+K", "Delete the word before the caret, all before it, all after it."),
    ("Tab Shift+Tab", "Complete the word before the caret: a command, a field of a search, a name."),
    ("Ctrl+O", "In a note: go on in $EDITOR, where it may have several lines."),
    ("Up Down", "Recall earlier lines; in a list, choose a row."),
)
"""The keys of a line that is typed, each with a sentence for the help."""


def help_entries(commands: Mapping[str, Command]) -> tuple[Entry, ...]:
    """Return the entries of the help, in the order of the popup."""
    signs = (_entry(f"sign {sign}", choose_one_cell_sign(sign), told, "Signs") for sign, told in SIGNS)
    keys = (_entry(one.id, keys_words(one, known=False), one.help, one.section, one.title) for one in commands.values())
    line = (
        _entry(f"line {typed}", f":{typed}", one.help, "The command line")
        for one in LINE_COMMANDS
        for typed in (f"{one.word} {one.argument}".rstrip(),)
    )
    editing = (_entry(f"typing {key}", key, told, "Typing a line") for key, told in _LINE_KEYS)
    return (*signs, *keys, *line, *editing)


def open_help(commands: Mapping[str, Command], topics: Iterable[Entry] = (), words: str = "") -> Popup:
    """Return the help as a popup, with `topics` at its end; with `words`, only the entries that match them."""
    popup = open_popup("run", "Help", (*help_entries(commands), *topics))
    return filter_popup(popup, words) if words else popup


def command_of(entry: Entry, commands: Container[str]) -> str:
    """Return the id of the command that an entry of the help runs; "" for an entry that only explains.

    `commands` has the ids of all commands, those that open a topic among them.
    """
    return entry.ref.id if entry.ref.id in commands else ""


def _entry(name: str, label: str, text: str, section: str, title: str = "") -> Entry:
    titled = (Part("title", title),) if title else ()
    return Entry(Ref("", "about", name), (Part("label", label), Part("text", text), *titled), 0, section)
