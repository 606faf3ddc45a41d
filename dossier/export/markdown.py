"""Articles as Markdown: CommonMark, which GitHub's dialect and pandoc's read in the same way.

Each article has its text with numbered paragraphs, the people, the quotes by speaker and the timeline, with links to
the paragraphs. The targets of links are empty elements with ids, since these are kept by all readers and have no text.
The reader's notes are quotations that say what they are.
"""

from collections.abc import Iterator
from itertools import count

from dossier.core.ref import Ref
from dossier.export.anchor_names import name_anchors
from dossier.export.export import Export
from dossier.export.markdown_blocks import NEVER_LINKED_TO, Dialect, iterate_blocks
from dossier.export.markdown_escapes import escape_markdown


class _PlainMarkdown(Dialect):
    """The way in which CommonMark sets targets and links."""

    def add_name(self, name: str, block: str) -> str:
        """Return a block with the name that links use in front of it."""
        return f'<span id="{name}"></span>{block}'

    def set_link(self, words: str, ref: Ref) -> str:
        """Return the words as a link to the entry at `ref`, or escaped alone if it is not exported."""
        name = self.names.get(ref.entry)
        return f"[{escape_markdown(words)}](#{name})" if name else escape_markdown(words)


def format_markdown(export: Export) -> Iterator[str]:
    """Yield the articles as Markdown, one after the other."""
    for exported, number in zip(export.articles, count(1)):
        yield "\n" if number > 1 else ""
        names = name_anchors(exported.entries, f"a{number}-" if number > 1 else "", NEVER_LINKED_TO)
        yield from iterate_blocks(exported, _PlainMarkdown(names))
