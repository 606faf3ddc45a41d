"""The skeleton of a new article file: the keys to fill in, the others as comments, and the text in paragraphs.

In the skeleton, a comment that begins with `# ` explains something; a `#` right before a key, or before the indentation
of one, is to be deleted for that line to count.
"""

import re
from collections.abc import Iterator, Sequence

from dossier.loader.format_keys import ARTICLE_KEYS, FormatKey
from dossier.loader.source_text import LINE_BREAK

_FILLED_IN = ("headline", "outlet", "published")
# The keys after these are about what was extracted from the text, and stand after it.
_BEFORE_BODY = [
    key for key in ARTICLE_KEYS[: [key.name for key in ARTICLE_KEYS].index("body")] if key.name != "dossier"
]
_COLUMN = 24
_HEAD = """\
# One article. headline and body are required, outlet and published expected; everything else is optional. To use a
# line, delete its #. dossier check says what is missing or wrong, and dossier check --explain CODE says why.
dossier: 1
"""
_BODY_HEAD = """
# The text, word for word. at: refers to the numbers of the paragraphs. A sub-heading has no number:
#   - {heading: What changes}
"""
_NO_TEXT = """\
# Write it below, each line indented by two spaces, with a blank line between paragraphs.
body: |

"""
_REST = """
# Who is in the article. References are these ids.
#people:                                  # id: name | role | organisation
#  okafor: Lena Okafor | transport minister | Ministry of Transport
#  han: {name: Han Seo-jin, native: 한서진, role: head, org: paa, aliases: [the head of the port]}
#orgs:
#  paa: {name: Port Authority of Arlen, aliases: [PAA]}
#places:
#  arlen: Port Arlen

# Who said what. direct: verbatim. mixed: the words in quote marks are. indirect, reported, free-indirect: paraphrase.
#quotes:
#  - okafor: We will run every day of the year […] Winter included.
#  - {speaker: han, to_text: reporters, form: indirect, cue: told, text: the quay would be ready by June, at: p2}
#  - {speaker_text: an official, form: indirect, cue: said, text: the toll would not rise, at: p3}

# What happened when. Dates: 2023-04-11, 2023-04, 2022-12~ (about), 2022-21 (spring), 2017-11/.. (since).
#timeline:
#  - 2023-04-11: Councils sign the ferry pact
#  - {date: 2023-06~, date_text: by June, what: Quay ready, status: planned, orgs: [paa], at: p2}

#glossary:
#  PAA: Port Authority of Arlen
#media:
#  - {type: photo, caption: Lena Okafor at the quay on Tuesday., credit: Tom Reyes, people: [okafor]}
#documents:
#  - {url: https://example.org/pact.pdf, title: Text of the pact, at: p1}
#provenance: {by: your name, date: 2023-04-13}
"""
# Code points that YAML does not allow (1.1, production 1, c-printable), a byte order mark, and what only YAML 1.1 takes
# for a line break.
_NOT_IN_BLOCK = re.compile("[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def make_skeleton(text: str = "") -> str:
    """Return the YAML of a new article file with this text of an article, if there is one."""
    paragraphs = split_paragraphs(text)
    return "".join((_HEAD, *map(_field, _BEFORE_BODY), _BODY_HEAD, *_body(paragraphs), _REST))


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a plain text, each as one line.

    They are separated by blank lines; in a text without any, each line is a paragraph.
    """
    lines = "\n".join(LINE_BREAK.split(text)).strip("\n\t ")
    parts = _PARAGRAPH_END.split(lines) if _PARAGRAPH_END.search(lines) else lines.split("\n")
    joined = (" ".join(line.strip() for line in part.split("\n")).strip() for part in parts)
    return tuple(filter(None, joined))


def _field(key: FormatKey) -> str:
    mark = "" if key.name in _FILLED_IN else "#"
    return f"{f'{mark}{key.name}:':<{_COLUMN}}# {key.about}\n"


def _body(paragraphs: Sequence[str]) -> Iterator[str]:
    if not paragraphs:
        yield _NO_TEXT
        return
    yield "body:\n"
    for number, paragraph in enumerate(paragraphs, 1):
        yield f"  # p{number}\n  - {_scalar(paragraph)}\n"


def _scalar(paragraph: str) -> str:
    """Return a paragraph as a block, or between double quotes if it has characters that YAML does not take as such."""
    if not _NOT_IN_BLOCK.search(paragraph):
        return f"|-\n    {paragraph}"
    escaped = paragraph.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _NOT_IN_BLOCK.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'
