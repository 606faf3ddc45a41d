"""An article as a note for Obsidian: its own Markdown under front matter.

Every value of the front matter is in double quotes, so that no reader of YAML takes `no`, `2022-12` or `1:30` for
something else. Entries are blocks with ids, which links inside the note lead to. People, organisations and places are
links to notes of their name, where the name can be that of a note. `address` is the address of the article in dossier.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.export.entry_remarks import name_anchors
from dossier.export.export import Export
from dossier.export.markdown import NEVER_LINKED_TO, Dialect, iterate_blocks
from dossier.export.markdown_escapes import escape_markdown

_YAML_ESCAPED = re.compile(
    r'["\\]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]'
)
# What file names cannot have, and what ends or divides a link between notes.
_NO_NOTE_NAME = re.compile(r'[|#^\[\]:\\/*"<>?`%]|^[\s.]|[\s.]$')
_ESCAPED_TAG = re.compile(r"(?<!\S)\\#(?=[\w/-]*[^\W\d])")
# Headings cannot have the id of a block.
_WITHOUT_ID = (*NEVER_LINKED_TO, "headline", "heading")


class _ObsidianMarkdown(Dialect):
    """The way in which Obsidian sets targets and links."""

    def add_name(self, name: str, block: str) -> str:
        """Return a block with its id behind it."""
        return f"{block} ^{name}"

    def set_link(self, words: str, ref: Ref) -> str:
        """Return the words as a link to the block of `ref`, to a note if it has a name, or escaped alone."""
        if ref.kind in ("person", "org", "place"):
            return self.set_name(words)
        name = self.names.get(ref.entry)
        return f"[[#^{name}|{words}]]" if name and not _NO_NOTE_NAME.search(words) else escape_markdown(words)

    def set_name(self, name: str) -> str:
        """Return a name as a link to a note, or escaped alone if no note can have this name."""
        return escape_markdown(name) if _NO_NOTE_NAME.search(name) else f"[[{name}]]"

    def set_note(self, line: str) -> str:
        """Return a line of a note of the reader's, in which words with a `#` stay tags."""
        return _ESCAPED_TAG.sub("#", escape_markdown(line))


def format_obsidian(export: Export) -> Iterator[str]:
    """Yield the article as a note with front matter."""
    for exported in export.articles:
        yield from _front_matter(exported.article)
        yield from iterate_blocks(exported, _ObsidianMarkdown(name_anchors(exported.entries, without=_WITHOUT_ID)))


def quote_for_yaml(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML 1.1 and 1.2, on one line."""
    return f'"{_YAML_ESCAPED.sub(_escape, text)}"'


def make_tag(keyword: str) -> str:
    """Return a keyword as a tag, with hyphens in the place of blanks; "" if it cannot be one.

    Tags consist of letters, digits, `_`, `-` and `/`, and not of digits alone.
    """
    tag = "-".join(keyword.split())
    kinds = {"_" if char in "_-/" else unicodedata.category(char)[0] for char in tag}
    return tag if kinds <= set("LMN_") and "L" in kinds else ""


def _front_matter(article: Article) -> Iterator[str]:
    yield "---\n"
    single = (
        ("title", article.headline),
        ("outlet", article.outlet),
        ("published", article.published.written if article.published else ""),
        ("url", article.url),
        ("lang", article.lang),
        ("address", str(article.ref)),
    )
    yield from (f"{key}: {quote_for_yaml(value)}\n" for key, value in single if value)
    yield from _list("authors", article.byline)
    yield from _list("keywords", article.keywords)
    yield from _list("tags", tuple(dict.fromkeys(filter(None, map(make_tag, article.keywords)))))
    yield "---\n\n"


def _list(key: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{key}:\n"
        yield from (f"  - {quote_for_yaml(value)}\n" for value in values)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in '"\\':
        return f"\\{char}"
    return f"\\u{ord(char):04X}"
