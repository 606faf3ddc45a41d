"""What is true of any bytes that a file may hold, whichever of the readers gets them.

An assertion that fails here, or an error other than those that a reader declares, is a fault of the program. The tests
of any article, the fuzzer, the mutated files and the test suite of YAML all read by these functions.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from dossier.core.links import derive_links
from dossier.core.model import Article
from dossier.core.problem import SEVERITIES, Problem
from dossier.core.ref import Ref, parse_ref
from dossier.library.article_codec import pack_article, unpack_article
from dossier.loader.article import LoadedArticle, parse_article
from dossier.loader.converters.source_parts import convert_source
from dossier.loader.converters.values import ConversionError, DraftArticle
from dossier.loader.converters.web_annotations import read_annotations
from dossier.loader.converters.yaml_text import write_yaml
from dossier.loader.cost_limits import MOST_VALUES
from dossier.loader.discovery import looks_like_article, looks_like_registry
from dossier.loader.limits import MAX_DEPTH, Limits
from dossier.loader.plain_yaml import read_plain_yaml
from dossier.loader.registry_file import parse_registry
from dossier.loader.source_text import decode_source
from dossier.loader.yaml_events import parse_events
from dossier.text.sanitize import sanitize_excerpt, sanitize_text

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read_yaml(data: bytes) -> LoadedArticle:
    """Read bytes as an article file in YAML, and assert what holds for every file."""
    return _read_article(data, "a.yaml")


def read_json(data: bytes) -> LoadedArticle:
    """Read bytes as an article file in JSON, and assert what holds for every file."""
    return _read_article(data, "a.json")


def read_registry(data: bytes) -> None:
    """Read bytes as a registry, and assert what holds for every registry."""
    loaded = parse_registry(data, "registry.yaml")
    assert_places(data, loaded.problems)
    assert_safe(text for one in loaded.registry.entries for text in (one.name, one.native, *one.aliases))


def read_source(data: bytes) -> None:
    """Read bytes as a source to import, and assert that what is made of it can be read as YAML."""
    looks_like_article(data)
    looks_like_registry(data)
    try:
        parts = convert_source(data)
    except ConversionError:
        return
    for draft in (part.draft for part in parts):
        if isinstance(draft, DraftArticle):
            made = write_yaml({"headline": "", "body": "", **draft.fields}).encode()
            loaded = parse_article(made, "article.yaml")
            assert not any(one.code in ("not-yaml", "not-utf8") for one in loaded.problems), loaded.problems


def read_notes(data: bytes) -> None:
    """Read bytes as annotations to take over as notes."""
    try:
        found = read_annotations(data.decode("utf-8", "replace"), _NOW)
    except ConversionError:
        return
    for one in found.notes:
        assert one.note.id


def read_plain(data: bytes) -> bool:
    """Read bytes as YAML, and assert that what is read without a parser is what both parsers give, without a problem.

    Return whether it was read so. Past a certain limit of depth, PyYAML's own parser reads, else libyaml.
    """
    text = decode_source(data, "a.yaml", Limits())
    root = read_plain_yaml(text, Limits().depth, MOST_VALUES) if isinstance(text, str) else None
    if root is None or isinstance(text, Problem):
        return False
    for depth in (Limits().depth, MAX_DEPTH):
        parsed = parse_events(text, "a.yaml", Limits(depth=depth))
        assert parsed == (root, ()), (text, parsed, root)
    return True


READERS: tuple[Callable[[bytes], object], ...] = (
    *(read_yaml, read_json, read_registry, read_source, read_notes, read_plain),
)
"""Every reader of bytes that come from elsewhere."""


def assert_places(data: bytes, problems: Iterable[Problem]) -> None:
    """Assert that each problem has a known code, a place in the file, and a message that is safe to print."""
    lines = _LINE_BREAK.split(data.decode("utf-8-sig", "replace"))
    for one in problems:
        assert one.code in SEVERITIES
        assert 1 <= one.line <= len(lines), one
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1, one
        assert sanitize_text(one.message) == one.message, one
        if one.fix:
            start, end = (one.fix.line, one.fix.column), (one.fix.end_line, one.fix.end_column)
            assert (1, 1) <= start <= end, one
            assert end[0] <= len(lines), one
            assert end[1] <= len(lines[end[0] - 1]) + 1, one


def assert_safe(texts: Iterable[str]) -> None:
    """Assert that no text holds what a terminal would act on."""
    for text in texts:
        assert sanitize_excerpt(text) == text, ascii(text)


def texts_with_spans(article: Article) -> dict[Ref, str]:
    """Return the texts of an article in which words can be pointed at."""
    name = article.ref.article
    return {
        Ref(name, "headline"): article.headline,
        Ref(name, "subtitle"): article.subtitle,
        **{block.ref: block.text for block in article.body},
        **{media.ref: media.caption for media in article.media},
    }


def assert_article(article: Article) -> None:
    """Assert that the texts of an article are safe, and that all that points at words points into a text of it."""
    words = texts_with_spans(article)
    assert article.headline
    assert article.body
    assert_safe(chain(words.values(), _other_texts(article)))
    ends = (end for link in derive_links(article) for end in (link.start, link.end))
    proofs = chain(
        (one.evidence for one in article.quotes),
        (one.evidence for one in article.events),
        (one.evidence for one in article.documents),
    )
    for ref in chain(ends, *proofs, (mention.text_ref for mention in article.mentions)):
        assert parse_ref(str(ref)) == ref
        if ref.span:
            assert 0 <= ref.span[0] < ref.span[1] <= len(words[ref.entry]), ref


def _other_texts(article: Article) -> Iterator[str]:
    yield from (article.outlet, article.dateline, article.url, article.lang, article.rights, article.summary)
    yield from (*article.section, *article.byline, *article.keywords)
    for named in (*article.people, *article.orgs, *article.places):
        yield from (named.name, named.native, *named.aliases)
    for quote in article.quotes:
        yield from (*quote.parts, quote.speaker_text)
    for event in article.events:
        yield event.what


def _read_article(data: bytes, path: str) -> LoadedArticle:
    loaded = parse_article(data, path)
    assert_places(data, loaded.problems)
    assert loaded.problems == tuple(sorted(set(loaded.problems)))
    assert loaded.article or loaded.problems
    if loaded.article:
        assert_article(loaded.article)
        # What is kept of an article that was opened is that article.
        kept = unpack_article(pack_article(loaded.article, loaded.problems), path)
        assert repr(kept) == repr(tuple(loaded))
    return loaded
