"""The command that marks an article or an event and, at the second one, sets the two side by side."""

from dossier.core.comparison import Comparison, compare_articles, compare_events, find_event
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.comparison_rows import make_comparison_rows, name_sides
from dossier.text.messages import abbreviate
from dossier.ui.actions import NO_LIBRARY, Result, jump_to
from dossier.ui.comparison_mark import ComparisonMark
from dossier.ui.comparison_sheet import ComparisonSheet, closes_comparison, press_comparison_key
from dossier.ui.library_scope import enter_article
from dossier.ui.navigation import history_entry
from dossier.ui.state import NO_ARTICLE, State

_NAME = 40
_NOTHING = "nothing to compare here: c compares two articles, or two events"


class CompareResult(NamedTuple):
    """The state after the command or key, a message, and the sheet to show, if there is one."""

    state: State
    message: str
    sheet: ComparisonSheet | None = None


def compare_here(state: State) -> CompareResult:
    """Mark what the cursor is on, take its mark back, or compare it with what is marked."""
    here, mark = _find_here(state), state.comparison_mark
    if here is None:
        return CompareResult(state, _NOTHING)
    if here.ref.kind != "event" and state.library is None:
        return CompareResult(state, NO_LIBRARY)
    if mark and mark.ref == here.ref:
        said = f"no longer comparing “{abbreviate(here.name, _NAME)}”"
        return CompareResult(replace(state, comparison_mark=None), said)
    if mark is None:
        return CompareResult(replace(state, comparison_mark=here), here.prompt)
    if mark.noun != here.noun:
        return CompareResult(replace(state, comparison_mark=here), f"instead {here.prompt}")
    left, right = (here, mark) if mark.is_right else (mark, here)
    comparison = _compare(state, left.ref, right.ref)
    if comparison is None:
        return CompareResult(replace(state, comparison_mark=None), "one of the two can no longer be read")
    sheet = ComparisonSheet(name_sides(comparison), (left, right), make_comparison_rows(comparison))
    return CompareResult(replace(state, comparison_mark=None), "", sheet)


def press_in_comparison(state: State, sheet: ComparisonSheet, key: str) -> CompareResult:
    """Return the state after a key while the sheet is open, with the sheet unless the key closes it."""
    if key == "enter":
        return CompareResult(*leave_to_target(state, sheet))
    if closes_comparison(key):
        return CompareResult(state, "")
    pressed, message = press_comparison_key(sheet, key)
    return CompareResult(state, message, pressed)


def leave_to_target(state: State, sheet: ComparisonSheet) -> Result:
    """Jump to what the cursor of the sheet is on, in its article.

    Of two articles the other one stays marked, so that the same key sets them side by side again.
    """
    target, opened = sheet.target, state
    if target is None:
        return Result(state)
    if target.article != state.reading.article.ref.article:
        # A list of the library may have the entry, too, and its article would then stay closed.
        opened = enter_article(state, target.article) or state
    there = jump_to(opened, target)
    if there.message:
        return Result(state, there.message)
    left = replace(there.state, history=state.history.visit(history_entry(state)))
    if sheet.marks[0].noun == "event":
        return Result(left)
    other = 1 - sheet.side
    mark = sheet.marks[other]._replace(is_right=bool(other))
    return Result(replace(left, comparison_mark=mark), "c in the text compares them again")


def _find_here(state: State) -> ComparisonMark | None:
    """Return a mark for what the cursor is on; None if it is no article and no event."""
    entry = state.entry
    if state.focus == "article" and state.reading.article is not NO_ARTICLE:
        article = state.reading.article
        return ComparisonMark(Ref(article.ref.article), article.headline)
    if entry is None or state.focus not in ("library", "timeline"):
        return None
    name = next((part.text for part in entry.parts if part.name == "text"), "")
    return ComparisonMark(entry.ref, name)


def _compare(state: State, left: Ref, right: Ref) -> Comparison | None:
    """Return the comparison; None if one of the articles cannot be opened, or no longer has the event."""
    own, other = _read(state, left), _read(state, right)
    if own is None or other is None:
        return None
    known = (state.library.registry, state.library.memory.decisions) if state.library else (None, None)
    if left.kind != "event":
        return compare_articles(own, other, *known)
    events = find_event(own, left), find_event(other, right)
    return compare_events((own, events[0]), (other, events[1]), *known) if events[0] and events[1] else None


def _read(state: State, ref: Ref) -> Article | None:
    if ref.article == state.reading.article.ref.article:
        return state.reading.article
    reading = state.library.readings.reading(ref.article) if state.library else None
    return reading.article if reading else None
