"""The Textual screen: it holds one state and shows it. A key press runs a command, which gives the next state.

All keys are handled here, one after the other, whatever is open (hints, a prompt, a popup): what is typed ahead on a
slow line never reaches the wrong place.
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
from dossier.tui.effects import ACTS, choose, decide, done, take
from dossier.tui.lines_widget import Lines
from dossier.ui.actions import MOVES
from dossier.ui.commands import foot_keys
from dossier.ui.hints import Hint, hints
from dossier.ui.layout import fitted, shown
from dossier.ui.library_scope import renewed, tallied
from dossier.ui.mouse import pointed
from dossier.ui.navigation import arrived
from dossier.ui.options import USUAL, DisplayOptions
from dossier.ui.popup import Popup, leaves, pressed, taken
from dossier.ui.popup import fitted as fitted_sheet
from dossier.ui.popup_lists import destinations_of
from dossier.ui.prompt import Prompt, acted, asked, entered, grown, left, pasted, refreshed
from dossier.ui.prompt import leaves as leaves_prompt
from dossier.ui.prompt import pressed as pressed_prompt
from dossier.ui.state import State, forget_pending
from dossier.ui.transitions import states_between
from dossier.ui.view import ScreenRenderer, View, eye


class ReadingRoom(Screen[None], inherit_bindings=False):
    """The screen with the panes of an article, and with those of the library that it belongs to."""

    BINDINGS: ClassVar = []

    class Grown(Message):
        """Posted when a list of the library has grown or its index has changed."""

    def __init__(self, state: State, manner: DisplayOptions = USUAL) -> None:
        super().__init__()
        self.state = state
        self.alone = False
        self.sheet: Popup | None = None
        self.prompt: Prompt | None = None
        self._awaiting: Prompt | None = None
        self.hints: tuple[Hint, ...] = ()
        self._letters = ""
        self._say = manner.say
        self.manner = manner
        self._commands_by_key = manner.by_key()
        self._picture = ScreenRenderer()
        self._passed: tuple[State, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the one widget, as large as the screen."""
        yield Lines(self.manner.theme, self.manner.finished)

    @property
    def view(self) -> View:
        """What is on the screen besides the state."""
        size = self.manner.screen(self.size.width, self.size.height, self.alone)
        keys = foot_keys(self.state, self.manner.commands)
        return View(size, keys, self.sheet, self.prompt, self.hints, self._letters, self._say)

    def change(self, state: State, say: str = "") -> None:
        """Show another state, and a message to the reader until the next key."""
        self._passed = states_between(self.state, state) if self.manner.motion else ()
        self.state, self._say = state, say
        self._paint()

    def everywhere(self, turn: Callable[[State], State], say: str = "") -> None:
        """Change the state, and also the one that leaving a prompt restores."""
        prompts = (self.prompt, self._awaiting)
        self.prompt, self._awaiting = (one and replace(one, origin=turn(one.origin)) for one in prompts)
        self.state = turn(self.state)
        if self.hints:
            # What the letters stood on may have moved.
            self.hints = hints(self.state, shown(self.state, self.view.screen))
        self.change(self.state, say)

    def lay(self, sheet: Popup) -> None:
        """Open a popup over the panes."""
        self.sheet = sheet
        self._paint()

    def ask(self, purpose: str, sign: str, text: str) -> None:
        """Open the prompt in the foot line; it is acted on at every key."""
        offered = self.state.library.memory.searches if self.state.library and purpose == "search" else ()
        self.prompt = asked(purpose, sign, text, self.state, offered)
        self._paint()

    def hint(self) -> None:
        """Put letters on everything on view; the next keys choose one."""
        self.hints, self._letters = hints(self.state, shown(self.state, self.view.screen)), ""
        self.change(self.state, "type a letter to go there, Esc to leave" if self.hints else "nothing to go to here")

    def on_key(self, event: events.Key) -> None:
        """Give the key to what is open, the topmost first; else run its command."""
        event.stop()
        event.prevent_default()
        self._say, self._awaiting = "", None
        character = event.character or ""
        if self.sheet:
            self._press_sheet(self.sheet, event.key, character)
        elif self.prompt:
            self._press_prompt(self.prompt, event.key, character)
        elif self.hints:
            self._press_hint(character)
        elif event.key in self._commands_by_key:
            self._run(self._commands_by_key[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """Type what is pasted into the prompt; without one it is ignored, and never run as commands."""
        event.stop()
        if self.prompt:
            self._type(pasted(self.prompt, event.text))

    def on_lines_pointed(self, message: Lines.Pointed) -> None:
        """Put the cursor where the mouse points; where it is already, follow the link."""
        if self.sheet or self.prompt or self.hints:
            return
        if message.lines:
            self._run("line-down" if message.lines > 0 else "line-up")
            return
        there = pointed(self.state, self.view.screen, message.row, message.column)
        if there == self.state:
            self._run("follow")
        elif there:
            self.change(there)

    def on_reading_room_grown(self) -> None:
        """Show the lists of the library as they are now, with every cursor where it is."""
        self.prompt, self._awaiting = (one and refreshed(one) for one in (self.prompt, self._awaiting))
        prompt = self.prompt or self._awaiting
        self.state = arrived(tallied(renewed(self.state)))
        if prompt:
            self.state = grown(prompt, self.state, date.today())
        self.everywhere(lambda state: state, "" if self.prompt else self._say)

    def on_resize(self) -> None:
        """Paint the panes in the layout of the new size, with every cursor where it is."""
        self._paint()

    def _run(self, command_id: str) -> None:
        self.state = forget_pending(self.state)
        if command_id in MOVES:
            self.change(*MOVES[command_id](self.state))
        elif command_id in ACTS:
            ACTS[command_id](self)

    def _press_sheet(self, sheet: Popup, key: str, character: str) -> None:
        if sheet.purpose == "copy" and (key == "p" or taken(sheet, key)):
            self.sheet = None
            take(self, sheet, key)
        elif leaves(sheet, key) or key == "enter":
            chosen = sheet.chosen if key == "enter" else None
            targets = destinations_of(chosen) if chosen else ()
            if chosen and sheet.purpose == "go" and not targets:
                return
            self.sheet = None
            self._paint()
            if chosen and sheet.purpose == "run":
                self._run(chosen.ref.id)
            elif targets:
                choose(self, targets)
        elif sheet.purpose == "go or decide" and key in ("c", "a"):
            self.sheet = None
            decide(self, sheet, key)
        else:
            self.lay(pressed(sheet, key, character))

    def _press_prompt(self, prompt: Prompt, key: str, character: str) -> None:
        if leaves_prompt(prompt, key):
            self.prompt = None
            self.change(left(prompt))
        elif key == "enter":
            self.prompt, self._awaiting = None, prompt
            self.change(entered(prompt, self.state), done(self, prompt))
        else:
            self._type(pressed_prompt(prompt, key, character))

    def _type(self, prompt: Prompt) -> None:
        before, self.prompt = self.prompt, prompt
        if before is None or prompt.line.text != before.line.text:
            self.state = acted(prompt, self.state, date.today())
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
            choose(self, left[0].targets)

    def _paint(self) -> None:
        if not self.is_mounted or not self.size.area:
            return
        size = self.view.screen
        if fitted(self.state, size) is not self.state:
            self.everywhere(partial(fitted, screen=size), self._say)
            return
        around = 2 if size.linear else 4
        self.sheet = fitted_sheet(self.sheet, size.cells, size.rows, around) if self.sheet else None
        view = self.view
        lines = self._picture.lines(self.state, view)
        row, column = eye(self.state, view, lines)
        self.app.cursor_position = Offset(column, row)
        passed, self._passed = self._passed, ()
        self.query_one(Lines).show(lines, [self._picture.lines(state, view) for state in passed])
