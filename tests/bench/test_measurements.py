import math
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import growth
import key_measurements
import measurements
import pytest
from builds import INSTALLED, Build
from figure_rows import Figure
from first_index import FirstIndex
from ground import Ground
from measurements import Measured, measure_first_index, measure_search, measure_typed
from newsroom import SHORT
from reading_library import Walk
from screens import Answer, Screen
from searching import Asked, Runs, Searched
from word_indexers import WordIndex

BUILDS = (Build("before", Path("before")), Build("now", Path("now")))
ASKED = Namespace(
    articles=1_000, seed=1, short=False, keep=None, indexings=1, times=1, letters=4, pages=1, size="80x24"
)
GROUNDS = [Ground(Path("l"), Path("c"), Path("s"), 1_000, 1, SHORT, build) for build in BUILDS]


def values(found: Measured) -> dict[tuple[str, str], tuple[float, float]]:
    return {(one.name, one.unit): (one.before, one.now) for one in found.figures}


def named(found: Measured, name: str) -> Figure:
    return next(one for one in found.figures if one.name == name)


def walk(milliseconds: float, megabytes: float) -> Walk:
    answers = [Answer(milliseconds, milliseconds, True, 100)] * 4
    memory = dict.fromkeys(("first screen", "after 100 letters", "after the pages"), megabytes)
    return Walk({"Hangul": answers}, answers, {"a page of quotes": answers}, memory)


def indexed(grounds: Sequence[Ground], times: int, is_looked_into: bool = False) -> list[FirstIndex]:
    """Return the indexes of a build that needs ten seconds for 1,000 articles and of one that needs four.

    Where they are looked into, they take longer and are larger.
    """
    size = grounds[0].articles / 1_000
    if is_looked_into:
        made = [FirstIndex(7 * size, 11 * size, 9 * size, 110, int(33_000_000 * size))]
        made.append(FirstIndex(4 * size, 5 * size, 2 * size, 100, int(23_000_000 * size)))
        return made[-len(grounds) :]
    made = [FirstIndex(6 * size, 10 * size, math.nan, 110, int(30_000_000 * size))]
    made.append(FirstIndex(3 * size, 4 * size, math.nan, 100, int(20_000_000 * size)))
    return made[-len(grounds) :]


def test_the_first_index_is_told_for_each_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurements, "indexed_in_turns", indexed)
    peer = WordIndex("notmuch", "people", 0.002, 24_000)
    monkeypatch.setattr(measurements, "word_indexes", lambda on, articles: iter([peer]))
    found = measure_first_index(GROUNDS, ASKED)
    unit = "processor ms an article"
    assert values(found) == {
        ("first index", unit): (10, 4),
        ("until list and s are usable", unit): (9, 2),
        ("the same, of the whole before", unit): (10, 2),
        ("index, all its files", "bytes an article"): (30_000, 20_000),
    }
    assert [one.verdict(1_000) for one in found.figures] == ["yes", "", "yes", "yes"]
    assert [(one.now, one.figure) for one in found.peers] == [(4, 2), (20_000, 24_000)]


@pytest.mark.parametrize(("ripgrep", "against"), [([Runs([800.0], 1)], (4.0, 8.0)), ([], (math.nan, math.nan))])
def test_the_slowest_search_counts(
    monkeypatch: pytest.MonkeyPatch, ripgrep: list[Runs], against: tuple[float, float]
) -> None:
    each = [
        Searched(Asked(name, "a", "a"), [Runs([200.0 / quick], 1), Runs([100.0 / quick], 1)], ripgrep)
        for name, quick in (("word", 2), ("name", 1))
    ]
    monkeypatch.setattr(measurements, "searched", lambda grounds, times: iter(each))
    monkeypatch.setattr(measurements, "accent_ratios", lambda grounds, times: [6.0, 1.2])
    found = measure_search(GROUNDS, ASKED)
    slowest = named(found, "against rg -l, the least")
    assert (slowest.before, slowest.now) == pytest.approx(against, nan_ok=True)
    assert bool(slowest.why) == (not ripgrep)
    assert values(found)["with an accent against without, the most", "times as long"] == (6.0, 1.2)


def test_typed_letters_and_memory_are_told_of_each_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurements, "walked_in_turns", lambda *_: [walk(30, 150), walk(12, 75)])
    monkeypatch.setattr(measurements, "empty_memory", lambda on, size: 33.0)
    found = measure_typed(GROUNDS, ASKED)
    assert values(found)["letter of a search, median", "ms"] == (30, 12)
    assert named(found, "letter of a search, 99 %").verdict(100_000) == "yes"
    first = named(found, "memory above an empty program, first screen")
    assert (first.before, first.now, first.verdict(100_000)) == (117, 42, "no")


def test_growth_is_measured_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[int, bool]]()

    @contextmanager
    def grounds_of(builds: Sequence[Build], options: Namespace) -> Iterator[list[Ground]]:
        asked.append((options.articles, options.short))
        yield [one._replace(articles=options.articles) for one in GROUNDS]

    def searched(grounds: Sequence[Ground], times: int, kinds: object) -> list[Searched]:
        return [Searched(Asked("word", "a", "a"), [Runs([float(grounds[0].articles)], 1)] * 2, [])]

    monkeypatch.setattr(growth, "grounds_of", grounds_of)
    monkeypatch.setattr(growth, "indexed_in_turns", indexed)
    monkeypatch.setattr(growth, "searched", searched)
    monkeypatch.setattr(growth, "walked_in_turns", lambda *_: [walk(5, 50), walk(5, 50)])
    monkeypatch.setattr(growth, "first_screens", lambda *_: [[Answer(9, 9, True, 1)]] * 3)
    options = Namespace(**{**vars(ASKED), "growth": [1_000, 16_000], "peak": [400, 1_600]})
    found = growth.measure_growth(BUILDS, options)
    assert {one.name.removeprefix("growth, "): round(one.now, 2) for one in found.figures} == {
        "first index, processor time": 16,
        "index, bytes": 16,
        "indexer, peak memory": 1,
        "dossier search, ms": 16,
        "first screen of the list, ms": 1,
        "letter of a search, ms": 1,
        "a step in the list, ms": 1,
        "a page of a list, ms": 1,
        "memory at the first screen": 1,
        "memory after the pages": 1,
    }
    assert {one.verdict(0) for one in found.figures} == {"yes"}
    peak = growth.measure_peak(BUILDS, options)
    assert [(one.before, one.now) for one in peak.figures] == [(110, 100), (110, 100), (1, 1)]
    assert asked == [(1_000, True), (16_000, True), (400, False), (1_600, False)]


@pytest.mark.parametrize("missing", ["", "valgrind is missing: apt-get install valgrind"])
def test_first_words_are_counted_of_an_empty_program(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    counts = {"empty": 1_000, "before": 600, "now": 300}
    monkeypatch.setattr(key_measurements, "missing", lambda: missing)
    monkeypatch.setattr(key_measurements, "count_first", lambda program, place, size: counts[program.name])
    monkeypatch.setattr(key_measurements, "count_next", lambda program, place, size: counts[program.name] / 2)
    found = key_measurements.measure_words(BUILDS, Namespace(sizes="80x24,200x50"))
    assert [one.name for one in found.figures] == [
        f"first words, {size}, {opening} opening" for size in ("80x24", "200x50") for opening in ("first", "next")
    ]
    shares = [(math.nan, math.nan)] * 4 if missing else [(0.6, 0.3), (0.3, 0.15)] * 2
    assert [(one.before, one.now) for one in found.figures] == [pytest.approx(each, nan_ok=True) for each in shares]
    assert {one.verdict(0) for one in found.figures} == {missing or "yes"}


def test_one_build_alone_has_nothing_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurements, "walked_in_turns", lambda *_: [walk(12, 75)])
    monkeypatch.setattr(measurements, "empty_memory", lambda on, size: 33.0)
    found = measure_typed([GROUNDS[-1]._replace(build=INSTALLED)], ASKED)
    assert all(math.isnan(one.before) for one in found.figures)
    assert named(found, "letter of a search, median").now == 12


def test_a_wide_character_that_is_half_overwritten_is_read() -> None:
    screen = Screen((10, 2))
    screen.feed("한국\x1b[1;2Hy".encode())
    assert screen.rows == ["한y국", ""]
