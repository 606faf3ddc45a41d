"""One file becomes one article, and a list of all that is wrong with it.

Decided here: the article opens as soon as its headline and body can be read, whatever else is broken, and everything is
read to the end, so that no fault hides behind another.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.mentions import mentions
from dossier.core.model import Article, Paragraph
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.loader.article_checks import check_aliases, check_mentioned
from dossier.loader.body import read_body
from dossier.loader.entities import NamedReader
from dossier.loader.extras import read_captions, read_documents, read_glossary, read_media
from dossier.loader.fields import ProblemLog, Record, file_bytes, shown_text
from dossier.loader.limits import FORMAT, Limits
from dossier.loader.locator import EvidenceText
from dossier.loader.quotes import QuoteReader
from dossier.loader.references import Directory
from dossier.loader.timeline import TimelineReader, read_dated
from dossier.loader.yaml_nodes import Mapping, Node
from dossier.loader.yaml_nodes import read as read_yaml

_KEYS = (
    *("dossier", "id", "headline", "subtitle", "outlet", "section", "byline", "dateline", "published", "updated"),
    *("retrieved", "url", "lang", "keywords", "rights", "summary", "body", "people", "orgs", "places", "quotes"),
    *("timeline", "glossary", "media", "documents", "provenance"),
)
_LISTS = ("people", "orgs", "places", "quotes", "timeline", "glossary", "media", "documents")


class Loaded(NamedTuple):
    """What a file holds: the article, None when it cannot be opened, and its problems by line and column."""

    article: Article | None
    problems: tuple[Problem, ...]


def load(path: Path, limits: Limits | None = None, address: str = "") -> Loaded:
    """Read the article file at `path`. It never raises for what the file is, or for a file that cannot be read.

    `address` is what the article is called instead of by its own id, which another one has, too.
    """
    limits = limits or Limits()
    data = file_bytes(path, limits)
    if isinstance(data, Problem):
        return Loaded(None, (data,))
    return read(data, str(path), limits, address)


def read(data: bytes, path: str, limits: Limits | None = None, address: str = "") -> Loaded:
    """Read an article from the bytes of a file; `path` is named in its problems, and its stem is the default id."""
    with _uncollected():
        return _read(data, path, limits or Limits(), address)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A stretch in which no cyclic garbage is looked for.

    Reading makes none, and the search through all that was made takes a quarter of the time of a long file.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(data: bytes, path: str, limits: Limits, address: str) -> Loaded:
    root, found = read_yaml(data, path, limits)
    faults = ProblemLog(path, found, limits)
    if isinstance(root, Mapping):
        article = _article(Record(root, _KEYS, faults), path, faults, address)
        return Loaded(article, faults.all())
    if root is None and not found:
        problem = Problem(path, 1, 1, "not-mapping", "the file is empty: an article needs headline: and body:")
        return Loaded(None, (problem,))
    if root is not None:
        faults.tell("not-mapping", root, "this is no article: it must begin with keys, such as headline: and body:")
    return Loaded(None, faults.all())


def _article(top: Record, path: str, faults: ProblemLog, address: str) -> Article | None:
    _check_head(top, faults)
    published = _text_alone(top, path, faults, address)
    article, reader = _with_entries(published, top, faults)
    article = replace(article, mentions=mentions(article))
    check_aliases((*article.people, *article.orgs, *article.places), reader.aliases, faults)
    if not article.body:
        return None
    check_mentioned(article, reader.begins, faults)
    return article if article.headline else None


def _text_alone(top: Record, path: str, faults: ProblemLog, address: str) -> Article:
    """The article as it was published, with nothing extracted from it."""
    own = _id(top, path, faults)
    name = address or own
    return Article(
        Ref(name),
        path,
        top.text("headline"),
        _body(name, top, faults),
        subtitle=top.text("subtitle"),
        outlet=top.text("outlet"),
        section=top.texts("section"),
        byline=top.texts("byline"),
        dateline=top.text("dateline"),
        published=read_dated(top.node("published"), "published", faults),
        updated=read_dated(top.node("updated"), "updated", faults),
        retrieved=read_dated(top.node("retrieved"), "retrieved", faults),
        url=top.text("url"),
        lang=top.text("lang"),
        keywords=top.texts("keywords"),
        rights=top.text("rights"),
        summary=top.text("summary"),
        provenance=top.fields("provenance"),
        other=top.other(),
        lines=_lines(name, top),
    )


def _with_entries(article: Article, top: Record, faults: ProblemLog) -> tuple[Article, NamedReader]:
    """The article with what was extracted from it, each kind after those that it refers to."""
    name = article.ref.article
    headline, subtitle = (Ref(name, "headline"), article.headline), (Ref(name, "subtitle"), article.subtitle)
    captioned = read_captions(name, top, faults)
    ground = EvidenceText(headline, subtitle, article.body, ((one.ref, one.caption) for one in captioned))
    directory = Directory(faults)
    reader = NamedReader(name, top, ground, directory, faults)
    made = replace(
        article,
        orgs=reader.orgs(),
        places=reader.places(),
        people=reader.people(),
        quotes=QuoteReader(name, ground, directory, faults).read(top),
        events=TimelineReader(name, ground, directory, article.published, faults).read(top),
        glossary=read_glossary(name, top, faults),
        media=read_media(captioned, directory),
        documents=read_documents(name, top, ground, faults),
    )
    return made, reader


def _id(top: Record, path: str, faults: ProblemLog) -> str:
    node = top.node("id")
    if node is None:
        return shown_text(Path(path).stem)
    written = top.text("id")
    if not written or any(char.isspace() for char in written):
        faults.tell("bad-id", node, f"{written!r} is no id for an article: it is a text without white space")
    return written or shown_text(Path(path).stem)


def _check_head(top: Record, faults: ProblemLog) -> None:
    """Tell what is missing at the head of the file, or is of another version."""
    version = top.text("dossier")
    if version not in ("", FORMAT):
        message = f"this file is of version {version!r} of the format; version {FORMAT} is read"
        faults.tell("wrong-shape", top.where("dossier"), message)
    if not top.text("headline"):
        cure = _meant(top, "headline") or "write headline: and its text"
        faults.tell("no-headline", top.where("headline"), f"there is no headline: {cure}")
    if top.node("published") is None:
        cure = "write published: and the date, such as 2023-04-12"
        faults.tell("no-published", top.where("published"), f"there is no date of publication: {cure}")
    if not top.text("outlet"):
        cure = "write outlet: and the name"
        faults.tell("no-outlet", top.where("outlet"), f"it is not said who published this: {cure}")


def _meant(top: Record, key: str) -> str:
    """The question whether an unknown key stands for the one that is missing, "" when none is near it."""
    slip = top.slip(key)
    return f"is {slip.text!r} in line {slip.line} meant?" if slip else ""


def _body(name: str, top: Record, faults: ProblemLog) -> tuple[Paragraph, ...]:
    node: Node | None = top.node("body")
    body = read_body(name, node, faults) if node else ()
    if any(block.text for block in body):
        return body
    if not isinstance(node, Mapping):
        cure = _meant(top, "body") or "write body: | and the paragraphs below it, indented"
        faults.tell("no-body", top.where("body"), f"there is no text: {cure}")
    return ()


def _lines(name: str, top: Record) -> tuple[tuple[Ref, int], ...]:
    """The line of every field that is no entry of its own."""
    own = {"headline": Ref(name, "headline"), "subtitle": Ref(name, "subtitle"), "id": Ref(name)}
    keys = (key for key, _value in top.place.pairs if key.text not in (*_LISTS, "body", "dossier"))
    return tuple((own.get(key.text, Ref(name, "about", shown_text(key.text))), key.line) for key in keys)
