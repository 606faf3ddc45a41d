"""A library whose readers share one index: where it is named, the messages about it, and that readers write nothing."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest
from file_states import file_state
from processes import beneath
from shell import ROOT, Output, write_settings
from shelves import article, dossier_of, written
from waiting import PATIENCE, until

from dossier.cli import export_sources, main, open_library
from dossier.cli.arguments import CommandError, StartPlace
from dossier.cli.index_location import locate_index
from dossier.cli.open_library import opening
from dossier.core.ref import Ref
from dossier.export.export_selection import find_rows_of_persons
from dossier.library import results
from dossier.library.index import publishing, shared_file, update
from dossier.library.index.availability import set_key_thread
from dossier.library.index.block_sums import sum_blocks, sums_path
from dossier.library.index.connections import Connections
from dossier.library.index.errors import IndexDamagedError, SharedIndexError
from dossier.library.index.location import PrivateIndex, SharedIndex, index_path, lock_path
from dossier.library.index.publishing import Publisher
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.shared_file import write_head
from dossier.library.library import Library
from dossier.library.lock import hold_lock
from dossier.library.results import ArticleHits, LibrarySearch
from dossier.loader.limits import Limits

pytestmark = pytest.mark.usefixtures("no_reader")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a library whose registry names its shared index."""
    folder = tmp_path / "news"
    written(folder, "a.yaml", dossier_of("okafor", "Lena Okafor"))
    written(folder, "b.yaml", dossier_of("brandt", "Ida Brandt", "2024"))
    written(folder, "registry.yaml", "registry: 1\nindex: ../place/news.sqlite\n")
    return folder


@pytest.fixture
def reader(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Output) -> Path:
    """Return the library, with a shared index, for a reader without a private index."""
    assert main.main(["index", str(root), "--shared"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "reader"))
    return root


def indexes(folder: Path) -> list[str]:
    """Return the names of the index files below a folder."""
    return [one.name for one in folder.rglob("*.sqlite*")]


def test_where_nothing_is_named_it_is_private(tmp_path: Path) -> None:
    assert locate_index(tmp_path) == PrivateIndex(tmp_path)
    written(tmp_path, "registry.yaml", "registry: 1\npeople: {index: {name: Ida Index}}\n")
    assert locate_index(tmp_path) == PrivateIndex(tmp_path)


def test_the_environment_comes_before_the_settings_and_these_before_the_registry(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = root / "registry.yaml"
    assert locate_index(root) == SharedIndex(root, root.parent / "place/news.sqlite", f"index in {registry}")
    settings = write_settings('index = "/net/indexes"\n')
    assert locate_index(root) == SharedIndex(root, Path("/net/indexes/news.sqlite"), f"index in {settings}", False)
    monkeypatch.setenv("HOME", "/home/lena")
    monkeypatch.setenv("DOSSIER_INDEX", "~/one.sqlite")
    assert locate_index(root) == SharedIndex(root, Path("/home/lena/one.sqlite"), "$DOSSIER_INDEX")
    monkeypatch.setenv("DOSSIER_INDEX", "")
    location = locate_index(root)
    assert isinstance(location, PrivateIndex | SharedIndex)
    assert location.root == root


@pytest.mark.parametrize("name", ["registry.yml", "registry.json"])
def test_a_registry_of_another_name(tmp_path: Path, name: str) -> None:
    written(tmp_path, name, '{"registry": 1, "index": "all"}')
    assert locate_index(tmp_path) == SharedIndex(
        tmp_path, tmp_path / "all" / "index.sqlite", f"index in {tmp_path / name}"
    )


@pytest.mark.parametrize(
    "named",
    [
        *("/srv/indexes/news.sqlite", "~/news.sqlite", "~root", "../../news.sqlite", "a/../../../news.sqlite"),
        *(".hidden/news.sqlite", "../.config/news.sqlite", "link", "link/news.sqlite", "file.sqlite", "../news/../.."),
    ],
)
def test_a_registry_cannot_choose_among_all_files_of_its_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, named: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    root = tmp_path / "above" / "news"
    written(root, "a.yaml", article())
    written(root, "registry.yaml", f"registry: 1\nindex: {named}\n")
    (root / "link").symlink_to(tmp_path / "home")
    (root / "file.sqlite").symlink_to(tmp_path / "home" / "file.sqlite")
    before = sorted(tmp_path.rglob("*"))
    assert main.main(["index", str(root), "--shared"]) == 2
    told = capsys.readouterr().err
    assert f"registry.yaml: index is {named!r}, which is not used: a registry can name a path in" in told
    assert "$DOSSIER_INDEX" in told
    assert sorted(tmp_path.rglob("*")) == before
    assert locate_index(root) == PrivateIndex(root)
    monkeypatch.setenv("DOSSIER_INDEX", str(tmp_path / "home" / "news.sqlite"))
    assert main.main(["index", str(root), "--shared"]) == 0


def test_an_article_called_registry_names_none(tmp_path: Path) -> None:
    written(tmp_path, "registry.yaml", article(index="place"))
    assert locate_index(tmp_path) == PrivateIndex(tmp_path)


def test_a_relative_path_in_the_environment_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_INDEX", "place")
    with pytest.raises(CommandError, match=r"^\$DOSSIER_INDEX is 'place': write the absolute path of a folder"):
        locate_index(root)


def test_a_wrong_setting_is_reported_and_ignored(root: Path, capsys: Output) -> None:
    path = write_settings("index = 3\n")
    assert main.main(["search", "Okafor", str(root)]) == 0
    err = capsys.readouterr().err
    assert f"{path}:1:9: error: index must be an absolute path" in err
    assert err.count("index must be") == 1


def test_without_a_place_the_error_says_how_to_name_one(tmp_path: Path, capsys: Output) -> None:
    written(tmp_path, "a.yaml", article())
    assert main.main(["index", str(tmp_path), "--shared"]) == 2
    err = capsys.readouterr().err
    assert "no place is known for a shared index" in err
    assert "$DOSSIER_INDEX" in err
    assert "registry.yaml" in err


def test_the_owner_publishes_and_sees_a_message(root: Path, capsys: Output) -> None:
    assert main.main(["index", str(root), "--shared"]) == 0
    told = capsys.readouterr()
    assert f"readers now use it as {root.parent / 'place/news.sqlite'}\n" in told.err
    assert "until then an index of your own" not in told.err
    assert main.main(["index", str(root), "--shared"]) == 0
    assert "nothing has changed for readers" in capsys.readouterr().err


def test_a_second_owner_is_told_what_it_waits_for(root: Path) -> None:
    place = root.parent / "place" / "news.sqlite"
    place.parent.mkdir()
    words = [sys.executable, "-m", "dossier", "index", str(root), "--shared"]
    with hold_lock(lock_path(place), lambda: None, 0.1):
        ran = subprocess.Popen(words, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=ROOT, text=True)
        try:
            assert ran.stderr
            waits = ran.stderr.readline()
        finally:
            ran.terminate()
        _, rest = ran.communicate(timeout=PATIENCE)
    assert waits == f"dossier: waiting for another program, which is writing the shared index {place}\n"
    assert rest.startswith("dossier: stopped")


def test_readers_need_not_wait_for_the_end_of_a_first_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        written(root, f"c{number:02}.yaml", article())
    for module, name, value in (
        (update, "_FIRST", 5),
        (update, "_MOST", 5),
        (update, "_TELL", 0.0),
        (publishing, "_FIRST_PAUSE", 0.0),
        (publishing, "_SHARE", 0),
    ):
        monkeypatch.setattr(module, name, value)
    shared = locate_index(root)
    assert isinstance(shared, SharedIndex)
    totals = list[int]()
    publish_unfinished = Publisher.publish_unfinished

    def watched(publisher: Publisher) -> None:
        publish_unfinished(publisher)
        index = Index.open_shared(shared)
        totals.append(index.total())
        index.close()

    monkeypatch.setattr(Publisher, "publish_unfinished", watched)
    assert main.main(["index", str(root), "--shared"]) == 0
    assert totals == sorted(totals)
    assert 0 < totals[0] < 32
    assert Index.open_shared(shared).total() == 32


def test_a_reader_makes_no_index_and_gets_the_same_answers(reader: Path, tmp_path: Path, capsys: Output) -> None:
    before = {one: file_state(one) for one in (tmp_path / "place").iterdir()}
    assert main.main(["search", "every", str(reader), "--format", "csv"]) == 0
    shared = capsys.readouterr()
    assert shared.err == ""
    for words in (["show", "person/okafor", str(reader)], ["export", str(reader)], ["registry", str(reader)]):
        main.main(words)
    capsys.readouterr()
    assert indexes(tmp_path / "reader") == []
    assert {one: file_state(one) for one in (tmp_path / "place").iterdir()} == before
    (reader / "registry.yaml").write_text("registry: 1\n", "utf-8")
    assert main.main(["search", "every", str(reader), "--format", "csv"]) == 0
    assert capsys.readouterr().out == shared.out
    assert indexes(tmp_path / "reader") != []


def test_a_missing_index_is_reported_and_a_private_one_used(root: Path, capsys: Output) -> None:
    assert main.main(["search", "Okafor", str(root)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    assert "is not there: dossier index" in told.err
    assert f"dossier index {root} --shared, by its owner, makes it; until then an index of your own is used" in told.err
    assert told.err.count("is not there: dossier index") == 1


def test_a_folder_for_many_libraries_in_the_settings_need_not_have_one_of_each(
    root: Path, tmp_path: Path, capsys: Output
) -> None:
    (root / "registry.yaml").unlink()
    write_settings(f'index = "{tmp_path}"\n')
    assert main.main(["search", "Okafor", str(root)]) == 0
    assert "shared" not in capsys.readouterr().err


def test_a_folder_that_is_no_library_is_not_asked_for_its_index(
    reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("DOSSIER_INDEX", str(tmp_path / "place" / "news.sqlite"))
    monkeypatch.chdir(tmp_path / "place")
    main.main(["search", "Okafor"])
    assert "shared" not in capsys.readouterr().err


def test_a_damaged_index_is_reported_with_its_cure(reader: Path, tmp_path: Path, capsys: Output) -> None:
    os.truncate(tmp_path / "place" / "news.sqlite", 5_000)
    assert main.main(["search", "Okafor", str(reader)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    assert f"is damaged: dossier index {reader} --shared, by its owner, makes it anew; until then" in told.err


def test_index_without_shared_says_where_it_is_and_leaves_it(reader: Path, tmp_path: Path, capsys: Output) -> None:
    written(reader, "c.yaml", article())
    before = file_state(tmp_path / "place" / "news.sqlite")
    assert main.main(["index", str(reader)]) == 0
    err = capsys.readouterr().err
    assert (
        f"the index is shared ({reader.parent / 'place/news.sqlite'}, named by index in {reader / 'registry.yaml'})"
        in err
    )
    assert f"was not updated: dossier index {reader} --shared, by its owner, updates it" in err
    assert file_state(tmp_path / "place" / "news.sqlite") == before
    assert indexes(tmp_path / "reader") == []
    assert main.main(["index", str(reader), "--rebuild"]) == 2
    assert f"dossier index {reader} --shared --rebuild makes it anew" in capsys.readouterr().err
    assert main.main(["index", str(reader), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["ended"]


def test_the_status_has_place_owner_and_age(reader: Path, capsys: Output) -> None:
    assert main.main(["index", str(reader), "--status"]) == 0
    text = capsys.readouterr().out
    assert f"shared    {reader.parent / 'place/news.sqlite'}, named by index in {reader / 'registry.yaml'}" in text
    assert "articles  2" in text
    assert re.search(r"^published \d{4}-.* by \w+, just now$", text, re.MULTILINE)
    place = reader.parent / "place/news.sqlite"
    published = int(time.time()) - 65
    place.write_bytes(write_head(place.read_bytes(), published))
    os.utime(place, (published, published))
    # They are of the later publication, which the file is no longer.
    sums_path(place).unlink()
    main.main(["index", str(reader), "--status"])
    assert re.search(r"^published .*, 6\d s ago$", capsys.readouterr().out, re.MULTILINE)
    assert main.main(["index", str(reader), "--status", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["path"] == found["shared"]["path"]
    assert found["shared"]["used"] is True
    assert found["shared"]["owner"]
    assert found["shared"]["age"] >= 0
    assert found["shared"]["published"].endswith("+00:00")
    written(reader, "c.yaml", article())
    assert main.main(["index", str(reader), "--status"]) == 1
    assert f"1 file has changed: dossier index {reader} --shared updates the index" in capsys.readouterr().out


def test_the_status_says_that_it_is_not_used(root: Path, capsys: Output) -> None:
    main.main(["index", str(root)])
    capsys.readouterr()
    assert main.main(["index", str(root), "--status"]) == 0
    text = capsys.readouterr().out
    assert f"index     {index_path(root)}" in text
    assert "it is not used: what is above is about an index of your own" in text


def test_a_copy_of_the_library_is_searched_without_reading_its_files(
    reader: Path, tmp_path: Path, capsys: Output
) -> None:
    copy = tmp_path / "copy" / "news"
    shutil.copytree(reader, copy)
    (tmp_path / "copy" / "place").symlink_to(tmp_path / "place")
    assert main.main(["search", "every", str(copy)]) == 0
    told = capsys.readouterr()
    assert "Lena Okafor" in told.out
    assert "were read again" not in told.err
    written(copy, "a.yaml", dossier_of("okafor", "Lena Okafor", section="x"))
    assert main.main(["search", "every", str(copy)]) == 0
    assert f"read again: dossier index {copy} --shared, by its owner, updates the index" in capsys.readouterr().err


def test_a_reader_without_decisions_loads_nothing_that_joins_persons(reader: Path) -> None:
    program = [sys.executable, "-X", "importtime", "-m", "dossier", "search", "speaks", str(reader)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert "dossier.library.index.shared_file" in done.stderr
    assert "decided_persons" not in done.stderr
    assert "user_data" not in done.stderr


def test_a_publication_during_a_search_does_not_disturb_it(
    reader: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    class Publishing(LibrarySearch):
        def hits(self, order: str = "newest") -> Iterator[ArticleHits]:
            found = super().hits(order)
            yield next(found)
            (reader / "a.yaml").unlink()
            assert main.main(["index", str(reader), "--shared"]) == 0
            yield from found

    monkeypatch.setattr(results, "LibrarySearch", Publishing)
    assert main.main(["search", "speaks", str(reader)]) == 0
    assert "search again" not in capsys.readouterr().err


def test_a_publication_during_an_export_does_not_disturb_it(
    reader: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def publishing_meanwhile(index: Index, persons: Iterable[int]) -> Iterator[tuple[ArticleRow, tuple[Ref, ...]]]:
        found = find_rows_of_persons(index, persons)
        first = next(found)
        yield first
        for path in reader.glob("?.yaml"):
            if path.name != first[0].path:
                path.unlink()
        assert main.main(["index", str(reader), "--shared"]) == 0
        yield from found

    written(reader, "y.yaml", dossier_of("okafor", "Lena Okafor", "2020-01-01"))
    written(reader, "z.yaml", dossier_of("okafor", "Lena Okafor", "2019-01-01"))
    assert main.main(["index", str(reader), "--shared"]) == 0
    monkeypatch.setattr(export_sources, "find_rows_of_persons", publishing_meanwhile)
    assert main.main(["export", "person/okafor", str(reader)]) == 0
    assert "export again" not in capsys.readouterr().err


def test_other_limits_are_reported(reader: Path, capsys: Output) -> None:
    assert main.main(["show", "person/okafor", str(reader), "--max-size", "100000"]) == 0
    assert "the shared index was made with other limits" in capsys.readouterr().err


def test_the_screen_starts_no_child_and_sees_the_new_state_at_the_next_look(
    reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_library, "_SOON", PATIENCE)
    before = beneath(os.getpid())
    with opening(reader, StartPlace(), Limits()) as enter:
        library = enter(lambda: None).library
        assert library
        assert library.total == 2
        assert not library.look_for_changes()
        written(reader, "c.yaml", article())
        with monkeypatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(tmp_path / "owner"))
            assert main.main(["index", str(reader), "--shared"]) == 0
        assert library.look_for_changes()
        assert library.refresh_generation()
        assert library.total == 3
        assert beneath(os.getpid()) == before
    assert indexes(tmp_path / "reader") == []


def test_the_screen_says_that_it_is_damaged_until_it_is_not(reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_library, "_SOON", PATIENCE)
    place = reader.parent / "place/news.sqlite"
    with opening(reader, StartPlace(), Limits()) as enter:
        library = enter(lambda: None).library
        assert library
        assert library.total == 2
        sound = place.read_bytes()
        new = Path(f"{place}.other")
        new.write_bytes(sound[: len(sound) // 2])
        new.replace(place)
        assert not library.refresh_generation()
        assert library.total == 2
        until(lambda: library.progress.startswith("the shared index is damaged: dossier index"))
        assert main.main(["index", str(reader), "--shared"]) == 0
        assert library.refresh_generation()
        assert library.total == 2
        until(lambda: library.progress == "")


def test_an_owner_killed_at_any_moment_leaves_a_whole_state(root: Path, tmp_path: Path) -> None:
    written_by = [f"{at % 7}/a{at:04}.yaml" for at in range(150)]

    def write(number: int) -> None:
        for name in written_by:
            written(root, name, dossier_of("p", "Lena Okafor", outlet=f"Outlet {number}"))

    def outlets(shared: SharedIndex) -> list[tuple[str, int]]:
        index = Index.open_shared(shared)
        query = "SELECT outlet, count(*) AS number FROM article WHERE outlet LIKE 'Outlet %' GROUP BY outlet"
        found = index._sessions.fetch_all(query)
        assert index.is_whole
        index.close()
        return [(outlet, count) for outlet, count in found]

    shared = locate_index(root)
    assert isinstance(shared, SharedIndex)
    command = [sys.executable, "-m", "dossier", "index", str(root), "--shared"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    random = Random(17)
    write(0)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    for number in range(1, 9):
        write(number)
        owner = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(random.uniform(0.1, 1.5))
        os.killpg(owner.pid, signal.SIGKILL)
        owner.wait()
        assert [count for _, count in outlets(shared)] == [150]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert outlets(shared) == [("Outlet 8", 150)]
    assert not Path(f"{shared.path}.new").exists()


def test_a_library_with_other_articles_than_before_is_told_with_its_cure(
    reader: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    for one in ("a.yaml", "b.yaml"):
        (reader / one).unlink()
    written(reader, "c.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2021"))
    assert main.main(["search", "yoon", str(reader)]) == 0
    owner = f"dossier index {reader} --shared"
    assert f"if all of its articles were replaced, have its owner update it with {owner};" in capsys.readouterr().err
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "owner"))
        assert main.main(["index", str(reader), "--shared"]) == 0
    capsys.readouterr()
    assert main.main(["search", "yoon", str(reader)]) == 0
    assert capsys.readouterr().err == ""


# What becomes of the place while a screen is open.


@pytest.fixture
def screen(reader: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Return the library of two articles as a screen has it, with a shared index."""
    monkeypatch.setattr(open_library, "_SOON", PATIENCE)
    with opening(reader, StartPlace(), Limits()) as enter:
        library = enter(lambda: None).library
        assert library
        assert (library.total, library.progress) == (2, "")
        yield library


def copy_place(place: Path) -> Path:
    """Return a copy of the folder of a shared index, with the times of its files."""
    return Path(shutil.copytree(place, place.with_name("backup")))


def publish_another(root: Path) -> None:
    written(root, "c.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2021"))
    assert main.main(["index", str(root), "--shared"]) == 0


def sees(library: Library, total: int, words: str) -> bool:
    """Look for changes, as a screen does; return whether it has so many articles, and such words in its title."""
    library.look_for_changes()
    library.refresh_generation()
    return library.total == total and re.search(words, library.progress) is not None


def is_being_read(library: Library) -> bool:
    sessions = library.index._sessions
    assert isinstance(sessions, Connections)
    return bool(sessions._lent)


OLDER = "^the shared index is older than the one before: dossier index .* --shared, by its owner, updates it$"
OLDER_COPY = "^the shared index is an older copy, in the place of the one that its owner published last: dossier"


@pytest.mark.parametrize("is_told_first", [True, False], ids=["the checksums later", "with its checksums"])
@pytest.mark.parametrize("copy", [shutil.copy2, shutil.copyfile], ids=["with its times", "without"])
@pytest.mark.parametrize("is_in_place", [True, False], ids=["in its place", "as another file"])
def test_an_older_state_that_is_put_back_is_shown_and_told(
    screen: Library, reader: Path, is_told_first: bool, copy: Callable[[Path, Path], object], is_in_place: bool
) -> None:
    place = reader.parent / "place"
    backup = copy_place(place)
    publish_another(reader)
    until(lambda: sees(screen, 3, "^$"))
    # What is read of a file while it is copied over is neither of its states.
    until(lambda: not is_being_read(screen))
    if not is_in_place:
        (place / "news.sqlite").unlink()
    copy(backup / "news.sqlite", place / "news.sqlite")
    if is_told_first:
        until(lambda: sees(screen, 3, OLDER_COPY))
    copy(backup / "news.sqlite.sums", place / "news.sqlite.sums")
    until(lambda: sees(screen, 2, OLDER))
    assert main.main(["index", str(reader), "--shared"]) == 0
    until(lambda: sees(screen, 3, "^$"))


def test_a_place_that_is_gone_is_told_and_what_was_there_stays_readable(screen: Library, reader: Path) -> None:
    place = reader.parent / "place"
    place.rename(place.with_name("elsewhere"))
    until(lambda: sees(screen, 2, "^the shared index is not there: dossier index .*, by its owner, makes it$"))
    assert screen.entry(Ref("a", "person", "okafor")) or screen.article_ids_beginning("", 9)
    place.with_name("elsewhere").rename(place)
    until(lambda: sees(screen, 2, "^$"))
    publish_another(reader)
    until(lambda: sees(screen, 3, "^$"))


def test_a_folder_in_the_place_is_told(screen: Library, reader: Path) -> None:
    place = reader.parent / "place/news.sqlite"
    place.rename(place.with_name("elsewhere"))
    place.mkdir()
    until(
        lambda: sees(
            screen, 2, "^the shared index cannot be read: Is a directory: correct index in .*, or ask its owner"
        )
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE meta SET value = 'another' WHERE key = 'version'", "^the shared index was made by another version of"),
        ("CREATE VIEW more AS SELECT 1", "^the shared index has other tables than dossier makes"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_not_read(
    screen: Library, reader: Path, change: str, words: str
) -> None:
    place = reader.parent / "place/news.sqlite"
    new = place.with_name("new")
    shutil.copyfile(place, new)
    with closing(sqlite3.connect(new)) as connection:
        connection.execute(change)
        connection.commit()
    published = place.stat().st_mtime
    os.utime(new, (published, published))
    new.replace(place)
    until(lambda: sees(screen, 2, words))
    assert len(screen.article_ids_beginning("", 9)) == 2
    assert main.main(["index", str(reader), "--shared"]) == 0
    until(lambda: sees(screen, 2, "^$"))


def test_the_index_of_another_library_in_the_place_is_told_and_not_read(
    screen: Library, reader: Path, tmp_path: Path
) -> None:
    other = tmp_path / "more/news"
    for name in ("x", "y", "z"):
        written(other, f"{name}.yaml", article())
    written(other, "registry.yaml", "registry: 1\nindex: ../place/news.sqlite\n")
    assert main.main(["index", str(other), "--shared"]) == 0
    shutil.copytree(tmp_path / "more/place", reader.parent / "place", dirs_exist_ok=True)
    until(lambda: sees(screen, 2, "^the shared index is of another library than .*: correct index in "))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Return an event for which every comparison of a whole shared index waits. This thread handles keys.

    It fails on this thread at once, which would wait for ever.
    """
    event, keys = threading.Event(), threading.get_ident()

    def sum_later(descriptor: int) -> tuple[int, ...]:
        assert threading.get_ident() != keys
        event.wait()
        return sum_blocks(descriptor)

    monkeypatch.setattr(shared_file, "sum_blocks", sum_later)
    set_key_thread(True)
    yield event
    event.set()
    set_key_thread(False)


def test_a_key_does_not_wait_until_another_file_is_compared(reader: Path, compared: threading.Event) -> None:
    place = reader.parent / "place/news.sqlite"
    index = Index.open_shared(SharedIndex(reader, place, "a test"))
    assert index.total() == 2
    publish_another(reader)
    new = place.with_name("new")
    shutil.copyfile(place, new)
    os.utime(new, (1, 1))
    new.replace(place)
    # Until then what was there is read.
    assert index.total() == 2
    assert len(index.articles_beginning("", 9)) == 2
    compared.set()
    until(lambda: bool(index.generation) and index.total() == 3)
    assert len(index.articles_beginning("", 9)) == 3
    index.close()


def test_a_key_reads_nothing_of_a_file_that_was_changed_in_its_place_until_it_is_compared(
    reader: Path, compared: threading.Event
) -> None:
    place = reader.parent / "place/news.sqlite"
    index = Index.open_shared(SharedIndex(reader, place, "a test"))
    assert index.total() == 2
    os.utime(place, (1, 1))
    with pytest.raises(IndexDamagedError, match="is being compared with its checksums"):
        index.total()
    compared.set()
    until(lambda: can_be_read(index))
    assert index.total() == 2
    index.close()


def can_be_read(index: Index) -> bool:
    with suppress(IndexDamagedError):
        return index.total() == 2
    return False


# Readers without the right to write.

SEARCH_AS_NOBODY = """
import contextlib, os, sys
from dossier.cli.main import main
words = ["search", "every", sys.argv[1], "--format", "csv"]
# What the program loads when it needs it may lie in a folder that only this user can enter.
with contextlib.redirect_stdout(open(os.devnull, "w", encoding="utf-8")):
    main(words)
os.environ["XDG_CACHE_HOME"] = os.environ["XDG_STATE_HOME"] = "/nonexistent"
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
sys.exit(main(words))
"""


@pytest.fixture
def public(root: Path) -> Iterator[Path]:
    """Return the library in a folder that everybody can enter, with a shared index."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    library = shutil.copytree(root, folder / "news")
    assert main.main(["index", str(library), "--shared"]) == 0
    yield library
    shutil.rmtree(folder)


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser can become another user")
def test_a_reader_who_may_not_write(public: Path) -> None:
    before = sorted((public / "../place").iterdir())
    command = [sys.executable, "-c", SEARCH_AS_NOBODY, str(public)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Lena Okafor" in done.stdout
    assert sorted((public / "../place").iterdir()) == before


def run_cure(told: str) -> None:
    """Run the commands that a message names."""
    (command,) = re.findall(r"only its owner can read it: (chmod .*) lets others", told)
    subprocess.run(["sh", "-c", command], check=True)


def test_an_owner_is_told_that_nobody_else_can_read_it_and_what_helps(public: Path, capsys: Output) -> None:
    place = public / "../place"
    shutil.rmtree(place)
    capsys.readouterr()
    before = os.umask(0o077)
    try:
        assert main.main(["index", str(public), "--shared"]) == 0
        told = capsys.readouterr().err
        file = place.resolve() / "news.sqlite"
        assert f"only its owner can read it: chmod a+x {file.parent} && chmod a+r {file} lets others\n" in told
        assert main.main(["index", str(public), "--status"]) == 0
        run_cure(capsys.readouterr().out)
        written(public, "c.yaml", dossier_of("yoon", "Yoon Suk Yeol", "2021"))
        assert main.main(["index", str(public), "--shared"]) == 0
    finally:
        os.umask(before)
    assert "only its owner" not in capsys.readouterr().err
    main.main(["index", str(public), "--status"])
    assert "only its owner" not in capsys.readouterr().out


def test_a_reader_without_the_right_to_read_sees_an_error(reader: Path) -> None:
    shared = locate_index(reader)
    assert isinstance(shared, SharedIndex)
    if os.access(shared.path, os.R_OK) and os.getuid() == 0:
        # Nothing is forbidden to the superuser: a folder in its place cannot be read either.
        shared.path.unlink()
        shared.path.mkdir()
    else:
        shared.path.chmod(0)
    with pytest.raises(SharedIndexError, match=r"cannot be read: .*ask its owner"):
        Index.open_shared(shared)


def test_a_read_only_mount(reader: Path, tmp_path: Path) -> None:
    mount = f'mount --bind "{tmp_path}" "{tmp_path}" && mount -o remount,ro,bind "{tmp_path}"'
    own = [] if os.getuid() == 0 else ["--map-root-user"]
    unshare = ["unshare", *own, "--mount", "sh", "-c"]
    can_mount = shutil.which("unshare") and not subprocess.run([*unshare, mount], check=False).returncode
    if not can_mount:
        pytest.skip("nothing can be mounted here (unshare, mount)")
    program = f'"{sys.executable}" -m dossier search every "{reader}" --format csv'
    home = tempfile.mkdtemp()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": home, "XDG_STATE_HOME": home}
    script = f'{mount} && ! touch "{tmp_path}/place/x" 2>/dev/null && {program}'
    done = subprocess.run([*unshare, script], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Lena Okafor" in done.stdout
    assert indexes(Path(home)) == []
    shutil.rmtree(home)
