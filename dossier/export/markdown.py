"""Articles as Markdown: CommonMark, which GitHub's dialect and pandoc's read in the same way.

Each article has its text with numbered paragraphs, the people, the quotes by speaker and the timeline, with links to
the paragraphs. The targets of links are empty elements with ids, since these are kept by all readers and have no text.
The reader's notes are quotations that say what they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby

from dossier.core.entry import Entry, add_quote_counts
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.export.entry_remarks import (
    Remark,
    collect_words,
    describe_source,
    iterate_remarks,
    label_note,
    list_places,
    name_anchors,
    quote_marks,
    split_panes,
)
from dossier.export.export import EntryNotes, Export, ExportedArticle
from dossier.export.markdown_escapes import escape_markdown, format_markdown_url

NEVER_LINKED_TO = ("about", "term", "document")
"""The kinds of entries that no link leads to."""
_TITLES = {"people": "", "quotes": "Quotes", "timeline": "Timeline", "foot": ""}


class Dialect:
    """How targets and links are set: here as CommonMark has them.

    `names` are those of the targets, by the addresses of the entries.
    """

    def __init__(self, names: Mapping[Ref, str]) -> None:
        self.names = names
        self._met: set[Ref] = set()

    def set_target(self, ref: Ref, block: str) -> str:
        """Return a block as the target of links to `ref`; of two blocks with one address, the first is."""
        name = "" if ref in self._met else self.names.get(ref, "")
        self._met.add(ref)
        return self.add_name(name, block) if name else block

    def add_name(self, name: str, block: str) -> str:
        """Return a block with the name that links use in front of it."""
        return f'<span id="{name}"></span>{block}'

    def set_link(self, words: str, ref: Ref) -> str:
        """Return the words as a link to the entry at `ref`, or escaped alone if it is not exported."""
        name = self.names.get(ref.entry)
        return f"[{escape_markdown(words)}](#{name})" if name else escape_markdown(words)

    def set_name(self, name: str) -> str:
        """Return the name of a person, organisation or place, where it is listed."""
        return f"**{escape_markdown(name)}**"

    def set_note(self, line: str) -> str:
        """Return a line of a note of the reader's."""
        return escape_markdown(line)


def format_markdown(export: Export) -> Iterator[str]:
    """Yield the articles as Markdown, one after the other."""
    for exported, number in zip(export.articles, count(1)):
        yield "\n" if number > 1 else ""
        names = name_anchors(exported.entries, f"a{number}-" if number > 1 else "", NEVER_LINKED_TO)
        yield from iterate_blocks(exported, Dialect(names))


def iterate_blocks(exported: ExportedArticle, dialect: Dialect) -> Iterator[str]:
    """Yield the article in Markdown: blocks that end in a line break, with blank lines between them."""
    notes = EntryNotes(exported)
    panes = split_panes(exported.entries)
    yield from _head(exported.article, dialect)
    for entry in panes["text"]:
        yield from _text_block(entry, dialect)
        yield from _note_blocks(notes.on(entry.ref), dialect, "\n")
    for pane, title in _TITLES.items():
        yield f"\n## {title}\n" if title and panes[pane] else ""
        entries = add_quote_counts(panes[pane]) if pane == "quotes" else panes[pane]
        for group, found in groupby(entries, lambda entry: entry.group):
            yield f"\n{'###' if title else '##'} {escape_markdown(group)}\n\n" if group else "\n"
            for entry in found:
                yield f"- {dialect.set_target(entry.ref, _item(entry, exported.links, dialect))}\n"
                yield from _note_blocks(notes.on(entry.ref), dialect, "\n  ")
    if notes.elsewhere:
        yield "\n## Notes on other places\n"
        yield from _note_blocks(notes.elsewhere, dialect, "\n")


def _head(article: Article, dialect: Dialect) -> Iterator[str]:
    headline = Ref(article.ref.article, "headline")
    yield f"# {dialect.set_target(headline, escape_markdown(article.headline))}\n"
    told = [escape_markdown(one) for one in describe_source(article)]
    yield f"\n{' · '.join(told)}\n" if told else ""
    yield f"\n{format_markdown_url(article.url)}\n" if article.url else ""
    yield f"\nAddress: {escape_markdown(str(article.ref))}\n"


def _text_block(entry: Entry, dialect: Dialect) -> Iterator[str]:
    text = escape_markdown(entry.text)
    if entry.ref.kind == "subtitle":
        yield f"\n{dialect.set_target(entry.ref, f'**{text}**')}\n"
    elif entry.ref.kind == "heading":
        yield f"\n## {dialect.set_target(entry.ref, text)}\n"
    elif entry.ref.kind == "para":
        yield f"\n{dialect.set_target(entry.ref, f'**¶{entry.paragraph_number}** {text}')}\n"


def _item(entry: Entry, links: Links, dialect: Dialect) -> str:
    """Return an entry of a list in one line: its words, what is said of it, and where it stands in the text."""
    words = _words(entry, dialect)
    places = dict.fromkeys(
        dialect.set_link(label, where) for label, where in list_places(entry, links) if entry.ref.kind != "about"
    )
    told = [*(_remark(remark, dialect) for remark in iterate_remarks(entry)), " ".join(places)]
    return " · ".join(filter(None, (words, *told)))


def _words(entry: Entry, dialect: Dialect) -> str:
    """Return the words of an entry: the name, the words of a quote, or date and text of an event."""
    words = collect_words(entry)
    if "name" in words:
        native = f" {escape_markdown(words['native'])}" if "native" in words else ""
        # An unnamed source is no one whom a link could name.
        name = (
            f"**{escape_markdown(words['name'])}**" if entry.ref.kind == "source" else dialect.set_name(words["name"])
        )
        return name + native
    if "date" in words:
        when = " ".join(filter(None, (words["date"], words.get("time"))))
        return f"**{escape_markdown(when)}** {escape_markdown(words.get('text', ''))}"
    if entry.ref.kind in ("term", "about"):
        return f"**{escape_markdown(' '.join(words.values()))}**"
    opening, closing = quote_marks(entry)
    return f"{opening}{escape_markdown(words.get('text', ''))}{closing}"


def _remark(remark: Remark, dialect: Dialect) -> str:
    if not remark.text:
        return f"{remark.before}{escape_markdown(remark.flaw)}"
    if remark.kind == "url":
        return format_markdown_url(remark.text)
    is_link = len(remark.targets) == 1 and not remark.flaw
    words = dialect.set_link(remark.text, remark.targets[0]) if is_link else escape_markdown(remark.text)
    flaw = f" (✗ {escape_markdown(remark.flaw)})" if remark.flaw else ""
    return f"{escape_markdown(remark.before).replace('&#32;', ' ')}{words}{remark.after}{flaw}"


def _note_blocks(notes: Iterable[PlacedNote], dialect: Dialect, indent: str) -> Iterator[str]:
    """Yield the notes as quotations, each line of a note in a paragraph of its own."""
    for placed in notes:
        label, words = label_note(placed)
        lines = [f"**{label}**" + (f" “{escape_markdown(words)}”" if words else "")]
        lines += [dialect.set_note(line) for line in placed.note.text.splitlines() if line.strip()]
        quoted = f"{indent}>".join(f"{indent}> {line}" for line in lines)
        yield f"{quoted}\n"
