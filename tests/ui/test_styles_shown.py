"""Every name of a style that is given has a look in the theme, and no look is left over."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from rooms import FERRY, FILES, ferry, made, ref, sized, stored

import dossier.ui.view
from dossier.config.theme import LINK_PREFIX, STYLE_NAMES
from dossier.core.comparison import compare_articles
from dossier.core.dataclasses import replace
from dossier.core.entry import PANES, Entry
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.core.views.comparison_rows import make_comparison_rows
from dossier.ui.chrome import foot_line, head_line, tabs_line
from dossier.ui.comparison_mark import ComparisonMark
from dossier.ui.comparison_sheet import ComparisonSheet, fit_comparison
from dossier.ui.find_filter import toggle_pin
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.linked_strip import strip_lines
from dossier.ui.navigation import find_text, place_cursor
from dossier.ui.render.boxes import draw_frame
from dossier.ui.render.draw import draw_entry
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line
from dossier.ui.render.hint_labels import make_hint_labels
from dossier.ui.state import State, open_article_state
from dossier.ui.view import ScreenRenderer, View

AROUND = [path.read_text("utf-8") for path in Path(dossier.ui.view.__file__).parent.glob("*.py")]
"""The sources of prompt and sheet, which give a style or two of their own."""

FLAWED = """
headline: Flaws
subtitle: Several
body: [Reyes said the toll stays. Reyes said it again., {heading: More}]
people: {tom: Tom Reyes, ana: {name: Ana Reyes, native: 한서진, org: nobody}}
quotes:
  - {id: q1, text: We never said so, speaker: zed}
  - {id: q2, text: said, speaker: tom}
  - {id: q3, text: said it again, speaker_text: a clerk}
timeline:
  - {date: 2023-02-30, what: Nothing, quote: q9}
glossary: {toll: what is paid}
"""


def looks(entry: Entry) -> Iterator[EntryLook]:
    spans = tuple((start, start + len(part.text)) for part, start in entry.iterate_parts() if part.text)
    lit = frozenset({entry.ref, *(entry.ref.with_span(anchor.start, anchor.end) for anchor in entry.anchors)})
    yield EntryLook()
    yield EntryLook(lit, hits=spans, current_hit=spans[0])
    yield EntryLook(lit, 0, True, 0)
    yield EntryLook(selected=spans[0], selected_end=spans[0])
    yield EntryLook(hint_letters=dict(zip((-1, *range(len(entry.anchors))), make_hint_labels(90), strict=False)))


def drawn(state: State, sizes: Iterable[int] = (16, 60)) -> Iterator[Line]:
    for name in PANES:
        for entry, above in zip(state.reading.entries[name], (None, *state.reading.entries[name]), strict=False):
            for look in looks(entry):
                for cells in sizes:
                    head_lines, own = draw_entry(entry, above, cells, look)
                    yield from (*head_lines, *own)


def around(state: State) -> Iterator[Line]:
    for shown in (
        state,
        find_text(state, parse_terms("a")),
        toggle_pin(place_cursor(state, state.reading.entries["people"][0].ref)),
    ):
        for screen in (Screen(120, 40), Screen(80, 24), Screen(80, 24, linear=True)):
            yield from ScreenRenderer().lines(fit_panes(shown, screen), View(screen, (("j", "line"),)))
        yield head_line(shown, 100)
        yield tabs_line(shown, 100)
        yield foot_line(shown, "", (("j", "line"),), 100)
        yield foot_line(shown, "said", (), 100)
        yield from strip_lines(shown, 60, 1)
        yield from draw_frame((), 40, 5, "Details", "Esc close", here=True)
        yield from strip_lines(shown, 60, 9)


def compared() -> Iterator[Line]:
    comparison = compare_articles(made(FERRY), made(FLAWED))
    marks = ComparisonMark(Ref("a"), "a"), ComparisonMark(Ref("b"), "b")
    sheet = ComparisonSheet(("a", "b"), marks, make_comparison_rows(comparison))
    yield from fit_comparison(sheet, 100, 60, linear=False).lines()


def styles(lines: Iterable[Line]) -> set[str]:
    found = {style for line in lines for piece in line for style in piece.style.split()}
    return {style for style in found if not style.startswith(LINK_PREFIX)}


@cache
def emitted() -> set[str]:
    """Return the names of all styles that are used in drawing."""
    found = styles(line for path in FILES for line in drawn(open_article_state(stored(path), ())))
    found |= styles(drawn(open_article_state(made(FLAWED), ())))
    found |= styles(around(sized(ferry(), 60, 8)))
    state = place_cursor(ferry(), ref("person/okafor"))
    found |= styles(compared())
    return found | styles(around(replace(state, reading=replace(state.reading, problems=()))))


def test_every_style_that_is_given_is_known() -> None:
    assert sorted(emitted() - STYLE_NAMES) == []


@pytest.mark.parametrize("style", sorted(STYLE_NAMES))
def test_a_known_style_is_used(style: str) -> None:
    assert style in emitted() or any(f'"{style}"' in source for source in AROUND)
