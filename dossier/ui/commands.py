"""The table of all commands. Keys, foot line, help, the list of commands and the README are made from it."""

from collections.abc import Callable, Mapping

from dossier.core.dataclasses import NamedTuple
from dossier.ui.keystrokes import KNOWN_KEYS
from dossier.ui.state import State


def _always(state: State) -> bool:
    return True


def _has_link(state: State) -> bool:
    pane = state.pane
    rows = dict.fromkeys(position.row for position in pane.visible_positions())
    return any(pane.entries[row].anchors for row in rows)


def _has_past(state: State) -> bool:
    return bool(state.history.past)


def _has_query(state: State) -> bool:
    return state.find.query is not None


def _has_library(state: State) -> bool:
    return state.library is not None


class Command(NamedTuple):
    """A command, its keys and its words.

    `keys` are the toolkit's names of the keys. `title` is for lists, `help` is a sentence, and `section` is the heading
    of the help that the command stands under. The foot line names the command only if `when` returns true. `printed`
    are the keys as they are shown; when it is empty, `key_words` gives their names. `also` are keys that readers know
    from other programs: they run the command unless the reader has given them to another one.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    section: str
    when: Callable[[State], bool] = _always
    printed: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


_MOVE, _FOLLOW, _FIND, _LIBRARY = "Moving", "Links and evidence", "Finding and narrowing", "The library"
_SHOW, _LEAVE = "Looking", "The program"

_TABLE = (
    Command("line-down", ("j", "down"), "line down", "The next line of the text, the next row of a list.", _MOVE),
    Command("line-up", ("k", "up"), "line up", "The line or row before.", _MOVE),
    Command("link-next", ("l", "right"), "next link", "The next link in the text or row.", _MOVE, _has_link),
    Command("link-previous", ("h", "left"), "previous link", "The link before.", _MOVE, _has_link),
    Command("half-page-down", ("d",), "half a page down", "Half a page down.", _MOVE),
    Command("half-page-up", ("u",), "half a page up", "Half a page up.", _MOVE),
    Command("page-down", ("pagedown", "ctrl+f"), "page down", "A page down.", _MOVE),
    Command("page-up", ("pageup", "ctrl+b"), "page up", "A page up.", _MOVE),
    Command("top", ("g", "home"), "top", "The first line.", _MOVE),
    Command("end", ("G", "end"), "end", "The last line.", _MOVE),
    Command("percent", ("percent_sign",), "percent", "So many percent of the way down: 50%.", _MOVE),
    Command("scroll-down", ("ctrl+e",), "scroll down", "Scroll by a line; the cursor stays where it is.", _MOVE),
    Command("scroll-up", ("ctrl+y",), "scroll up", "Scroll back by a line.", _MOVE),
    Command(
        "paragraph-next",
        ("right_curly_bracket",),
        "next paragraph",
        "The next paragraph; in a list the next year, group or speaker.",
        _MOVE,
    ),
    Command(
        "paragraph-previous",
        ("left_curly_bracket",),
        "previous paragraph",
        "The first line of this paragraph, then of the one before; in a list the group before.",
        _MOVE,
    ),
    Command("pane-next", ("tab",), "next pane", "The next pane.", _MOVE),
    Command("pane-previous", ("shift+tab",), "previous pane", "The pane before.", _MOVE),
    Command("pane-article", ("1",), "article", "The article: text, captions, glossary, facts.", _MOVE),
    Command("pane-people", ("2",), "people", "The people, organisations, places and unnamed sources.", _MOVE),
    Command("pane-quotes", ("3",), "quotes", "The quotes, by speaker.", _MOVE),
    Command("pane-timeline", ("4",), "timeline", "The timeline.", _MOVE),
    Command(
        "pane-library", ("0",), "library", "The library's articles; again: what to narrow them by.", _MOVE, _has_library
    ),
    Command(
        "period-next",
        ("right_square_bracket",),
        "next period",
        "The next year, group or speaker; in the text the next paragraph with evidence.",
        _MOVE,
    ),
    Command("period-previous", ("left_square_bracket",), "previous period", "The same, backwards.", _MOVE),
    Command("follow", ("enter",), "follow", "Go to what the link names, from a row to its evidence.", _FOLLOW),
    Command("back", ("backspace", "H"), "back", "Back to where the last jump began.", _FOLLOW, _has_past),
    Command("forward", ("L",), "forward", "Forward again.", _FOLLOW),
    Command("peek", ("space",), "peek", "All that is known of it, without leaving.", _FOLLOW),
    Command("hints", ("f",), "hints", "A letter on every link on view: type it to go there.", _FOLLOW),
    Command("mention-next", ("asterisk",), "next mention", "The next place in the text that speaks of this.", _FOLLOW),
    Command("mention-previous", ("number_sign",), "previous mention", "The place before.", _FOLLOW),
    Command("find", ("slash",), "find", "Find in all panes while you type.", _FIND),
    Command("hit-next", ("n",), "next hit", "The next hit, through all panes.", _FIND, _has_query),
    Command("hit-previous", ("N",), "previous hit", "The hit before.", _FIND, _has_query),
    Command("filter", ("ampersand",), "filter", "Show only what matches in this pane.", _FIND),
    Command("pin", ("full_stop",), "pin", "Keep in the lists only what is linked to this; again: all.", _FIND),
    Command("search", ("s",), "search", "Search the library while you type.", _LIBRARY, _has_library),
    Command("results", ("S",), "last results", "What was searched for last, again.", _LIBRARY),
    Command(
        "name-search",
        ("b",),
        "keep this search",
        "Give this search a name; it is then listed with its count.",
        _LIBRARY,
    ),
    Command(
        "widen",
        ("w",),
        "widen",
        "People, quotes and timeline of this article, of the articles found, of the library.",
        _LIBRARY,
        _has_library,
    ),
    Command("exclude", ("minus",), "exclude", "Leave out of the library what the cursor is on; again: not.", _LIBRARY),
    Command("order", ("v",), "order", "The next order of the list of articles.", _LIBRARY),
    Command("same", ("equals_sign",), "same person?", "The evidence that two articles mean one person.", _LIBRARY),
    Command("alone", ("z",), "this pane alone", "This pane alone on the screen, and back.", _SHOW),
    Command("findings", ("exclamation_mark",), "findings", "What the checker found in the file.", _SHOW),
    Command("help", ("question_mark",), "help", "Every key and what it does; Enter runs one.", _SHOW),
    Command("commands", ("colon",), "commands", "Every command: type to narrow the list.", _SHOW),
    Command("redraw", ("ctrl+l",), "draw afresh", "Draw the whole screen afresh.", _SHOW),
    Command("copy", ("y",), "copy", "Copy: a menu of what can be copied of what the cursor is on.", _LEAVE),
    Command(
        "web", ("o",), "web address", "The article's web address, in the browser; without one it is copied.", _LEAVE
    ),
    Command("edit", ("e",), "edit", "The YAML in $EDITOR, at the line of what the cursor is on.", _LEAVE),
    Command(
        "leave",
        ("escape",),
        "leave",
        "Leave what is open: the search, the pane alone, the filter, the last pin.",
        _LEAVE,
    ),
    Command("suspend", ("ctrl+z",), "suspend", "Back to the shell; fg returns.", _LEAVE),
    Command("quit", ("q", "ctrl+c"), "quit", "Leave the program.", _LEAVE),
)

COMMANDS = tuple(command._replace(also=KNOWN_KEYS.get(command.id, ())) for command in _TABLE)
"""The table of all commands."""

MARKS = (
    ("▌", "the cursor"),
    ("•", "lit: linked to what the cursor is on"),
    ("❝", "a quote in the speaker's own words, wholly or in part; in the gutter: a paragraph with quotes"),
    ("›", "a statement retold: indirect, reported or free indirect"),
    ("◷", "a paragraph that dates an event"),
    ("● ○ ? ¬", "an event that happened, is planned, is alleged, is denied"),
    ("✗ !", "in the margin: an error, a warning of the checker; ✗ before words: broken, shown as the file has them"),
    ("▪ ▸ ·3", "on a narrow screen: somebody or something lit; what is pinned or filtered; a pane's hits"),
)

_FOOT = (
    (("line-down", "line-up"), "line"),
    (("link-previous", "link-next"), "link"),
    (("follow",), "follow"),
    (("back",), "back"),
    (("peek",), "peek"),
    (("search",), "search"),
    (("widen",), "widen"),
    (("find",), "find"),
    (("hit-next", "hit-previous"), "hit"),
    (("hints",), "hints"),
    (("pane-next",), "pane"),
    (("quit",), "quit"),
    (("help",), "help"),
)

_KEY_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "percent_sign": "%",
    "underscore": "_",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "asterisk": "*",
    "number_sign": "#",
    "slash": "/",
    "ampersand": "&",
    "full_stop": ".",
    "exclamation_mark": "!",
    "question_mark": "?",
    "colon": ":",
    "enter": "Enter",
    "backspace": "Backspace",
    "space": "Space",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "f1": "F1",
    "left": "←",
    "right": "→",
}


def key_words(key: str) -> str:
    """Return the printed form of a key, which is given by the toolkit's name: `Ctrl+F`, `Enter`, `]`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    held, plus, letter = key.rpartition("+")
    return f"{held.capitalize()}+{_KEY_NAMES.get(letter, letter.upper())}" if plus else key


def keys_words(command: Command, known: bool = True) -> str:
    """Return the keys of a command as they are printed, separated by spaces; with `known`, those in `also`, too."""
    return " ".join((*_printed(command), *map(key_words, command.also if known else ())))


def _printed(command: Command) -> tuple[str, ...]:
    return command.printed or tuple(map(key_words, command.keys))


BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
"""The commands by their ids, in the order of the table."""


def with_keys(keys: Mapping[str, tuple[str, ...]], written: Callable[[str], str]) -> Mapping[str, Command]:
    """Return all commands by their ids, with other keys.

    `keys` has all keys of a command by its id; a command that is not in it keeps its own. `written` returns the printed
    form of a key that `_KEY_NAMES` does not have and that is pressed without a modifier. A command that gets new
    keys, or none, loses those in `also`; every command loses those in `also` that are now keys of another.
    """
    taken = {key for several in keys.values() for key in several}

    def words(key: str) -> str:
        if key in _KEY_NAMES or "+" in key:
            return key_words(key)
        said = written(key)
        return said.capitalize() if len(said) > 1 else said

    def changed(command: Command) -> Command:
        own = keys.get(command.id, command.keys)
        is_own = own and set(own) <= set(command.keys)
        also = tuple(key for key in command.also if key not in taken) if is_own else ()
        return command._replace(keys=own, printed=tuple(map(words, own)), also=also)

    return {id: changed(command) for id, command in BY_ID.items()}


def foot_keys(state: State, commands: Mapping[str, Command] = BY_ID) -> tuple[tuple[str, str], ...]:
    """Return the keys that the foot line names in this state, each with its word."""
    named = [([commands[id] for id in ids], word) for ids, word in _FOOT if commands[ids[0]].when(state)]
    return tuple(
        [
            ("/".join([_printed(one)[0] for one in several]), word)
            for several, word in named
            if all(one.keys for one in several)
        ]
    )
