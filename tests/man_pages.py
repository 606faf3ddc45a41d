"""The manual pages, made from the topics of the help and the parsers of the commands.

`python tests/man_pages.py` writes them to the folder dossier/help/man, from which the wheel installs them. A page has
the date of its last change.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap

from dossier.cli.main import find_parser
from dossier.cli.parser import Argument
from dossier.export.help_topics import BlockKind, HelpBlock, read_topic, split_topic

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "dossier" / "help" / "man"
_TOPICS = ("keys", "search", "library", "notes", "export", "terminals", "settings", "trouble")
_INPUT_CELLS = 78
_SPECIAL = {"\\": "\\e", "-": "\\-", "'": "\\(aq", '"': "\\(dq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
_SENTENCE_END = re.compile(r"(?<=[.?!]) +(?=[A-Z\\])")


def make_pages() -> dict[str, str]:
    """Return the text of each page, by the name of its file, without the first line, which has the day."""
    return {"dossier.1": _join(_program_page()), "dossier-format.5": _join(_format_page())}


def first_line(name: str, day: str) -> str:
    title, _, section = name.rpartition(".")
    return f'.TH {title.upper()} {section} "{day}" "dossier" ""\n'


def write_pages() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in make_pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text("ascii").partition("\n")[2] != text:
            file.write_text(first_line(name, datetime.now(UTC).date().isoformat()) + text, "ascii")


def _join(lines: Iterable[str]) -> str:
    """Return the lines as one text. A heading begins a paragraph by itself."""
    return re.sub(r"^(\.S[HS] .*\n)\.PP\n", r"\1", "\n".join(lines) + "\n", flags=re.MULTILINE)


def _program_page() -> Iterator[str]:
    whole = find_parser("")
    about, _, listed = (whole.description or "").partition("\n\n")
    names = re.findall(r"^  ([a-z]+)  ", listed, flags=re.MULTILINE)
    yield ".SH NAME"
    yield "dossier \\- read news articles as dossiers in the terminal"
    yield ".SH SYNOPSIS"
    yield from _example((whole.usage or "").replace("\n       ", "\n"))
    yield ".SH DESCRIPTION"
    yield from _prose(about)
    yield from _plain_blocks(whole.epilog or "")
    yield ".SH OPTIONS"
    yield from _arguments(whole.list_arguments())
    yield ".SH COMMANDS"
    for name in names:
        parser = find_parser(name)
        yield f".SS dossier {name}"
        yield from _example((parser.usage or "").replace("\n       ", "\n"))
        yield from _plain_blocks(parser.description or "")
        yield from _arguments(parser.list_arguments())
        yield from _plain_blocks(parser.epilog or "")
    for topic in _TOPICS:
        head, *blocks = split_topic(read_topic(topic))
        yield f".SH {_escape(head.text.upper())}"
        yield from _blocks(blocks, ".SS")
    yield ".SH SEE ALSO"
    yield ".BR dossier\\-format (5)"


def _format_page() -> Iterator[str]:
    head, *blocks = split_topic(read_topic("format"))
    yield ".SH NAME"
    yield "dossier\\-format \\- the article files that dossier reads"
    yield ".SH DESCRIPTION"
    yield from _prose(f"This is {head.text[0].lower()}{head.text[1:]}.")
    yield from _blocks(blocks, ".SH")
    yield ".SH SEE ALSO"
    yield ".BR dossier (1)"


def _blocks(blocks: Iterable[HelpBlock], heading: str) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            yield f"{heading} {_escape(block.text.upper() if heading == '.SH' else block.text)}"
        elif block.kind is BlockKind.TERM:
            yield from _term(block.term, block.text)
        elif block.kind is BlockKind.EXAMPLE:
            yield from _example(block.text)
        else:
            yield from _prose(block.text)


def _arguments(arguments: Iterable[Argument]) -> Iterator[str]:
    for one in arguments:
        yield from _term(" ".join(filter(None, (", ".join(one.names), one.value))), one.about)


def _plain_blocks(text: str) -> Iterator[str]:
    """Yield the blocks of the help of a command: one with indented lines is kept as it is."""
    for block in filter(None, re.split(r"\n\s*\n", text.strip("\n"))):
        yield from _example(block) if re.search("^ |   ", block, flags=re.MULTILINE) else _prose(block)


def _prose(text: str) -> Iterator[str]:
    yield ".PP"
    yield from _input_lines(text)


def _term(term: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_escape(term)}\\fR"
    yield from _input_lines(text)


def _example(text: str) -> Iterator[str]:
    yield ".PP"
    yield ".EX"
    yield from (_guard(_escape(line)) for line in text.split("\n"))
    yield ".EE"


def _input_lines(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(_escape(" ".join(text.split()))):
        for line in wrap(sentence, _INPUT_CELLS, break_long_words=False, break_on_hyphens=False):
            yield _guard(line)


def _escape(text: str) -> str:
    return "".join(_SPECIAL.get(one) or (one if one.isascii() else f"\\[u{ord(one):04X}]") for one in text)


def _guard(line: str) -> str:
    return f"\\&{line}" if line.startswith(".") else line


if __name__ == "__main__":
    write_pages()
