"""Whoever writes the index, and however that ends: nobody is left behind, and nobody writes at the same time."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import state
from shelves import anew, content, many
from waiting import PATIENCE, until

from dossier.library.index.progress import Progress, Stage
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


RUN = """
import sys
from pathlib import Path
from dossier.library.index.update import update_index

def told(progress):
    print(progress.stage.name, flush=True)
    if progress.articles:
        sys.stdin.readline()

if __name__ == "__main__":
    update_index(Path(sys.argv[1]), report=told)
"""
"""A program that stops as soon as there are articles, and goes on with every line that it is sent."""


def children_of(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return set(map(int, listed.stdout.split()))


def is_begun(root: Path) -> bool:
    return (index := Index.open(root)) is not None and index.total() > 0


@pytest.mark.skipif(not shutil.which("ps") or not Path("/proc/self").exists(), reason="needs ps and /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, None])
def test_nobody_is_left_behind(root: Path, tmp_path: Path, how: signal.Signals | None) -> None:
    many(root, 600)
    script = tmp_path / "run.py"
    script.write_text(RUN)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, script, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as run:
        assert run.stdin
        assert run.stdout
        until(lambda: is_begun(root))
        readers = children_of(run.pid)
        assert readers
        if how is None:
            run.stdout.close()
            run.stdin.write(b"\n")
            run.stdin.flush()
        else:
            run.send_signal(how)
        assert run.wait(timeout=PATIENCE) != 0
    until(lambda: not any(map(state, readers)))
    update_index(root)
    assert content(root) == anew(root)


def test_a_second_program_waits_and_then_finds_nothing_to_do(root: Path) -> None:
    many(root, 30)
    began, go_on = threading.Event(), threading.Event()
    second: list[Progress] = []

    def hold(progress: Progress) -> None:
        if progress.stage is Stage.READING:
            began.set()
            go_on.wait(PATIENCE)

    def wait(progress: Progress) -> None:
        second.append(progress)
        if progress.stage is Stage.WAITING:
            go_on.set()

    first = threading.Thread(target=update_index, args=(root,), kwargs={"report": hold})
    first.start()
    assert began.wait(PATIENCE)
    done = update_index(root, report=wait)
    first.join()
    assert second[0].stage is Stage.WAITING
    assert (done.articles, done.done, done.is_ended) == (30, 0, True)


UNREAD = """
import sys, threading, time
from pathlib import Path
from types import SimpleNamespace
from dossier.library.index.reader import Index

index = Index.open(Path(sys.argv[1]))
unread = index.articles.article_ids()
print(next(unread), flush=True)
sessions = index._sessions
sessions._index_file = SimpleNamespace(connect=threading.Event().wait)
threading.Thread(target=index.total, daemon=True).start()
while sessions._lock.acquire(blocking=False):
    sessions._lock.release()
    time.sleep(0.01)
"""
"""A program that ends with unread answers, while a thread of it opens a connection and so holds a lock.

Such a thread does not run any longer once the program ends, and never releases the lock.
"""


def test_a_program_ends_though_one_of_its_threads_was_opening_a_connection(root: Path) -> None:
    many(root, 600)
    update_index(root)
    command = [sys.executable, "-c", UNREAD, str(root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 0
