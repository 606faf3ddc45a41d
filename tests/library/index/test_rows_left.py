"""Rows that a server still has of articles which are gone are not taken for those of other articles."""

import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from postgresql_servers import Database
from shelves import dossier_of, written

from dossier.library.index import placement, schema
from dossier.library.index.placement import RETIRED
from dossier.library.index.scan import find_changes
from dossier.library.index.update import update_index
from dossier.library.index.writer import IndexWriter

pytest.importorskip("psycopg")

# They need psycopg.
from served_indexes import find_refs, open_made_index

from dossier.library.index.postgresql.engine import PostgresqlEngine

_FREE = (
    "SELECT count(*) FROM dossier.words WHERE NOT EXISTS"
    " (SELECT FROM dossier.article WHERE row >= first AND row < first + count) AND NOT EXISTS"
    " (SELECT FROM dossier.retired WHERE row >= first AND row < until)"
)
"""Counts the rows of the full text that have ids which may be given to another article."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a", "z"):
        written(tmp_path, f"library/{name}.yaml", dossier_of("okafor", f"Lena {name.upper()}. Okafor", id=name))
    return tmp_path / "library"


def test_ids_whose_hour_ends_during_an_update_are_not_used_by_it(
    root: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def look_for_minutes(*given: object) -> object:
        now[0] += 600
        return find_changes(*given)  # type: ignore[arg-type]

    update_index(root, engine=PostgresqlEngine(database.owner))
    (root / "a.yaml").unlink()
    update_index(root, engine=PostgresqlEngine(database.owner))
    monkeypatch.setattr("dossier.library.index.update.find_changes", look_for_minutes)
    free = []
    for later in (RETIRED - 300, 0):
        now[0] += later
        written(root, "z.yaml", dossier_of("okafor", f"Lena Z. Okafor {later}", id="z"))
        update_index(root, engine=PostgresqlEngine(database.owner))
        free.append((database.run(_FREE).strip(), database.run("SELECT count(*) FROM dossier.retired").strip()))
    assert free == [("0", "2"), ("0", "2")]


def test_an_article_that_moves_as_soon_as_it_is_placed_has_its_own_entries(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "DAY", 10)
    monkeypatch.setattr(placement, "_NEIGHBOURS", 2)
    monkeypatch.setattr(placement, "_ROOMY", 0)
    moved: list[bool] = []
    move: Callable[[IndexWriter, int, int], None] = IndexWriter._move_article

    def record_move(self: IndexWriter, first: int, to: int) -> None:
        (path,) = self._do("SELECT path FROM article WHERE first = ?", (first,)).fetchone()
        moved.append(path in self._records)
        move(self, first, to)

    monkeypatch.setattr(IndexWriter, "_move_article", record_move)
    numbers = random.Random(2).sample(range(40), 40)
    for at in range(0, 40, 10):
        for number in numbers[at : at + 10]:
            written(tmp_path, f"m{number:02}.yaml", dossier_of("yoon", f"Yoon {number}", id=f"m{number:02}"))
        update_index(tmp_path, engine=PostgresqlEngine(database.owner))
        if not at:
            begin = schema.begin_of_day(schema.day_of_row(int(database.run("SELECT min(first) FROM dossier.article"))))
            # As an update leaves them on the servers of the parts if it fails on the main server.
            database.run(
                "INSERT INTO dossier.packed (first, entries)"
                " SELECT free, entries FROM (SELECT entries FROM dossier.packed LIMIT 1) AS one,"
                f" generate_series({begin}::bigint, {begin + (1 << 10) - 1}) AS free"
                " WHERE free NOT IN (SELECT first FROM dossier.packed)"
            )
    assert set(moved) == {False, True}
    with closing(open_made_index(database.reader)) as index:
        found = [ref.article for ref in find_refs(index, "in:headline yoon")]
    assert found == [f"m{number:02}" for number in range(40)]
