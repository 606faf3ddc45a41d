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
from dossier.tui.effects import EFFECTS, finish_prompt, go_or_offer, record_decision, show_topic, use_copy_menu
from dossier.tui.lines_widget import Lines
from dossier.ui.actions import ACTIONS
from dossier.ui.commands import foot_keys
from dossier.ui.hints import Hint, find_hints
from dossier.ui.layout import click, fit_panes, shown_panes
from dossier.ui.library_scope import refresh_facets, refresh_lists
from dossier.ui.navigation import restore_cursors
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.popup import Popup, closes_popup, entry_for_key, fit_popup, press_popup_key
from dossier.ui.popup_lists import destinations_of
from dossier.ui.prompt import (
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
)
from dossier.ui.state import State, forget_pending
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
        self.prompt: Prompt | None = None
        self._awaiting: Prompt | None = None
        self.hints: tuple[Hint, ...] = ()
        self._letters = ""
        self._say = manner.notice
        self.options = manner
        self._commands_by_key = manner.by_key()
        self._renderer = ScreenRenderer()
        self._transition: tuple[State, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the one widget, which is as large as the screen."""
        yield Lines(self.options.theme, self.options.postprocess)

    @property
    def view(self) -> View:
        """What is on the screen besides the state: size, foot line, popup, prompt, hints and message."""
        size = self.options.screen(self.size.width, self.size.height, self.is_alone)
        keys = foot_keys(self.state, self.options.commands)
        return View(size, keys, self.popup, self.prompt, self.hints, self._letters, self._say)

    def change(self, state: State, say: str = "") -> None:
        """Show another state, and a message until the next key."""
        self._transition = states_between(self.state, state) if self.options.motion else ()
        self.state, self._say = state, say
        self._paint()

    def change_everywhere(self, turn: Callable[[State], State], say: str = "") -> None:
        """Apply `turn` to the state and to the one to which leaving the prompt returns, and show a message."""
        prompts = (self.prompt, self._awaiting)
        self.prompt, self._awaiting = (one and replace(one, origin=turn(one.origin)) for one in prompts)
        self.state = turn(self.state)
        if self.hints:
            # The links with letters may have moved.
            self.hints = find_hints(self.state, shown_panes(self.state, self.view.screen))
        self.change(self.state, say)

    def show_popup(self, sheet: Popup) -> None:
        """Open a popup over the panes."""
        self.popup = sheet
        self._paint()

    def show_prompt(self, purpose: str, sign: str, text: str) -> None:
        """Open the prompt in the foot line. Its text takes effect at every key."""
        offered = self.state.library.memory.searches if self.state.library and purpose == "search" else ()
        self.prompt = open_prompt(purpose, sign, text, self.state, offered)
        self._paint()

    def show_hints(self) -> None:
        """Show a letter at everything in view that can be followed; the next keys choose one."""
        self.hints, self._letters = find_hints(self.state, shown_panes(self.state, self.view.screen)), ""
        self.change(self.state, "type a letter to go there, Esc to leave" if self.hints else "nothing to go to here")

    def on_key(self, event: events.Key) -> None:
        """Handle a key by the topmost thing that is open, or else as a command."""
        event.stop()
        event.prevent_default()
        self._say, self._awaiting = "", None
        character = event.character or ""
        if self.popup:
            self._press_sheet(self.popup, event.key, character)
        elif self.prompt:
            self._press_prompt(self.prompt, event.key, character)
        elif self.hints:
            self._press_hint(character)
        elif event.key in self._commands_by_key:
            self._run(self._commands_by_key[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text into the prompt. Without a prompt it is dropped, so that it is not taken for commands."""
        event.stop()
        if self.prompt:
            self._type(paste_text(self.prompt, event.text))

    def on_lines_pointed(self, message: Lines.Pointed) -> None:
        """Move the cursor to where the mouse was pressed, or follow the link when the cursor is there already."""
        if self.popup or self.prompt or self.hints:
            return
        if message.lines:
            self._run("line-down" if message.lines > 0 else "line-up")
            return
        there = click(self.state, self.view.screen, message.row, message.column)
        if there == self.state:
            self._run("follow")
        elif there:
            self.change(there)

    def on_reading_room_grown(self) -> None:
        """Update the lists of the library. Positions in them are kept."""
        self.prompt, self._awaiting = (one and refresh_origin(one) for one in (self.prompt, self._awaiting))
        prompt = self.prompt or self._awaiting
        self.state = restore_cursors(refresh_facets(refresh_lists(self.state)))
        if prompt:
            self.state = reapply_prompt(prompt, self.state, date.today())
        self.change_everywhere(lambda state: state, "" if self.prompt else self._say)

    def on_resize(self) -> None:
        """Lay out for the new size. The position is kept."""
        self._paint()

    def _run(self, command_id: str) -> None:
        # After another command, the cursor is no longer moved to a place that was still being loaded.
        self.state = forget_pending(self.state)
        if command_id in ACTIONS:
            self.change(*ACTIONS[command_id](self.state))
        elif command_id in EFFECTS:
            EFFECTS[command_id](self)
        elif command_id.startswith(TOPIC_ID):
            show_topic(self, command_id.removeprefix(TOPIC_ID))

    def _press_sheet(self, sheet: Popup, key: str, character: str) -> None:
        if sheet.purpose == "copy" and (key == "p" or entry_for_key(sheet, key)):
            self.popup = None
            use_copy_menu(self, sheet, key)
        elif closes_popup(sheet, key) or key == "enter":
            chosen = sheet.chosen if key == "enter" else None
            targets = destinations_of(chosen) if chosen else ()
            if chosen and sheet.purpose in ("go", "read") and not targets:
                return
            self.popup = None
            self._paint()
            if chosen and sheet.purpose == "run":
                self._run(chosen.ref.id)
            elif targets:
                go_or_offer(self, targets)
        elif sheet.purpose == "go or decide" and key in ("c", "a"):
            self.popup = None
            record_decision(self, sheet, key)
        else:
            self.show_popup(press_popup_key(sheet, key, character))

    def _press_prompt(self, prompt: Prompt, key: str, character: str) -> None:
        if closes_prompt(prompt, key):
            self.prompt = None
            self.change(leave_prompt(prompt))
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

    def _press_hint(self, letter: str) -> None:
        self._letters += letter
        left = [hint for hint in self.hints if letter and hint.label.startswith(self._letters)]
        if left and left[0].label != self._letters:
            self._paint()
            return
        self.hints = ()
        self._paint()
        if left:
            go_or_offer(self, left[0].targets)

    def _paint(self) -> None:
        if not self.is_mounted or not self.size.area:
            return
        size = self.view.screen
        if fit_panes(self.state, size) is not self.state:
            self.change_everywhere(partial(fit_panes, screen=size), self._say)
            return
        around = 2 if size.linear else 4
        self.popup = fit_popup(self.popup, size.cells, size.rows, around) if self.popup else None
        view = self.view
        lines = self._renderer.lines(self.state, view)
        row, column = cursor_cell(self.state, view, lines)
        self.app.cursor_position = Offset(column, row)
        passed, self._transition = self._transition, ()
        self.query_one(Lines).show(lines, [self._renderer.lines(state, view) for state in passed])
