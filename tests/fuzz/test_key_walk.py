"""Random keys, pastes and sizes in the running program; `key_walk.py` walks much further."""

from pathlib import Path

import pytest
from key_walk import LEFT_OUT, list_keys, open_for_walk, walk

from dossier.ui.commands import COMMANDS


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_short_walk(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert await walk(seed, 150, open_for_walk(seed, tmp_path / "state")) >= 150


def test_every_command_that_does_not_leave_has_a_key_in_the_walk() -> None:
    lacking = [one.id for one in COMMANDS if one.keys and one.id not in LEFT_OUT and not {*one.keys} & {*list_keys()}]
    assert {one.keys[0] for one in COMMANDS if one.id in lacking} <= {"slash", "ampersand"} | {
        key for one in COMMANDS for key in one.keys if "_" in key
    }
