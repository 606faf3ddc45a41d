import datetime

import pytest

from dossier.core.query_context import list_conjuncts
from dossier.core.query_parser import parse_search
from dossier.core.query_words import (
    ConditionCount,
    describe_apart,
    describe_without,
    explain_nothing_found,
    format_condition,
)

TODAY = datetime.date(2023, 1, 29)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("toll", "“toll”"),
        ('"the toll"', "“the toll”"),
        ("speaker:holt", "speaker:holt"),
        ('speaker:"per holt"', 'speaker:"per holt"'),
        ("a NEAR b", "“a” NEAR “b”"),
        ("in:quotes", "in:quotes"),
        ("date:2022-11-03", "date:2022-11-03"),
        ("published:2022-11..", "published:2022-11-01.."),
        ("event:2022", "event:2022-01-01..2022-12-31"),
        ("-toll", "-“toll”"),
        ("-(a OR b)", "-(“a” OR “b”)"),
        ("a OR (b c)", "“a” OR (“b” “c”)"),
    ],
)
def test_a_condition_is_written_as_it_is_typed(typed: str, words: str) -> None:
    root = parse_search(typed, TODAY).root
    assert root
    assert format_condition(root) == words


def test_a_word_beside_a_speaker_is_a_word() -> None:
    nodes = list_conjuncts(parse_search("(speaker:holt toll) in:quotes", TODAY))
    assert list(map(format_condition, nodes)) == ["speaker:holt", "“toll”", "in:quotes"]
    assert list_conjuncts(parse_search("", TODAY)) == ()


TOLL, HOLT = ConditionCount("“toll”", 6), ConditionCount("speaker:holt", 0)


@pytest.mark.parametrize(
    ("counts", "tail", "words"),
    [
        ((), "", "nothing found"),
        ((HOLT,), "", "nothing found: no article has speaker:holt"),
        ((TOLL, HOLT), "no article has all of them", "nothing found: “toll” 6 articles · speaker:holt 0 articles"),
        (
            (TOLL, ConditionCount("“x”", 1)),
            "1 article has all of them, not in one place",
            "nothing found: “toll” 6 articles · “x” 1 article; 1 article has all of them, not in one place",
        ),
        (
            (ConditionCount("“the”", 1000, True), TOLL),
            "",
            "nothing found: “the” over 1,000 articles · “toll” 6 articles",
        ),
    ],
)
def test_why_nothing_was_found(counts: tuple[ConditionCount, ...], tail: str, words: str) -> None:
    assert explain_nothing_found(counts, "article", tail=tail) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, ""),
        (0, "no article has all of them"),
        (1, "1 article has all of them, not in one place"),
        (3, "3 articles have all of them, not in one place"),
    ],
)
def test_how_many_have_all_apart(count: int | None, words: str) -> None:
    assert describe_apart(count) == words


def test_what_is_refused() -> None:
    refused = list_conjuncts(parse_search("-a -b", TODAY))
    assert describe_without(refused, ConditionCount("", 6)) == "6 articles without -“a” -“b”"


def test_of_many_words_those_that_the_least_has_are_told_each_once() -> None:
    words = (*"abcdefgh", "a", "b")
    counts = [ConditionCount(f"“{word}”", 0 if word in "gh" else 3) for word in words]
    told = explain_nothing_found(counts, "article")
    assert told.startswith("nothing found: “g” 0 articles · “h” 0 articles · “a” 3 articles · “b” 3 articles · ")
    assert told.endswith("“d” 3 articles · 2 more")


def test_a_word_that_is_typed_twice_is_told_once() -> None:
    assert explain_nothing_found([ConditionCount("“a”", 0)] * 2, "article") == "nothing found: no article has “a”"
