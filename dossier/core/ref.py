"""Addresses: of an article, of an entry in it, or of a run of words inside an entry.

The same printable value is a command-line argument, the end of a link, a step of the history, a hit and the key of a
row, so that none of them needs a translation into another. An `Anchor` is a run of words in an entry with the addresses
that it leads to.
"""

import re
from difflib import get_close_matches
from urllib.parse import quote, unquote

from dossier.core.dataclasses import NamedTuple

KINDS = (
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
"""Every kind of entry: `source` an unnamed source, `term` a line of the glossary, `about` a fact about the article."""

_FORM = re.compile(
    r"(?P<article>[^#\s\ud800-\udfff]*)"
    r"(?:#(?:(?P<kind>[a-z]+)(?:/(?P<id>[^:\s/\ud800-\udfff]+))?(?::(?P<start>\d{1,9})-(?P<end>\d{1,9}))?)?)?"
)


class RefError(ValueError):
    """The text is no address; the message says how one looks."""


class Ref(NamedTuple):
    """An address: `article`, `article#kind/id`, `article#kind/id:start-end`.

    `span` is (start, end) in code points of the entry's text, the end excluded. An empty `article` stands for the
    article that is open; alone it prints as `#`. An article whose id is the name of a kind prints as `quote#`.
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
        elif not text or text in KINDS:
            text += "#"
        return text

    @property
    def entry(self) -> "Ref":
        """The address of the whole entry, without the span."""
        return Ref(self.article, self.kind, self.id) if self.span else self

    def within(self, start: int, end: int) -> "Ref":
        """The address of the code points `start` to `end` (excluded) of this entry."""
        return Ref(self.article, self.kind, self.id, (start, end))


def parse(text: str) -> Ref:
    """The address that `text` prints; `parse(str(ref)) == ref`. Raises RefError when it is none.

    `kind/id` without an article and without `#` is taken as an address inside the open article.
    """
    text = text.strip()
    head, slash, _ = text.partition("/")
    if slash and "#" not in text and head not in KINDS:
        near = get_close_matches(head, KINDS, n=1)
        cure = f"is {near[0]} meant?" if near else f"the kinds are {', '.join(KINDS)}"
        raise RefError(f"{text!r} is no address: there is no kind {head!r}; {cure}")
    form = _FORM.fullmatch(f"#{text}" if "#" not in text and head.partition(":")[0] in KINDS else text)
    kind = form["kind"] if form else None
    if form is None or not text or (kind is not None and kind not in KINDS):
        raise RefError(
            f"{text!r} is no address: write article#kind/id, such as nato-seoul-2023#quote/q3, with a kind of "
            + ", ".join(KINDS)
        )
    span = (int(form["start"]), int(form["end"])) if form["start"] else None
    if span and span[0] >= span[1]:
        raise RefError(f"{text!r} is no address: the span {span[0]}-{span[1]} is empty or runs backwards")
    return Ref(unquote(form["article"]), kind or "", unquote(form["id"] or ""), span)


def _encode(text: str) -> str:
    return quote(text, safe="")


class Anchor(NamedTuple):
    """The code points `start` to `end` (excluded) of an entry's text, and all that they lead to."""

    start: int
    end: int
    targets: tuple[Ref, ...]
