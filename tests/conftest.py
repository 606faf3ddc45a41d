"""Configuration shared by all tests.

Test modules can import the helper modules of this folder. No test has a deadline. Each test has its own cache, state
and config folders, so that it finds nothing left by other tests or by the user.
"""

import os
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from waiting import find_probes, until

pytest_plugins = ("locales", "port_arlen", "postgresql_servers", "shell")

# The health check too_slow is switched off as well: it fails a test whose examples are slow to generate, as they are on
# a busy machine.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A shell makes its background jobs ignore Ctrl-C, and programs that the tests start would inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield paths of folders that do not exist yet.

    They are numbered here, since pytest lists all existing folders for each new one.
    """
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the XDG folders of the test."""
    home = next(homes)
    home.mkdir()
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name))
    monkeypatch.delenv("DOSSIER_INDEX", raising=False)


@pytest.fixture(autouse=True)
def no_handlers_left() -> Iterator[None]:
    """Take back the signal handlers of a program that was opened in the process of the tests.

    Otherwise a signal that a later test sends would end that process.
    """
    yield
    if callable(signal.getsignal(signal.SIGHUP)):
        wakeup = signal.set_wakeup_fd(-1)
        if wakeup >= 0:
            os.close(wakeup)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def no_probes_left() -> Iterator[None]:
    """End the threads that still ask whether a server answers, of indexes that a test has not closed.

    They would go on during later tests, which count what a server is asked, or require that nothing asks it any more.
    """
    yield
    for probe in find_probes():
        # A thread lets go of what it was to do when it has done it.
        if waits_for_server := getattr(probe, "_target", None):
            waits_for_server.__self__.close()
    until(lambda: not find_probes())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the XDG cache folder, for a test that looks into it."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder
