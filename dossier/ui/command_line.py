"""The command line: what a line typed after `:` means, which commands match it, and what its keys do.

A number, an exact id or key, or a word of `LINE_COMMANDS` with what it needs is taken as it is. Any other text is
searched for in the ids, titles and explanations of all commands; Enter then runs the one that is marked in the list.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import Final
from urllib.parse import unquote

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.ref import Ref
from dossier.text.folding import fold
from dossier.text.messages import quote_typed, suggest_name
from dossier.ui.commands import Command, keys_words
from dossier.ui.export_menu import EXPORT_WORDS
from dossier.ui.line_completion import Candidate, Completion, Word, choose_candidate, complete_search, press_tab
from dossier.ui.line_edit import LineEdit
from dossier.ui.options import DisplayOptions
from dossier.ui.prompt import Prompt, paste_text, recall_line, type_key
from dossier.ui.state import State

_MOST: Final = 200
"""The most addresses that are listed."""


class LineCommand(NamedTuple):
    """A command that only the command line has: its word, what follows the word, and a sentence for the help."""

    word: str
    argument: str
    help: str


LINE_COMMANDS: Final = (
    LineCommand("12", "", "Go to row 12 of the list, or paragraph 12 of the text."),
    LineCommand("p12", "", "Go to paragraph 12 of the article."),
    LineCommand("find", "WORDS", "Find the words in all panes."),
    LineCommand("search", "QUERY", "Search the library."),
    LineCommand("at", "ADDRESS", "Go to an address, such as quote/q3, or to an article of the library."),
    LineCommand("note", "TEXT", "Write a note on what the cursor is on."),
    LineCommand("pipe", "COMMAND", "Give this text to a command, and show what it prints; also :| COMMAND."),
    LineCommand("theme", "NAME", "Use another theme until the program ends."),
    LineCommand("export", "FORMAT FILE", "Write this list, or the article, to a file."),
    LineCommand("export", "hits FORMAT FILE", "Write only the hits of the search."),
    LineCommand("help", "WORDS", "Show the keys that match."),
)

_SPELLINGS: Final = {
    **dict.fromkeys(("q!", "qa", "qa!", "wq", "wq!", "exit"), "quit"),
    "h": "help",
    "$": "end",
}
"""Words that other programs have for a command, each with its id."""
_NOTHING_TO_SAVE: Final = "nothing to save: the program only reads; :q quits"
_WITHOUT_MEANING: Final = dict.fromkeys(("w", "w!", "wa", "up", "update"), _NOTHING_TO_SAVE)
_ARGUMENTS: Final = {line.word for line in LINE_COMMANDS if line.argument}
_OWN: Final = tuple(line for line in LINE_COMMANDS if line.word in ("at", "theme"))
"""The line commands whose words are no ids of commands."""
_PIPE: Final = "|"
_PARAGRAPH: Final = re.compile(r"p([0-9]+)")


class Call(NamedTuple):
    """What a line asks for.

    `name` is `run` (`argument` is the id of a command), `row` or `paragraph` (its number), `say` (a message), `ask` (a
    word whose argument is missing), "" for nothing, or a word of `LINE_COMMANDS` that takes an argument.
    """

    name: str
    argument: str = ""


def parse_call(typed: str, commands: Mapping[str, Command]) -> Call:
    """Return what the line asks for by an exact word; a message where there is no such word."""
    text = typed.strip().removeprefix(":").strip()
    word, _, argument = text.partition(" ")
    argument = argument.strip()
    if not text:
        return Call("")
    if word in _ARGUMENTS and argument:
        return Call(word, argument)
    if text.startswith(_PIPE) and text != _PIPE:
        return Call("pipe", text.removeprefix(_PIPE).strip())
    if text.isascii() and text.isdecimal():
        return Call("row", text)
    if paragraph := _PARAGRAPH.fullmatch(text):
        return Call("paragraph", paragraph[1])
    if text in _WITHOUT_MEANING:
        return Call("say", _WITHOUT_MEANING[text])
    if found := _exact_id(text, commands):
        return Call("run", found)
    if any(line.word == text for line in _OWN):
        return Call("ask", text)
    near = suggest_name(word, (*commands, *_ARGUMENTS, *_SPELLINGS), cutoff=0.7)
    return Call("say", f"no command {quote_typed(text)}" + (f": did you mean “{near}”?" if near else ""))


def called_by(prompt: Prompt, commands: Mapping[str, Command]) -> Call:
    """Return what Enter asks for: the exact command that was typed, or else the one that is marked in the list."""
    call, completion = parse_call(prompt.line.text, commands), prompt.completion
    if completion is None or completion.chosen is None:
        return call
    is_whole = completion.word.start == 0
    if is_whole and call.name == "say" and prompt.line.text.strip() not in _WITHOUT_MEANING:
        return parse_call(completion.candidates[completion.chosen].name, commands)
    return parse_call(completion.chosen_line.text, commands)


def open_command_line(prompt: Prompt, options: DisplayOptions) -> Prompt:
    """Return the prompt with the list of all commands."""
    return replace(prompt, completion=complete_command(prompt.line, options, prompt.origin))


def press_command_key(prompt: Prompt, key: str, character: str, options: DisplayOptions) -> Prompt:
    """Return the command line after a key that neither closes it nor runs it."""
    known = prompt.completion
    key = {"ctrl+p": "up", "ctrl+n": "down"}.get(key, key)
    count = 1 if key in ("tab", "down") else -1
    if key in ("tab", "shift+tab"):
        return _tabbed(prompt, count, options)
    if key in ("up", "down") and prompt.offered and (prompt.at or (key == "up" and _is_untouched(prompt))):
        found = recall_line(prompt, -count)
        return open_command_line(found, options)
    if key in ("up", "down"):
        return replace(prompt, completion=known and choose_candidate(known, count))
    found = type_key(prompt, key, character)
    return _listed(prompt, replace(found, at=0) if found.line.text != prompt.line.text else found, options)


def ask_for_argument(prompt: Prompt, word: str, options: DisplayOptions) -> Prompt:
    """Return the command line with `word` and a blank typed, and a list of what may follow."""
    return open_command_line(replace(prompt, line=LineEdit(f"{word} ", len(word) + 1), at=0), options)


def paste_command(prompt: Prompt, text: str, options: DisplayOptions) -> Prompt:
    """Return the command line with `text` inserted at the caret."""
    return _listed(prompt, replace(paste_text(prompt, text), at=0), options)


def complete_command(line: LineEdit, options: DisplayOptions, state: State) -> Completion | None:
    """Return the commands that match the line, the best first, or what may follow its first word."""
    word, blank, _ = line.text.partition(" ")
    start = len(word) + 1
    if word.startswith(_PIPE) and line.text.strip() != _PIPE:
        return None
    if not blank or word not in _ARGUMENTS:
        typed = line.text.strip()
        matching = tuple(match_commands(typed, options.commands))
        chosen = 0 if matching and typed else None
        return Completion(line, Word(0, typed), matching, chosen, nothing=f"no command matches {quote_typed(typed)}")
    if line.caret < start or word not in ("theme", "at", "export"):
        return None
    typed = line.text[start : line.caret]
    if word == "export":
        what, blank, rest = typed.partition(" ")
        if blank and what in EXPORT_WORDS:
            start, typed = start + len(what) + 1, rest
        words = options.formats() if blank else {**options.formats(), **EXPORT_WORDS}
        listed = [Candidate(*described) for described in words.items()]
    else:
        listed = [Candidate(name) for name in (options.themes.names() if word == "theme" else _addresses(state, typed))]
    found = tuple(one for one in listed if one.name.startswith(typed))
    return Completion(line, Word(start, typed), found) if found else None


def match_commands(typed: str, commands: Mapping[str, Command]) -> Iterable[Candidate]:
    """Yield the commands that match what was typed: an exact id or key, then ids that begin so, then all others.

    All words that were typed must be in the id, the title, the help or the keys. Nothing typed lists every command.
    """
    if typed in _WITHOUT_MEANING:
        yield Candidate(typed, _WITHOUT_MEANING[typed])
        return
    if re.fullmatch("p?[0-9]+", typed):
        yield Candidate(typed, LINE_COMMANDS[typed[0] == "p"].help.replace("12", typed.removeprefix("p")))
        return
    wanted, exact = fold(typed.replace("-", " ")).folded.split(), _exact_id(typed, commands)
    own = {line.word: Candidate(line.word, line.help, line.argument) for line in _OWN}
    every = {id: Candidate(id, one.help, keys_words(one)) for id, one in commands.items()} | own
    titles = {id: one.title for id, one in commands.items()}

    def rank(name: str) -> int:
        if name == exact:
            return 0
        return 1 if name.startswith(typed) else 2 if typed in name or typed in titles.get(name, "") else 3

    found = [
        one
        for name, one in every.items()
        if name == exact
        or all(part in fold(f"{name} {titles.get(name, '')} {one.note} {one.label}").folded for part in wanted)
    ]
    yield from sorted(found, key=lambda one: rank(one.name))


def _exact_id(text: str, commands: Mapping[str, Command]) -> str:
    """Return the id of the command with exactly this id, spelling, key or title; "" when there is none."""
    if text in commands or text in _SPELLINGS:
        return text if text in commands else _SPELLINGS[text]
    if titled := [id for id, one in commands.items() if one.title == text.replace("-", " ")]:
        return titled[0]
    # The case of a letter counts, that of a name such as Ctrl+F does not.
    key = text if len(text) == 1 else text.lower()
    return next(
        (
            id
            for id, one in commands.items()
            if key in (word if len(word) == 1 else word.lower() for word in keys_words(one).split())
        ),
        "",
    )


def _listed(before: Prompt, prompt: Prompt, options: DisplayOptions) -> Prompt:
    """Return the prompt with the list for its line; the same list while the text is the same."""
    if prompt.line.text == before.line.text:
        return replace(prompt, completion=before.completion)
    return open_command_line(prompt, options)


def _is_untouched(prompt: Prompt) -> bool:
    """Return whether nothing is typed, and nothing is chosen in the list."""
    return not prompt.line.text and (prompt.completion is None or prompt.completion.chosen is None)


def _tabbed(prompt: Prompt, count: int, options: DisplayOptions) -> Prompt:
    known, library = prompt.completion, prompt.origin.library
    if library and prompt.line.text.startswith("search "):
        if known is None or known.is_pending or len(known.candidates) == 1:
            known = complete_search(prompt.line, library, len("search "))
    elif known and known.word.start == 0:
        # Tab goes through the ids that begin with what was typed, where there are any.
        begun = tuple(one for one in known.candidates if one.name.startswith(known.word.typed))
        chosen = known.chosen if begun == known.candidates else 0
        known = replace(known, candidates=begun, chosen=chosen) if begun and known.word.typed else known
    if known is None:
        return prompt
    line, known = press_tab(prompt.line, known, count)
    return replace(prompt, line=line, completion=known, at=0)


def _addresses(state: State, typed: str) -> Iterable[str]:
    """Return the addresses that may follow `at`: those in the open article, and articles of the library."""
    entries = chain.from_iterable(state.reading.entries.values())
    here = (str(entry.ref._replace(article="")).removeprefix("#") for entry in entries)
    own = islice((name for name in here if name.startswith(typed)), _MOST)
    articles = state.library.article_ids_beginning(unquote(typed), _MOST) if state.library and typed else ()
    return dict.fromkeys((*own, *(str(Ref(article)) for article in articles)))
