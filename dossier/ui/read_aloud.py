"""What stands on the screen with --linear, where a screen reader says whatever changes.

Only the line at the cursor stands there, below the title of its pane: then whatever moves the cursor changes the screen
by that line alone, and that line is what is said. In a list it is all lines of the entry, and the heading of its group
where that begins. With the pane alone on the screen (see `layout.Screen`) all of its lines stand there.
"""

from dossier.core.dataclasses import replace
from dossier.text.width import cut, width, wrap
from dossier.ui.chrome import pane_title, trail_line, trail_steps
from dossier.ui.layout import PanePlace, Screen, shows_line_alone
from dossier.ui.line_completion import Completion
from dossier.ui.overlays import FILTER_CARET, popup_heading
from dossier.ui.popup import Popup, popup_lines
from dossier.ui.prompt import Prompt, prompt_status
from dossier.ui.read_lines import read_pane_lines
from dossier.ui.render.flow import Line, Piece
from dossier.ui.state import Find, State


def read_popup(popup: Popup, place: PanePlace, screen: Screen) -> tuple[Line, ...]:
    """Return the lines of a popup that fill its place: its title, and below it the chosen entry, or all of them.

    While a filter is typed, the title alone stands there.
    """
    title: Line = (Piece(popup_heading(popup).replace(FILTER_CARET, ""), "title-here"),)
    is_typing = popup.is_filtering and shows_line_alone(screen)
    lines = () if is_typing else read_pane_lines(popup.pane, popup_lines(popup), place.cells, screen.alone)
    return (title, *lines, *((),) * (place.rows - 1 - len(lines)))


def read_message(say: str, cells: int, most: int) -> tuple[tuple[Line, ...], str]:
    """Return the lines that a long message takes above the foot line, at most `most`, and the rest of the message."""
    lines: list[Line] = []
    while width(say) > cells - 1 and len(lines) < most and cells > 1:
        _, end = wrap(say, cells - 1)[0]
        lines.append((Piece(say[:end].rstrip(), "said-now"),))
        say = say[end:].lstrip()
    return tuple(lines), cut(say, max(1, cells - 1))


def title_line(state: State, room: int) -> Line:
    """Return the title of the pane and what is pinned, without the number of hits, which changes while typing."""
    steps, pins = trail_steps(state)
    pinned = trail_line(steps[len(steps) - pins :], room // 2)
    called = replace(state, find=Find()) if state.find.query else state
    title = pane_title(called, state.focus, max(1, room - width(pinned) - 1))
    return Piece(title, "title-here"), Piece(f" {pinned}" if pinned else "", "pin")


def count_words(state: State, prompt: Prompt | None, popup: Popup | None) -> str:
    """Return what has been found by what is typed, in a few words: `12 hits`."""
    if prompt and prompt.completion:
        return _candidate_words(prompt.completion, prompt.purpose)
    if prompt and prompt.purpose == "note":
        return ""
    if prompt:
        said = prompt_status(prompt, state)
        _, is_on_hit, number = said.partition(" of ") if said.startswith("hit ") else ("", "", "")
        return f"{number} {'hit' if number == '1' else 'hits'}" if is_on_hit else said
    if popup and popup.is_filtering:
        return f"{len(popup.pane.entries):,} of {len(popup.entries):,}"
    return ""


def typed_text(prompt: Prompt | None, popup: Popup | None) -> tuple[str, int] | None:
    """Return what is being typed, and the caret in it; None when nothing is."""
    line = prompt.line if prompt else popup.line if popup and popup.is_filtering else None
    return (line.text, line.caret) if line else None


def _candidate_words(completion: Completion, purpose: str) -> str:
    """Return the chosen candidate, or how many there are."""
    number = len(completion.candidates)
    if not number:
        return "searching …" if completion.is_pending else completion.nothing
    if completion.chosen is not None:
        one = completion.candidates[completion.chosen]
        return " ".join(filter(None, (one.name, one.label, one.note)))
    noun = "command" if purpose == "command" and not completion.word.start else "completion"
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
