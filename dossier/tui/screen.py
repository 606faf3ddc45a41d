"""The Textual screen: it holds the state of the interface, turns keys into commands, and shows the result.

All keys are handled here, one after the other, whatever is open (hints, a prompt, a popup). So keys that are typed
ahead on a slow connection never reach the wrong part. What is shown depends on the state alone.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen

from dossier.core.dataclasses import replace
from dossier.export.help_topics import TOPIC_ID
from dossier.library.notebook import Notebook
from dossier.library.notes_file import notes_path
from dossier.tui.effects import EFFECTS, go_or_offer, show_topic
from dossier.tui.exporter import PURPOSE, Exporter
from dossier.tui.lines_widget import Lines
from dossier.tui.note_effects import keep_note, press_in_note_sheet
from dossier.tui.note_loader import NoteLoader
from dossier.tui.pipe_runner import PipeRunner
from dossier.tui.popup_keys import press_in_popup
from dossier.tui.preview_loader import PreviewLoader
from dossier.tui.search_effects import finish_prompt
from dossier.tui.typed_commands import run_call
from dossier.ui.actions import ACTIONS
from dossier.ui.command_line import (
    ask_for_argument,
    called_by,
    open_command_line,
    paste_command,
    press_command_key,
)
from dossier.ui.commands import first_lessons, foot_keys
from dossier.ui.compare import press_in_comparison
from dossier.ui.comparison_sheet import ComparisonSheet, fit_comparison
from dossier.ui.counted_actions import COUNTED_ACTIONS
from dossier.ui.hints import Hint, choose_hint, find_hints
from dossier.ui.keystrokes import NOTHING, seconds_to_wait, unknown_key_words
from dossier.ui.layout import click, fit_panes, shown_panes
from dossier.ui.library_scope import refresh_facets, refresh_lists
from dossier.ui.line_edit import ALT_KEYS
from dossier.ui.navigation import restore_cursors
from dossier.ui.note_sheet import NoteSheet, fit_note_sheet
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.pins import last_pin_words
from dossier.ui.popup import (
    Popup,
    fit_popup,
    paste_in_popup,
)
from dossier.ui.prompt import (
    EDITOR_KEY,
    Prompt,
    accept_prompt,
    apply_prompt,
    closes_prompt,
    leave_prompt,
    open_prompt,
    paste_text,
    press_prompt_key,
    reapply_prompt,
    refresh_origin,
    resume_completion,
)
from dossier.ui.selecting import end_lost_selection, pending_words, press_selection_key, take_selection
from dossier.ui.state import State, forget_pending
from dossier.ui.unfinished_keys import UnfinishedKeys
from dossier.ui.view import ScreenRenderer, View, cursor_cell, states_between


class ReadingRoom(Screen[None], inherit_bindings=False):
    """Screen with one article in four panes, and its library beside it when it has one."""

    BINDINGS: ClassVar = []

    class Grown(Message):
        """Message that a list of the library, or the index, has grown."""

    def __init__(self, state: State, manner: DisplayOptions = DEFAULT_OPTIONS) -> None:
        super().__init__()
        self.state = state
        self.is_alone = False
        self.popup: Popup | None = None
        self.comparison: ComparisonSheet | None = None
        self.note_sheet: NoteSheet | None = None
        self.prompt: Prompt | None = None
        self._awaiting: Prompt | None = None
        self._typed_commands: tuple[str, ...] = ()
        self.hints: tuple[Hint, ...] = ()
        self._letters = ""
        self._say = self._said = manner.notice
        self._keys = UnfinishedKeys()
        self.options = manner
        self._commands_by_key = manner.by_key()
        self._help_keys = manner.commands["help"].keys
        self._renderer = ScreenRenderer()
        self._transition: tuple[State, ...] = ()
        self._previews = PreviewLoader(self)
        self.notes = NoteLoader(self, Notebook(notes_path()))
        self.pipes = PipeRunner(self)
        self._exporter = Exporter(self)
        # Held, since a message can still come while the toolkit takes the screen down, and finds no widget any more.
        self._lines = Lines(self.options.theme, self.options.postprocess)

    def compose(self) -> ComposeResult:
        """Yield the one widget, which is as large as the screen."""
        yield self._lines

    @property
    def view(self) -> View:
        """What is on the screen besides the state: size, foot line, popup, prompt, hints and message."""
        size = self.options.screen(self.size.width, self.size.height, self.is_alone)
        keys = foot_keys(self.state, self.options.commands)
        return View(
            size,
            keys,
            self.popup,
            self.prompt,
            self.hints,
            self._letters,
            self._say,
            sheet=self.comparison or self.note_sheet,
            lessons=first_lessons(self.state.focus, self.options.commands),
            pending=pending_words(self.state.selection, self._keys.pending.words) or self._exporter.progress,
        )

    def change(self, state: State, say: str = "") -> None:
        """Show another state, and a message until the next key."""
        self._transition = states_between(self.state, state) if self.options.motion else ()
        self.state, self._say = end_lost_selection(state), say
        self._paint()

    def change_everywhere(self, turn: Callable[[State], State], say: str = "") -> None:
        """Apply `turn` to the state and to those to which a prompt or a count may return, and show a message."""
        prompts = (self.prompt, self._awaiting)
        self.prompt, self._awaiting = (one and replace(one, origin=turn(one.origin)) for one in prompts)
        self.state = turn(self.state)
        self._keys = self._keys.with_states(turn)
        if self.hints:
            # The links with letters may have moved.
            self.hints = find_hints(self.state, shown_panes(self.state, self.view.screen))
        self.change(self.state, say)

    def update(self, turn: Callable[[State], State]) -> None:
        """Apply `turn` as `change_everywhere` does, and leave the message as it is."""
        self.change_everywhere(turn, self._say)

    def show_popup(self, sheet: Popup) -> None:
        """Open a popup over the panes."""
        self.popup = sheet
        self._paint()

    def show_comparison(self, sheet: ComparisonSheet) -> None:
        """Open a comparison over the whole screen."""
        self.comparison = sheet
        self._paint()

    def show_note_sheet(self, sheet: NoteSheet | None) -> None:
        """Open the sheet of a note over the whole screen; None closes it."""
        self.note_sheet = sheet
        self._paint()

    def show_prompt(self, purpose: str, sign: str, text: str, note_id: str = "") -> None:
        """Open the prompt in the foot line. Its text takes effect at every key."""
        searches = self.state.library.memory.searches if self.state.library else ()
        offered = {
            "search": searches,
            "command": self._typed_commands,
            "pipe": self.pipes.commands,
            PURPOSE: self._exporter.names,
        }.get(purpose, ())
        self.prompt = replace(open_prompt(purpose, sign, text, self.state, offered), note_id=note_id)
        if purpose == "command":
            self.prompt = open_command_line(self.prompt, self.options)
        self._paint()

    def show_hints(self) -> None:
        """Show a letter at everything in view that can be followed; the next keys choose one."""
        self.hints, self._letters = find_hints(self.state, shown_panes(self.state, self.view.screen)), ""
        self.change(
            self.state, "type the letters of a link to go there; Esc cancels" if self.hints else "no links in view"
        )

    def show_export_menu(self) -> None:
        """Open the menu of what can be exported here."""
        self._exporter.open_menu()

    def on_key(self, event: events.Key) -> None:
        """Handle a key by the topmost thing that is open, or else as a command."""
        event.stop()
        event.prevent_default()
        if event.key in ALT_KEYS and not (self.prompt or (self.popup and self.popup.is_filtering)):
            # Where no line is typed, Esc and a letter in one packet were typed one after the other.
            self.on_key(events.Key("escape", None))
            self.on_key(events.Key(ALT_KEYS[event.key], ALT_KEYS[event.key]))
            return
        self._say, self._awaiting = "", None
        character = event.character or ""
        if self.comparison:
            state, say, self.comparison = press_in_comparison(self.state, self.comparison, event.key)
            self.change(state, say)
        elif self.note_sheet:
            press_in_note_sheet(self, self.note_sheet, event.key)
        elif self.popup:
            if not self._exporter.press_in_menu(self.popup, event.key):
                press_in_popup(self, self.popup, event.key, character)
        elif self.prompt:
            self._press_prompt(self.prompt, event.key, character)
        elif self.hints:
            self._press_hint(character)
        elif selected := press_selection_key(self.state, event.key):
            self.change(*selected)
        else:
            self._press_command(event.key, character, event.time)
        if self._say != self._said:
            # Nothing was painted since the last key, whose message must go.
            self._paint()

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text into the prompt or filter. Without one it is dropped: it is not taken for commands."""
        event.stop()
        if self.popup:
            self.show_popup(paste_in_popup(self.popup, event.text))
        elif self.prompt and self.prompt.purpose == "command":
            self._type(paste_command(self.prompt, event.text, self.options))
        elif self.prompt:
            self._type(paste_text(self.prompt, event.text))

    def on_lines_pointed(self, message: Lines.Pointed) -> None:
        """Move the cursor to where the mouse was pressed, or follow the link when the cursor is there already."""
        if self.comparison or self.note_sheet or self.popup or self.prompt or self.hints:
            return
        self._say, self._keys = "", self._keys._replace(pending=NOTHING)
        if message.lines:
            self.run_command("line-down" if message.lines > 0 else "line-up")
            return
        there = click(self.state, self.view.screen, message.row, message.column)
        if there == self.state:
            self.run_command("follow")
        elif there:
            self.change(forget_pending(there))

    def on_reading_room_grown(self) -> None:
        """Update the lists of the library. Positions in them are kept."""
        self.prompt, self._awaiting = (one and refresh_origin(one) for one in (self.prompt, self._awaiting))
        prompt = self.prompt or self._awaiting
        self.state = _with_grown_lists(self.state)
        self._keys = self._keys.with_states(_with_grown_lists)
        if prompt:
            self.state = reapply_prompt(prompt, self.state, date.today())
        if self.prompt and self.prompt.completion:
            self._type(resume_completion(self.prompt))
        # What the pin has left is still being counted when the key is answered.
        say = self._say and (last_pin_words(self.state) or self._say)
        self.change_everywhere(lambda state: state, "" if self.prompt else say)

    def on_unmount(self) -> None:
        """End a command that still runs, and an export: nobody would see what it prints, and no half file is left."""
        self.pipes.stop()
        self._exporter.stop()

    def on_resize(self) -> None:
        """Lay out for the new size. The position is kept."""
        self._paint()

    def _press_command(self, key: str, character: str, at: float) -> None:
        """Handle a key that is a command or a part of one. `at` is the time of the key, in seconds of some clock."""
        pressed = self._keys.press(self.state, key, character, at, self._commands_by_key, COUNTED_ACTIONS)
        self._keys, self.state, stroke = pressed
        if stroke.command:
            self.run_command(stroke.command, stroke.times)
        else:
            self.change(self.state, stroke.unknown and unknown_key_words(stroke.unknown, self._help_keys))
        if self._keys.may_rest:
            self.set_timer(seconds_to_wait(self._keys.pending), partial(self._rest, at))

    def _rest(self, since: float) -> None:
        """Forget a count that may have begun at the time `since`, unless another key was pressed."""
        if (rested := self._keys.rest(since)) is not self._keys:
            self._keys = rested
            self._paint()

    def run_command(self, command_id: str, times: int = 0) -> None:
        """Run a command by its id. `times` is the count that was typed before it, or 0."""
        # After another command, the cursor is no longer moved to a place that was still being loaded.
        self.state = forget_pending(self.state, keeps_pin=command_id in ("pin", "exclude"))
        self.state, command_id = take_selection(self.state, command_id)
        if command_id == "leave" and self._exporter.stop():
            return
        if times:
            self.change(*COUNTED_ACTIONS[command_id](times, self.state))
        elif command_id in ACTIONS:
            self.change(*ACTIONS[command_id](self.state))
        elif command_id in EFFECTS:
            EFFECTS[command_id](self)
        elif command_id.startswith(TOPIC_ID):
            show_topic(self, command_id.removeprefix(TOPIC_ID))
        else:
            # Only the selection was to end.
            self._paint()

    def _press_prompt(self, prompt: Prompt, key: str, character: str) -> None:
        if closes_prompt(prompt, key):
            self.prompt = None
            self.change(leave_prompt(prompt))
        elif prompt.purpose == "pipe" and key == "enter":
            self.prompt = None
            self.change(leave_prompt(prompt))
            self.pipes.start(prompt.line.text)
        elif prompt.purpose == "command" and key == "enter":
            self._run_typed(prompt)
        elif prompt.purpose == "command":
            self._type(press_command_key(prompt, key, character, self.options))
        elif prompt.purpose == "note" and key in ("enter", EDITOR_KEY):
            self.prompt = None
            keep_note(self, prompt, key == EDITOR_KEY)
        elif key == "enter" and prompt.purpose == PURPOSE:
            self.prompt = None
            self._exporter.take_name(prompt.line.text)
        elif key == "enter":
            self.prompt, self._awaiting = None, prompt
            self.change(accept_prompt(prompt, self.state), finish_prompt(self, prompt))
        else:
            self._type(press_prompt_key(prompt, key, character))

    def _type(self, prompt: Prompt) -> None:
        before, self.prompt = self.prompt, prompt
        if before is None or prompt.line.text != before.line.text:
            self.state = apply_prompt(prompt, self.state, date.today())
        self._paint()

    def _run_typed(self, prompt: Prompt) -> None:
        """Run what was typed after `:`, and keep the line for the arrow keys."""
        typed, call = prompt.line.text.strip(), called_by(prompt, self.options.commands)
        if call.name == "ask":
            self._type(ask_for_argument(prompt, call.argument, self.options))
            return
        self.prompt = None
        if typed:
            self._typed_commands = (*(one for one in self._typed_commands if one != typed), typed)
        self._paint()
        if call.name == "run":
            self.run_command(call.argument)
        elif call.name == "export":
            self._exporter.run_line(call.argument)
        else:
            self._awaiting = run_call(self, call)

    def _press_hint(self, letter: str) -> None:
        self._letters += letter
        self.hints, targets = choose_hint(self.hints, self._letters) if letter else ((), ())
        self._paint()
        if targets:
            go_or_offer(self, targets)

    def _paint(self) -> None:
        if not self.is_mounted or not self.size.area:
            return
        size = self.view.screen
        if fit_panes(self.state, size) is not self.state:
            self.change_everywhere(partial(fit_panes, screen=size), self._say)
            return
        around = 2 if size.linear else 4
        self.popup = fit_popup(self.popup, size.cells, size.rows, around) if self.popup else None
        if self.comparison:
            self.comparison = fit_comparison(self.comparison, size.cells, size.rows, size.linear)
        if self.note_sheet:
            self.note_sheet = fit_note_sheet(self.note_sheet, size.cells, size.rows, size.linear)
        view, self._said = self.view, self._say
        lines = self._renderer.lines(self.state, view)
        row, column = cursor_cell(self.state, view, lines)
        self.app.cursor_position = Offset(column, row)
        passed, self._transition = self._transition, ()
        self._lines.show(lines, [self._renderer.lines(state, view) for state in passed])
        self._previews.follow()
        self.notes.follow()


def _with_grown_lists(state: State) -> State:
    return restore_cursors(refresh_facets(refresh_lists(state)))
