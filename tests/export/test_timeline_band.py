"""Tests of the timeline as a drawing: where bars and labels are, and what the caption says of the others."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.edtf import parse_date
from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.export.timeline_band import WIDTH, PlacedEvent, TimeScale, draw_band, place_events

DATES = st.sampled_from(
    [
        "2006",
        "2022",
        "2022-12",
        "2022-12-03",
        "2023-01-29/2023-01-30",
        "202X",
        "1960/..",
        "../2017",
        "/2020",
        "-0044-03-15",
        "{2023-01, 2023-07}",
        "2023-01-29T10:00",
        "Y170000002",
        "Y-17E7",
        "0000",
        "9999-12-31",
        "2022-21",
        "[..2020]",
    ]
)
TEXTS = st.sampled_from(
    ["x", "The council of Arlen pays for the quay, and nobody asks why", "افتتاح الرصيف في الصيف", "漢字" * 30]
)


def event(number: int, date: str = "", what: str = "", status: str = "happened") -> Entry:
    parts = (Part("date", date or "undated"), Part("text", what or f"event {number}"))
    return Entry(Ref("a", "event", f"e{number}"), parts, 1, date=parse_date(date) if date else None, status=status)


def place(events: list[Entry]) -> list[PlacedEvent]:
    days = [one.date for one in events if one.date]
    edges = {
        day.toordinal() + extra for date in days for day in (date.earliest, date.latest) if day for extra in (0, 1)
    }
    return place_events(events, TimeScale(edges))


def drawn(*events: Entry) -> str:
    return "".join(draw_band(events, {one.ref: f"event-{one.ref.id}" for one in events}, ""))


@given(st.lists(st.tuples(DATES, TEXTS), min_size=1, max_size=40))
def test_bars_and_labels_never_overlap_nor_leave_the_drawing(given_events: list[tuple[str, str]]) -> None:
    placed = place([event(number, *one) for number, one in enumerate(given_events)])
    for one in placed:
        left, right = one.extent
        assert left >= -0.01
        assert right <= WIDTH + 0.01
        for other in placed:
            if other is not one and other.row == one.row:
                assert other.extent[0] > right or other.extent[1] < left


@given(st.lists(st.integers(-(10**15), 10**15), min_size=2, max_size=30, unique=True))
def test_the_scale_keeps_the_order_of_days(days: list[int]) -> None:
    scale = TimeScale(days)
    places = [scale.place(day) for day in sorted(days)]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < WIDTH


def test_a_bar_is_as_wide_as_what_the_date_may_mean() -> None:
    placed = {
        one.entry.ref.id: one.right - one.left
        for one in place([event(1, "2022"), event(2, "2022-03"), event(3, "2022-03-04")])
    }
    assert placed["e1"] > placed["e2"] > placed["e3"] > 0


def test_every_status_is_told_apart_without_colour() -> None:
    text = drawn(
        event(1, "2022"),
        event(2, "2023", status="planned"),
        event(3, "2023", status="alleged"),
        event(4, "2023", status="denied"),
    )
    assert 'class="bar planned"' in text
    assert 'class="bar alleged"' in text
    assert "url(#hatch)" in text
    assert text.count('class="strike"') == 1
    assert "? event 3" in text
    assert "¬ event 4" in text
    assert "planned events are hollow, alleged ones hatched, denied ones dashed and struck through." in text


def test_only_what_is_drawn_is_explained() -> None:
    text = drawn(event(1, "2022"))
    assert "hollow" not in text
    assert "only in the list" not in text


def test_events_without_dates_are_counted_and_not_drawn() -> None:
    text = drawn(event(1, "2022"), event(2), event(3))
    assert text.count('class="bar') == 1
    assert "2 events without a date to draw: only in the list." in text


def test_no_date_no_drawing() -> None:
    assert drawn(event(1), event(2)) == ""


def test_events_without_room_are_counted() -> None:
    text = drawn(
        *(event(number, "2022-01-01", "the same day in every one of them, all at once") for number in range(1, 200))
    )
    assert text.count('class="bar') == 80
    assert "119 events without room here: only in the list." in text


@pytest.mark.parametrize(("date", "sign"), [("1960/..", "▸"), ("../1960", "◂"), ("1960/", "?"), ("/1960", "?")])
def test_open_and_unknown_ends_have_a_sign(date: str, sign: str) -> None:
    text = drawn(event(1, date), event(2, "1961"))
    assert f">{sign}</text>" in text
    assert 'class="bar happened unbounded"' in text


def test_a_set_has_a_bar_for_each_date() -> None:
    text = drawn(event(1, "{2023-01, 2023-07}"))
    assert text.count('<rect class="bar') == 2
    assert text.count('class="join"') == 1


def test_dates_above_the_drawing_do_not_overlap() -> None:
    text = drawn(*(event(year, f"{year}-0{year % 9 + 1}") for year in range(1990, 2024)))
    ends = sorted(
        (float(x), float(x) + len(label) * 6.9)
        for x, label in re.findall(r'class="date" x="([\d.]+)" y="12">([^<]*)', text)
    )
    assert len(ends) > 5
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(ends))


def test_bars_lead_to_the_list() -> None:
    assert '<a href="#event-e1"><title>2022 event 1</title>' in drawn(event(1, "2022"))


def test_texts_are_escaped() -> None:
    assert "&lt;b&gt; &amp; c" in drawn(event(1, "2022", "<b> & c"))
