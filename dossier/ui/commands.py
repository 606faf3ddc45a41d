"""The table of all commands. Keys, foot line, help and the list of commands are made from it."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from dossier.core.dataclasses import NamedTuple
from dossier.ui.key_words import bound_key_words, key_words
from dossier.ui.keystrokes import KNOWN_KEYS
from dossier.ui.state import State


def _always(state: State) -> bool:
    return True


def _has_link(state: State) -> bool:
    return any(state.pane.entries[row].anchors for row, _, _ in state.pane.visible_rows())


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
_NOTES, _SHOW, _TAKE, _LEAVE = "Marks and notes", "Display", "Copying and export", "The program"

_TABLE = (
    Command("line-down", ("j", "down"), "line down", "Next line of the text or row of a list.", _MOVE),
    Command("line-up", ("k", "up"), "line up", "Previous line or row.", _MOVE),
    Command("link-next", ("l", "right"), "next link", "Next link in the text or row.", _MOVE, _has_link),
    Command("link-previous", ("h", "left"), "previous link", "Previous link.", _MOVE, _has_link),
    Command("half-page-down", ("d",), "half a page down", "Scroll down half a page.", _MOVE),
    Command("half-page-up", ("u",), "half a page up", "Scroll up half a page.", _MOVE),
    Command("page-down", ("pagedown", "ctrl+f"), "page down", "Scroll down a page.", _MOVE),
    Command("page-up", ("pageup", "ctrl+b"), "page up", "Scroll up a page.", _MOVE),
    Command("top", ("g", "home"), "top", "Go to the first line.", _MOVE),
    Command("end", ("G", "end"), "end", "Go to the last line.", _MOVE),
    Command("percent", ("percent_sign",), "percent", "With a count, go that far down in percent: 50%.", _MOVE),
    Command("scroll-down", ("ctrl+e",), "scroll down", "Scroll down a line; the cursor stays where it is.", _MOVE),
    Command("scroll-up", ("ctrl+y",), "scroll up", "Scroll up a line; the cursor stays where it is.", _MOVE),
    Command(
        "paragraph-next",
        ("right_curly_bracket",),
        "next paragraph",
        "Next paragraph; in a list, next year, group or speaker.",
        _MOVE,
    ),
    Command(
        "paragraph-previous",
        ("left_curly_bracket",),
        "previous paragraph",
        "Start of this paragraph, then of the previous one; in a list, previous year, group or speaker.",
        _MOVE,
    ),
    Command("pane-next", ("tab",), "next pane", "Next pane.", _MOVE),
    Command("pane-previous", ("shift+tab",), "previous pane", "Previous pane.", _MOVE),
    Command("pane-article", ("1",), "article", "Article: text, captions, glossary, facts.", _MOVE),
    Command("pane-people", ("2",), "people", "People, organisations, places and unnamed sources.", _MOVE),
    Command("pane-quotes", ("3",), "quotes", "Quotes, by speaker.", _MOVE),
    Command("pane-timeline", ("4",), "timeline", "Timeline.", _MOVE),
    Command("pane-library", ("0",), "library", "Articles of the library; again: the facets.", _MOVE, _has_library),
    Command(
        "period-next",
        ("right_square_bracket",),
        "next period",
        "Next year, group or speaker; in the text, next paragraph with evidence.",
        _MOVE,
    ),
    Command(
        "period-previous",
        ("left_square_bracket",),
        "previous period",
        "Previous year, group, speaker or paragraph with evidence.",
        _MOVE,
    ),
    Command("follow", ("enter",), "follow", "Follow the link; from a row, go to its evidence.", _FOLLOW),
    Command("back", ("backspace", "H"), "back", "Go back to where the last jump began.", _FOLLOW, _has_past),
    Command("forward", ("L",), "forward", "Go forward again.", _FOLLOW),
    Command("peek", ("space",), "peek", "Show the details without leaving.", _FOLLOW),
    Command("hints", ("f",), "hints", "Show a letter at every link in view; type it to go there.", _FOLLOW),
    Command("mention-next", ("asterisk",), "next mention", "Next mention in the text.", _FOLLOW),
    Command("mention-previous", ("number_sign",), "previous mention", "Previous mention in the text.", _FOLLOW),
    Command("find", ("slash",), "find", "Find in all panes as you type.", _FIND),
    Command("hit-next", ("n",), "next hit", "Next hit, in all panes.", _FIND, _has_query),
    Command("hit-previous", ("N",), "previous hit", "Previous hit, in all panes.", _FIND, _has_query),
    Command("filter", ("ampersand",), "filter", "Show only matches in this pane.", _FIND),
    Command("pin", ("full_stop",), "pin", "Show only what is linked to this; again: show all.", _FIND),
    Command("mark", ("m",), "mark", "Mark what the cursor is on; again: remove the mark.", _NOTES),
    Command("note", ("a",), "note", "Write a note on what the cursor is on, or edit the one that is there.", _NOTES),
    Command("notes", ("apostrophe",), "notes", "List all marks and notes; Enter goes to one.", _NOTES),
    Command("search", ("s",), "search", "Search the library as you type.", _LIBRARY, _has_library),
    Command("results", ("S",), "last results", "Repeat the last search.", _LIBRARY),
    Command(
        "name-search",
        ("b",),
        "save search",
        "Save this search under a name; the facets list it with its count.",
        _LIBRARY,
    ),
    Command(
        "widen",
        ("w",),
        "widen",
        "Show people, quotes and timeline of the hits, the articles found, the library, this article.",
        _LIBRARY,
        _has_library,
    ),
    Command("exclude", ("minus",), "exclude", "Exclude this from the library; again: include it.", _LIBRARY),
    Command("order", ("v",), "order", "Sort the list of articles in the next order.", _LIBRARY),
    Command(
        "compare",
        ("c",),
        "compare",
        "Choose an article or event, then another: both side by side; again on the first: undo.",
        _LIBRARY,
    ),
    Command(
        "same", ("equals_sign",), "same person?", "Compare the evidence that articles mean the same person.", _LIBRARY
    ),
    Command(
        "undo-decision",
        ("U",),
        "undo decision",
        "Take back your last decision on who is the same person; again: the one before it.",
        _LIBRARY,
    ),
    Command(
        "alone", ("z",), "this pane alone", "Show only this pane (with --linear: all of it); again: as before.", _SHOW
    ),
    Command(
        "findings", ("exclamation_mark",), "problems", "Show the problems that the checker found in the file.", _SHOW
    ),
    Command("help", ("question_mark",), "help", "List all keys; Enter runs a command.", _SHOW),
    Command("commands", ("colon",), "commands", "Run a command by its name or key; go to a row by its number.", _SHOW),
    Command("redraw", ("ctrl+l",), "redraw", "Redraw.", _SHOW),
    Command(
        "select",
        ("V",),
        "select words",
        "Select words of a paragraph or row, for the next command; Esc ends the selection.",
        _TAKE,
    ),
    Command("copy", ("y",), "copy", "Copy text, citation, address and more, from a menu.", _TAKE),
    Command("export", ("x",), "export", "Write this entry, pane or article, or all that are listed, to a file.", _TAKE),
    Command(
        "pipe",
        ("vertical_line",),
        "pipe",
        "Give this text, or the selection, to a shell command; show what it prints.",
        _TAKE,
    ),
    Command(
        "web", ("o",), "web address", "Open the web address in the browser, or copy it if there is no browser.", _LEAVE
    ),
    Command("edit", ("e",), "edit", "Edit the YAML in $EDITOR, at this line.", _LEAVE),
    Command(
        "leave",
        ("escape",),
        "leave",
        "Close what is open: the search, the single pane, the filter, the last pin.",
        _LEAVE,
    ),
    Command("suspend", ("ctrl+z",), "suspend", "Return to the shell; fg comes back.", _LEAVE),
    Command("quit", ("q", "ctrl+c"), "quit", "Quit.", _LEAVE),
)

COMMANDS = tuple(command._replace(also=KNOWN_KEYS.get(command.id, ())) for command in _TABLE)
"""The table of all commands."""

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

_FOOT_OF_SELECTION = (("h/l", "word"), ("j/k", "line"))
_MORE_OF_SELECTION = (("o", "other end"), ("(/)", "sentence"), ("Esc", "end"))
"""The keys that change a selection, before and behind those that use it, for the foot line."""
_USES_OF_SELECTION = (("copy", "copy"), ("mark", "mark"), ("note", "note"), ("export", "export"), ("pipe", "pipe"))
"""The commands that do something with a selection, each with its word for the foot line."""

_LESSONS = (
    "{line-down} {line-up}  a line down, up; what it names is shown here",
    "{link-previous} {link-next}  choose a link; {follow} follows it, {back} comes back",
    "{peek}  shows details; {find} finds words; {help} lists all keys; {quit} quits",
)
_LIBRARY_LESSONS = (
    "{line-down} {line-up}  choose an article; {follow} opens it, {back} comes back",
    "{search}  searches all articles; {pane-library} shows the facets",
    "{help}  lists all keys; {quit} quits",
)
"""What the first keys do, in words, with the ids of commands in place of their keys."""


def keys_words(command: Command, known: bool = True) -> str:
    """Return the keys of a command as they are printed, separated by spaces; with `known`, those in `also`, too."""
    return " ".join((*_printed(command), *map(key_words, command.also if known else ())))


def _printed(command: Command) -> tuple[str, ...]:
    return command.printed or tuple(map(key_words, command.keys))


class _FirstKeys(dict[str, str]):
    """The first key of each command as it is printed, by the command's id, made when it is asked for."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        super().__init__()
        self._commands = commands

    def __missing__(self, command_id: str) -> str:
        printed = _printed(self._commands[command_id])
        if not printed:
            raise KeyError(command_id)
        return printed[0]


BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
"""The commands by their ids, in the order of the table."""


def with_keys(keys: Mapping[str, tuple[str, ...]], written: Callable[[str], str]) -> Mapping[str, Command]:
    """Return all commands by their ids, with other keys.

    `keys` has all keys of a command by its id; a command that is not in it keeps its own. `written` returns the printed
    form of a key that has no name in `key_words` and that is pressed without a modifier. A command that gets new
    keys, or none, loses those in `also`; every command loses those in `also` that are now keys of another.
    """
    taken = {key for several in keys.values() for key in several}

    def changed(command: Command) -> Command:
        own = keys.get(command.id, command.keys)
        is_own = own and set(own) <= set(command.keys)
        also = tuple(key for key in command.also if key not in taken) if is_own else ()
        return command._replace(keys=own, printed=tuple(bound_key_words(key, written) for key in own), also=also)

    return {id: changed(command) for id, command in BY_ID.items()}


def first_lessons(pane: str, commands: Mapping[str, Command] = BY_ID) -> tuple[str, ...]:
    """Return what the first keys do in a pane, in a few lines; one that names a command without a key is left out."""
    keys, lines = _FirstKeys(commands), []
    for lesson in {"library": _LIBRARY_LESSONS, "facets": ()}.get(pane, _LESSONS):
        with suppress(KeyError):
            lines.append(lesson.format_map(keys))
    return tuple(lines)


def foot_keys(state: State, commands: Mapping[str, Command] = BY_ID) -> tuple[tuple[str, str], ...]:
    """Return the keys that the foot line names in this state, each with its word."""
    if state.selection:
        uses = ((commands[id], word) for id, word in _USES_OF_SELECTION if id in commands)
        named_uses = tuple((_printed(one)[0], word) for one, word in uses if one.keys)
        return (*_FOOT_OF_SELECTION, *named_uses, *_MORE_OF_SELECTION)
    named = [([commands[id] for id in ids], word) for ids, word in _FOOT if commands[ids[0]].when(state)]
    return tuple(
        [
            ("/".join([_printed(one)[0] for one in several]), word)
            for several, word in named
            if all(one.keys for one in several)
        ]
    )
