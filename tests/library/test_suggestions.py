"""Values of search fields that begin with what was typed, looked up in the index."""

import threading

import pytest
from waiting import PATIENCE, until

from dossier.library import suggestions
from dossier.library.library import Library
from dossier.library.suggestions import Suggestion, Suggestions, begins_word


def found(library: Library, field: str, typed: str) -> tuple[Suggestion, ...]:
    until(lambda: library.suggestions.find(field, typed) is not None)
    return library.suggestions.find(field, typed) or ()


@pytest.mark.parametrize(
    ("name", "typed", "begins"),
    [
        ("jonas brandt", "jon", True),
        ("Jonas Brandt", "bra", True),
        ("Jonas Brandt", "rand", False),
        ("Jonas Brandt", "jonas b", True),
        ("Seo-jin Han", "jin", True),
        ("Anna Hannover", "n", False),
        ("Anna Novak", "n", True),
        ("한서진", "한", True),
        ("", "x", False),
        ("", "", True),
    ],
)
def test_any_word_of_a_name_may_begin_so(name: str, typed: str, begins: bool) -> None:
    assert begins_word(name, typed) is begins


def test_speakers_are_quoted_and_persons_need_not_be(library: Library) -> None:
    assert "Ida Falk" in {one.name for one in found(library, "person", "i")}
    assert "Ida Falk" not in {one.name for one in found(library, "speaker", "i")}


def test_a_name_that_is_too_rare_to_be_read_is_found_by_its_beginning(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "_READ", 0)
    library.suggestions.drop_all()
    assert [one.name for one in found(library, "person", "nils")] == ["Nils Øverås"]
    assert found(library, "person", "øverås") == ()
    library.suggestions.drop_all()


def test_a_library_is_asked_once_and_no_more_than_is_listed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST", 2)
    library.suggestions.drop_all()
    assert library.suggestions.find("place", "") is None
    first = found(library, "place", "")
    assert len(first) == 2
    assert library.suggestions.find("place", "") is first
    library.suggestions.drop_all()
    assert library.suggestions.find("place", "") is None


def test_an_answer_that_comes_after_the_index_has_changed_is_not_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is looked up again meanwhile, and found before the answer of the former state of the index comes."""
    is_asked, may_answer, ended = threading.Event(), threading.Event(), list[str]()
    looked = Suggestions(library.index, library.lists, lambda: ended.append("one"))

    def matching(field: str, beginning: str) -> list[Suggestion]:
        if is_asked.is_set():
            return [Suggestion("new")]
        is_asked.set()
        assert may_answer.wait(PATIENCE)
        return [Suggestion("old")]

    monkeypatch.setattr(looked, "_matching", matching)
    assert looked.find("place", "") is None
    assert is_asked.wait(PATIENCE)
    looked.drop_all()
    until(lambda: looked.find("place", "") is not None)
    may_answer.set()
    until(lambda: len(ended) == 2)
    assert looked.find("place", "") == (Suggestion("new"),)


@pytest.mark.parametrize("field", ["lang", "byline", "nothing"])
def test_a_field_that_the_index_does_not_list_has_no_suggestions(library: Library, field: str) -> None:
    assert library.suggestions.find(field, "") == ()


def test_articles_by_the_beginning_of_their_ids(library: Library) -> None:
    assert library.article_ids_beginning("hh-", 9) == ("hh-2023-04-12-ferry", "hh-2024-10-12-the-long-quay")
    assert library.article_ids_beginning("sulen-light:", 9) == ("sulen-light:2023/36",)
    assert len(library.article_ids_beginning("", 1)) == 1
    assert library.article_ids_beginning("x", 9) == ()
