"""Whatever is done to the files of an index, the next program says so and answers as from a new one.

Each harm is done to the files of a finished index, as another program or a bad disk would do it.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from dossier.library.index.location import index_path
from dossier.library.index.update import update_index
from torture.answers import Answers, answers, differences, write_library

Harm = Callable[[Path, random.Random], None]
PAGE = 4_096


def flip(path: Path, chance: random.Random, number: int = 1) -> None:
    """Flip some bits of a file."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        for _ in range(number if size else 0):
            at = chance.randrange(size)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def overwrite(at: int, with_: bytes) -> Harm:
    """Return what writes some bytes at a place of the file, from its end where that is negative."""

    def harm(path: Path, chance: random.Random) -> None:
        with path.open("r+b") as file:
            file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
            file.write(with_)

    return harm


def page_of(byte: bytes) -> Harm:
    """Return what fills a page of the file with a byte."""

    def harm(path: Path, chance: random.Random) -> None:
        number = chance.randrange(1, path.stat().st_size // PAGE)
        overwrite(number * PAGE, byte * PAGE)(path, chance)

    return harm


def swap_pages(path: Path, chance: random.Random) -> None:
    """Swap two pages: each is whole, but in the place of the other."""
    with path.open("r+b") as file:
        one, two = (PAGE * at for at in chance.sample(range(1, path.stat().st_size // PAGE), 2))
        read = [(file.seek(at), file.read(PAGE))[1] for at in (one, two)]
        for at, page in zip((two, one), read, strict=True):
            file.seek(at)
            file.write(page)


def truncate_to(share: float) -> Harm:
    """Return what cuts the file to a share of its size."""
    return lambda path, chance: os.truncate(path, int(path.stat().st_size * share))


def add_bytes(path: Path, chance: random.Random) -> None:
    """Append to the file."""
    with path.open("ab") as file:
        file.write(b"x" * 10_000)


def in_sql(*statements: str) -> Harm:
    """Return what another program does with the tables."""

    def harm(path: Path, chance: random.Random) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return harm


def replaced_by(make: Callable[[Path], object], ending: str = "") -> Harm:
    """Return what makes something else in the place of one of the files."""

    def harm(path: Path, chance: random.Random) -> None:
        place = Path(f"{path}{ending}")
        place.unlink(missing_ok=True)
        make(place)

    return harm


def of_another_library(path: Path, chance: random.Random) -> None:
    """Put the index of another library in its place."""
    other = path.parent / "another-library"
    write_library(other, 3)
    update_index(other)
    shutil.copy(index_path(other), path)


def copied(path: Path, chance: random.Random) -> None:
    """Put a copy of the file in its place, with a flipped bit."""
    new = path.with_suffix(".copy")
    shutil.copy2(path, new)
    flip(new, chance)
    new.replace(path)


def with_old_times(path: Path, chance: random.Random) -> None:
    """Flip a bit, and set the time of change back."""
    before = path.stat()
    flip(path, chance)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def beside(ending: str, harm: Harm) -> Harm:
    """Return what harms another of the files, where it is there."""

    def harmed(path: Path, chance: random.Random) -> None:
        if (one := Path(f"{path}{ending}")).exists():
            harm(one, chance)

    return harmed


def folder_with_a_file(path: Path) -> None:
    """Make a folder that cannot just be removed."""
    path.mkdir()
    (path / "kept.txt").write_text("kept")


HARMS: dict[str, Harm] = {
    **{f"a flipped bit, {number}": flip for number in range(1, 9)},
    "a hundred flipped bits": lambda path, chance: flip(path, chance, 100),
    "a flipped bit, time of change set back": with_old_times,
    "a copy with a flipped bit": copied,
    "a page of zeros": page_of(b"\0"),
    "a page of ones": page_of(b"\xff"),
    "two pages swapped": swap_pages,
    "the header of something else": overwrite(0, b"<!DOCTYPE html>\n"),
    "another size of pages": overwrite(16, b"\x20\x00"),
    "another format of the write-ahead log": overwrite(18, b"\x07\x07"),
    "another text encoding": overwrite(56, b"\0\0\0\3"),
    "another application id": overwrite(68, b"abcd"),
    "another schema cookie": overwrite(40, b"\1\2\3\4"),
    "the last page overwritten": overwrite(-PAGE, b"\x55" * PAGE),
    "cut to nothing": truncate_to(0),
    "cut to a half": truncate_to(0.5),
    "cut by a byte": lambda path, chance: os.truncate(path, path.stat().st_size - 1),
    "bytes added": add_bytes,
    "removed": lambda path, chance: path.unlink(),
    "text": replaced_by(lambda path: path.write_text("no index\n" * 1_000)),
    "a database without tables": replaced_by(lambda path: sqlite3.connect(path).close()),
    "a folder": replaced_by(Path.mkdir),
    "a folder with a file": replaced_by(folder_with_a_file),
    "a named pipe": replaced_by(os.mkfifo),
    "a link to nothing": replaced_by(lambda path: path.symlink_to("nowhere")),
    "a link to itself": replaced_by(lambda path: path.symlink_to(path)),
    "another library's": of_another_library,
    "of an older version": in_sql("UPDATE meta SET value = '1' WHERE key = 'version'"),
    "of a newer version": in_sql("UPDATE meta SET value = '99' WHERE key = 'version'"),
    "without a table": in_sql("DROP TABLE borne"),
    "a row changed by another program": in_sql("UPDATE person SET articles = articles + 1"),
    "rows deleted by another program": in_sql("DELETE FROM borne WHERE row % 3 = 0"),
    "the log: random bytes": replaced_by(lambda path: path.write_bytes(bytes(range(256)) * 400), "-wal"),
    "the log: a folder": replaced_by(Path.mkdir, "-wal"),
    "the log: a named pipe": replaced_by(os.mkfifo, "-wal"),
    "the shared memory: flipped bits": beside("-shm", lambda path, chance: flip(path, chance, 200)),
    "the shared memory: a folder": replaced_by(Path.mkdir, "-shm"),
    "the checksums: a flipped bit": beside(".sums", flip),
    "the checksums: removed": replaced_by(lambda path: None, ".sums"),
    "the checksums: a folder": replaced_by(Path.mkdir, ".sums"),
    "the lock: a folder": replaced_by(Path.mkdir, ".lock"),
}


def harm_indexes(root: Path, articles: int, seed: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Make a library in the folder `root`, do every harm to its index, and yield what was answered wrongly then."""
    write_library(root, articles)
    update_index(root)
    right = answers(root)
    path = index_path(root)
    sound = path.parent.with_name("sound")
    shutil.copytree(path.parent, sound)
    for name, harm in HARMS.items():
        yield name, harm_index(root, sound, harm, right, random.Random(f"{seed} {name}"))


def harm_index(root: Path, sound: Path, harm: Harm, right: Answers, chance: random.Random) -> list[str]:
    """Put a sound index in its place, harm it, and return the questions that an update leaves answered wrongly."""
    folder = index_path(root).parent
    shutil.rmtree(folder)
    shutil.copytree(sound, folder)
    update_index(root)
    harm(index_path(root), chance)
    update_index(root)
    return differences(right, answers(root))
