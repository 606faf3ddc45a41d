"""Tests of entities of FollowTheMoney, besides the dates of events."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from exported_timelines import add_notes, make_export, run_format, write_article

from dossier.export.export import Export
from dossier.export.follow_the_money_values import make_entity_id


def entities(export: Export) -> list[Any]:
    return [json.loads(line) for line in run_format("ftm", export).splitlines()]


def of_schema(found: Sequence[Any], schema: str) -> list[Any]:
    return [one["properties"] for one in found if one["schema"] == schema]


def id_of(address: str) -> str:
    """Return the id of the entity of an address in the article `ferry`."""
    return make_entity_id(f"ferry#{address}" if address else "ferry")


def ferry(folder: Path, **fields: Any) -> Path:
    """Write an article with two people, an organisation, two places, an event and quotes."""
    content: dict[str, Any] = {
        "subtitle": "Daily boat",
        "outlet": "Harbour Herald",
        "byline": ["Ida Brandt <ida@example.org>"],
        "published": "2023-04-12T09:30+02:00",
        "url": "https://example.org/pact",
        "lang": "en-GB",
        "keywords": ["ferries", "islands"],
        "body": ["Lena Okafor signed in Port Arlen.", "Okafor left the PAA. Okafor slept."],
        "people": {
            "okafor": {"name": "Lena Okafor", "role": "minister", "org": "paa", "same_as": {"wikidata": "Q1"}},
            "han": {
                "name": "Han Seo-jin",
                "native": "한서진",
                "aliases": ["the chief"],
                "note": "new",
                "org": "a club",
            },
        },
        "orgs": {"paa": {"name": "Port Authority", "aliases": ["PAA"]}},
        "places": {"arlen": {"name": "Port Arlen", "geo": [54.1, -8.2]}, "bridge": "north bridge"},
        "quotes": [
            {"id": "q1", "speaker": "okafor", "to": "han", "cue": "said", "form": "indirect", "text": "It would run."},
            {"id": "q2", "speaker_text": "an official", "text": "Port Arlen"},
        ],
        "timeline": [
            {
                "date": "2023-04-11",
                "date_text": "on Tuesday",
                "what": "Pact signed",
                "status": "denied",
                "people": ["okafor", "nobody"],
                "orgs": ["paa"],
                "places": ["arlen"],
                "quote": "q1",
                "note": "in the hall",
            }
        ],
    }
    return write_article(folder, **(content | fields))


def test_the_article(tmp_path: Path) -> None:
    (article,) = of_schema(entities(make_export([ferry(tmp_path)])), "Article")
    assert article == {
        "title": ["Ferry pact signed"],
        "fileName": ["ferry.json"],
        "description": ["Daily boat"],
        "author": ["Ida Brandt <ida@example.org>"],
        "language": ["eng"],
        "keywords": ["ferries", "islands"],
        "bodyText": ["Lena Okafor signed in Port Arlen.\n\nOkafor left the PAA. Okafor slept."],
        "publishedAt": ["2023-04-12T07:30"],
        "sourceUrl": ["https://example.org/pact"],
        "publisher": ["Harbour Herald"],
    }


def test_a_date_of_the_article_that_is_not_held_is_told(tmp_path: Path) -> None:
    export = make_export([ferry(tmp_path, published="2023-04~", updated="2023/2024", retrieved="soon")])
    (article,) = of_schema(entities(export), "Article")
    assert article["notes"] == [
        "published: about April 2023 (2023-04~)",
        "updated: 2023–2024 (2023/2024)",
        "retrieved: soon (soon)",
    ]
    assert {
        "1 date written in words only: the date is approximate or uncertain",
        "1 date written in words only: it is an interval",
        "1 date written in words only: it cannot be read",
    } <= set(export.omissions.messages())


def test_people_organisations_and_places(tmp_path: Path) -> None:
    found = entities(make_export([ferry(tmp_path)]))
    proof = [id_of("")]
    assert of_schema(found, "Person") == [
        {"name": ["Lena Okafor"], "wikidataId": ["Q1"], "proof": proof, "position": ["minister"]},
        {
            "name": ["Han Seo-jin"],
            "alias": ["한서진", "the chief"],
            "notes": ["new", "organisation: a club"],
            "proof": proof,
        },
    ]
    assert of_schema(found, "Organization") == [{"name": ["Port Authority"], "alias": ["PAA"], "proof": proof}]
    assert of_schema(found, "Address") == [
        {"name": ["Port Arlen"], "proof": proof, "latitude": ["54.1"], "longitude": ["-8.2"]},
        {"name": ["north bridge"], "proof": proof},
    ]
    assert of_schema(found, "UnknownLink") == [
        {"subject": [id_of("person/okafor")], "object": [id_of("org/paa")], "role": ["minister"], "proof": proof}
    ]


def test_mentions_are_one_for_each_name(tmp_path: Path) -> None:
    export = make_export([ferry(tmp_path)])
    found = of_schema(entities(export), "Mention")
    assert [(one["name"], one.get("resolved"), one["detectedSchema"]) for one in found] == [
        (["Lena Okafor"], [id_of("person/okafor")], ["Person"]),
        (["Port Arlen"], None, ["Address"]),
        (["Okafor"], [id_of("person/okafor")], ["Person"]),
        (["PAA"], [id_of("org/paa")], ["Organization"]),
    ]
    assert "1 mention joined with others of the same words" in export.omissions.messages()


def test_a_name_of_two_people_is_a_mention_of_neither(tmp_path: Path) -> None:
    article = write_article(tmp_path, body=["Krone came."], people={"a": "Hanna Krone", "b": "Bernd Krone"})
    export = make_export([article])
    (mention,) = of_schema(entities(export), "Mention")
    assert mention == {"document": [id_of("")], "name": ["Krone"], "detectedSchema": ["Person"]}
    assert export.omissions.messages() == ("1 mention written without an entity: several may be meant",)


def test_an_event(tmp_path: Path) -> None:
    export = make_export([ferry(tmp_path)])
    (event,) = of_schema(entities(export), "Event")
    assert event == {
        "name": ["Pact signed (denied)"],
        "date": ["2023-04-11"],
        "description": [
            "date: 11 April 2023 (2023-04-11)\ndate in the article: on Tuesday\nstatus: denied\n"
            "quote: ferry#quote/q1\nnote: in the hall\naddress: ferry#event/e1"
        ],
        "involved": [id_of("person/okafor"), id_of("org/paa")],
        "addressEntity": [id_of("place/arlen")],
        "proof": [id_of("")],
        "sourceUrl": ["https://example.org/pact"],
        "publisher": ["Harbour Herald"],
    }
    assert "1 reference left out: the article does not settle who is meant" in export.omissions.messages()


def test_those_found_in_an_event_are_involved(tmp_path: Path) -> None:
    article = ferry(tmp_path, timeline=[{"date": "2023", "what": "Okafor leaves Port Arlen"}])
    (event,) = of_schema(entities(make_export([article])), "Event")
    assert (event["involved"], event["addressEntity"]) == ([id_of("person/okafor")], [id_of("place/arlen")])


def test_quotes_are_notes_on_article_speaker_and_event(tmp_path: Path) -> None:
    found = of_schema(entities(make_export([ferry(tmp_path)])), "Note")
    assert [(one["entity"], one["description"], one["summary"], one["keywords"]) for one in found] == [
        (
            [id_of(""), id_of("person/okafor"), id_of("event/e1")],
            ["It would run."],
            ["speaker: Lena Okafor\ncue: said\nto: Han Seo-jin\nform: indirect\naddress: ferry#quote/q1"],
            ["quote"],
        ),
        ([id_of("")], ["Port Arlen"], ["speaker: an official\naddress: ferry#quote/q2"], ["quote"]),
    ]


def test_a_doubtful_quote_says_so(tmp_path: Path) -> None:
    article = write_article(tmp_path, quotes=[{"speaker_text": "somebody", "text": "Never said."}])
    (note,) = of_schema(entities(make_export([article])), "Note")
    assert note["summary"] == ["speaker: somebody\ndoubtful: not in the article\naddress: ferry#quote/q1"]


def test_notes_of_the_reader(tmp_path: Path) -> None:
    export = add_notes(make_export([ferry(tmp_path)], ["event"]), ("event/e1", "ask her"), ("para/p1", ""))
    found = of_schema(entities(export), "Note")
    assert found == [
        {
            "entity": [id_of(""), id_of("event/e1")],
            "description": ["ask her"],
            "summary": ["on “marked words” [ferry#event/e1]"],
            "keywords": ["note by the reader"],
            "createdAt": ["2026-11-28T14:05:00"],
        },
        {
            "entity": [id_of("")],
            "description": ["marked words"],
            "summary": ["on “marked words” [ferry#para/p1]"],
            "keywords": ["note by the reader"],
            "createdAt": ["2026-11-28T14:05:00"],
        },
    ]


def test_a_note_without_a_place_is_on_the_article_alone(tmp_path: Path) -> None:
    (note,) = of_schema(entities(add_notes(make_export([ferry(tmp_path)], ["event"]), ("event/e1", "lost"))), "Note")
    assert (note["entity"], note["summary"]) == ([id_of("")], ["on “marked words” [the place is not known]"])


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        (["event"], ["person/okafor", "org/paa", "place/arlen"]),
        (["quote"], ["person/okafor", "org/paa"]),
        (["place"], ["place/arlen", "place/bridge"]),
        (["para"], []),
    ],
)
def test_those_referred_to_are_written_too(tmp_path: Path, kinds: list[str], named: list[str]) -> None:
    found = entities(make_export([ferry(tmp_path)], kinds))
    ids = [one["id"] for one in found if one["schema"] in ("Person", "Organization", "Address")]
    assert ids == [id_of(address) for address in named]


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    extra = {"glossary": {"PAA": "Port"}, "media": [{"caption": "A quay"}], "section": ["National"], "colour": "blue"}
    export = make_export([ferry(tmp_path, **extra)])
    entities(export)
    assert "4 entries left out: FollowTheMoney has no entity for it" in export.omissions.messages()
    assert "1 unnamed source written with the quotes only" in export.omissions.messages()


def test_a_person_of_two_articles_is_two_entities(tmp_path: Path) -> None:
    person = {"o": {"name": "Lena Okafor", "same_as": {"wikidata": "Q1"}}}
    export = make_export([write_article(tmp_path, name, people=person) for name in ("a", "b")])
    found = [one for one in entities(export) if one["schema"] == "Person"]
    assert len({one["id"] for one in found}) == 2
    assert [one["properties"]["wikidataId"] for one in found] == [["Q1"], ["Q1"]]


def test_ids_are_stable_and_of_letters_and_digits() -> None:
    assert re.fullmatch("[0-9a-f]{40}", id_of("event/e_1"))
    assert id_of("event/e1") == id_of("event/e1") != id_of("event/e2")


@pytest.mark.parametrize("geo", ["54.1", "north, west", "1,2,3"])
def test_a_position_that_is_none_is_counted(tmp_path: Path, geo: str) -> None:
    export = make_export([write_article(tmp_path, places={"a": {"name": "Arlen", "geo": geo}})], ["place"])
    (place,) = of_schema(entities(export), "Address")
    assert place.keys() == {"name", "proof"}
    assert export.omissions.messages() == ("1 position left out: it is not two numbers",)
