import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, library_at
from waiting import PATIENCE, until

from dossier.core.query_parser import parse_search
from dossier.library import empty_scopes
from dossier.library.empty_scopes import explain_empty_scope
from dossier.library.library import Library
from dossier.library.scope import Pin, Scope

TODAY = datetime.date(2026, 11, 23)


def why(library: Library, typed: str, *pins: Pin) -> str:
    return "".join(explain_empty_scope(library.index, Scope(library.parse_search_with_names(typed, TODAY), pins)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("zeppelin", "nothing found: no article has “zeppelin”"),
        ("toll speaker:holt", "nothing found: “toll” 6 articles · speaker:holt 0 articles"),
        (
            "ferry speaker:jonas stationery",
            "nothing found: “ferry” 8 articles · speaker:jonas 5 articles · “stationery” 1 article;"
            " 1 article has all of them, not in one place",
        ),
        (
            "stationery published:2021",
            "nothing found: “stationery” 1 article · published:2021-01-01..2021-12-31 3 articles;"
            " no article has all of them",
        ),
        ("toll -toll", "nothing found: “toll” 6 articles; 6 articles without -“toll”"),
    ],
)
def test_why_a_search_finds_nothing(typed: str, words: str, library: Library) -> None:
    assert why(library, typed) == words


def test_a_pin_is_a_condition(library: Library) -> None:
    assert why(library, "stationery", Pin("year", "2021"), Pin("outlet", "Harbour Herald", excluded=True)) == (
        "nothing found: “stationery” 1 article · 2021 3 articles · not Harbour Herald 7 articles;"
        " no article has all of them"
    )


def test_counting_stops_where_there_are_many(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty_scopes, "MOST", 4)
    words = why(library, "ferry speaker:jonas stationery", Pin("outlet", "Nobody", excluded=True))
    assert words == (
        "nothing found: “ferry” over 4 articles · speaker:jonas over 4 articles · “stationery” 1 article"
        " · not Nobody over 4 articles; 1 article has all of them, not in one place"
    )
    monkeypatch.setattr(empty_scopes, "MOST", 1)
    assert why(library, "ferry toll in:people in:timeline") == (
        "nothing found: “ferry” over 1 article · “toll” over 1 article"
        " · in:people over 1 article · in:timeline over 1 article"
    )


def test_the_screen_is_told_when_it_is_known(tmp_path: Path) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        told: list[str] = []
        scopes = empty_scopes.EmptyScopes(library.index, lambda: told.append("grown"))
        scope, other = (Scope(parse_search(typed, TODAY)) for typed in ("zeppelin", "zeppelins"))
        assert scopes.words(other) == ""
        assert scopes.words(scope) == ""
        until(lambda: bool(scopes.words(scope)))
        assert scopes.words(scope) == "nothing found: no article has “zeppelin”"
        assert told == ["grown"]
        scopes.drop()
        assert scopes.words(scope) == ""


def test_an_answer_that_comes_after_the_index_has_changed_is_not_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same question is asked again meanwhile, and answered before the one of the former state of the index."""
    monkeypatch.setattr(empty_scopes, "_REST", 0.0)
    is_asked, may_answer, is_answered = threading.Event(), threading.Event(), threading.Event()

    def explain(*_: object) -> Iterator[str]:
        if is_asked.is_set():
            yield "new"
            return
        is_asked.set()
        try:
            assert may_answer.wait(PATIENCE)
            yield "old"
        finally:
            is_answered.set()

    monkeypatch.setattr(empty_scopes, "explain_empty_scope", explain)
    scopes, scope = empty_scopes.EmptyScopes(library.index, lambda: None), Scope()
    assert scopes.words(scope) == ""
    assert is_asked.wait(PATIENCE)
    scopes.drop()
    until(lambda: scopes.words(scope) == "new")
    may_answer.set()
    assert is_answered.wait(PATIENCE)
    assert scopes.words(scope) == "new"


def test_of_few_scopes_it_is_kept_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty_scopes, "_KNOWN", 3)
    monkeypatch.setattr(empty_scopes, "_REST", 0.0)
    with library_at(PORT_ARLEN, tmp_path) as library:
        scopes = [Scope(parse_search(f"zeppelin{number}", TODAY)) for number in range(7)]
        for scope in scopes:
            until(lambda scope=scope: library.empty_scopes.words(scope) != "")  # type: ignore[misc]
            assert len(library.empty_scopes._known) <= 3
        assert library.empty_scopes.words(scopes[-1])


def test_a_saved_search_that_was_removed_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with library_at(PORT_ARLEN, tmp_path) as library:
        going: list[tuple[Scope, ...]] = []
        monkeypatch.setattr(library.lists, "stop_other_scopes", lambda *scopes: going.append(scopes))
        for name in ("one", "two"):
            library.memory.save(name, f"quay {name}")
        library.saved(TODAY)
        library.set_shown_scope(Scope())
        library.memory.forget("one")
        library.saved(TODAY)
        library.set_shown_scope(Scope())
        assert [len(scopes) for scopes in going] == [3, 2]
