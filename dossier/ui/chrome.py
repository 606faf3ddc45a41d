"""The head line, the tabs, the titles of the panes and the foot line."""

from collections.abc import Iterator, Sequence

from dossier.core.entry import PANES
from dossier.core.problem import Severity
from dossier.core.views.labels import format_place
from dossier.core.views.wording import format_written_date
from dossier.text.messages import count_noun, quote_typed
from dossier.text.width import cut, width, wrap
from dossier.ui.counts import SHELF_NUMBERS, empty_words, hits_words, lower_edge_words, scope_steps, wide_title
from dossier.ui.highlight import is_wide
from dossier.ui.layout import place_to_preview, shown_preview
from dossier.ui.pane_scope import SHELF, is_in_library, is_open_article_found
from dossier.ui.preview import Preview
from dossier.ui.render.boxes import fill_line, overlay_line
from dossier.ui.render.flow import Line, Piece, clip_line, measure_line
from dossier.ui.state import NO_ARTICLE, State

_LEAST_PENDING = 20
"""Cells that are left beside a message to what is pending."""
_GROUPS = ("People", "Organisations", "Places", "Unnamed sources")


def head_line(state: State, cells: int) -> Line:
    """Return the head line: the headline at the left; outlet, date and section at the right, as far as they fit.

    What is pinned comes before the headline where there is no room for both. In a library the open article ends the
    trail of the scope if it is in that scope, and is named at the right if it is not.
    """
    headline, right = state.reading.article.headline, article_facts_line(state)
    if headline and not is_open_article_found(state):
        headline, right = "", f"{headline} · {right}"
    trail = trail_line(trail_steps(state)[0], cells - 2, "" if state.library else "▸ ")
    while right and width(right) > cells // 2 and " · " in right:
        right = right.rpartition(" · ")[0]
    right = "" if width(right) + max(12, width(trail) + 3) > cells else right
    room = cells - width(right) - 3 - (width(trail) + 1 if trail else 0)
    left = cut(headline, max(1, room))
    if state.library:
        left = cut(headline, max(1, room - 2))
        pieces = [Piece(f" {trail}", "pin"), Piece(f" ▸ {left}" if headline and room > 3 else "", "headline")]
    else:
        pieces = [Piece(" "), Piece(left, "headline"), Piece(f" {trail}" if trail else "", "pin")]
    gap = max(1, cells - 1 - measure_line(pieces) - width(right))
    return clip_line((*pieces, Piece(" " * gap), Piece(right, "muted")), cells)


def trail_steps(state: State) -> tuple[tuple[str, ...], int]:
    """Return the steps of the trail: those of the scope, then the pins of the article; and how many of them are pins.

    The pins are the last steps.
    """
    own = tuple(_pin_names(state)) if state.filters.pins else ()
    pins = len(own) + (len(state.library_view.scope.pins) if state.library else 0)
    return (*scope_steps(state), *own), pins


def _pin_names(state: State) -> Iterator[str]:
    from dossier.ui.pins import pin_name  # noqa: PLC0415 - the first picture has none

    return (pin_name(state, pin) for pin in state.filters.pins)


def trail_line(steps: Sequence[str], cells: int, lead: str = "▸ ") -> str:
    """Return the steps as a trail of at most `cells`, or "" without steps.

    What does not fit is left out from the beginning: the last step is the one that Esc takes back.
    """
    if not steps:
        return ""
    words = lead + " ▸ ".join(steps)
    while width(words) > cells and len(steps) > 1:
        steps = steps[1:]
        words = f"… ▸ {' ▸ '.join(steps)}"
    if width(words) > cells:
        words = f"▸ {steps[-1]}" if width(steps[-1]) + 2 <= cells else steps[-1]
    return cut(words, max(1, cells))


def article_facts_line(state: State) -> str:
    """Return outlet, date and section of the article; before one is open, the progress of the library's index."""
    article = state.reading.article
    if state.library and article is NO_ARTICLE:
        return state.library.progress
    return " · ".join(
        filter(None, (article.outlet, format_written_date(article.published), " › ".join(article.section)))
    )


def empty_pane_lines(state: State, name: str) -> tuple[Line, ...]:
    """Return the lines that an empty pane shows: why it is empty, and how to show all entries."""
    if name in SHELF or is_wide(state.panes[name]):
        return _told(state, name, empty_words(state, name))
    all_there = len(state.reading.entries[name])
    if state.reading.article is NO_ARTICLE:
        words = "open an article with Enter"
        if is_in_library(state):
            words = "the article under the cursor appears here; Enter opens it"
    elif not all_there:
        words = f"no {name} in this file"
    elif name in state.filters.queries:
        linked = "is linked to the pins and " if state.filters.pins and name != "article" else ""
        typed = quote_typed(state.filters.queries[name].typed)
        words = f"none of {all_there} {linked}matches {typed}; Esc clears the filter"
    else:
        words = f"none of {all_there} is linked to the pins; Esc removes the last pin"
    return _told(state, name, words)


def _told(state: State, name: str, words: str) -> tuple[Line, ...]:
    """Return the words in the lines that the pane has room for, the last one cut if that is not enough."""
    pane = state.panes[name]
    cells = max(1, pane.cells - 1)
    spans = wrap(words, cells)
    shown = [words[start:end] for start, end in spans[: max(1, pane.rows)]]
    if len(shown) < len(spans):
        shown[-1] = cut(words[spans[len(shown) - 1][0] :], cells)
    return tuple((Piece(" "), Piece(cut(line, cells), "muted")) for line in shown)


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
        heading += f" {shown} of {all_there} · only {quote_typed(state.filters.queries[name].typed)}"
    elif name != "article" and shown < all_there:
        heading += f" {shown} of {all_there} · pinned"
    elif name == "people" and not shown_preview(state):
        heading = f"{PANES.index(name) + 1} {_people(state)}"
    elif name != "article":
        heading += f" {shown}"
    if shown_preview(state) and state.reading.article is not NO_ARTICLE:
        # Beside the preview of another article it is not plain whose entries these are.
        heading += f" · of {quote_typed(state.reading.article.headline)}"
    if state.find.query and state.reading.article is not NO_ARTICLE:
        hits = state.find.hits.counts.get(name, 0)
        heading += f" · {hits_words(hits)}"
    return cut(heading, max(1, cells))


def _preview_title(state: State, preview: Preview) -> str:
    """Return the title of the preview; an ellipsis says that it is not yet that of the article at the cursor."""
    at = place_to_preview(state)
    is_next = at is not None and at.article != preview.key.at.article
    where = " in the lists" if preview.hit_count and not preview.text_hit_count else ""
    hits = f" · {hits_words(preview.hit_count)}{where}" if preview.key.query else ""
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

    The titles are shortened if they do not fit; at last only the open pane has a name, the others their numbers.
    """
    shelf = () if state.library is None else ("facets",) if state.focus == "facets" else ("library",)
    panes = (*shelf, *PANES)
    names = [pane_title(state, name, cells) for name in panes]
    short = [_short(state, name, name.capitalize()) for name in panes]
    tight = [_short(state, name, name.capitalize() if name == state.focus else "") for name in panes]
    steps, pins = trail_steps(state)
    pinned = trail_line(steps[len(steps) - pins :], cells // 2)
    bare = [text if name == state.focus else text[0] for name, text in zip(panes, tight, strict=True)]
    forms = ((names, " ", 3), (short, " ", 3), (short, "", 1), (tight, "", 1), *([(bare, "", 1)] if pinned else []))
    room = cells - (width(pinned) + 2 if pinned else 0)
    fitting = (form for form in forms if sum(width(text) + form[2] for text in form[0]) <= room)
    shown, after, _ = next(fitting, forms[-1])
    pieces: list[Piece] = []
    for name, text in zip(panes, shown, strict=True):
        here = name == state.focus
        pieces += [Piece(f"{'▌' if here else ' '}{text}{after}", "tab open" if here else "tab"), Piece(after)]
    left = cells - measure_line(pieces) - 2
    only = (
        (f"only {quote_typed(state.filters.queries[state.focus].typed)}",)
        if state.focus in state.filters.queries
        else ()
    )
    lead = "" if state.library and steps else "▸ "
    at = len(steps) - pins
    if (trail := trail_line((*steps[:at], *only, *steps[at:]), left, lead)) and left >= (3 if pinned else 8):
        pieces.append(Piece(" " + trail, "pin"))
    return clip_line(pieces, cells)


def foot_line(
    state: State, say: str, keys: Sequence[tuple[str, str]], cells: int, alone: bool = False, pending: str = ""
) -> Line:
    """Return the foot line: at the left the message `say` or else the keys; at the right, where the cursor is.

    `keys` are pairs of a key and its title. Room is kept for the last pair, which is the key of the help. `alone`: one
    pane has the whole screen, and the line says so. `pending` is shown before where the cursor is, over what is there,
    so that the rest of the line stays as it is; beside a message, one that is long is cut, and not the message.
    """
    right = _at_right(state, alone)
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
    line = clip_line([*pieces, Piece(" " * gap), Piece(right, "where")], cells)
    if not pending:
        return line
    if say:
        pending = cut(pending, max(_LEAST_PENDING, cells - width(right) - measure_line(pieces) - 4))
    column = max(0, cells - width(right) - width(pending) - 3)
    return overlay_line(fill_line(line, cells), column, (Piece(" "), Piece(pending, "key"), Piece(" ")), cells)


def message_room(state: State, cells: int, alone: bool = False) -> int:
    """Return how many cells of the foot line a message may take."""
    return cells - width(_at_right(state, alone)) - 3


def _at_right(state: State, alone: bool) -> str:
    return " · ".join(filter(None, ("alone" if alone else "", _where(state))))


def _where(state: State) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in state.reading.problems)
    counts_hits = bool(state.find.query) and state.focus not in SHELF
    words = []
    # Beside rows of other articles, it would be taken for theirs.
    whose = "open article has " if state.focus in SHELF or is_wide(state.pane) else ""
    if errors:
        words.append(f"✗ {whose}{count_noun(errors, 'error')}: !")
    elif state.reading.problems:
        words.append(f"{whose}{count_noun(len(state.reading.problems), 'warning')}: !")
    if state.entry:
        row, rows = f"{state.pane.cursor.row + 1:,}", f"{len(state.pane.entries):,}"
        # Beside the number of a hit, a number without words would not say what it counts.
        count = f"row {row} of {rows}" if counts_hits else f"{row}/{rows}"
        words.append(format_place(state.entry.ref) if state.entry.ref.kind == "para" else count)
    if counts_hits or (state.find.query and state.focus == "library"):
        words.append(_wide_hit_words(state) if is_wide(state.pane) else hit_number_words(state))
    return " · ".join(filter(None, words))


def _wide_hit_words(state: State) -> str:
    from dossier.ui.library_find import library_hit_words  # noqa: PLC0415 - only where a library is searched

    return library_hit_words(state)


def hit_number_words(state: State) -> str:
    """Return which hit the cursor is on, as `hit 3 of 27`, or how many hits there are.

    `no hits` when there are none; "" without a query, and where what a search of the library found is in other panes.
    """
    hits = state.find.hits
    if state.find.query and hits:
        number = hits.find_number(state.find.hit)
        return hits_words(len(hits)) if number is None else f"hit {number + 1} of {len(hits)}"
    is_elsewhere = state.find.query == state.library_view.scope.query and any(map(is_wide, state.panes.values()))
    return "no hits" if state.find.query and not is_elsewhere else ""


def _people(state: State) -> str:
    count = {group: sum(entry.group == group for entry in state.panes["people"].entries) for group in _GROUPS}
    return " · ".join(f"{group} {number}" for group, number in count.items() if number) or "People 0"


def _short(state: State, name: str, called: str) -> str:
    if name in SHELF:
        return f"{SHELF_NUMBERS[name]} {called}".rstrip()
    shown, all_there, own = (
        len(state.panes[name].entries),
        len(state.reading.entries[name]),
        not is_wide(state.panes[name]),
    )
    narrowed = f" {shown}/{all_there}" if own and shown < all_there else ""
    found = own and state.find.query and state.reading.article is not NO_ARTICLE
    hits = f" ·{state.find.hits.counts.get(name, 0)}" if found else ""
    return f"{PANES.index(name) + 1}{called and f' {called}'}{narrowed}{hits}"
