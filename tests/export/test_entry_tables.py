"""Tests of the rows of people, quotes, events, mentions and notes, and of these rows as CSV."""

import csv
import gc
import io
import weakref
from collections.abc import Iterator

import pytest
from articles import article, event, org, person, place, quote, ref, reference
from export_values import (
    CELLS,
    article_of_cells,
    cite,
    export_of,
    list_articles,
    make_placed_note,
    write_bytes,
    written,
)

from dossier.core.dataclasses import replace
from dossier.core.links import Links
from dossier.core.model import Article, EvidenceStatus
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.export.entry_tables import TABLES, TableRow, iterate_rows
from dossier.export.export import Export, ExportedArticle
from dossier.export.formats import FORMATS, ExportFormat

WHOLE = replace(
    article(
        "Lena Okafor signed the pact in Port Arlen.",
        "“No toll,” Okafor told Tom Reyes.",
        headline="Ferry, pact “signed”",
        outlet="Herald",
        url="https://example.org/a",
        lang="en",
        published=written("2023-04-12"),
        people=(
            person(
                "okafor",
                "Lena Okafor",
                native="레나",
                role="minister",
                org=reference("org/paa"),
                aliases=("Okafor, Lena", "L. O."),
                same_as=(("wikidata", "Q1"),),
                unknown_fields=(("age", "50"), ("born", "1973")),
                note="new",
            ),
            person("reyes", "Tom Reyes", org_text="Herald"),
        ),
        orgs=(org("paa", "Port Authority"),),
        places=(place("arlen", "Port Arlen", geo="54.1, 8.2"),),
        quotes=(
            replace(
                quote("q1", at=["para/p2:1-8"], speaker=reference("person/okafor"), to=reference("person/reyes")),
                cue="told",
            ),
            quote("q2", speaker_text="an official", form="indirect", evidence_status=EvidenceStatus.ABSENT),
            quote("q3", speaker=reference("person/okafor", "person/reyes"), to_text="reporters"),
        ),
        events=(
            event("e1", date=written("2017-11/.."), date_text="since then", at=["para/p1"], people=["person/okafor"]),
            event("e2", date=written("30 February"), status="planned", places=["place/arlen"], orgs=["org/paa"]),
            event("e3", date=written("2022-06~"), note="check", quote=reference("quote/q1")),
            event("e4", date_text="one day", people=["person/okafor", "person/reyes"]),
            event("e5", date=written("[1667,1668]")),
        ),
    )
)


def rows_of(export: Export) -> dict[str, list[dict[str, str]]]:
    """Return the cells that are not empty, of each row of each table."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in iterate_rows(export):
        assert set(row.cells) <= set(row.table.columns)
        cells = {name: text for name, text in row.cells.items() if text and name not in table_of_article()}
        found.setdefault(row.table.title, []).append(cells)
    return found


def table_of_article() -> tuple[str, ...]:
    return TABLES[0].columns[-6:]


def test_people_have_all_their_fields() -> None:
    assert rows_of(export_of(WHOLE))["People"] == [
        {
            "kind": "person",
            "ref": "ferry#person/okafor",
            "name": "Lena Okafor",
            "native": "레나",
            "role": "minister",
            "org": "Port Authority",
            "org_ref": "ferry#org/paa",
            "aliases": "Okafor, Lena\nL. O.",
            "note": "new",
            "mentions": "2",
            "quotes": "2",
            "same_as": "wikidata: Q1",
            "other": "age: 50\nborn: 1973",
        },
        {
            "kind": "person",
            "ref": "ferry#person/reyes",
            "name": "Tom Reyes",
            "org": "Herald",
            "mentions": "1",
            "quotes": "1",
        },
        {"kind": "org", "ref": "ferry#org/paa", "name": "Port Authority", "mentions": "0", "quotes": "0"},
        {
            "kind": "place",
            "ref": "ferry#place/arlen",
            "name": "Port Arlen",
            "mentions": "1",
            "quotes": "0",
            "geo": "54.1, 8.2",
        },
        {
            "kind": "source",
            "ref": "ferry#source/an%20official",
            "name": "an official",
            "note": "unnamed",
            "mentions": "0",
            "quotes": "1",
        },
    ]


def test_quotes_say_who_may_be_meant_and_what_is_wrong() -> None:
    found = {row["ref"]: row for row in rows_of(export_of(WHOLE))["Quotes"]}
    assert found["ferry#quote/q1"] == {
        "kind": "quote",
        "ref": "ferry#quote/q1",
        "text": "words",
        "speaker": "Lena Okafor",
        "speaker_ref": "ferry#person/okafor",
        "cue": "told",
        "to": "Tom Reyes",
        "to_ref": "ferry#person/reyes",
        "form": "direct",
        "evidence_status": "found",
        "evidence": "ferry#para/p2:1-8",
        "where": "¶2",
    }
    assert found["ferry#quote/q2"]["evidence_status"] == "not in the article"
    assert found["ferry#quote/q2"]["flaws"] == "text: not in the article"
    assert found["ferry#quote/q3"]["speaker_ref"] == "ferry#person/okafor ferry#person/reyes"
    assert found["ferry#quote/q3"]["flaws"] == "speaker: may be any of 2"
    assert (found["ferry#quote/q3"]["to"], "to_ref" in found["ferry#quote/q3"]) == ("reporters", False)


def test_events_have_their_date_as_written_and_its_bounds() -> None:
    found = {row["ref"][-2:]: row for row in rows_of(export_of(WHOLE))["Timeline"]}
    names = ("date", "earliest", "latest", "date_text", "status", "flaws")
    assert {id: tuple(row.get(name, "") for name in names) for id, row in found.items()} == {
        "e1": ("2017-11/..", "2017-11-01", "", "since then", "happened", ""),
        "e2": ("30 February", "", "", "", "planned", "date: not a valid date"),
        "e3": ("2022-06~", "2022-06-01", "2022-06-30", "", "happened", ""),
        "e4": ("", "", "", "one day", "happened", ""),
        "e5": ("[1667,1668]", "1667-01-01", "1668-12-31", "", "happened", ""),
    }
    assert (found["e1"]["evidence"], found["e1"]["where"]) == ("ferry#para/p1", "¶1")
    assert found["e2"]["targets"] == "ferry#org/paa ferry#place/arlen"
    assert (found["e3"]["note"], found["e3"]["quote"]) == ("check", "ferry#quote/q1")
    assert found["e4"]["people"] == "Lena Okafor\nTom Reyes"


def test_mentions_have_their_words_and_all_that_may_be_meant() -> None:
    double = article(
        "Krone and Krone spoke.",
        people=(person("a", "Ann Krone"), person("b", "Bo Krone"), person("c", "Cy", stated=["para/p1"])),
    )
    assert rows_of(export_of(double))["Mentions"] == [
        {"kind": "mention", "ref": "ferry#para/p1", "name": "Cy", "targets": "ferry#person/c"},
        *[
            {
                "kind": "mention",
                "ref": f"ferry#para/p1:{start}-{start + 5}",
                "text": "Krone",
                "name": "Ann Krone\nBo Krone",
                "targets": "ferry#person/a ferry#person/b",
            }
            for start in (0, 10)
        ],
    ]


def test_what_an_event_names_is_told_from_what_the_file_says() -> None:
    (bundled,) = [one for one in list_articles() if one.events and not any(event.found for event in one.events)][:1]
    found = [row for one in list_articles() for row in rows_of(export_of(one)).get("Timeline", []) if "found" in row]
    assert found
    assert all("targets" not in row and "people" not in row for row in found)
    assert not any("found" in row for row in rows_of(export_of(bundled))["Timeline"])


def test_notes_are_rows_of_their_own() -> None:
    notes = [make_placed_note("=mine\n#tag", "No toll", ref("para/p2:1-8")), make_placed_note("", "gone")]
    assert rows_of(export_of(WHOLE, notes=notes))["Notes"] == [
        {
            "kind": "note",
            "ref": "ferry#para/p2:1-8",
            "text": "No toll",
            "reader_note": "=mine\n#tag",
            "made": "2026-11-28T14:05:00Z",
            "placement": "as it was",
        },
        {"kind": "note", "text": "gone", "made": "2026-11-28T14:05:00Z", "placement": "not in the article"},
    ]


def test_every_row_tells_the_article() -> None:
    expected = {
        "article": "ferry",
        "headline": "Ferry, pact “signed”",
        "published": "2023-04-12",
        "outlet": "Herald",
        "url": "https://example.org/a",
        "lang": "en",
    }
    for row in iterate_rows(export_of(WHOLE, notes=[make_placed_note("x")])):
        assert {name: row.cells[name] for name in table_of_article()} == expected


def test_texts_are_counted_as_left_out() -> None:
    exported = export_of(WHOLE)
    rows_of(exported)
    (message,) = exported.omissions.messages()
    assert message.endswith(" texts left out: the tables are of people, quotes, events and mentions")


@pytest.mark.parametrize("one", list_articles(), ids=lambda one: one.ref.article)
def test_the_tables_have_what_the_screen_shows(one: Article) -> None:
    links = Links.of(one)
    panes = make_panes(one, links)
    shown = {str(entry.ref): entry for pane in ("people", "quotes", "timeline") for entry in panes[pane]}
    rows: list[TableRow] = list(iterate_rows(export_of(one)))
    found = {row.cells["ref"]: row.cells for row in rows if row.table.title in ("People", "Quotes", "Timeline")}
    assert found.keys() == shown.keys()
    for address, entry in shown.items():
        told = "\n".join(found[address].values())
        # A short date, and a time, are told by the date as written; several aliases stand on lines of their own.
        parts = [
            part for part in entry.parts if part.name not in ("date", "time", "edtf", "full_date", "aliases", "quote")
        ]
        assert [part for part in parts if part.text not in told] == []
        assert found[address].get("date", "") == (entry.date.edtf if entry.date else "")
    mentions = [row.cells for row in rows if row.table.title == "Mentions"]
    for entry in panes["people"]:
        count = sum(str(entry.ref) in cells["targets"].split() for cells in mentions)
        assert found[str(entry.ref)]["mentions"] == str(count) == str(links.count_mentions(entry.ref))


def test_csv_is_one_table_with_lines_that_end_as_rfc_4180_says() -> None:
    written_out = write_bytes("csv", export_of(WHOLE, article_of_cells(), notes=[make_placed_note("a\nb")])).decode()
    assert written_out.startswith("kind,ref,text,name,")
    header, *rows = csv.reader(io.StringIO(written_out, newline=""), strict=True)
    assert len(set(header)) == len(header)
    assert {name for table in TABLES for name in table.columns} == set(header)
    assert {len(row) for row in rows} == {len(header)}
    kinds = [row[0] for row in rows]
    assert set(kinds) == {"person", "org", "place", "source", "quote", "event", "mention", "note"}
    assert written_out.endswith("\r\n")
    assert [row[2] for row in rows if row[1].startswith("cells#quote")] == list(CELLS)


def test_csv_of_nothing_is_the_header() -> None:
    assert write_bytes("csv", export_of()).count(b"\r\n") == 1


def test_an_entry_that_the_article_does_not_have_is_told_by_its_parts() -> None:
    (exported,) = export_of(WHOLE).articles
    strange = [entry for entry in exported.entries if entry.ref.kind in ("person", "quote")]
    moved = tuple(replace(entry, ref=Ref("other", entry.ref.kind, entry.ref.id)) for entry in strange)
    rows = rows_of(export_of()._replace(articles=[exported._replace(entries=moved)]))
    assert rows["People"][0]["name"] == "Lena Okafor"
    assert rows["Quotes"][0]["speaker"] == "Lena Okafor"


@pytest.mark.parametrize("form", [form for form in FORMATS if form.name in ("csv", "xlsx", "csl", "biblatex")])
def test_articles_are_read_one_by_one_and_not_kept(form: ExportFormat) -> None:
    if form.missing:
        pytest.skip(form.missing)
    made: list[weakref.ref[Article]] = []

    def exported() -> Iterator[ExportedArticle]:
        for number in range(20):
            (one,) = export_of(cite(number, people=(person("okafor", "Lena Okafor"),))).articles
            made.append(weakref.ref(one.article))
            yield one
            del one
            gc.collect()
            # The one that was just written may still be held by the loop that writes.
            assert sum(article() is not None for article in made) <= 1

    # What other tests made is not looked at again by each collection.
    gc.collect()
    gc.freeze()
    try:
        write_bytes(form.name, export_of()._replace(articles=exported()))
    finally:
        gc.unfreeze()
    assert len(made) == 20
