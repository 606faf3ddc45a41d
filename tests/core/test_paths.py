from pathlib import Path

import pytest

from dossier.core.paths import input_state_folder, resolve_xdg_folder, shorten_path, state_folder


def test_where_it_is_kept(tmp_path: Path) -> None:
    given = {"XDG_STATE_HOME": str(tmp_path / "state")}
    folder = state_folder(tmp_path, given)
    assert folder.parent == tmp_path / "state" / "dossier"
    assert folder == state_folder(tmp_path / "." / "x" / "..", given)
    for none in ({}, {"XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "state"}):
        assert state_folder(tmp_path, none).parent == Path.home() / ".local" / "state" / "dossier"
    assert list(tmp_path.iterdir()) == []


def test_it_is_called_as_what_it_is_for_and_two_of_a_name_have_two(tmp_path: Path) -> None:
    names = [state_folder(tmp_path / folder / "Über Ärger.yaml", {}).name for folder in ("a", "b")]
    assert names[0] != names[1]
    assert [name[:-8] for name in names] == ["ber--rger-"] * 2
    assert state_folder(Path("/"), {}).name.startswith("root-")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/cache"}, Path("/cache/dossier")),
        ({"XDG_CACHE_HOME": "cache"}, Path.home() / ".cache" / "dossier"),
        ({"XDG_CACHE_HOME": ""}, Path.home() / ".cache" / "dossier"),
        ({}, Path.home() / ".cache" / "dossier"),
    ],
)
def test_a_relative_base_folder_is_ignored(environment: dict[str, str], folder: Path) -> None:
    assert resolve_xdg_folder("XDG_CACHE_HOME", "~/.cache", environment) == folder


def test_what_came_from_standard_input_has_a_folder_by_its_id() -> None:
    folders = [input_state_folder(id, {}) for id in ("ferry pact", "ferry-pact", "ferry pact", "")]
    assert folders[0] == folders[2]
    assert len({*folders}) == 3
    assert folders[0].name.startswith("ferry-pact-")
    assert folders[0].parent == state_folder(Path("/"), {}).parent


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("folder/../index.sqlite", "index.sqlite"),
        ("folder/below/../../index.sqlite", "index.sqlite"),
        ("../folder/index.sqlite", "../folder/index.sqlite"),
        ("folder/../../index.sqlite", "../index.sqlite"),
        # What they mean depends on where the link leads.
        ("link/../index.sqlite", "link/../index.sqlite"),
        ("link/below/../../index.sqlite", "link/../index.sqlite"),
        ("missing/../index.sqlite", "missing/../index.sqlite"),
        ("/../index.sqlite", "/../index.sqlite"),
        ("", "."),
    ],
)
def test_a_path_is_shortened_only_where_it_stays_the_same(
    given: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "folder" / "below").mkdir(parents=True)
    (tmp_path / "here" / "link").symlink_to(tmp_path / "here" / "folder")
    monkeypatch.chdir(tmp_path / "here")
    assert shorten_path(Path(given)) == Path(shown)
