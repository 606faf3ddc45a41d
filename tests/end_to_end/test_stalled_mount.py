"""Tests on a pseudo-terminal, with the server of a real file system stopped behind the open file: `q` always works."""

import shutil
import signal
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from ptys import Line, line, python
from reader import NATO
from rooms import DATA
from stalled_mounts import in_mount, why_not
from waiting import until


@pytest.fixture(scope="module", autouse=True)
def _permitted(tmp_path_factory: pytest.TempPathFactory) -> None:
    if reason := why_not(tmp_path_factory.mktemp("try")):
        pytest.skip(f"no file system can be mounted here ({reason})")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return Path(shutil.copy(NATO, tmp_path / "files" / "article.yaml"))


def stop_server(far: Line, article: Path) -> None:
    """Have the server stop at the next look at a file, and wait for that."""
    flag = article.parent.parent / "stalled"
    flag.touch()
    until(lambda: not far.has_come(b"never") and Path(f"{flag}.met").exists())


def dossier_there(article: Path, at: str = "") -> AbstractContextManager[Line]:
    """Run the program with a path of the mount that shows the folder of the article."""
    home, place = article.parent.parent, article.parent.parent / "mount"
    command = python("-m", "dossier", str(place / at))
    return line(in_mount(article.parent, place, home / "stalled", *command), HOME=str(home))


def assert_ended(far: Line, *statuses: int) -> None:
    assert far.status() in (statuses or (0,))
    assert far.attributes() == far.before
    assert not far.has_come(b"\x1b[?1049h") or far.has_come(b"\x1b[?1049l")


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_the_mount_of_the_open_file_stalls(article: Path, key: str) -> None:
    with dossier_there(article, article.name) as far:
        far.wait("1/27")
        stop_server(far, article)
        far.type("\t\t")
        far.wait("1/9")
        far.type(key)
        assert_ended(far)


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_the_mount_of_the_library_stalls_while_an_article_is_opened(article: Path, key: str) -> None:
    shutil.copy(DATA / "port-arlen/2021-03-14-quay-audit.yaml", article.parent)
    with dossier_there(article) as far:
        far.wait("2 articles")
        far.type("j")
        far.wait("2/2")
        stop_server(far, article)
        far.type("\r")
        far.wait("the disk does not answer")
        far.type(key)
        assert_ended(far)


def test_interrupted_while_the_mount_does_not_answer_at_the_start(article: Path) -> None:
    (article.parent.parent / "stalled").touch()
    with dossier_there(article, article.name) as far:
        stop_server(far, article)
        far.kill(signal.SIGINT)
        # At first the signal itself ends the process, since the program could not. To a shell it is the same.
        assert_ended(far, -signal.SIGINT, 128 + signal.SIGINT)
