"""Tests of the three answers to the question about a copy, also when the program is ended in the middle of one."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dossier.core.paths import state_folder
from dossier.core.ref import parse_ref
from dossier.library import reuse
from dossier.library.reuse import Reuse, Reused, ReuseError
from dossier.library.state_folders import find_state, remember_root
from dossier.library.user_data import UserData

PAIR = [parse_ref("one#person/okafor"), parse_ref("two#person/okafor")]


class _Killed(BaseException):
    """The program is ended."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a library with a saved search, two searches and a decision."""
    root = tmp_path / "news"
    root.mkdir()
    for name in ("one", "two", "three"):
        (root / f"{name}.yaml").write_text(f"headline: {name}\nbody: [It sails.]\n", "utf-8")
    memory = UserData(find_state(root).folder)
    memory.save("toll", "in:quotes toll")
    memory.remember("ferry")
    memory.remember("pact")
    memory.confirm(PAIR)
    remember_root(root, find_state(root))
    return root


@pytest.fixture
def copy(news: Path, tmp_path: Path) -> Path:
    """Return a copy of that library, in which a search was made before the answer."""
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    UserData(find_state(copy).folder).remember("harbour")
    return copy


def memory_of(root: Path) -> UserData:
    return UserData(find_state(root).folder)


def made_in(root: Path) -> tuple[list[str], list[str], int]:
    memory = memory_of(root)
    return list(memory.saved), list(memory.searches), len(memory.decisions.same)


Made = tuple[list[str], list[str], int]
ALL: Made = (["toll"], ["ferry", "pact", "harbour"], 1)
OWN: Made = ([], ["harbour"], 0)
OTHER = (["toll"], ["ferry", "pact"], 1)


@pytest.mark.parametrize(
    ("reused", "in_copy", "in_original"),
    [(Reused.COPY, ALL, OTHER), (Reused.SHARED, ALL, ALL), (Reused.NOTHING, OWN, OTHER)],
)
def test_each_answer(copy: Path, news: Path, reused: Reused, in_copy: object, in_original: object) -> None:
    asked = Reuse(copy, find_state(copy))
    assert asked.question
    asked.answer(reused)
    assert asked.question is None
    assert asked.folder == find_state(copy).folder == state_folder(news if reused is Reused.SHARED else copy)
    assert find_state(copy).question is None
    assert (made_in(copy), made_in(news)) == (in_copy, in_original)
    # It is answered, and a second answer does nothing.
    asked.answer(Reused.COPY)
    assert (made_in(copy), made_in(news)) == (in_copy, in_original)
    memory_of(copy).remember("island")
    assert ("island" in memory_of(news).searches) is (reused is Reused.SHARED)


@pytest.mark.parametrize(
    ("reused", "step"), [*((Reused.COPY, step) for step in range(4)), (Reused.SHARED, 0), (Reused.SHARED, 1)]
)
def test_killed_between_any_two_steps(
    copy: Path, news: Path, reused: Reused, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = 0

    def counted(change: Any) -> Any:
        def call(*given: Any) -> Any:
            nonlocal done
            if done == step:
                raise _Killed
            done += 1
            return change(*given)

        return call

    with monkeypatch.context() as patch:
        for name in ("change_lines", "replace_roots"):
            patch.setattr(reuse, name, counted(getattr(reuse, name)))
        with pytest.raises(_Killed):
            Reuse(copy, find_state(copy)).answer(reused)
    asked = Reuse(copy, find_state(copy))
    assert asked.question
    assert "harbour" in memory_of(copy).searches
    asked.answer(reused)
    assert made_in(copy) == ALL
    assert made_in(news) == (ALL if reused is Reused.SHARED else OTHER)


@pytest.mark.parametrize("first", list(Reused))
@pytest.mark.parametrize("second", list(Reused))
def test_of_two_programs_that_ask_at_once_the_first_answer_holds(
    copy: Path, news: Path, first: Reused, second: Reused
) -> None:
    one, two = (Reuse(copy, find_state(copy)) for _ in range(2))
    assert one.answer(first)
    UserData(one.folder).remember("island")
    # The other program records where the library is, and does not ask again thereby.
    remember_root(copy, two.found)
    assert find_state(copy).question is None
    made = made_in(copy), made_in(news)
    assert not two.answer(second)
    assert two.question is None
    assert two.folder == one.folder == find_state(copy).folder
    assert (made_in(copy), made_in(news)) == made
    assert "island" in memory_of(copy).searches


def test_an_answer_that_cannot_be_written_leaves_the_question_open(copy: Path, news: Path) -> None:
    folder = find_state(copy).folder
    shutil.rmtree(folder)
    folder.write_bytes(b"")
    asked = Reuse(copy, find_state(copy))
    with pytest.raises(ReuseError, match="the answer was not kept: "):
        asked.answer(Reused.COPY)
    assert asked.question
    folder.unlink()
    asked.answer(Reused.SHARED)
    assert made_in(copy) == OTHER


def test_shared_by_both_and_the_original_deleted(copy: Path, news: Path) -> None:
    Reuse(copy, find_state(copy)).answer(Reused.SHARED)
    shutil.rmtree(news)
    assert made_in(copy) == ALL
    moved = copy.rename(copy.with_name("moved"))
    assert find_state(moved).moved_from == str(copy)
    assert made_in(moved) == ALL


def test_a_copy_with_its_own_searches_is_renamed(copy: Path, news: Path) -> None:
    Reuse(copy, find_state(copy)).answer(Reused.NOTHING)
    moved = copy.rename(copy.with_name("moved"))
    assert made_in(moved) == OWN
    assert made_in(news) == OTHER


def test_a_question_about_a_folder_that_was_deleted_is_dropped(copy: Path, news: Path) -> None:
    assert find_state(copy).question
    shutil.rmtree(state_folder(news))
    assert find_state(copy).question is None
    assert made_in(copy) == OWN


def test_taking_the_searches_of_the_library_that_was_here(news: Path) -> None:
    shutil.rmtree(news)
    news.mkdir()
    for name in "abc":
        (news / f"{name}.yaml").write_text(f"headline: Part {name}\nbody: [It sinks.]\n", "utf-8")
    asked = Reuse(news, find_state(news))
    assert asked.question
    assert asked.question.is_replaced
    assert made_in(news) == ([], [], 0)
    asked.answer(Reused.SHARED)
    assert made_in(news) == OTHER
    assert find_state(news).folder == state_folder(news)


@pytest.mark.parametrize("first", list(Reused))
def test_two_answers_about_the_library_that_was_here(news: Path, first: Reused) -> None:
    for path in news.iterdir():
        path.unlink()
    (news / "d.yaml").write_text("headline: Part d\nbody: [It sinks.]\n", "utf-8")
    one, two = (Reuse(news, find_state(news)) for _ in range(2))
    assert one.question
    assert (one.answer(first), two.answer(Reused.COPY)) == (True, False)
    assert two.folder == one.folder == find_state(news).folder
    assert (made_in(news) == OTHER) is (first is not Reused.NOTHING)
