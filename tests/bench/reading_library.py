"""Response times of the program with a whole library open, compared with an almost empty Textual program.

Every figure is of the real program in a pseudo-terminal, from the key to the last byte of the screen that results.
`first` is when the part of the screen that the key concerns has changed, `whole` when it no longer changes; `unmoved`
counts the keys that did not change it. The starts of both programs take turns.

    python tests/bench/reading_library.py --articles 5000
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from math import inf, isnan, nan
from pathlib import Path
from random import Random
from statistics import median

from builds import BenchmarkError
from ground import Ground, ground, indexed, parser, percentile, table, tell
from newsroom import Newsroom
from screens import Answer, Screen, Size, Terminal, terminal

from dossier.ui.keystrokes import REST_SECONDS

_EMPTY = [sys.executable, str(Path(__file__).with_name("empty.py"))]
_NARROW = 100
"""Number of columns from which several panes are on the screen, each in a frame."""
_LOWER_ROWS = 6
"""Rows below the one pane of a narrow screen: a rule, the strip of linked entries, the foot line."""
_PANES = {"library": "0", "people": "2", "quotes": "3", "timeline": "4"}
_SCOPES = ("this article", "the hits", "the articles found", "the library")
_PAGE_DOWN, _PAGE_UP, _ENTER, _ESCAPE = "\x1b[6~", "\x1b[5~", "\r", "\x1b"

Rows = list[tuple[object, ...]]
_HEAD = ("", "samples", "median ms", "90 %", "99 %", "most", "whole: median", "whole: 99 %", "unmoved", "bytes")


def main() -> int:
    """Measure, and print the tables."""
    questions = parser("Measure the program on a terminal with a library open.", 5_000)
    questions.add_argument("--sizes", nargs="+", default=["80x24", "160x45"], help="columns and lines (80x24 160x45)")
    questions.add_argument("--letters", type=int, default=150, help="letters typed in searches (150)")
    questions.add_argument("--pages", type=int, default=20, help="pages turned in every pane (20)")
    questions.add_argument("--starts", type=int, default=7, help="how often each program is started (7)")
    asked = questions.parse_args()
    try:
        sizes = [_size(words) for words in asked.sizes]
        with ground(asked) as on:
            indexed(on)
            for size in sizes:
                _measure(on, size, asked.letters, asked.pages, asked.starts)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _size(words: str) -> Size:
    columns, by, lines = words.partition("x")
    if not (by and columns.isdecimal() and lines.isdecimal()):
        raise BenchmarkError(f"{words} is no size: write columns and lines, such as 80x24")
    return int(columns), int(lines)


def _measure(on: Ground, size: Size, letters: int, pages: int, starts: int) -> None:
    called = f"{size[0]}x{size[1]}, {on.articles:,} articles"
    tell(f"at {called}")
    _start(on, size, starts, called)
    newsroom = Newsroom(on.seed, on.size)
    with terminal(_EMPTY, on.environment, size) as empty:
        empty.started(_all)
        bare = [empty.answer("j", _all) for _ in range(30)]
    with terminal(on.program(str(on.library), "--fresh"), on.environment, size) as opened:
        if opened.started(_part(size, "library")).first == inf:
            raise BenchmarkError(f"the list of the library does not come; the screen is now:\n{opened.screen.text}")
        # Work that goes on behind the first screen is not to be part of what is measured from here on.
        opened.taken(2.0)
        memory = {"first screen": opened.memory()}
        table(f"A letter of a search to its results, {called}", _HEAD, _typing(opened, newsroom, size, letters))
        memory["after the letters"] = opened.memory()
        rows = [opened.answer("j", _part(size, "library")) for _ in range(30)]
        basis = [_row("empty program: a key", bare), _row("the next row", rows)]
        table(f"Moving, {called}", _HEAD, [*basis, *_paging(opened, newsroom, size, pages)])
        memory["after the pages"] = opened.memory()
        table(f"Widening, {called}", _HEAD, _widening(opened, newsroom, size))
        memory["after the walk"] = opened.memory()
        children = sum(opened.children().values())
    with terminal(_EMPTY, on.environment, size) as empty:
        empty.started(_all)
        least = empty.memory()
    sizes = [("empty program", least, 0.0), *((name, size, size - least) for name, size in memory.items())]
    sizes.append(("its other processes then", children, nan))
    table(f"Memory, {called}", ("", "MB", "above the empty one"), sizes)


def _start(on: Ground, size: Size, starts: int, called: str) -> None:
    commands: list[tuple[list[str], Callable[[Screen], str]]] = [
        (_EMPTY, _all),
        (on.program(str(on.library), "--fresh"), _part(size, "library")),
    ]
    found: list[list[Answer]] = [[], []]
    for _ in range(starts):
        for place, (command, part) in enumerate(commands):
            with terminal(command, on.environment, size) as opened:
                found[place].append(opened.started(part))
    empty, own = ([one.first for one in each] for each in found)
    whole = [one.whole for one in found[1]]
    rows = [
        ("empty program", median(empty), min(empty), max(empty), 1.0),
        ("the library's list, first", median(own), min(own), max(own), median(own) / median(empty)),
        ("the library's list, whole", median(whole), min(whole), max(whole), median(whole) / median(empty)),
    ]
    table(f"First screen, {called}, {starts} starts each", ("", "median ms", "least", "most", "of empty"), rows)


def _typing(opened: Terminal, newsroom: Newsroom, size: Size, letters: int) -> Rows:
    """Return the rows for letters typed one after the other, each when the screen has settled after the one before."""
    found: dict[str, list[Answer]] = {"first letter": [], "further letters": [], "Hangul": []}
    part = _part(size, "library")
    words = _words(newsroom)
    while sum(map(len, found.values())) < letters:
        word = next(words)
        opened.press("s")
        for place, letter in enumerate(word):
            kind = (
                "Hangul"
                if not word.isascii() and ord(letter) > 0x1000
                else "further letters"
                if place
                else "first letter"
            )
            found[kind].append(opened.answer(letter, part))
        opened.press(_ESCAPE)
    every = [answer for answers in found.values() for answer in answers]
    return [*(_row(kind, answers) for kind, answers in found.items()), _row("all", every)]


def _words(newsroom: Newsroom) -> Iterator[str]:
    """Yield words of every frequency, names, and Hangul, without end."""
    random = Random(newsroom.seed)
    korean = [person for person in map(newsroom.person, range(200)) if person.native]
    while True:
        yield random.choice(newsroom.words[:50])
        yield random.choice(newsroom.words[50:2_000])
        yield random.choice(newsroom.hangul_words[:300])
        yield random.choice(newsroom.words[2_000:])
        yield newsroom.person(random.randrange(50)).family.lower()
        yield random.choice(korean).native


def _paging(opened: Terminal, newsroom: Newsroom, size: Size, pages: int) -> Rows:
    """Return the rows for pages in every pane: in the library, in the results of a search, and in an article."""
    rows: Rows = []
    rows += _paged(opened, size, pages, "library", tuple(_PANES))
    _search(opened, newsroom.words[12])
    rows += _paged(opened, size, pages, "found", tuple(_PANES))
    _go(opened, "library")
    opened.press(_ENTER)
    rows += _paged(opened, size, pages, "article", ("people", "quotes", "timeline"))
    return rows


def _paged(opened: Terminal, size: Size, pages: int, scope: str, panes: Sequence[str]) -> Rows:
    rows: Rows = []
    for pane in panes:
        _go(opened, pane)
        if not opened.settled(_part(size, pane)):
            rows.append(_row(f"a page of {pane}, {scope}: nothing came", []))
            continue
        opened.press("g")
        answers = []
        keys = (_PAGE_DOWN, _PAGE_DOWN, _PAGE_UP) if scope == "article" else (_PAGE_DOWN,)
        for number in range(pages):
            answers.append(opened.answer(keys[number % len(keys)], _part(size, pane)))
        rows.append(_row(f"a page of {pane}, {scope}", answers))
        # Go backwards from the end of a long list.
        opened.press("G")
        answers = [opened.answer(_PAGE_UP, _part(size, pane)) for _ in range(pages if scope != "article" else 0)]
        rows += [_row(f"a page of {pane} up from its end, {scope}", answers)] if answers else []
        opened.press("g")
    return rows


def _go(opened: Terminal, pane: str) -> None:
    """Go to this pane. Its key pressed in the library's own pane leads to the facets."""
    for keys in (_PANES["people"], _PANES[pane]):
        opened.press(keys)
        # Followed at once by another key, the digit would be the beginning of a count.
        opened.taken(2 * REST_SECONDS)


def _search(opened: Terminal, words: str) -> None:
    for keys in ("s", words, _ENTER):
        opened.press(keys)
    opened.taken(1.0)


def _widening(opened: Terminal, newsroom: Newsroom, size: Size) -> Rows:
    """Return the rows for going from an article to the results of a new search, to the library, and back."""
    found: dict[str, list[Answer]] = {}
    words = (word for word in newsroom.words[20:400:20] if len(word) > 1)
    for word, pane in zip(islice(words, 12), ("people", "quotes", "timeline") * 4, strict=False):
        _search(opened, word)
        _go(opened, pane)
        for _ in _SCOPES:
            answer = opened.answer("w", _part(size, pane))
            # The foot line tells the present scope of the panes.
            scope = next((name for name in _SCOPES if name in opened.screen.rows[-1]), "something else")
            found.setdefault(f"{pane}: to {scope}", []).append(answer)
            opened.taken(0.5)
    return [_row(kind, answers) for kind, answers in sorted(found.items())]


def _part(size: Size, pane: str) -> Callable[[Screen], str]:
    """Return a function that gives the part of a screen with the rows of this pane."""
    return _one_pane if size[0] < _NARROW else partial(_framed, f"{_PANES[pane]} ")


def _framed(title: str, screen: Screen) -> str:
    return screen.box(title)


def _one_pane(screen: Screen) -> str:
    return "\n".join(screen.rows[1 : screen.lines - _LOWER_ROWS])


def _all(screen: Screen) -> str:
    return screen.text


def _row(kind: str, answers: Sequence[Answer]) -> tuple[object, ...]:
    answered = [one for one in answers if not isnan(one.first)]
    first, whole = [one.first for one in answered], [one.whole for one in answered]
    unmoved = sum(not one.changed for one in answers)
    spread = (percentile(first, 50), percentile(first, 90), percentile(first, 99), max(first, default=nan))
    middle = int(median(one.bytes for one in answers)) if answers else 0
    return (kind, len(answers), *spread, percentile(whole, 50), percentile(whole, 99), unmoved, middle)


if __name__ == "__main__":
    began = time.perf_counter()
    status = main()
    tell(f"in {time.perf_counter() - began:.0f} s")
    sys.exit(status)
