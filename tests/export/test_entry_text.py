"""Tests of the formats `text` and `jsonl`: what stands beside the entries, and where the reader's notes stand."""

import datetime
import json
from pathlib import Path

import pytest

from dossier.core.dataclasses import replace
from dossier.core.note import Note, PlacedNote, Placement
from dossier.core.note_places import make_note
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.entry_lines import format_entry_lines
from dossier.export.entry_text import format_text
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.export_selection import select_address, select_entries
from dossier.loader.article import load_article, parse_article

DATA = Path(__file__).parent.parent.parent / "data"
MADE = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def nato() -> Reading:
    loaded = load_article(DATA / "nato-seoul-2023.yaml")
    assert loaded.article
    return make_reading(loaded.article, loaded.problems)


def text_of(*exported: ExportedArticle) -> str:
    return "".join(format_text(Export("", exported, Omissions(), MADE)))


def lines_of(*exported: ExportedArticle) -> list[dict[str, object]]:
    return [json.loads(one) for one in format_entry_lines(Export("", exported, Omissions(), MADE))]


def one_entry(reading: Reading, address: str) -> ExportedArticle:
    return select_address(reading, parse_ref(address)._replace(article=reading.article.ref.article))


HEAD = f"""\
Esther Chung, “NATO takes up Pyongyang’s arms for Moscow”, Korea JoongAng Daily,
about 29 January 2023, nato-seoul-2023
{"═" * 80}
"""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("headline", "\nNATO takes up Pyongyang’s arms for Moscow\n    nato-seoul-2023#headline\n"),
        ("para/p2:0-44", "\n¶2 On the day he met Foreign Minister Park Jin,\n    nato-seoul-2023#para/p2:0-44\n"),
        (
            "term/ICBM",
            "\nGlossary\n········\n\nICBM: intercontinental ballistic missile\n    nato-seoul-2023#term/ICBM\n",
        ),
        (
            "person/park",
            "\nPeople\n······\n\nPark Jin\n  박진 · Foreign Minister of Korea · Foreign Ministry\n"
            "    nato-seoul-2023#person/park\n",
        ),
        (
            "quote/q3",
            "\nQuotes\n──────\n\nJens Stoltenberg\n················\n\n"
            "was helping Russia to wage its war “with rockets and missiles” — Jens\n"
            "Stoltenberg, Secretary General of NATO, to Park Jin (Esther Chung, “NATO takes\n"
            "up Pyongyang’s arms for Moscow”, Korea JoongAng Daily, about 29 January 2023,\n"
            "¶3, nato-seoul-2023#quote/q3)\n  added · mixed\n    nato-seoul-2023#quote/q3\n",
        ),
        (
            "event/e1",
            "\nTimeline\n────────\n\n2006: Korea becomes a global partner of NATO\n"
            "  “in 2006” · NATO · Korea · quote q8\n    nato-seoul-2023#event/e1\n",
        ),
    ],
)
def test_an_entry_as_text(address: str, shown: str, nato: Reading) -> None:
    assert text_of(one_entry(nato, address)) == HEAD + shown


def test_articles_stand_apart_and_a_heading_stands_once(nato: Reading) -> None:
    quotes = select_entries(nato)._replace(entries=tuple(nato.entries["quotes"][:2]))
    written = text_of(quotes, quotes)
    first, _, second = written.partition("\n\n\n")
    assert second == first + "\n"
    assert first.count("\nQuotes\n") == first.count("\nJens Stoltenberg\n") == 1


def test_a_reference_that_is_in_doubt_says_so() -> None:
    text = "headline: A\nbody: [“B”]\nquotes: [{speaker: nobody, text: B}]\nquots: [x]\n"
    article = parse_article(text.encode(), "a.yaml").article
    assert article
    assert "— nobody (no such entry) (" in " ".join(text_of(select_entries(make_reading(article, ()))).split())


@pytest.fixture
def noted(nato: Reading) -> ExportedArticle:
    """Return a paragraph with a note and a mark on it, and a note that has no place."""
    where = Ref("nato-seoul-2023", "para", "p2", (0, 10))
    note = make_note(nato, where, "n1", "2026-11-28T14:05:00Z", "which day? #todo")
    assert isinstance(note, Note)
    mark = replace(note, id="n2", text="")
    lost = replace(note, id="n3", words="gone words", text="still true?")
    found = PlacedNote(mark, Placement.FOUND, where)
    notes = (PlacedNote(note, Placement.UNCHANGED, where), found, PlacedNote(lost, Placement.MISSING))
    return one_entry(nato, "para/p2")._replace(notes=notes)


def test_notes_stand_below_their_entry(noted: ExportedArticle) -> None:
    written = text_of(noted)
    assert (
        "    nato-seoul-2023#para/p2\n"
        "    note on “On the day”: which day? #todo\n"
        "    mark on “On the day” (found again)\n"
        "\nNotes without a place in the article\n────────────────────────────────────\n"
        "\n    note on “gone words” (not in the article): still true?\n"
    ) in written


def test_notes_are_lines_of_their_own(noted: ExportedArticle) -> None:
    entry, note, mark, lost = lines_of(noted)
    assert (entry["kind"], entry["version"], entry["outlet"]) == ("para", 1, "Korea JoongAng Daily")
    assert note == {
        "version": 1,
        "ref": "nato-seoul-2023#para/p2:0-10",
        "kind": "note",
        "text": "which day? #todo",
        "parts": [],
        "links": [],
        "id": "n1",
        "words": "On the day",
        "before": note["before"],
        "after": noted.entries[0].text[10:130],
        "made": "2026-11-28T14:05:00Z",
        "placement": "as it was",
        "offered": [],
        "headline": "NATO takes up Pyongyang’s arms for Moscow",
        "published": "2023-01-29~",
        "outlet": "Korea JoongAng Daily",
    }
    assert str(note["before"]).endswith("said in Seoul on Sunday. ")
    assert (mark["text"], mark["placement"]) == ("", "found again")
    assert (lost["ref"], lost["words"], lost["placement"]) == (note["ref"], "gone words", "not in the article")


def test_every_line_is_one_object_whatever_the_text_holds() -> None:
    article = parse_article(b'headline: "A\\u2028B\\u0085C\\nD"\nbody: ["\\"E\\\\\\"F"]\n', "a.yaml").article
    assert article
    reading = make_reading(article, ())
    written = "".join(format_entry_lines(Export("", [select_entries(reading)], Omissions(), MADE)))
    assert [json.loads(line)["text"] for line in written.rstrip("\n").split("\n")] == [
        entry.text for pane in reading.entries.values() for entry in pane
    ]
