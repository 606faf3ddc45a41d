"""What an open index keeps in memory is bounded, however many ask it and however long the articles are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelves import dossier_of, written

from dossier.library.index import connections, entries, loan, raw_file
from dossier.library.index.connections import Connections
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.loan import Loan
from dossier.library.index.location import index_path
from dossier.library.index.raw_file import read_stamp
from dossier.library.index.reader import ArticleRow, Index
from dossier.library.index.update import update_index

ARTICLES = 8


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(ARTICLES):
        written(tmp_path / "library", f"{number}.yaml", dossier_of(f"p{number}", "Lena Okafor", f"20{10 + number}"))
    update_index(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def index(root: Path) -> Iterator[Index]:
    index = Index.open(root)
    assert index
    yield index
    index.close()


def count_open(root: Path) -> int:
    return raw_file._connected[read_stamp(str(index_path(root))).identity]


def test_few_connections_are_kept_when_many_were_lent(
    root: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_BATCH", 2)
    asked = [index.articles.article_ids() for _ in range(3 * loan._IDLE)]
    found = [next(ids) for ids in asked]
    assert count_open(root) == len(asked)
    asked.clear()
    assert count_open(root) == loan._IDLE
    assert found == found[:1] * len(found)
    assert index.total() == ARTICLES


def test_a_connection_that_reads_keeps_few_pages(root: Path) -> None:
    opened = Connections.open(index_path(root), root)
    assert opened
    for _ in range(2):
        with Loan(opened) as first, Loan(opened) as second:
            kept = [one.execute("PRAGMA cache_size").fetchone() for one in (first, second)]
        assert kept == [(-512,)] * 2
    opened.close()


@pytest.mark.parametrize(("most", "kept"), [(1, 1), (2, 2), (5, 5), (ARTICLES, ARTICLES), (0, 1)])
def test_articles_are_kept_unpacked_by_their_bytes(
    index: Index, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    """The last one is kept in any case."""
    rows = [index.articles.article(first) for first in index.articles.article_ids()]
    sizes = [index.entries.of_article(row).count_bytes() for row in rows]
    for row in rows:
        index.entries._cache._forget((index._sessions.replacements, row.first, row.repeats))
    monkeypatch.setattr(entries, "_KEPT", sum(sizes[len(sizes) - most :]))
    before = [index.entries.of_article(row) for row in rows]
    # The last first: what is unpacked again takes the place of another.
    again = [index.entries.of_article(row) for row in reversed(rows)][::-1]
    assert [one is other for one, other in zip(before, again, strict=True)][ARTICLES - kept :] == [True] * kept
    cache = index.entries._cache
    assert cache._size == sum(one.size for one in cache._unpacked.values())
    assert cache._size <= max(entries._KEPT, sizes[0])
    if most:
        assert len(cache._unpacked) <= most + 1


def test_an_article_that_two_threads_unpack_counts_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    row = index.articles.article(next(index.articles.article_ids()))
    cache = index.entries._cache
    unpack = cache._unpack

    def unpack_late(article: ArticleRow, texts: entries.FetchedTexts | None) -> entries._Unpacked:
        """Unpack an article while another thread, which is faster, does so, too."""
        monkeypatch.setattr(cache, "_unpack", unpack)
        cache.entries(article)
        return unpack(article, texts)

    monkeypatch.setattr(cache, "_unpack", unpack_late)
    cache.entries(row)
    assert cache._size == unpack(row).size


def test_texts_of_an_index_that_was_replaced_are_not_kept_for_the_new_one(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = index.articles.article(next(index.articles.article_ids()))
    texts = index.entries.texts_of_article(row.first)
    monkeypatch.setattr(index._sessions, "replacements", index._sessions.replacements + 1)
    of_old = index.entries.of_article(row, texts)
    assert index.entries.of_article(row) is not of_old


@pytest.mark.parametrize("packed", [b"no entries", "no bytes"])
def test_texts_that_cannot_be_read_are_reported_as_damage(
    index: Index, monkeypatch: pytest.MonkeyPatch, packed: object
) -> None:
    reported: list[bool] = []
    monkeypatch.setattr(index._sessions, "fetch_packed", lambda first: packed)
    monkeypatch.setattr(index._sessions, "report_damage", lambda replacements: reported.append(True))
    with pytest.raises(IndexDamagedError, match="packed entries"):
        index.entries.texts_of_article(next(index.articles.article_ids()))
    assert reported == [True]


def test_the_text_of_an_entry_that_is_not_there_is_damage(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[bool] = []
    monkeypatch.setattr(index._sessions, "report_damage", lambda replacements: reported.append(True))
    row = index.articles.article(next(index.articles.article_ids()))
    texts = index.entries.texts_of_article(row.first)
    assert texts.text(row.size - 1) == index.entries.of_article(row)[-1].entry.text
    with pytest.raises(IndexDamagedError, match="packed entries"):
        texts.text(row.size)
    assert reported == [True]
