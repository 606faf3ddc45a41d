"""Addresses of an article, of an entry in it, or of a run of words in an entry.

The same printable value is used for command-line arguments, ends of links, steps of the history, hits and keys of rows,
so that none has to be translated into another. An `Anchor` is a run of words in an entry with the addresses that it
links to.
"""

import re
from functools import cache

from dossier.core.dataclasses import NamedTuple
from dossier.text.messages import suggest_name

ENTRY_KINDS = (
    "headline",
    "subtitle",
    "heading",
    "para",
    "person",
    "org",
    "place",
    "source",
    "quote",
    "event",
    "term",
    "media",
    "document",
    "about",
)
"""All kinds of entries: `source` is an unnamed source, `term` one of the glossary, `about` a fact about the article."""

_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
"""The characters that are never percent-encoded (RFC 3986, 2.3)."""


_make_ref = tuple.__new__
"""Makes an address in two thirds of the time: a hundred are made for each article that is indexed."""


class RefError(ValueError):
    """A text that is not an address; the message says what an address looks like."""


class Ref(NamedTuple):
    """An address: `article`, `article#kind/id`, `article#kind/id:start-end`.

    `span` is (start, end) in code points of the entry's text, `end` excluded. An empty `article` stands for the article
    that is open; by itself it is printed as `#`. An article whose id is the name of a kind is printed with a `#`, as in
    `quote#`.
    """

    article: str
    kind: str = ""
    id: str = ""
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        text = _encode(self.article)
        if self.kind:
            text += f"#{self.kind}"
            if self.id:
                text += f"/{_encode(self.id)}"
            if self.span:
                text += f":{self.span[0]}-{self.span[1]}"
        elif not text or text in ENTRY_KINDS:
            text += "#"
        return text

    @property
    def entry(self) -> "Ref":
        """The address of the whole entry, without the span."""
        if not self.span:
            return self
        article, kind, own, _ = self
        return _make_ref(Ref, (article, kind, own, None))

    def with_span(self, start: int, end: int) -> "Ref":
        """Return the address of the code points `start` to `end` (excluded) of this entry."""
        article, kind, own, _ = self
        return _make_ref(Ref, (article, kind, own, (start, end)))


def parse_ref(text: str) -> Ref:
    """Read an address; the inverse of `str(ref)`. Raises RefError if `text` is not an address.

    `kind/id` without an article and without `#` is an address in the article that is open.
    """
    text = text.strip()
    head, slash, _ = text.partition("/")
    if slash and "#" not in text and head not in ENTRY_KINDS:
        near = suggest_name(head, ENTRY_KINDS)
        cure = f"did you mean {near}?" if near else f"the kinds are {', '.join(ENTRY_KINDS)}"
        raise RefError(f"{text!r} is not an address: unknown kind {head!r}; {cure}")
    form = _form().fullmatch(f"#{text}" if "#" not in text and head.partition(":")[0] in ENTRY_KINDS else text)
    kind = form["kind"] if form else None
    if form is None or not text or (kind is not None and kind not in ENTRY_KINDS):
        raise RefError(
            f"{text!r} is not an address: write article#kind/id, such as nato-seoul-2023#quote/q3, of the kind "
            + ", ".join(ENTRY_KINDS)
        )
    span = (int(form["start"]), int(form["end"])) if form["start"] else None
    if span and span[0] >= span[1]:
        raise RefError(f"{text!r} is not an address: the span {span[0]}-{span[1]} is empty or runs backwards")
    return Ref(_decode(form["article"]), kind or "", _decode(form["id"] or ""), span)


@cache
def _form() -> re.Pattern[str]:
    # It takes long to compile, and many starts need none.
    return re.compile(
        r"(?P<article>[^#\s\ud800-\udfff]*)"
        r"(?:#(?:(?P<kind>[a-z]+)(?:/(?P<id>[^:\s/\ud800-\udfff]+))?(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?)?)?"
    )


def _encode(text: str) -> str:
    if _UNRESERVED.issuperset(text):
        return text
    # It takes two milliseconds to load, and few addresses need it.
    from urllib.parse import quote  # noqa: PLC0415

    return quote(text, safe="")


def _decode(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415 - as above

    return unquote(text)


class Anchor(NamedTuple):
    """The code points `start` to `end` (excluded) of an entry's text, and all addresses that they link to."""

    start: int
    end: int
    targets: tuple[Ref, ...]
