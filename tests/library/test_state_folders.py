"""Tests that a library finds what was made in it under any path, and that nothing is mixed up or guessed."""

import json
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from dossier.core.paths import state_folder
from dossier.library import root_identity, roots_file, state_folders
from dossier.library.reuse import Reuse, Reused
from dossier.library.root_identity import Node, read_node
from dossier.library.roots_file import MOST_ARTICLES, KnownRoot, read_roots, replace_roots
from dossier.library.state_folders import FoundState, Question, find_index_state, find_state, remember_root
from dossier.library.user_data import UserData


def make_library(root: Path, topic: str = "ferry", number: int = 8) -> Path:
    for at in range(number):
        path = root / f"{2000 + at}" / f"{topic}-{at}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"headline: {topic} {'x' * at}\nbody: [It sails.]\n", "utf-8")
    return root


def opened(root: Path) -> FoundState:
    """Find the folder of a library as the reading room does."""
    found = find_state(root)
    remember_root(root, found)
    return found


def save(root: Path, name: str) -> None:
    UserData(opened(root).folder).save(name, f"in:quotes {name}")


def saved(root: Path) -> list[str]:
    return list(UserData(find_state(root).folder).saved)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a library in which a search was saved."""
    root = make_library(tmp_path / "news")
    save(root, "toll")
    return root


def base() -> Path:
    return state_folder(Path("/")).parent


def contents(root: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in root.rglob("*")}


def test_by_its_path_alone_before_anything_is_recorded(tmp_path: Path) -> None:
    root = make_library(tmp_path / "news")
    assert find_state(root) == FoundState(state_folder(root))
    assert not base().exists()


def test_nothing_is_written_into_the_library(tmp_path: Path) -> None:
    root = make_library(tmp_path / "news")
    before = contents(root)
    opened(root)
    os.rename(root, tmp_path / "archive")
    opened(tmp_path / "archive")
    assert contents(tmp_path / "archive") == {name.replace("/news/", "/archive/"): at for name, at in before.items()}


def test_nothing_is_recorded_twice(news: Path) -> None:
    before = (base() / roots_file.NAME).read_bytes()
    opened(news)
    assert (base() / roots_file.NAME).read_bytes() == before


def test_renamed(news: Path, tmp_path: Path) -> None:
    there = news.rename(tmp_path / "archive")
    found = find_state(there)
    assert found == FoundState(state_folder(news), moved_from=str(news))
    assert saved(there) == ["toll"]
    # It is said once.
    assert find_state(there) == FoundState(state_folder(news))
    back = there.rename(news)
    assert find_state(back) == FoundState(state_folder(news), moved_from=str(there))


def test_the_folder_above_it_renamed(tmp_path: Path) -> None:
    root = make_library(tmp_path / "papers" / "news")
    save(root, "toll")
    (tmp_path / "papers").rename(tmp_path / "archive")
    assert saved(tmp_path / "archive" / "news") == ["toll"]


def test_moved_to_another_disk(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "other-disk" / "news"
    shutil.copytree(news, there)
    shutil.rmtree(news)
    on_another_disk(monkeypatch, there)
    assert find_state(there).moved_from == str(news)
    assert saved(there) == ["toll"]


def on_another_disk(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    def read(path: str) -> Node | None:
        node = read_node(path)
        return node and node._replace(device=node.device + 1000 * path.startswith(str(root)))

    monkeypatch.setattr(state_folders, "read_node", read)


def test_another_number_of_the_disk_after_a_restart(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_another_disk(monkeypatch, news)
    assert find_state(news) == FoundState(state_folder(news))
    remember_root(news, find_state(news))
    assert saved(news) == ["toll"]
    assert len(read_roots(base()).at(str(news))) == 1


def test_put_back_from_a_backup(news: Path, tmp_path: Path) -> None:
    shutil.copytree(news, tmp_path / "backup")
    shutil.rmtree(news)
    make_library(tmp_path / "in the way", "other")
    shutil.copytree(tmp_path / "backup", news)
    assert find_state(news) == FoundState(state_folder(news))


def test_a_copy_is_asked_about(news: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    question = Question(str(news), state_folder(news).name)
    for _ in range(2):
        assert find_state(copy) == FoundState(state_folder(copy), question=question)
        # What is made before the answer is not mixed with what is in the other one, and the question stays.
        save(copy, "undecided")
    assert saved(news) == ["toll"]
    assert saved(copy) == ["undecided"]
    assert find_state(news) == FoundState(state_folder(news))


def test_a_copy_of_a_library_in_which_nothing_was_made_is_not_asked_about(tmp_path: Path) -> None:
    root = make_library(tmp_path / "news")
    opened(root)
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    assert find_state(copy) == FoundState(state_folder(copy))


def test_a_copy_whose_original_was_deleted_takes_its_place(news: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    shutil.rmtree(news)
    assert find_state(copy).moved_from == str(news)
    assert saved(copy) == ["toll"]


def test_moved_away_and_copied_back(news: Path, tmp_path: Path) -> None:
    moved = news.rename(tmp_path / "moved")
    shutil.copytree(moved, news)
    assert find_state(moved).question == Question(str(news), state_folder(news).name)
    assert saved(moved) == []
    # The path is the same, and so are the articles.
    assert find_state(news) == FoundState(state_folder(news))


def test_swapped(news: Path, tmp_path: Path) -> None:
    other = make_library(tmp_path / "other", "bridge")
    save(other, "span")
    news.rename(tmp_path / "third")
    other.rename(news)
    (tmp_path / "third").rename(other)
    for _ in range(2):
        assert (saved(news), saved(other)) == (["span"], ["toll"])
    assert opened(news).question is opened(other).question is None
    assert (saved(news), saved(other)) == (["span"], ["toll"])


def test_a_library_and_its_copy_swapped(news: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    Reuse(copy, find_state(copy)).answer(Reused.NOTHING)
    save(copy, "span")
    news.rename(tmp_path / "third")
    copy.rename(news)
    (tmp_path / "third").rename(copy)
    for _ in range(2):
        assert (saved(news), saved(copy)) == (["span"], ["toll"])


def test_another_library_in_its_place_is_asked_about(news: Path, tmp_path: Path) -> None:
    news.rename(tmp_path / "out of sight")
    make_library(news, "bridge")
    own = state_folder(news)
    question = Question(str(news), own.name, is_replaced=True)
    for _ in range(2):
        found = opened(news)
        assert found == FoundState(own.with_name(f"{own.name}-2"), question=question)
        assert saved(news) == []
    assert saved(tmp_path / "out of sight") == ["toll"]
    # Now it is known where the other one is, and there is nothing to ask about.
    assert saved(news) == []


def test_another_library_in_its_place_after_the_move_was_seen_begins_empty(news: Path, tmp_path: Path) -> None:
    assert saved(news.rename(tmp_path / "archive")) == ["toll"]
    make_library(news, "bridge")
    assert opened(news) == FoundState(state_folder(news).with_name(f"{state_folder(news).name}-2"))
    save(news, "span")
    assert saved(news) == ["span"]
    assert saved(tmp_path / "archive") == ["toll"]


def test_a_copy_of_a_library_that_had_other_articles_for_a_while(tmp_path: Path) -> None:
    """As when another branch of a repository was checked out, and then the first one again."""
    news = make_library(tmp_path / "news")
    save(news, "toll")
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in news.iterdir():
        path.rename(aside / path.name)
    make_library(news, "strike")
    assert opened(news).question
    for path in [*news.iterdir()]:
        shutil.rmtree(path)
    for path in aside.iterdir():
        path.rename(news / path.name)
    assert (opened(news).question, saved(news)) == (None, ["toll"])
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    found = opened(copy)
    assert (found.moved_from, saved(copy), saved(news)) == ("", [], ["toll"])
    assert found.question == Question(str(news), find_state(news).folder.name)


def test_the_number_of_a_deleted_folder_given_to_another_library(news: Path, tmp_path: Path) -> None:
    other = make_library(tmp_path / "other", "bridge")
    (known,) = read_roots(base()).at(str(news))
    replace_roots(base(), lambda one: True, [known._replace(inode=other.stat().st_ino)])
    shutil.rmtree(news)
    assert find_state(other) == FoundState(state_folder(other))


def test_the_same_number_and_path_but_all_articles_are_others(news: Path) -> None:
    for path in news.rglob("*.yaml"):
        path.unlink()
    make_library(news, "bridge")
    question = find_state(news).question
    assert question
    assert question.is_replaced


def test_articles_sorted_into_other_folders_are_the_same_library(news: Path) -> None:
    (news / "all").mkdir()
    for path in [*news.rglob("*.yaml")]:
        path.rename(news / "all" / path.name)
    assert opened(news) == FoundState(state_folder(news))
    (known,) = read_roots(base()).at(str(news))
    assert all(name.startswith("all/") for name, _ in known.sample)


def test_a_library_that_grows_is_still_known(news: Path, tmp_path: Path) -> None:
    make_library(news, "bridge", 60)
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    assert find_state(copy).question


def test_a_link_and_a_relative_path(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(news)
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / "link", Path("news"), Path("news/../link"), Path("link/2000/..")):
        assert opened(path) == FoundState(state_folder(news))
    monkeypatch.chdir(news)
    assert opened(Path()) == FoundState(state_folder(news))
    news.rename(tmp_path / "archive")
    assert saved(Path()) == ["toll"]


def test_one_folder_with_two_paths_has_one_state(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As with a bind mount, or a file system where NEWS is news.
    mounted = Path(shutil.copytree(news, tmp_path / "NEWS"))
    monkeypatch.setattr(state_folders, "read_node", reading({str(mounted): news}))
    monkeypatch.setattr(root_identity, "read_node", reading({str(mounted): news}))
    for _ in range(2):
        assert find_state(mounted) == FoundState(state_folder(news))
        assert find_state(news) == FoundState(state_folder(news))


def reading(same: Mapping[str, Path]) -> object:
    def read(path: str) -> Node | None:
        node = read_node(str(same.get(path, path)))
        return node and node._replace(path=path)

    return read


def test_a_folder_from_before_is_used_and_recorded(tmp_path: Path) -> None:
    root = make_library(tmp_path / "news")
    UserData(state_folder(root)).save("toll", "in:quotes toll")
    assert opened(root) == FoundState(state_folder(root))
    assert saved(root.rename(tmp_path / "archive")) == ["toll"]


def test_a_folder_from_before_is_not_given_up_for_that_of_a_copy(news: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    UserData(state_folder(copy)).save("mine", "harbour")
    assert find_state(copy) == FoundState(state_folder(copy))


def test_two_gone_libraries_with_the_same_articles_are_asked_about(news: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    save(copy, "span")
    third = Path(shutil.copytree(news, tmp_path / "third"))
    shutil.rmtree(news)
    shutil.rmtree(copy)
    assert find_state(third).question


def test_a_disk_that_does_not_answer_is_asked_about(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    monkeypatch.setattr(state_folders, "_PATIENCE", 0.01)
    monkeypatch.setattr(state_folders, "_look", lambda known, roots: time.sleep(60))
    assert find_state(copy).question == Question(str(news), state_folder(news).name)


def test_what_cannot_be_recorded_is_found_all_the_same(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(state_folders, "replace_roots", fail)
    there = news.rename(tmp_path / "archive")
    for _ in range(2):
        assert saved(there) == ["toll"]
        remember_root(there, find_state(there))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\n{\n[]\n3\n" + b"[" * 20_000,
        b'{"path": "PATH", "folder": "../elsewhere", "device": 1, "inode": 1, "files": {"a.yaml": 1}}\n',
        b'{"path": "PATH", "folder": "", "device": 1, "inode": 1}\n',
        b'{"path": "PATH", "folder": "a", "device": "x", "inode": 1}\n',
        b'{"path": "PATH", "folder": "a", "device": 1, "inode": 1, "files": {"a.yaml": "x"}}\n',
        b'{"path": "PATH", "folder": "a", "device": 1, "inode": 1, "asked": "/b"}\n',
    ],
)
def test_lines_that_are_no_roots_mean_nothing_and_stay(tmp_path: Path, data: bytes) -> None:
    root = make_library(tmp_path / "news")
    base().mkdir(parents=True)
    (base() / roots_file.NAME).write_bytes(data.replace(b"PATH", os.fsencode(root)))
    assert opened(root) == FoundState(state_folder(root))
    assert opened(root) == FoundState(state_folder(root))
    lines = (base() / roots_file.NAME).read_bytes().splitlines()
    assert json.loads(lines[-1])["folder"] == state_folder(root).name


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    root = make_library(tmp_path / "news")
    (base() / roots_file.NAME).mkdir(parents=True)
    assert opened(root) == FoundState(state_folder(root))


@pytest.mark.parametrize("name", ['q"uote\\s', "new\nline", "Ärger 서울", os.fsdecode(b"\xff\xfe")])
def test_any_name_of_a_folder(tmp_path: Path, name: str) -> None:
    root = make_library(tmp_path / name)
    save(root, "toll")
    assert len(read_roots(base()).at(str(root))) == 1
    assert saved(root) == ["toll"]
    assert saved(root.rename(tmp_path / "plain")) == ["toll"]
    assert saved((tmp_path / "plain").rename(root)) == ["toll"]


def write_file(path: Path, words: str = "It sails.") -> Path:
    path.write_text(f"headline: Ferry\nbody: [{words}]\n", "utf-8")
    return path


def test_an_article_file_that_was_renamed(tmp_path: Path) -> None:
    one = write_file(tmp_path / "one.yaml")
    opened(one)
    two = one.rename(tmp_path / "two.yaml")
    assert find_state(two) == FoundState(state_folder(one), moved_from=str(one))
    assert find_state(two) == FoundState(state_folder(one))


def test_an_article_file_that_was_edited_keeps_its_place(tmp_path: Path) -> None:
    one = write_file(tmp_path / "one.yaml")
    opened(one)
    # Most editors write a new file, which then takes the place of the old one.
    write_file(tmp_path / "new", "It sails again.").rename(one)
    assert opened(one) == FoundState(state_folder(one))
    assert find_state(one.rename(tmp_path / "two.yaml")).moved_from == str(one)


def test_article_files_that_were_swapped_and_copied(tmp_path: Path) -> None:
    one, two = write_file(tmp_path / "one.yaml"), write_file(tmp_path / "two.yaml", "It sinks.")
    opened(one)
    opened(two)
    one.rename(tmp_path / "three.yaml")
    two.rename(one)
    (tmp_path / "three.yaml").rename(two)
    assert opened(one).folder == state_folder(two)
    assert opened(two).folder == state_folder(one)
    copy = Path(shutil.copy(one, tmp_path / "copy.yaml"))
    assert find_state(copy) == FoundState(state_folder(copy))


def test_only_so_many_article_files_are_recorded_but_all_libraries(news: Path) -> None:
    many = [KnownRoot(f"/gone/{at}.yaml", f"a-{at}", 1, at + 10, checksum=at) for at in range(MOST_ARTICLES + 5)]
    replace_roots(base(), lambda one: False, many)
    roots = read_roots(base())
    assert [len(roots.at(f"/gone/{at}.yaml")) for at in (0, 4, 5, MOST_ARTICLES + 4)] == [0, 0, 1, 1]
    assert len(roots.at(str(news))) == 1


def test_of_many_libraries_only_the_newest_are_compared(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_folders, "_MOST_COMPARED", 3)
    others = [KnownRoot(f"/gone/{at}", f"a-{at}", 1, at + 10, (("a.yaml", 1),)) for at in range(3)]
    replace_roots(base(), lambda one: False, others)
    copy = Path(shutil.copytree(news, tmp_path / "copy"))
    assert find_state(copy) == FoundState(state_folder(copy))
    assert saved(news.rename(tmp_path / "archive")) == ["toll"]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://db.example/news",
        "postgresql://DB.example/news",
        "postgresql://db.example:5432/news",
        "postgres://db.example:5432/news",
    ],
)
def test_a_library_of_an_index_has_one_folder_by_each_way_to_write_the_address(address: str) -> None:
    found = find_index_state(address, "/srv/port-arlen")
    assert found == find_index_state("postgresql://db.example/news", "/srv/port-arlen")
    assert found.folder.name.startswith("port-arlen-")
    assert found.folder.parent == base()
    assert not base().exists()


def test_other_libraries_and_other_servers_have_folders_of_their_own() -> None:
    asked = [
        ("postgresql://db.example/news", "/srv/port-arlen"),
        ("postgresql://db.example/news", "/home/port-arlen"),
        ("postgresql://db.example:5433/news", "/srv/port-arlen"),
        ("postgresql://db.example/News", "/srv/port-arlen"),
        ("postgresql://other.example/news", "/srv/port-arlen"),
        ("postgresql://db.example,other.example/news", "/srv/port-arlen"),
    ]
    folders = [find_index_state(*one).folder for one in asked]
    folders.append(state_folder(Path("/srv/port-arlen")))
    assert len(set(folders)) == len(folders)
