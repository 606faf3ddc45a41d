"""Notes as web annotations: what others read in them, and the same notes again when they are imported."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path

import articles
import pytest

from dossier.core.dataclasses import replace
from dossier.core.model import Article
from dossier.core.note import Note, PlacedNote, Placement, note_tags
from dossier.core.note_places import make_note
from dossier.core.ref import Ref
from dossier.core.views.panes import make_reading
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.json_types import JsonObject
from dossier.export.web_annotation import format_annotation_collection, format_web_annotations, make_annotation
from dossier.library.placed_notes import match_notes
from dossier.loader.converters.values import ConversionError
from dossier.loader.converters.web_annotations import read_annotations

MADE = "2026-11-28T14:05:00Z"
NOW = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
ARTICLE = articles.article(
    "The ferry was sold on Tuesday, said the harbour office.",
    "Nobody had asked the crew, wrote Ilse Brandt.\U0001f6a2 The 🚢 “ship” left.",
    people=(articles.person("brandt", "Ilse Brandt"),),
    url="https://example.org/ferry",
)
READING = make_reading(ARTICLE, ())
TEXTS = {
    "para/p1:4-9": "ask #again\nand #Again, #q3",
    "para/p2:46-60": "",
    "para/p2": " whole\n",
    "headline": "",
    "person/brandt": "who?",
    "about/url": "",
}
NOTES = [
    note
    for at, (ref, text) in enumerate(TEXTS.items())
    if (note := make_note(READING, articles.ref(ref), f"n/{at}", MADE, text))
]


def written(notes: Iterable[Note] = NOTES, article: Article | None = ARTICLE) -> str:
    return "".join(format_annotation_collection("Ferry", ((note, article) for note in notes)))


def quoted(exact: str, prefix: str = "", suffix: str = "", **fields: object) -> JsonObject:
    selector = [
        {"type": "RangeSelector", "startContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 4, "end": 9},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
    ]
    return {"target": [{"source": "http://www.example.org/ferry/#top", "selector": selector}], **fields}


def test_an_annotation_has_words_first_and_positions_with_their_unit() -> None:
    made = make_annotation(NOTES[0], ARTICLE)
    assert (made["id"], made["type"], made["created"]) == ("urn:dossier:note:n%2F0", "Annotation", MADE)
    assert made["motivation"] == "commenting"
    assert [(body["purpose"], body["value"]) for body in made["body"]] == [
        ("commenting", TEXTS["para/p1:4-9"]),
        ("tagging", "again"),
        ("tagging", "q3"),
    ]
    assert made["target"]["source"] == "https://example.org/ferry"
    words, place = made["target"]["selector"]
    assert (words["type"], words["exact"], words["prefix"]) == ("TextQuoteSelector", "ferry", "The ")
    # What is between two paragraphs is not the same on every page.
    assert words["suffix"] == " was sold on Tuesday, said the harbour office."
    assert (place["type"], place["value"]) == ("FragmentSelector", "para/p1")
    position = place["refinedBy"]
    assert (position["type"], position["start"], position["end"]) == ("TextPositionSelector", 4, 9)
    assert position["dossier:unit"] == "code points of the text of the entry"


def test_a_mark_has_no_body() -> None:
    made = make_annotation(NOTES[1], ARTICLE)
    assert made["motivation"] == "highlighting"
    assert "body" not in made


def test_nothing_says_where_the_files_are() -> None:
    assert NOTES[0].path.startswith("/")
    assert str(Path(NOTES[0].path).parent) not in written()


def test_an_article_without_an_address_has_a_urn() -> None:
    assert make_annotation(NOTES[0], None)["target"]["source"] == "urn:dossier:article:ferry"
    elsewhere = Note("n", Ref("https://example.org/a"), "words", MADE)
    assert make_annotation(elsewhere, None)["target"]["source"] == "https://example.org/a"


def test_notes_are_the_same_when_they_are_read_again() -> None:
    read = read_annotations(written(), NOW)
    assert read.faults == ()
    assert match_notes(read.notes, [ARTICLE]).notes == tuple(NOTES)
    # Without the article, all but its file is kept.
    alone = match_notes(read.notes, [])
    assert alone.notes == tuple(replace(note, path="") for note in NOTES)
    assert alone.lost == {note.id for note in NOTES}


def test_the_collection_says_how_many_and_counts_articles_without_notes() -> None:
    placed = tuple(PlacedNote(note, Placement.UNCHANGED, note.ref) for note in NOTES)
    some = ExportedArticle(ARTICLE, READING.links, (), placed), ExportedArticle(ARTICLE, READING.links, ())
    export = Export("Ferry", some, Omissions(), NOW)
    made = json.loads("".join(format_web_annotations(export)))
    assert (made["type"], made["total"], made["label"]) == ("AnnotationCollection", len(NOTES), "Ferry")
    assert len(made["first"]["items"]) == len(NOTES)
    assert made["first"]["partOf"] == made["id"]
    assert export.omissions.messages() == ("1 article left out: without notes",)
    empty = json.loads("".join(format_web_annotations(Export("None", (), Omissions(), NOW))))
    assert (empty["total"], empty["first"]["items"]) == (0, [])


def test_an_export_of_hypothesis_is_read() -> None:
    row = quoted(
        "asked the crew",
        "harbour office. Nobody had ",
        ", wrote Ilse Brandt",
        id="Zx9",
        created="2025-03-04T05:06:07.123456+02:00",
        user="acct:somebody@hypothes.is",
        uri="https://example.org/ferry",
        text="who?",
        tags=["crew", "Two words", "#hash"],
    )
    (one,) = read_annotations(json.dumps({"total": 1, "rows": [row]}), NOW).notes
    assert (one.note.id, one.note.made, one.note.text) == ("Zx9", "2025-03-04T03:06:07Z", "who? #crew #Two-words #hash")
    assert note_tags(one.note.text) == ("crew", "Two-words", "hash")
    matched = match_notes([one], [articles.article("Another."), ARTICLE])
    (note,) = matched.notes
    assert (note.ref, note.words, matched.lost) == (articles.ref("para/p2:11-25"), "asked the crew", frozenset())
    assert "somebody" not in repr(note)


@pytest.mark.parametrize(
    ("wrap", "number"),
    [
        (lambda one: one, 1),
        (lambda one: [one, one], 1),
        (lambda one: {"type": "AnnotationPage", "items": [one]}, 1),
        (lambda one: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one]}}, 1),
        (lambda one: [], 0),
    ],
)
def test_annotations_come_alone_in_lists_pages_and_collections(wrap: object, number: int) -> None:
    assert callable(wrap)
    read = read_annotations(json.dumps(wrap(quoted("asked the crew"))), NOW)
    assert (len(read.notes), read.faults) == (number, ())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body": {"type": "TextualBody", "value": "one"}}, "one"),
        ({"bodyValue": "two"}, "two"),
        ({"body": [{"value": "a"}, {"value": "b", "purpose": "tagging"}, {"value": "c"}]}, "a\n\nc #b"),
        ({"body": [{"value": "tag", "purpose": "tagging"}]}, "#tag"),
        ({"body": "https://example.org/body"}, ""),
        ({"body": {"value": "a #b", "purpose": "commenting"}, "tags": ["B", None, {}]}, "a #b"),
        ({"text": "x", "tags": "no list"}, "x"),
        ({"text": "a\x1b[31mred\nline"}, "a␛[31mred\nline"),
    ],
)
def test_bodies(body: JsonObject, text: str) -> None:
    (one,) = read_annotations(json.dumps(quoted("words", **body)), NOW).notes
    assert one.note.text == text


def test_what_has_no_id_has_the_same_one_each_time_and_targets_are_notes_of_their_own() -> None:
    text = json.dumps([quoted("words")])
    assert read_annotations(text, NOW).notes == read_annotations(text, NOW).notes
    targets = [
        {"source": "https://a.example", "selector": {"type": "TextQuoteSelector", "exact": "x"}},
        "https://b.example",
    ]
    first, second = read_annotations(json.dumps({"id": "urn:x", "target": targets}), NOW).notes
    assert (first.note.id, first.note.words, first.source) == ("urn:x", "x", "https://a.example")
    assert (second.note.id, second.note.words, second.source) == ("urn:x-2", "", "https://b.example")
    assert first.note.made == "2026-12-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it has no annotations"),
        ("{", "line 1"),
        ('[{"a": 1,\n "b" 2}]', "line 2"),
        ('{"a": 1, "a": 2}', "the key 'a' is in one object twice"),
        ("3", "it has no annotations: give a web annotation"),
        ('{"headline": "x"}', "it has no annotations"),
        ("[" * 100_000, "nested|levels"),
    ],
)
def test_what_is_no_annotation_is_refused_with_place_and_cure(text: str, told: str) -> None:
    with pytest.raises(ConversionError, match=told):
        read_annotations(text, NOW)


def test_no_control_character_is_read_from_an_address_or_an_id() -> None:
    foreign = {"id": "urn:dossier:note:n%1B", "target": {"source": "urn:dossier:article:a%1B%0Ab"}}
    own = {"id": "n2", "dossier:address": "a%1B#para/p%1B", "target": {"source": "a"}}
    first, second = (one.note for one in read_annotations(json.dumps([foreign, own]), NOW).notes)
    assert (first.id, first.ref) == ("n␛", Ref("a␛ b"))
    assert second.ref == Ref("a␛", "para", "p␛")


def test_items_that_are_none_are_told_and_the_others_kept() -> None:
    read = read_annotations(json.dumps([quoted("words"), 7, {"type": "Annotation"}, {"target": []}]), NOW)
    assert len(read.notes) == 1
    assert [fault.partition(":")[0] for fault in read.faults] == ["item 2", "item 3", "item 4"]


@pytest.mark.parametrize(
    ("words", "prefix", "suffix", "ref"),
    [
        ("asked the crew", "harbour office. Nobody had ", ", wrote Ilse", "para/p2:11-25"),
        ("asked the crew", "the office.\n\n Nobody had ", ", wrote Ilse", None),
        ("the", "", "", None),
        ("asked the captain", "harbour office. Nobody had ", ", wrote Ilse", None),
    ],
)
def test_without_a_known_address_the_words_and_a_whole_side_decide(
    words: str, prefix: str, suffix: str, ref: str | None
) -> None:
    unknown = replace(ARTICLE, url="")
    (one,) = read_annotations(json.dumps(quoted(words, prefix, suffix)), NOW).notes
    matched = match_notes([one], [unknown])
    (note,) = matched.notes
    assert (note.ref == articles.ref(ref)) if ref else note == one.note
    assert (note.id in matched.lost) == (ref is None)
    # Of two articles with the words, none is taken.
    assert match_notes([one], [unknown, replace(unknown, path="other.yaml")]).notes == (one.note,)


def test_a_page_note_is_on_its_article() -> None:
    (one,) = read_annotations(
        json.dumps(
            {
                "id": "p",
                "uri": "https://example.org/ferry",
                "target": [{"source": "https://example.org/ferry"}],
                "text": "all of it",
            }
        ),
        NOW,
    ).notes
    matched = match_notes([one], [ARTICLE])
    assert matched.lost == frozenset()
    assert matched.notes[0].ref == Ref(articles.ID)
