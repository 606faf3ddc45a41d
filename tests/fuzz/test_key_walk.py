"""Random keys, pastes and sizes in the running program; `key_walk.py` walks much further."""

from pathlib import Path

import pytest
from key_walk import open_for_walk, walk


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_short_walk(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert await walk(seed, 150, open_for_walk(seed, tmp_path / "state")) >= 150
