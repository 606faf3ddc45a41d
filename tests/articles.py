"""Articles made without the loader, for tests of the code behind it.

Addresses are written as within an open article (`para/p1:3-9`) and refer to the article that `article` makes.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dossier.core.mentions import find_mentions
from dossier.core.model import (
    Article,
    Document,
    Event,
    GlossaryTerm,
    Media,
    Org,
    Paragraph,
    Person,
    Place,
    Quote,
    Reference,
)
from dossier.core.ref import Ref, parse_ref

ID = "ferry"


def ref(text: str) -> Ref:
    """Return the address in the article that `text` stands for, such as `para/p1:3-9`."""
    found = parse_ref(text)
    return Ref(ID, found.kind, found.id, found.span)


def refs(*texts: str) -> tuple[Ref, ...]:
    return tuple(ref(text) for text in texts)


def reference(*texts: str) -> Reference:
    """Return a reference that may mean any of these addresses; without any, one that finds nothing."""
    return Reference(" or ".join(texts) or "nobody", refs(*texts))


def references(texts: Iterable[str]) -> tuple[Reference, ...]:
    return tuple(reference(text) for text in texts)


def person(id: str, name: str, *, stated: Sequence[str] | None = None, **fields: Any) -> Person:
    return Person(ref(f"person/{id}"), 1, name, mentions=None if stated is None else refs(*stated), **fields)


def org(id: str, name: str, *, stated: Sequence[str] | None = None, **fields: Any) -> Org:
    return Org(ref(f"org/{id}"), 1, name, mentions=None if stated is None else refs(*stated), **fields)


def place(id: str, name: str, *, stated: Sequence[str] | None = None, **fields: Any) -> Place:
    return Place(ref(f"place/{id}"), 1, name, mentions=None if stated is None else refs(*stated), **fields)


def quote(id: str, *, at: Sequence[str] = (), speaker_at: Sequence[str] = (), **fields: Any) -> Quote:
    return Quote(ref(f"quote/{id}"), 1, ("words",), evidence=refs(*at), speaker_at=refs(*speaker_at), **fields)


def event(
    id: str,
    *,
    at: Sequence[str] = (),
    people: Iterable[str] = (),
    orgs: Iterable[str] = (),
    places: Iterable[str] = (),
    **fields: Any,
) -> Event:
    who, which, where = references(people), references(orgs), references(places)
    return Event(ref(f"event/{id}"), 1, "what", evidence=refs(*at), people=who, orgs=which, places=where, **fields)


def media(
    id: str, *, people: Iterable[str] = (), orgs: Iterable[str] = (), places: Iterable[str] = (), **fields: Any
) -> Media:
    who, which, where = references(people), references(orgs), references(places)
    return Media(ref(f"media/{id}"), 1, people=who, orgs=which, places=where, **fields)


def document(id: str, title: str, *, at: Sequence[str] = ()) -> Document:
    return Document(ref(f"document/{id}"), 1, title, evidence=refs(*at))


def term(text: str) -> GlossaryTerm:
    return GlossaryTerm(Ref(ID, "term", text), 1, text, "what it means")


def blocks(*texts: str) -> tuple[Paragraph, ...]:
    """Return paragraphs `p1`, `p2` … and, for texts that begin with `# `, sub-headings `h1`, `h2` …."""
    made: list[Paragraph] = []
    count = {"para": 0, "heading": 0}
    for text in texts:
        kind = "heading" if text.startswith("# ") else "para"
        count[kind] += 1
        made.append(Paragraph(Ref(ID, kind, f"{kind[0]}{count[kind]}"), text.removeprefix("# "), 1))
    return tuple(made)


def article(*body: str, headline: str = "Ferry pact signed", **fields: Any) -> Article:
    """Return an article with these blocks, and with the mentions found in it unless others are given."""
    made = Article(Ref(ID), "ferry.yaml", headline, blocks(*body), **fields)
    if made.mentions:
        return made
    return Article(made.ref, made.path, headline, made.body, **fields, mentions=find_mentions(made))
