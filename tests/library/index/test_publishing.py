"""A published index is always one whole state of the library, even if its owner is killed and while others read it."""

import errno
import fcntl
import gc
import os
import re
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from file_states import file_state
from shelves import article, dossier_of, written

from dossier.library.index import publishing, shared_file, update
from dossier.library.index.block_sums import sums_path
from dossier.library.index.connections import Connections
from dossier.library.index.errors import IndexWriteError, RowGoneError, SharedIndexError
from dossier.library.index.file_copy import copy_content
from dossier.library.index.location import SharedIndex, index_path, lock_path
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.publishing import Publication, Publisher
from dossier.library.index.raw_file import open_raw
from dossier.library.index.reader import Index, IndexDamagedError
from dossier.library.index.shared_file import HEAD, SharedFile, is_as_published, is_older_copy, read_head
from dossier.library.index.update import update_index
from dossier.library.lock import hold_lock

ARTICLES = 12


class KilledError(BaseException):
    """Stands for the end of the owner's program."""


@pytest.fixture
def shared(tmp_path: Path) -> SharedIndex:
    """Return the place of the shared index of a library, which is not indexed yet."""
    root = tmp_path / "library"
    write_state(root, 1)
    return SharedIndex(root, tmp_path / "place" / "index.sqlite", "the test")


def write_state(root: Path, number: int) -> None:
    """Write all articles of the library in one of its states: they have its number as their outlet."""
    for at in range(ARTICLES):
        written(root, f"a{at:02}.yaml", dossier_of(f"p{at}", f"Person {at}", outlet=f"Outlet {number}"))


def publish(shared: SharedIndex, told: Callable[[Publisher], None] = lambda publisher: None) -> Publication:
    """Update the index of the library and publish it. `told` is called at each report of progress."""
    publisher = Publisher(shared)
    with publisher.holding_place(lambda: None):
        update_index(shared.root, report=lambda progress: told(publisher))
        return publisher.publish_finished()


def outlets(index: Index) -> Counter[str]:
    """Return the outlets of the articles, found by one question."""
    rows = index._sessions.fetch_all("SELECT outlet FROM article")
    return Counter(outlet for (outlet,) in rows)


def whole(number: int) -> Counter[str]:
    return Counter({f"Outlet {number}": ARTICLES})


def flip(path: Path, at: int) -> None:
    """Change a byte without changing the size and the times of the file."""
    found = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 255]))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def test_what_is_published_is_a_file_alone_in_rollback_mode(shared: SharedIndex) -> None:
    assert publish(shared) is Publication.PUBLISHED
    names = sorted(one.name for one in shared.path.parent.iterdir())
    assert names == ["index.sqlite", "index.sqlite.lock", "index.sqlite.sums"]
    data = shared.path.read_bytes()
    assert data[18:20] == b"\1\1"
    head = read_head(data[:HEAD])
    assert head
    assert (head.size, head.published) == (len(data), int(shared.path.stat().st_mtime))
    with closing(sqlite3.connect(f"file:{shared.path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert outlets(Index.open_shared(shared)) == whole(1)


def test_nothing_is_published_where_nothing_changed(shared: SharedIndex) -> None:
    publish(shared)
    before = file_state(shared.path)
    assert publish(shared) is Publication.UNCHANGED
    assert file_state(shared.path) == before
    written(shared.root, "more.yaml", article())
    assert publish(shared) is Publication.PUBLISHED
    assert Index.open_shared(shared).total() == ARTICLES + 1


def test_other_users_may_read_it_as_the_umask_allows(shared: SharedIndex) -> None:
    before = os.umask(0o027)
    try:
        publish(shared)
    finally:
        os.umask(before)
    assert shared.path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("mode", "kept"), [(0o644, 0o644), (0o640, 0o640), (0o600, 0o600), (0o775, 0o664)])
def test_what_its_owner_said_of_it_holds_for_all_that_take_its_place(shared: SharedIndex, mode: int, kept: int) -> None:
    files = shared.path, sums_path(shared.path)
    for number in (1, 2):
        before = os.umask(0o077)
        try:
            write_state(shared.root, number)
            assert publish(shared) is Publication.PUBLISHED
        finally:
            os.umask(before)
        assert [one.stat().st_mode & 0o777 for one in files] == [0o600 if number == 1 else kept] * 2
        shared.path.chmod(mode)


@pytest.mark.skipif(os.getuid() != 0, reason="only the superuser can give a file to any group")
def test_rights_that_hold_already_are_not_given_again(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, mode: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchmod", refuse)
    publish(shared)
    write_state(shared.root, 2)
    assert publish(shared) is Publication.PUBLISHED


def test_its_group_is_kept(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(shared)
    os.chown(shared.path, -1, 4242)
    shared.path.chmod(0o640)
    write_state(shared.root, 2)
    publish(shared)
    files = shared.path, sums_path(shared.path)
    assert [(one.stat().st_gid, one.stat().st_mode & 0o777) for one in files] == [(4242, 0o640)] * 2
    monkeypatch.setattr(os, "fchown", refuse_group)
    write_state(shared.root, 3)
    publish(shared)
    assert [(one.stat().st_gid, one.stat().st_mode & 0o777) for one in files] == [(os.getgid(), 0o600)] * 2


def refuse_group(descriptor: int, user: int, group: int) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_users_who_may_write_to_the_folder_may_hold_the_lock(shared: SharedIndex) -> None:
    shared.path.parent.mkdir()
    shared.path.parent.chmod(0o2775)
    publish(shared)
    assert lock_path(shared.path).stat().st_mode & 0o777 == 0o660


def test_readers_see_whole_states_while_it_is_published_again(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "_FIRST", 5)
    monkeypatch.setattr(update, "_MOST", 5)
    monkeypatch.setattr(update, "_TELL", 0.0)
    publish(shared)
    reader = Index.open_shared(shared)
    mixed = 0
    for number in range(2, 52):
        write_state(shared.root, number)
        seen = list[Counter[str]]()
        owned = list[int]()

        def look(publisher: Publisher, seen: list[Counter[str]] = seen, owned: list[int] = owned) -> None:
            seen.append(outlets(reader))
            if private := Index.open(shared.root):
                owned.append(len(outlets(private)))
                private.close()

        generation = reader.generation
        rows = reader._sessions.iterate("SELECT outlet FROM article")
        first = next(rows)
        assert publish(shared, look) is Publication.PUBLISHED
        mixed += max(owned) > 1
        assert seen
        assert all(one == whole(number - 1) for one in seen)
        assert {first, *rows} == {(f"Outlet {number - 1}",)}
        assert reader.generation != generation
        assert outlets(reader) == whole(number)
        assert reader.generation != generation
    # What the owner has in between is not what readers see.
    assert mixed


def test_an_index_that_is_published_during_opening_is_read_after_the_next_look(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    write_state(shared.root, 2)
    connect = SharedFile.connect

    def late(file: SharedFile) -> sqlite3.Connection | None:
        opened = connect(file)
        monkeypatch.setattr(SharedFile, "connect", connect)
        publish(shared)
        return opened

    monkeypatch.setattr(SharedFile, "connect", late)
    index = Index.open_shared(shared)
    assert index.generation
    assert outlets(index) == whole(2)


def test_a_first_index_is_published_now_and_then(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "_FIRST", 5)
    monkeypatch.setattr(update, "_MOST", 5)
    monkeypatch.setattr(update, "_TELL", 0.0)
    monkeypatch.setattr(publishing, "_FIRST_PAUSE", 0.0)
    monkeypatch.setattr(publishing, "_SHARE", 0)
    seen = list[tuple[int, bool]]()

    def told(publisher: Publisher) -> None:
        private = Index.open(shared.root)
        if private is None or not private.total():
            return
        private.close()
        publisher.publish_unfinished()
        index = Index.open_shared(shared)
        seen.append((index.total(), index.is_whole))
        index.close()

    publish(shared, told)
    assert any(0 < total < ARTICLES and not is_whole for total, is_whole in seen)
    index = Index.open_shared(shared)
    assert (index.total(), index.is_whole) == (ARTICLES, True)


def test_an_unfinished_index_that_cannot_be_published_does_not_end_the_update(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_FIRST_PAUSE", 0.0)
    tries = 0

    def fail(*given: object) -> None:
        nonlocal tries
        tries += 1
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Publisher, "_copy", fail)
        with pytest.raises(IndexWriteError, match="no space left"):
            publish(shared, Publisher.publish_unfinished)
    assert tries > 1
    private = Index.open(shared.root)
    assert private
    assert outlets(private) == whole(1)


def test_an_unfinished_index_never_takes_the_place_of_a_finished_one(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    monkeypatch.setattr(publishing, "_FIRST_PAUSE", 0.0)
    before = file_state(shared.path)
    publisher = Publisher(shared)

    def told(progress: Progress) -> None:
        publisher.publish_unfinished()
        assert file_state(shared.path) == before

    with publisher.holding_place(lambda: None):
        update_index(shared.root, rebuild=True, report=told)
        assert publisher.publish_finished() is Publication.PUBLISHED


def test_an_unfinished_index_is_published_during_a_small_part_of_the_time(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    publisher = Publisher(shared)
    times = list[float]()

    def copy(sums: object = None) -> None:
        times.append(now[0])
        now[0] += 3.0

    monkeypatch.setattr(publisher, "_publish", copy)
    while now[0] < 1_400.0:
        publisher.publish_unfinished()
        now[0] += 1.0
    # The first after 10 s, then 60 s from the end of one to the beginning of the next.
    assert times == [1_010.0, 1_073.0, 1_136.0, 1_199.0, 1_262.0, 1_325.0, 1_388.0]


STEPS = (
    (publishing, "copy_content"),
    (publishing, "write_head"),
    (os, "fsync"),
    (os, "utime"),
    (publishing, "write_sums"),
    (publishing, "_sync_folder"),
)


@pytest.mark.parametrize(("module", "step"), STEPS)
def test_an_owner_that_is_killed_at_any_step_leaves_the_old_or_the_new_index(
    shared: SharedIndex, module: object, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    write_state(shared.root, 2)

    def end(*given: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(module, step, end)
        # Who is killed removes nothing.
        patch.setattr(Path, "unlink", lambda path, missing_ok=False: None)
        with pytest.raises(KilledError):
            publish(shared)
    assert is_as_published(shared.path)
    assert outlets(Index.open_shared(shared)) in (whole(1), whole(2))
    publish(shared)
    assert outlets(Index.open_shared(shared)) == whole(2)
    assert publish(shared) is Publication.UNCHANGED
    assert not Path(f"{shared.path}.new").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_index(shared: SharedIndex, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(shared)
    write_state(shared.root, 2)

    def fail(*given: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "copy_content", fail)
        with pytest.raises(IndexWriteError, match=r"shared index cannot be written.*name another place"):
            publish(shared)
    assert outlets(Index.open_shared(shared)) == whole(1)
    assert not Path(f"{shared.path}.new").exists()


def test_free_space_is_checked_before_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").write_bytes(b"x" * 100)
    (tmp_path / "two").touch()
    found = list(os.statvfs(tmp_path))
    found[4] = 1
    monkeypatch.setattr(os, "statvfs", lambda place: os.statvfs_result(found))

    def refuse(*given: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no blocks are shared here")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    one, two = os.open(tmp_path / "one", os.O_RDONLY), os.open(tmp_path / "two", os.O_RDWR)
    with pytest.raises(OSError, match="No space left"):
        copy_content(one, two)
    os.close(one)
    os.close(two)
    assert (tmp_path / "two").stat().st_size == 0


@pytest.mark.parametrize("missing", [(), ("ioctl",), ("ioctl", "copy_file_range")])
def test_every_way_of_copying_makes_the_same_copy(
    tmp_path: Path, missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(300_000) + bytes(300_000)
    (tmp_path / "one").write_bytes(data)
    (tmp_path / "two").touch()

    def refuse(*given: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    if "ioctl" in missing:
        monkeypatch.setattr(fcntl, "ioctl", refuse)
    if "copy_file_range" in missing:
        monkeypatch.setattr(os, "copy_file_range", refuse)
    with open_raw(tmp_path / "one") as one, (tmp_path / "two").open("r+b") as two:
        copy_content(one, two.fileno())
    assert (tmp_path / "two").read_bytes() == data


def test_an_index_with_a_log_is_copied_whole(shared: SharedIndex) -> None:
    update_index(shared.root)
    held = Index.open(shared.root)
    assert held
    # A reader in the middle of an answer keeps the log from being emptied.
    rows = held._sessions.iterate("SELECT first FROM article")
    next(rows)
    write_state(shared.root, 2)
    with closing(sqlite3.connect(index_path(shared.root), timeout=0)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE article SET outlet = 'Outlet 7'")
        connection.commit()
        assert Path(f"{index_path(shared.root)}-wal").stat().st_size
        publisher = Publisher(shared)
        with publisher.holding_place(lambda: None):
            publisher.publish_finished()
    assert outlets(Index.open_shared(shared)) == whole(7)
    list(rows)


def test_owners_wait_for_one_another(shared: SharedIndex) -> None:
    publish(shared)
    waits = 0

    def waiting() -> None:
        nonlocal waits
        waits += 1
        if waits > 1:
            raise InterruptedError

    with (
        hold_lock(lock_path(shared.path), lambda: None, 0.01),
        pytest.raises(InterruptedError),
        Publisher(shared).holding_place(waiting),
    ):
        pytest.fail("two owners at once")
    with Publisher(shared).holding_place(waiting):
        pass


def test_a_published_index_that_something_else_wrote_is_noticed_and_mended(shared: SharedIndex) -> None:
    publish(shared)
    reader = Index.open_shared(shared)
    said = list[str]()
    reader.call_when_damaged(lambda: said.append("damaged"))
    reader.call_when_changed(lambda: said.append("changed"))
    flip(shared.path, shared.path.stat().st_size // 2)
    os.utime(shared.path)
    with pytest.raises(SharedIndexError, match=r"is damaged: dossier index .* --shared, by its owner, makes it anew"):
        Index.open_shared(shared)
    with pytest.raises(IndexDamagedError):
        reader.total()
    assert publish(shared) is Publication.REPAIRED
    assert reader.total() == ARTICLES
    assert said == ["damaged", "changed"]


def test_a_bit_that_the_disk_flips_is_noticed_by_the_owner_within_a_day(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    flip(shared.path, shared.path.stat().st_size // 2)
    assert publish(shared) is Publication.UNCHANGED
    monkeypatch.setattr(publishing, "_AGAIN", 0)
    assert publish(shared) is Publication.REPAIRED
    assert publish(shared) is Publication.UNCHANGED


def test_an_article_in_whose_place_a_new_index_has_another_one_is_gone_and_no_damage(shared: SharedIndex) -> None:
    written(shared.root, "one.yaml", dossier_of("one", "Person One", "2021"))
    publish(shared)
    reader = Index.open_shared(shared)
    said = list[str]()
    reader.call_when_damaged(lambda: said.append("damaged"))
    seen = reader.articles.find("one")
    assert seen
    (shared.root / "one.yaml").unlink()
    written(shared.root, "two.yaml", article(published="2021"))
    publisher = Publisher(shared)
    with publisher.holding_place(lambda: None):
        update_index(shared.root, rebuild=True)
        publisher.publish_finished()
    assert reader.articles.find("two") is None
    assert reader.generation
    now = reader.articles.find("two")
    assert now
    assert now.size != seen.size
    with pytest.raises(RowGoneError):
        # Where another article has its row ids depends on the sizes of both.
        reader.entries.of_article(seen._replace(first=now.first))
    assert reader.entries.of_article(now)
    assert said == []


def test_questions_of_many_threads_are_answered_while_the_place_has_nothing_to_open(shared: SharedIndex) -> None:
    publish(shared)
    reader = Index.open_shared(shared)
    # Answers that are not read to their ends keep their connections.
    going = [reader._sessions.iterate("SELECT outlet FROM article") for _ in range(3)]
    found = [next(rows) for rows in going]
    shared.path.parent.rename(shared.path.parent.with_name("elsewhere"))
    going += [reader._sessions.iterate("SELECT outlet FROM article") for _ in range(5)]
    assert outlets(reader) == whole(1)
    found += [row for rows in going for row in rows]
    assert found == [("Outlet 1",)] * 8 * ARTICLES
    del going
    gc.collect()
    assert outlets(reader) == whole(1)
    shared.path.parent.with_name("elsewhere").rename(shared.path.parent)
    write_state(shared.root, 2)
    publish(shared)
    assert reader.generation
    assert outlets(reader) == whole(2)


@pytest.mark.parametrize("left", [0, 50, 5_000])
def test_a_cut_file_is_damaged_and_its_owner_makes_it_anew(shared: SharedIndex, left: int) -> None:
    publish(shared)
    os.truncate(shared.path, left)
    with pytest.raises(SharedIndexError, match="damaged"):
        Index.open_shared(shared)
    publish(shared)
    assert outlets(Index.open_shared(shared)) == whole(1)


def test_a_copy_of_the_published_file_with_another_time_is_sound(shared: SharedIndex, tmp_path: Path) -> None:
    publish(shared)
    other = shared._replace(path=tmp_path / "copy.sqlite")
    shutil.copyfile(shared.path, other.path)
    shutil.copyfile(sums_path(shared.path), sums_path(other.path))
    assert outlets(Index.open_shared(other)) == whole(1)


@pytest.mark.parametrize("is_kept", [True, False], ids=["its time kept", "another time"])
def test_an_older_copy_is_told_from_the_index_that_was_published_last(shared: SharedIndex, is_kept: bool) -> None:
    publish(shared)
    copy = shared.path.with_name("backup")
    shutil.copy2(shared.path, copy)
    write_state(shared.root, 2)
    publish(shared)
    reader = Index.open_shared(shared)
    assert outlets(reader) == whole(2)
    (shutil.copy2 if is_kept else shutil.copyfile)(copy, shared.path)
    with pytest.raises(SharedIndexError, match=r"is an older copy.*: dossier index .* --shared, by its owner, pub"):
        Index.open_shared(shared)
    with pytest.raises(IndexDamagedError):
        reader.total()
    publish(shared)
    assert outlets(Index.open_shared(shared)) == outlets(reader) == whole(2)


@pytest.mark.parametrize("kept", [0, HEAD], ids=["all", "all but the head"])
def test_a_zeroed_older_copy_is_damage(shared: SharedIndex, kept: int) -> None:
    publish(shared)
    before = shared.path.read_bytes()
    write_state(shared.root, 2)
    publish(shared)
    shared.path.write_bytes(before[:kept] + bytes(len(before) - kept))
    with pytest.raises(SharedIndexError, match=r"is (damaged|an older copy)"):
        Index.open_shared(shared)
    publish(shared)
    assert outlets(Index.open_shared(shared)) == whole(2)


def test_a_publication_while_the_present_one_is_looked_at_is_no_older_copy(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    write_state(shared.root, 2)

    def published_meanwhile(path: Path) -> int:
        monkeypatch.undo()
        publish(shared)
        return shared_file.read_last_published(path)

    monkeypatch.setattr(shared_file, "read_last_published", published_meanwhile)
    assert not is_older_copy(shared.path)
    assert outlets(Index.open_shared(shared)) == whole(2)


def test_a_publication_is_later_than_all_before_it_though_the_clock_went_back(
    shared: SharedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(shared)
    older = shared.path.read_bytes()
    write_state(shared.root, 2)
    publish(shared)
    shared.path.write_bytes(older)
    monkeypatch.setattr("dossier.library.index.publishing.time.time", lambda: 1_000.0)
    publish(shared)
    assert not is_older_copy(shared.path)
    assert outlets(Index.open_shared(shared)) == whole(2)


@pytest.mark.parametrize("content", [b"headline: A\n", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_published_index_stays(shared: SharedIndex, content: bytes) -> None:
    shared.path.parent.mkdir()
    shared.path.write_bytes(content)
    with pytest.raises(IndexWriteError, match="is no published index: name another place for it, or remove that file"):
        publish(shared)
    assert shared.path.read_bytes() == content


@pytest.mark.parametrize(
    ("ending", "make", "words"),
    [
        ("", os.mkfifo, "is a named pipe, not a regular file: rename it, or name another place for it"),
        ("", os.mkdir, "is a folder, not a regular file: rename it, or"),
        ("", lambda path: os.symlink("/nonexistent", path), "is a link, not a regular file: rename it, or"),
        (".new", os.mkdir, "is a folder, not a regular file: rename it, or"),
        (".lock", os.mkfifo, "is a named pipe, not a regular file: rename it, or"),
    ],
)
def test_an_error_names_what_else_is_in_the_place(
    shared: SharedIndex, ending: str, make: Callable[[str], None], words: str
) -> None:
    shared.path.parent.mkdir()
    make(f"{shared.path}{ending}")
    with pytest.raises(IndexWriteError, match=re.escape(f"{shared.path}{ending} {words}")):
        publish(shared)
    assert os.path.lexists(f"{shared.path}{ending}")


def test_an_error_names_a_missing_folder(shared: SharedIndex, tmp_path: Path) -> None:
    other = shared._replace(path=tmp_path / "no" / "such" / "index.sqlite")
    words = f"there is no folder {other.path.parent}: make it, or name a place that you can write to"
    with pytest.raises(IndexWriteError, match=re.escape(words)):
        publish(other)


def test_who_may_not_write_there_is_sent_to_the_owner(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    cure = "name a place that you can write to"
    shared.path.parent.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_make_lock", refuse)
        with pytest.raises(IndexWriteError, match=f"no permission to write to .*: {cure}$"):
            publish(shared)
    publish(shared)
    monkeypatch.setattr(publishing, "_make_lock", refuse)
    with pytest.raises(IndexWriteError, match=f"no permission to write to .*: leave that to its owner, or {cure}$"):
        publish(shared)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE article SET path = 5",
        "UPDATE article SET id = NULL, headline = NULL",
        "UPDATE article SET first = first + 1, published = x'00'",
        "UPDATE packed SET entries = 'text'",
        "INSERT INTO event SELECT first, 'some day', 0, 0, 0 FROM article",
    ],
)
def test_values_of_other_kinds_are_damage(shared: SharedIndex, harm: str) -> None:
    publish(shared)
    change(shared, harm)

    def read() -> None:
        index = Index.open_shared(shared)
        found = index.articles.article(next(index.articles.article_ids()))
        index.entries.of_article(found)
        index.entries.event_dates([found])

    with pytest.raises((IndexDamagedError, SharedIndexError), match=r"kind|is damaged"):
        read()


def test_a_private_index_stays(shared: SharedIndex) -> None:
    update_index(shared.root)
    with pytest.raises(IndexWriteError, match="is no published index"):
        publish(shared._replace(path=index_path(shared.root)))


def test_the_index_of_another_library_is_neither_read_nor_replaced(shared: SharedIndex, tmp_path: Path) -> None:
    publish(shared)
    written(tmp_path / "other", "b.yaml", article())
    other = shared._replace(root=tmp_path / "other")
    with pytest.raises(SharedIndexError, match=r"is of another library than .*: correct the test"):
        Index.open_shared(other)
    with pytest.raises(IndexWriteError, match="is the index of another library: name another place"):
        publish(other)
    assert outlets(Index.open_shared(shared)) == whole(1)


def test_a_library_under_another_path_has_the_same_index(shared: SharedIndex, tmp_path: Path) -> None:
    publish(shared)
    (tmp_path / "mount").symlink_to(shared.root)
    index = Index.open_shared(shared._replace(root=tmp_path / "mount"))
    assert (outlets(index), index.has_status_times) == (whole(1), True)
    shutil.copytree(shared.root, tmp_path / "copy")
    index = Index.open_shared(shared._replace(root=tmp_path / "copy"))
    assert (outlets(index), index.has_status_times) == (whole(1), False)


def test_an_index_of_another_version_is_refused(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(shared)
    monkeypatch.setattr("dossier.library.index.shared_file.VERSION", "another")
    with pytest.raises(SharedIndexError, match="made by another version of dossier"):
        Index.open_shared(shared)


@pytest.mark.parametrize(
    "harm",
    [
        "ALTER TABLE article RENAME TO other; CREATE VIEW article AS SELECT * FROM other",
        "CREATE VIEW more AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
        "CREATE TRIGGER told AFTER INSERT ON meta BEGIN DELETE FROM file; END",
        "DROP TABLE day; CREATE TABLE day (day INTEGER PRIMARY KEY, placed INTEGER AS (abs(day)))",
        "CREATE TABLE 'words_more'(id INTEGER PRIMARY KEY, block BLOB AS (abs(id + 'a')))",
        "DROP TABLE retired",
        "UPDATE meta SET value = 'many' WHERE key = 'generation'",
        "DELETE FROM meta WHERE key = 'articles'",
    ],
)
def test_an_index_with_other_tables_is_not_read(shared: SharedIndex, harm: str) -> None:
    publish(shared)
    change(shared, harm)
    with pytest.raises(SharedIndexError, match="has other tables than dossier makes: remove the file; then dossier"):
        Index.open_shared(shared)
    assert SharedFile(shared.path, shared.root, None).connect() is None


def test_no_text_of_an_index_makes_a_terminal_act(shared: SharedIndex) -> None:
    publish(shared)
    change(shared, "UPDATE article SET outlet = char(27) || ']52;c;' || char(7) || char(155) || char(233, 10)")
    change(shared, "UPDATE article SET headline = CAST(x'61ff' AS TEXT)")
    index = Index.open_shared(shared)
    assert outlets(index) == Counter({"\ufffd]52;c;\ufffd\ufffd\u00e9\n": ARTICLES})
    assert {index.articles.article(first).headline for first in index.articles.article_ids()} == {"a\ufffd"}


def change(shared: SharedIndex, script: str) -> None:
    """Change a published index as a program would that forges one."""
    with closing(sqlite3.connect(shared.path)) as connection:
        connection.executescript(script)
    head = read_head(shared.path.read_bytes()[:HEAD])
    assert head
    os.utime(shared.path, (head.published, head.published))


def test_the_new_file_is_opened_when_a_file_server_has_dropped_the_old_one(shared: SharedIndex) -> None:
    publish(shared)
    reader = Index.open_shared(shared)
    assert reader.total() == ARTICLES

    class GoneConnection(sqlite3.Connection):
        def execute(self, *given: object) -> sqlite3.Cursor:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error

    assert isinstance(reader._sessions, Connections)
    reader._sessions._idle[:] = [sqlite3.connect(":memory:", factory=GoneConnection)]
    with pytest.raises(IndexDamagedError):
        reader.total()
    assert reader.total() == ARTICLES


def test_an_update_that_is_stopped_releases_the_lock(shared: SharedIndex) -> None:
    def told(publisher: Publisher) -> None:
        raise InterruptedError(Stage.READING)

    with pytest.raises(InterruptedError):
        publish(shared, told)
    assert publish(shared) is Publication.PUBLISHED


def test_a_clock_that_is_wrong_by_a_century_is_told(shared: SharedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(shared)
    before = shared.path.read_bytes()
    write_state(shared.root, 2)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: float(2**32))
        with pytest.raises(IndexWriteError, match="cannot be published after the year 2106: set the clock"):
            publish(shared)
    assert shared.path.read_bytes() == before
    assert publish(shared) is Publication.PUBLISHED
