"""What is kept of an article is used only for the file that it was read from, and costs little room."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.library import kept_articles
from dossier.library.kept_articles import ReadArticle, keep_article, mark_opened, read_content, read_kept_article
from dossier.loader.article import parse_article
from dossier.loader.limits import Limits

CONTENT = b"headline: Arms\nbody: The minister came.\n"


def article_file(folder: Path, content: bytes = CONTENT) -> Path:
    path = folder / "arms.yaml"
    path.write_bytes(content)
    return path


def read(path: Path, content: bytes = CONTENT) -> ReadArticle:
    article, problems = parse_article(content, str(path))
    assert article
    return article, problems


def kept_files(cache: Path) -> list[Path]:
    return sorted((cache / "dossier" / "articles").iterdir())


@pytest.fixture
def kept(tmp_path: Path, cache: Path) -> Path:
    """Return the path of an article that is kept."""
    path = article_file(tmp_path)
    keep_article(path, CONTENT, Limits(), read(path))
    return path


def test_a_kept_article_is_the_one_that_was_read(kept: Path) -> None:
    assert read_content(kept, Limits()) == CONTENT
    assert read_kept_article(kept, CONTENT, Limits()) == read(kept)


def test_only_the_user_can_read_what_is_kept(kept: Path, cache: Path) -> None:
    (file,) = kept_files(cache)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("content", "limits"),
    [(CONTENT + b"\n", Limits()), (CONTENT.replace(b"came", b"went"), Limits()), (CONTENT, Limits(entries=7))],
)
def test_another_content_and_other_limits_are_read_afresh(kept: Path, content: bytes, limits: Limits) -> None:
    assert read_kept_article(kept, content, limits) is None


def test_another_path_of_the_file_is_read_afresh(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept.parent)
    assert read_kept_article(Path(kept.name), CONTENT, Limits()) is None


def test_an_edited_article_replaces_the_one_before(kept: Path, cache: Path) -> None:
    edited = CONTENT.replace(b"came", b"went")
    keep_article(kept, edited, Limits(), read(kept, edited))
    assert len(kept_files(cache)) == 1
    assert read_kept_article(kept, edited, Limits()) == read(kept, edited)


def test_whatever_byte_is_damaged_nothing_wrong_is_read(kept: Path, cache: Path) -> None:
    (file,) = kept_files(cache)
    whole = file.read_bytes()
    found = []
    # To write the whole file each time would wait for the disk thousands of times.
    with file.open("r+b", buffering=0) as damaged:
        for at, byte in enumerate(whole):
            for wrong in (byte ^ 1, byte ^ 0xFF):
                os.pwrite(damaged.fileno(), bytes([wrong]), at)
                found.append(read_kept_article(kept, CONTENT, Limits()))
            os.pwrite(damaged.fileno(), whole[at : at + 1], at)
    assert read_kept_article(kept, CONTENT, Limits()) is not None
    assert set(found) == {None}


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_others_could_have_written_is_not_read(kept: Path, cache: Path, mode: int) -> None:
    kept_files(cache)[0].chmod(mode)
    assert read_kept_article(kept, CONTENT, Limits()) is None


def test_a_named_pipe_in_its_place_is_not_waited_for(kept: Path, cache: Path) -> None:
    (file,) = kept_files(cache)
    file.unlink()
    os.mkfifo(file)
    assert read_kept_article(kept, CONTENT, Limits()) is None


def changed_stamp(file: str) -> tuple[int, int]:
    return 7, 7


@pytest.mark.parametrize(
    "change",
    [
        lambda patch: patch.setattr(sys, "version", "4.0"),
        lambda patch: patch.setattr(kept_articles, "__file__", "/elsewhere/kept_articles.py"),
        lambda patch: patch.setattr(kept_articles, "_stamp", changed_stamp),
    ],
    ids=["another Python", "the program elsewhere", "another version"],
)
def test_what_another_program_kept_is_read_afresh(
    kept: Path, change: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch)
    assert read_kept_article(kept, CONTENT, Limits()) is None


def test_a_program_that_was_replaced_keeps_nothing(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_articles, "_STARTED", 0)
    path = article_file(tmp_path)
    keep_article(path, CONTENT, Limits(), read(path))
    assert not (cache / "dossier").exists()
    assert read_kept_article(path, CONTENT, Limits()) is None


def test_the_ones_opened_last_stay(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_articles, "MOST_KEPT", 3)
    paths = [tmp_path / f"{number}.yaml" for number in range(5)]
    for age, path in enumerate(paths[:3]):
        keep_article(path, CONTENT, Limits(), read(path))
        newest = max(kept_files(cache), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (age, age))
    mark_opened(paths[0])
    for path in paths[3:]:
        keep_article(path, CONTENT, Limits(), read(path))
    assert len(kept_files(cache)) == 3
    assert [read_kept_article(path, CONTENT, Limits()) is not None for path in paths] == [
        True,
        False,
        False,
        True,
        True,
    ]


def test_a_large_article_is_not_kept(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_articles, "MOST_BYTES", 100)
    path = article_file(tmp_path, CONTENT * 3)
    assert read_content(path, Limits()) is None
    assert read_content(article_file(tmp_path), Limits(size=10)) is None
    keep_article(path, CONTENT, Limits(), read(path))
    assert not (cache / "dossier" / "articles").exists()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, cache: Path) -> None:
    cache.write_text("no folder", "utf-8")
    path = article_file(tmp_path)
    keep_article(path, CONTENT, Limits(), read(path))
    mark_opened(path)
    assert read_kept_article(path, CONTENT, Limits()) is None


@pytest.mark.parametrize("name", ["", "missing.yaml", "nul\0.yaml"])
def test_what_is_no_file_has_no_content(tmp_path: Path, name: str) -> None:
    assert read_content(tmp_path / name, Limits()) is None
