"""The screen holds one room and shows it; every key becomes a command, every command another room.

Keys are taken here and nowhere else, one after the other, whatever is open (hints, a prompt, a sheet): what is typed
ahead on a slow line never reaches the wrong place. Panes, head and foot are painted from the room alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen

from dossier.entries.panes import PANES
from dossier.reading.frame import foot, head, rule, tabs
from dossier.reading.hinting import Hint, hints
from dossier.reading.jumps import arrived
from dossier.reading.lists import destinations_of
from dossier.reading.moves import MOVES
from dossier.reading.prompt import Prompt, acted, asked, entered, grown, left, pasted, prompt_line, refreshed
from dossier.reading.prompt import leaves as leaves_prompt
from dossier.reading.prompt import pressed as pressed_prompt
from dossier.reading.ranging import LISTS, SHELF, renewed, shelved, tallied
from dossier.reading.room import Room, lit, resized
from dossier.reading.sheet import Sheet, fitted, leaves, pressed
from dossier.reading.strip import strip
from dossier.tui.acts import ACTS, choose, decide, done
from dossier.tui.commands import COMMANDS, foot_keys
from dossier.tui.lines import STYLES, Lines
from dossier.tui.pane import PaneView
from dossier.tui.sheet import SheetView

WIDE, RAILED = 100, 140
TINY = (60, 16)
_COMMANDS_BY_KEY = {key: command.id for command in COMMANDS for key in command.keys}


class ReadingRoom(Screen[None], inherit_bindings=False):
    """One article in four panes; one of a library with that beside it."""

    BINDINGS: ClassVar = []
    COMPONENT_CLASSES: ClassVar[set[str]] = set(STYLES)

    class Grown(Message):
        """A list of the library has grown, or the index has."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.alone = False
        self.sheet: Sheet | None = None
        self.prompt: Prompt | None = None
        self._awaiting: Prompt | None = None
        self.hints: tuple[Hint, ...] = ()
        self._letters = ""
        self._say = ""

    def compose(self) -> ComposeResult:
        """Head, tabs, panes, strip and foot; which of them show is for the style sheet, by the layout's class."""
        yield Lines(id="head")
        yield Lines(id="tabs")
        with Horizontal(id="panes"):
            if self.room.library:
                with Vertical(id="rail"):
                    yield from (PaneView(name) for name in SHELF)
            yield PaneView("article")
            with Vertical(id="side"):
                yield from (PaneView(name) for name in PANES[1:])
        yield Lines(id="rule")
        yield Lines(id="strip")
        yield Lines(id="foot")
        yield SheetView(id="sheet")

    @property
    def shown(self) -> tuple[str, ...]:
        """The panes that are on the screen in this layout."""
        if self.alone or self.size.width < WIDE:
            return (self.room.focus,)
        if self.room.library is None or (self.size.width < RAILED and not shelved(self.room)):
            return PANES
        return (*SHELF, *(PANES if self.size.width >= RAILED else LISTS))

    def change(self, room: Room, say: str = "") -> None:
        """Show another room, and a word to the reader until the next key."""
        self.room, self._say = room, say
        self._paint()

    def everywhere(self, turn: Callable[[Room], Room], say: str = "") -> None:
        """Change the room, and the one that a prompt came from, which leaving it comes back to."""
        prompts = (self.prompt, self._awaiting)
        self.prompt, self._awaiting = (one and replace(one, origin=turn(one.origin)) for one in prompts)
        self.room = turn(self.room)
        if self.hints:
            # What the letters stood on may have moved.
            self.hints = hints(self.room, self.shown)
        self.change(self.room, say)

    def lay(self, sheet: Sheet) -> None:
        """Lay a sheet over the panes."""
        self.sheet = sheet
        self._paint()

    def ask(self, purpose: str, sign: str, text: str) -> None:
        """Open the prompt in the foot line; what is typed there is acted on at every key."""
        offered = self.room.library.memory.searches if self.room.library and purpose == "search" else ()
        self.prompt = asked(purpose, sign, text, self.room, offered)
        self._paint()

    def hint(self) -> None:
        """Put a letter on everything on view; the next keys choose one."""
        self.hints, self._letters = hints(self.room, self.shown), ""
        self.change(self.room, "type a letter to go there, Esc to leave" if self.hints else "nothing to go to here")

    def on_key(self, event: events.Key) -> None:
        """A key is for what is open, the topmost first; else it is a command."""
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
        elif event.key in _COMMANDS_BY_KEY:
            self._run(_COMMANDS_BY_KEY[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is typed where one types, and nowhere else taken for commands."""
        event.stop()
        if self.prompt:
            self._type(pasted(self.prompt, event.text))

    def on_reading_room_grown(self) -> None:
        """More is known of the library; nothing but the lists changes, and every place is kept."""
        self.prompt, self._awaiting = (one and refreshed(one) for one in (self.prompt, self._awaiting))
        prompt = self.prompt or self._awaiting
        self.room = arrived(tallied(renewed(self.room)))
        if prompt:
            self.room = grown(prompt, self.room, date.today())
        self.everywhere(lambda room: room, "" if self.prompt else self._say)

    def on_resize(self) -> None:
        """Another size may be another layout; the place is kept."""
        self._paint()

    def on_pane_view_resized(self, message: PaneView.Resized) -> None:
        """A pane has another size. On a narrow screen those that are hidden will have the same."""
        pane = self.room.panes[message.pane]
        if message.pane in self.shown and pane.resized(message.cells, message.rows) != pane:
            names = tuple(self.room.panes) if self.size.width < WIDE else (message.pane,)
            self.everywhere(lambda room: reduce(partial(_sized, message), names, room), self._say)

    def _run(self, command_id: str) -> None:
        # Who goes on is not pulled back.
        self.room = replace(self.room, awaited=())
        if command_id in MOVES:
            self.change(*MOVES[command_id](self.room))
        elif command_id in ACTS:
            ACTS[command_id](self)

    def _press_sheet(self, sheet: Sheet, key: str, character: str) -> None:
        if leaves(sheet, key) or key == "enter":
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
            self.change(entered(prompt, self.room), done(self, prompt))
        else:
            self._type(pressed_prompt(prompt, key, character))

    def _type(self, prompt: Prompt) -> None:
        before, self.prompt = self.prompt, prompt
        if before is None or prompt.line.text != before.line.text:
            self.room = acted(prompt, self.room, date.today())
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
        if not self.is_mounted:
            return
        width, height = self.size
        self.set_class(width < WIDE, "narrow")
        self.set_class(self.alone, "alone")
        self.set_class(width < TINY[0] or height < TINY[1], "tiny")
        self.set_class(self.room.focus in LISTS, "right")
        self.set_class(self.room.focus in SHELF if width < WIDE or self.alone else shelved(self.room), "shelf")
        self.set_class(width >= RAILED and self.room.library is not None, "railed")
        shining = lit(self.room)
        for pane in self.query(PaneView):
            pane.set_class(pane.pane == self.room.focus, "here")
            if pane.pane in self.shown:
                pane.show_room(self.room, shining, self.hints, self._letters)
        if width < WIDE:
            lower = self.query_one("#strip", Lines)
            lower.show(strip(self.room, width, lower.size.height))
            self.query_one("#rule", Lines).show((rule(self.room, width),))
            self.query_one("#tabs", Lines).show((tabs(self.room, width),))
        else:
            self.query_one("#head", Lines).show((head(self.room, width),))
        line = prompt_line(self.prompt, self.room, width) if self.prompt else None
        line = line or foot(self.room, self._say, foot_keys(self.room), width, self.alone)
        self.query_one("#foot", Lines).show((line,))
        self.sheet = fitted(self.sheet, width, height) if self.sheet else None
        view = self.query_one(f"#{self.room.focus}")
        self.query_one(SheetView).show_sheet(self.sheet, view.content_region.y + self.room.pane.offset)


def _sized(message: PaneView.Resized, room: Room, name: str) -> Room:
    return resized(room, name, message.cells, message.rows)
