"""The order of dates with times of day, and what is later than a publication."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.days import SECOND, Day, count_years, day_from_ordinal, read_clock, read_zone
from dossier.core.dates.edtf import parse_date
from dossier.core.dates.instants import (
    begins_after_publication,
    convert_to_home,
    count_day_numbers,
    find_earliest_moment,
    find_home_zone,
    find_latest_moment,
    make_event_sort_key,
    number_moment,
)
from dossier.core.dates.words import format_date, format_short_clock


@pytest.mark.parametrize(
    ("time", "seconds"),
    [("00:00", 0), ("09:30", 34_200), ("23:59:59", 86_399), ("09:30:15.5", 34_215.5), ("00:00:00,000000001", 1e-9)],
)
def test_a_time_of_day(time: str, seconds: float) -> None:
    assert read_clock(time) == round(seconds * SECOND)


@pytest.mark.parametrize(("zone", "hours"), [("", None), ("Z", 0), ("+02:00", 2), ("-05", -5), ("-04:30", -4.5)])
def test_a_zone(zone: str, hours: float | None) -> None:
    assert read_zone(zone) == (None if hours is None else hours * 3_600 * SECOND)


@pytest.mark.parametrize(
    ("published", "ordered"),
    [
        (
            "2023-04-12T20:00-05:00",
            [
                "../2023-04-12",
                "2023-04-11T23:59",
                "2023-04-12",
                "2023-04-12/2023-04-13",
                "2023-04-12T00:00",
                "2023-04-12T09:30",
                "2023-04-12T10:05",
                "2023-04-12T10:05/2023-04-12T11:40",
                "2023-04-12T10:05/..",
                "2023-04-13T00:06+09:00",
                "2023-04-12T15:07Z",
                "2023-04-12T10:07:01",
                "2023-04-12T10:07:01.5",
                "2023-04-13T09:00+09:00",
                "2023-04-12T22:00",
                "2023-04-13",
                "2023-04-13T00:00",
            ],
        ),
        ("2023-04-12", ["2023-04-12", "2023-04-12T09:30+02:00", "2023-04-12T08:00", "2023-04-12T09:00Z"]),
        ("2023-04-12", ["2023-04-12T23:00-05:00", "2023-04-13", "2023-04-13T00:30+09:00", "2023-04-13T00:30"]),
    ],
)
def test_times_follow_one_another_within_a_day(published: str, ordered: list[str]) -> None:
    home = find_home_zone(parse_date(published))
    keys = [make_event_sort_key(parse_date(edtf), 0, home) for edtf in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("event", "published", "later"),
    [
        ("2023-04-13T09:00+09:00", "2023-04-12T20:00-05:00", False),
        ("2023-04-13T10:00+09:00", "2023-04-12T20:00-05:00", False),
        ("2023-04-13T10:01+09:00", "2023-04-12T20:00-05:00", True),
        ("2023-04-12T20:01", "2023-04-12T20:00-05:00", True),
        ("2023-04-12T20:00", "2023-04-12T20:00-05:00", False),
        ("2023-04-12", "2023-04-12T20:00-05:00", False),
        ("2023-04-13", "2023-04-12T20:00-05:00", True),
        ("2023-04-12T23:00", "2023-04-12", False),
        ("2023-04-13T00:30+09:00", "2023-04-12", True),
        ("2023-04", "2023-04-12", False),
        ("2023-05/..", "2023-04-12", True),
        ("../2023-05", "2023-04-12", False),
        ("2023-05", "2023-04-12/..", False),
        ("[2023-04-12, 2023-05]", "2023-04-12", False),
        ("Y20230", "2023-04-12", True),
        ("-0044", "2023-04-12", False),
    ],
)
def test_what_is_later_than_a_publication(event: str, published: str, later: bool) -> None:
    assert begins_after_publication(parse_date(event), parse_date(published)) is later
    assert not begins_after_publication(None, parse_date(published))
    assert not begins_after_publication(parse_date(event), None)


@pytest.mark.parametrize(
    ("edtf", "clock"),
    [
        ("2023-04-12", ""),
        ("2023-04-12T09:30", "09:30"),
        ("2023-04-12T09:30:00.5", "09:30"),
        ("2023-04-12T09:30:15", "09:30:15"),
        ("2023-04-12T09:30+02:00", "09:30"),
        ("2023-04-12T09:30+09:00", "09:30+09:00"),
        ("2023-04-12T09:30Z", "09:30Z"),
        ("2023-04-12T10:05/2023-04-12T11:40", "10:05–11:40"),
        ("2023-04-12T10:05Z/2023-04-12T11:40Z", "10:05–11:40Z"),
        ("2023-04-12T01:05Z/2023-04-12T11:40+09:00", "01:05Z–11:40+09:00"),
        ("2023-04-12T10:05/2023-04-12T10:05", "10:05"),
        ("2023-04-12T10:05/2023-04-13", "from 10:05"),
        ("2023-04-12/2023-04-13T10:05", "until 10:05"),
        ("2023-04-12T10:05/..", "from 10:05"),
        ("2023-04-12T10:05/", "from 10:05"),
        ("../2023-04-12T10:05", "until 10:05"),
        ("[2023-04-12T10:05,2023-04-13]", ""),
    ],
)
def test_a_time_in_short(edtf: str, clock: str) -> None:
    assert format_short_clock(parse_date(edtf), read_zone("+02:00")) == clock


@pytest.mark.parametrize(
    ("edtf", "published", "words"),
    [
        ("2023-04-13T09:00+09:00", "2023-04-12T20:00-05:00", "12 April 2023, 19:00 UTC-05:00"),
        ("2023-04-12T20:15:30Z", "2023-04-12T20:00+05:30", "13 April 2023, 01:45:30 UTC+05:30"),
        ("2023-04-12T23:00Z/2023-04-13", "2023-04-12T20:00+02:00", "13 April 2023, 01:00 UTC+02:00 to 13 April 2023"),
        ("2023-04-12T20:00-05", "2023-04-12T20:00-05:00", None),
        ("2023-04-12T20:00", "2023-04-12T20:00-05:00", None),
        ("2023-04-12T20:00Z", "2023-04-12", None),
        ("2023-04-12", "2023-04-12T20:00-05:00", None),
    ],
)
def test_a_time_where_the_article_was_published(edtf: str, published: str, words: str | None) -> None:
    found = convert_to_home(parse_date(edtf), parse_date(published))
    assert (format_date(found).removeprefix("from ") if found else None) == words


ZONES = st.sampled_from(["", "Z", "+02:00", "-05:00", "+09:00", "+14:00", "-12:00"])
TIMED = st.builds(
    "2023-04-{:02}T{:02}:{:02}{}".format, st.integers(11, 13), st.integers(0, 23), st.integers(0, 59), ZONES
)


@given(st.lists(TIMED, min_size=2, max_size=5), ZONES)
def test_numbers_of_moments_rise_with_the_instants_in_any_zone(dates: list[str], zone: str) -> None:
    home = read_zone(zone)
    numbers = [number_moment(find_earliest_moment(parse_date(one), home), home, 1_000, 1 << 25) for one in dates]

    def instant(edtf: str) -> int:
        (point,) = parse_date(edtf).points
        offset = read_zone(point.zone)
        clock = read_clock(point.time) - ((home or 0) if offset is None else offset)
        return point.earliest.toordinal() * 86_400 * SECOND + clock

    assert sorted(dates, key=instant) == sorted(dates, key=lambda one: (numbers[dates.index(one)], instant(one)))
    assert [a < b for a in numbers for b in numbers] == [instant(a) < instant(b) for a in dates for b in dates]


def test_numbers_of_days_have_the_times_between_them() -> None:
    unit = SECOND
    of_day = count_day_numbers(unit)
    day, morning = parse_date("2023-04-12"), parse_date("2023-04-12T00:00")
    first, time, last, following = (
        number_moment(moment, None, unit, 1 << 40)
        for moment in (
            find_earliest_moment(day, None),
            find_earliest_moment(morning, None),
            find_latest_moment(day, None),
            find_earliest_moment(parse_date("2023-04-13"), None),
        )
    )
    assert (first, time, last, following) == (738622 * of_day, first + 1, first + of_day - 1, first + of_day)


@pytest.mark.parametrize("edtf", ["../2023", "Y-17E7", "Y999999999999999"])
def test_far_numbers_fit_a_database(edtf: str) -> None:
    for unit, days in ((1_000, 1 << 25), (SECOND, 1 << 45)):
        for moment in (find_earliest_moment(parse_date(edtf), None), find_latest_moment(parse_date(edtf), None)):
            assert abs(number_moment(moment, None, unit, days)) < 1 << 62


@given(st.integers(-(10**12), 10**12))
def test_days_and_their_numbers(ordinal: int) -> None:
    day = day_from_ordinal(ordinal)
    assert day.toordinal() == ordinal
    assert day < day_from_ordinal(ordinal + 1)
    assert day_from_ordinal(ordinal + 146_097 * 7) == day._replace(year=day.year + 2_800)


@given(st.dictionaries(st.integers(-(10**9), 10**9) | st.integers(738_000, 740_000), st.integers(1, 9)))
def test_days_are_counted_by_their_years(days: dict[int, int]) -> None:
    expected: Counter[int] = Counter()
    for ordinal, number in days.items():
        expected[day_from_ordinal(ordinal).year] += number
    assert count_years(days) == expected


def test_days_as_text() -> None:
    assert [str(day) for day in (Day(2023, 1, 29), Day(-44, 3, 15), Day(0, 1, 1), Day(12023, 1, 1))] == [
        "2023-01-29",
        "-0044-03-15",
        "0000-01-01",
        "12023-01-01",
    ]
    assert Day(2023, 1, 29).weekday() == 6
