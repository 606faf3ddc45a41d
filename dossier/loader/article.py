"""Read one file into an article and a list of all problems in it.

An article opens as soon as its headline and body can be read, whatever else is broken. Reading goes on to the end, so
that no problem hides another.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.mentions import MentionFinder, find_mentions, name_in_events
from dossier.core.model import Article, Paragraph
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.loader.article_checks import check_aliases, check_all_linked, check_mentioned, check_named_in_full
from dossier.loader.body import read_body
from dossier.loader.entities import EntityReader
from dossier.loader.evidence_text import EvidenceText
from dossier.loader.extras import read_captions, read_documents, read_glossary, read_media
from dossier.loader.fields import MappingFields, clean_text, flatten_node
from dossier.loader.format_keys import ARTICLE_KEYS, list_key_names
from dossier.loader.limits import FORMAT_VERSION, Limits
from dossier.loader.problem_log import ProblemLog
from dossier.loader.quotes import QuoteReader
from dossier.loader.references import NameDirectory
from dossier.loader.source_nodes import describe_list, parse_source, release_nodes
from dossier.loader.source_text import read_file_bytes
from dossier.loader.timeline import TimelineReader, read_date
from dossier.loader.yaml_messages import SECOND_DOCUMENT
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, YamlNode
from dossier.text.messages import abbreviate

_KEYS = list_key_names(ARTICLE_KEYS)
# Problems that an article without a text has with every quote.
_OF_A_TEXT = (
    *("not-verbatim", "indirect-not-in-body", "quote-not-at-place", "quote-in-several-places"),
    *("date-text-not-in-body", "exact-not-found", "bad-at"),
)
# What those who write for people, as language models do, put below what they were asked for.
_NOTES = frozenset(
    (
        *("Please Note", "Please note", "Note", "Notes", "NOTE", "NOTES"),
        *("Remark", "Remarks", "Explanation", "Disclaimer"),
    )
)
_LARGE = 500_000
"""The nodes of a file with more bytes are released one by one."""
_FROZEN_BY_PYTHON = 10_000
"""Python 3.12 starts with some hundred frozen objects of its own; a program that froze what it had loaded has more."""
_NO_FIELDS = frozenset(
    ("people", "orgs", "places", "quotes", "timeline", "glossary", "media", "documents", "body", "dossier")
)


class LoadedArticle(NamedTuple):
    """The article of a file, None if it cannot be opened, and the problems of the file by line and column."""

    article: Article | None
    problems: tuple[Problem, ...]


def load_article(path: Path, limits: Limits | None = None, address: str = "") -> LoadedArticle:
    """Read the article file at `path`. It never raises an error, whatever the file holds, and if it cannot be read.

    `address` replaces the article's own id as its address, because another article has the same id; "": its own id.
    """
    limits = limits or Limits()
    data = read_file_bytes(path, limits)
    if isinstance(data, Problem):
        return LoadedArticle(None, (data,))
    return parse_article(data, str(path), limits, address)


def parse_article(data: bytes, path: str, limits: Limits | None = None, address: str = "") -> LoadedArticle:
    """Read an article from the bytes of a file.

    `path` is named in the problems; its stem is the default id. `limits` and `address` are those of `load_article`.
    """
    with _without_garbage_collection(len(data) > _LARGE):
        return _read(data, path, limits or Limits(), address)


@contextmanager
def _without_garbage_collection(is_large: bool) -> Iterator[None]:
    """Switch the garbage collector for reference cycles off for a while.

    Reading makes no cycles, and searching all new objects for some takes a quarter of the time of a long file.
    If the file is large, the new objects then count as old ones: to search them all at once would hold up every key.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_large:
            is_frozen = gc.get_freeze_count() > _FROZEN_BY_PYTHON
            gc.freeze()
            if not is_frozen:
                gc.unfreeze()
        if was_on:
            gc.enable()


def _read(data: bytes, path: str, limits: Limits, address: str) -> LoadedArticle:
    root, found = parse_source(data, path, limits)
    read = _read_root(root, found, path, limits, address)
    if root is not None and len(data) > _LARGE:
        # In a list, to be held by nothing else.
        nodes = [root]
        del root
        release_nodes(nodes)
    return read


def _read_root(
    root: YamlNode | None, found: tuple[Problem, ...], path: str, limits: Limits, address: str
) -> LoadedArticle:
    log = ProblemLog(path, found, limits)
    if isinstance(root, MappingNode) and (wrapper := _wrapper(root)):
        message = f"the article is below the key {wrapper.text!r}: delete this line and the indentation below it"
        log.report("not-mapping", wrapper, message)
        return LoadedArticle(None, log.sorted_problems())
    if isinstance(root, MappingNode):
        _report_prose(root, log)
        article = _article(MappingFields(root, _KEYS, log), path, log, address)
        return LoadedArticle(article, log.sorted_problems())
    if root is None and not found:
        problem = Problem(path, 1, 1, "not-mapping", "the file is empty: an article needs headline: and body:")
        return LoadedArticle(None, (problem,))
    if root is not None:
        what = "HTML or XML" if isinstance(root, ScalarNode) and root.text.startswith("<") else "not an article"
        message = describe_list(root) or f"this is {what}: it must begin with keys, such as headline: and body:"
        log.report("not-mapping", root, message)
    return LoadedArticle(None, log.sorted_problems())


def _has_text(node: MappingNode) -> bool:
    keys = {key.text.lower() for key, _value in node.pairs}
    return not keys.isdisjoint(("headline", "title")) and not keys.isdisjoint(("body", "text", "content"))


def _wrapper(root: MappingNode) -> ScalarNode | None:
    """Return the key below which a whole article stands; None if the article is the mapping itself."""
    if any(key.text in ("headline", "body") for key, _value in root.pairs):
        return None
    return next((key for key, value in root.pairs if isinstance(value, MappingNode) and _has_text(value)), None)


def _report_prose(root: MappingNode, log: ProblemLog) -> None:
    """Report what is, or may be, talk before or behind the YAML, but has the form of a key.

    A first line of more than three words with nothing after its colon can be nothing else.
    """
    first, last = root.pairs[:1], root.pairs[1:][-1:]
    for where, pairs in (("before", first), ("after", last)):
        for key, value in pairs:
            is_talk = isinstance(value, ScalarNode) and len(key.text.split()) > (4 if value.text else 2)
            is_note = where == "after" and key.text in _NOTES and isinstance(value, ScalarNode)
            if key.style:
                continue
            is_empty = isinstance(value, ScalarNode) and not value.text
            if is_talk and is_empty and where == "before" and len(key.text.split()) > 3:
                from dossier.loader.syntax_causes import describe_prose  # noqa: PLC0415 - only a faulty file needs it

                log.report("not-yaml", key, describe_prose(key.line, f"{key.text}:"))
            elif is_talk or (is_note and len(flatten_node(value).split()) > 3):
                said = abbreviate(f"{key.text}: {flatten_node(value)}", 40)
                message = f"line {key.line} is read as a key, but may be prose {where} the YAML ({said!r})"
                log.report("prose-as-key", key, f"{message}: if it is, delete it")


def _article(top: MappingFields, path: str, log: ProblemLog, address: str) -> Article | None:
    _check_head(top, log)
    published = _published_article(top, path, log, address)
    article, reader, evidence_text = _add_entries(published, top, log)
    finder = MentionFinder((*article.people, *article.orgs, *article.places))
    mentions = find_mentions(article, finder, evidence_text.normalized_paragraphs())
    # What the events say is not the article's: it does not count here.
    words = finder.word_of
    article = replace(article, mentions=mentions, events=name_in_events(article.events, finder))
    check_aliases((*article.people, *article.orgs, *article.places), reader.alias_nodes, log)
    check_all_linked(article, finder, top, reader.start_nodes, log)
    if not article.body:
        log.forget(_OF_A_TEXT)
        if log.has(SECOND_DOCUMENT):
            log.forget(("no-body",))
        return None
    if not finder.is_spent:
        begins = {ref: node for ref, node in reader.start_nodes.items() if ref not in finder.passed_over}
        check_mentioned(article, begins, log)
        check_named_in_full(article, begins, words, log)
    return article if article.headline else None


def _published_article(top: MappingFields, path: str, log: ProblemLog, address: str) -> Article:
    """Return the article as it was published, without what was extracted from it."""
    own = _id(top, path, log)
    name = address or own
    return Article(
        Ref(name),
        path,
        top.text("headline"),
        _body(name, top, log),
        subtitle=top.text("subtitle"),
        outlet=top.text("outlet"),
        section=top.texts("section"),
        byline=top.texts("byline"),
        dateline=top.text("dateline"),
        published=read_date(top.node("published"), "published", log),
        updated=read_date(top.node("updated"), "updated", log),
        retrieved=read_date(top.node("retrieved"), "retrieved", log),
        url=top.text("url"),
        lang=top.text("lang"),
        keywords=top.texts("keywords"),
        rights=top.text("rights"),
        summary=top.text("summary"),
        provenance=top.text_fields("provenance"),
        unknown_fields=top.unknown_fields(),
        field_lines=_lines(name, top),
    )


def _add_entries(article: Article, top: MappingFields, log: ProblemLog) -> tuple[Article, EntityReader, EvidenceText]:
    """Return the article with everything extracted from it; each kind is read after the kinds that it refers to."""
    name = article.ref.article
    headline, subtitle = (Ref(name, "headline"), article.headline), (Ref(name, "subtitle"), article.subtitle)
    captioned = read_captions(name, top, log)
    evidence_text = EvidenceText(headline, subtitle, article.body, ((one.ref, one.caption) for one in captioned))
    directory = NameDirectory(log)
    reader = EntityReader(name, top, evidence_text, directory, log)
    made = replace(
        article,
        orgs=reader.read_orgs(),
        places=reader.read_places(),
        people=reader.read_people(),
        quotes=QuoteReader(name, evidence_text, directory, log).read(top),
        events=TimelineReader(name, evidence_text, directory, article.published, log).read(top),
        glossary=read_glossary(name, top, log),
        media=read_media(captioned, directory),
        documents=read_documents(name, top, evidence_text, log),
    )
    directory.report_unknown()
    return made, reader, evidence_text


def _id(top: MappingFields, path: str, log: ProblemLog) -> str:
    node = top.node("id")
    if node is None:
        return clean_text(Path(path).stem)
    written = top.text("id")
    if not written or any(char.isspace() for char in written):
        log.report("bad-id", node, f"{written!r} is not an id for an article: it must be text without white space")
    return written or clean_text(Path(path).stem)


def _check_head(top: MappingFields, log: ProblemLog) -> None:
    """Report what is missing at the head of the file, and another version of the format."""
    version = top.text("dossier")
    if version not in ("", FORMAT_VERSION):
        message = f"this file has version {version!r} of the format; only version {FORMAT_VERSION} can be read"
        log.report("wrong-shape", top.node_to_report("dossier"), message)
    if not top.text("headline"):
        log.report("no-headline", top.node_to_report("headline"), "no headline: add `headline: TEXT`")
    if top.node("published") is None:
        cure = "add `published: DATE`, such as 2023-04-12"
        log.report("no-published", top.node_to_report("published"), f"no date of publication: {cure}")
    if not top.text("outlet"):
        cure = "add `outlet: NAME`"
        log.report("no-outlet", top.node_to_report("outlet"), f"no outlet: {cure}")


def _body(name: str, top: MappingFields, log: ProblemLog) -> tuple[Paragraph, ...]:
    node: YamlNode | None = top.node("body")
    body = read_body(name, node, log) if node else ()
    if any(block.text for block in body):
        return body
    if not isinstance(node, MappingNode):
        cure = "add `body: |` and the paragraphs below it, indented"
        if isinstance(node, ScalarNode | None) and _is_unindented(top):
            cure = "the lines below `body: |` are not indented: put two spaces before each"
        log.report("no-body", top.node_to_report("body"), f"no body: {cure}")
    return ()


def _is_unindented(top: MappingFields) -> bool:
    """Return whether the key after an empty body looks like a line of text."""
    keys = [key.text for key, _value in top.mapping_node.pairs]
    at = keys.index("body") + 1 if "body" in keys else len(keys)
    return any(len(key.split()) > 2 for key in keys[at : at + 1])


def _lines(name: str, top: MappingFields) -> tuple[tuple[Ref, int], ...]:
    """Return the line of every field that is no entry of its own."""
    own = {"headline": Ref(name, "headline"), "subtitle": Ref(name, "subtitle"), "id": Ref(name)}
    keys = ((top.key_read_as(key.text), key.line) for key, _value in top.mapping_node.pairs)
    named = ((key, line) for key, line in keys if key not in _NO_FIELDS)
    return tuple((own.get(key, Ref(name, "about", clean_text(key))), line) for key, line in named)
