"""What keys do in the prompt: they edit its line, complete it, close it, or have done what was typed."""

from typing import Protocol

from dossier.tui.exporter import PURPOSE, Exporter
from dossier.tui.host import Host
from dossier.tui.note_effects import keep_note
from dossier.tui.search_effects import finish_prompt
from dossier.tui.typed_commands import run_call
from dossier.ui.command_line import ask_for_argument, called_by, press_command_key
from dossier.ui.prompt import EDITOR_KEY, Prompt, accept_prompt, closes_prompt, leave_prompt, press_prompt_key


class PromptHost(Host, Protocol):
    """What the keys of the prompt need of the screen. `typed_commands` are the lines typed after `:`, newest last."""

    prompt: Prompt | None
    awaiting: Prompt | None
    typed_commands: tuple[str, ...]
    exporter: Exporter

    def type_line(self, prompt: Prompt) -> None: ...  # noqa: D102

    def paint(self) -> None: ...  # noqa: D102

    def run_command(self, command_id: str, times: int = 0) -> None: ...  # noqa: D102


def press_in_prompt(host: PromptHost, prompt: Prompt, key: str, character: str) -> None:
    """Do what a key does while this prompt is open."""
    if closes_prompt(prompt, key):
        host.prompt = None
        host.change(leave_prompt(prompt))
    elif prompt.purpose == "pipe" and key == "enter":
        host.prompt = None
        host.change(leave_prompt(prompt))
        host.pipes.start(prompt.line.text)
    elif prompt.purpose == "command" and key == "enter":
        _run_typed(host, prompt)
    elif prompt.purpose == "command":
        host.type_line(press_command_key(prompt, key, character, host.options))
    elif prompt.purpose == "note" and key in ("enter", EDITOR_KEY):
        host.prompt = None
        keep_note(host, prompt, key == EDITOR_KEY)
    elif key == "enter" and prompt.purpose == PURPOSE:
        host.prompt = None
        host.exporter.take_name(prompt.line.text)
    elif key == "enter":
        host.prompt, host.awaiting = None, prompt
        host.change(accept_prompt(prompt, host.state), finish_prompt(host, prompt))
    else:
        host.type_line(press_prompt_key(prompt, key, character))


def _run_typed(host: PromptHost, prompt: Prompt) -> None:
    """Run what was typed after `:`, and keep the line for the arrow keys."""
    typed, call = prompt.line.text.strip(), called_by(prompt, host.options.commands)
    if call.name == "ask":
        host.type_line(ask_for_argument(prompt, call.argument, host.options))
        return
    host.prompt = None
    if typed:
        host.typed_commands = (*(one for one in host.typed_commands if one != typed), typed)
    host.paint()
    if call.name == "run":
        host.run_command(call.argument)
    elif call.name == "export":
        host.exporter.run_line(call.argument)
    else:
        host.awaiting = run_call(host, call)
