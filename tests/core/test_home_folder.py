"""The home folder where $HOME does not say it, and that nothing is then written below the current folder."""

import os
import pwd
from pathlib import Path

import pytest

from dossier.core.home_folder import expand_home, find_home_folder
from dossier.core.paths import resolve_xdg_folder

ENTERED = Path(pwd.getpwuid(os.getuid()).pw_dir)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/lena"}, Path("/home/lena")),
        ({"HOME": "/home/nobody-made-this"}, Path("/home/nobody-made-this")),
        ({}, ENTERED),
        ({"HOME": ""}, ENTERED),
        ({"HOME": "relative"}, ENTERED),
        ({"HOME": "~"}, ENTERED),
    ],
)
def test_home(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: Path) -> None:
    monkeypatch.delenv("HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert find_home_folder() == folder
    assert resolve_xdg_folder("XDG_STATE_HOME", "~/.local/state", {}) == folder / ".local/state/dossier"


def test_a_user_whom_the_system_does_not_know_has_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.delenv("HOME", raising=False)
    assert find_home_folder() == Path("/nonexistent")
    assert resolve_xdg_folder("XDG_CACHE_HOME", "~/.cache", {}) == Path("/nonexistent/.cache/dossier")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("~", "/home/lena"),
        ("~/a/b", "/home/lena/a/b"),
        ("a/~", "a/~"),
        ("~no-such-user/a", "~no-such-user/a"),
        ("/a", "/a"),
    ],
)
def test_expanded(monkeypatch: pytest.MonkeyPatch, text: str, path: str) -> None:
    monkeypatch.setenv("HOME", "/home/lena")
    assert expand_home(text) == Path(path)
