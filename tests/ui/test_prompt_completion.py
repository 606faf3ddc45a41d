"""What Tab completes in a search, and by what."""

import pytest
from rooms import plain
from waiting import until

from dossier.core.query_parser import ALL_FIELD_NAMES
from dossier.library.library import Library
from dossier.ui.line_completion import (
    Candidate,
    Completion,
    Word,
    candidate_lines,
    choose_candidate,
    common_beginning,
    complete_search,
    press_tab,
    search_word,
)
from dossier.ui.line_edit import LineEdit
from dossier.ui.render.flow import measure_line


def at_end(text: str) -> LineEdit:
    return LineEdit(text, len(text))


def completed(library: Library, text: str) -> Completion:
    """Return the completion once its candidates are found."""
    until(lambda: not complete_search(at_end(text), library).is_pending)
    return complete_search(at_end(text), library)


def of_names(text: str, *names: str, field: str = "speaker") -> Completion:
    return Completion(at_end(text), search_word(at_end(text), ALL_FIELD_NAMES), tuple(map(Candidate, names)))


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", Word(0, "")),
        ("spe", Word(0, "spe")),
        ("toll ", Word(5, "")),
        ("toll spe", Word(5, "spe")),
        ("toll -spe", Word(6, "spe")),
        ("(spe", Word(1, "spe")),
        ("speaker:", Word(8, "", "speaker")),
        ("Speaker:jo", Word(8, "jo", "speaker")),
        ("-speaker:jo", Word(9, "jo", "speaker")),
        ('speaker:"Jonas B', Word(8, "Jonas B", "speaker", True)),
        ('speaker:"Jonas B" toll', Word(18, "toll")),
        ('speaker:"Jonas B"', Word(17, "")),
        ('"two words', Word(10, "")),
        ('"two words" out', Word(12, "out")),
        ("https://x", Word(0, "https://x")),
    ],
)
def test_the_word_before_the_caret(typed: str, word: Word) -> None:
    assert search_word(at_end(typed), ALL_FIELD_NAMES) == word
    assert search_word(LineEdit(f"{typed} and more", len(typed)), ALL_FIELD_NAMES) == word
    shifted = search_word(at_end(f"search {typed}"), ALL_FIELD_NAMES, 7)
    assert shifted == word._replace(start=word.start + 7)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("spe", ["speaker:"]),
        ("s", ["section:", "speaker:", "status:"]),
        ("S", ["section:", "speaker:", "status:"]),
        ("", sorted(f"{name}:" for name in ALL_FIELD_NAMES)),
        ("toll", []),
        ("in:q", ["quotes"]),
        ("in:", ["body", "quotes", "people", "timeline", "headline", "notes"]),
        ("status:d", ["denied"]),
        ('speaker:"Jonas Brandt"', []),
    ],
)
def test_what_is_the_same_in_every_library(library: Library, typed: str, names: list[str]) -> None:
    assert [one.name for one in completed(library, typed).candidates] == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("speaker:jon", ["Jonas Brandt"]),
        ("speaker:brandt", ["Jonas Brandt", "Maren Brandt"]),
        ("person:ibanez", ["José Ibáñez"]),
        ("person:øver", ["Nils Øverås"]),
        ("person:한", ["Han Seo-jin"]),
        ("org:port", ["Port Authority"]),
        ("place:zzz", []),
        ("outlet:herald", ["Harbour Herald"]),
        ("published:2021", ["2021"]),
        ("form:d", ["direct"]),
        ("byline:i", []),
    ],
)
def test_values_of_a_library_by_the_beginning_of_any_word(library: Library, typed: str, names: list[str]) -> None:
    assert [one.name for one in completed(library, typed).candidates] == names


def test_names_come_with_their_articles_the_most_frequent_first(library: Library) -> None:
    found = completed(library, "speaker:").candidates
    counts = [int(one.note.split()[0]) for one in found]
    assert counts == sorted(counts, reverse=True)
    assert found[0] == Candidate("Lena Okafor", "7 articles")
    assert completed(library, "event:2025").candidates[0].note.endswith("events")


@pytest.mark.parametrize(
    ("names", "common"),
    [
        ([], ""),
        (["speaker:"], "speaker:"),
        (["Jonas", "Jonah"], "Jona"),
        (["Jonas", "Ana"], ""),
        (["cafe\u0301", "cafes"], "caf"),
        (["किराया", "किरण"], "कि"),
    ],
)
def test_a_common_beginning_ends_with_a_whole_character(names: list[str], common: str) -> None:
    assert common_beginning(names) == common


@pytest.mark.parametrize(
    ("typed", "names", "lines"),
    [
        ("speaker:jo", ["Jonas Brandt"], ['speaker:"Jonas Brandt"', 'speaker:"Jonas Brandt"']),
        ("speaker:jo", ["Jonas", "Jonah"], ["speaker:Jona", "speaker:Jonas", "speaker:Jonah", "speaker:Jonas"]),
        ("speaker:jo", ["Jo Ash", "Jo Beck"], ['speaker:"Jo ', 'speaker:"Jo Ash"', 'speaker:"Jo Beck"']),
        ("speaker:br", ["Jonas Brandt", "Bruno"], ['speaker:"Jonas Brandt"', "speaker:Bruno"]),
        ('speaker:"jo', ["Jonas"], ['speaker:"Jonas"']),
        ("speaker:w", ['William "Bill" Hay'], ['speaker:"William  Bill  Hay"']),
        ("speaker:x", [], ["speaker:x"]),
    ],
)
def test_tab_inserts_what_is_common_and_then_each(typed: str, names: list[str], lines: list[str]) -> None:
    line, completion = at_end(typed), of_names(typed, *names)
    found = []
    for _ in lines:
        line, completion = press_tab(line, completion, 1)
        found.append(line.text)
        assert line.caret == len(line.text)
    assert found == lines


def test_shift_tab_goes_back_and_what_follows_the_caret_stays() -> None:
    line = LineEdit("speaker:br toll", 10)
    completion = Completion(line, search_word(line, ALL_FIELD_NAMES), (Candidate("Ana Bray"), Candidate("Bruno")))
    found = []
    for count in (1, 1, -1, -1):
        line, completion = press_tab(line, completion, count)
        found.append(line.text)
    first, second = 'speaker:"Ana Bray" toll', "speaker:Bruno toll"
    assert found == [first, second, first, second]
    back, _ = press_tab(LineEdit("speaker:br toll", 10), Completion(*completion_of_two()), -1)
    assert back.text == second


def completion_of_two() -> tuple[LineEdit, Word, tuple[Candidate, ...]]:
    line = LineEdit("speaker:br toll", 10)
    return line, search_word(line, ALL_FIELD_NAMES), (Candidate("Ana Bray"), Candidate("Bruno"))


def test_choosing_goes_round() -> None:
    found = of_names("speaker:", "a", "b")
    chosen = []
    for count in (1, 1, 1, -1, -1):
        found = choose_candidate(found, count)
        chosen.append(found.chosen)
    assert chosen == [0, 1, 0, 1, 0]
    assert choose_candidate(of_names("x"), 1) == of_names("x")


@pytest.mark.parametrize("cells", [1, 8, 20, 60])
def test_the_chosen_candidate_is_always_on_view(cells: int) -> None:
    found = of_names("speaker:", *(f"name number {number}" for number in range(20)))
    for _ in range(23):
        found = choose_candidate(found, 1)
        lines = candidate_lines(found, cells, 5)
        assert len(lines) == 5
        assert [plain(line)[0] for line in lines].count("▌") == 1
        assert all(measure_line(line) <= cells for line in lines)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("toll", "no field begins with “toll”"),
        ("in:x", "no in: begins with “x”"),
        ("lang:", "no values of lang: are known"),
        ('speaker:"Jonas Brandt"', "nothing to complete here"),
    ],
)
def test_nothing_to_list_says_why(library: Library, typed: str, words: str) -> None:
    assert [plain(line).strip() for line in candidate_lines(completed(library, typed), 60, 5)] == [words]


def test_what_is_being_looked_up_says_so() -> None:
    found = Completion(at_end("x"), Word(0, "x"), is_pending=True)
    assert [plain(line).strip() for line in candidate_lines(found, 60, 5)] == ["searching …"]
