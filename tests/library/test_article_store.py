"""Tests of where the articles of a library are read: files in a folder, or texts that are kept with the index."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, library_at
from waiting import PATIENCE

from dossier.core.dataclasses import replace
from dossier.core.model import complete_path, is_file_path
from dossier.core.note_places import is_listed_on, may_belong
from dossier.core.problem import Problem
from dossier.core.views.panes import make_reading
from dossier.library import disk_jobs
from dossier.library.article_store import ArticleStore, FolderStore
from dossier.library.disk_jobs import RetriedCall
from dossier.library.index.errors import IndexUnreachableError
from dossier.library.index.reader import ArticleRow
from dossier.library.library import Library
from dossier.library.notebook import Notebook
from dossier.library.opened_articles import OpenedArticles
from dossier.library.source_store import SourceStore
from dossier.loader.limits import Limits

PLACE = "postgresql://db.example/news"


class Sources:
    """The texts of a library by their paths, as an index keeps them."""

    def __init__(self, root: Path) -> None:
        self.texts = {
            str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
        }
        self.is_unreachable = False

    def fetch_source(self, path: str) -> bytes:
        if self.is_unreachable:
            raise IndexUnreachableError("db.example does not answer")
        return self.texts[path]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("library")) as found:
        yield found


@pytest.fixture
def sources() -> Sources:
    return Sources(PORT_ARLEN)


def stored(library: Library, sources: Sources, limits: Limits | None = None) -> SourceStore:
    return SourceStore(PLACE, "port-arlen", library.index, sources, limits)


def rows_of(library: Library) -> list[ArticleRow]:
    return [library.index.articles.article(first) for first in library.index.articles.article_ids()]


def test_both_stores_load_the_same_articles_but_for_their_paths(library: Library, sources: Sources) -> None:
    folder, store = FolderStore(PORT_ARLEN, library.index), stored(library, sources)
    rows = rows_of(library)
    assert len(rows) == 11
    for row in rows:
        one, other = folder.load(row), store.load(row)
        assert one.article
        assert other.article
        assert other.article.path == f"{PLACE}/port-arlen/{row.path}" == store.locate(row)
        assert one.article.path == str(PORT_ARLEN / row.path) == folder.locate(row)
        assert other.article == replace(one.article, path=other.article.path)
        assert [str(problem) for problem in other.problems] == [
            str(problem._replace(path=other.article.path)) for problem in one.problems
        ]
        assert store.read_source(row) == folder.read_source(row) == (PORT_ARLEN / row.path).read_bytes()


def test_an_article_whose_id_repeats_is_addressed_by_its_path(library: Library, sources: Sources) -> None:
    row = rows_of(library)[0]._replace(repeats=True)
    found = stored(library, sources).load(row).article
    assert found
    assert found.ref.article == row.path


def test_a_text_over_the_limit_is_refused_as_a_file_is(library: Library, sources: Sources) -> None:
    row = rows_of(library)[0]
    limits = Limits(size=20)
    store = stored(library, sources, limits)
    assert len(store.read_source(row)) == 21
    (found,) = store.load(row).problems
    (known,) = FolderStore(PORT_ARLEN, library.index, limits).load(row).problems
    assert found == known._replace(path=store.locate(row))


def test_the_error_about_a_text_that_is_gone_has_its_address(library: Library, sources: Sources) -> None:
    row = rows_of(library)[0]
    del sources.texts[row.path]
    store = stored(library, sources)
    found = store.load(row)
    assert found.article is None
    assert [str(problem) for problem in found.problems] == [
        f"{PLACE}/port-arlen/{row.path}:1:1: error: the article is no longer in the index [cannot-read]"
    ]
    assert isinstance(store.read_source(row), Problem)


def test_the_stamp_of_a_text_is_that_of_the_index(library: Library, sources: Sources) -> None:
    row = rows_of(library)[0]
    store = stored(library, sources)
    stamp = store.read_stamp(row)
    of_file = FolderStore(PORT_ARLEN, library.index).read_stamp(row)
    assert stamp
    assert of_file
    assert stamp[1:] == of_file[1:]
    assert store.read_stamp(row._replace(path="no/such.yaml")) is None
    assert store.is_as_indexed(row)


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_library_has_a_name_and_perhaps_a_folder(library: Library, sources: Sources, is_folder: bool) -> None:
    store: ArticleStore = FolderStore(PORT_ARLEN, library.index) if is_folder else stored(library, sources)
    assert store.read_name() == "port-arlen"
    assert store.folder == (PORT_ARLEN if is_folder else None)


def test_a_file_counts_as_indexed_until_it_changes(tmp_path: Path) -> None:
    root = tmp_path / "library"
    root.mkdir()
    file = root / "a.yaml"
    file.write_text("headline: Bridge\npublished: 2024-05-01\noutlet: Post\nbody: |\n  It opens.\n", encoding="utf-8")
    os.utime(file, ns=(10**18, 10**18))
    with library_at(root, tmp_path / "state") as found:
        (row,) = rows_of(found)
        store = FolderStore(root, found.index)
        before = store.read_stamp(row)
        assert before
        assert before[0] == str(file)
        file.write_text("headline: Bridge\nbody: |\n  It is closed.\n", encoding="utf-8")
        assert not store.is_as_indexed(row)
        assert store.read_stamp(row) != before
        file.unlink()
        assert not store.is_as_indexed(row)
        assert store.read_stamp(row) is None


def test_an_open_article_stays_while_the_store_does_not_answer(library: Library, sources: Sources) -> None:
    opened = OpenedArticles(stored(library, sources), library.index)
    one, other = (row.ref.article for row in rows_of(library)[:2])
    reading = opened.reading(one)
    assert reading
    sources.is_unreachable = True
    assert opened.reading(one) is reading
    assert opened.reading(other) is None
    with pytest.raises(IndexUnreachableError):
        opened.loaded(other)
    assert opened.read_source(one) == Problem("", 1, 1, "cannot-read", "db.example does not answer")
    sources.is_unreachable = False
    assert opened.reading(other)


def test_a_note_is_found_in_the_file_and_in_the_store(library: Library, sources: Sources, tmp_path: Path) -> None:
    folder, store = FolderStore(PORT_ARLEN, library.index), stored(library, sources)
    readings = []
    for row in rows_of(library)[:1]:
        for loaded in (folder.load(row), store.load(row)):
            assert loaded.article
            readings.append(make_reading(loaded.article, loaded.problems))
    for made_in, other in (readings, readings[::-1]):
        notebook = Notebook(tmp_path / made_in.article.path.replace("/", "-"))
        ref = made_in.article.body[0].ref.with_span(0, 30)
        note = notebook.make(made_in, ref, "check this")
        assert note
        assert note.path == made_in.article.path
        notebook.keep(note)
        assert [placed.ref for placed in notebook.place(other)] == [ref]
        assert may_belong(note, other.article)
    # One from the store is listed with the file even where its words are lost: it has no file of its own.
    assert note
    assert is_listed_on(note, readings[0].article)


def test_only_a_path_without_a_scheme_is_that_of_a_file() -> None:
    assert not is_file_path("")
    assert not is_file_path(f"{PLACE}/port-arlen/a.yaml")
    assert is_file_path("a.yaml")
    assert is_file_path("/news/a.yaml")
    assert complete_path("a.yaml") == str(Path.cwd() / "a.yaml")
    assert complete_path(f"{PLACE}/x/a.yaml") == f"{PLACE}/x/a.yaml"
    assert complete_path("") == ""


def test_why_an_article_cannot_be_opened_is_never_taken_for_the_article(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A key that waited for a disk is handled again, and what has happened meanwhile may lead elsewhere.
    monkeypatch.setattr(disk_jobs, "_PATIENCE", PATIENCE)
    first = [library.readings.reading, library.readings.explain_unreadable]
    led = iter((first, [library.readings.reading] * 2))
    answers: list[list[object]] = []
    attempt = RetriedCall(lambda: answers.append([ask("none") for ask in next(led)]))
    attempt.make()
    attempt.make()
    assert answers == [[None, ""], [None, None]]
