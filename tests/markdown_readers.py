"""The readers of Markdown that exported files are for, each as a function from Markdown to the texts of its blocks."""

import json
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

from consumer_programs import run_node, run_python

_PANDOC = """
import pypandoc, subprocess, sys
print(subprocess.run([pypandoc.get_pandoc_path(), "-f", sys.argv[1], "-t", "json"],
      stdin=sys.stdin.buffer, capture_output=True, check=True).stdout.decode())
"""
_MARKED = """
const {marked} = require("marked");
const found = [];
const strip = (html) => html.replace(/<br>/g, "\\n").replace(/<[^>]*>/g, "");
const keep = (renderer, token) => { found.push(strip(renderer.parser.parseInline(token.tokens))); return ""; };
marked.use({renderer: {
  paragraph(token) { return keep(this, token); },
  heading(token) { return keep(this, token); },
  text(token) { return token.tokens ? keep(this, token) : false; },
}});
marked.use({renderer: Object.fromEntries(["code", "html", "table", "hr", "def"].map(
  (kind) => [kind, (token) => { if (token.type !== "html" || token.block) found.push(`<${kind}>`);
    return token.type === "html" ? token.text : ""; }]))});
marked.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(found));
"""


def read_with_pandoc(form: str) -> Callable[[str], list[str]]:
    """Return the reader of the texts of all paragraphs and headings, by pandoc in one of its formats."""
    return lambda markdown: list(blocks(json.loads(run_python(_PANDOC, form, text=markdown))["blocks"]))


def read_with_marked(markdown: str) -> list[str]:
    """Return the texts of all paragraphs and headings, as marked reads them."""
    return [unescape(text) for text in json.loads(run_node(_MARKED, text=markdown))]


READERS = {
    "marked": read_with_marked,
    **{form: read_with_pandoc(form) for form in ("commonmark", "gfm", "markdown")},
}

RECOMPOSING = ("commonmark", "gfm")
"""The formats that pandoc reads into Normalization Form C, whatever stands in the file."""


def blocks(found: Sequence[Any]) -> list[str]:
    """Return the texts of the blocks of pandoc's document that have text, of nested ones, too."""
    texts = []
    for block in found:
        content = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                texts.append(inlines(content))
            case "Header":
                texts.append(inlines(content[2]))
            case "BlockQuote":
                texts += blocks(content)
            case "BulletList":
                texts += [text for item in content for text in blocks(item)]
            case other:
                texts.append(f"<{other}>")
    return texts


def inlines(found: Sequence[Any]) -> str:
    """Return the text of pandoc's inline elements; of those that are markup, their name."""
    texts = []
    for one in found:
        content = one.get("c")
        match one["t"]:
            case "Str":
                texts.append(content)
            case "SoftBreak":
                texts.append("\n")
            case "Space":
                texts.append(" ")
            case "LineBreak":
                texts.append("\n")
            case "Quoted":
                marks = {"DoubleQuote": "“”", "SingleQuote": "‘’"}[content[0]["t"]]
                texts.append(f"{marks[0]}{inlines(content[1])}{marks[1]}")
            case "Strong" | "Emph":
                texts.append(inlines(content))
            case "Link" | "Span":
                texts.append(inlines(content[1]))
            case "RawInline" if content[1].startswith(("<span id=", "</span>")):
                pass
            case other:
                texts.append(f"<{other}>")
    return "".join(texts)
