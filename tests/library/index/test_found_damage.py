"""Damage that is found in a state of an index file which is no longer there is not taken for damage of the next one."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shelves import dossier_of, written

from dossier.library.index import index_file, shared_file
from dossier.library.index.block_sums import sum_blocks, sums_path
from dossier.library.index.connections import Connections
from dossier.library.index.entries import FetchedTexts
from dossier.library.index.loan import Loan
from dossier.library.index.location import SharedIndex, index_path, is_marked_damaged
from dossier.library.index.publishing import Publisher
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.library.index.update import update_index

BEFORE, AFTER = 2, 3
"""The number of articles of the two states of the library."""
Reading = Callable[[Index, Callable[[], object]], None]
"""Reads what is torn, which raises an error, while something is done."""


class Reader:
    """A reader of a shared index, what it was told, and the other state, which is copied over the file."""

    def __init__(self, shared: SharedIndex, index: Index, other: Path) -> None:
        self.shared, self.index, self._other = shared, index, other
        self.told = list[str]()
        index.call_when_damaged(lambda: self.told.append("damaged"))
        index.call_when_changed(lambda: self.told.append("changed"))

    def copy_over(self) -> None:
        """Copy the other state over the file, in its place."""
        for ending in ("", ".sums"):
            shutil.copyfile(f"{self._other}{ending}", f"{self.shared.path}{ending}")


def write_articles(root: Path, number: int) -> None:
    for at in range(number):
        written(root, f"a{at}.yaml", dossier_of(f"p{at}", f"Person {at}"))


def publish(shared: SharedIndex) -> None:
    publisher = Publisher(shared)
    with publisher.holding_place(lambda: None):
        update_index(shared.root)
        publisher.publish_finished()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    root, other = tmp_path / "library", tmp_path / "other.sqlite"
    shared = SharedIndex(root, tmp_path / "place" / "index.sqlite", "the test")
    write_articles(root, AFTER)
    publish(shared)
    for ending in ("", ".sums"):
        shutil.copyfile(f"{shared.path}{ending}", f"{other}{ending}")
    (root / f"a{AFTER - 1}.yaml").unlink()
    publish(shared)
    index = Index.open_shared(shared)
    assert index.total() == BEFORE
    yield Reader(shared, index, other)
    index.close()


def connections_of(index: Index) -> Connections:
    assert isinstance(index._sessions, Connections)
    return index._sessions


def read_rows(index: Index, meanwhile: Callable[[], object]) -> None:
    """Read an answer that SQLite finds torn."""
    torn = sqlite3.DatabaseError("database disk image is malformed")
    torn.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    with Loan(connections_of(index)):
        meanwhile()
        raise torn


def read_texts(index: Index, meanwhile: Callable[[], object]) -> None:
    """Read packed entries that are torn."""
    texts = FetchedTexts(index._sessions, next(index.articles.article_ids()))
    meanwhile()
    texts.text(1 << 20)


@pytest.mark.parametrize("reading", [read_rows, read_texts])
def test_a_file_that_is_copied_over_while_it_is_read_is_read_as_it_is_now(reader: Reader, reading: Reading) -> None:
    with pytest.raises(IndexDamagedError):
        reading(reader.index, reader.copy_over)
    assert reader.told == []
    assert reader.index.total() == AFTER
    assert reader.told == ["changed"]


@pytest.mark.parametrize("reading", [read_rows, read_texts])
def test_the_same_if_another_question_has_noticed_it_first(reader: Reader, reading: Reading) -> None:
    def copy_and_ask() -> None:
        reader.copy_over()
        assert reader.index.total() == AFTER

    with pytest.raises(IndexDamagedError):
        reading(reader.index, copy_and_ask)
    assert reader.index.total() == AFTER
    assert reader.told == ["changed"]


@pytest.mark.parametrize("reading", [read_rows, read_texts])
def test_damage_of_the_file_that_is_there_is_told_and_nothing_more_is_read(reader: Reader, reading: Reading) -> None:
    with pytest.raises(IndexDamagedError):
        reading(reader.index, lambda: None)
    assert reader.told == ["damaged"]
    with pytest.raises(IndexDamagedError, match="is damaged"):
        reader.index.total()
    reader.copy_over()
    assert reader.index.total() == AFTER
    assert reader.told == ["damaged", "changed"]


def test_a_file_that_was_written_while_it_was_compared_is_compared_when_that_has_ended(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sum_half(descriptor: int) -> tuple[int, ...]:
        """Compare a file of which only a half has been written; the rest then changes its time."""
        monkeypatch.setattr(shared_file, "sum_blocks", sum_blocks)
        shutil.copyfile(reader.shared.path, f"{reader.shared.path}.copy")
        shutil.copyfile(f"{reader.shared.path}.copy", reader.shared.path)
        return ()

    reader.copy_over()
    monkeypatch.setattr(shared_file, "sum_blocks", sum_half)
    with pytest.raises(IndexDamagedError, match="is not as it was written"):
        reader.index.total()
    assert reader.told == []
    assert reader.index.total() == AFTER


def test_a_file_that_was_compared_before_its_last_write_is_compared_once_more(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The times of the file system are too coarse to show that write."""
    compared = list[bool]()

    def sum_half(descriptor: int) -> tuple[int, ...]:
        compared.append(True)
        return () if len(compared) == 1 else sum_blocks(descriptor)

    reader.copy_over()
    monkeypatch.setattr(shared_file, "sum_blocks", sum_half)
    monkeypatch.setattr(index_file, "_AGAIN", 3600)
    for _ in range(2):
        with pytest.raises(IndexDamagedError):
            reader.index.total()
    assert (len(compared), reader.told) == (1, ["damaged"])
    monkeypatch.setattr(connections_of(reader.index)._damage, "_again_at", 0)
    assert reader.index.total() == AFTER
    assert reader.told == ["damaged", "changed"]


def test_a_damaged_file_is_compared_twice_at_most(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = list[bool]()

    def sum_wrongly(descriptor: int) -> tuple[int, ...]:
        compared.append(True)
        return ()

    reader.copy_over()
    monkeypatch.setattr(shared_file, "sum_blocks", sum_wrongly)
    monkeypatch.setattr(index_file, "_AGAIN", 0)
    for _ in range(4):
        with pytest.raises(IndexDamagedError):
            reader.index.total()
    assert len(compared) == 2


@pytest.mark.parametrize("reading", [read_rows, read_texts])
def test_damage_of_a_private_index_that_was_made_anew_meanwhile_does_not_mark_the_new_one(
    tmp_path: Path, reading: Reading
) -> None:
    root = tmp_path / "library"
    write_articles(root, BEFORE)
    update_index(root)
    index = Index.open(root)
    assert index
    with pytest.raises(IndexDamagedError):
        reading(index, lambda: update_index(root, rebuild=True))
    assert not is_marked_damaged(index_path(root))
    assert index.total() == BEFORE
    with pytest.raises(IndexDamagedError):
        reading(index, lambda: None)
    assert is_marked_damaged(index_path(root))
    assert sums_path(index_path(root)).exists()
    index.close()
