"""Which files have changed, and in which order they are read."""

import os
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from shelves import article, written

from dossier.library.index.changed_files import ChangedFiles
from dossier.library.index.errors import IndexWriteError
from dossier.library.index.scan import (
    UNLISTED,
    FileChange,
    LibraryFiles,
    ScannedFile,
    Stamp,
    find_changes,
    split_into_batches,
)


def newest_first(root: Path) -> list[str]:
    with closing(ChangedFiles()) as changes:
        changes.add(find_changes(LibraryFiles(root), ()))
        return [look.path.decode() for look in changes.find_newest_first(root)]


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
    files = LibraryFiles(tmp_path)
    found = dict(files)
    assert list(found) == [b"a.yaml", b"f.JSON", b"g.YAML", b"sub.yaml/c.yaml", b"sub/b.yml"]
    assert files.hidden == 2
    status = (tmp_path / "a.yaml").stat()
    assert found[b"a.yaml"] == (1, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def test_a_folder_that_cannot_be_listed_counts_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "closed/a.yaml", "x")
    written(tmp_path, "b.yaml", "x")
    listed = os.scandir

    def closed(path: bytes) -> object:
        if path.rstrip(b"/").endswith(b"closed"):
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(os, "scandir", closed)
    files = LibraryFiles(tmp_path)
    assert [(path, stamp[0]) for path, stamp in files] == [(b"b.yaml", 1), (b"closed/", UNLISTED)]
    assert files.unlisted == (b"closed/",)


class Files(LibraryFiles):
    """Files that are nowhere."""

    def __init__(self, files: dict[bytes, Stamp], unlisted: tuple[bytes, ...]) -> None:
        self.late, self.unlisted, self._files = {}, unlisted, files

    def __iter__(self) -> Iterator[tuple[bytes, Stamp]]:
        return iter(sorted(self._files.items()))


def parted(changes: Iterable[FileChange]) -> tuple[list[ScannedFile], list[bytes]]:
    """Return the files that changed, and the paths of those that are gone."""
    found = list(changes)
    return [one.now for one in found if one.now], [one.before.path for one in found if one.before and not one.now]


def test_changes() -> None:
    old = {
        **{b"longer": (2, 1, 1, 1), b"later": (1, 2, 1, 1), b"touched": (1, 1, 2, 1)},
        **{b"replaced": (1, 1, 1, 2), b"new": (1, 1, 1, 1)},
    }
    files = Files({b"same": (1, 1, 1, 1), b"shut/": (UNLISTED, 0, 0, 0), **old}, (b"shut/",))
    paths = (b"same", b"longer", b"later", b"touched", b"replaced", b"gone", b"shut/a", b"shut/b/c", b"shutter")
    known = [(path, 1, 1, 1, 1, path[:1]) for path in sorted(paths)]
    changed, gone = parted(find_changes(files, known))
    shut = ScannedFile(b"shut/", UNLISTED, 0, 0, 0)
    assert set(changed) == {ScannedFile(path, *stamp, digest(path)) for path, stamp in old.items()} | {shut}
    assert gone == [b"gone", b"shutter"]
    before = {one.now.path: one.before for one in find_changes(files, known) if one.now}
    assert before[b"longer"] == ScannedFile(b"longer", 1, 1, 1, 1, b"l")
    assert before[b"new"] is None
    changed, gone = parted(find_changes(files, known, has_inodes=False))
    assert b"replaced" not in {one.path for one in changed}
    assert len(changed) == len(old)


@pytest.mark.parametrize("seed", range(20))
def test_what_changes_is_found_whatever_the_names(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    names = [
        "/".join(
            (*choose.choices(("a", "a.b", "a-b", "a b", "a.yaml", "a0", "\x7f", "ä"), k=choose.randint(0, 2)), end)
        )
        for end in choose.choices(("x.yaml", "a.yaml", "-.yaml", "a.b.yaml", "aa.yaml", "ä.yaml"), k=12)
    ]
    found = set[bytes]()
    for name in names:
        if not any((tmp_path / name).parents[n].is_file() for n in range(3)) and not (tmp_path / name).exists():
            found.add(os.fsencode(written(tmp_path, name, "x").relative_to(tmp_path)))
    files = dict(LibraryFiles(tmp_path))
    assert list(files) == sorted(found)
    kept = set(choose.sample(sorted(found), len(found) // 2))
    known = sorted([(path, *files[path], b"") for path in kept] + [(b"a/gone.yaml", 1, 1, 1, 1, b"")])
    changed, gone = parted(find_changes(LibraryFiles(tmp_path), known))
    assert {one.path for one in changed} == found - kept
    assert gone == [b"a/gone.yaml"]


def test_a_link_gives_way_to_a_hard_link_that_comes_later(tmp_path: Path) -> None:
    """Whether it counts is known at the end; until then what the index has of it is not gone."""
    library = tmp_path / "library"
    for name in ("library/m.yaml", "one", "two"):
        written(tmp_path, name, "x")
    os.link(tmp_path / "one", library / "z.yaml")
    os.link(tmp_path / "two", tmp_path / "three")
    for name, target in {"a.yaml": "one", "b.yaml": "two", "c.yaml": "three", "n.yaml": "m.yaml"}.items():
        (library / name).symlink_to((library if target == "m.yaml" else tmp_path) / target)
    files = dict(LibraryFiles(library))
    assert list(files) == [b"m.yaml", b"z.yaml", b"b.yaml"]
    known = [(path, *stamp, b"") for path, stamp in sorted(files.items())]
    assert list(find_changes(LibraryFiles(library), known)) == []
    others = [(path, 1, 1, 1, 1, b"") for path in (b"a.yaml", b"b.yaml")]
    changed, gone = parted(find_changes(LibraryFiles(library), others))
    assert {one.path for one in changed} == set(files)
    assert gone == [b"a.yaml"]


def test_many_changes_are_all_found_again(tmp_path: Path) -> None:
    changes = [FileChange(ScannedFile(b"%05d.yaml" % at, 0, at % 1_000, 0, 1 << 62), None) for at in range(30_000)]
    changes += [FileChange(None, ScannedFile(b"gone/%d" % at, 1, 1)) for at in range(1_234)]
    with closing(ChangedFiles()) as kept:
        kept.add(changes)
        found = list(kept.find_newest_first(tmp_path))
        gone = list(kept.find_gone(500))
        assert (kept.changed, kept.gone) == (30_000, 1_234)
    assert sorted(found) == [one.now for one in changes if one.now]
    # Without a date the order of those that were looked into is that of their paths.
    assert [look.mtime_ns for look in found[20_000:]] == sorted(
        (look.mtime_ns for look in found[20_000:]), reverse=True
    )
    assert [len(paths) for paths in gone] == [500, 500, 234]


def test_where_temporary_files_find_no_room_it_is_said() -> None:
    with closing(ChangedFiles()) as changes:
        changes._database.execute("PRAGMA max_page_count = 8")
        with pytest.raises(IndexWriteError, match=r"no room in the folder for temporary files.*set TMPDIR"):
            changes.add(FileChange(ScannedFile(b"%0200d" % at, 0, 0), None) for at in range(1_000))


def test_an_error_of_the_index_is_not_one_of_temporary_files() -> None:
    def damaged() -> Iterator[FileChange]:
        yield FileChange(None, ScannedFile(b"a", 0, 0))
        raise sqlite3.DatabaseError("database disk image is malformed")

    with closing(ChangedFiles()) as changes, pytest.raises(sqlite3.DatabaseError):
        changes.add(damaged())


def digest(path: bytes) -> bytes:
    return b"" if path == b"new" else path[:1]


def test_what_was_published_last_comes_first(tmp_path: Path) -> None:
    written(tmp_path, "old.yaml", article(published="2019-01-01"))
    written(tmp_path, "new.yaml", article(published="'2023-01-01'"))
    written(tmp_path, "undated.yaml", article())
    written(tmp_path, "year.yaml", article(published="2022"))
    written(tmp_path, "later.yaml", "x")
    assert newest_first(tmp_path) == ["new.yaml", "year.yaml", "old.yaml", "later.yaml", "undated.yaml"]


@pytest.mark.parametrize(
    ("files", "paths", "content", "sizes"),
    [
        (3, 100, 100, [3, 3, 1]),
        (10, 100, 100, [7]),
        (10, 4, 100, [2, 2, 2, 1]),
        (10, 1, 100, [1] * 7),
        (10, 100, 10, [5, 2]),
        (10, 100, 0, [1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_files_are_handed_out_by_number_paths_and_contents(
    files: int, paths: int, content: int, sizes: list[int]
) -> None:
    given = [ScannedFile(b"%02d" % at, 2, 0) for at in range(7)]
    chunks = list(split_into_batches(given, files, paths, content))
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
    assert newest_first(tmp_path) == ["c.yaml", "a.json", "b.yaml"]
