"""Tests of the program in real terminals: each shows the pictures that were meant, in a walk through three dossiers."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from terminals_under_test.interface import TerminalUnderTest
from terminals_under_test.own_faults import breaks_characters, find_own_fault
from terminals_under_test.walking import DOSSIERS, KEYS, LOOKS, TERMINALS, Look, walk

NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()

pytestmark = pytest.mark.terminal


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield an empty folder whose path is short enough for the address of a socket."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def differences(looks: Iterable[Look]) -> list[str]:
    return [f"{look.after}: {difference}" for look in looks for difference in look.differences]


@pytest.mark.parametrize("dossier", DOSSIERS)
@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in TERMINALS])
def test_a_terminal_shows_what_was_meant(kind: type[TerminalUnderTest], dossier: str, folder: Path) -> None:
    if not kind.is_installed() and kind.programs[0] not in NEEDED:
        pytest.skip(f"{kind.name} is not installed")
    terminal = kind(folder)
    version = terminal.version()
    fault = find_own_fault(kind.name, version, dossier)
    looks = list(walk(terminal, folder, dossier, fault))
    assert len(looks) == LOOKS
    found = differences(looks)
    if found and breaks_characters(kind.name, version):
        # A character that is broken leaves others in wrong cells. In another walk, others are broken.
        again = differences(walk(terminal, folder, dossier, fault))
        found = [one for one in found if one in again]
    assert not found, f"{kind.name} {version}\n" + "\n".join(found)
    if fault:
        # With its characters, a walk comes to its end, too. Once the fault is mended, it has no difference any more.
        assert any(look.differences for look in walk(terminal, folder, dossier))


def test_a_walk_has_sixty_keys() -> None:
    assert [len(keys) for keys in KEYS] == [10] * 6
