"""Every name of a style that is given has a look in the theme, and no look is left over."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from rooms import FILES, ferry, made, ref, sized, stored

import dossier.ui.view
from dossier.config.theme import LINK, STYLE_NAMES
from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.query import parse
from dossier.core.views.panes import PANES
from dossier.ui.chrome import foot_line, head, tabs
from dossier.ui.find_filter import pinned
from dossier.ui.layout import Screen, fitted
from dossier.ui.linked_strip import strip
from dossier.ui.navigation import rested, searched
from dossier.ui.render.draw import draw
from dossier.ui.render.entry_style import Look
from dossier.ui.render.flow import Line
from dossier.ui.render.hint_labels import labels
from dossier.ui.state import State, opened
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


def looks(entry: Entry) -> Iterator[Look]:
    spans = tuple((start, start + len(part.text)) for part, start in entry.offsets() if part.text)
    lit = frozenset({entry.ref, *(entry.ref.within(anchor.start, anchor.end) for anchor in entry.anchors)})
    yield Look()
    yield Look(lit, hits=spans, hit=spans[0])
    yield Look(lit, 0, True, 0)
    yield Look(labels=dict(zip((-1, *range(len(entry.anchors))), labels(90), strict=False)))


def drawn(state: State, sizes: Iterable[int] = (16, 60)) -> Iterator[Line]:
    for name in PANES:
        for entry, above in zip(state.reading.entries[name], (None, *state.reading.entries[name]), strict=False):
            for look in looks(entry):
                for cells in sizes:
                    head_lines, own = draw(entry, above, cells, look)
                    yield from (*head_lines, *own)


def around(state: State) -> Iterator[Line]:
    for shown in (state, searched(state, parse("a")), pinned(rested(state, state.reading.entries["people"][0].ref))):
        for screen in (Screen(120, 40), Screen(80, 24), Screen(80, 24, linear=True)):
            yield from ScreenRenderer().lines(fitted(shown, screen), View(screen, (("j", "line"),)))
        yield head(shown, 100)
        yield tabs(shown, 100)
        yield foot_line(shown, "", (("j", "line"),), 100)
        yield foot_line(shown, "said", (), 100)
        yield from strip(shown, 60, 1)
        yield from strip(shown, 60, 9)


def styles(lines: Iterable[Line]) -> set[str]:
    found = {style for line in lines for piece in line for style in piece.style.split()}
    return {style for style in found if not style.startswith(LINK)}


@cache
def emitted() -> set[str]:
    """Return the names of all styles that are used in drawing."""
    found = styles(line for path in FILES for line in drawn(opened(stored(path), ())))
    found |= styles(drawn(opened(made(FLAWED), ())))
    found |= styles(around(sized(ferry(), 60, 8)))
    state = rested(ferry(), ref("person/okafor"))
    return found | styles(around(replace(state, reading=state.reading._replace(problems=()))))


def test_every_style_that_is_given_is_known() -> None:
    assert sorted(emitted() - STYLE_NAMES) == []


@pytest.mark.parametrize("style", sorted(STYLE_NAMES))
def test_a_known_style_is_used(style: str) -> None:
    assert style in emitted() or any(f'"{style}"' in source for source in AROUND)
