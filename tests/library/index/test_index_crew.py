"""Files are read by several processes, and none is lost with any of them."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from shelves import many, written

from dossier.library.index.errors import IndexWriteError
from dossier.library.index.ingest import ingest_file
from dossier.library.index.scan import LibraryFiles, ScannedFile
from dossier.library.index.worker_pool import FILES, ingest_files
from dossier.loader.limits import Limits


def looks(root: Path) -> list[ScannedFile]:
    return [ScannedFile(path, *found) for path, found in LibraryFiles(root)]


def test_whatever_becomes_of_the_readers_every_file_is_read_once(tmp_path: Path) -> None:
    many(tmp_path, 5 * FILES)
    coming = ingest_files(tmp_path, looks(tmp_path), 5 * FILES, Limits())
    found = list(next(coming))
    for _ in range(20):
        found += next(coming) if len(found) < FILES else []
    for reader in multiprocessing.active_children():
        reader.kill()
    for more in coming:
        found += more
    faults = [one for one in found if one.fault]
    assert sorted(one.look._replace(digest=b"") for one in found) == looks(tmp_path)
    assert all("ended the process" in one.fault[3] for one in faults if one.fault)


def test_where_no_process_can_be_had_this_one_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path, 5 * FILES)
    # What a reader runs ends at once.
    monkeypatch.setattr("dossier.library.index.worker_pool._serve", sys.exit)
    found = [one for hand in ingest_files(tmp_path, looks(tmp_path), 5 * FILES, Limits()) for one in hand]
    assert sorted(one.look._replace(digest=b"") for one in found) == looks(tmp_path)
    assert all(one.record for one in found)


def test_who_stops_early_leaves_no_reader_behind(tmp_path: Path) -> None:
    many(tmp_path, 5 * FILES)
    coming = ingest_files(tmp_path, looks(tmp_path), 5 * FILES, Limits())
    next(coming)
    assert multiprocessing.active_children()
    coming.close()
    assert multiprocessing.active_children() == []


def test_it_is_the_same_in_this_process(tmp_path: Path) -> None:
    many(tmp_path, 4 * FILES)
    written(tmp_path, "broken.yaml", "headline: [")
    written(tmp_path, "other.yaml", "a: b")
    found = [one for hand in ingest_files(tmp_path, looks(tmp_path), 4 * FILES + 2, Limits()) for one in hand]
    assert sorted(found, key=lambda one: one.look) == [ingest_file(tmp_path, one, Limits()) for one in looks(tmp_path)]


@pytest.mark.parametrize("size", [0, 5])
def test_a_file_longer_than_it_says_is_read_whole_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    many(tmp_path, 1)
    (look,) = looks(tmp_path)
    limits = Limits(size=look.size - 1)
    whole, cut = ingest_file(tmp_path, look, Limits()), ingest_file(tmp_path, look, limits)
    ask = os.fstat

    def fstat(descriptor: int) -> SimpleNamespace:
        found = ask(descriptor)
        return SimpleNamespace(
            **{name: getattr(found, name) for name in dir(found) if name[:3] == "st_"} | {"st_size": size}
        )

    monkeypatch.setattr(os, "fstat", fstat)
    assert ingest_file(tmp_path, look, Limits())[1:] == whole[1:]
    assert ingest_file(tmp_path, look, Limits()).look.digest == whole.look.digest
    assert ingest_file(tmp_path, look, limits)[1:] == cut[1:]
    assert whole.record
    assert cut.fault


def test_where_the_list_of_files_breaks_off_it_is_said(tmp_path: Path) -> None:
    many(tmp_path, 5 * FILES)

    def broken() -> Iterator[ScannedFile]:
        yield from looks(tmp_path)[: 3 * FILES]
        raise IndexWriteError("no room")

    with pytest.raises(IndexWriteError, match="no room"):
        list(ingest_files(tmp_path, broken(), 5 * FILES, Limits()))
    assert multiprocessing.active_children() == []
