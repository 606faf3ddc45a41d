"""Small libraries written to a folder, and the content of their index in a form that can be compared.

Files get times of change in the past, so that none counts as changed while it was read.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from dossier.library.index.full_text import FULL_TEXT_NAMES
from dossier.library.index.location import index_path
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.index.update import update_index

_TIME = count(1_600_000_000_000_000_000, 1_000_000_000)


def written(root: Path, name: str, text: str | bytes) -> Path:
    """Write a file of the library, with a later time of change than all written before, and return its path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    mtime_ns = next(_TIME)
    os.utime(path, ns=(mtime_ns, mtime_ns))
    return path


def article(headline: str = "Ferry pact signed", body: str = "Lena Okafor signed the pact.", **fields: object) -> str:
    """Return the text of an article file. Fields are given as YAML."""
    others = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"headline: {headline}\n{others}body: |\n  {body}\n"


def dossier_of(person: str, name: str, published: str = "2023-04-12", **fields: object) -> str:
    """Return the text of an article with one person who is quoted, and an event."""
    return article(
        f"{name} speaks",
        f"“We will run every day,” said {name} in Seoul.",
        published=published,
        people=f"{{{person}: {{name: {name}}}}}",
        places="{seoul: {name: Seoul, native: 서울}}",
        quotes=f"[{{speaker: {person}, text: We will run every day}}]",
        timeline="[{date: 2022-05, what: Toll charged, places: [seoul]}]",
        **fields,
    )


def many(root: Path, number: int) -> list[str]:
    """Write `number` articles, and return their paths relative to the root."""
    names = [f"{at % 7}/a{at:04}.yaml" for at in range(number)]
    for at, name in enumerate(names):
        written(root, name, dossier_of(f"p{at % 50}", f"Lena Okafor {at % 50}", f"20{at % 20:02}-01"))
    return names


def content(root: Path) -> dict[str, list[object]]:
    """Return all that the index of a library has, without row ids: the full text term by term, and every table."""
    with closing(sqlite3.connect(index_path(root))) as connection:
        return _content(connection)


def cut_update(root: Path) -> None:
    """Update the index of a library that has changed, but end before the persons are joined."""

    def told(progress: Progress) -> None:
        if progress.stage is Stage.JOINING:
            raise InterruptedError

    with suppress(InterruptedError):
        update_index(root, report=told)
        raise AssertionError("nothing was left to join")


def anew(root: Path) -> dict[str, list[object]]:
    """Return what the index has after it was built from scratch."""
    update_index(root, rebuild=True)
    return content(root)


def _content(connection: sqlite3.Connection) -> dict[str, list[object]]:
    blocks = connection.execute("SELECT first, first + count, path FROM article").fetchall()
    place = {row: (path, row - first) for first, end, path in blocks for row in range(first, end)}
    for table in FULL_TEXT_NAMES:
        connection.execute(f"CREATE VIRTUAL TABLE temp.terms_of_{table} USING fts5vocab(main, '{table}', 'instance')")
    bearer = {
        number: (*spelt, _everybody(connection, person))
        for number, person, *spelt in connection.execute(
            "SELECT bearer, person, kind, id, name, names, wikidata, alone FROM bearer"
        )
    }
    return {
        **{
            table: _sorted(
                (term, place.get(doc, doc), column, offset)
                for term, doc, column, offset in connection.execute(
                    f"SELECT term, doc, col, offset FROM temp.terms_of_{table}"
                )
            )
            for table in FULL_TEXT_NAMES
        },
        "order": [path for _, _, path in sorted(blocks)],
        "articles": _sorted(connection.execute("SELECT * FROM article"), without=1),
        "entries": _sorted(
            (path, list(StoredEntries(entries, "x")))
            for path, entries in connection.execute("SELECT path, entries FROM article JOIN packed USING (first)")
        ),
        "files": _sorted(
            connection.execute(
                "SELECT path, size, mtime_ns, ctime_ns, inode, digest, first IS NULL, line, col, code, message"
                " FROM file"
            )
        ),
        "events": _sorted((place[row], *days) for row, *days in connection.execute("SELECT * FROM event")),
        "borne": _sorted(
            (place[row], bearer[by], number, quotes)
            for row, by, number, quotes in connection.execute("SELECT row, bearer, number, quotes FROM borne")
        ),
        "bearers": _sorted(bearer.values()),
        "called": _sorted((name, bearer[by]) for name, by in connection.execute("SELECT folded, bearer FROM called")),
        "persons": _sorted(
            (*found, place[newest], _everybody(connection, person))
            for person, newest, *found in connection.execute(
                "SELECT person, newest, kind, name, by_name, articles, quotes FROM person"
            )
        ),
        "meta": _sorted(
            connection.execute("SELECT key, value FROM meta WHERE key NOT IN ('generation', 'library', 'unmerged')")
        ),
    }


def _everybody(connection: sqlite3.Connection, person: int) -> tuple[object, ...]:
    spelt = connection.execute(
        "SELECT kind, id, name, names, wikidata, alone FROM bearer WHERE person = ?", (person,)
    ).fetchall()
    return tuple(sorted(spelt))


def _sorted(rows: Iterable[Iterable[object]], without: int = 0) -> list[object]:
    """Return the rows in a fixed order, without the first columns, which may be row ids."""
    return sorted((tuple(row)[without:] for row in rows), key=repr)
