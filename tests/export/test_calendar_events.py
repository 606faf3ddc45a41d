"""Tests of calendars: what an event has besides its date, and the lines of the file."""

import re
from pathlib import Path

import pytest
from exported_timelines import HOSTILE, add_notes, make_export, run_format, write_article, write_events

from dossier.export.calendar_events import escape_text, fold_line

OCTETS = 75


def properties(text: str) -> list[tuple[str, str]]:
    """Return the names and values of the lines of a calendar, unfolded."""
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def test_a_calendar_has_the_events_and_says_what_made_it(tmp_path: Path) -> None:
    found = properties(run_format("icalendar", make_export([write_events(tmp_path, ["2023-01-29"])], ["event"])))
    assert found[:2] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")]
    assert re.fullmatch(r"-//dossier//dossier [^/]+//EN", dict(found)["PRODID"])
    assert found[3:] == [
        ("NAME", "Ferry pact signed"),
        ("BEGIN", "VEVENT"),
        ("UID", "dossier:ferry#event/e1"),
        ("DTSTAMP", "20261128T140500Z"),
        ("DTSTART;VALUE=DATE", "20230129"),
        ("DTEND;VALUE=DATE", "20230130"),
        ("SUMMARY", "Event 2023-01-29"),
        (
            "DESCRIPTION",
            "date: 29 January 2023 (2023-01-29)\\nsource: “Ferry pact signed”\\, ferry#event/e1",
        ),
        ("STATUS", "CONFIRMED"),
        ("TRANSP", "TRANSPARENT"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]


def test_the_description_has_all_that_is_known_of_an_event(tmp_path: Path) -> None:
    article = write_article(
        tmp_path,
        body=["It rained. The pact was signed on Tuesday. It holds.", "A whole paragraph; as evidence."],
        url="https://example.org/pact",
        people={"o": "Lena Okafor"},
        orgs={"c": "Council"},
        places={"a": "Port Arlen", "b": "Bridge"},
        quotes=[{"id": "q1", "speaker": "o", "text": "The pact was signed"}],
        timeline=[
            {
                "date": "2023-04-11",
                "date_text": "on Tuesday",
                "what": "Pact signed",
                "status": "planned",
                "people": ["o", "nobody"],
                "orgs": ["c"],
                "places": ["a", "b"],
                "quote": "q1",
                "note": "in the hall",
                "colour": "blue",
                "at": [{"p": "p1", "exact": "signed on Tuesday"}, "p2"],
            }
        ],
    )
    notes = (("event/e1", "ask her"), ("event/e1", ""), ("event/e1", "lost"), ("para/p1", "elsewhere"))
    export = add_notes(make_export([article]), *notes)
    found = dict(properties(run_format("icalendar", export)))
    assert found["DESCRIPTION"].replace("\\,", ",").replace("\\;", ";").split("\\n") == [
        "date: 11 April 2023 (2023-04-11)",
        "date in the article: on Tuesday",
        "status: planned",
        "people: Lena Okafor, nobody (no such entry)",
        "organisations: Council",
        "places: Port Arlen, Bridge",
        "quote: ferry#quote/q1",
        "note: in the hall",
        "other: colour: blue",
        "¶1: The pact was signed on Tuesday. [ferry#para/p1:24-41]",
        "¶2: A whole paragraph; as evidence. [ferry#para/p2]",
        "source: “Ferry pact signed”, https://example.org/pact",
        "address: ferry#event/e1",
        "note by the reader: ask her (on “marked words”)",
        "note by the reader: marked “marked words”",
    ]
    assert found["LOCATION"] == "Port Arlen\\, Bridge"
    assert found["URL"] == "https://example.org/pact"
    assert "2 notes left out: a calendar holds those on events only" in export.omissions.messages()


@pytest.mark.parametrize(
    ("status", "summary", "written"),
    [
        ("happened", "Toll", "CONFIRMED"),
        ("planned", "Toll (planned)", "TENTATIVE"),
        ("alleged", "Toll (alleged)", None),
        ("denied", "Toll (denied)", None),
    ],
)
def test_a_status_stands_in_the_summary(tmp_path: Path, status: str, summary: str, written: str | None) -> None:
    article = write_article(tmp_path, timeline=[{"date": "2023", "what": "Toll", "status": status}])
    found = dict(properties(run_format("icalendar", make_export([article]))))
    assert (found["SUMMARY"], found.get("STATUS")) == (summary, written)


@pytest.mark.parametrize(
    ("url", "is_written"),
    [
        ("https://example.org/a?b=c;d,e#f", True),
        ("urn:isbn:1", True),
        ("", False),
        ("example.org", False),
        ("https://example.org/ä", False),
        ("https://example.org/a b", False),
        ('https://example.org/"', False),
    ],
)
def test_a_url_is_written_if_it_is_one(tmp_path: Path, url: str, is_written: bool) -> None:
    text = run_format("icalendar", make_export([write_events(tmp_path, ["2023"], url=url)]))
    assert ("URL", url) in properties(text) if is_written else "\r\nURL:" not in text


def test_what_is_no_event_or_has_no_date_is_counted(tmp_path: Path) -> None:
    undated, unread = {"date_text": "one day", "what": "a"}, {"date": "soon", "what": "b"}
    export = make_export([write_article(tmp_path, timeline=[undated, unread, {"date": "2023", "what": "c"}])])
    assert run_format("icalendar", export).count("BEGIN:VEVENT") == 1
    assert set(export.omissions.messages()) == {
        "2 entries left out: a calendar holds events only",
        "2 events left out: there is no date that can be read",
        "1 event written from the first to the last day of its period",
    }


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a, b; c\\d", "a\\, b\\; c\\\\d"),
        ("a\nb\r\nc\rd", "a\\nb\\nc\\nd"),
        ("a\x07b\x00c\x7fd\x9fe", "abcde"),
        ("a\u2028b\x85c\x1dd", "a\\nb\\nc\\nd"),
        ("a\tb ", "a b"),
        ("שלום \N{EARTH GLOBE EUROPE-AFRICA} a: \"b\" 'c'", "שלום \N{EARTH GLOBE EUROPE-AFRICA} a: \"b\" 'c'"),
    ],
)
def test_escape_text(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped


@pytest.mark.parametrize(
    "text", ["", "a" * OCTETS, "a" * (OCTETS + 1), "ä" * 200, "🌍" * 100, "ab" + "שלום" * 60, *HOSTILE]
)
def test_fold_line(text: str) -> None:
    pieces = list(fold_line(text))
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == text
    assert all(piece[0] == " " for piece in pieces[1:])
    assert max(len(piece.encode()) for piece in pieces) <= OCTETS
    # No piece is shorter than it must be: the next character is of four octets at most.
    assert all(len(piece.encode()) > OCTETS - 4 for piece in pieces[:-1])


def test_the_order_and_the_uids_are_the_same_in_every_export(tmp_path: Path) -> None:
    articles = [write_events(tmp_path, ["2024", "2023"], name="b"), write_events(tmp_path, ["2022"], name="a")]
    found = [value for name, value in properties(run_format("icalendar", make_export(articles))) if name == "UID"]
    assert found == ["dossier:b#event/e2", "dossier:b#event/e1", "dossier:a#event/e1"]
