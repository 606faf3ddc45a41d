"""Tests of exported files: a file is there as a whole or not at all, and what cannot be is said."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.export.export_file import ExportFileError, resolve_export_path, write_whole_file


def test_a_name_is_one_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert resolve_export_path(" quotes.md ") == tmp_path / "quotes.md"
    assert resolve_export_path("~/quotes.md") == tmp_path / "quotes.md"
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert resolve_export_path("link") == tmp_path / "file"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "type the name of a file"),
        ("  ", "type the name of a file"),
        ("-", "- is not a file: type a name"),
        ("there", "there is a folder: add the name of a file"),
        ("new/", "new/ is a folder: add the name of a file"),
        ("/dev/null", "/dev/null is not a regular file: choose another name"),
        ("a\0b", "a␀b cannot be written: it has a null character"),
        ("x" * 300, f"{'x' * 300} cannot be written: File name too long"),
    ],
)
def test_what_is_no_name(typed: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    with pytest.raises(ExportFileError) as told:
        resolve_export_path(typed)
    assert str(told.value) == message


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportFileError, match=r"no folder .*/gone: create it first, or choose another"):
        resolve_export_path(str(tmp_path / "gone" / "quotes.md"))


def test_the_file_has_all_pieces_and_nothing_is_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "quotes.md"
    write_whole_file(path, iter([b"one\n", b"two\n"]), may_replace=False)
    assert path.read_bytes() == b"one\ntwo\n"
    path.chmod(0o640)
    write_whole_file(path, iter([b"three\n"]), may_replace=True)
    assert path.read_bytes() == b"three\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["quotes.md"]


def test_the_longest_name_of_a_file_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'한' * 84}.md"
    write_whole_file(path, [b"a"], may_replace=False)
    assert path.read_bytes() == b"a"


def test_one_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "quotes.md"
    path.write_text("mine")
    with pytest.raises(ExportFileError, match=r"quotes\.md has been created meanwhile: nothing was written"):
        write_whole_file(path, [b"other"], may_replace=False)
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["quotes.md"]


def test_what_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise KeyError

    with pytest.raises(KeyError):
        write_whole_file(tmp_path / "quotes.md", pieces(), may_replace=True)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportFileError, match=r"quotes\.md: No space left on device"):
        write_whole_file(tmp_path / "quotes.md", pieces(), may_replace=True)
    assert os.listdir(tmp_path) == []


def test_a_link_stays_and_the_file_behind_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "quotes.md"
    link.symlink_to(tmp_path / "far" / "own.md")
    for content in (b"one", b"two"):
        write_whole_file(link, [content], may_replace=True)
        assert link.is_symlink()
        assert (tmp_path / "far" / "own.md").read_bytes() == content
    assert os.listdir(tmp_path / "far") == ["own.md"]


def test_one_that_comes_while_it_is_written_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "quotes.md"

    def pieces() -> Iterator[bytes]:
        yield b"other"
        path.write_text("mine")

    with pytest.raises(ExportFileError, match=r"quotes\.md has been created meanwhile: nothing was written"):
        write_whole_file(path, pieces(), may_replace=False)
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["quotes.md"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_what_is_no_file_is_written_to_directly_and_its_errors_are_told() -> None:
    write_whole_file(Path("/dev/null"), [b"x"], may_replace=False)
    with pytest.raises(ExportFileError, match=r"/dev/full: No space left on device"):
        write_whole_file(Path("/dev/full"), [b"x"], may_replace=False)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportFileError, match=r"/gone/quotes\.md: No such file or directory; name a file"):
        write_whole_file(tmp_path / "gone" / "quotes.md", [b"x"], may_replace=True)
