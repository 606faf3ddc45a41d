"""A library of ten thousand files in one folder, or in as many folders, is listed like any other."""

import os
from pathlib import Path

from dossier.library.index.scan import LibraryFiles, Stamp, find_changes

_NUMBER = 10_000


def _make_files(root: Path) -> None:
    for number in range(_NUMBER):
        os.close(os.open(root / f"{number:05}.yaml", os.O_CREAT | os.O_WRONLY))


def _make_folders(root: Path) -> None:
    for number in range(_NUMBER):
        os.mkdir(root / f"{number:05}")
    for number in range(0, _NUMBER, 100):
        (root / f"{number:05}" / "a.yaml").touch()


def _known(files: dict[bytes, Stamp]) -> list[tuple[object, ...]]:
    """Return what an index would have of these files."""
    return [(path, *stamp, b"") for path, stamp in files.items()]


def _changed(root: Path, known: dict[bytes, Stamp]) -> tuple[list[bytes], list[bytes]]:
    """Return the paths of the files that changed, and of those that are gone."""
    changes = list(find_changes(LibraryFiles(root), _known(known)))
    return [one.now.path for one in changes if one.now], [
        one.before.path for one in changes if one.before and not one.now
    ]


def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    _make_files(tmp_path)
    known = dict(LibraryFiles(tmp_path))
    assert list(known) == [b"%05d.yaml" % number for number in range(_NUMBER)]
    assert _changed(tmp_path, known) == ([], [])
    (tmp_path / "04711.yaml").unlink()
    (tmp_path / "00815.yaml").write_text("headline: Ferry\nbody: A ferry.\n", "utf-8")
    assert _changed(tmp_path, known) == ([b"00815.yaml"], [b"04711.yaml"])


def test_ten_thousand_folders(tmp_path: Path) -> None:
    _make_folders(tmp_path)
    files = LibraryFiles(tmp_path)
    known = dict(files)
    assert list(known) == [b"%05d/a.yaml" % number for number in range(0, _NUMBER, 100)]
    assert (files.hidden, files.unlisted) == (0, ())
    (tmp_path / "00100" / "a.yaml").rename(tmp_path / "00101" / "a.yaml")
    assert _changed(tmp_path, known) == ([b"00101/a.yaml"], [b"00100/a.yaml"])
