"""The head line, the tabs, the titles of the panes and the foot line."""

from collections.abc import Sequence

from dossier.core.entry import PANES
from dossier.core.problem import Severity
from dossier.core.ref import Ref
from dossier.core.views.labels import format_place
from dossier.core.views.wording import format_written_date
from dossier.text.messages import count_noun
from dossier.text.width import cut, width
from dossier.ui.counts import empty_words, hits_words, lower_edge_words, scope_words, wide_title
from dossier.ui.highlight import is_wide
from dossier.ui.layout import place_to_preview, shown_preview
from dossier.ui.library_find import library_hit_words
from dossier.ui.library_scope import SHELF, is_in_library
from dossier.ui.preview import Preview
from dossier.ui.render.flow import Line, Piece, clip_line, measure_line
from dossier.ui.state import NO_ARTICLE, State

_GROUPS = ("People", "Organisations", "Places", "Unnamed sources")


def head_line(state: State, cells: int) -> Line:
    """Return the head line: the headline at the left; outlet, date and section at the right, as far as they fit."""
    right = article_facts_line(state)
    trail = "".join(f" ▸ {_called(state, pin)}" for pin in state.filters.pins)
    if state.library:
        trail = f" {scope_words(state)}{trail}"
    while right and width(right) > cells // 2 and " · " in right:
        right = right.rpartition(" · ")[0]
    right = "" if width(right) + 12 > cells else right
    left = cut(state.reading.article.headline, max(1, cells - width(right) - 3 - (width(trail) if trail else 0)))
    pieces = [Piece(" "), Piece(left, "headline"), Piece(trail, "pin")]
    if state.library:
        pieces = [Piece(trail, "pin"), Piece(f" ▸ {left}" if state.reading.article.headline else "", "headline")]
    gap = max(1, cells - 1 - measure_line(pieces) - width(right))
    return clip_line((*pieces, Piece(" " * gap), Piece(right, "muted")), cells)


def article_facts_line(state: State) -> str:
    """Return outlet, date and section of the article; before one is open, the progress of the library's index."""
    article = state.reading.article
    if state.library and article is NO_ARTICLE:
        return state.library.progress
    return " · ".join(
        filter(None, (article.outlet, format_written_date(article.published), " › ".join(article.section)))
    )


def empty_pane_lines(state: State, name: str) -> Line:
    """Return the line that an empty pane shows: why it is empty, and how to show all entries."""
    if name in SHELF or is_wide(state.panes[name]):
        return _told(state, name, empty_words(state, name))
    all_there = len(state.reading.entries[name])
    if state.reading.article is NO_ARTICLE:
        words = "Enter on an article opens it here"
        if is_in_library(state):
            words = "the article at the cursor shows here; Enter opens it"
    elif not all_there:
        words = f"no {name} in this file"
    elif name in state.filters.queries:
        words = f"none of {all_there} matches “{state.filters.queries[name].typed}”: Esc shows all"
    else:
        words = f"none of {all_there} is linked to what is pinned: Esc shows all"
    return _told(state, name, words)


def _told(state: State, name: str, words: str) -> Line:
    return Piece(" "), Piece(cut(words, max(1, state.panes[name].cells - 1)), "muted")


def pane_title(state: State, name: str, cells: int) -> str:
    """Return the title of a pane, at most `cells` wide: its number, its name, and how many entries and hits it has."""
    pane = state.panes[name]
    if name in SHELF or is_wide(pane):
        return cut(wide_title(state, name), max(1, cells))
    if name == "article" and (preview := shown_preview(state)):
        return cut(_preview_title(state, preview), max(1, cells))
    shown, all_there = len(pane.entries), len(state.reading.entries[name])
    heading = f"{PANES.index(name) + 1} {name.capitalize()}"
    if name in state.filters.queries:
        heading += f" {shown} of {all_there} · only “{state.filters.queries[name].typed}”"
    elif name != "article" and shown < all_there:
        heading += f" {shown} of {all_there} · pinned"
    elif name == "people":
        heading = f"{PANES.index(name) + 1} {_people(state)}"
    elif name != "article":
        heading += f" {shown}"
    if state.find.query and state.reading.article is not NO_ARTICLE:
        hits = state.find.hits.counts.get(name, 0)
        heading += f" · {hits_words(hits)}"
    return cut(heading, max(1, cells))


def _preview_title(state: State, preview: Preview) -> str:
    """Return the title of the preview; an ellipsis says that it is not yet that of the article at the cursor."""
    at = place_to_preview(state)
    is_next = at is not None and at.article != preview.key.at.article
    hits = f" · {hits_words(sum(map(len, preview.hits.values())))}" if preview.key.query else ""
    return f"Preview{' …' if is_next else hits}"


def rule_line(state: State, cells: int) -> Line:
    """Return the line between the pane and the linked strip of a narrow screen.

    At its right end are the words that a wide screen has on the lower edge of the pane.
    """
    told = lower_edge_words(state, state.focus)
    end = f" {told} ─" if told else ""
    return clip_line((Piece("─" * max(0, cells - width(end)), "rule"), Piece(end, "rule")), cells)


def tabs_line(state: State, cells: int) -> Line:
    """Return the line of the panes' titles, with the open pane marked, and its filter and pins or the library's scope.

    The titles are shortened if they do not fit.
    """
    shelf = () if state.library is None else ("facets",) if state.focus == "facets" else ("library",)
    panes = (*shelf, *PANES)
    names = [pane_title(state, name, cells) for name in panes]
    short = [_short(state, name, name.capitalize()) for name in panes]
    tight = [_short(state, name, name.capitalize() if name == state.focus else name[:2]) for name in panes]
    forms = ((names, " ", 3), (short, " ", 3), (short, "", 1), (tight, "", 1))
    shown, after, _ = next(
        (form for form in forms if sum(width(text) + form[2] for text in form[0]) <= cells), forms[-1]
    )
    pieces: list[Piece] = []
    for name, text in zip(panes, shown, strict=True):
        here = name == state.focus
        pieces += [Piece(f"{'▌' if here else ' '}{text}{after}", "tab open" if here else "tab"), Piece(after)]
    left = cells - measure_line(pieces) - 2
    if (trail := _trail(state)) and left >= 8:
        pieces.append(Piece(" " + cut(trail, left), "pin"))
    return clip_line(pieces, cells)


def foot_line(state: State, say: str, keys: Sequence[tuple[str, str]], cells: int, alone: bool = False) -> Line:
    """Return the foot line: at the left the message `say` or else the keys; at the right, where the cursor is.

    `keys` are pairs of a key and its title. Room is kept for the last pair, which is the key of the help. `alone`: one
    pane has the whole screen, and the line says so.
    """
    right = " · ".join(filter(None, ("alone" if alone else "", _where(state))))
    space = max(0, cells - width(right) - 2)
    pieces: list[Piece] = [Piece(" ")]
    if say:
        pieces.append(Piece(cut(say, max(1, space - 1)), "said-now"))
    last = sum(width(word) for word in keys[-1]) + 3 if keys else 0
    for number, (key, title_words) in enumerate(() if say else keys):
        left = space - measure_line(pieces) - (0 if number == len(keys) - 1 else last)
        if width(key) + width(title_words) + 3 <= left:
            pieces += [Piece(key, "key"), Piece(f" {title_words}  ", "muted")]
    gap = max(0, cells - 1 - measure_line(pieces) - width(right))
    return clip_line([*pieces, Piece(" " * gap), Piece(right, "where")], cells)


def _where(state: State) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in state.reading.problems)
    words = []
    if errors:
        words.append(f"✗ {count_noun(errors, 'error')}: !")
    elif state.reading.problems:
        words.append(f"{count_noun(len(state.reading.problems), 'warning')}: !")
    if state.entry:
        count = f"{state.pane.cursor.row + 1:,}/{len(state.pane.entries):,}"
        words.append(format_place(state.entry.ref) if state.entry.ref.kind == "para" else count)
    if state.find.query and state.focus not in SHELF:
        words.append(library_hit_words(state) if is_wide(state.pane) else hit_number_words(state))
    return " · ".join(words)


def hit_number_words(state: State) -> str:
    """Return which hit the cursor is on, as `3 of 27`, or how many hits there are.

    `no hit` when there are none; "" without a query.
    """
    order = state.find.hits.order
    if state.find.query and order:
        return (
            f"{order[state.find.hit] + 1} of {len(order)}"
            if state.find.hit and state.find.hit in order
            else hits_words(len(order))
        )
    return "no hit" if state.find.query else ""


def _people(state: State) -> str:
    count = {group: sum(entry.group == group for entry in state.panes["people"].entries) for group in _GROUPS}
    return " · ".join(f"{group} {number}" for group, number in count.items() if number) or "People 0"


def _short(state: State, name: str, called: str) -> str:
    if name in SHELF:
        return f"0 {called}"
    shown, all_there, own = (
        len(state.panes[name].entries),
        len(state.reading.entries[name]),
        not is_wide(state.panes[name]),
    )
    narrowed = f" {shown}/{all_there}" if own and shown < all_there else ""
    found = own and state.find.query and state.reading.article is not NO_ARTICLE
    hits = f" ·{state.find.hits.counts.get(name, 0)}" if found else ""
    return f"{PANES.index(name) + 1} {called}{narrowed}{hits}"


def _trail(state: State) -> str:
    if state.library:
        return scope_words(state)
    only = [f"only “{state.filters.queries[state.focus].typed}”"] if state.focus in state.filters.queries else []
    return " ".join(f"▸ {words}" for words in (*(_called(state, pin) for pin in state.filters.pins), *only))


def _called(state: State, ref: Ref) -> str:
    entry = state.entry_of(ref)
    if entry is None:
        return str(ref)
    return entry.parts[0].text if entry.paragraph_number == 0 else f"¶{entry.paragraph_number}"
