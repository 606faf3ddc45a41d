"""The cost of an index of the same texts by notmuch and by recoll, which other people use to search mail and files.

Each gets the headline and the paragraphs of an article, as a mail or as a text file. What they leave out is told with
their figures.

    python tests/bench/word_indexers.py --articles 5000
"""

import email.message
import email.policy
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from builds import BenchmarkError
from ground import PROCESSES, Ground, ground, parser, table, tell
from library import file_of

from dossier.loader.article import load_article

_FILES = 250
_LEFT_OUT = "people, quotes, events, links, findings"
"""What neither of them has in its index of such texts."""


class Text(NamedTuple):
    """What is indexed of an article."""

    number: int
    headline: str
    paragraphs: tuple[str, ...]


class WordIndex(NamedTuple):
    """An index: its program, what it leaves out, seconds of processor time and bytes for each article."""

    name: str
    left_out: str
    processor: float
    bytes: float


class _Indexer(NamedTuple):
    """A program: how it is called, what it leaves out, how it is prepared and run in a folder with texts.

    `prepare` writes its settings, and returns the command line, its environment and the folder of its index.
    """

    name: str
    left_out: str
    write: Callable[[Path, Text], None]
    prepare: Callable[[Path, Path], tuple[list[str], dict[str, str], Path]]


def main() -> int:
    """Measure, and print the table."""
    asked = parser("Measure the indexes of notmuch and recoll.", 5_000).parse_args()
    try:
        with ground(asked) as on:
            rows = [(one.name, one.processor * 1000, one.bytes, one.left_out) for one in word_indexes(on, on.articles)]
    except BenchmarkError as trouble:
        tell(str(trouble))
        return 2
    head = ("", "processor ms an article", "bytes an article", "leaves out")
    table(f"Indexes of the words of {on.articles:,} articles", head, rows)
    return 0


def word_indexes(on: Ground, articles: int) -> Iterator[WordIndex]:
    """Yield the index of the first articles by each program that is installed. Raises BenchmarkError when one fails."""
    for indexer in _INDEXERS:
        if shutil.which(indexer.name) is None:
            package = indexer.name.removesuffix("index")
            tell(f"{indexer.name} is missing: apt-get install {package}")
            continue
        folder = on.cache / indexer.name
        shutil.rmtree(folder, ignore_errors=True)
        texts = folder / "texts"
        texts.mkdir(parents=True)
        for text in read_texts(on, articles):
            indexer.write(texts, text)
        command, environment, index = indexer.prepare(folder, texts)
        processor = _run(command, {**on.environment, **environment}, folder / "log")
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
        shutil.rmtree(folder)
        yield WordIndex(indexer.name, indexer.left_out, processor / articles, size / articles)


def read_texts(on: Ground, articles: int) -> Iterator[Text]:
    """Yield the texts of the first articles."""
    chunks = [range(first, min(first + _FILES, articles)) for first in range(0, articles, _FILES)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        for texts in pool.imap(partial(_read, on.library), chunks):
            yield from texts
        # Processes that are still ending would take part in what is measured next.
        pool.close()
        pool.join()


def _read(library: Path, numbers: range) -> list[Text]:
    found = []
    for number in numbers:
        article, _ = load_article(library / file_of(number))
        if not article:
            raise BenchmarkError(f"{library / file_of(number)} is no article")
        found.append(Text(number, article.headline, tuple(one.text for one in article.body)))
    return found


def _run(command: list[str], environment: dict[str, str], log: Path) -> float:
    """Return the seconds of processor time of a command and of all that it has waited for."""
    to_log = (os.O_WRONLY | os.O_CREAT, 0o644)
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(log), *to_log), (os.POSIX_SPAWN_DUP2, 1, 2)]
    child = os.posix_spawnp(command[0], command, environment, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    if status:
        said = log.read_text("utf-8", "replace").strip()[-500:]
        raise BenchmarkError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}: {said}")
    return used.ru_utime + used.ru_stime


def write_mail(folder: Path, text: Text) -> None:
    """Write a text as a mail."""
    mail = email.message.EmailMessage(email.policy.default.clone(utf8=True, cte_type="8bit", max_line_length=0))
    mail["From"], mail["To"] = "newsroom@example.org", "reader@example.org"
    mail["Subject"], mail["Message-ID"] = text.headline, f"<{text.number}@example.org>"
    mail["Date"] = "Mon, 01 Jan 2024 00:00:00 +0000"
    mail.set_content("\n\n".join(text.paragraphs), cte="8bit")
    (folder / f"{text.number:07}").write_bytes(bytes(mail))


def write_text(folder: Path, text: Text) -> None:
    """Write a text as a file of text."""
    (folder / f"{text.number:07}.txt").write_text("\n\n".join((text.headline, *text.paragraphs)) + "\n", "utf-8")


def _prepare_notmuch(folder: Path, texts: Path) -> tuple[list[str], dict[str, str], Path]:
    settings, index = folder / "config", folder / "index"
    index.mkdir()
    settings.write_text(
        f"[database]\npath={index}\nmail_root={texts}\n[user]\nname=Newsroom\nprimary_email=newsroom@example.org\n"
        "[new]\ntags=\n[index]\nas_text=\n",
        "utf-8",
    )
    return ["notmuch", "new", "--quiet"], {"NOTMUCH_CONFIG": str(settings)}, index


def _prepare_recoll(folder: Path, texts: Path) -> tuple[list[str], dict[str, str], Path]:
    settings = folder / "settings"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {texts}\nloglevel = 2\nindexstemminglanguages = \n", "utf-8")
    # Without the list of words for a spell checker, which is a program of its own.
    with (settings / "recoll.conf").open("a", encoding="utf-8") as file:
        file.write("noaspell = 1\n")
    return ["recollindex", "-c", str(settings)], {"HOME": str(folder)}, settings / "xapiandb"


_INDEXERS = (
    _Indexer("notmuch", f"{_LEFT_OUT}; the texts themselves; val does not find vál", write_mail, _prepare_notmuch),
    _Indexer("recollindex", f"{_LEFT_OUT}; vál finds val, too", write_text, _prepare_recoll),
)


if __name__ == "__main__":
    sys.exit(main())
