"""The short forms of what is tried for long by `python -m torture`."""

import random
import shutil
import time
from pathlib import Path

import pytest

from dossier.library.index.location import index_path
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.library.index.update import update_index
from torture.answers import QUESTIONS, Answers, answers, differences, write_library
from torture.harms import HARMS, harm_index
from torture.kills import kill_indexers, start_indexer

_ARTICLES = 12


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Answers]:
    """Return a library, a copy of the folder with its index, and all its answers."""
    root = tmp_path_factory.mktemp("torture") / "library"
    write_library(root, _ARTICLES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(root.with_name("cache")))
        update_index(root)
        right = answers(root)
        sound = shutil.copytree(index_path(root).parent, root.with_name("sound"))
    return root, sound, right


def test_the_questions_tell_articles_apart(library: tuple[Path, Path, Answers]) -> None:
    _, _, right = library
    assert len(right["order"]) == _ARTICLES  # type: ignore[arg-type]
    assert sum(bool(right[question]) for question in QUESTIONS) > 5
    assert right["persons"]
    assert right["quotes"]


@pytest.mark.parametrize("name", HARMS)
def test_a_harmed_index_is_made_anew(library: tuple[Path, Path, Answers], name: str) -> None:
    root, sound, right = library
    assert harm_index(root, sound, HARMS[name], right, random.Random(name)) == []


@pytest.mark.parametrize("name", [name for name in HARMS if "flipped" in name or "page" in name or "row" in name])
def test_a_program_that_is_open_never_answers_from_a_harmed_index(
    library: tuple[Path, Path, Answers], name: str
) -> None:
    root, _, right = library
    update_index(root)
    opened = Index.open(root)
    assert opened
    assert opened.total() == _ARTICLES
    HARMS[name](index_path(root), random.Random(name))
    firsts: list[int] = []
    try:
        firsts = list(opened.articles.article_ids())
    except IndexDamagedError:
        update_index(root)
    assert firsts in ([], list(opened.articles.article_ids()))
    opened.close()
    update_index(root)
    assert differences(right, answers(root)) == []


def test_killed_indexers_leave_no_wrong_answer(tmp_path: Path) -> None:
    found = kill_indexers(tmp_path / "library", 30, 3)
    assert (found.wrong, found.killed.total()) == ([], 3)


@pytest.mark.parametrize("number", [2, 4])
def test_several_indexers_at_once(library: tuple[Path, Path, Answers], number: int) -> None:
    root, _, right = library
    indexers = [start_indexer(root) for _ in range(number)]
    assert [indexer.wait() for indexer in indexers] == [0] * number
    assert differences(right, answers(root)) == []


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumps(library: tuple[Path, Path, Answers], years: int, monkeypatch: pytest.MonkeyPatch) -> None:
    root, _, right = library
    update_index(root)
    now, jump = time.time(), years * 365 * 86_400
    monkeypatch.setattr("time.time", lambda: now + jump)
    monkeypatch.setattr("time.time_ns", lambda: int(now + jump) * 10**9)
    update_index(root)
    assert differences(right, answers(root)) == []
    monkeypatch.undo()
    update_index(root)
    assert differences(right, answers(root)) == []
