"""The topics of `dossier help`: texts of the package, with tables made from the tables of the program.

A text is plain, at most 78 cells wide, and its indentation says what a block of lines is, so that the screen and the
manual pages can lay it out anew: none for a heading, 2 blanks for a paragraph, 4 for a list of terms, each with what it
means behind two blanks or more, 6 or more for an example, which is kept as it is. A line such as `{keys}` stands for a
table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from dossier.config.settings import SETTINGS
from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.loader.format_keys import (
    ARTICLE_KEYS,
    DOCUMENT_KEYS,
    ENTITY_KEYS,
    EVENT_KEYS,
    MEDIA_KEYS,
    PERSON_KEYS,
    PLACE_KEYS,
    QUOTE_KEYS,
    SELECTOR_KEYS,
    TERM_KEYS,
    FormatKey,
)
from dossier.ui.commands import BY_ID, Command, keys_words
from dossier.ui.help_popup import SIGNS

TOPICS = {
    "keys": "every key of the reading room, its panes and its signs",
    "search": "the search language, on the screen and on the command line",
    "library": "many articles: lists, searches, one person in several articles",
    "notes": "marks, notes and tags; selecting words; when an article changes",
    "export": "files for other programs: each format, its reader, its limits; pipes",
    "terminals": "wrong letters or borders, slow lines, copying, screen readers",
    "settings": "config.toml, keys of your own, themes",
    "trouble": "full and slow disks, moved folders, costly files; what was tried",
    "format": "the article file: every key, every rule; addresses; making files",
}
"""The topics, each with what it is about, in a few words."""
TOPIC_CELLS = 78
"""The most cells in a line of a topic."""
TOPIC_ID = "topic-"
"""The beginning of the id that a row for a topic has."""
_FOLDER = Path(__file__).parent.parent / "help"
_TABLE = re.compile(r"^\{(.+)\}$", flags=re.MULTILINE)
_WIDEST_TERM = 20
_TERM_INDENT = 4
_EXAMPLE_INDENT = 6


class BlockKind(Enum):
    """What a block of a topic is."""

    HEADING = 0
    PARAGRAPH = 2
    TERM = 4
    EXAMPLE = 6


class HelpBlock(NamedTuple):
    """A heading, a paragraph, a term with what it means, or an example of one line or several.

    `term` is empty for all but a term. The text is one line, but for an example, which keeps its lines.
    """

    kind: BlockKind
    text: str
    term: str = ""


def read_topic(name: str, commands: Mapping[str, Command] = BY_ID) -> str:
    """Return the text of a topic with its tables filled in. The keys are those of `commands`.

    Raises KeyError when there is no such topic.
    """
    if name not in TOPICS:
        raise KeyError(name)
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    return _TABLE.sub(lambda found: _table(found[1], commands), text)


def split_topic(text: str) -> tuple[HelpBlock, ...]:
    """Return the blocks of a topic's text, in their order. Examples with blank lines in them are one block each."""
    made: list[HelpBlock] = []
    for lines in re.split(r"\n\s*\n", text.strip("\n")):
        for block in _blocks(lines.split("\n")):
            is_more = made and block.kind is made[-1].kind is BlockKind.EXAMPLE
            made.append(block._replace(text=f"{made.pop().text}\n\n{block.text}") if is_more else block)
    return tuple(made)


def list_topic_rows() -> tuple[Entry, ...]:
    """Return a row for each topic. The id of its address is "topic-" and the name of the topic."""
    return tuple(
        Entry(Ref("", "about", f"{TOPIC_ID}{name}"), (Part("label", name), Part("text", about)), 0, "To read")
        for name, about in TOPICS.items()
    )


def make_topic_rows(name: str, commands: Mapping[str, Command]) -> tuple[Entry, ...]:
    """Return the text of a topic as rows of a popup: one for each paragraph, term and line of an example.

    The heading of a row is its group. Between blocks there are empty rows, but not between two terms.
    """
    made: list[Entry] = []
    heading, before = "", BlockKind.HEADING
    for block in split_topic(read_topic(name, commands)):
        if block.kind is BlockKind.HEADING:
            heading = block.text
        else:
            is_apart = before is not BlockKind.HEADING and (before, block.kind) != (BlockKind.TERM, BlockKind.TERM)
            lines = ([""] if is_apart else []) + block.text.split("\n")
            numbered = enumerate(lines, len(made))
            made += [_row(number, line and block.term, line, heading) for number, line in numbered]
        before = block.kind
    return tuple(made)


def _row(number: int, term: str, text: str, heading: str) -> Entry:
    # A row with a label is drawn as a fact; one without as a caption, which has neither a column nor a gutter.
    kind, label = ("about", (Part("label", term),)) if term else ("media", ())
    return Entry(Ref("", kind, str(number)), (*label, Part("text", text)), 0, heading)


def _blocks(lines: list[str]) -> Iterator[HelpBlock]:
    indent = len(lines[0]) - len(lines[0].lstrip())
    if indent >= _EXAMPLE_INDENT:
        yield HelpBlock(BlockKind.EXAMPLE, "\n".join(line[_EXAMPLE_INDENT:] for line in lines))
    elif indent < _TERM_INDENT:
        yield HelpBlock(BlockKind(indent), " ".join(line.strip() for line in lines))
    else:
        starts = [number for number, line in enumerate(lines) if not line[_TERM_INDENT:].startswith(" ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            term, _, first = lines[start].strip().partition("  ")
            words = " ".join(line.strip() for line in (first, *lines[start + 1 : end]))
            yield HelpBlock(BlockKind.TERM, words.strip(), term)


def _table(name: str, commands: Mapping[str, Command]) -> str:
    if name == "keys":
        sections = groupby(commands.values(), key=lambda command: command.section)
        return "\n\n".join(
            f"  {section}:\n\n{_format_terms((keys_words(one) or '(no key)', one.help) for one in several)}"
            for section, several in sections
        )
    return _format_terms(_ROWS[name])


def _format_terms(rows: Iterable[tuple[str, str]]) -> str:
    """Return a list of terms, each with its text behind it or, where the term is long, below it."""
    known = tuple(rows)
    column = 2 + max((len(term) for term, _ in known if len(term) <= _WIDEST_TERM), default=_WIDEST_TERM)
    lines = []
    for term, text in known:
        first, *more = wrap(text, TOPIC_CELLS - _TERM_INDENT - column, break_long_words=False, break_on_hyphens=False)
        lines += [f"{term:<{column}}{first}"] if len(term) <= _WIDEST_TERM else [term, " " * column + first]
        lines += [" " * column + line for line in more]
    return "\n".join(" " * _TERM_INDENT + line for line in lines)


def _key_rows(keys: Iterable[FormatKey]) -> tuple[tuple[str, str], ...]:
    return tuple((key.name, key.about + (" Required." if key.is_required else "")) for key in keys)


def _setting_rows() -> Iterator[tuple[str, str]]:
    for one in SETTINGS:
        if one.name == "keys":
            yield "[keys]", f"{_sentence(one.help)} {_sentence(one.value_kind)}"
        else:
            default = str(one.default).lower() if isinstance(one.default, bool) else one.default or "none"
            yield one.name, f"{_sentence(one.help)} {_sentence(one.value_kind)} Without it: {default}."


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


_ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "signs": SIGNS,
    "settings": tuple(_setting_rows()),
    "keys of an article": _key_rows(ARTICLE_KEYS),
    "keys of all three": _key_rows(ENTITY_KEYS),
    "keys of a person": _key_rows(PERSON_KEYS[len(ENTITY_KEYS) :]),
    "keys of a place": _key_rows(PLACE_KEYS[len(ENTITY_KEYS) :]),
    "keys of a quote": _key_rows(QUOTE_KEYS),
    "keys of an event": _key_rows(EVENT_KEYS),
    "keys of a selector": _key_rows(SELECTOR_KEYS),
    "keys of a term": _key_rows(TERM_KEYS),
    "keys of a media item": _key_rows(MEDIA_KEYS),
    "keys of a document": _key_rows(DOCUMENT_KEYS),
}
"""The rows of all tables but that of the keys."""
