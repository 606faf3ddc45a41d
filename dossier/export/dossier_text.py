"""The dossier of a person over a library, as text and as a JSON object."""

from collections.abc import Iterable, Iterator

from dossier.export.json_types import JsonObject
from dossier.export.plain_text import draw_rule, wrap_text
from dossier.library.person_dossier import Occasion, PersonDossier, Statement
from dossier.text.messages import count_noun


def dossier_text(dossier: PersonDossier, cells: int) -> str:
    """Return a dossier in lines of at most `cells` cells; each statement and event has its address below it."""
    return "\n".join(wrap_text(line, cells) if line else "" for line in _lines(dossier))


def dossier_object(dossier: PersonDossier) -> JsonObject:
    """Return the JSON object of a dossier: its fields, and each statement and event with address and citation."""
    return {
        "kind": dossier.kind,
        "name": dossier.names[0],
        "names": list(dossier.names),
        "roles": list(dossier.roles),
        "refs": [str(ref) for ref in dossier.entries],
        "joined_by_name": dossier.by_name,
        "statements": [
            {
                "ref": str(one.quote.ref),
                "text": one.quote.text,
                "form": one.quote.form,
                "standing": str(one.quote.evidence_status),
                "own": one.is_own,
                **_source(one),
            }
            for one in dossier.statements
        ],
        "events": [
            {
                "ref": str(one.event.ref),
                "date": one.event.date.written if one.event.date else "",
                "date_text": one.event.date_text,
                "text": one.event.what,
                "status": one.event.status,
                **_source(one),
            }
            for one in dossier.events
        ],
        "outlets": [{"outlet": outlet, "articles": number} for outlet, number in dossier.outlets],
    }


def _source(one: Statement | Occasion) -> JsonObject:
    published = one.article.published.written if one.article.published else ""
    return {"outlet": one.article.outlet, "published": published, "citation": one.cited}


def _lines(dossier: PersonDossier) -> Iterator[str]:
    own = [one for one in dossier.statements if one.is_own]
    others = [one for one in dossier.statements if not one.is_own]
    yield dossier.names[0]
    if dossier.roles:
        yield "; ".join(dossier.roles)
    if dossier.names[1:]:
        yield f"also {', '.join(dossier.names[1:])}"
    counts = ((len(dossier.entries), "article"), (len(own), "statement"), (len(dossier.events), "event"))
    yield ", ".join(count_noun(number, noun) for number, noun in counts)
    if dossier.by_name:
        yield "same name, not confirmed: only the full name joins some of these articles"
    yield from _section("Statements", ((one.cited, str(one.quote.ref)) for one in own))
    yield from _section("In the words of others", ((one.cited, str(one.quote.ref)) for one in others))
    yield from _section("Events", ((one.cited, str(one.event.ref)) for one in dossier.events))
    yield from ("", "Outlets", draw_rule("─", len("Outlets")))
    yield from (f"{outlet}: {count_noun(number, 'article')}" for outlet, number in dossier.outlets)


def _section(title: str, items: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the title and the items, each with its address; nothing if there are none."""
    for number, (text, address) in enumerate(items):
        yield from () if number else ("", title, draw_rule("─", len(title)))
        yield from ("", text) if number else (text,)
        # Without a web address the citation ends with that in the dossier.
        yield from () if text.endswith(f"{address})") else (address,)
