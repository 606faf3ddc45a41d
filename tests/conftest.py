"""What all tests share: this folder is where they find `articles`, `states` and `shell`; no test is held to a time, and
each has a cache and a state folder of its own, so that none finds what another left, or what the reader has."""

import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("locales", "shell")

# The check of the same kind: it fails a test whose examples take long to make, as they do on a machine under load.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A shell has what runs in its background ignore Ctrl-C, and what the tests start would inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody had before. They are counted here: pytest reads the names of all it made for another."""
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The XDG folders of the test."""
    home = next(homes)
    home.mkdir()
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The XDG cache folder, for a test that looks into it."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder
