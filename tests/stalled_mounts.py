"""A file system whose server stops, such as a network mount that stalls. It is seen only by the program that is run.

This file is also the program that makes it: `stalled_mounts.py FOLDER PLACE FLAG COMMAND ...` shows the files of FOLDER
in PLACE (fuse(4)), in a mount namespace of its own, and runs the command there. When FLAG exists, the server touches
FLAG.met at the next request, and stops (SIGSTOP) without taking it. The mount goes with the last process that sees it:
whoever runs the command kills its process group in the end.
"""

import ctypes
import errno
import os
import select
import signal
import stat
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

_NEW_NAMESPACE, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE = 0x40000 | 0x4000
"""Flags of mount(2): changes are not passed on, for the whole tree (MS_PRIVATE, MS_REC)."""
_IN, _ERROR = struct.Struct("<IIQQIIIHH"), struct.Struct("<IiQ")
_ATTRIBUTES: Final = struct.Struct("<6Q10I")
_BUFFER: Final = 1 << 20
_ROOT: Final = 1
_SILENT: Final = {2, 36, 42}
"""Requests without an answer: FORGET, INTERRUPT and BATCH_FORGET."""
_PAUSE: Final = 20
"""Milliseconds after which the server looks again whether its program has ended."""


class RequestError(Exception):
    """The request fails with an error number."""


class Served:
    """The files of a folder, without folders in it. A file has the number of its place in the list, from 2."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = sorted(one.name for one in folder.iterdir() if one.is_file())
        self._answers: Mapping[int, Callable[[int, bytes], bytes]] = {
            1: self._look_up,
            3: lambda node, _: struct.pack("<QII", 0, 0, 0) + self._attributes(node),
            14: lambda node, _: struct.pack("<QII", node, 0, 0),
            15: self._read,
            18: lambda node, _: b"",
            26: lambda node, _: struct.pack("<IIIIHHIIHH8I", 7, 31, 1 << 16, 0, 16, 12, 1 << 16, 1, 16, 0, *[0] * 8),
            27: lambda node, _: struct.pack("<QII", node, 0, 0),
            28: self._list,
            29: lambda node, _: b"",
        }

    def answer(self, request: bytes) -> bytes:
        """Return the answer to a request, b"" if it has none."""
        _, code, unique, node, *_ = _IN.unpack_from(request)
        if code in _SILENT:
            return b""
        try:
            if code not in self._answers:
                raise RequestError(errno.ENOSYS)
            said, error = self._answers[code](node, request[_IN.size :]), 0
        except RequestError as failed:
            said, error = b"", -failed.args[0]
        return _ERROR.pack(_ERROR.size + len(said), error, unique) + said

    def _look_up(self, _: int, words: bytes) -> bytes:
        name = os.fsdecode(words.rstrip(b"\0"))
        if name not in self._names:
            raise RequestError(errno.ENOENT)
        node = self._names.index(name) + 2
        # Nothing may be remembered by the kernel, so that every look is a request.
        return struct.pack("<QQQQII", node, 0, 0, 0, 0, 0) + self._attributes(node)

    def _attributes(self, node: int) -> bytes:
        path = self._folder if node == _ROOT else self._folder / self._names[node - 2]
        at = path.stat()
        mode = stat.S_IFDIR | 0o755 if node == _ROOT else stat.S_IFREG | 0o644
        seconds, rest = divmod(at.st_mtime_ns, 10**9)
        times = (seconds, seconds, seconds, rest, rest, rest)
        return _ATTRIBUTES.pack(node, at.st_size, at.st_blocks, *times, mode, 1, 0, 0, 0, 4096, 0)

    def _read(self, node: int, words: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", words)
        return (self._folder / self._names[node - 2]).read_bytes()[offset : offset + size]

    def _list(self, _: int, words: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", words)
        said = b""
        for place, name in enumerate(self._names[offset:], offset + 1):
            raw = os.fsencode(name)
            entry = struct.pack("<QQII", place + 1, place, len(raw), stat.S_IFREG >> 12) + raw
            entry += b"\0" * (-len(entry) % 8)
            if len(said) + len(entry) > size:
                break
            said += entry
        return said


def why_not(scratch: Path) -> str:
    """Return why there can be no such mount here, "" if there can."""
    place = scratch / "mount"
    (scratch / "nothing").mkdir(parents=True)
    command = in_mount(scratch / "nothing", place, scratch / "no", "true")
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def in_mount(folder: Path, place: Path, flag: Path, *command: str) -> list[str]:
    """Return the command that runs `command` where the files of `folder` are in `place` until `flag` exists."""
    place.mkdir(exist_ok=True)
    return [sys.executable, __file__, str(folder), str(place), str(flag), *command]


def _serve(device: int, served: Served, flag: Path, program: int) -> None:
    """Answer requests until the program that the mount is for has ended."""
    os.write(device, served.answer(os.read(device, _BUFFER)))
    poll = select.poll()
    poll.register(device, select.POLLIN)
    while os.getppid() == program:
        has_come = poll.poll(_PAUSE)
        if has_come and flag.exists():
            Path(f"{flag}.met").touch()
            os.kill(os.getpid(), signal.SIGSTOP)
        elif has_come:
            try:
                if answer := served.answer(os.read(device, _BUFFER)):
                    os.write(device, answer)
            except OSError as error:
                # Whoever asked may have been interrupted.
                if error.errno != errno.ENOENT:
                    raise


def _check(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        sys.exit(f"{what}: {os.strerror(number)}")


def _mount(place: str) -> int:
    system = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_NAMESPACE):
        _check(system.unshare(_NEW_NAMESPACE | _NEW_USER), "no mount namespace")
        Path("/proc/self/setgroups").write_text("deny", "utf-8")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "utf-8")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "utf-8")
    _check(system.mount(b"none", b"/", None, _PRIVATE, None), "no mount namespace of its own")
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
    except OSError as error:
        sys.exit(f"/dev/fuse: {error.strerror}")
    given = f"fd={device},rootmode=40000,user_id={user},group_id={group}"
    _check(system.mount(b"stalled", os.fsencode(place), b"fuse", 0, given.encode()), "mount")
    return device


def _run(folder: str, place: str, flag: str, *command: str) -> None:
    device, program = _mount(place), os.getpid()
    if os.fork() == 0:
        # Ctrl+C is for the program alone.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        silent = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(silent, standard)
        _serve(device, Served(Path(folder)), Path(flag), program)
        os._exit(0)
    os.close(device)
    os.execvp(command[0], command)


if __name__ == "__main__":
    _run(*sys.argv[1:])
