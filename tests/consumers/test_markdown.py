"""Tests that pandoc and marked read the very text from exported Markdown."""

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from consumer_programs import needs_node, needs_python, run_node
from documents import BUNDLED, HARBOUR, NOTES, export_article, write_as
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_readers import READERS, RECOMPOSING

from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.markdown_escapes import escape_markdown
from dossier.text.sanitize import sanitize_text

pytestmark = [needs_python(), needs_node()]

HOSTILE = (
    *("2022. ", "2022. A year", "1) x", "(1) x", "(a) x", "a. x", "iv) x", "B.  x", "12.5 x", "(@) x", "#. x"),
    *("5*3*2", "**x**", "*x", "_a_", "a_b_c", "__a__", "# x", "#", "x #", "#tag", "a #tag/b", "####### x"),
    *(
        "[a](b)",
        "![a](b)",
        "![a][b]",
        "[a]: b",
        "[a]",
        "[[ ]]",
        "[[a|b]]",
        "![[a]]",
        "[^1]",
        "[^1]: x",
        "^[x]",
        "[x]{.y}",
    ),
    *(
        "<script>",
        "<b>x</b>",
        "<!-- x",
        "<a@b.c>",
        "<http://a.b>",
        "a < b > c",
        "&amp;",
        "&#35;",
        "&#x23;",
        "AT&T",
        "& x",
    ),
    *("==x==", "=", "===", "a = b", "~~x~~", "~x~", "~~~", "$x$", "$$x$$", "$5 and $6", "^", "a^2^", "|", "| a | b |"),
    *("`x`", "``x", "```", "- x", "+ x", "* x", "> x", ">x", "- [ ] x", "---", "***", "- - -", "-", "+", "--", "a--b"),
    *("    x", "\tx", "  x", "x  ", "x ", "x\\", "\\", "\\x", "\\*x\\*", "a  b   c", "a\tb", "\\begin{x} y \\end{x}"),
    *(
        "http://a.b/c",
        "https://a.b/?c=d_e_f",
        "www.a.bc",
        "a www.b.cd/e",
        "ftp://a.b",
        "mailto:a@b.cd",
        "a@b.cd",
        "xmpp:a@b.cd",
    ),
    *(":emoji:", ":smile:", "a:smile:", ":100:", "10:30", "a: b", ": x", ":   x", "::: x", "@x", "[@x]", "-@x", "@"),
    *(
        "Setext\n---",
        "Setext\n===",
        "a\nb",
        "a\n\nb",
        "a\n- b",
        "a\n# b",
        "a \n b",
        "a\n",
        "\na",
        "Term\n: x",
        "Term\n~ x",
    ),
    *(
        "%",
        "% x",
        "%%x%%",
        "100 %",
        "{.cls}",
        "x {#y}",
        "{{x}}",
        "...",
        "a...b",
        "....",
        "'x'",
        '"x"',
        "don't",
        '"it\'s"',
    ),
    *(
        "Mr. Smith",
        "e.g. this",
        "No. 3",
        "Jan. 4",
        "M.D. x",
        "Ph.D. x",
        "said. Then",
        "(Dr. X)",
        "_Mr. X",
        "\N{COPYRIGHT SIGN}",
    ),
    *(
        "“x” ‘y’ – — …",
        "« x »",
        "שלום # עולם",
        "مرحبا *يا* عالم",
        "박진 [x]",
        "a\N{NO-BREAK SPACE}b",
        "\N{EM SPACE}x\N{EM SPACE}",
    ),
    *(
        "a\N{IDEOGRAPHIC SPACE}b",
        "x\N{NO-BREAK SPACE}",
        "\N{RIGHT-TO-LEFT MARK}- x",
        "\N{ZERO WIDTH SPACE}# x",
        "😀 *x*",
    ),
    *(
        "+---+\n| a |\n+---+",
        "a | b\n--|--\nc | d",
        "Table: x",
        "  a  b\n --- ---\n  c  d",
        "TODO: x",
        "a!",
        "!",
        "()",
        "[]()",
    ),
)
_SIGNS = st.sampled_from(
    [*"\\`*_[]<>~^$|#{}\"'@&!:;=%-.()+/,?12aixv \n\t", "www.", "http", "&amp", "Mr", "é", "א", "漢"]
)
LINES = st.one_of(
    st.lists(_SIGNS, min_size=1, max_size=20).map("".join),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map("".join),
)

CONTEXTS = {
    "paragraph": ("{}", ""),
    "heading": ("## {}", ""),
    "quotation": ("> {}", "> "),
    "item": ("- {}", "  "),
    "link": ("[{}](#x)", ""),
}
"""Where a text stands: what is around it, and what its further lines begin with."""


def readable(line: str) -> str:
    """Return the line with what the loader makes safe; of line breaks only those that have text on both sides."""
    return "\n".join(filter(None, (sanitize_text(part) for part in line.split("\n"))))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("context", ["paragraph", "quotation", "item"])
def test_hostile_lines_are_read_back(reader: str, context: str) -> None:
    check(reader, context, HOSTILE)


@pytest.mark.parametrize("reader", READERS)
def test_hostile_lines_are_read_back_from_headings_and_links(reader: str) -> None:
    lines = [line for line in HOSTILE if "\n" not in line]
    check(reader, "heading", lines)
    check(reader, "link", lines)


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(LINES.map(readable).filter(bool), min_size=1, max_size=60))
def test_any_lines_are_read_back(reader: str, lines: list[str]) -> None:
    check(reader, "paragraph", lines)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", ["markdown", "obsidian"])
def test_an_exported_article_has_the_very_texts(reader: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR, "utf-8")
    for exported in (export_article(path), export_article(BUNDLED, NOTES)):
        export = Export("x", [exported], Omissions(), datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC))
        text = write_as(form, export)
        read = READERS[reader](text.partition("---\n\n")[2] if form == "obsidian" else text)
        shown = [re.sub(r" \^[\w-]+$", "", one) for one in read]
        assert set(texts_of(exported)) - set(shown) == set()
        told = "\n".join(shown)
        for quote in exported.article.quotes:
            assert quote.text in told
        for event in exported.article.events:
            assert event.what in told
        for placed in exported.notes:
            assert all(line in shown for line in placed.note.text.splitlines())


def texts_of(exported: ExportedArticle) -> list[str]:
    """Return headline, sub-headings and paragraphs of an article, as a page of it has them."""
    numbers = {entry.ref: f"¶{entry.paragraph_number} " for entry in exported.entries if entry.paragraph_number}
    blocks = [numbers.get(block.ref, "") + block.text for block in exported.article.body]
    return [exported.article.headline, *blocks]


@pytest.mark.parametrize("package", ["js-yaml", "yaml"])
def test_front_matter_is_read_as_strings(package: str, tmp_path: Path) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR.replace("12:30", "on\\u0085\N{ZERO WIDTH NO-BREAK SPACE}\\\\ 😀 1e3"), "utf-8")
    exported = export_article(path)
    export = Export("x", [exported], Omissions(), datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC))
    front = write_as("obsidian", export).split("---\n", 2)[1]
    call = {"js-yaml": "load", "yaml": "parse"}[package]
    script = f"""
    const text = require("fs").readFileSync(0, "utf8");
    console.log(JSON.stringify(require("{package}").{call}(text)));
    """
    read = json.loads(run_node(script, text=front))
    article = exported.article
    assert read["title"] == article.headline
    assert read["published"] == "2024-05-02"
    assert read["keywords"] == list(article.keywords)
    assert read["authors"] == list(article.byline)
    assert {type(value) for value in read.values()} == {str, list}


def check(reader: str, context: str, lines: Sequence[str]) -> None:
    """Check that each line, escaped in its context, is read as the same text by a reader."""
    form, indent = CONTEXTS[context]
    written = [form.format(escape_markdown(line)).replace("\n", f"\n{indent}") for line in lines]
    expected = list(lines)
    if reader in RECOMPOSING:
        expected = [unicodedata.normalize("NFC", line) for line in expected]
    between = "\n\nnext\n\n"
    read = READERS[reader](between.join(written) + "\n")
    faults = [(want, got) for want, got in zip(expected, read[::2], strict=False) if want != got]
    assert faults[:3] == []
    assert read[1::2] == ["next"] * (len(lines) - 1)
