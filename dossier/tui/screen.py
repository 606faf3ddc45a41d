"""The screen holds one room and shows it; every key becomes a command, every command another room.

Keys are taken here and nowhere else, one after the other, whatever is open (hints, a prompt, a sheet): what is typed
ahead on a slow line never reaches the wrong place. Panes, head and foot are painted from the room alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from dossier.drawing.flow import Line, Piece
from dossier.entries.panes import PANES
from dossier.query import parse
from dossier.reading.frame import foot, found_words, head, tabs
from dossier.reading.hinting import Hint, hints
from dossier.reading.jumps import searched, step
from dossier.reading.lists import destinations_of
from dossier.reading.moves import MOVES
from dossier.reading.narrowing import filtered
from dossier.reading.room import Room, lit, resized
from dossier.reading.sheet import Sheet, fitted, leaves, pressed
from dossier.reading.strip import strip
from dossier.reading.typed import Typed, edited, line_of, typed
from dossier.tui.acts import ACTS, choose
from dossier.tui.commands import COMMANDS, foot_keys
from dossier.tui.lines import STYLES, Lines
from dossier.tui.pane import PaneView
from dossier.tui.sheet import SheetView

WIDE = 100
TINY = (60, 16)
_COMMANDS_BY_KEY = {key: command.id for command in COMMANDS for key in command.keys}


@dataclass(frozen=True)
class Prompt:
    """A line being typed: what for, its sign, and the room as it was before."""

    purpose: str
    sign: str
    line: Typed
    origin: Room


class ReadingRoom(Screen[None], inherit_bindings=False):
    """One article in four panes. `listed`: it was chosen from a list, to which going back from its beginning leads."""

    BINDINGS: ClassVar = []
    COMPONENT_CLASSES: ClassVar[set[str]] = set(STYLES)

    def __init__(self, room: Room, listed: bool = False) -> None:
        super().__init__()
        self.room = room
        self.listed = listed
        self.alone = False
        self.sheet: Sheet | None = None
        self.prompt: Prompt | None = None
        self.hints: tuple[Hint, ...] = ()
        self._letters = ""
        self._say = ""

    def compose(self) -> ComposeResult:
        """Head, tabs, panes, strip and foot; which of them show is for the style sheet, by the layout's class."""
        yield Lines(id="head")
        yield Lines(id="tabs")
        with Horizontal(id="panes"):
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
        return (self.room.focus,) if self.alone or self.size.width < WIDE else PANES

    def change(self, room: Room, say: str = "") -> None:
        """Show another room, and a word to the reader until the next key."""
        self.room, self._say = room, say
        self._paint()

    def everywhere(self, turn: Callable[[Room], Room], say: str = "") -> None:
        """Change the room, and the one that leaving the prompt would come back to."""
        if self.prompt:
            self.prompt = replace(self.prompt, origin=turn(self.prompt.origin))
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
        self.prompt = Prompt(purpose, sign, Typed(text, len(text)), self.room)
        self._paint()

    def hint(self) -> None:
        """Put a letter on everything on view; the next keys choose one."""
        self.hints, self._letters = hints(self.room, self.shown), ""
        self.change(self.room, "type a letter to go there, Esc to leave" if self.hints else "nothing to go to here")

    def on_key(self, event: events.Key) -> None:
        """A key is for what is open, the topmost first; else it is a command."""
        event.stop()
        event.prevent_default()
        self._say = ""
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
            self._type(replace(self.prompt, line=typed(self.prompt.line, event.text)))

    def on_resize(self) -> None:
        """Another size may be another layout; the place is kept."""
        self._paint()

    def on_pane_view_resized(self, message: PaneView.Resized) -> None:
        """A pane has another size. On a narrow screen those that are hidden will have the same."""
        pane = self.room.panes[message.pane]
        if message.pane in self.shown and pane.resized(message.cells, message.rows) != pane:
            names = PANES if self.size.width < WIDE else (message.pane,)
            self.everywhere(lambda room: reduce(partial(_sized, message), names, room), self._say)

    def _run(self, command_id: str) -> None:
        if command_id == "back" and self.listed and not self.room.trail.past:
            self.dismiss()
        elif command_id in MOVES:
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
        else:
            self.lay(pressed(sheet, key, character))

    def _press_prompt(self, prompt: Prompt, key: str, character: str) -> None:
        if key in ("escape", "ctrl+c", "enter") or (key == "backspace" and not prompt.line.text):
            self.prompt = None
            if key != "enter":
                self.change(prompt.origin)
            elif prompt.purpose == "find" and self.room.hit:
                self.change(replace(self.room, trail=prompt.origin.trail.visit(step(prompt.origin))))
            else:
                self.change(self.room)
        elif (line := edited(prompt.line, key)) or (character and character.isprintable()):
            self._type(replace(prompt, line=line or typed(prompt.line, character)))

    def _type(self, prompt: Prompt) -> None:
        self.prompt = prompt
        query = parse(prompt.line.text)
        self.room = (searched if prompt.purpose == "find" else filtered)(prompt.origin, query)
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
        self.set_class(self.room.focus != "article", "right")
        shining = lit(self.room)
        for pane in self.query(PaneView):
            pane.set_class(pane.pane == self.room.focus, "here")
            if pane.pane in self.shown:
                pane.show_room(self.room, shining, self.hints, self._letters)
        if width < WIDE:
            lower = self.query_one("#strip", Lines)
            lower.show(strip(self.room, width, lower.size.height))
            self.query_one("#rule", Lines).show(((Piece("─" * width, "rule"),),))
            self.query_one("#tabs", Lines).show((tabs(self.room, width),))
        else:
            self.query_one("#head", Lines).show((head(self.room, width),))
        self.query_one("#foot", Lines).show((self._foot(),))
        self.sheet = fitted(self.sheet, width, height) if self.sheet else None
        view = self.query_one(f"#{self.room.focus}")
        self.query_one(SheetView).show_sheet(self.sheet, view.content_region.y + self.room.pane.offset)

    def _foot(self) -> Line:
        width = self.size.width
        if self.prompt is None:
            return foot(self.room, self._say, foot_keys(self.room), width, self.alone)
        pane = self.room.pane
        kept = f"{len(pane.entries)} of {len(self.room.entries[pane.name])}"
        found = found_words(self.room) if self.prompt.purpose == "find" else kept
        return line_of(self.prompt.sign, self.prompt.line, found, width)


def _sized(message: PaneView.Resized, room: Room, name: str) -> Room:
    return resized(room, name, message.cells, message.rows)
