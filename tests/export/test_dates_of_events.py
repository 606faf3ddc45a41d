"""Tests of what the formats of timelines make of every form of a date, and of what they count as lost."""

import json
import re
from pathlib import Path

import pytest
from exported_timelines import FORMS_OF_DATES, make_export, run_format, write_events

from dossier.core.dates.edtf import parse_date
from dossier.export.certain_dates import convert_to_utc, explain_vagueness, split_clock

# The date; what TimelineJS, FollowTheMoney and a calendar have of it; after "!" what is counted as lost.
TABLE = """
    2023-01-29 | 2023-1-29 | on 2023-01-29 | 20230129 20230130
    2023-01 | 2023-1-1 2023-1-31 | on 2023-01 | 20230101 20230201 !span
    2006 | 2006-1-1 2006-12-31 | on 2006 | 20060101 20070101 !span
    2022-12~ | 2022-12-1 2022-12-31 | !about | !about
    2022-12? | 2022-12-1 2022-12-31 | !about | !about
    2022-12% | 2022-12-1 2022-12-31 | !about | !about
    201X | 2010-1-1 2019-12-31 | !digits | !digits
    2022-XX | 2022-1-1 2022-12-31 | !digits | !digits
    2022-21 | 2022-3-1 2022-5-31 | !season | 20220301 20220601 !span
    2022-24 | 2022-12-1 2023-2-28 | !season | 20221201 20230301 !span
    2022-33 | 2022-1-1 2022-3-31 | !season | 20220101 20220401 !span
    2022-36 | 2022-10-1 2022-12-31 | !season | 20221001 20230101 !span
    2022-40 | 2022-1-1 2022-6-30 | !season | 20220101 20220701 !span
    2022-41 | 2022-7-1 2022-12-31 | !season | 20220701 20230101 !span
    2022-06-29/2022-06-30 | 2022-6-29 2022-6-30 | from 2022-06-29 to 2022-06-30 | 20220629 20220701
    2017-11/.. | 2017-11-1 !no-end | from 2017-11 | !open
    ../2017 | !no-beginning | to 2017 | !open
    2017-11/ | 2017-11-1 !no-end | from 2017-11 | !open
    /2017 | !no-beginning | to 2017 | !open
    2023-04-12T09:30 | 2023-4-12T9:30:0.0 | on 2023-04-12 !no-zone | 20230412T093000
    2023-04-12T09:30+02:00 | 2023-4-12T9:30:0.0 !zone | on 2023-04-12T07:30 | 20230412T073000Z
    2023-04-12T00:30:15+02:00 | 2023-4-12T0:30:15.0 !zone | on 2023-04-11T22:30:15 | 20230411T223015Z
    2023-04-12 23:30Z | 2023-4-12T23:30:0.0 !zone | on 2023-04-12T23:30 | 20230412T233000Z
    2023-04-12T09:30Z/2023-04-12T11:00Z | 2023-4-12T9:30:0.0 2023-4-12T11:0:0.0 !zone \
        | from 2023-04-12T09:30 to 2023-04-12T11:00 | 20230412T093000Z 20230412T110000Z
    2023-04-12T09:30/2023-04-13 | 2023-4-12T9:30:0.0 2023-4-13 \
        | from 2023-04-12 to 2023-04-13 !no-zone | 20230412 20230414 !no-time
    156X-12-25 | 1560-12-25 1569-12-25 | !digits | !digits
    XXXX-12-XX | 0-12-1 9999-12-31 | !digits | !year
    1984-1X | 1984-10-1 1984-12-31 | !digits | !digits
    [1667,1668,1670..1672] | 1667-1-1 1672-12-31 | !set | !set
    {1960,1961-12} | 1960-1-1 1961-12-31 | !set | !set
    [..1984] | !no-beginning | !set | !open
    -0044-03-15 | -44-3-15 | !year | !year
    0044 | 44-1-1 44-12-31 | !year | 00440101 00450101 !span
    Y17000 | 17000-1-1 17000-12-31 | !year | !year
    Y-170000002 | !year | !year | !year
    1950S2 | 1900-1-1 1999-12-31 | !digits | !digits
    Y171010000S3 | !year | !digits | !year
    0000-02 | !year | !year | !year
    9999-12-31 | 9999-12-31 | !year | !year
    2004-06~/2004-08 | 2004-6-1 2004-8-31 | !about | !about
    2021-06-30T23:00:00.25Z | 2021-6-30T23:0:0.250 !zone \
        | on 2021-06-30T23:00:00 !fraction | 20210630T230000Z !fraction
    ?2004-06-11 | 2004-6-11 | !about | !about
    2023-04-12T23:00+14:00/2023-04-12T10:00-10:00 | 2023-4-12 !zone \
        | from 2023-04-12T09:00 to 2023-04-12T20:00 | 20230412T090000Z 20230412T200000Z
    2022-01-01T00:30+02:00 | 2022-1-1T0:30:0.0 !zone | on 2021-12-31T22:30 | 20211231T223000Z
    1000 | 1000-1-1 1000-12-31 | on 1000 | 10000101 10010101 !span
    2999-12-31 | 2999-12-31 | on 2999-12-31 | 29991231 30000101
    0999 | 999-1-1 999-12-31 | !year | 09990101 10000101 !span
"""
DRAWN = {
    "no-beginning": "on the title slide only: the date has no beginning",
    "year": "on the title slide only: TimelineJS cannot draw such a date",
    "no-end": "drawn without an end: the date has none",
    "zone": "drawn without its time zone, which only the text has",
}
RECORDED = {
    "about": "written in words only: the date is approximate or uncertain",
    "digits": "written in words only: digits of the date are not known",
    "season": "written in words only: FollowTheMoney has no seasons, quarters and halves",
    "set": "written in words only: the date is a set of dates",
    "year": "written in words only: FollowTheMoney has the years 1000 to 2999 only",
    "no-zone": "written without the time: its zone is not known",
    "fraction": "written without fractions of a second",
}
SCHEDULED = {
    "about": "left out: the date is approximate or uncertain",
    "digits": "left out: digits of the date are not known",
    "open": "left out: the date is open, or an end of it is unknown",
    "set": "left out: the date is a set of dates",
    "year": "left out: a calendar has the days from 0001-01-01 to 9999-12-30 only",
    "span": "written from the first to the last day of its period",
    "no-time": "written without the time: a calendar needs one for both ends, in comparable zones",
    "fraction": "written without fractions of a second",
}
ROWS = [
    tuple(cell.strip() for cell in re.split(r"\s+\|\s+", line.strip() + " ")) for line in TABLE.strip().splitlines()
]


def expected(cell: str, noun: str, reasons: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return what is written, and the message about what is lost."""
    written, _, reason = cell.partition("!")
    return written.strip(), ((f"1 {noun} {reasons[reason]}",) if reason else ())


def drawn(folder: Path, date: str, **fields: object) -> tuple[str, tuple[str, ...]]:
    """Return the ends of an event with this date in TimelineJS, and the messages."""
    export = make_export([write_events(folder, [date, "2001-01-01"], **fields)], ["event"])
    slides = json.loads(run_format("timelinejs", export))["events"]
    found = [one for one in slides if one["unique_id"] == "ferry#event/e1"]
    ends = [one[end] for one in found for end in ("start_date", "end_date") if end in one]
    return " ".join(map(written_point, ends)), export.omissions.messages()


def written_point(point: dict[str, int]) -> str:
    assert all(type(number) is int for number in point.values())
    time = "T{hour}:{minute}:{second}.{millisecond}" if "hour" in point else ""
    return f"{{year}}-{{month}}-{{day}}{time}".format(**point)


def recorded(folder: Path, date: str, **fields: object) -> tuple[str, tuple[str, ...]]:
    """Return the dates of an event with this date in FollowTheMoney, and the messages."""
    export = make_export([write_events(folder, [date], **fields)], ["event"])
    entities = map(json.loads, run_format("ftm", export).splitlines())
    properties = next(entity["properties"] for entity in entities if entity["schema"] == "Event")
    assert date in properties["description"][0]
    names = {"date": "on", "startDate": "from", "endDate": "to"}
    ends = [f"{word} {properties[name][0]}" for name, word in names.items() if name in properties]
    return " ".join(ends), export.omissions.messages()


def scheduled(folder: Path, date: str, **fields: object) -> tuple[str, tuple[str, ...]]:
    """Return the ends of an event with this date in a calendar, and the messages."""
    export = make_export([write_events(folder, [date], **fields)], ["event"])
    ends = re.findall(r"^DT(?:START|END)(?:;VALUE=DATE)?:(.*)\r$", run_format("icalendar", export), re.MULTILINE)
    return " ".join(ends), export.omissions.messages()


def test_the_table_has_every_form() -> None:
    assert tuple(row[0] for row in ROWS) == FORMS_OF_DATES


@pytest.mark.parametrize(("date", "cell"), [(row[0], row[1]) for row in ROWS])
def test_timelinejs(tmp_path: Path, date: str, cell: str) -> None:
    assert drawn(tmp_path, date) == expected(cell, "event", DRAWN)


@pytest.mark.parametrize(("date", "cell"), [(row[0], row[2]) for row in ROWS])
def test_follow_the_money(tmp_path: Path, date: str, cell: str) -> None:
    assert recorded(tmp_path, date) == expected(cell, "date", RECORDED)


@pytest.mark.parametrize(("date", "cell"), [(row[0], row[3]) for row in ROWS])
def test_calendar(tmp_path: Path, date: str, cell: str) -> None:
    assert scheduled(tmp_path, date) == expected(cell, "event", SCHEDULED)


@pytest.mark.parametrize(
    ("date", "drawing", "record", "schedule"),
    [
        ("2023-04-12T09:30", "2023-4-12T9:30:0.0", "on 2023-04-12T07:30", "20230412T073000Z"),
        ("2023-04-12T00:30", "2023-4-12T0:30:0.0", "on 2023-04-11T22:30", "20230411T223000Z"),
        (
            "2023-04-12T09:30/2023-04-12T10:00Z",
            "2023-4-12",
            "from 2023-04-12T07:30 to 2023-04-12T10:00",
            "20230412T073000Z 20230412T100000Z",
        ),
    ],
)
def test_a_time_without_a_zone_has_that_of_the_publication(
    tmp_path: Path, date: str, drawing: str, record: str, schedule: str
) -> None:
    published = "2023-04-13T08:00+02:00"
    assert drawn(tmp_path, date, published=published)[0] == drawing
    assert recorded(tmp_path, date, published=published) == (record, ())
    assert scheduled(tmp_path, date, published=published) == (schedule, ())


@pytest.mark.parametrize(
    ("date", "schedule"),
    [
        # One end in UTC, the other in no zone: they cannot be compared.
        ("2023-04-12T09:30/2023-04-12T10:00Z", "20230412 20230413"),
        ("2023-04-12T09:30/2023-04-12T10:00", "20230412T093000 20230412T100000"),
        ("2023-04-12T09:30Z/2023-04-12T09:30Z", "20230412T093000Z"),
    ],
)
def test_intervals_of_times_in_a_calendar(tmp_path: Path, date: str, schedule: str) -> None:
    assert scheduled(tmp_path, date)[0] == schedule


@pytest.mark.parametrize(
    ("date", "home", "day", "clock"),
    [
        ("2023-04-12T00:30+02:00", None, "2023-04-11", (22, 30, 0, 0)),
        ("2022-12-31T23:30:15.5-01:00", None, "2023-01-01", (0, 30, 15, 500_000_000)),
        ("0001-01-01T00:00+01:00", None, "0000-12-31", (23, 0, 0, 0)),
        ("2023-04-12T09:30", 3_600_000_000_000, "2023-04-12", (8, 30, 0, 0)),
    ],
)
def test_convert_to_utc(date: str, home: int | None, day: str, clock: tuple[int, ...]) -> None:
    found = convert_to_utc(parse_date(date).points[0], home)
    assert found
    assert (str(found[0]), split_clock(found[1])) == (day, clock)


def test_a_time_of_no_zone_is_not_converted() -> None:
    assert convert_to_utc(parse_date("2023-04-12T09:30").points[0], None) is None


@pytest.mark.parametrize("date", ["2023", "Y17000", "-0044-03", "2022-21", "2017-11/.."])
def test_certain_dates(date: str) -> None:
    assert explain_vagueness(parse_date(date)) == ""
