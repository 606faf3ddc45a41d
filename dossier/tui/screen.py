"""The Textual screen of the reading room: it turns keys into commands, and shows the result.

All keys are handled here, one after the other, whatever is open (hints, a prompt, a popup). So keys that are typed
ahead on a slow connection never reach the wrong part.
"""

from datetime import date
from functools import partial
from typing import Final

from textual import events
from textual.message import Message

from dossier.export.help_topics import TOPIC_ID
from dossier.tui.effects import EFFECTS, go_or_offer, show_topic
from dossier.tui.lines_widget import Lines
from dossier.tui.note_effects import press_in_note_sheet
from dossier.tui.popup_keys import press_in_popup
from dossier.tui.prompt_keys import press_in_prompt
from dossier.tui.shown_screen import ShownScreen
from dossier.ui.actions import ACTIONS
from dossier.ui.command_line import paste_command
from dossier.ui.commands import keys_words
from dossier.ui.compare import press_in_comparison
from dossier.ui.counted_actions import COUNTED_ACTIONS
from dossier.ui.hints import choose_hint
from dossier.ui.keystrokes import NOTHING, seconds_to_wait, unknown_key_words
from dossier.ui.layout import click
from dossier.ui.library_scope import refresh_facets, refresh_lists
from dossier.ui.line_edit import ALT_KEYS, types_text
from dossier.ui.navigation import restore_cursors
from dossier.ui.pins import last_pin_words
from dossier.ui.popup import paste_in_popup
from dossier.ui.prompt import paste_text, reapply_prompt, refresh_origin, resume_completion
from dossier.ui.selecting import press_selection_key, take_selection
from dossier.ui.state import State, forget_pending

_BEGIN_TEXT: Final = frozenset({"commands", "filter", "find", "hints", "name-search", "note", "pipe", "search"})
"""The commands after which keys are letters of a text or of a link."""

_ANYWHERE: Final = frozenset({"redraw", "suspend"})
"""The commands for the terminal itself: their keys that are no text work over whatever is open."""


class ReadingRoom(ShownScreen, inherit_bindings=False):
    """Screen with one article in four panes, and its library beside it when it has one."""

    class Grown(Message):
        """Message that a list of the library, or the index, has grown."""

    def on_key(self, event: events.Key) -> None:
        """Handle a key, after those that wait for a disk. A key that quits, and Esc, end the waiting."""
        event.stop()
        event.prevent_default()
        self.uncalled.note_key(event.time)
        # The keys since the one that waits for a disk, and that one.
        self._ahead = (*(self._ahead if self.key_calls.is_pending else ()), event.key)
        call = partial(self._press, event)
        self.key_calls.make(call)
        if self.quits(event.key):
            self.key_calls.end_if_waiting(call, partial(self._quit_after, event.key))
        elif event.key == "escape":
            self.key_calls.end_if_waiting(call, self.key_calls.give_up)

    def _quit_after(self, key: str) -> None:
        """Quit by a key that waits for a disk. Before other keys, a letter may have been meant for a text."""
        if key == "ctrl+c" or self.quits(self._ahead[-1]):
            self.app.exit()

    def quits(self, key: str) -> bool:
        """Return whether a key ends the program while that waits for a disk. This may be called on any thread.

        Where it may be part of a text it does not, nor after a key that waits for the disk itself and begins a text.
        """
        types = self.prompt or self.hints or (self.popup and self.popup.is_filtering)
        waiting = self._ahead if self.key_calls.is_pending else ()
        types = types or any(self._commands_by_key.get(one) in _BEGIN_TEXT for one in waiting)
        return key == "ctrl+c" or (not types and self._commands_by_key.get(key) == "quit")

    def _press(self, event: events.Key) -> None:
        """Handle a key by the topmost thing that is open, or else as a command."""
        if event.key in ALT_KEYS and not (self.prompt or (self.popup and self.popup.is_filtering)):
            # Where no line is typed, Esc and a letter in one packet were typed one after the other.
            self._press(events.Key("escape", None))
            self._press(events.Key(ALT_KEYS[event.key], ALT_KEYS[event.key]))
            return
        character = event.character or ""
        if self._is_covered and not types_text(character) and self._commands_by_key.get(event.key) in _ANYWHERE:
            EFFECTS[self._commands_by_key[event.key]](self)
            return
        self._say, self.awaiting = "", None
        if self.comparison:
            state, say, self.comparison = press_in_comparison(self.state, self.comparison, event.key)
            self.change(state, say)
        elif self.note_sheet:
            press_in_note_sheet(self, self.note_sheet, event.key)
        elif self.popup:
            if not self.exporter.press_in_menu(self.popup, event.key):
                press_in_popup(self, self.popup, event.key, character)
        elif self.prompt:
            press_in_prompt(self, self.prompt, event.key, character)
        elif self.hints:
            self._press_hint(character)
        elif selected := press_selection_key(self.state, event.key):
            self.change(*selected)
        else:
            self._press_command(event.key, character, event.time)
        if self._say != self._said:
            # Nothing was painted since the last key, whose message must go.
            self.paint()

    @property
    def _is_covered(self) -> bool:
        """Whether anything that takes the keys is open over the panes."""
        return bool(self.comparison or self.note_sheet or self.popup or self.prompt or self.hints)

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text into the prompt or filter. Without one it is dropped: it is not taken for commands."""
        event.stop()
        self.key_calls.make(partial(self._paste, event))

    def _paste(self, event: events.Paste) -> None:
        if self.popup:
            self.show_popup(paste_in_popup(self.popup, event.text))
        elif self.prompt and self.prompt.purpose == "command":
            self.type_line(paste_command(self.prompt, event.text, self.options))
        elif self.prompt:
            self.type_line(paste_text(self.prompt, event.text))
        elif not (self.comparison or self.note_sheet or self.hints):
            self.change(self.state, self._pasted_nowhere_words())

    def _pasted_nowhere_words(self) -> str:
        asked = ("find", "search") if self.state.library else ("find",)
        keys = (keys_words(self.options.commands[name], known=False).split() for name in asked)
        first = (next(iter(several), f":{name}") for name, several in zip(asked, keys, strict=True))
        return f"pasted text is taken only where a line is typed: first press {' or '.join(first)}"

    def on_lines_pointed(self, message: Lines.Pointed) -> None:
        """Move the cursor to where the mouse was pressed, or follow the link when the cursor is there already."""
        self.key_calls.make(partial(self._point, message))

    def _point(self, message: Lines.Pointed) -> None:
        if self._is_covered:
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
        self.background.make(self._grow)

    def _grow(self) -> None:
        self.prompt, self.awaiting = (one and refresh_origin(one) for one in (self.prompt, self.awaiting))
        prompt = self.prompt or self.awaiting
        self.state = _with_grown_lists(self.state)
        self._keys = self._keys.with_states(_with_grown_lists)
        if prompt:
            self.state = reapply_prompt(prompt, self.state, date.today())
        if self.prompt and self.prompt.completion:
            self.type_line(resume_completion(self.prompt))
        # What the pin has left is still being counted when the key is answered.
        say = self._say and (last_pin_words(self.state) or self._say)
        if self.has_server_news:
            self._unreachable_words = self._find_unreachable_words()
            say = self._unreachable_words or "the index's server answers again"
        self.change_everywhere(lambda state: state, say)

    @property
    def has_server_news(self) -> bool:
        """Whether a message is to say that the index's server does not answer, or answers again, when it is read aloud.

        While a line is typed, there is none.
        """
        return self.options.linear and not self.prompt and self._find_unreachable_words() != self._unreachable_words

    def _find_unreachable_words(self) -> str:
        return self.state.library.unreachable_words if self.state.library else ""

    def on_unmount(self) -> None:
        """End a command that still runs, and an export: nobody would see what it prints, and no half file is left.

        This may be called on any thread.
        """
        self.pipes.stop()
        self.exporter.stop()
        self.saving.background.stop()

    def run_command(self, command_id: str, times: int = 0) -> None:
        """Run a command by its id. `times` is the count that was typed before it, or 0."""
        # After another command, the cursor is no longer moved to a place that was still being loaded.
        self.state = forget_pending(self.state, keeps_pin=command_id in ("pin", "exclude"))
        self.state, command_id = take_selection(self.state, command_id)
        if command_id == "leave" and self.exporter.stop():
            return
        if times:
            self.change(*COUNTED_ACTIONS[command_id](times, self.state))
        elif command_id in ACTIONS:
            self.change(*ACTIONS[command_id](self.state))
        elif command_id in EFFECTS:
            EFFECTS[command_id](self)
            # One that shows nothing would leave the count before it, or the last message, on the screen.
            self.paint()
        elif command_id.startswith(TOPIC_ID):
            show_topic(self, command_id.removeprefix(TOPIC_ID))
        else:
            # Only the selection was to end.
            self.paint()

    def _press_command(self, key: str, character: str, at: float) -> None:
        """Handle a key that is a command or a part of one. `at` is the time of the key, in seconds of some clock."""
        pressed = self._keys.press(self.state, key, character, at, self._commands_by_key, COUNTED_ACTIONS)
        self._keys, self.state, stroke = pressed
        if stroke.command:
            self._counted = stroke.counted
            self.run_command(stroke.command, stroke.times)
            # What has been said once is known.
            self._keys, self._counted = self._keys._replace(counted=self._keys.counted and self._counted), ""
        else:
            self.change(self.state, stroke.unknown and unknown_key_words(stroke.unknown, self._help_keys))
        if self._keys.may_rest:
            self.set_timer(seconds_to_wait(self._keys.pending), partial(self._rest, at))

    def _rest(self, since: float) -> None:
        """Forget a count that may have begun at the time `since`, unless another key was pressed."""
        if (rested := self._keys.rest(since)) is not self._keys:
            self._keys = rested
            self.paint()

    def _press_hint(self, letter: str) -> None:
        self._letters += letter
        self.hints, targets = choose_hint(self.hints, self._letters) if letter else ((), ())
        if self.options.linear and not self.hints and not targets:
            self._say = "no link chosen"
        self.paint()
        if targets:
            go_or_offer(self, targets)


def _with_grown_lists(state: State) -> State:
    return restore_cursors(refresh_facets(refresh_lists(state)))
