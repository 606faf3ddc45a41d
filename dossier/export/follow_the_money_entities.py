"""The entities of FollowTheMoney for one article and what is in it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import PurePath

from dossier.core.dates.edtf import IntervalShape
from dossier.core.dates.instants import find_home_zone
from dossier.core.entry import Entry
from dossier.core.model import Article, Event, NamedEntry, Person, Place, Quote, Reference, WrittenDate
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.core.views.wording import format_written_date
from dossier.export.export import Omissions
from dossier.export.exported_events import list_parts, title_event, word_date
from dossier.export.follow_the_money_values import ValueMaker, find_wikidata, make_entity_id
from dossier.export.json_types import JsonObject

_UNSETTLED = "left out: the article does not settle who is meant"
_MADE = re.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile("-?[0-9]{1,3}(?:[.][0-9]{1,20})?")
_SCHEMATA = {"person": "Person", "org": "Organization", "place": "Address"}
_SAID_OF_QUOTES = {"speaker": "speaker", "cue": "cue", "to": "to", "form": "form", "other": "other"}
_SAID_OF_EVENTS = {
    "date_text": "date in the article",
    "status": "status",
    "quote": "quote",
    "note": "note",
    "other": "other",
}


class EntityMaker:
    """Makes the entities of one article; what they cannot hold is counted in `omissions`."""

    def __init__(self, article: Article, omissions: Omissions) -> None:
        self._article, self._omissions = article, omissions
        self._values = ValueMaker(omissions)
        self._id = make_entity_id(article.ref)
        self._home = find_home_zone(article.published.date if article.published else None)
        self._written: set[Ref] = set()
        self._origin = {
            "sourceUrl": self._values.make_url(article.url),
            "publisher": self._values.make_string(article.outlet),
        }

    def make_article(self, text: str) -> JsonObject:
        """Return the entity of the article; `text` is as much of its text as is exported."""
        article, dates, notes = self._article, dict[str, str](), list[str]()
        moments = (("published", "publishedAt"), ("updated", "modifiedAt"), ("retrieved", "retrievedAt"))
        for name, key in moments:
            written: WrittenDate | None = getattr(article, name)
            if written:
                dates[key] = self._format_moment(written)
                notes += [] if dates[key] else [f"{name}: {format_written_date(written)} ({written.written})"]
        return _make(
            "Article",
            self._id,
            title=self._values.make_string(article.headline),
            fileName=self._values.make_string(PurePath(article.path).name),
            description=self._values.make_text(article.subtitle),
            author=[self._values.make_string(author) for author in article.byline],
            language=self._values.find_language(article.lang),
            keywords=[self._values.make_string(keyword) for keyword in article.keywords],
            summary=self._values.make_text(article.summary),
            bodyText=self._values.make_text(text),
            notes=list(chain.from_iterable(map(self._values.make_text, notes))),
            **dates,
            **self._origin,
        )

    def make_named(self, named: NamedEntry) -> JsonObject:
        """Return the entity of a person, an organisation or a place."""
        self._written.add(named.ref)
        fields: dict[str, str | Sequence[str]] = {}
        notes = [named.note, *(f"{key}: {text}" for key, text in named.unknown_fields)]
        if isinstance(named, Person):
            fields["position"] = self._values.make_string(named.role)
            notes.append(f"organisation: {named.org_text}" if named.org_text else "")
            if named.org and not named.org.ref:
                notes.append(f"organisation: {named.org.written}")
        if isinstance(named, Place) and named.geo:
            fields |= self._locate(named.geo)
        return _make(
            _SCHEMATA[named.ref.kind],
            make_entity_id(named.ref),
            name=self._values.make_name(named.name) or self._values.make_name(named.ref.id),
            alias=[self._values.make_name(alias) for alias in (named.native, *named.aliases)],
            wikidataId=find_wikidata(named.same_as),
            notes=list(chain.from_iterable(map(self._values.make_text, notes))),
            proof=self._id,
            **fields,
        )

    def make_membership(self, person: Person, org: Reference) -> Iterator[JsonObject]:
        """Yield the link between a person and an organisation, if it is settled which one that is."""
        if org.ref:
            yield _make(
                "UnknownLink",
                make_entity_id(person.ref, "member of", org.ref),
                subject=make_entity_id(person.ref),
                object=make_entity_id(org.ref),
                role=self._values.make_string(person.role),
                proof=self._id,
            )

    def make_mentions(self, refs: Collection[Ref]) -> Iterator[JsonObject]:
        """Yield, for each of these people, organisations and places, the words by which the body mentions it.

        Words that may mean several of them are a mention of none.
        """
        wanted, texts = set(refs), {block.ref: block.text for block in self._article.body}
        names = {named.ref: named.name for named in (*self._article.people, *self._article.orgs, *self._article.places)}
        seen: set[tuple[str, tuple[Ref, ...]]] = set()
        for mention in self._article.mentions:
            if wanted.isdisjoint(mention.targets):
                continue
            span, whole = mention.text_ref.span, mention.text_ref.entry
            words = self._values.make_name(texts.get(whole, "")[slice(*span)] if span else names[mention.targets[0]])
            if (words, mention.targets) in seen:
                self._omissions.count("mention", "joined with others of the same words")
            elif words:
                seen.add((words, mention.targets))
                yield self._make_mention(words, mention.targets)

    def _make_mention(self, words: str, targets: tuple[Ref, ...]) -> JsonObject:
        is_settled = len(targets) == 1
        if not is_settled:
            self._omissions.count("mention", "written without an entity: several may be meant")
        # FollowTheMoney resolves mentions of people and organisations only.
        is_resolved = is_settled and targets[0].kind != "place"
        return _make(
            "Mention",
            make_entity_id(self._id, words, *targets),
            document=self._id,
            name=words,
            resolved=make_entity_id(targets[0]) if is_resolved else "",
            detectedSchema=[_SCHEMATA[kind] for kind in dict.fromkeys(target.kind for target in targets)],
        )

    def make_event(self, event: Event, entry: Entry) -> JsonObject:
        """Return the entity of an event."""
        self._written.add(event.ref)
        title = title_event(entry)
        name = self._values.make_name(title)
        who = [*self._settle((*event.people, *event.orgs, *event.places)), *self._settle_found(event)]
        day = start = end = ""
        if entry.date:
            day, start, end = self._values.format_ends(entry.date, self._home)
        words = f"date: {word_date(entry)}" + (f" ({entry.date.edtf})" if entry.date else "")
        return _make(
            "Event",
            make_entity_id(event.ref),
            name=name,
            summary=self._values.make_text(title) if name != title else "",
            date=day,
            startDate=start,
            endDate=end,
            description=self._values.make_text("\n".join((words, *_describe(entry, _SAID_OF_EVENTS)))),
            involved=[make_entity_id(ref) for ref in who if ref.kind != "place"],
            addressEntity=[make_entity_id(ref) for ref in who if ref.kind == "place"],
            proof=self._id,
            **self._origin,
        )

    def make_quote(self, quote: Quote, entry: Entry, events: Iterable[Ref]) -> JsonObject:
        """Return the entity of a quote; `events` are those exported events that it belongs to."""
        self._written.add(quote.ref)
        speaker = self._settle((quote.speaker,) if quote.speaker else ())
        return _make(
            "Note",
            make_entity_id(quote.ref),
            entity=[self._id, *map(make_entity_id, (*speaker, *events))],
            description=self._values.make_text(quote.text),
            summary=self._values.make_text("\n".join(_describe(entry, _SAID_OF_QUOTES))),
            keywords="quote",
            proof=self._id,
            **self._origin,
        )

    def make_note(self, placed: PlacedNote) -> JsonObject:
        """Return the entity of a note of the reader, on the article and on what it is on, if that is written."""
        note = placed.note
        on = placed.ref.entry if placed.ref else None
        made = note.made.removesuffix("Z")
        return _make(
            "Note",
            make_entity_id("note", note.id),
            entity=[self._id, *([make_entity_id(on)] if on in self._written and on else [])],
            description=self._values.make_text(note.text or note.words),
            summary=self._values.make_text(f"on “{note.words}” [{placed.ref or 'the place is not known'}]"),
            keywords="note by the reader",
            createdAt=made if _MADE.fullmatch(made) else "",
        )

    def _settle(self, references: Iterable[Reference]) -> list[Ref]:
        """Return who is meant by the references; those that do not settle it are counted."""
        found = [reference.ref for reference in references]
        if unsettled := found.count(None):
            self._omissions.count("reference", _UNSETTLED, unsettled)
        return list(dict.fromkeys(ref for ref in found if ref))

    def _settle_found(self, event: Event) -> list[Ref]:
        unsettled = sum(len(mention.targets) > 1 for mention in event.found)
        if unsettled:
            self._omissions.count("reference", _UNSETTLED, unsettled)
        return list(dict.fromkeys(mention.targets[0] for mention in event.found if len(mention.targets) == 1))

    def _locate(self, geo: str) -> dict[str, str]:
        """Return latitude and longitude."""
        found = [number.strip() for number in geo.strip("[]").split(",")]
        if len(found) == 2 and all(map(_NUMBER.fullmatch, found)):
            return {"latitude": found[0], "longitude": found[1]}
        self._omissions.count("position", "left out: it is not two numbers")
        return {}

    def _format_moment(self, written: WrittenDate) -> str:
        """Return a date of the article; "" if it cannot be held, which is counted."""
        if written.date is None:
            self._omissions.count("date", "written in words only: it cannot be read")
            return ""
        if written.date.shape is not IntervalShape.DATE:
            self._omissions.count("date", "written in words only: it is an interval")
            return ""
        return self._values.format_ends(written.date, self._home)[0]


def _make(schema: str, id: str, **fields: str | Sequence[str]) -> JsonObject:
    """Return an entity with the values of its properties, each once; empty ones are left out."""
    values = {key: [value] if isinstance(value, str) else value for key, value in fields.items()}
    kept = {key: list(dict.fromkeys(filter(None, found))) for key, found in values.items()}
    return {"id": id, "schema": schema, "properties": {key: found for key, found in kept.items() if found}}


def _describe(entry: Entry, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each of these parts that an entry has, one for what is wrong with it, and its address."""
    for name, label in labels.items():
        if text := list_parts(entry, name):
            yield f"{label}: {text}"
    if entry.flaw:
        yield f"doubtful: {entry.flaw}"
    yield f"address: {entry.ref}"
