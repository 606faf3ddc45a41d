"""An article is one frozen value, made once by the loader; what the file got wrong is in it as such, never left out.

All text in it has passed `text.safe` and is what the screen shows, so that offsets into it hold everywhere.
"""

from enum import StrEnum
from itertools import chain

from dossier.core.dataclasses import dataclass
from dossier.core.dates.edtf import Date
from dossier.core.ref import Ref

Fields = tuple[tuple[str, str], ...]
"""Keys with their text, in the order of the file: what stood under keys that the format does not know."""


class Standing(StrEnum):
    """How the words of a quote stand in the article."""

    FOUND = "found"
    SEVERAL = "in several places"
    ELSEWHERE = "not where the file says"
    ABSENT = "not in the article"
    PARAPHRASE = "paraphrase"


FORMS = ("direct", "mixed", "indirect", "reported", "free-indirect")
STATUSES = ("happened", "planned", "alleged", "denied")


@dataclass(frozen=True)
class Reference:
    """What the file names (`written`) and the entries it may mean.

    One Ref: settled. None: it finds nothing. Several: it does not say which. A finding tells of the last two.
    """

    written: str
    targets: tuple[Ref, ...]

    @property
    def ref(self) -> Ref | None:
        """The entry meant, when there is exactly one."""
        return self.targets[0] if len(self.targets) == 1 else None


@dataclass(frozen=True)
class Dated:
    """A date as the file has it, and its reading; None when it cannot be read."""

    written: str
    date: Date | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (`para/p1` …) or a sub-heading (`heading/h1` …) of the body, by the kind of its Ref."""

    ref: Ref
    text: str
    line: int


@dataclass(frozen=True)
class Named:
    """What bears a name: the fields that a person, an organisation and a place share.

    `mentions` are spans or whole paragraphs given by the file, complete for this entry; None: to be derived.
    """

    ref: Ref
    line: int
    name: str
    native: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    same_as: Fields = ()
    mentions: tuple[Ref, ...] | None = None
    other: Fields = ()


@dataclass(frozen=True)
class Person(Named):
    """Somebody; `org_text` is an organisation as written that no entry bears."""

    role: str = ""
    org: Reference | None = None
    org_text: str = ""


@dataclass(frozen=True)
class Org(Named):
    """An organisation."""


@dataclass(frozen=True)
class Place(Named):
    """A place; `geo` as written, latitude before longitude."""

    geo: str = ""


@dataclass(frozen=True)
class Mention:
    """A run of words of the body (`where`, with a span) that names somebody or something.

    Several targets: the words may mean any of them, and nothing in the article says which.
    """

    where: Ref
    targets: tuple[Ref, ...]


@dataclass(frozen=True)
class Quote:
    """A statement. `parts` in the article's order, without the quote marks around them.

    `evidence` is every place where the words stand (spans of paragraphs, headline, subtitle or a caption), `standing`
    how sure that is. `speaker_at` is where the speaker is named.
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
    standing: Standing = Standing.FOUND
    other: Fields = ()

    @property
    def text(self) -> str:
        """The parts, joined by […] where something was left out between them."""
        return " […] ".join(self.parts)


@dataclass(frozen=True)
class Event:
    """What happened when. `date` None: only `date_text` is given. `evidence` as the file's `at`, else where
    `date_text` stands when that is one place only."""

    ref: Ref
    line: int
    what: str
    date: Dated | None = None
    date_text: str = ""
    status: str = "happened"
    people: tuple[Reference, ...] = ()
    orgs: tuple[Reference, ...] = ()
    places: tuple[Reference, ...] = ()
    quote: Reference | None = None
    evidence: tuple[Ref, ...] = ()
    note: str = ""
    other: Fields = ()


@dataclass(frozen=True)
class GlossaryTerm:
    """A line of the glossary."""

    ref: Ref
    line: int
    term: str
    meaning: str


@dataclass(frozen=True)
class Media:
    """A photo, map, video …, with its caption."""

    ref: Ref
    line: int
    type: str = ""
    caption: str = ""
    credit: str = ""
    url: str = ""
    people: tuple[Reference, ...] = ()
    orgs: tuple[Reference, ...] = ()
    places: tuple[Reference, ...] = ()
    other: Fields = ()


@dataclass(frozen=True)
class Document:
    """What the article points to."""

    ref: Ref
    line: int
    title: str
    url: str = ""
    evidence: tuple[Ref, ...] = ()
    other: Fields = ()


@dataclass(frozen=True)
class Article:
    """One article with everything extracted from it; `path` is the file it was read from.

    `mentions` are all those of the body, stated and derived, in reading order. `lines` has the line (from 1) of each
    field that is no entry of its own, by its Ref: headline, subtitle and the `about` ones, whose id is the key; by
    that of the article that of its id.
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
    published: Dated | None = None
    updated: Dated | None = None
    retrieved: Dated | None = None
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
    provenance: Fields = ()
    other: Fields = ()
    mentions: tuple[Mention, ...] = ()
    lines: tuple[tuple[Ref, int], ...] = ()


def reading_order(article: Article) -> dict[Ref, int]:
    """What is read, with its place from 0 on: headline, subtitle, body, and then the media with their captions."""
    head = (Ref(article.ref.article, kind) for kind in ("headline", "subtitle"))
    entries = chain(head, (block.ref for block in article.body), (media.ref for media in article.media))
    return {ref: number for number, ref in enumerate(entries)}


def place(where: Ref, order: dict[Ref, int]) -> tuple[int, int, int]:
    """A key that sorts by reading order, what is not in that last.

    A whole entry comes before the spans of it, and of spans that begin together the longest first."""
    start, end = where.span or (-1, 0)
    return order.get(where.entry, len(order)), start, -end
