"""Strategies for any well-typed article, as YAML or as JSON, with texts of signs that do harm elsewhere.

An article is a dictionary, as a program that writes JSON would have it. Names stand in the body, quotes in it or nearly
so, and places of evidence are right or wrong, so that all the ways of the loader are taken.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Fields = dict[str, Any]

_HOSTILE = (
    *("\x00", "\x07", "\x08", "\x1b[31m", "\x1b]0;x\x07", "\x1bP", "\x9b2J", "\x7f", "\x85", "\r", "\n", "\t", "\v"),
    *("\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d"),
    *("\u0301", "e\u0301\u0323", "\u20dd", "\u0e33", "\u093f", "\ufe0f", "\ufe0e", "\ufeff", "\u00ad", "\u2028", "\f"),
    *(
        "\ufffe",
        "\ufff9",
        "\ue000",
        "\U000e0041",
        "\U000f0000",
        "\U0001f1e9\U0001f1ea",
        "\U0001f3f4\U000e0067\U000e007f",
    ),
    *(
        "👩\u200d🚀",
        "👍🏽",
        "☺",
        "한",
        "각",
        "\u1112\u1161\u11ab",
        "漢",
        "ｱ",
        "Ａ",
        "שלום",
        "العربية",
        "ไทย",
        "कि",
        "ﬁ",
        "ß",
    ),
    *("‖", "│", "▌", "…", "·", "[…]", "[...]", "“", "”", "‘", "’", "«", "»", "„", '"', "'", "``", "''", "—", "-", "İ"),
    *(
        "#",
        ": ",
        " #",
        "|",
        "~",
        "null",
        "%",
        "&",
        "*",
        "<b>",
        "</script>",
        "{{",
        "\\",
        "$",
        "`",
        "=1+1",
        "@",
        "\ufffd",
    ),
)
_WORDS = (
    *("Lena", "Okafor", "Han", "Seo-jin", "한서진", "ferry", "toll", "said", "the", "a", "Port", "Arlen", "PAA", "Dr."),
    *(
        "Владимир",
        "محمد",
        "ظريف",
        "李明",
        "O’Neil",
        "d'Arc",
        "al-Masri",
        "van",
        "Straße",
        "p1",
        "2023",
        "x" * 300,
        "漢" * 90,
    ),
)
_PIECES = st.sampled_from(_WORDS) | st.sampled_from(_HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=3)

TEXTS = st.lists(_PIECES, max_size=6).map(" ".join) | st.lists(_PIECES, max_size=8).map("".join)
"""Texts of a few words, with what terminals, YAML, Markdown, HTML and spreadsheets act on."""
_FULL = TEXTS.filter(lambda text: bool(text.strip()))
NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join) | _FULL
"""Names in several scripts, and any other text."""

_IDS = st.sampled_from(("a", "b", "okafor", "q1", "q2", "e1", "m1", "paa", "arlen", "x-1", "Bad Id", "", "person/a"))
DATES = st.sampled_from(
    (
        *(
            "2023",
            "2023-04",
            "2023-04-12",
            "2023-04-12T09:30+02:00",
            "2023-04-12 09:30",
            "2023-04-12T24:00",
            "2022-21~",
        ),
        *(
            "2017-11/..",
            "../2017",
            "2017-11/",
            "/2017",
            "2022-06-29/2022-06-30",
            "2023/2022",
            "201X",
            "156X-12-25",
            "20XX?",
        ),
        *(
            "-0044-03-15",
            "Y170000002",
            "Y-17E7",
            "1950S2",
            "[1667,1668..1670]",
            "{1960,1961-12}",
            "[..1984]",
            "2022-33%",
        ),
        *("XXXX-12-XX", "2023-02-30", "2023-13", "yesterday", "", "0000", "9999-12-31", "2004-06-(01)~/2004-06-(20)~"),
    )
)
"""EDTF of every level, and what is no date."""
_PLACES = st.sampled_from(
    (*("p1", "p2", "p9", "p1:0-3", "p1:3-3", "p1:5-2", "p1:0-999", "headline", "subtitle", "media:m1", "p0", "x", ""),)
)


def _optional(fields: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Fields]:
    return st.fixed_dictionaries({}, optional=dict(fields))


_EXACT = _optional({"p": _PLACES, "exact": TEXTS, "prefix": TEXTS, "suffix": TEXTS})
_AT = _PLACES | _EXACT | st.lists(_PLACES | _EXACT, max_size=3)
_REFERENCES = st.lists(_IDS | NAMES, max_size=2) | _IDS
_LISTED = TEXTS | st.lists(TEXTS, max_size=3)
_NAMED = {
    "name": NAMES,
    "native": NAMES,
    "aliases": st.lists(NAMES, max_size=2),
    "note": TEXTS,
    "same_as": st.dictionaries(st.sampled_from(("wikidata", "x")), TEXTS | st.just("Q1"), max_size=2),
    "mentions": st.lists(_PLACES, max_size=2),
    "stray": TEXTS,
}
_PERSON = (
    NAMES
    | st.builds("{} | {} | {}".format, NAMES, TEXTS, NAMES)
    | _optional({**_NAMED, "role": TEXTS, "org": _IDS | NAMES, "org_text": TEXTS})
)
_QUOTE = _optional(
    {
        "id": _IDS,
        "speaker": _IDS | NAMES,
        "speaker_text": TEXTS,
        "speaker_at": _AT,
        "to": _IDS | NAMES,
        "to_text": TEXTS,
        "form": st.sampled_from(("direct", "mixed", "indirect", "reported", "free-indirect", "loud")),
        "cue": TEXTS,
        "at": _AT,
        "mood": TEXTS,
    }
)
_EVENT = _optional(
    {
        "id": _IDS,
        "date": DATES,
        "date_text": TEXTS,
        "what": _FULL,
        "status": st.sampled_from(("happened", "planned", "alleged", "denied", "hoped")),
        "people": _REFERENCES,
        "orgs": _REFERENCES,
        "places": _REFERENCES,
        "quote": _IDS,
        "at": _AT,
        "note": TEXTS,
    }
)
_MEDIA = _optional(
    {
        "id": _IDS,
        "type": TEXTS,
        "caption": TEXTS,
        "credit": TEXTS,
        "url": TEXTS,
        "people": _REFERENCES,
        "orgs": _REFERENCES,
    }
)
_DOCUMENT = _optional({"id": _IDS, "title": TEXTS, "url": TEXTS, "at": _AT})
_HEAD = {
    "dossier": st.sampled_from(("1", "2", "")),
    "id": st.sampled_from(("a", "hh-2023", "a/b#c?d", "é한", "with blank")),
    **dict.fromkeys(("subtitle", "outlet", "dateline", "url", "lang", "rights", "summary", "mood"), TEXTS),
    **dict.fromkeys(("section", "byline", "keywords"), _LISTED),
    **dict.fromkeys(("published", "updated", "retrieved"), DATES),
    "glossary": st.dictionaries(NAMES, TEXTS, max_size=2)
    | st.lists(_optional({"term": NAMES, "meaning": TEXTS}), max_size=2),
    "media": st.lists(_MEDIA, max_size=2),
    "documents": st.lists(_DOCUMENT, max_size=2),
    "provenance": st.dictionaries(TEXTS, TEXTS, max_size=2),
    "orgs": st.dictionaries(_IDS, NAMES | _optional(_NAMED), max_size=2),
    "places": st.dictionaries(_IDS, NAMES | _optional({**_NAMED, "geo": st.just(["54.1", "8.2"]) | TEXTS}), max_size=2),
}
_FORMS: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: text[: len(text) // 2],
    lambda text: f"“{text}”",
    str.upper,
    lambda text: f"{text} […] {text}",
)


@st.composite
def articles(draw: st.DrawFn) -> Fields:
    """Return an article in which names and quotes are mostly found."""
    fields: Fields = {"headline": draw(_FULL)}
    people: Fields = draw(st.dictionaries(_IDS, _PERSON, max_size=3))
    names = [name for one in people.values() if (name := one.get("name") if isinstance(one, dict) else one)]
    paragraphs: list[str | Fields] = [_paragraph(draw, names)]
    for _ in range(draw(st.integers(0, 3))):
        is_heading = draw(st.integers(0, 5)) == 0
        paragraphs.append({"heading": draw(TEXTS)} if is_heading else _paragraph(draw, names))
    fields["body"] = paragraphs if draw(st.booleans()) else "\n\n".join(map(str, paragraphs))
    fields["people"] = people
    texts = [block for block in paragraphs if isinstance(block, str)]
    fields["quotes"] = [_quote(draw, texts) for _ in range(draw(st.integers(0, 3)))]
    fields["timeline"] = draw(st.lists(_EVENT | st.dictionaries(DATES, TEXTS, min_size=1, max_size=1), max_size=3))
    return {**draw(_optional(_HEAD)), **fields}


def _paragraph(draw: st.DrawFn, names: Sequence[str]) -> str:
    pieces = st.lists(_FULL | st.sampled_from(names or ("Lena Okafor",)), min_size=1, max_size=4)
    return " ".join(draw(pieces))


def _quote(draw: st.DrawFn, texts: Sequence[str]) -> Fields:
    text = draw(st.sampled_from(texts) | TEXTS if texts else TEXTS)
    said: str | list[str] = draw(st.sampled_from(_FORMS))(text)
    if draw(st.integers(0, 3)) == 0:
        said = [text[:3], text[5:]]
    elif draw(st.integers(0, 3)) == 0:
        return {draw(_IDS | NAMES): said}
    return {**draw(_QUOTE), "text": said}


@st.composite
def registries(draw: st.DrawFn) -> Fields:
    """Return a registry, its entries as a mapping or as a list with ids."""
    fields: Fields = {"registry": draw(st.sampled_from(("1", "2")))}
    for kind in ("people", "orgs"):
        entries = draw(st.dictionaries(_IDS, NAMES | _optional(_NAMED), max_size=4))
        listed = [{"id": id, **one} for id, one in entries.items() if isinstance(one, dict)]
        fields[kind] = listed if draw(st.booleans()) else entries
    return fields


def to_json(fields: Fields) -> bytes:
    """Return an article as the file of a program that writes JSON, which escapes what is not ASCII."""
    return json.dumps(fields).encode()
