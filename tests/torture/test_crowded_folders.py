"""A library of ten thousand files in one folder, or in as many folders, is listed like any other."""

import os
from pathlib import Path

from dossier.library.index.scan import LibraryFiles, find_changes, scan_library

_NUMBER = 10_000


def _make_files(root: Path) -> None:
    for number in range(_NUMBER):
        os.close(os.open(root / f"{number:05}.yaml", os.O_CREAT | os.O_WRONLY))


def _make_folders(root: Path) -> None:
    for number in range(_NUMBER):
        os.mkdir(root / f"{number:05}")
    for number in range(0, _NUMBER, 100):
        (root / f"{number:05}" / "a.yaml").touch()


def _known(looked: LibraryFiles) -> list[tuple[object, ...]]:
    """Return what an index would have of these files."""
    return [(path, *stamp, b"") for path, stamp in looked.files.items()]


def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    _make_files(tmp_path)
    looked = scan_library(tmp_path)
    assert sorted(looked.files) == [b"%05d.yaml" % number for number in range(_NUMBER)]
    assert find_changes(looked, _known(looked)) == ([], [])
    (tmp_path / "04711.yaml").unlink()
    (tmp_path / "00815.yaml").write_text("headline: Ferry\nbody: A ferry.\n", "utf-8")
    changed, gone = find_changes(scan_library(tmp_path), _known(looked))
    assert ([one.path for one in changed], gone) == ([b"00815.yaml"], [b"04711.yaml"])


def test_ten_thousand_folders(tmp_path: Path) -> None:
    _make_folders(tmp_path)
    looked = scan_library(tmp_path)
    assert sorted(looked.files) == [b"%05d/a.yaml" % number for number in range(0, _NUMBER, 100)]
    assert (looked.hidden, looked.unlisted) == (0, ())
    (tmp_path / "00100" / "a.yaml").rename(tmp_path / "00101" / "a.yaml")
    changed, gone = find_changes(scan_library(tmp_path), _known(looked))
    assert ([one.path for one in changed], gone) == ([b"00101/a.yaml"], [b"00100/a.yaml"])
