"""Tests of the JSON for TimelineJS besides the dates."""

import json
from pathlib import Path
from typing import Any

import pytest
from exported_timelines import HOSTILE, add_notes, make_export, run_format, write_article, write_events


def timeline(*articles: Path) -> Any:
    return json.loads(run_format("timelinejs", make_export(articles, ["event"])))


def test_a_slide_has_address_date_and_text(tmp_path: Path) -> None:
    article = write_article(
        tmp_path, timeline=[{"date": "2023-06~", "date_text": "by June", "what": "Quay ready", "status": "planned"}]
    )
    made = timeline(article)
    assert made["scale"] == "human"
    assert made["events"] == [
        {
            "unique_id": "ferry#event/e1",
            "start_date": {"year": 2023, "month": 6, "day": 1},
            "end_date": {"year": 2023, "month": 6, "day": 30},
            "display_date": "about June 2023",
            "text": {
                "headline": "Quay ready (planned)",
                "text": "<p>date: about June 2023 (2023-06~)</p>\n<p>date in the article: by June</p>\n"
                "<p>status: planned</p>\n<p>source: “Ferry pact signed”, ferry#event/e1</p>",
            },
            "autolink": False,
        }
    ]
    assert made["title"] == {
        "unique_id": "title",
        "text": {"headline": "Ferry pact signed", "text": ""},
        "autolink": False,
    }


def test_texts_are_escaped(tmp_path: Path) -> None:
    events = [{"date": "2023", "what": text, "date_text": text} for text in HOSTILE]
    undated = [{"date_text": text, "what": text} for text in HOSTILE]
    made = timeline(write_article(tmp_path, headline=HOSTILE[1], timeline=[*events, *undated]))
    texts = [made["title"]["text"], *(one["text"] for one in made["events"])]
    assert len(texts) == 1 + len(HOSTILE)
    for one in texts:
        assert "<" not in one["headline"]
        left = one["text"]
        for tag in ("p", "ul", "li"):
            left = left.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        assert "<" not in left


def test_the_id_of_a_caption_is_escaped(tmp_path: Path) -> None:
    made = timeline(
        write_article(
            tmp_path,
            media=[{"id": "<b>", "caption": "The quay."}],
            timeline=[{"date": "2023", "what": "Quay ready", "at": "media:<b>"}],
        )
    )
    assert "<p>caption &lt;b&gt;: The quay. " in made["events"][0]["text"]["text"]


def test_events_without_a_beginning_stand_in_the_title(tmp_path: Path) -> None:
    events = [
        {"date": "../2017", "what": "a"},
        {"date_text": "one day", "what": "b"},
        {"date": "soon", "what": "c", "status": "denied"},
        {"date": "2023", "what": "d"},
    ]
    export = make_export([write_article(tmp_path, timeline=events)])
    made = json.loads(run_format("timelinejs", export))
    assert [one["unique_id"] for one in made["events"]] == ["ferry#event/e4"]
    assert made["title"]["text"]["text"] == (
        "<p>Not on the line:</p>\n<ul><li>until 2017: a</li><li>undated: b</li>"
        "<li>soon (not a valid date): c (denied)</li></ul>"
    )
    assert set(export.omissions.messages()) == {
        "2 entries left out: TimelineJS holds events only",
        "1 event on the title slide only: the date has no beginning",
        "2 events on the title slide only: without a date that can be read",
    }


def test_a_timeline_without_a_slide_is_counted(tmp_path: Path) -> None:
    export = make_export([write_events(tmp_path, ["../2017"])], ["event"])
    assert json.loads(run_format("timelinejs", export))["events"] == []
    assert export.omissions.messages() == (
        "1 event on the title slide only: the date has no beginning",
        "1 timeline without a slide for an event: TimelineJS shows an error in its place",
    )


def test_events_of_several_articles(tmp_path: Path) -> None:
    articles = [write_events(tmp_path, ["2023", "2022"], name=name) for name in ("a", "b")]
    ids = [one["unique_id"] for one in timeline(*articles)["events"]]
    assert ids == ["a#event/e2", "a#event/e1", "b#event/e2", "b#event/e1"]


def test_notes_on_events_stand_in_their_slides(tmp_path: Path) -> None:
    export = add_notes(make_export([write_events(tmp_path, ["2023"])]), ("event/e1", "ask <her>"), ("para/p1", "x"))
    (slide,) = json.loads(run_format("timelinejs", export))["events"]
    assert slide["text"]["text"].endswith("<p>note by the reader: ask &lt;her&gt; (on “marked words”)</p>")
    assert "1 note left out: TimelineJS holds those on events only" in export.omissions.messages()


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://example.org/?a&b", '<a href="https://example.org/?a&amp;b">https://example.org/?a&amp;b</a>'),
        ('http://x/"><b>', '<a href="http://x/&quot;&gt;&lt;b&gt;">http://x/&quot;&gt;&lt;b&gt;</a>'),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_the_source_is_a_link(tmp_path: Path, url: str, source: str) -> None:
    (slide,) = timeline(write_events(tmp_path, ["2023"], url=url))["events"]
    assert f"<p>source: “Ferry pact signed”, {source}</p>" in slide["text"]["text"]
