"""Response times of the program with a whole library open, compared with an almost empty Textual program.

Every figure is of the real program in a pseudo-terminal, from the key to the last byte of the screen that results.
`first` is when the part of the screen that the key concerns has changed, `whole` when it no longer changes; `unmoved`
counts the keys that did not change it. The starts of both programs take turns.

    python tests/bench/reading_library.py --articles 5000
"""

import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from math import inf, isnan, nan
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from builds import BenchmarkError
from ground import Ground, ground, in_turns, indexed, parser, percentile, table, tell
from newsroom import Newsroom
from screens import Answer, Part, Screen, Size, Terminal, terminal
from seat import size_of

from dossier.ui.keystrokes import REST_SECONDS

_EMPTY = [sys.executable, str(Path(__file__).with_name("empty.py"))]
_NARROW = 100
"""Number of columns from which several panes are on the screen, each in a frame."""
_LOWER_ROWS = 6
"""Rows below the one pane of a narrow screen: a rule, the strip of linked entries, the foot line."""
_PANES = {"library": "0", "people": "2", "quotes": "3", "timeline": "4"}
_SCOPES = ("this article", "the hits", "the articles found", "the library")
_PAGE_DOWN, _PAGE_UP, _ENTER, _ESCAPE = "\x1b[6~", "\x1b[5~", "\r", "\x1b"

_IN_ARTICLE = ("people", "quotes", "timeline")
SCOPES = ("library", "found", "article")
"""Where pages are turned: in the library, in what a search has found, and in an article of that."""
_ACCENTS, _HANGUL, _ABSENT = "words with accents", "Hangul", "words that occur nowhere"
_KINDS = ("first letter", "further letters", _ACCENTS, _HANGUL, _ABSENT)
_UNUSED = "qxyz"
"""Letters of which no word of the library consists."""

_LETTERS = 100
"""Number of letters after which the memory is taken, or after fewer when no more are typed."""

Rows = list[tuple[object, ...]]
_HEAD = ("", "samples", "median ms", "90 %", "99 %", "most", "whole: median", "whole: 99 %", "unmoved", "bytes")


class Walk(NamedTuple):
    """What a walk through a library has measured.

    It has the answers to letters by kind of word, those to single steps, those to pages by list, and the megabytes of
    the program after each part.
    """

    letters: dict[str, list[Answer]]
    rows: list[Answer]
    pages: dict[str, list[Answer]]
    memory: dict[str, float]


class Word(NamedTuple):
    """The letters of a word to search for, and its kind, "" where the place of the letter is the kind."""

    letters: str
    kind: str = ""


def main() -> int:
    """Measure, and print the tables."""
    questions = parser("Measure the program on a terminal with a library open.", 5_000)
    questions.add_argument("--sizes", nargs="+", default=["80x24", "160x45"], help="columns and lines (80x24 160x45)")
    questions.add_argument("--letters", type=int, default=150, help="letters typed in searches (150)")
    questions.add_argument("--pages", type=int, default=20, help="pages turned in every pane (20)")
    questions.add_argument("--starts", type=int, default=7, help="how often each program is started (7)")
    asked = questions.parse_args()
    try:
        sizes = [size_of(words) for words in asked.sizes]
        with ground(asked) as on:
            indexed(on)
            for size in sizes:
                _measure(on, size, asked.letters, asked.pages, asked.starts)
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    return 0


def _measure(on: Ground, size: Size, letters: int, pages: int, starts: int) -> None:
    called = f"{size[0]}x{size[1]}, {on.articles:,} articles"
    tell(f"at {called}")
    _start(on, size, starts, called)
    newsroom = Newsroom(on.seed, on.size)
    with terminal(_EMPTY, on.environment, size) as empty:
        empty.started(_all)
        bare = [empty.answer("j", _all) for _ in range(30)]
    with terminal(on.program(str(on.library), "--fresh"), on.environment, size) as opened:
        (walk,) = in_turns([walked(opened, newsroom, size, letters, pages)])
        every = [answer for answers in walk.letters.values() for answer in answers]
        typed = [*(_row(kind, answers) for kind, answers in walk.letters.items()), _row("all", every)]
        table(f"A letter of a search to its results, {called}", _HEAD, typed)
        basis = [_row("empty program: a key", bare), _row("the next row", walk.rows)]
        table(f"Moving, {called}", _HEAD, [*basis, *(_row(kind, answers) for kind, answers in walk.pages.items())])
        table(f"Widening, {called}", _HEAD, [_row(*one) for one in sorted(widened(opened, newsroom, size).items())])
        memory = {**walk.memory, "after the walk": opened.memory()}
        children = sum(opened.children().values())
    least = empty_memory(on, size)
    sizes = [("empty program", least, 0.0), *((name, size, size - least) for name, size in memory.items())]
    sizes.append(("its other processes then", children, nan))
    table(f"Memory, {called}", ("", "MB", "above the empty one"), sizes)


def _start(on: Ground, size: Size, starts: int, called: str) -> None:
    empty, own = first_screens([on], size, starts)
    bare, first = ([one.first for one in each] for each in (empty, own))
    whole = [one.whole for one in own]
    rows = [
        (name, median(times), min(times), max(times), median(times) / median(bare))
        for name, times in (
            ("empty program", bare),
            ("the library's list, first", first),
            ("the library's list, whole", whole),
        )
    ]
    table(f"First screen, {called}, {starts} starts each", ("", "median ms", "least", "most", "of empty"), rows)


def first_screens(grounds: Sequence[Ground], size: Size, starts: int) -> list[list[Answer]]:
    """Return the first screens of the empty program and of each build, which are started in turns."""
    commands: list[tuple[list[str], dict[str, str], Part]] = [(_EMPTY, grounds[0].environment, _all)]
    commands += [(on.program(str(on.library), "--fresh"), on.environment, _part(size, "library")) for on in grounds]
    found: list[list[Answer]] = [[] for _ in commands]
    for _ in range(starts):
        for place, (command, environment, part) in enumerate(commands):
            with terminal(command, environment, size) as opened:
                found[place].append(opened.started(part))
    return found


def empty_memory(on: Ground, size: Size) -> float:
    """Return the megabytes of the empty program."""
    with terminal(_EMPTY, on.environment, size) as empty:
        empty.started(_all)
        return empty.memory()


def walked(
    opened: Terminal, newsroom: Newsroom, size: Size, letters: int, pages: int, scopes: Sequence[str] = SCOPES
) -> Generator[None, None, Walk]:
    """Walk through the library of a program that was just started, and stop after each word and each pane.

    Raises BenchmarkError when the list of the library does not come.
    """
    part = _part(size, "library")
    if opened.started(part).first == inf:
        raise BenchmarkError(f"the list of the library does not come; the screen is now:\n{opened.screen.text}")
    # Work that goes on behind the first screen is not to be part of what is measured from here on.
    opened.taken(2.0)
    walk = Walk({kind: [] for kind in _KINDS}, [], {}, {"first screen": opened.memory()})
    words = search_words(newsroom)
    while (typed := sum(map(len, walk.letters.values()))) < letters:
        _type(opened, next(words), part, walk.letters)
        if typed < _LETTERS:
            walk.memory[f"after {_LETTERS} letters"] = opened.memory()
        yield
    walk.rows.extend(opened.answer("j", part) for _ in range(30))
    for scope in scopes:
        _enter_scope(opened, newsroom, scope)
        for pane in _PANES if scope != "article" else _IN_ARTICLE:
            walk.pages.update(_paged(opened, size, pages, scope, pane))
            yield
    walk.memory["after the pages"] = opened.memory()
    return walk


def _type(opened: Terminal, word: Word, part: Part, found: Mapping[str, list[Answer]]) -> None:
    """Search for a word letter by letter, each typed when the screen has settled after the one before."""
    opened.press("s")
    for place, letter in enumerate(word.letters):
        kind = word.kind or ("further letters" if place else "first letter")
        found[kind].append(opened.answer(letter, part))
    opened.press(_ESCAPE)


def search_words(newsroom: Newsroom) -> Iterator[Word]:
    """Yield words of every frequency, with accents, in Hangul, names, and words that occur nowhere, without end."""
    random = Random(newsroom.seed)
    korean = [person for person in map(newsroom.person, range(200)) if person.native]
    accented = [word for word in newsroom.words[:3_000] if not word.isascii()]
    while True:
        yield Word(random.choice(newsroom.words[:50]))
        yield Word(random.choice(newsroom.words[50:2_000]))
        yield Word(random.choice(newsroom.hangul_words[:300]), _HANGUL)
        yield Word(random.choice(accented), _ACCENTS)
        yield Word(random.choice(newsroom.words[2_000:]))
        yield Word(newsroom.person(random.randrange(50)).family.lower())
        yield Word("".join(random.choices(_UNUSED, k=4)), _ABSENT)
        yield Word(random.choice(korean).native, _HANGUL)


def _enter_scope(opened: Terminal, newsroom: Newsroom, scope: str) -> None:
    """Go from one scope to the next: the library, the results of a search, an article."""
    if scope == "found":
        _search(opened, newsroom.words[12])
    elif scope == "article":
        _go(opened, "library")
        opened.press(_ENTER)


def _paged(opened: Terminal, size: Size, pages: int, scope: str, pane: str) -> dict[str, list[Answer]]:
    """Return the answers to the keys that turn pages of a pane, down from its beginning and up from its end."""
    part = _part(size, pane)
    _go(opened, pane)
    if not opened.settled(part):
        return {f"a page of {pane}, {scope}: nothing came": []}
    opened.press("g")
    keys = (_PAGE_DOWN, _PAGE_DOWN, _PAGE_UP) if scope == "article" else (_PAGE_DOWN,)
    found = {f"a page of {pane}, {scope}": [opened.answer(keys[at % len(keys)], part) for at in range(pages)]}
    if scope != "article":
        # Go backwards from the end of a long list.
        opened.press("G")
        found[f"a page of {pane} up from its end, {scope}"] = [opened.answer(_PAGE_UP, part) for _ in range(pages)]
    opened.press("g")
    return found


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


def widened(opened: Terminal, newsroom: Newsroom, size: Size) -> dict[str, list[Answer]]:
    """Return the answers to going from an article to the results of a new search, to the library, and back."""
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
    return found


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
