"""What is kept of articles harms nothing and stays right, whatever has become of the cache folder."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from dossier.core import whole_file
from dossier.library import kept_articles
from dossier.library.kept_articles import (
    MOST_BYTES,
    MOST_KEPT,
    ReadArticle,
    keep_article,
    mark_opened,
    read_content,
    read_kept_article,
)
from dossier.loader.article import parse_article
from dossier.loader.limits import Limits

CONTENT = b"headline: Arms\nbody: The minister came.\nquotes:\n- x: was not said\n"


def read(path: Path, content: bytes = CONTENT) -> ReadArticle:
    article, problems = parse_article(content, str(path))
    assert article
    return article, problems


def keep(path: Path, content: bytes = CONTENT) -> None:
    keep_article(path, content, Limits(), read(path, content))


def is_kept(path: Path, content: bytes = CONTENT) -> bool:
    """Return whether the article is kept; what is kept must be what was read."""
    kept = read_kept_article(path, content, Limits())
    assert kept is None or kept == read(path, content)
    return kept is not None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of an article."""
    file = tmp_path / "arms.yaml"
    file.write_bytes(CONTENT)
    return file


@pytest.fixture
def folder(cache: Path) -> Path:
    """Return the folder of the articles that are kept."""
    return cache / "dossier" / "articles"


def test_a_file_that_was_cut_off_anywhere_or_has_more_is_replaced(path: Path, folder: Path) -> None:
    keep(path)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for end in reversed(range(len(whole))):
        os.truncate(file, end)
        assert not is_kept(path)
    file.write_bytes(whole + b"0")
    assert not is_kept(path)
    keep(path)
    assert is_kept(path)


def test_another_content_of_the_same_size_and_time_is_read_afresh(path: Path) -> None:
    keep(path)
    status = path.stat()
    path.write_bytes(CONTENT.replace(b"came", b"went"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    content = read_content(path, Limits())
    assert content is not None
    assert not is_kept(path, content)


@pytest.mark.parametrize("limits", [Limits()._replace(**{name: 7_000}) for name in Limits._fields])
def test_every_limit_counts(path: Path, limits: Limits) -> None:
    keep(path)
    assert read_kept_article(path, CONTENT, limits) is None


def test_every_spelling_of_a_path_is_kept_as_it_is_shown(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    spellings = (path, link, Path(path.name), Path("..", path.parent.name, path.name), Path("link.yaml"))
    for one in spellings:
        keep(one)
        kept = read_kept_article(one, CONTENT, Limits())
        assert kept == read(one)
        assert kept[0].path == str(one)


def test_a_path_in_another_working_folder_is_another_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(Path(path.name))
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.chdir(other)
    assert not is_kept(Path(path.name))


def test_a_working_folder_that_is_gone_is_no_error(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    keep(Path("arms.yaml"))
    mark_opened(Path("arms.yaml"))
    assert not is_kept(Path("arms.yaml"))


def test_content_and_article_together_have_a_bound(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path)
    size = next(folder.iterdir()).stat().st_size
    monkeypatch.setattr(kept_articles, "MOST_BYTES", size - 1)
    keep(path.with_name("other.yaml"))
    assert len(list(folder.iterdir())) == 1
    assert not is_kept(path)
    monkeypatch.setattr(kept_articles, "MOST_BYTES", size)
    assert is_kept(path)


def test_all_articles_together_have_a_bound(path: Path, folder: Path) -> None:
    large = CONTENT + b"  # " + b"x" * (MOST_BYTES - 10_000) + b"\n"
    assert MOST_BYTES * MOST_KEPT == 50 * 1024 * 1024
    (folder / "0" / "0").mkdir(parents=True)
    folder.chmod(0o700)
    os.utime(folder / "0", (0, 0))
    for number in range(MOST_KEPT + 3):
        keep(path.with_name(f"{number}.yaml"), large if number < 2 else CONTENT)
    files = [one for one in folder.iterdir() if one.is_file()]
    assert len(files) == MOST_KEPT
    assert max(one.stat().st_size for one in files) <= MOST_BYTES


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_in_a_folder_that_others_can_write_to_nothing_is_written(path: Path, folder: Path, mode: int) -> None:
    # Otherwise they could have any file of this user replaced, by a link.
    keep(path)
    (file,) = folder.iterdir()
    mine = path.with_name("mine")
    mine.write_text("mine", "utf-8")
    file.unlink()
    file.symlink_to(mine)
    folder.chmod(mode)
    keep(path)
    assert mine.read_text("utf-8") == "mine"
    assert not is_kept(path)


def test_in_a_folder_of_another_user_nothing_is_written(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(path)
    (file,) = folder.iterdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not is_kept(path)
    file.unlink()
    keep(path)
    assert list(folder.iterdir()) == []


def lead_elsewhere(cache: Path, folder: Path) -> None:
    elsewhere = cache.with_name("elsewhere")
    elsewhere.mkdir(mode=0o700)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)


def lead_nowhere(cache: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.symlink_to(cache / "missing")


def lead_in_a_circle(cache: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.symlink_to(folder)


@pytest.mark.parametrize(("lead", "works"), [(lead_elsewhere, True), (lead_nowhere, False), (lead_in_a_circle, False)])
def test_the_folder_may_be_a_link(
    path: Path, cache: Path, folder: Path, lead: Callable[[Path, Path], None], works: bool
) -> None:
    lead(cache, folder)
    keep(path)
    assert is_kept(path) is works


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_keeps_what_was_kept(
    path: Path, folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:20])
        raise OSError(number, os.strerror(number))

    keep(path)
    monkeypatch.setattr(whole_file, "write_to_disk", refuse)
    keep(path, CONTENT + b"\n")
    assert len(list(folder.iterdir())) == 1
    assert is_kept(path)
    assert not is_kept(path, CONTENT + b"\n")


def test_a_program_that_was_killed_while_writing_harms_nothing(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:20])
        raise KeyboardInterrupt

    keep(path)
    with monkeypatch.context() as patch:
        patch.setattr(whole_file, "write_to_disk", stop)
        patch.setattr(os, "unlink", lambda _name: None)
        with pytest.raises(KeyboardInterrupt):
            keep(path, CONTENT + b"\n")
    assert len(list(folder.iterdir())) == 2
    assert is_kept(path)
    keep(path, CONTENT + b"\n")
    assert is_kept(path, CONTENT + b"\n")


def test_several_programs_may_keep_at_once(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_articles, "MOST_KEPT", 4)
    contents = [CONTENT + b"\n" * number for number in range(8)]
    paths = [path.with_name(f"{number}.yaml") for number in range(3)]
    wrong: list[bytes] = []

    def work(first: int) -> None:
        for at in range(9):
            content, one = contents[(first + at) % 8], paths[at % 3]
            keep(one, content)
            kept = read_kept_article(one, content, Limits())
            if kept not in (None, read(one, content)):
                wrong.append(content)

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    keep(path)
    assert is_kept(path)
    assert len(list(folder.iterdir())) <= 4


@pytest.mark.parametrize("home", [None, "", "relative", "/dev/null", "/nonexistent"])
def test_without_a_home_folder_nothing_is_kept(path: Path, home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pwd.getpwuid", lambda _user: (_ for _ in ()).throw(KeyError()))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(Path, "mkdir", refuse_folder)
    keep(path)
    mark_opened(path)
    assert not is_kept(path)


def refuse_folder(path: Path, **_options: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
