"""The articles of an index, and the files they were read from.

Row ids, addresses and outlets are looked up in the small table of articles, never in the entries. `first`, the row id
of an article's first entry (its headline), stands for the article.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, TypeVar

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.core.ref import Ref
from dossier.core.registry import Spelling
from dossier.library.index.errors import IndexDamagedError, RowGoneError
from dossier.library.index.schema import BEGINNING, DAY, UNDATED_IDS
from dossier.library.index.sessions import EVERY, ReadSessions, range_condition, sort_order
from dossier.text.sanitize import sanitize_text

_STORED = (
    *("first", "count", "id", "path", "headline", "outlet", "published", "earliest", "latest"),
    *[f"{name}_n" for name in PANES],
    "forms",
)
SELECT_ARTICLES = (
    f"SELECT {', '.join(_STORED)},"
    " EXISTS (SELECT 1 FROM article AS other WHERE other.id = article.id AND other.first <> article.first) AS repeats"
    " FROM article WHERE"
)
"""The beginning of a query for the columns of an ArticleRow."""
Text = TypeVar("Text", str, bytes)
_LAST_CHARACTER, _LAST_BYTE = "\U0010ffff", b"\xff"
"""Sort after whatever follows in a text and in a path: the highest code point, and a byte that UTF-8 does not have."""
_LEAST, _MOST = 4, 256
"""The numbers of articles on either side of a row id that are fetched together, at first and at most.

They are few at first, since a search may end with its first results.
"""


class ArticleRow(NamedTuple):
    """An article of the index, whose entries have the row ids from `first` to `first + size`, the end excluded.

    `path` is relative to the library's folder, `published` as written in the file. `earliest` and `latest` are the days
    of publication as ordinals (UNBOUNDED_PAST: no earliest day, UNBOUNDED: no latest day), None without a date.
    `article`, `people`, `quotes` and `timeline` are the numbers of entries in each pane. `forms` names the forms of the
    article's quotes, with spaces between. `repeats` says that another article of the library has the same id.
    """

    first: int
    size: int
    id: str
    path: str
    headline: str
    outlet: str
    published: str
    earliest: int | None
    latest: int | None
    article: int
    people: int
    quotes: int
    timeline: int
    forms: str
    repeats: bool

    @property
    def ref(self) -> Ref:
        """The address of the article in its library: its id, or its path when several articles have that id."""
        return Ref(sanitize_text(self.path) if self.repeats else self.id)

    def pane(self, name: str) -> range:
        """Return the row ids of the entries in the pane `name`, one of PANES."""
        ends = [self.first, *accumulate((self.article, self.people, self.quotes, self.timeline), initial=self.first)]
        at = PANES.index(name) + 1
        return range(ends[at], ends[at + 1])


class ArticleReader:
    """The articles of one library. Safe to use from any thread."""

    def __init__(self, sessions: ReadSessions) -> None:
        self._sessions = sessions

    def article_ids(self, newest: bool = True, low: int | None = None, high: int | None = None) -> Iterator[int]:
        """Return an iterator over the `first` of each article, by date of publication.

        Only articles whose `first` is from `low` to `high`, both included, are in it; None is no bound.
        """
        where, values = range_condition("first", low, high)
        query = f"SELECT first FROM article {where} ORDER BY first {sort_order(newest)}"
        return self._sessions.iterate_ids(query, *values)

    def article(self, first: int) -> ArticleRow:
        """Return the article with this `first`. Raises KeyError when there is none, or no longer."""
        found = self._sessions.fetch_one(f"{SELECT_ARTICLES} first = ?", first)
        if found is None:
            raise RowGoneError(first)
        return make_article_row(found)

    def article_of(self, row: int) -> ArticleRow:
        """Return the article of the entry with this row id. Raises KeyError when there is none, or no longer."""
        found = self._sessions.fetch_one(
            f"{SELECT_ARTICLES} first = (SELECT max(first) FROM article WHERE first <= ?)", row
        )
        if found is None or row >= found[0] + found[1]:
            raise RowGoneError(row)
        return make_article_row(found)

    def fetch_ahead(self, firsts: Sequence[int]) -> None:
        """Fetch the articles with these `first` together, since they are asked for next."""
        self._sessions.fetch_ahead(firsts, with_entries=False)

    def fetch(self, firsts: Sequence[int]) -> list[ArticleRow]:
        """Return the articles with these `first`. Raises KeyError when one of them is not there."""
        self.fetch_ahead(firsts)
        return [self.article(first) for first in firsts]

    def find(self, address: str) -> ArticleRow | None:
        """Return the article at `address`, its id or, where that repeats, its path; None when there is none."""
        found = self._sessions.fetch_all(f"{SELECT_ARTICLES} id = ? LIMIT 2", address)
        if len(found) != 1:
            found = self._sessions.fetch_all(f"{SELECT_ARTICLES} path = ?", os.fsencode(address))
        return make_article_row(found[0]) if found else None

    def ids_beginning(self, beginning: str, most: int) -> list[str]:
        """Return the ids of articles that begin with `beginning`, each once, in order, at most `most`."""
        where, values = _beginning_condition("id", beginning, _LAST_CHARACTER)
        query = f"SELECT DISTINCT id FROM article WHERE {where} ORDER BY id LIMIT ?"
        return [id for (id,) in self._sessions.fetch_all(query, *values, most)]

    def range_finder(self) -> "RangeFinder":
        """Return a finder for the articles of many entries, fast when these come in the order of row ids."""
        return RangeFinder(self._sessions)

    def article_ranges(self) -> Iterator[tuple[int, int]]:
        """Return an iterator over first row id and end, excluded, of every article, in order."""
        return self._sessions.iterate("SELECT first, first + count AS until FROM article ORDER BY first")

    def article_facets(self) -> Iterator[tuple[int, str, str, int | None]]:
        """Return an iterator over what facets are counted by, for every article, in order.

        Its items are `first`, outlet, forms of quotes and earliest day of publication, as in ArticleRow.
        """
        return self._sessions.iterate("SELECT first, outlet, forms, earliest FROM article ORDER BY first")

    def publication_days(self) -> Iterator[int | None]:
        """Return an iterator over the earliest day of publication of every article, as in ArticleRow."""
        return self._sessions.iterate_ids("SELECT earliest FROM article")

    def longest_span(self) -> int:
        """Return the largest number of days from the day in an article's row ids to its latest day of publication."""
        day = f"CASE WHEN first < {UNDATED_IDS} THEN 0 ELSE (first - {UNDATED_IDS}) >> {DAY} END"
        found = self._sessions.fetch_one(f"SELECT max(latest - {day}) AS span FROM article")
        return int(found[0] or 0) if found else 0

    def outlet_counts(self, most: int = EVERY) -> list[tuple[str, int]]:
        """Return the outlets with their numbers of articles, the most frequent first, at most `most`."""
        query = "SELECT outlet, count(*) AS number FROM article WHERE outlet <> ''"
        query += " GROUP BY outlet ORDER BY 2 DESC, 1 LIMIT ?"
        return self._sessions.fetch_all(query, most)

    def outlet_article_ids(self, outlet: str) -> Iterator[int]:
        """Return an iterator over the `first` of each article of an outlet, newest first."""
        return self._sessions.iterate_ids("SELECT first FROM article WHERE outlet = ? ORDER BY first DESC", outlet)

    def form_counts(self) -> list[tuple[str, int]]:
        """Return each set of forms that the quotes of an article have (spaces between), with its number of articles."""
        return self._sessions.fetch_all(
            "SELECT forms, count(*) AS number FROM article WHERE forms <> '' GROUP BY forms"
        )

    def indexed_stat(self, article: ArticleRow) -> tuple[int, int, int]:
        """Return size in bytes and both times of change in nanoseconds that the article's file had when it was read.

        The times are of the last change of the content and of the file's status. The second one is UNSETTLED (see
        `scan`) where the file may have changed since without a change of its times, so that it has to be read again.
        All three are 0 when the index no longer has the file.
        """
        query = "SELECT size, mtime_ns, ctime_ns FROM file WHERE path = ?"
        found = self._sessions.fetch_one(query, os.fsencode(article.path))
        return (found[0], found[1], found[2]) if found else (0, 0, 0)

    def non_article_paths(self) -> list[str]:
        """Return the paths of the YAML files that are not articles, relative to the library's folder."""
        found = self._sessions.fetch_all("SELECT path FROM file WHERE first IS NULL AND code = ''")
        return [os.fsdecode(path) for (path,) in found]

    def faults(self) -> Iterator[tuple[str, int, int, str, str]]:
        """Yield path, line, column, code and message for each file that could not be opened as an article."""
        query = "SELECT path, line, col, code, message FROM file WHERE code <> '' ORDER BY path"
        return ((os.fsdecode(path), *rest) for path, *rest in self._sessions.iterate(query))


class RangeFinder:
    """Finds the row ids of the article that an entry belongs to. Neighbouring articles are fetched together."""

    def __init__(self, sessions: ReadSessions) -> None:
        self._sessions = sessions
        self._firsts: list[int] = []
        self._ends: list[int] = []
        self._asked = 0

    def around(self, row: int) -> tuple[int, int]:
        """Return first row id and end, excluded, of the article that has the row id `row`.

        Raises KeyError when there is no such entry, or no longer.
        """
        self._asked += 1
        at = bisect_right(self._firsts, row) - 1
        if at < 0 or row >= self._ends[at]:
            self._fetch(row)
            at = bisect_right(self._firsts, row) - 1
            if at < 0 or row >= self._ends[at]:
                raise RowGoneError(row)
        return self._firsts[at], self._ends[at]

    def _fetch(self, row: int) -> None:
        query = "SELECT first, first + count AS until FROM article WHERE first {} ? ORDER BY first {} LIMIT ?"
        # A long search asks for many entries; the few entries of a rare word have no neighbours that are asked for.
        most = min(max(self._asked, _LEAST), _MOST)
        found = self._sessions.fetch_all(query.format("<=", "DESC"), row, most)[::-1]
        found += self._sessions.fetch_all(query.format(">", "ASC"), row, most)
        self._firsts, self._ends = [one[0] for one in found], [one[1] for one in found]


def make_article_row(columns: Sequence[Any]) -> ArticleRow:
    """Return the article with these columns of SELECT_ARTICLES.

    Raises IndexDamagedError where the numbers of entries in its panes do not add up to its size.
    """
    _, size, _, path, *_, article, people, quotes, timeline, _, repeats = columns
    if size != article + people + quotes + timeline:
        raise IndexDamagedError("the panes of an article do not add up to its size")
    return ArticleRow._make((*columns[:3], os.fsdecode(path), *columns[4:-1], bool(repeats)))


def fetch_articles_beginning(sessions: ReadSessions, prefix: str, most: int) -> list[ArticleRow]:
    """Return the articles whose id or path begins with `prefix`, the newest first, at most `most`."""
    by_id, ids = _beginning_condition("id", prefix, _LAST_CHARACTER)
    by_path, paths = _beginning_condition("path", os.fsencode(prefix), _LAST_BYTE)
    query = f"{SELECT_ARTICLES} ({by_id}) OR ({by_path}) ORDER BY first DESC LIMIT ?"
    return [make_article_row(columns) for columns in sessions.fetch_all(query, *ids, *paths, most)]


def _beginning_condition(column: str, beginning: Text, last: Text) -> tuple[str, tuple[Text, ...]]:
    """Return a condition that `column` begins with `beginning`, and its values. `last` sorts after all that may follow.

    The condition holds for the whole column, and again for its first BEGINNING code points or bytes: PostgreSQL has no
    more than these in its index.
    """
    short = f"substr({column}, 1, {BEGINNING})"
    condition = f"{column} >= ? AND {column} < ? AND {short} >= ? AND {short} < ?"
    known = beginning[:BEGINNING]
    return condition, (beginning, beginning + last, known, known + last)


def spelling_from_columns(columns: Sequence[Any]) -> Spelling:
    """Return the spelling with these columns of the table `bearer`: kind, id, name, names, wikidata, alone."""
    kind, id, name, names, wikidata, alone = columns
    return Spelling(kind, id, name, tuple(filter(None, names.split("\n"))), wikidata, alone)
