"""The article as an immutable value, made by the loader. Faulty fields are kept as such, never left out.

Every text in it has been made safe for a terminal and is what the screen shows, so that offsets into it hold
everywhere.
"""

from enum import StrEnum
from itertools import chain
from os.path import abspath

from dossier.core.dataclasses import dataclass
from dossier.core.dates.edtf import Date
from dossier.core.entry import UNMARKED
from dossier.core.ref import Ref

TextFields = tuple[tuple[str, str], ...]
"""Keys with their texts, in the order of the file."""


class EvidenceStatus(StrEnum):
    """How certain it is where the words of a quote stand in the article."""

    FOUND = "found"
    SEVERAL = "in several places"
    ELSEWHERE = "not where the file says"
    ABSENT = "not in the article"
    PARAPHRASE = "paraphrase"
    UNMARKED = UNMARKED
    UNSEARCHED = "not looked for"


QUOTE_FORMS = ("direct", "mixed", "indirect", "reported", "free-indirect")
EVENT_STATUSES = ("happened", "planned", "alleged", "denied")


@dataclass(frozen=True)
class Reference:
    """A reference as `written` in the file, and the entries that it may mean.

    One target: the reference is settled. None: nothing has this id or name. Several: the file does not say which is
    meant. A problem reports the last two.
    """

    written: str
    targets: tuple[Ref, ...]

    @property
    def ref(self) -> Ref | None:
        """The entry that is meant, None unless there is exactly one."""
        return self.targets[0] if len(self.targets) == 1 else None


@dataclass(frozen=True)
class WrittenDate:
    """A date as written in the file, and its value; None if it cannot be read."""

    written: str
    date: Date | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (`para/p1`, …) or a sub-heading (`heading/h1`, …) of the body; the kind of its `ref` tells which."""

    ref: Ref
    text: str
    line: int


@dataclass(frozen=True)
class NamedEntry:
    """The fields that a person, an organisation and a place share.

    `mentions` are the spans and whole paragraphs that the file gives, complete for this entry; None: they are to be
    derived. `unknown_fields` are those that the format does not know.
    """

    ref: Ref
    line: int
    name: str
    native: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    same_as: TextFields = ()
    mentions: tuple[Ref, ...] | None = None
    unknown_fields: TextFields = ()


@dataclass(frozen=True)
class Person(NamedEntry):
    """A person. `org_text` is the name of an organisation that no entry has."""

    role: str = ""
    org: Reference | None = None
    org_text: str = ""


@dataclass(frozen=True)
class Org(NamedEntry):
    """An organisation."""


@dataclass(frozen=True)
class Place(NamedEntry):
    """A place. `geo` is the position as written, latitude before longitude."""

    geo: str = ""


@dataclass(frozen=True)
class Mention:
    """A run of words of the body, or a paragraph that the file names, that mentions somebody or something.

    Several targets: the words may mean any of them, and nothing in the article says which.
    """

    text_ref: Ref
    targets: tuple[Ref, ...]


@dataclass(frozen=True)
class Quote:
    """A quote. `parts` are in the order of the article, without the quote marks around them.

    `evidence` is every place where the words stand (spans of paragraphs, headline, subtitle or a caption),
    `evidence_status` how certain that is. `speaker_at` is where the speaker is named.
    """

    ref: Ref
    line: int
    parts: tuple[str, ...]
    speaker: Reference | None = None
    speaker_text: str = ""
    speaker_at: tuple[Ref, ...] = ()
    to: Reference | None = None
    to_text: str = ""
    form: str = "direct"
    cue: str = ""
    evidence: tuple[Ref, ...] = ()
    evidence_status: EvidenceStatus = EvidenceStatus.FOUND
    unknown_fields: TextFields = ()

    @property
    def text(self) -> str:
        """The parts, joined by […] where words between them were left out."""
        return " […] ".join(self.parts)


@dataclass(frozen=True)
class Event:
    """An event.

    `date` is None if only `date_text` is given. `evidence` are the places that the file names in `at`; without these
    the place where `date_text` stands, if there is only one. `found` are the mentions in the text of an event that
    names nobody, as spans of `what`.
    """

    ref: Ref
    line: int
    what: str
    date: WrittenDate | None = None
    date_text: str = ""
    status: str = "happened"
    people: tuple[Reference, ...] = ()
    orgs: tuple[Reference, ...] = ()
    places: tuple[Reference, ...] = ()
    quote: Reference | None = None
    evidence: tuple[Ref, ...] = ()
    note: str = ""
    unknown_fields: TextFields = ()
    found: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class GlossaryTerm:
    """A term of the glossary and its meaning."""

    ref: Ref
    line: int
    term: str
    meaning: str


@dataclass(frozen=True)
class Media:
    """A photo, map, video or the like, with its caption."""

    ref: Ref
    line: int
    type: str = ""
    caption: str = ""
    credit: str = ""
    url: str = ""
    people: tuple[Reference, ...] = ()
    orgs: tuple[Reference, ...] = ()
    places: tuple[Reference, ...] = ()
    unknown_fields: TextFields = ()


@dataclass(frozen=True)
class Document:
    """A document that the article points to."""

    ref: Ref
    line: int
    title: str
    url: str = ""
    evidence: tuple[Ref, ...] = ()
    unknown_fields: TextFields = ()


@dataclass(frozen=True)
class Article:
    """An article with everything extracted from it.

    `path` is that of the file that it was read from, its address if its text is kept with the index of a library, on a
    server, or "" for standard input (see `is_file_path`).
    `mentions` are all those of the body, stated and derived, in reading order. `field_lines` has the line (from 1) of
    each field that is no entry of its own, by its address: headline, subtitle, and the fields of kind `about`, whose id
    is the key. The address of the article itself has the line of its id.
    """

    ref: Ref
    path: str
    headline: str
    body: tuple[Paragraph, ...]
    subtitle: str = ""
    outlet: str = ""
    section: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: str = ""
    published: WrittenDate | None = None
    updated: WrittenDate | None = None
    retrieved: WrittenDate | None = None
    url: str = ""
    lang: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    summary: str = ""
    people: tuple[Person, ...] = ()
    orgs: tuple[Org, ...] = ()
    places: tuple[Place, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    media: tuple[Media, ...] = ()
    documents: tuple[Document, ...] = ()
    provenance: TextFields = ()
    unknown_fields: TextFields = ()
    mentions: tuple[Mention, ...] = ()
    field_lines: tuple[tuple[Ref, int], ...] = ()


def is_file_path(path: str) -> bool:
    """Return whether the path of an article is that of a file, and no address: no path of a file has `://` in it."""
    return bool(path) and "://" not in path


def complete_path(path: str) -> str:
    """Return the absolute path of an article's file; an address in a store, and "", are returned unchanged."""
    return abspath(path) if is_file_path(path) else path


def map_reading_order(article: Article) -> dict[Ref, int]:
    """Map the address of each text to its position, from 0: headline, subtitle, body, then captions by their media."""
    head = (Ref(article.ref.article, kind) for kind in ("headline", "subtitle"))
    entries = chain(head, (block.ref for block in article.body), (media.ref for media in article.media))
    return {ref: number for number, ref in enumerate(entries)}


def reading_position_key(where: Ref, order: dict[Ref, int]) -> tuple[int, int, int]:
    """Return a key that sorts addresses in reading order; addresses without a position come last.

    A whole entry comes before its spans; of spans that begin together, the longest comes first.
    """
    start, end = where.span or (-1, 0)
    return order.get(where.entry, len(order)), start, -end
