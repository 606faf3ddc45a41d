"""The days that each form of EDTF means, the order of dates, and the messages for texts that are not dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.edtf import IntervalShape, parse_date
from dossier.core.dates.instants import make_event_sort_key

BOUNDS = [
    ("2023-01-29", "2023-01-29", "2023-01-29"),
    ("  2023-01-29\n", "2023-01-29", "2023-01-29"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2022-12", "2022-12-01", "2022-12-31"),
    ("2006", "2006-01-01", "2006-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
    ("2023-04-12T09:30", "2023-04-12", "2023-04-12"),
    ("2023-04-12T09:30:00Z", "2023-04-12", "2023-04-12"),
    ("2023-04-12T23:59:59.123+14:00", "2023-04-12", "2023-04-12"),
    ("2023-04-12T00:00-05", "2023-04-12", "2023-04-12"),
    ("2023-06~", "2023-06-01", "2023-06-30"),
    ("2023-06?", "2023-06-01", "2023-06-30"),
    ("2023-06%", "2023-06-01", "2023-06-30"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("1XXX", "1000-01-01", "1999-12-31"),
    ("000X", "0000-01-01", "0009-12-31"),
    ("2022-XX", "2022-01-01", "2022-12-31"),
    ("2022-11-XX", "2022-11-01", "2022-11-30"),
    ("2022-XX-XX", "2022-01-01", "2022-12-31"),
    ("2022-XX-05", "2022-01-05", "2022-12-05"),
    ("2022-XX-31", "2022-01-31", "2022-12-31"),
    ("201X-11", "2010-11-01", "2019-11-30"),
    ("201X-02-29", "2012-02-29", "2016-02-29"),
    ("2022-21", "2022-03-01", "2022-05-31"),
    ("2022-22", "2022-06-01", "2022-08-31"),
    ("2022-23", "2022-09-01", "2022-11-30"),
    ("2022-24", "2022-12-01", "2023-02-28"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2022-33", "2022-01-01", "2022-03-31"),
    ("2022-34", "2022-04-01", "2022-06-30"),
    ("2022-35", "2022-07-01", "2022-09-30"),
    ("2022-36", "2022-10-01", "2022-12-31"),
    ("2022-40", "2022-01-01", "2022-06-30"),
    ("2022-41", "2022-07-01", "2022-12-31"),
    ("2022-06-29/2022-06-30", "2022-06-29", "2022-06-30"),
    ("2022-06~/2022-24?", "2022-06-01", "2023-02-28"),
    ("201X/2022-33", "2010-01-01", "2022-03-31"),
    ("2023/2023-02", "2023-01-01", "2023-02-28"),
    ("2023-02-10/2023-02", "2023-02-10", "2023-02-28"),
    ("2023-04-12T09:30Z/2023-04-12T10:00Z", "2023-04-12", "2023-04-12"),
    ("2017-11/..", "2017-11-01", None),
    ("2017-11/", "2017-11-01", None),
    ("2017-11%/", "2017-11-01", None),
    ("../2017", None, "2017-12-31"),
    ("/2017", None, "2017-12-31"),
    ("../2022-24", None, "2023-02-28"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), BOUNDS)
def test_bounds(edtf: str, earliest: str | None, latest: str | None) -> None:
    found = parse_date(edtf)
    assert found.edtf == edtf.strip()
    assert [day and day.isoformat() for day in (found.earliest, found.latest)] == [earliest, latest]


@pytest.mark.parametrize(
    ("edtf", "shape"),
    [
        ("2017", IntervalShape.DATE),
        ("2017/2018", IntervalShape.SPAN),
        ("2017/..", IntervalShape.OPEN_END),
        ("2017/", IntervalShape.UNKNOWN_END),
        ("../2017", IntervalShape.OPEN_BEGINNING),
        ("/2017", IntervalShape.UNKNOWN_BEGINNING),
    ],
)
def test_open_is_told_from_unknown(edtf: str, shape: IntervalShape) -> None:
    assert parse_date(edtf).shape is shape


@pytest.mark.parametrize(
    ("edtf", "approximate", "uncertain"),
    [
        ("2004-06-11", "", ""),
        ("2004-06-11~", "year month day", ""),
        ("2004-06~", "year month", ""),
        ("2004?", "", "year"),
        ("2004-06%", "year month", "year month"),
        ("2004-06~-11", "year month", ""),
        ("2004?-06-11", "", "year"),
        ("?2004-06", "", "year"),
        ("2004-~06-11", "month", ""),
        ("2004-06-%11", "day", "day"),
        ("2004-~06-?11", "month", "day"),
        ("?2004-06-~11", "day", "year"),
        ("2004?-06-11~", "year month day", "year"),
    ],
)
def test_a_mark_holds_for_its_component_and_behind_it_for_all_to_the_left(
    edtf: str, approximate: str, uncertain: str
) -> None:
    (point,) = parse_date(edtf).points
    assert (" ".join(point.approximate), " ".join(point.uncertain)) == (approximate, uncertain)


def test_each_end_of_an_interval_keeps_its_own_marks() -> None:
    first, last = parse_date("2022-06~/2022-08?").points
    assert (first.approximate, first.uncertain) == (("year", "month"), ())
    assert (last.approximate, last.uncertain) == ((), ("year", "month"))


def test_time_and_zone_are_kept_as_written() -> None:
    (point,) = parse_date("2023-04-12T09:30:15.5+02:00").points
    assert (point.time, point.zone) == ("09:30:15.5", "+02:00")


FAULTS = [
    ("2023-02-29", "29 February 2023 does not exist: 2023 is not a leap year; the last day is 28"),
    ("1900-02-29", "29 February 1900 does not exist: 1900 is not a leap year; the last day is 28"),
    ("2023-02-30", "30 February 2023 does not exist: the last day is 28"),
    ("2024-02-30", "30 February 2024 does not exist: the last day is 29"),
    ("2023-04-31", "31 April 2023 does not exist: the last day is 30"),
    ("201X-04-31", "31 April 201X does not exist: the last day is 30"),
    ("2023-04-12/2023-04-31", "31 April 2023 does not exist: the last day is 30"),
    ("2023-13", "month 13: months run 01 to 12"),
    ("2023-00-01", "month 00: months run 01 to 12"),
    (
        "2023-42",
        "month 42: months run 01 to 12; seasons are 21 to 32, quarters 33 to 36, thirds 37 to 39, halves 40 and 41",
    ),
    ("2023-04-32", "day 32: days run 01 to 31"),
    ("2023-04-00", "day 00: days run 01 to 31"),
    ("2023-XX-32", "day 32: days run 01 to 31"),
    ("2022-4X", "month 4X: no month from 01 to 12 has these digits"),
    ("2022-11-4X", "day 4X: no day from 01 to 31 has these digits"),
    ("2022-02-3X", "day 3X of February 2022 does not exist: the last day is 28"),
    ("XXXX-02-30", "30 February XXXX does not exist: the last day is 29"),
    ("XXX1-02-29", "29 February XXX1 does not exist: the last day is 28"),
    ("1X01-02-29", "29 February 1X01 does not exist: the last day is 28"),
    ("-0000", "year -0000: the year 0 is written 0000"),
    ("Y17000-05", "year Y17000: a year with Y or S takes no month or day"),
    ("1950S2-05", "year 1950S2: a year with Y or S takes no month or day"),
    ("1950S0", "year 1950S0: S is followed by the number of significant digits, 1 or more"),
    ("19XXS2", "year 19XXS2: a year with S takes no X"),
    ("Y2023", "year Y2023: Y is for years of more than four digits; write 2023"),
    ("Y-2E2", "year Y-2E2: Y is for years of more than four digits; write -0200"),
    ("Y1E15", "year Y1E15…: years have at most 15 digits"),
    ("12023-04", "year 12023: a year of more than four digits is written Y12023, and takes no month or day"),
    ("-12023", "year -12023: a year of more than four digits is written Y-12023, and takes no month or day"),
    ("[1667,1670..1668]", "the interval runs backwards: 1670 begins after 1668 ends"),
    ("[1667,..1668]", "..1668 in a set: only the first date may have an open start, and only the last an open end"),
    ("[1667..,1668]", "1667.. in a set: only the first date may have an open start, and only the last an open end"),
    ("{1667..1668-03}", "1667..1668-03 in a set: both dates need the same precision, year, month or day"),
    ("[1667,1668-02-30]", "30 February 1668 does not exist: the last day is 29"),
    (
        "2023-04-12T09:30+02:00/2023-04-12T07:29Z",
        "the interval runs backwards: 2023-04-12T09:30+02:00 begins after 2023-04-12T07:29Z ends",
    ),
    ("2022-21-05", "21 after the year is a season, quarter or half: it takes a full year and no day"),
    ("201X-33", "33 after the year is a season, quarter or half: it takes a full year and no day"),
    ("2023-02/2022-11", "the interval runs backwards: 2023-02 begins after 2022-11 ends"),
    ("2022-24/2022-11", "the interval runs backwards: 2022-24 begins after 2022-11 ends"),
    (
        "2023-04-12T10:00Z/2023-04-12T09:30Z",
        "the interval runs backwards: 2023-04-12T10:00Z begins after 2023-04-12T09:30Z ends",
    ),
    ("2023-04-12T24:00", "time 24:00: hours run 00 to 23, minutes and seconds 00 to 59"),
    ("2023-04-12T09:30:60", "time 09:30:60: hours run 00 to 23, minutes and seconds 00 to 59"),
    ("2023-04-12T09:30+02:60", "zone +02:60: hours run 00 to 23, minutes and seconds 00 to 59"),
    ("2023-04T09:30", "a time needs a day before it, as in 2023-04-12T09:30"),
    ("2023-04-XXT09:30", "a time needs a day before it, as in 2023-04-12T09:30"),
    ("2023-04-12T09:30~", "a date with a time takes no ~, ? or %: leave out the mark or the time"),
    ("2023-04-12?T09:30", "a date with a time takes no ~, ? or %: leave out the mark or the time"),
]
NO_DATE = "the date is missing: write one like 2023-04-12, 2023-04 or 2023, with .. at the open end of an interval"


@pytest.mark.parametrize(("edtf", "message"), [*FAULTS, *((text, NO_DATE) for text in ("", " ", "..", "/", "../.."))])
def test_a_fault_is_named(edtf: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(edtf)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("April 2023", "2023-04"),
        ("Sept. 2023", "2023-09"),
        ("12 April 2023", "2023-04-12"),
        ("12th April, 2023", "2023-04-12"),
        ("April 2nd, 2023", "2023-04-02"),
        ("spring 2022", "2022-21"),
        ("2010s", "201X"),
        ("201x", "201X"),
        ("c. 2006", "2006~"),
        ("about 2023-04", "2023-04~"),
        ("12/04/2023", "2023-04-12 or 2023-12-04, whichever is meant"),
        ("12.4.2023", "2023-04-12 or 2023-12-04, whichever is meant"),
        ("12-04-2023", "2023-04-12 or 2023-12-04, whichever is meant"),
        ("13/04/2023", "2023-04-13"),
        ("04/13/2023", "2023-04-13"),
        ("4.4.2023", "2023-04-04"),
        ("2023/04/12", "2023-04-12"),
        ("2023.04.12", "2023-04-12"),
        ("2023-4-2", "2023-04-02"),
        ("2023-4", "2023-04"),
        ("20230412", "2023-04-12"),
        ("202304", "2023-04"),
        ("2023/04", "2023-04"),
        ("2022/23", "2022/2023"),
        ("2010/11", "2010-11 or 2010/2011, whichever is meant"),
        ("2022-06-29/30", "2022-06-29/2022-06-30"),
        ("2022-2023", "2022/2023"),
        ("2022 \N{EN DASH} 2023", "2022/2023"),
        ("2022-06 to 2022-08", "2022-06/2022-08"),
        ("2022 / 2023", "2022/2023"),
        ("2023\N{NON-BREAKING HYPHEN}04\N{NON-BREAKING HYPHEN}12", "2023-04-12"),
        ("2023-04-12 09:30 +02:00", "2023-04-12T09:30+02:00"),
        ("2023-04-12 09:30:00 +0200", "2023-04-12T09:30:00+02:00"),
        ("2023-04-12t09:30z", "2023-04-12T09:30Z"),
        ("2023-04-12T09:30:00.5+0200", "2023-04-12T09:30:00.5+02:00"),
        ("last December", "it like 2023-04-12, 2023-04 or 2023"),
        ("30/02/2023", "it like 2023-04-12, 2023-04 or 2023"),
        ("12/04/23", "it like 2023-04-12, 2023-04 or 2023"),
        ("Ma 2023", "it like 2023-04-12, 2023-04 or 2023"),
        ("2022/2023/2024", "it like 2023-04-12, 2023-04 or 2023"),
    ],
)
def test_a_foreign_spelling_is_answered_with_the_likely_form(text: str, write: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert str(caught.value) == f"'{text}' is not EDTF: write {write}, or put the words in date_text"


def test_only_the_faulty_end_of_an_interval_is_quoted() -> None:
    with pytest.raises(DateError, match=r"^'April 2023' is not EDTF: write 2023-04, or"):
        parse_date("2022/April 2023")


@pytest.mark.parametrize("text", ["[1667, 1668]/1670", "1660/[1667, 1668]", "{1667}/..", "../{1667}", "{1667}/[1668]"])
def test_a_set_is_no_end_of_an_interval(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    message = f"'{text}' is no interval: both ends must be dates, and what is in [ ] or {{ }} is a set of dates"
    assert str(caught.value) == message


def test_digits_of_other_scripts_are_no_digits() -> None:
    with pytest.raises(DateError, match="is not EDTF"):
        parse_date("\N{FULLWIDTH DIGIT TWO}023")


@pytest.mark.parametrize(
    "text", ["2" * 100_000, "/" * 100_000, "2023-04-12T09:30:00." + "1" * 100_000, "Y" + "9" * 9_999]
)
def test_a_long_text_gets_a_short_answer(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert len(str(caught.value)) < 160


def test_dates_sort_by_earliest_then_latest_then_position_and_no_date_comes_last() -> None:
    ordered = ["/2017", "../2022", "0001", "2006", "2017-11", "2017-11~", "2017-11/2018", "2017-11/..", "2017-12", None]
    keys = [make_event_sort_key(parse_date(edtf) if edtf else None, position) for position, edtf in enumerate(ordered)]
    assert keys == sorted(keys)
    assert len({key[:3] for key in keys}) == len(keys) - 1, "only the mark ~ leaves two of them equal but for position"


def test_the_position_decides_among_equals() -> None:
    assert make_event_sort_key(parse_date("2023"), 4) < make_event_sort_key(parse_date("2023?"), 5)
    assert make_event_sort_key(None, 4) < make_event_sort_key(None, 5)


DATELIKE = st.from_regex(
    r"\A(\.\.|[~?]?[0129X][09X]{3}(-[~?]?[0-4X][0-9X][~?%]?(-[0-3X][0-9X][~?%]?(T[0-2][0-9]:[0-6]0Z?)?)?)?)?"
    r"(/(\.\.|[0129X][09X]{3}(-[0-4X][0-9X](-[0-3X][0-9X])?[~?%]?)?)?)?\Z"
)


@given(st.text() | st.text("0123456789-/.XT:~?% aprst", max_size=24) | DATELIKE)
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        found = parse_date(text)
    except DateError:
        return
    assert parse_date(found.edtf) == found
    assert found.earliest or found.latest
    assert not (found.earliest and found.latest) or found.earliest <= found.latest
