"""What visitors do: a file given under two names, folders that may not be entered, a mask that takes all rights."""

import os
from pathlib import Path

import pytest
from shell import Output, write_article

from dossier.cli import index_update
from dossier.cli.main import main
from dossier.library.index.location import index_path, is_marked_damaged


@pytest.mark.parametrize("words", [["one.yaml", "two.yaml"], ["two.yaml", "one.yaml"], [".", "link"], ["link", "."]])
def test_a_path_and_a_link_to_it_are_checked_once(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    monkeypatch.chdir(library)
    write_article(library, "one")
    if "two.yaml" in words:
        Path("two.yaml").symlink_to("one.yaml")
    Path("link").symlink_to(library)
    main(["check", *words])
    assert capsys.readouterr().err.endswith(" in 1 article\n")


def refuse(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Let the system refuse to look at paths with this in them."""
    look = os.stat

    def stat(path: "os.PathLike[str] | str | int", *words: object, **named: object) -> os.stat_result:
        if not isinstance(path, int) and part in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return look(path, *words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", stat)


@pytest.mark.parametrize(("name", "words"), [("closed/a.yaml", "Permission denied"), ("a.yaml", "no such file")])
def test_show_tells_a_folder_that_may_not_be_entered_from_a_missing_file(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    refuse(monkeypatch, "closed")
    assert main(["show", name]) == 2
    assert f"dossier: {name}: {words}" in capsys.readouterr().err


def test_an_index_that_cannot_be_looked_at_is_not_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, ".damaged")
    assert not is_marked_damaged(tmp_path / "a.sqlite")


def test_the_folder_that_cannot_be_listed_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def update(root: Path, *words: object) -> None:
        raise PermissionError(13, "Permission denied", os.fsencode(root))

    monkeypatch.setattr(index_update, "update_index", update)
    assert main(["index", str(tmp_path)]) == 2
    assert f"dossier: {tmp_path}: Permission denied" in capsys.readouterr().err


def test_the_temporary_folder_can_be_entered_whatever_the_mask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    cache.write_text("in the way", "utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = os.umask(0o777)
    try:
        path = index_path(tmp_path, {"XDG_CACHE_HOME": str(cache)})
    finally:
        os.umask(before)
    assert path.parent.parent == tmp_path
    assert path.parent.stat().st_mode & 0o777 == 0o700
