"""Tests that articles which move apart, to make room for others, stay what they are in the index."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from shelves import anew, content, dossier_of, written

from dossier.library.index import schema, writer
from dossier.library.index.full_text import Row
from dossier.library.index.full_text_writer import FullTextWriter
from dossier.library.index.location import index_path
from dossier.library.index.placement import RETIRED
from dossier.library.index.update import update_index


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library of two articles of one day, in an index with little room between them."""
    monkeypatch.setattr(schema, "DAY", 12)
    for name in ("a", "z"):
        written(tmp_path, f"library/{name}.yaml", dossier_of("okafor", f"Lena {name.upper()}. Okafor", id=name))
    update_index(tmp_path / "library")
    return tmp_path / "library"


def add_between(root: Path, numbers: range) -> None:
    for number in numbers:
        written(root, f"m{number:03}.yaml", dossier_of("yoon", f"Yoon Suk-yeol {number}", id=f"m{number:03}"))


def count_retired(root: Path) -> int:
    with closing(sqlite3.connect(index_path(root))) as connection:
        (found,) = connection.execute("SELECT count(*) FROM retired").fetchone()
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize("most", [0, 8, writer._MOVED])
def test_after_moves_it_is_as_if_made_anew(root: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Also where the texts of all that moves in a transaction are too many to be kept."""
    monkeypatch.setattr(writer, "_MOVED", most)
    for number in range(16):
        add_between(root, range(number, number + 1))
        update_index(root)
    assert count_retired(root) > 16
    assert content(root) == anew(root)


def test_row_ids_are_used_again_after_an_hour(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "a.yaml").unlink()
    update_index(root)
    assert count_retired(root) == 1
    now = time.time()
    for later, left in ((RETIRED - 60, 1), (RETIRED + 60, 0)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        written(root, f"b{left}.yaml", dossier_of("yoon", "Yoon Suk-yeol"))
        update_index(root)
        assert count_retired(root) == left


def test_a_transaction_writes_the_full_text_in_ascending_order(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[list[int]] = []
    removed: list[list[int]] = []
    enter, remove = FullTextWriter.enter, FullTextWriter.remove

    def record_entered(self: FullTextWriter, rows: Sequence[Row]) -> None:
        entered.append([row for row, _, _ in rows])
        enter(self, rows)

    def record_removed(self: FullTextWriter, rows: Sequence[Row]) -> None:
        assert not entered
        removed.append([row for row, _, _ in rows])
        remove(self, rows)

    monkeypatch.setattr(FullTextWriter, "enter", record_entered)
    monkeypatch.setattr(FullTextWriter, "remove", record_removed)
    moved = 0
    for number in range(0, 32, 4):
        entered.clear()
        removed.clear()
        add_between(root, range(number, number + 4))
        update_index(root)
        assert len(entered) == 1
        assert entered[0] == sorted(entered[0])
        assert [*chain.from_iterable(removed)] == sorted(chain.from_iterable(removed))
        moved += len(removed)
    assert moved
