"""What is on the screen: the state, what is open over it, and how they are painted.

What is shown depends on these values alone. The keys are handled in `tui.screen`.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen

from dossier.core.dataclasses import replace
from dossier.library.notebook import Notebook
from dossier.library.notes_file import notes_path
from dossier.text.ambiguous_width import use_ambiguous_width
from dossier.tui.exporter import PURPOSE, Exporter
from dossier.tui.lines_widget import Lines
from dossier.tui.note_loader import NoteLoader
from dossier.tui.pipe_runner import PipeRunner
from dossier.tui.preview_loader import PreviewLoader
from dossier.tui.retried_calls import RetriedCalls
from dossier.tui.saving import Saving
from dossier.tui.typing_count import TypingCount
from dossier.tui.uncalled_popups import UncalledPopups
from dossier.ui.command_line import open_command_line
from dossier.ui.commands import first_lessons, foot_keys
from dossier.ui.comparison_sheet import ComparisonSheet, fit_comparison
from dossier.ui.hints import Hint, find_hints
from dossier.ui.layout import Screen as AskedScreen
from dossier.ui.layout import fit_panes, shown_panes, shows_line_alone
from dossier.ui.note_sheet import NoteSheet, fit_note_sheet
from dossier.ui.options import DEFAULT_OPTIONS, DisplayOptions
from dossier.ui.popup import Popup, fit_popup
from dossier.ui.prompt import Prompt, apply_prompt, open_prompt
from dossier.ui.read_moves import find_spoken_hints, hint_words, moved_words
from dossier.ui.selecting import end_lost_selection, pending_words
from dossier.ui.state import State
from dossier.ui.unfinished_keys import UnfinishedKeys
from dossier.ui.view import ScreenRenderer, View, cursor_cell, said_lines, states_between
from dossier.ui.width_change import hold_places, measure_anew, measure_comparison_anew, measure_popup_anew

_HELD: Final = (
    *("state", "is_alone", "popup", "comparison", "note_sheet", "prompt", "awaiting", "typed_commands", "hints"),
    *("options", "_letters", "_say", "_said", "_keys", "_counted", "_transition", "_unreachable_words"),
)
"""What a key can change of the screen. A key that has to wait for a disk changes nothing until it is handled again."""


class ShownScreen(Screen[None], inherit_bindings=False):
    """Screen that shows a state, and over it a popup, a prompt, hints or a sheet.

    `awaiting` is the prompt that was closed last, for as long as what it looks for may still be coming in.
    """

    BINDINGS: ClassVar = []

    def __init__(self, state: State, manner: DisplayOptions = DEFAULT_OPTIONS) -> None:
        super().__init__()
        self.state = state
        self.is_alone = False
        self.popup: Popup | None = None
        self.comparison: ComparisonSheet | None = None
        self.note_sheet: NoteSheet | None = None
        self.prompt: Prompt | None = None
        self.awaiting: Prompt | None = None
        self.typed_commands: tuple[str, ...] = ()
        self.hints: tuple[Hint, ...] = ()
        self._letters = self._counted = self._unreachable_words = ""
        self._say = self._said = manner.notice
        self._keys = UnfinishedKeys()
        self._ahead: tuple[str, ...] = ()
        self.options = manner
        self._commands_by_key = manner.by_key()
        self._help_keys = manner.commands["help"].keys
        self._renderer = ScreenRenderer()
        self._transition: tuple[State, ...] = ()
        self.key_calls = RetriedCalls(self, _HELD, is_told=True)
        self.background = RetriedCalls(self, _HELD, is_told=False)
        self._previews = PreviewLoader(self)
        self._count = TypingCount(self)
        self.notes = NoteLoader(self, state.library.notebook if state.library else Notebook(notes_path()))
        self.saving = Saving(self)
        self.pipes = PipeRunner(self)
        self.uncalled = UncalledPopups(self)
        self.exporter = Exporter(self)
        # Held, since a message can still come while the toolkit takes the screen down, and finds no widget any more.
        self._lines = Lines(self.options.theme, self.options.postprocess)

    def compose(self) -> ComposeResult:
        """Yield the one widget, which is as large as the screen."""
        yield self._lines

    @property
    def asked_screen(self) -> AskedScreen:
        """Columns and rows, and what the reader has chosen for them."""
        return self.options.screen(self.size.width, self.size.height, self.is_alone)

    @property
    def view(self) -> View:
        """What is on the screen besides the state: size, foot line, popup, prompt, hints and message."""
        keys = foot_keys(self.state, self.options.commands)
        size = self.asked_screen
        return View(
            size,
            keys,
            self.popup,
            self.prompt,
            () if shows_line_alone(size) else self.hints,
            self._letters,
            self._say,
            sheet=self.comparison or self.note_sheet,
            count=self._count.words,
            lessons=first_lessons(self.state.focus, self.options.commands),
            pending=pending_words(self.state.selection, self._keys.pending.words)
            or self.exporter.progress
            or self.saving.words
            or (self.state.library.unreachable_words if self.state.library else ""),
        )

    def change(self, state: State, say: str = "") -> None:
        """Show another state, and a message until the next key."""
        self._transition = states_between(self.state, state) if self.options.motion and not self.options.linear else ()
        if say and self._counted and state is self.state:
            say, self._counted = f"{say} · {self._counted}", ""
        if self.options.linear:
            say = say or moved_words(self.state, state)
            # A message that stands there already would not be said again. A key drops the last one first.
            say = f"{say} (again)" if say and say == self._said and not self._say else say
        self.state, self._say = end_lost_selection(state), say
        self.paint()

    def change_everywhere(self, turn: Callable[[State], State], say: str = "") -> None:
        """Apply `turn` to the state and to those to which a prompt or a count may return, and show a message."""
        prompts = (self.prompt, self.awaiting)
        self.prompt, self.awaiting = (one and replace(one, origin=turn(one.origin)) for one in prompts)
        self.state = turn(self.state)
        self._keys = self._keys.with_states(turn)
        if self.hints:
            # The links with letters may have moved.
            self.hints = self._find_hints()
        self.change(self.state, say)

    def update(self, turn: Callable[[State], State]) -> None:
        """Apply `turn` as `change_everywhere` does, and leave the message as it is."""
        self.change_everywhere(turn, self._say)

    def show_popup(self, popup: Popup) -> None:
        """Open a popup over the panes."""
        self.popup = popup
        self.paint()

    def show_comparison(self, sheet: ComparisonSheet) -> None:
        """Open a comparison over the whole screen."""
        self.comparison = sheet
        self.paint()

    def show_note_sheet(self, sheet: NoteSheet | None) -> None:
        """Open the sheet of a note over the whole screen; None closes it."""
        self.note_sheet = sheet
        self.paint()

    def show_prompt(self, purpose: str, sign: str, text: str, note_id: str = "") -> None:
        """Open the prompt in the foot line. Its text takes effect at every key."""
        searches = self.state.library.memory.searches if self.state.library else ()
        offered = {
            "search": searches,
            "command": self.typed_commands,
            "pipe": self.pipes.commands,
            PURPOSE: self.exporter.names,
        }.get(purpose, ())
        self.prompt = replace(open_prompt(purpose, sign, text, self.state, offered), note_id=note_id)
        if purpose == "command":
            self.prompt = open_command_line(self.prompt, self.options)
        self.paint()

    def type_line(self, prompt: Prompt) -> None:
        """Show a prompt as it is after a key. What was typed takes effect."""
        before, self.prompt = self.prompt, prompt
        if before is None or prompt.line.text != before.line.text:
            self.state = apply_prompt(prompt, self.state, date.today())
        self.paint()

    def show_hints(self) -> None:
        """Show a letter at everything in view that can be followed; the next keys choose one."""
        self.hints, self._letters = self._find_hints(), ""
        say = "type the letters of a link to go there; Esc cancels" if self.hints else "no links in view"
        self.change(self.state, hint_words(self.state, self.hints) if shows_line_alone(self.view.screen) else say)

    def _find_hints(self) -> tuple[Hint, ...]:
        screen = self.asked_screen
        if shows_line_alone(screen):
            return find_spoken_hints(self.state)
        return find_hints(self.state, shown_panes(self.state, screen))

    def show_export_menu(self) -> None:
        """Open the menu of what can be exported here."""
        self.exporter.open_menu()

    def on_resize(self) -> None:
        """Lay out for the new size. The position is kept."""
        self.paint()

    def adopt_width(self, cells: int) -> None:
        """Measure by this width of ambiguous characters, and paint everything anew. The position is kept."""
        self.update(hold_places)
        use_ambiguous_width(cells)
        self._renderer = ScreenRenderer()
        self.popup = self.popup and measure_popup_anew(self.popup)
        self.comparison = self.comparison and measure_comparison_anew(self.comparison)
        self.update(measure_anew)
        self._lines.paint_all()

    def arrange_for_putty(self) -> None:
        """Send every row as PuTTY needs it. What does not differ on the screen is not sent again."""
        self.options = self.options.in_putty()
        self._lines.use_postprocess(self.options.postprocess)

    def paint(self) -> None:
        """Paint what has changed, if there is room to paint on."""
        if not self.is_mounted or not self.size.area:
            return
        size = self.asked_screen
        if fit_panes(self.state, size) is not self.state:
            self.change_everywhere(partial(fit_panes, screen=size), self._say)
            return
        if self.popup:
            around = (2 if size.linear else 4) + len(said_lines(self.state, self.view)[0])
            self.popup = fit_popup(self.popup, size.cells, size.rows, around)
        if self.comparison:
            self.comparison = fit_comparison(self.comparison, size.cells, size.rows, size.linear)
        if self.note_sheet:
            self.note_sheet = fit_note_sheet(self.note_sheet, size.cells, size.rows, size.linear)
        if size.linear:
            self._count.follow()
        view, self._said = self.view, self._say
        lines = self._renderer.lines(self.state, view)
        row, column = cursor_cell(self.state, view, lines)
        self.app.cursor_position = Offset(column, row)
        passed, self._transition = self._transition, ()
        if size.linear:
            self._lines.repaint(row)
        self._lines.show(lines, [self._renderer.lines(state, view) for state in passed])
        self._previews.follow()
        self.notes.follow()
