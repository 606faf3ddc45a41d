import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import builds
import pytest
from builds import BenchmarkError, Build, checked_out, prepared
from first_index import Look, first_index, look_into, usable_after
from ground import Ground
from library import made
from newsroom import SHORT, Newsroom
from process_costs import has_ended, largest_peak, megabytes, own_milliseconds, processor_seconds

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout of a program whose version is 2 since the last commit, in which it was 1."""
    folder = tmp_path / "checkout"
    (folder / "dossier").mkdir(parents=True)
    program = folder / "dossier" / "__init__.py"
    program.write_text("VERSION = 1\n", "utf-8")
    identity = ("-c", "user.name=Reader", "-c", "user.email=reader@example.org")
    for words in (("init", "--quiet"), ("add", "."), (*identity, "commit", "--quiet", "--message", "One")):
        subprocess.run(("git", "-C", str(folder), *words), check=True)
    program.write_text("VERSION = 2\n", "utf-8")
    monkeypatch.setattr(builds, "CHECKOUT", folder)
    return folder


def version(build: Build) -> str:
    words = [sys.executable, "-c", "import dossier; print(dossier.VERSION)"]
    done = subprocess.run(words, env={**os.environ, **build.environment}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@needs_git
def test_a_commit_and_the_checkout_run_beside_each_other(checkout: Path) -> None:
    with checked_out("HEAD") as before:
        assert [version(before), version(prepared(Build("now", checkout)))] == ["1", "2"]
        assert before.folder
        folder = before.folder
    assert not folder.exists()
    listed = subprocess.run(("git", "-C", str(checkout), "worktree", "list"), capture_output=True, check=True)
    assert len(listed.stdout.splitlines()) == 1


@needs_git
def test_an_unknown_commit_is_an_error(checkout: Path) -> None:
    with pytest.raises(BenchmarkError, match="there is no commit nowhere"), checked_out("nowhere"):
        pass
    assert checkout.exists()


def test_a_folder_without_the_program_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=str(tmp_path)):
        prepared(Build("now", tmp_path))


@pytest.mark.parametrize(
    ("looks", "usable"),
    [
        ([(1.0, (5, 1)), (2.0, (9, 3)), (3.0, (9, 4)), (4.0, (9, 4)), (5.0, (9, 4))], 3.0),
        ([(5.0, (9, 4))], 5.0),
        ([(1.0, (9, 3)), (5.0, (9, 4))], 5.0),
    ],
)
def test_an_index_is_usable_from_when_all_is_in_it(looks: list[tuple[float, tuple[int, ...]]], usable: float) -> None:
    assert usable_after([Look(*look) for look in looks]) == usable


def test_the_first_index_is_measured_from_outside(tmp_path: Path) -> None:
    on = Ground(tmp_path / "library", tmp_path / "cache", tmp_path / "state", 3, 1, SHORT)
    made(on.library, on.articles, on.seed, on.size, processes=1)
    assert look_into(on.cache, ()) == ()
    assert math.isnan(first_index(on).usable)
    found = first_index(on, is_looked_into=True)
    assert 0 < found.usable <= found.processor
    assert found.peak > 0
    assert found.bytes == sum(file.stat().st_size for file in on.cache.rglob("*") if file.is_file())
    counts = look_into(on.cache, Newsroom(on.seed, on.size).words[:20])
    assert counts[0] == on.articles
    assert all(counts)


def test_a_library_that_is_not_as_large_as_it_was_said_to_be_is_an_error(tmp_path: Path) -> None:
    on = Ground(tmp_path / "library", tmp_path / "cache", tmp_path / "state", 3, 1, SHORT)
    made(on.library, 2, on.seed, on.size, processes=1)
    with pytest.raises(BenchmarkError, match="3 articles were to be indexed"):
        first_index(on)


def test_what_a_process_costs_is_read_while_it_runs_and_after_its_children_have_ended() -> None:
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10 ** 6))']); print(1, flush=True)"
    words = [sys.executable, "-c", f"{busy}; sys.stdin.read()"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        pid = process.pid
        used = [processor_seconds(pid), own_milliseconds(pid), megabytes(pid, "VmRSS"), largest_peak(pid)]
        assert min(used) > 0
        assert not has_ended(pid)
    assert megabytes(pid, "VmRSS") == own_milliseconds(pid) == 0


def test_the_time_of_a_thread_that_has_ended_counts() -> None:
    work = "thread = threading.Thread(target=lambda: sum(range(10 ** 6))); thread.start(); thread.join()"
    program = f"import sys, threading; print(1, flush=True); input(); {work}; print(2, flush=True); input()"
    words = [sys.executable, "-c", program]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        process.stdout.readline()
        before = own_milliseconds(process.pid)
        print(file=process.stdin, flush=True)
        process.stdout.readline()
        used = own_milliseconds(process.pid) - before
        print(file=process.stdin, flush=True)
    # Half of a nanosecond for each of the numbers.
    assert used > 0.5
