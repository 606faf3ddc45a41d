"""Escape text for Markdown, so that CommonMark, GitHub's Markdown, Obsidian and pandoc read the very text back.

Every escape is a backslash before a sign of ASCII, which all of them undo. Signs that prose is full of (points,
hyphens, colons) are escaped only where one of these readers would take them for markup, the others everywhere.
"""

import re

from dossier.export.entry_remarks import WEB

# Pandoc puts a no-break space in the place of the blank that follows one of these.
_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Hon Rev Fr St Sr Jr Bros Co Corp Inc Ltd Capt Gen Sgt Gov Pres Rep Sen "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec M.A M.D Ph.D "
    "e.g i.e q.v n.b s.v s.vv cf cp viz vs al aet aetat saec univ "
    "No bk c ch chap chs col d ed eds esp f fasc ff fig fl fol fols ill incl n nn p pp pt sec vol"
)
# Markup wherever they stand: emphasis, code, links, HTML, tags, maths, tables, attributes, straight quotes, citations
# and addresses of mail.
_IN_ALL_PLACES = "\\`*_[]<~^$|#{\"'@"
_SIGN = re.compile(rf"[{re.escape(_IN_ALL_PLACES)}&!:(=%.>+-]")
_IN_SOME_PLACES = re.compile(
    # A character reference, a picture before a link, the target of a link (marked does not mind that its bracket is
    # escaped), an emoji or the address of a page.
    r"&(?=\#?\w)|!(?=\[|\Z)|(?<=\])\(|:(?=\S)|(?<=www)\.(?=\S)"
    # Highlights, comments, dashes and ellipses.
    r"|=(?==)|(?<==)=|%(?=%)|(?<=%)%|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\."
    # What begins a block at the beginning of a line: quotes, lists, rules, definitions, titles.
    r"|^[>+\-=:%]|^\((?=[\w@]+\)(?:\s|$))",
    re.MULTILINE | re.IGNORECASE | re.ASCII,
)
_ABBREVIATED = re.compile(rf"(?<![^\W_])({'|'.join(map(re.escape, _ABBREVIATIONS.split()))})\.(?=\s)")
_NUMBER = re.compile(r"^(\d+|[a-z]|[ivxlcdm]+)([.)])(?=\s|$)", re.MULTILINE | re.IGNORECASE | re.ASCII)
# Blanks that no reader keeps: those at the ends of a line, all but the first of a run, and breaks at both ends.
_LOST = re.compile(r"\A\s+|\s+\Z|^[^\S\n]+|[^\S\n]+$|(?<=\s)[^\S\n]+|[\t\r\f\v\x1c-\x1f]", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Return Markdown that is read as this text, at the beginning of a line and anywhere in one.

    A line break becomes a hard one. Blanks that would be lost become character references.
    """
    escaped = _NUMBER.sub(r"\1\\\2", _ABBREVIATED.sub(r"\1\\.", _SIGN.sub(_escape, text)))
    # Most texts have none of these blanks, and the pattern looks long for them.
    if " ".join(escaped.split()) == escaped:
        return escaped
    return _LOST.sub(_refer, escaped).replace("\n", "\\\n")


def format_markdown_url(url: str) -> str:
    """Return a web address as an autolink; other texts, and those with blanks or brackets, are no links."""
    is_link = url.startswith(WEB) and url.isascii() and url.isprintable() and not set(url) & set(' <>"\\')
    return f"<{url}>" if is_link else escape_markdown(url)


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    is_markup = sign in _IN_ALL_PLACES or _IN_SOME_PLACES.match(found.string, found.start())
    return f"\\{sign}" if is_markup else sign


def _refer(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(blank)};" for blank in found[0])
