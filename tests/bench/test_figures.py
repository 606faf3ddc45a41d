import math
import os
from argparse import Namespace
from collections.abc import Generator
from email import message_from_bytes, policy
from itertools import islice
from pathlib import Path
from unicodedata import normalize

import figures
import pytest
from builds import INSTALLED, BenchmarkError
from figure_rows import Bound, Figure, Peer, Target, figure_rows, peer_rows
from ground import Ground, in_turns, table
from growth import Grown, growth_figures
from instructions import collected
from key_measurements import key_figures, key_peers
from line import Answered
from measurements import Measured, pair, search_milliseconds, typed_milliseconds
from newsroom import SHORT, Newsroom
from reading_library import Walk, search_words
from rivals import ACTS, ENTRY, FIRST_LETTER, LETTER, LINE, LISTED, MARGINS, NEW_PAGE, PAGE, dossier
from screens import Answer as Shown
from searching import Asked, Runs, Searched, accented_beginnings
from seat import seat
from typist import Answer
from word_indexers import Text, write_mail, write_text

NAN = math.nan
SHARE, LEAST = Bound.SHARE, Bound.LEAST
CALLGRIND = """\
==1279== Callgrind, a call-graph generating cache profiler
==1279== Command: python -m dossier
==1279== Process terminating with default action of signal 12 (SIGUSR2)
==1279== Events    : Ir
==1279== Collected : 31572952
==1279==
==1279== I   refs:      31,572,952
"""


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return Newsroom(1, SHORT)


@pytest.mark.parametrize(
    ("before", "now", "target", "verdict"),
    [
        (10.0, 5.0, Target(0.5, SHARE), "yes"),
        (10.0, 5.1, Target(0.5, SHARE), "no"),
        (NAN, 5.0, Target(0.5, SHARE), ""),
        (0.0, 5.0, Target(0.5, SHARE), ""),
        (NAN, 15.0, Target(15), "yes"),
        (1.0, 15.1, Target(15), "no"),
        (1.0, 8.0, Target(8, LEAST), "yes"),
        (9.0, 7.9, Target(8, LEAST), "no"),
        (1.0, NAN, Target(8, LEAST), ""),
        (1.0, 2.0, Target(8, articles=5_000), "yes"),
        (1.0, 2.0, Target(8, articles=100_000), "told at 100,000 articles"),
        (1.0, 2.0, None, ""),
    ],
)
def test_a_target_is_reached_or_not(before: float, now: float, target: Target | None, verdict: str) -> None:
    assert Figure("", "", before, now, target).verdict(5_000) == verdict


def test_a_figure_that_was_not_measured_tells_why() -> None:
    assert Figure("", "", NAN, NAN, Target(1), "valgrind is missing").verdict(5) == "valgrind is missing"


@pytest.mark.parametrize(
    ("target", "words"),
    [(Target(0.5, SHARE), "0.5 of before"), (Target(2_500), "at most 2,500"), (Target(8, LEAST), "at least 8")],
)
def test_a_target_is_written_in_words(target: Target, words: str) -> None:
    assert str(target) == words


def test_the_table_has_both_builds_and_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    found = [Figure("first index", "ms", 10.0, 4.0, Target(0.5, SHARE)), Figure("letter", "ms", NAN, 20.0)]
    rows = list(figure_rows(found, 300))
    assert rows[0] == ("first index", "ms", 10.0, 4.0, 0.4, Target(0.5, SHARE), "yes")
    table("Figures", ("figure", "unit", "before", "now", "ratio", "to reach", "reached"), rows)
    lines = capsys.readouterr().out.splitlines()
    assert lines[4].split() == ["first", "index", "ms", "10.00", "4.00", "0.40", "0.5", "of", "before", "yes"]
    assert lines[5].split() == ["letter", "ms", "-", "20.00", "-"]


def test_a_peer_stands_beside_the_present_build() -> None:
    assert list(peer_rows([Peer("index", "bytes", 30.0, "notmuch", 20.0, "people")])) == [
        ("index", "bytes", 30.0, "notmuch", 20.0, 1.5, "people")
    ]


@pytest.mark.parametrize(("values", "both"), [([1.0, 2.0], (1.0, 2.0)), ([2.0], (NAN, 2.0))])
def test_the_last_build_is_the_present_one(values: list[float], both: tuple[float, float]) -> None:
    assert pair(values) == pytest.approx(both, nan_ok=True)


def test_works_advance_in_turns() -> None:
    steps: list[str] = []

    def work(name: str, count: int) -> Generator[None, None, str]:
        for number in range(count):
            steps.append(f"{name}{number}")
            yield
        return name

    assert in_turns([work("a", 3), work("b", 1)]) == ["a", "b"]
    assert steps == ["a0", "b0", "a1", "a2"]


def test_the_instructions_are_read_from_the_log() -> None:
    assert collected(CALLGRIND) == 31_572_952


@pytest.mark.parametrize("log", ["", CALLGRIND.partition("==1279== Collected")[0]])
def test_a_log_without_a_count_is_an_error(log: str) -> None:
    with pytest.raises(BenchmarkError, match="counted nothing"):
        collected(log)


def test_growth_is_compared_with_that_of_the_library_or_with_none() -> None:
    small = [[Grown("index", 1.0, True), Grown("index", 1.0, True)], [Grown("page", 4.0, False)] * 2]
    large = [[Grown("index", 32.0, True), Grown("index", 16.0, True)], [Grown("page", 8.0, False)] * 2]
    index, page = growth_figures(small, large, 16)
    assert (index.before, index.now, index.verdict(0)) == (32.0, 16.0, "yes")
    assert (page.before, page.now, page.verdict(0)) == (2.0, 2.0, "no")


def test_growth_from_nothing_is_not_told() -> None:
    (found,) = growth_figures([[Grown("page", 0.0, False)]], [[Grown("page", 8.0, False)]], 16)
    assert math.isnan(found.now)
    assert found.verdict(0) == ""


def answered(bytes_: int, milliseconds: float) -> Answered:
    return Answered({act: [Answer(bytes_, milliseconds, True, milliseconds / 2)] * 3 for act in (*ACTS, MARGINS)}, 1.0)


def test_keys_have_their_time_and_bytes_beside_what_is_to_be_reached() -> None:
    found = {(one.name, one.unit): one for one in key_figures([answered(4_000, 30), answered(2_000, 7)], (200, 50))}
    page = found[f"{PAGE}, 200x50, median", "ms"]
    assert (page.before, page.now, page.verdict(0)) == (30, 7, "yes")
    assert found[f"{PAGE}, 200x50, 95 %", "ms"].target == Target(20)
    assert found[f"{LINE}, 200x50, median", "bytes"].verdict(0) == "yes"
    assert found[f"{PAGE}, 200x50, median", "processor ms"].now == 3.5


def test_no_time_of_a_key_is_to_be_reached_at_80x24() -> None:
    targets = {(one.name, one.unit) for one in key_figures([answered(1, 1)], (80, 24)) if one.target}
    assert targets == {("step in a list and its lighting, 80x24, median", "bytes")}


def test_pages_that_were_seen_are_apart_from_those_that_were_not() -> None:
    first, *others = dossier("now", Path("a"), "a", ["toll"]).acts
    assert first.name == NEW_PAGE
    assert [press.is_measured for press in first.round] == [False, *[True] * (len(first.round) - 1)]
    assert NEW_PAGE not in [act.name for act in others]


def test_the_first_letter_of_find_is_apart_from_later_ones() -> None:
    acts = {act.name: act for act in dossier("now", Path("a"), "a", ["toll", "arms"]).acts}
    measured = [[press.keys for press in acts[name].round if press.is_measured] for name in (FIRST_LETTER, LETTER)]
    assert measured == [["t", "a"], [*"oll", *"rms"]]


def test_steps_in_lists_go_through_people_quotes_and_events() -> None:
    (listed,) = [act for act in dossier("now", Path("a"), "a", ["toll"]).acts if act.name == ENTRY]
    assert sum(press.is_measured for press in listed.round) == LISTED
    assert [press.keys for press in listed.round if press.keys.isdigit()] == ["2", "3", "4"]


@pytest.mark.parametrize("has_margins", [True, False])
def test_a_terminal_with_margins_says_so(has_margins: bool) -> None:
    asks = r"stty raw -echo; printf '\033[?69$p'; dd bs=1 count=9 2>/dev/null; printf done"
    with seat(("sh", "-c", asks), {"PATH": os.environ["PATH"]}, (80, 24), has_margins) as at:
        if not has_margins:
            assert at.bursts(0, 10)
            at.press("no answer")
        sent = b"".join(burst.data for burst in at.bursts(10, 10))
    assert sent.endswith(b"done")
    assert (b"\x1b[?69;2$y" in sent) == has_margins


def test_only_keys_that_both_have_stand_beside_another_program() -> None:
    less = Answered({LINE: [Answer(90, 1.0, True, 1.0)], PAGE: []}, 1.0)
    found = list(key_peers(answered(180, 3), {"less": less}, (80, 24)))
    assert [(one.unit, one.now, one.peer, one.figure) for one in found] == [
        ("bytes", 180, "less", 90),
        ("ms", 3, "less", 1.0),
    ]


def test_the_faster_ripgrep_counts() -> None:
    own = [Runs([100.0, 120.0, 110.0], 1), Runs([55.0], 1)]
    one = Searched(Asked("word", "a", "a"), own, [Runs([500.0], 1), Runs([440.0], 1)])
    assert one.ratios == [4.0, 8.0]
    assert search_milliseconds([one, one]) == [110.0, 55.0]


def test_beginnings_with_an_accent_differ_from_those_without_by_the_accent_alone(newsroom: Newsroom) -> None:
    found = accented_beginnings(newsroom)
    assert found
    for accented, plain in found:
        assert accented != plain
        assert normalize("NFKD", accented).encode("ascii", "ignore").decode() == plain
        assert any(word.startswith(accented) for word in newsroom.words)
        assert any(word.startswith(plain) for word in newsroom.words)


def test_searches_have_words_of_every_kind_and_absent_ones_occur_nowhere(newsroom: Newsroom) -> None:
    found = list(islice(search_words(newsroom), 16))
    kinds = {one.kind for one in found}
    assert kinds == {"", "words with accents", "Hangul", "words that occur nowhere"}
    absent = [one.letters for one in found if one.kind == "words that occur nowhere"]
    assert not [word for word in newsroom.words for one in absent if one in word]
    assert not [one for one in found if one.kind == "words with accents" and one.letters.isascii()]


def test_a_letter_without_an_answer_has_no_time() -> None:
    letters = {"Hangul": [Shown(5.0, 6.0, True, 10), Shown(NAN, NAN, False, 0)], "first letter": []}
    assert typed_milliseconds(Walk(letters, [], {}, {})) == [5.0]


def test_the_other_programs_get_headline_and_paragraphs(tmp_path: Path) -> None:
    text = Text(7, "Ferry “Arlen”", ("vál one", "김정은 two"))
    write_mail(tmp_path, text)
    write_text(tmp_path, text)
    mail = message_from_bytes((tmp_path / "0000007").read_bytes(), policy=policy.default)
    assert mail["Subject"] == text.headline
    assert mail.get_content() == "vál one\n\n김정은 two\n"
    assert (tmp_path / "0000007.txt").read_text("utf-8") == "Ferry “Arlen”\n\nvál one\n\n김정은 two\n"


def test_each_build_has_folders_of_its_own(tmp_path: Path) -> None:
    on = Ground(tmp_path / "library", tmp_path / "cache", tmp_path / "state", 1, 1, SHORT)
    found = on.of_build(INSTALLED._replace(name="abc", folder=tmp_path / "tree"))
    assert found.cache.is_dir()
    assert found.state.is_dir()
    assert {found.library, found.cache, found.state} == {on.library, tmp_path / "abc/cache", tmp_path / "abc/state"}
    assert found.environment["PYTHONPATH"] == str(tmp_path / "tree")


def test_a_measurement_that_fails_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> Measured:
        raise BenchmarkError("the list does not come")

    def measures(*_: object) -> Measured:
        return Measured([Figure("bytes", "B", 2.0, 1.0)], [Peer("bytes", "B", 1.0, "less", 4.0)])

    monkeypatch.setattr(figures, "_OF_LIBRARY", {})
    monkeypatch.setattr(figures, "_OF_BUILDS", {"growth": fails, "keys": measures})
    asked = Namespace(only=["growth", "keys"], articles=300, short=False, against="abc")
    figures.print_figures(figures.measured([INSTALLED], asked), asked)
    told = capsys.readouterr()
    assert "growth: the list does not come" in told.err
    assert "Figures with 300 articles, before: abc" in told.out
    rows = [line.split() for line in told.out.splitlines()]
    assert ["growth", "-", "-", "-", "failed:", "see", "above"] in rows
    assert ["bytes", "B", "2.00", "1.00", "0.50"] in rows
    assert ["bytes", "B", "1.00", "less", "4.00", "0.25"] in rows


def test_an_unknown_measurement_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["figures.py", "--only", "first-index,speed"])
    assert figures.main() == 2
    assert "speed is none of first-index, search" in capsys.readouterr().err
