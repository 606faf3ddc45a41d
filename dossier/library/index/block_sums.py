"""Checksums of the blocks of an index file, by which a flipped bit is noticed before anything is answered from it.

SQLite has no checksums of its pages. Ours are in a file beside the index, with the stamp (`FileStamp`) that the index
had when they were made. As long as the index has that stamp no other program has written it, and it is not read; once a
day it is read and compared all the same. While the index is written, and where its writer was killed, there are no
checksums: the next update makes them anew.

After an update only the blocks with pages in the write-ahead log are read, provided that SQLite never began the log
again from its start ("WAL File Format" in SQLite's documentation of its file format).
"""

import os
import struct
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.core.dataclasses import NamedTuple
from dossier.core.regular_file import open_regular_file
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.raw_file import NO_FILE, FileStamp, open_raw, read_stamp

BLOCK = 65_536
"""Bytes of a block: the largest page that SQLite has, so that no page is in two blocks."""
CHECKPOINT = 8_192
"""The number of pages in the write-ahead log at which SQLite copies them into the file, and may begin the log anew."""
_AGAIN = 86_400
"""Seconds after which all blocks are compared again, since a disk may change what no program wrote."""
_HEAD = struct.Struct("<8sI8Q")
_MAGIC = b"dossier1"
_LOG = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_TRIES = 3


class BlockSums(NamedTuple):
    """The checksums of the blocks of a file, its stamp, and when the two were last compared (Unix time).

    `packed` has four bytes for each checksum, since most who read them need the stamp alone.
    """

    stamp: FileStamp
    compared: int
    packed: bytes

    @property
    def sums(self) -> tuple[int, ...]:
        """The checksums in the order of the blocks."""
        return struct.unpack(f"<{len(self.packed) // 4}I", self.packed)

    def are_of(self, path: Path, stamp: FileStamp, is_read: bool = False) -> bool:
        """Return whether the file at `path`, which has this stamp, has these checksums.

        The file is read only if these checksums have another stamp, or `is_read` is true. A file whose write-ahead log
        has changed has other checksums: only the writer of the index writes the log.
        """
        if stamp == self.stamp and not is_read:
            return True
        return stamp.log == self.stamp.log and _compute(path) == self.sums


def sums_path(path: Path) -> Path:
    """Return the file with the checksums of the index at `path`."""
    return Path(f"{path}.sums")


def set_aside_sums_path(path: Path) -> Path:
    """Return the file with the checksums of the index as they were before the update that is under way."""
    return Path(f"{path}.sums-before")


def read_sums(file: Path) -> BlockSums | None:
    """Return the checksums in a file; None where there is no such file, or it is damaged itself."""
    try:
        with open_regular_file(file) as opened:
            found = opened.read()
    except OSError:
        return None
    if len(found) < _HEAD.size or (len(found) - _HEAD.size) % 4:
        return None
    magic, own, compared, *stamp = _HEAD.unpack_from(found)
    if magic != _MAGIC or own != zlib.crc32(found[12:]):
        return None
    return BlockSums(FileStamp(*stamp), compared, found[_HEAD.size :])


def pack_sums(sums: Sequence[int]) -> bytes:
    """Return checksums as `BlockSums` has them."""
    return struct.pack(f"<{len(sums)}I", *sums)


def is_as_written(path: Path) -> bool:
    """Return whether the index at `path` is as its last update left it, as far as can be told.

    This cannot be told of an index that is being written, or whose writer was killed: then it is True. The index is
    read only if its stamp is another than that of the checksums.
    """
    with suppress(OSError):
        for _ in range(_TRIES):
            known = read_sums(sums_path(path))
            stamp = read_stamp(str(path))
            if known is None or stamp == NO_FILE or known.are_of(path, stamp):
                return True
            # No program has begun to write the index since the checksums were read.
            if read_sums(sums_path(path)) == known and read_stamp(str(path)) == stamp:
                return False
    return True


class SumsWriter:
    """Writes the checksums of the index at `path` in one update, for the one program that writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before: BlockSums | None = None
        self._aside: BlockSums | None = None
        """The checksums in the file that is set aside."""
        self._changed: frozenset[int] | None = frozenset()

    @contextmanager
    def updating(self) -> Iterator[None]:
        """Return a context manager for the update.

        On entry it raises IndexDamagedError if the index is not as it was written, and on exit if it changed though
        nothing was written. If the checksums cannot be written, the index has none.
        """
        self._begin()
        try:
            yield
        except BaseException:
            # An update that is stopped while it looks for changes has written nothing.
            if self._before and read_stamp(str(self._path)) == self._before.stamp:
                self._put_back(self._before)
            raise
        self._finish()

    def read_log(self) -> None:
        """Read which pages have changed. To be called before the whole write-ahead log is copied into the file."""
        self._changed = _blocks_in_log(Path(f"{self._path}-wal"))

    def _begin(self) -> None:
        file, aside = sums_path(self._path), set_aside_sums_path(self._path)
        stamp = read_stamp(str(self._path))
        self._before = read_sums(file)
        if self._before is None:
            # A program that was killed before it wrote anything leaves these checksums, which still hold.
            self._before = read_sums(aside)
            if self._before and self._before.stamp != stamp:
                self._before = None
        elif stamp != NO_FILE:
            self._compare(stamp)
        with suppress(FileNotFoundError):
            file.rename(aside)
        self._aside = read_sums(aside)

    def _compare(self, stamp: FileStamp) -> None:
        """Compare all blocks if another program wrote the file, or if they were not compared for a day."""
        assert self._before
        now = int(time.time())
        is_old = abs(now - self._before.compared) >= _AGAIN
        if stamp == self._before.stamp and not is_old:
            return
        if not self._before.are_of(self._path, stamp, is_old):
            raise IndexDamagedError("the file is not as it was written")
        self._before = self._before._replace(stamp=stamp, compared=now)

    def _put_back(self, sums: BlockSums) -> None:
        """Put checksums in their place: those that were set aside for the update, or new ones."""
        file, aside = sums_path(self._path), set_aside_sums_path(self._path)
        with suppress(OSError):
            if sums == self._aside:
                aside.rename(file)
                return
            write_sums(file, sums)
            aside.unlink(missing_ok=True)

    def _finish(self) -> None:
        """Write the checksums of the index as it is now."""
        stamp, before, changed = read_stamp(str(self._path)), self._before, self._changed
        if before is None or changed is None or stamp.identity != before.stamp.identity:
            before = BlockSums(stamp, int(time.time()), pack_sums(_compute(self._path)))
        elif changed:
            sums = _compute(self._path, before.sums, changed)
            before = before._replace(stamp=stamp, packed=pack_sums(sums))
        elif stamp != before.stamp:
            if _compute(self._path) != before.sums:
                raise IndexDamagedError("the file changed, though nothing was written")
            before = before._replace(stamp=stamp)
        self._put_back(before)


def _compute(path: Path, known: tuple[int, ...] = (), changed: Iterable[int] | None = None) -> tuple[int, ...]:
    """Return the checksums of the blocks of a file. With `changed`, only these and blocks not in `known` are read."""
    with open_raw(path) as descriptor:
        if changed is None:
            return sum_blocks(descriptor)
        number = -(-os.fstat(descriptor).st_size // BLOCK)
        # The last known block may have been shorter then.
        at = max(0, min(len(known), number) - 1)
        sums = array("L", known[:at])
        sums.extend(zlib.crc32(os.pread(descriptor, BLOCK, one * BLOCK)) for one in range(at, number))
        for one in changed:
            if one < at:
                sums[one] = zlib.crc32(os.pread(descriptor, BLOCK, one * BLOCK))
    return tuple(sums)


def sum_blocks(descriptor: int) -> tuple[int, ...]:
    """Return the checksums of all blocks of an open file."""
    number = -(-os.fstat(descriptor).st_size // BLOCK)
    return tuple(zlib.crc32(os.pread(descriptor, BLOCK, one * BLOCK)) for one in range(number))


def write_sums(file: Path, sums: BlockSums, prepare: Callable[[int], object] = lambda descriptor: None) -> None:
    """Write checksums to a file in one step. Raises OSError.

    `prepare` is called with the descriptor of the new file.
    """
    rest = struct.pack("<8Q", sums.compared, *sums.stamp) + sums.packed
    new = Path(f"{file}-new")
    # Others may be able to write to the folder, and could have put a link there.
    new.unlink(missing_ok=True)
    with open(new, "xb") as opened:
        prepare(opened.fileno())
        opened.write(struct.pack("<8sI", _MAGIC, zlib.crc32(rest)) + rest)
    new.replace(file)


def _blocks_in_log(log: Path) -> frozenset[int] | None:
    """Return the blocks with pages in the write-ahead log; None if the log may lack pages that have changed."""
    try:
        with open_regular_file(log) as file:
            head = file.read(_LOG.size)
            if len(head) < _LOG.size:
                return frozenset()
            _, _, page_size, _, *salts, _, _ = _LOG.unpack(head)
            length = _FRAME.size + page_size
            number = (os.fstat(file.fileno()).st_size - _LOG.size) // length
            if number >= CHECKPOINT:
                return None
            blocks = set()
            for at in range(number):
                page, _, *found, _, _ = _FRAME.unpack(os.pread(file.fileno(), _FRAME.size, _LOG.size + at * length))
                if found != salts:
                    break
                blocks.add((page - 1) * page_size // BLOCK)
    except FileNotFoundError:
        return frozenset()
    return frozenset(blocks)
