"""A comparison as rows of two cells, the same on the screen and in the text that `dossier diff` prints."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, zip_longest
from typing import Final

from dossier.core.compared import Compared, Side, Verdict
from dossier.core.comparison import ArticleComparison, Comparison, EventComparison
from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.ref import Ref
from dossier.core.views.labels import format_evidence, format_place
from dossier.text.word_differences import Change, Span

MARKS: Final[Mapping[Verdict, str]] = {
    Verdict.SAME: " ",
    Verdict.CHANGED: "~",
    Verdict.MOVED: ">",
    Verdict.ONLY_LEFT: "-",
    Verdict.ONLY_RIGHT: "+",
}
"""The sign of each verdict, in ASCII: what differs is told apart without colours."""


_LEAST_COMMON: Final = 0.25
"""Two texts of which less is the same are shown as two texts, and not as one with changes."""
_SHORT: Final = 40
"""The most characters of a text, such as a date, that can be seen to differ in full and still be read."""


class Cell(NamedTuple):
    """One side of a row: a label such as `¶3`, the text, which may have several lines, and where it leads."""

    label: str
    text: str
    target: Ref


class ComparedRow(NamedTuple):
    """A row of a comparison, below the heading `group`.

    `changes` are in the texts of the two cells. `style` is that of the text: "group" for the name of somebody who is
    quoted. `is_apart`: the cells have little or nothing in common, and only stand side by side.
    """

    group: str
    verdict: Verdict
    left: Cell | None
    right: Cell | None
    changes: tuple[Change, ...] = ()
    style: str = "body"
    is_apart: bool = False


def make_comparison_rows(comparison: Comparison) -> tuple[ComparedRow, ...]:
    """Return the rows of a comparison of two articles or two events."""
    if isinstance(comparison, EventComparison):
        return tuple(_make_event_rows(comparison))
    return tuple(_make_article_rows(comparison))


def name_sides(comparison: Comparison) -> tuple[str, str]:
    """Return what the two sides of a comparison are called: headline or event, outlet, date."""
    facts = {fact.name: fact for fact in comparison.facts}
    told = [[fact.left, fact.right] for name in ("headline", "outlet", "published") if (fact := facts.get(name))]
    if isinstance(comparison, EventComparison):
        told[0] = [comparison.event.left, comparison.event.right]
    left, right = (" · ".join(side.text for side in sides if side) for sides in zip(*told, strict=True))
    return left, right


def set_side_by_side(rows: Iterable[ComparedRow]) -> tuple[ComparedRow, ...]:
    """Return the rows with what only the left side has beside what only the right side has, one by one."""
    made: list[ComparedRow] = []
    for key, run in groupby(rows, lambda row: (row.group, row.style == "group", row.left is None or row.right is None)):
        if not key[2] or key[1]:
            made += run
            continue
        sides = list(run)
        own, others = [row for row in sides if row.left], [row for row in sides if row.right]
        pairs = list(zip_longest(own, others))
        made += [
            one._replace(right=other.right, is_apart=True) if one and other else one or other for one, other in pairs
        ]
    return tuple(made)


def _make_article_rows(comparison: ArticleComparison) -> Iterator[ComparedRow]:
    yield from (_make_row("Article", one, one.name) for one in comparison.facts)
    yield from map(_make_text_row, comparison.blocks)
    for speaker, quotes in comparison.speakers:
        yield _make_row("Quotes", speaker, "")._replace(style="group")
        yield from (_make_composed_row("Quotes", one, _compose_quote(one)) for one in quotes)
    yield from (_make_composed_row("Timeline", one, _compose_event(one)) for one in comparison.events)


def _make_event_rows(comparison: EventComparison) -> Iterator[ComparedRow]:
    yield _make_row("Event", replace(comparison.event, fields=()), "event")
    yield from (_make_row("Event", field, field.name) for field in comparison.event.fields)
    yield from (_make_row("Evidence", one) for one in comparison.evidence)
    yield from (_make_row("Article", one, one.name) for one in comparison.facts)


def _make_text_row(block: Compared) -> ComparedRow:
    return (
        _make_row("Text", block, "")._replace(style="heading") if block.name == "heading" else _make_row("Text", block)
    )


def _make_row(group: str, compared: Compared, label: str | None = None) -> ComparedRow:
    """Return a row with one text; the first word that differs is where a cell leads. None: its place is its label."""
    cells = [
        side
        and Cell(
            format_place(side.ref) if label is None else label,
            side.text or "no speaker given",
            _lead_to(side, [change[at] for change in compared.changes]),
        )
        for at, side in enumerate((compared.left, compared.right))
    ]
    return ComparedRow(
        group, compared.verdict, cells[0], cells[1], compared.changes, is_apart=_has_little_in_common(compared)
    )


def _has_little_in_common(compared: Compared) -> bool:
    """Return whether less than a quarter of each of two texts, at least one of them long, stands in the other."""
    if not (compared.left and compared.right and compared.changes):
        return False
    lengths = len(compared.left.text), len(compared.right.text)
    if max(lengths) <= _SHORT:
        return False
    changed = [sum(change[at][1] - change[at][0] for change in compared.changes) for at in (0, 1)]
    return all(1 - part / length < _LEAST_COMMON for part, length in zip(changed, lengths, strict=True) if length)


_WORDS: Final = ("para", "heading", "headline", "subtitle")
"""The kinds of entries whose text is shown as it is, so that a change in it has an address."""


def _lead_to(side: Side, spans: Iterable[Span]) -> Ref:
    first = next((span for span in spans if span[0] < span[1]), None) if side.ref.kind in _WORDS else None
    return side.ref.with_span(*first) if first else side.ref


class _Text(NamedTuple):
    """The texts of two cells, "" where a side has none, and what differs in them."""

    left: str
    right: str
    changes: tuple[Change, ...]


def _make_composed_row(group: str, compared: Compared, text: _Text) -> ComparedRow:
    """Return the row of a quote or an event; a cell leads to the first place of its evidence."""
    left, right = (
        side and Cell(format_evidence(side.evidence[:1]), words, next(iter(side.evidence), side.ref))
        for side, words in ((compared.left, text.left), (compared.right, text.right))
    )
    is_in_both = compared.left and compared.right
    return ComparedRow(group, compared.verdict, left, right, text.changes if is_in_both else ())


def _compose_quote(quote: Compared) -> _Text:
    """Return the words of a quote, between quote marks if they are the speaker's own, and below them the rest."""
    # The speaker's name stands above the quotes, unless the two sides have different ones.
    rest = [field for field in quote.fields if field.name != "speaker" or field.verdict is Verdict.CHANGED]
    rest = [field for field in rest if not _is_usual(field, "direct")]
    form = next((field for field in quote.fields if field.name == "form"), quote)
    marks = [("“", "”") if side and side.text == "direct" else ("", "") for side in (form.left, form.right)]
    told = [_take(field, *((("to ", ""),) * 2 if field.name == "to" else ())) for field in rest]
    return _join([_take(quote, *marks), _join(told, " · ")], "\n")


def _compose_event(event: Compared) -> _Text:
    """Return the date of an event, below it what happened, and below that the rest."""
    dates = [_take(field) for field in event.fields if field.name == "date"]
    rest = [field for field in event.fields if field.name != "date" and not _is_usual(field, "happened")]
    told = [_take(field, *((("“", "”"),) * 2 if field.name == "as written" else ())) for field in rest]
    return _join([*dates, _take(event), _join(told, " · ")], "\n")


def _is_usual(field: Compared, word: str) -> bool:
    """Return whether every side of a field has `word`, which is not shown since it is the usual one."""
    return all(side is None or side.text == word for side in (field.left, field.right))


def _take(compared: Compared, left: tuple[str, str] = ("", ""), right: tuple[str, str] = ("", "")) -> _Text:
    """Return the texts of a field, each between two signs. Where one side has none, all of the other differs."""
    own, other = (side.text if side else "" for side in (compared.left, compared.right))
    changes = compared.changes if own and other else (Change((0, len(own)), (0, len(other))),)
    shifted = tuple(_shift(one, len(left[0]) if own else 0, len(right[0]) if other else 0) for one in changes)
    return _Text(own and own.join(left), other and other.join(right), shifted)


def _join(parts: Iterable[_Text], between: str) -> _Text:
    """Return the texts with `between` between those that a side has."""
    left, right, changes = "", "", list[Change]()
    for part in parts:
        starts = [
            len(text) + (len(between) if text and more else 0)
            for text, more in ((left, part.left), (right, part.right))
        ]
        changes += [_shift(one, *starts) for one in part.changes]
        left += (between if left and part.left else "") + part.left
        right += (between if right and part.right else "") + part.right
    return _Text(left, right, tuple(changes))


def _shift(change: Change, left: int, right: int) -> Change:
    return Change(
        (change.left[0] + left, change.left[1] + left),
        (change.right[0] + right, change.right[1] + right),
    )
