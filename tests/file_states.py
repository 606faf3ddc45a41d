"""What tells whether a file was written to."""

from pathlib import Path


def file_state(path: Path) -> tuple[int, ...]:
    """Return what changes when a file, not what a link names, is written or replaced. To read it changes none of it."""
    found = path.lstat()
    times = found.st_mtime_ns, found.st_ctime_ns
    return found.st_dev, found.st_ino, found.st_mode, found.st_nlink, found.st_size, *times
