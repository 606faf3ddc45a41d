"""A comparison as text and as a JSON object."""

import json
import re
from itertools import combinations

import pytest
from rooms import FERRY, FILES, made, stored

from dossier.core.comparison import Comparison, compare_articles, compare_events, find_event
from dossier.core.ref import Ref
from dossier.export.comparison_text import format_comparison, make_comparison_object, merge_texts
from dossier.export.json_types import JsonObject
from dossier.text.width import width
from dossier.text.word_differences import find_word_changes

CHANGES = (
    ("headline: Ferry pact signed", "headline: Ferry pact signed at last"),
    ("Reyes was silent", "Reyes was loud"),
    ("status: planned", "status: denied"),
    ("  - {id: someday, date_text: one day, what: Bridge closed}\n", ""),
)


def edited() -> Comparison:
    text = FERRY
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    return compare_articles(made(FERRY), made(text))


@pytest.mark.parametrize(
    ("left", "right", "merged"),
    [
        ("a pact", "a pact", "a pact"),
        ("a pact", "a new pact", "a {+new+} pact"),
        ("a new pact", "a pact", "a [-new-] pact"),
        ("pact", "new pact", "{+new+} pact"),
        ("new pact", "pact", "[-new-] pact"),
        ("pact", "pact signed", "pact {+signed+}"),
        ("on Tuesday, one boat", "on Monday, one boat", "on [-Tuesday-]{+Monday+}, one boat"),
        ("no toll.", "no toll", "no toll[-.-]"),
        ("no toll", "no toll!", "no toll{+!+}"),
        ("one two", "one, two", "one{+,+} two"),
        ("red", "blue", "[-red-]{+blue+}"),
    ],
)
def test_two_texts_as_one(left: str, right: str, merged: str) -> None:
    assert merge_texts(left, right, find_word_changes(left, right)) == merged


def test_either_text_can_be_read_from_the_one_made_of_both() -> None:
    texts = [block.text for path in FILES for block in stored(path).body]
    for left, right in list(combinations(texts[:40], 2)):
        merged = merge_texts(left, right, find_word_changes(left, right))
        own = re.sub(r"\{\+.*?\+\}", "", re.sub(r"\[-(.*?)-\]", r"\1", merged))
        assert "".join(own.split()) == "".join(left.split())


def test_the_text() -> None:
    text = format_comparison(edited(), ("first.yaml", "second.yaml"), 80)
    assert text.startswith("--- first.yaml\n    Ferry pact signed · Harbour Herald · 12 April 2023\n+++ second.yaml\n")
    assert "\n~ headline Ferry pact signed {+at last+}\n" in text
    assert "\n  the same: subtitle, outlet, byline, published\n" in text
    assert "\n~ ¶2 Okafor told Han Seo-jin that the toll stays. Reyes was [-silent-]{+loud+}.\n" in text
    assert "\n  2 paragraphs, the same (¶3 to ¶4)\n" in text
    assert "\n  Lena Okafor\n  2 quotes, the same\n" in text
    assert "\n~ ¶4 about June 2023\n     Quay ready\n     [-planned-]{+denied+} · Port Authority of Arlen\n" in text
    assert text.endswith("\n-    Bridge closed\n     “one day”")


@pytest.mark.parametrize("cells", [20, 40, 80, 100])
def test_no_line_is_wider_than_asked_for(cells: int) -> None:
    lines = format_comparison(edited(), ("a", "b"), cells).split("\n")
    assert max(map(width, lines)) <= cells
    assert not any(line != line.rstrip() for line in lines)


def items(made_object: JsonObject) -> list[JsonObject]:
    quoted = [item for speaker in made_object["speakers"] for item in (speaker, *speaker["quotes"])]
    return [*made_object["facts"], *made_object["blocks"], *quoted, *made_object["events"]]


def test_the_object_has_addresses_and_spans() -> None:
    found = json.loads(json.dumps(make_comparison_object(edited())))
    assert (found["left"], found["right"], found["same"]) == ("ferry", "ferry", False)
    different = [item for item in items(found) if item["verdict"] != "same"]
    assert [(item["name"], item["verdict"]) for item in different] == [
        ("headline", "changed"),
        ("para", "changed"),
        ("event", "changed"),
        ("event", "only left"),
    ]
    changed = different[1]
    assert changed["left"]["ref"] == "ferry#para/p2"
    assert [changed["left"]["text"][start:end] for start, end in changed["left"]["spans"]] == ["silent"]
    assert [changed["right"]["text"][start:end] for start, end in changed["right"]["spans"]] == ["loud"]
    assert different[2]["left"]["evidence"] == ["ferry#para/p4"]
    assert [field["name"] for field in different[2]["fields"] if field["verdict"] != "same"] == ["status"]
    assert different[3]["right"] is None


def test_the_object_of_events() -> None:
    article = made(FERRY)
    event = find_event(article, Ref("ferry", "event", "signed"))
    assert event
    found = make_comparison_object(compare_events((article, event), (article, event)))
    assert list(found) == ["left", "right", "same", "facts", "event", "evidence"]
    assert (found["left"], found["same"], found["event"]["verdict"]) == ("ferry#event/signed", True, "same")
