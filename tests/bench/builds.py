"""The builds that are measured: what is installed, the present checkout, and a commit beside it.

A commit gets a git worktree in a temporary folder, and no environment of its own: all builds run in the Python that
runs the benchmark. PYTHONPATH names the folder of the build, which Python searches before what is installed, and
PYTHONSAFEPATH keeps the current folder out of the search. So all builds have the same packages, file by file. That the
program was loaded from there is tried before anything is measured, and its modules are compiled.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 300


class BenchmarkError(Exception):
    """Error for a benchmark that cannot continue; the message says why."""


class Build(NamedTuple):
    """A build of the program. Without a folder it is the one that is installed."""

    name: str
    folder: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables by which Python finds this build."""
        return {"PYTHONPATH": str(self.folder), "PYTHONSAFEPATH": "1"} if self.folder else {}

    def command(self, *words: str) -> list[str]:
        """Return the command line that runs the program with these arguments."""
        return [sys.executable, "-m", "dossier", *words]


INSTALLED = Build("installed")


@contextmanager
def checked_out(commit: str) -> Iterator[Build]:
    """Check a commit out beside the present checkout. Raises BenchmarkError when there is no such commit."""
    full = run_git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}", trouble=f"there is no commit {commit}")
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
        folder = Path(temporary) / full[:12]
        run_git("worktree", "add", "--quiet", "--detach", str(folder), full, trouble=f"{commit} cannot be checked out")
        try:
            yield prepared(Build(full[:12], folder))
        finally:
            run_git("worktree", "remove", "--force", str(folder), trouble=f"{folder} cannot be removed")


def prepared(build: Build) -> Build:
    """Compile the build's modules and return it. Raises BenchmarkError when another one would be run in its place."""
    _run([sys.executable, "-m", "compileall", "-q", f"{build.folder}/dossier"], f"{build.folder} cannot be compiled")
    asked = [sys.executable, "-c", "import dossier; print(*dossier.__path__)"]
    environment = {**os.environ, **build.environment}
    loaded = _run(asked, f"{build.folder} has no program", environment)
    if loaded != f"{build.folder}{os.sep}dossier":
        raise BenchmarkError(f"the program that runs is in {loaded} and not in {build.folder}")
    return build


def run_git(*words: str, trouble: str) -> str:
    """Return what git prints about the present checkout. Raises BenchmarkError, with `trouble`, when it fails."""
    return _run(["git", "-C", str(CHECKOUT), *words], trouble)


def _run(command: Sequence[str], trouble: str, environment: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, timeout=_PATIENCE, cwd=os.sep
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip()
        raise BenchmarkError(f"{trouble}: {said}" if said else trouble) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchmarkError(f"{trouble}: {error}") from error
    return done.stdout.strip()
