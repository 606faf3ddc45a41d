"""Which files have changed, and in which order they are read."""

import os
from pathlib import Path

import pytest
from shelves import article, written

from dossier.library.index.scan import (
    UNLISTED,
    LibraryFiles,
    ScannedFile,
    find_changes,
    order_newest_first,
    scan_library,
    split_into_batches,
)


def looks(root: Path) -> list[ScannedFile]:
    return [ScannedFile(path, *found) for path, found in scan_library(root).files.items()]


def test_every_yaml_file_below_the_root(tmp_path: Path) -> None:
    for name in (
        "a.yaml",
        "sub/b.yml",
        "sub.yaml/c.yaml",
        "a.txt",
        ".b.yaml",
        ".git/d.yaml",
        "sub/.x/e.yaml",
        "f.JSON",
        "g.YAML",
    ):
        written(tmp_path, name, "x")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere.yaml").symlink_to(tmp_path / "none")
    found = scan_library(tmp_path)
    assert sorted(found.files) == [b"a.yaml", b"f.JSON", b"g.YAML", b"sub.yaml/c.yaml", b"sub/b.yml"]
    assert found.hidden == 2
    status = (tmp_path / "a.yaml").stat()
    assert found.files[b"a.yaml"] == (1, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def test_a_folder_that_cannot_be_listed_counts_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "closed/a.yaml", "x")
    written(tmp_path, "b.yaml", "x")
    listed = os.scandir

    def closed(path: bytes) -> object:
        if path.rstrip(b"/").endswith(b"closed"):
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = scan_library(tmp_path)
    assert found.files[b"closed/"] == (UNLISTED, 0, 0, 0)
    assert found.unlisted == (b"closed/",)
    assert b"b.yaml" in found.files


def test_changes() -> None:
    old = {
        **{b"longer": (2, 1, 1, 1), b"later": (1, 2, 1, 1), b"touched": (1, 1, 2, 1)},
        **{b"replaced": (1, 1, 1, 2), b"new": (1, 1, 1, 1)},
    }
    looked = LibraryFiles({b"same": (1, 1, 1, 1), b"shut/": (UNLISTED, 0, 0, 0), **old}, 0, (b"shut/",))
    paths = (b"same", b"longer", b"later", b"touched", b"replaced", b"gone", b"shut/a", b"shut/b/c", b"shutter")
    known = [(path, 1, 1, 1, 1, path[:1]) for path in paths]
    changed, gone = find_changes(looked, known)
    shut = ScannedFile(b"shut/", UNLISTED, 0, 0, 0)
    assert set(changed) == {ScannedFile(path, *stamp, digest(path)) for path, stamp in old.items()} | {shut}
    assert gone == [b"gone", b"shutter"]
    changed, gone = find_changes(looked, known, has_inodes=False)
    assert b"replaced" not in {one.path for one in changed}
    assert len(changed) == len(old)


def digest(path: bytes) -> bytes:
    return b"" if path == b"new" else path[:1]


def test_what_was_published_last_comes_first(tmp_path: Path) -> None:
    written(tmp_path, "old.yaml", article(published="2019-01-01"))
    written(tmp_path, "new.yaml", article(published="'2023-01-01'"))
    written(tmp_path, "undated.yaml", article())
    written(tmp_path, "year.yaml", article(published="2022"))
    written(tmp_path, "later.yaml", "x")
    order = [look.path.decode() for look in order_newest_first(tmp_path, looks(tmp_path))]
    assert order == ["new.yaml", "year.yaml", "old.yaml", "later.yaml", "undated.yaml"]


@pytest.mark.parametrize(
    ("files", "most", "sizes"), [(3, 100, [3, 3, 1]), (10, 100, [7]), (10, 4, [2, 2, 2, 1]), (10, 1, [1] * 7)]
)
def test_chunks(files: int, most: int, sizes: list[int]) -> None:
    given = [ScannedFile(b"%02d" % at, 0, 0) for at in range(7)]
    chunks = list(split_into_batches(given, files, most))
    assert [len(chunk) for chunk in chunks] == sizes
    assert [look for chunk in chunks for look in chunk] == given


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "Ferry", "published": "2024-05-06"}',
        '{\n  "headline": "Ferry",\n  "published" : "2024-05-06"\n}',
        '{"published":"2024-05-06","headline":"Ferry"}',
    ],
)
def test_json_published_last_is_read_first(tmp_path: Path, text: str) -> None:
    written(tmp_path, "a.json", text)
    written(tmp_path, "b.yaml", "headline: Ferry\npublished: 2023-01-01\nprovenance:\n  published: 2025-01-01\n")
    written(tmp_path, "c.yaml", "headline: Ferry\npublished: 2025-01-01\n")
    assert [look.path for look in order_newest_first(tmp_path, looks(tmp_path))] == [b"c.yaml", b"a.json", b"b.yaml"]
