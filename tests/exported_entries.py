"""Readers of exported files: from a file to the entries in it, each with its name there and its text.

What a reader returns is plain text: escapes and tags are undone, and the headings that an entry stands under, such as
the speaker of a quote, are part of its text.
"""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from html.parser import HTMLParser
from itertools import chain

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.export.entry_remarks import name_anchors, split_panes
from dossier.export.markdown import NEVER_LINKED_TO

TABLE_KINDS = ("person", "org", "place", "source", "quote", "event")
_HEADING = re.compile(r"^.*\n[─·]+\n", flags=re.MULTILINE)
_ADDRESS = re.compile(r"^    (\S+#\S+)\n", flags=re.MULTILINE)
_TARGET = re.compile(r'<span id="([^"]+)"></span>')
_BLOCK_ID = re.compile(r" \^([\w-]+)\Z")
_LINKED = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(#[^)]*\)")
_NOTE_LINK = re.compile(r"(?<!\\)\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])|&#\d+;")
_BLOCK = re.compile(r"\n(?=- )|\n\n+")
_KINDS = (*TABLE_KINDS, "headline", "subtitle", "heading", "para", "term", "media", "document", "about")

Found = list[tuple[str, str]]
"""The name and the text of each entry in a file."""


class ExportReader(NamedTuple):
    """How the entries of a format are read back.

    `expect` returns the entries that the format holds, in its order, each with the name that it has in the file. Parts
    with a name in `reworded` are written in other words than those of the screen.
    """

    read: Callable[[str], Found]
    expect: Callable[[Iterable[Entry]], list[tuple[str, Entry]]]
    reworded: Container[str] = ()


def read_text(written: str) -> Found:
    """Read what the format `text` wrote: each entry stands above its address."""
    _head, _, entries = written.partition("═\n")
    pieces = _ADDRESS.split(_HEADING.sub("", entries))
    return list(zip(pieces[1::2], pieces[0::2], strict=False))


def read_lines(written: str) -> Found:
    """Read what the format `jsonl` wrote."""
    return [(one["ref"], one["text"]) for one in map(json.loads, written.splitlines())]


def read_table(written: str) -> Found:
    """Read the rows of entries of the format `csv`, without those of mentions; aliases are joined as on the screen."""
    rows = csv.DictReader(io.StringIO(written, newline=""))
    joined = ({**row, "aliases": row["aliases"].replace("\n", ", ")} for row in rows if row["kind"] != "mention")
    return [(row["ref"], "\n".join(row.values())) for row in joined]


def read_markdown(written: str) -> Found:
    """Read the entries of the format `markdown`; those of lists may have no name."""
    return _read_blocks(written, _TARGET.search)


def read_obsidian(written: str) -> Found:
    """Read the entries of the format `obsidian`; those of lists may have no name, headings have none."""
    _front, _, blocks = written.partition("\n---\n")
    return _read_blocks(_NOTE_LINK.sub(r"\1", blocks), _BLOCK_ID.search)


def read_page(written: str) -> Found:
    """Read the entries of the format `html`."""
    page = _Page()
    page.feed(written)
    page.close()
    assert page.open == []
    return list(page.found.items())


def expect_addresses(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return all entries with their addresses."""
    return [(str(entry.ref), entry) for entry in entries]


def expect_rows(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return the entries that tables hold."""
    return [(str(entry.ref), entry) for entry in entries if entry.ref.kind in TABLE_KINDS]


def expect_blocks(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return the entries in the order of a Markdown file: the lists below the text come last."""
    return list(_name_in_order(entries, NEVER_LINKED_TO))


def expect_obsidian_blocks(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return those entries of a note for Obsidian that are no headings."""
    without = (*NEVER_LINKED_TO, "headline", "heading")
    return [(name, entry) for name, entry in _name_in_order(entries, without) if "head" not in entry.ref.kind]


def expect_elements(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return all entries with the ids of their elements in a page, the headline first."""
    every = list(entries)
    names, panes = name_anchors(every), split_panes(every)
    order = chain(panes["text"], panes["foot"], panes["people"], panes["quotes"], panes["timeline"])
    return [(names[entry.ref], entry) for entry in order]


def _name_in_order(entries: Iterable[Entry], without: Container[str]) -> Iterator[tuple[str, Entry]]:
    every = list(entries)
    names, met = name_anchors(every, without=without), set[str]()
    for entry in chain.from_iterable(split_panes(every).values()):
        name = names.get(entry.ref, "")
        yield "" if name in met else name, entry
        met.add(name)


def _read_blocks(written: str, find_name: Callable[[str], re.Match[str] | None]) -> Found:
    found, above = [], ""
    for block in _BLOCK.split(written):
        name = find_name(block.strip("\n"))
        if name or block.startswith("- "):
            found.append((name[1] if name else "", f"{above}\n{_undo_markdown(block)}"))
        elif block.lstrip("\n").startswith("#"):
            above = _undo_markdown(block)
    return found


def _undo_markdown(block: str) -> str:
    plain = _LINKED.sub(r"\1", _TARGET.sub("", block)).replace("**", "")
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[0]), plain)


class _Page(HTMLParser):
    """The elements of a page with the id of an entry, and their texts; numbers and signs of links are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.open: list[tuple[str, str, bool]] = []
        self._headings: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            return
        name = given.get("id", "")
        is_entry = "_" not in name and name.partition("-")[0] in _KINDS
        is_sign = given.get("class") in ("to", "number")
        if is_entry:
            self.found[name] = "\n".join((*self._headings.values(), ""))
        if tag in ("h2", "h3"):
            self._headings = {**({"h2": self._headings.get("h2", "")} if tag == "h3" else {}), tag: ""}
        self.open.append((tag, name if is_entry else "", is_sign))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(is_sign for *_, is_sign in self.open):
            return
        for tag, name, _ in self.open:
            if name:
                self.found[name] += data
            if tag in self._headings:
                self._headings[tag] += data


READERS = {
    "text": ExportReader(read_text, expect_addresses),
    "markdown": ExportReader(read_markdown, expect_blocks),
    "obsidian": ExportReader(read_obsidian, expect_obsidian_blocks),
    "html": ExportReader(read_page, expect_elements),
    "csv": ExportReader(read_table, expect_rows, ("date", "full_date", "time")),
    "jsonl": ExportReader(read_lines, expect_addresses),
}
"""The readers of formats, by the names of the formats."""
