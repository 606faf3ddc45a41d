r"""Articles as a bibliography for LaTeX, in the format of biblatex, which biber reads.

Headlines and names stand in braces of their own, so that no style changes their capitals or takes names apart. `\{` and
`\}` only stand in pairs: biber counts braces, those after a backslash, too.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from dossier.export.citations import Citation, CitedDate, collect_citations
from dossier.export.export import Export, Omissions

_HELD = ("headline", "subtitle", "byline", "outlet", "url", "published", "retrieved")
_ESCAPES = {
    **{char: f"\\{char}" for char in "$&#%_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # babel makes it a command in some languages.
    '"': '{"}',
}
_LONE_BRACES = {"{": r"$\lbrace$", "}": r"$\rbrace$"}
_LIGATURES = frozenset(("--", "''", "``", "?`", "!`", "<<", ">>", ",,"))
"""Pairs of characters that TeX joins into one."""
_NOT_IN_KEY = re.compile("[^A-Za-z0-9]+")
_NOT_IN_URL = re.compile(r"[\s{}\\]")


def format_biblatex(export: Export) -> Iterator[str]:
    """Yield an entry of the bibliography for each article."""
    keys: set[str] = set()
    for citation in collect_citations(export, _HELD):
        key = make_citation_key(citation.id, keys)
        keys.add(key.lower())
        kind = "article" if citation.outlet else "online" if citation.url else "misc"
        fields = _make_fields(citation, export.omissions)
        yield "\n".join((f"@{kind}{{{key},", *[f"  {name} = {{{value}}}," for name, value in fields if value], "}\n\n"))


def make_citation_key(id: str, taken: set[str]) -> str:
    """Return a key for the article of this id, of letters of ASCII, digits and hyphens.

    `taken` are the keys of other articles in small letters. Where the key is one of these, or letters of the id are
    left out, it ends with a part of the digest of the id, which is the same in every export.
    """
    plain = unicodedata.normalize("NFKD", id)
    key = _NOT_IN_KEY.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")
    is_whole = all(char.isascii() or not char.isalnum() for char in plain if not unicodedata.combining(char))
    if key and is_whole and key.lower() not in taken:
        return key
    digest = hashlib.sha256(id.encode()).hexdigest()
    made = (f"{key or 'article'}-{digest[:length]}" for length in range(8, 64))
    return next(one for one in made if one.lower() not in taken)


def escape_tex(text: str) -> str:
    """Return text with every character that TeX, or biber, takes for a command written so that it is printed."""
    lone = _find_lone_braces(text)
    parts = (
        ("{}" if text[at - 1 : at + 1] in _LIGATURES else "")
        + (_LONE_BRACES[char] if at in lone else _ESCAPES.get(char, char))
        for at, char in enumerate(text)
    )
    return "".join(parts)


def _find_lone_braces(text: str) -> frozenset[int]:
    """Return the positions of the braces that have no partner."""
    opened: list[int] = []
    lone: list[int] = []
    for at, char in enumerate(text):
        if char == "{":
            opened.append(at)
        elif char == "}":
            if opened:
                opened.pop()
            else:
                lone.append(at)
    return frozenset((*lone, *opened))


def _make_fields(citation: Citation, omissions: Omissions) -> Iterator[tuple[str, str]]:
    published, retrieved = citation.published, citation.retrieved
    yield "author", " and ".join(_protect(author) for author in citation.authors)
    yield "title", _protect(citation.title)
    yield "subtitle", _protect(citation.subtitle)
    yield "journaltitle", _protect(citation.outlet)
    yield "entrysubtype", "newspaper" if citation.outlet else ""
    if published:
        yield ("date", _write_date(published)) if published.points else ("note", escape_tex(published.words))
    yield "url", _NOT_IN_URL.sub(lambda found: quote(found[0]), citation.url)
    if retrieved and retrieved.points:
        yield "urldate", _write_date(retrieved)
    elif retrieved:
        omissions.count("retrieval date", "left out: biblatex has no field for its words")
    yield "annotation", r"\par ".join(escape_tex(line) for note in citation.notes for line in note.split("\n"))


def _protect(text: str) -> str:
    return f"{{{escape_tex(text)}}}" if text else ""


def _write_date(date: CitedDate) -> str:
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((date.is_approximate, date.is_uncertain), "")
    return "/".join(f"{'-'.join(filter(None, point))}{mark}" for point in date.points)
