"""The keys of the article format: what each may hold, and what it means.

This table is the only list of them. The loader takes from it which keys it knows, and the JSON Schema and the skeleton
of a new file are made from it.
"""

from enum import StrEnum

from dossier.core.dataclasses import NamedTuple


class ValueKind(StrEnum):
    """What the value of a key is. Every text may also be a number or a boolean, which stand for what was written."""

    VERSION = "the version of the format"
    ARTICLE_ID = "text without white space"
    ID = "lower-case letters, digits and hyphens"
    TEXT = "text"
    TEXTS = "text or a list of texts"
    DATE = "a date in EDTF"
    FORM = "a form of quote"
    STATUS = "a status of an event"
    REFERENCE = "an id, a name or an alias"
    REFERENCES = "a list of ids, names or aliases"
    EVIDENCE = "where words are in the article"
    QUOTE_TEXT = "text or a list of its parts"
    FIELDS = "a mapping of keys to text"
    COORDINATES = "latitude and longitude"
    BODY = "a block of text or a list of paragraphs"
    PEOPLE = "people by id"
    ORGS = "organisations by id"
    PLACES = "places by id"
    QUOTES = "a list of quotes"
    TIMELINE = "a list of events"
    GLOSSARY = "terms and their meanings"
    MEDIA = "a list of media items"
    DOCUMENTS = "a list of documents"


class FormatKey(NamedTuple):
    """One key of the format.

    `about` is what an editor shows for it. `is_required` says that its entry means nothing without it. `is_extracted`
    says that its value is in the text of an article, so that a language model can find it there; other values are known
    only to those who publish the article or make the file, or count characters.
    """

    name: str
    kind: ValueKind
    about: str
    is_required: bool = False
    is_extracted: bool = True


_ID_ABOUT = "The id that references use for this entry: lower-case letters, digits and hyphens, unique among the {}."
_AT_ABOUT = (
    "Where the evidence is: p3, p3:12-48 (code points, the end excluded), headline, subtitle, media:m1, "
    "{p: p3, exact: the words}, or a list of these."
)

ARTICLE_KEYS = (
    FormatKey("dossier", ValueKind.VERSION, "The version of the format, 1.", is_extracted=False),
    FormatKey(
        "id",
        ValueKind.ARTICLE_ID,
        "The id of the article in addresses; by default the name of the file without its suffix.",
        is_extracted=False,
    ),
    FormatKey("headline", ValueKind.TEXT, "The headline of the article.", is_required=True),
    FormatKey("subtitle", ValueKind.TEXT, "The line below the headline."),
    FormatKey("outlet", ValueKind.TEXT, "Who published the article."),
    FormatKey("section", ValueKind.TEXTS, "The section it was published in; several form a path, the widest first."),
    FormatKey("byline", ValueKind.TEXTS, "Who wrote the article."),
    FormatKey("dateline", ValueKind.TEXT, "The place the article was written from."),
    FormatKey("published", ValueKind.DATE, "When the article was published: a date, or a date and time, in EDTF."),
    FormatKey("updated", ValueKind.DATE, "When the article was last changed, in EDTF."),
    FormatKey("retrieved", ValueKind.DATE, "When the article was copied from its source, in EDTF.", is_extracted=False),
    FormatKey("url", ValueKind.TEXT, "The web address of the article."),
    FormatKey("lang", ValueKind.TEXT, "The language of the article, such as en or ko."),
    FormatKey("keywords", ValueKind.TEXTS, "The outlet's keywords for the article."),
    FormatKey("rights", ValueKind.TEXT, "Who may use the text, and how."),
    FormatKey("summary", ValueKind.TEXT, "What the article says, in a sentence or two."),
    FormatKey(
        "body",
        ValueKind.BODY,
        "The text, word for word: a block with blank lines between the paragraphs, or a list of paragraphs. Their "
        "ids are p1, p2 … in order; a sub-heading, {heading: What changes}, has no number.",
        is_required=True,
    ),
    FormatKey(
        "people", ValueKind.PEOPLE, "The people in the article, by id: name | role | organisation, or the keys of each."
    ),
    FormatKey("orgs", ValueKind.ORGS, "The organisations in the article, by id: the name, or the keys of each."),
    FormatKey("places", ValueKind.PLACES, "The places in the article, by id: the name, or the keys of each."),
    FormatKey("quotes", ValueKind.QUOTES, "Who said what, each as speaker: text, or with the keys of a quote."),
    FormatKey("timeline", ValueKind.TIMELINE, "What happened when, each as date: what, or with the keys of an event."),
    FormatKey("glossary", ValueKind.GLOSSARY, "The terms of the article: term: meaning, or a list of {term, meaning}."),
    FormatKey("media", ValueKind.MEDIA, "Photos, films and graphics of the article."),
    FormatKey("documents", ValueKind.DOCUMENTS, "What the article points to."),
    FormatKey(
        "provenance", ValueKind.FIELDS, "How this file was made, such as by, date, reviewed_by.", is_extracted=False
    ),
)
"""The keys at the top of an article file, in the order in which they are usually written."""

ENTITY_KEYS = (
    FormatKey("name", ValueKind.TEXT, "The full name, as the article writes it.", is_required=True),
    FormatKey("native", ValueKind.TEXT, "The name in its own script."),
    FormatKey("aliases", ValueKind.TEXTS, "Other names used in this article, such as a title or initials."),
    FormatKey("note", ValueKind.TEXT, "A remark in the article about this entry."),
    FormatKey(
        "same_as",
        ValueKind.FIELDS,
        "The number of this entry in a catalogue, such as {wikidata: Q42}.",
        is_extracted=False,
    ),
    FormatKey(
        "mentions",
        ValueKind.EVIDENCE,
        "Every place where this entry is mentioned; by default its names are searched for in the body.",
        is_extracted=False,
    ),
)
"""The keys that people, organisations and places share."""
PERSON_KEYS = (
    *ENTITY_KEYS,
    FormatKey("role", ValueKind.TEXT, "What the article says this person is, such as transport minister."),
    FormatKey("org", ValueKind.REFERENCE, "The id of the organisation that this person belongs to."),
    FormatKey("org_text", ValueKind.TEXT, "The organisation as the article names it, if it is not in orgs."),
)
"""The keys of a person."""
ORG_KEYS = ENTITY_KEYS
"""The keys of an organisation."""
PLACE_KEYS = (
    *ENTITY_KEYS,
    FormatKey("geo", ValueKind.COORDINATES, "Latitude and longitude, such as [54.1, 8.2].", is_extracted=False),
)
"""The keys of a place."""
QUOTE_KEYS = (
    FormatKey("id", ValueKind.ID, _ID_ABOUT.format("quotes") + " By default q1, q2 … by position."),
    FormatKey("speaker", ValueKind.REFERENCE, "Who speaks: the id of a person or an organisation."),
    FormatKey("speaker_text", ValueKind.TEXT, "What the article calls an unnamed speaker, such as an official."),
    FormatKey(
        "speaker_at",
        ValueKind.EVIDENCE,
        "Where the speaker is named, written like at.",
        is_extracted=False,
    ),
    FormatKey("to", ValueKind.REFERENCE, "Who is spoken to: the id of a person or an organisation."),
    FormatKey("to_text", ValueKind.TEXT, "Who is spoken to in the article's words, such as reporters."),
    FormatKey(
        "form",
        ValueKind.FORM,
        "direct (the default): all words are verbatim. mixed: the words in quote marks are. indirect: retold. "
        "reported: the article tells that something was said, not what. free-indirect: retold, without a verb of "
        "saying.",
    ),
    FormatKey("cue", ValueKind.TEXT, "The verb that introduces the words, such as said or told."),
    FormatKey(
        "text",
        ValueKind.QUOTE_TEXT,
        "The words; […] or a list joins the parts of a quote that the article splits. Only a reported one has none.",
    ),
    FormatKey("at", ValueKind.EVIDENCE, _AT_ABOUT + " Not needed for words that occur only once."),
)
"""The keys of a quote in its long form."""
EVENT_KEYS = (
    FormatKey("id", ValueKind.ID, _ID_ABOUT.format("events") + " By default e1, e2 … by position."),
    FormatKey(
        "date",
        ValueKind.DATE,
        "When it happened, in EDTF: 2023-04-11, 2023-04, 2006, 2022-12~ (about), 2022-21 (spring), 2017-11/.. (since).",
    ),
    FormatKey("date_text", ValueKind.TEXT, "The date in the words of the article, such as last December."),
    FormatKey("what", ValueKind.TEXT, "What happened.", is_required=True),
    FormatKey(
        "status",
        ValueKind.STATUS,
        "happened (the default), planned (still to come at publication), alleged or denied.",
    ),
    FormatKey("people", ValueKind.REFERENCES, "Who took part: ids of people."),
    FormatKey("orgs", ValueKind.REFERENCES, "Which organisations took part: ids of orgs."),
    FormatKey("places", ValueKind.REFERENCES, "Where it happened: ids of places."),
    FormatKey("quote", ValueKind.REFERENCE, "The id of the quote that reports the event."),
    FormatKey("at", ValueKind.EVIDENCE, _AT_ABOUT),
    FormatKey("note", ValueKind.TEXT, "A remark in the article about the event."),
)
"""The keys of an event in its long form."""
TERM_KEYS = (
    FormatKey("term", ValueKind.TEXT, "The term, as the article writes it.", is_required=True),
    FormatKey("meaning", ValueKind.TEXT, "What the term means."),
)
"""The keys of a term, where the glossary is a list."""
MEDIA_KEYS = (
    FormatKey("id", ValueKind.ID, _ID_ABOUT.format("media") + " By default m1, m2 … by position."),
    FormatKey("type", ValueKind.TEXT, "What it is, such as photo, video or map."),
    FormatKey("caption", ValueKind.TEXT, "The caption, word for word."),
    FormatKey("credit", ValueKind.TEXT, "Who made it."),
    FormatKey("url", ValueKind.TEXT, "Its web address."),
    FormatKey("people", ValueKind.REFERENCES, "Who is shown: ids of people."),
    FormatKey("orgs", ValueKind.REFERENCES, "Which organisations are shown: ids of orgs."),
    FormatKey("places", ValueKind.REFERENCES, "Which places are shown: ids of places."),
)
"""The keys of a media item."""
DOCUMENT_KEYS = (
    FormatKey("url", ValueKind.TEXT, "Its web address."),
    FormatKey("title", ValueKind.TEXT, "Its title."),
    FormatKey("at", ValueKind.EVIDENCE, "Where the article refers to it, written like the at of a quote."),
)
"""The keys of a document."""
SELECTOR_KEYS = (
    FormatKey("p", ValueKind.TEXT, "The place to look in: p3, headline, subtitle or media:m1.", is_required=True),
    FormatKey("exact", ValueKind.TEXT, "The exact words there; by default the whole place."),
    FormatKey("prefix", ValueKind.TEXT, "The words right before these, if these occur there more than once."),
    FormatKey("suffix", ValueKind.TEXT, "The words right after these, if these occur there more than once."),
)
"""The keys of a place in the article that is selected by its words."""
ENTRY_TABLES = (
    *(PERSON_KEYS, ORG_KEYS, PLACE_KEYS, QUOTE_KEYS, EVENT_KEYS, TERM_KEYS, MEDIA_KEYS, DOCUMENT_KEYS, SELECTOR_KEYS),
)
"""The tables of keys of all kinds of entries."""


def list_key_names(keys: tuple[FormatKey, ...]) -> tuple[str, ...]:
    """Return the names of these keys, in their order."""
    return tuple(key.name for key in keys)
