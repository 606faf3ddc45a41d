"""Lines of the command line that have an argument, such as `:at quote/q3`."""

from collections.abc import Callable, Mapping
from datetime import date

from dossier.core.ref import RefError, parse_ref
from dossier.export.help_topics import list_topic_rows
from dossier.tui.host import Host
from dossier.tui.lines_widget import Lines
from dossier.tui.note_effects import add_to_note
from dossier.tui.search_effects import finish_prompt
from dossier.ui.actions import NO_LIBRARY, Result, jump_to
from dossier.ui.command_line import Call
from dossier.ui.help_popup import open_help
from dossier.ui.numbered_jumps import go_to_paragraph, go_to_row
from dossier.ui.prompt import Prompt, accept_prompt, apply_prompt, open_prompt
from dossier.ui.state import NO_ARTICLE, State


def run_call(host: Host, call: Call) -> Prompt | None:
    """Do what a line asks for, unless that is just to run a command.

    Returns the prompt that would have done the same, if what it looks for may still be coming in.
    """
    if call.name in ("find", "search"):
        return _enter_line(host, call.name, call.argument)
    if call.name in _CALLS:
        _CALLS[call.name](host, call.argument)
    elif call.name:
        host.change(host.state, call.argument)
    return None


def _enter_line(host: Host, purpose: str, text: str) -> Prompt | None:
    """Do what typing the text into the prompt of this purpose, and Enter, would do."""
    if purpose == "search" and host.state.library is None:
        host.change(host.state, NO_LIBRARY)
        return None
    prompt = open_prompt(purpose, "", text, host.state)
    host.change(accept_prompt(prompt, apply_prompt(prompt, host.state, date.today())))
    host.change(host.state, finish_prompt(host, prompt))
    return prompt


def _go_to_address(host: Host, typed: str) -> None:
    try:
        ref = parse_ref(typed)
    except RefError as error:
        host.change(host.state, str(error))
        return
    article = host.state.reading.article
    if not ref.article and article is NO_ARTICLE:
        host.change(host.state, "no article is open: write its id before the #")
        return
    host.change(*jump_to(host.state, ref if ref.article else ref._replace(article=article.ref.article)))


def _show_theme(host: Host, name: str) -> None:
    try:
        theme = host.options.themes.load(name)
    except LookupError as error:
        host.change(host.state, str(error.args[0]))
        return
    host.options = host.options._replace(theme=theme)
    host.app.screen.query_one(Lines).use_theme(theme)
    host.change(host.state, f"theme {name}, until the program ends")


def _show_help(host: Host, words: str) -> None:
    host.show_popup(open_help(host.options.commands, list_topic_rows(), words))


def _jump(turn: Callable[[State, str], Result]) -> Callable[[Host, str], None]:
    return lambda host, number: host.change(*turn(host.state, number))


_CALLS: Mapping[str, Callable[[Host, str], None]] = {
    "at": _go_to_address,
    "theme": _show_theme,
    "help": _show_help,
    "note": add_to_note,
    "pipe": lambda host, command: host.pipes.start(command),
    "row": _jump(go_to_row),
    "paragraph": _jump(go_to_paragraph),
}
