"""Where an export is written, the names of its files, and the line that shows how far it is."""

import errno
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossier.cli.arguments import CommandError
from dossier.cli.export_output import ExportProgress, make_namer, write_pieces


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def clock(*times: float) -> Callable[[], float]:
    """Return a clock that tells these times, one at each look, and then the last one for ever."""
    coming = iter(times)
    return lambda: next(coming, times[-1])


def test_what_takes_less_than_half_a_second_shows_nothing() -> None:
    terminal = Terminal()
    progress = ExportProgress(terminal, clock(0, 0.4))
    for _ in range(9):
        progress.advance()
    progress.end()
    assert terminal.getvalue() == ""


def test_what_takes_longer_shows_a_bar_that_is_erased_at_the_end() -> None:
    terminal = Terminal()
    progress = ExportProgress(terminal, clock(0, 0.6))
    progress.total = 1_200
    for _ in range(300):
        progress.advance()
    shown = "[--------------------] 1 of 1,200 articles"
    assert terminal.getvalue() == f"\r{shown}"
    progress.end()
    assert terminal.getvalue() == f"\r{shown}\r{' ' * len(shown)}\r"
    progress.advance()
    progress.end()
    assert terminal.getvalue().count("\r") == 3


@pytest.mark.parametrize(
    ("total", "last"), [(0, "3 articles"), (4, "[###############-----] 3 of 4 articles"), (2, "3 articles")]
)
def test_the_bar_tells_how_many_articles_were_read(total: int, last: str) -> None:
    terminal = Terminal()
    progress = ExportProgress(terminal, clock(0, *range(1, 20)))
    progress.total = total
    for _ in range(3):
        progress.advance()
    assert terminal.getvalue().rpartition("\r")[2].rstrip() == last


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_there_is_no_bar_but_on_a_terminal(stream: io.StringIO | None) -> None:
    progress = ExportProgress(stream, clock(0, 9))
    progress.advance()
    progress.end()
    assert stream is None or stream.getvalue() == ""


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["ferry-pact"], ["ferry-pact.txt"]),
        (["A", "a", "á"], ["A.txt", "a-2.txt", "á.txt"]),
        (["a", "a", "a-2", "a"], ["a.txt", "a-2.txt", "a-2-2.txt", "a-3.txt"]),
        (["../../etc/passwd", "..", "/", ""], ["etc-passwd.txt", "article.txt", "article-2.txt", "article-3.txt"]),
        (["-rf", ".hidden"], ["rf.txt", "hidden.txt"]),
        (["a b\x1b[2Jc\u202ed\n"], ["a-b--2Jc-d-.txt"]),
        (["C:\\con|?*"], ["C--con---.txt"]),
        (["a", "A", "a-2", "a", "A", "a-3"], ["a.txt", "A-2.txt", "a-2-2.txt", "a-3.txt", "A-4.txt", "a-3-2.txt"]),
    ],
)
def test_the_names_of_files_are_safe_and_no_two_are_one(ids: list[str], names: list[str]) -> None:
    name_file = make_namer("txt")
    assert [name_file(id) for id in ids] == names


@pytest.mark.parametrize("letter", ["a", "한", "𠀀", "\udcff"])
def test_a_long_id_makes_a_name_that_a_file_can_have(letter: str, tmp_path: Path) -> None:
    name_file = make_namer("jsonl")
    for _ in range(2):
        (tmp_path / name_file(letter * 500)).touch()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a" * 100_000
        assert not (tmp_path / "out").exists()
        yield b"b"

    write_pieces(tmp_path / "out", pieces(), False)
    assert (tmp_path / "out").read_bytes() == b"a" * 100_000 + b"b"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_file_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a" * 100_000
        raise CommandError("no more")

    (tmp_path / "out").write_bytes(b"old")
    with pytest.raises(CommandError, match="no more"):
        write_pieces(tmp_path / "out", pieces(), True)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out", b"old")]


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root, as whom tests may run, could write to every folder.
    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(CommandError, match=r"/out: Permission denied; name a file that can be written"):
        write_pieces(tmp_path / "out", [b"a"], False)
    assert list(tmp_path.iterdir()) == []
