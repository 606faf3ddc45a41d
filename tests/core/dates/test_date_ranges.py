import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.ranges import parse_days

TODAY = datetime.date(2023, 3, 15)


def shown(text: str, today: datetime.date = TODAY) -> str:
    found = parse_days(text, today)
    return " to ".join(str(day) if day else "open" for day in found) if found else "none"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023-01-29", "2023-01-29 to 2023-01-29"),
        ("2023-01", "2023-01-01 to 2023-01-31"),
        ("2023", "2023-01-01 to 2023-12-31"),
        ("201X", "2010-01-01 to 2019-12-31"),
        ("2022-12~", "2022-12-01 to 2022-12-31"),
        ("2022-24", "2022-12-01 to 2023-02-28"),
        ("2022-06-29/2022-07", "2022-06-29 to 2022-07-31"),
        ("2017-11/..", "2017-11-01 to open"),
        ("../2017", "open to 2017-12-31"),
        ("2022-11..2023-01", "2022-11-01 to 2023-01-31"),
        ("2022-11 .. 2023-01", "2022-11-01 to 2023-01-31"),
        ("2017..", "2017-01-01 to open"),
        ("..2017", "open to 2017-12-31"),
        ("last-year..today", "2022-01-01 to 2023-03-15"),
        ("last-year/yesterday", "2022-01-01 to 2023-03-14"),
        ("today", "2023-03-15 to 2023-03-15"),
        (" Yesterday ", "2023-03-14 to 2023-03-14"),
        ("tomorrow", "2023-03-16 to 2023-03-16"),
        ("this-week", "2023-03-13 to 2023-03-19"),
        ("last-week", "2023-03-06 to 2023-03-12"),
        ("this-month", "2023-03-01 to 2023-03-31"),
        ("last month", "2023-02-01 to 2023-02-28"),
        ("this-year", "2023-01-01 to 2023-12-31"),
        ("last-year", "2022-01-01 to 2022-12-31"),
        ("last-30-days", "2023-02-13 to 2023-03-15"),
        ("last-1-day", "2023-03-14 to 2023-03-15"),
        ("last-2-weeks", "2023-03-01 to 2023-03-15"),
        ("last-13-months", "2022-02-15 to 2023-03-15"),
        ("last-2-years", "2021-03-15 to 2023-03-15"),
        ("last-9999999-years", "0001-01-01 to 2023-03-15"),
        ("last-9999999-days", "0001-01-01 to 2023-03-15"),
        ("january-2023", "2023-01-01 to 2023-01-31"),
        ("Jan 2023", "2023-01-01 to 2023-01-31"),
        ("sept-2022", "2022-09-01 to 2022-09-30"),
        ("march", "2023-03-01 to 2023-03-31"),
        ("april", "2022-04-01 to 2022-04-30"),
        ("jan", "2023-01-01 to 2023-01-31"),
        ("winter", "2022-12-01 to 2023-02-28"),
        ("spring", "2023-03-01 to 2023-05-31"),
        ("autumn-2021", "2021-09-01 to 2021-11-30"),
        ("", "none"),
        ("..", "none"),
        ("/", "none"),
        ("x", "none"),
        ("ja", "none"),
        ("2023-13", "none"),
        ("2023-02-30", "none"),
        ("2023..2022", "none"),
        ("2023..x", "none"),
        ("2022..2023..2024", "none"),
        ("last-0x1-days", "none"),
        ("next-week", "none"),
        ("januaryish", "none"),
        ("winter-9999", "9999-12-01 to 10000-02-29"),
    ],
)
def test_during(text: str, days: str) -> None:
    assert shown(text) == days


@pytest.mark.parametrize(
    ("today", "text", "days"),
    [
        ("2023-03-31", "last-1-month", "2023-02-28 to 2023-03-31"),
        ("2024-02-29", "last-1-year", "2023-02-28 to 2024-02-29"),
        ("2023-01-01", "this-week", "2022-12-26 to 2023-01-01"),
        ("2023-01-10", "last-month", "2022-12-01 to 2022-12-31"),
        ("0001-01-01", "last-year", "0001-01-01 to 0001-12-31"),
        ("9999-12-31", "tomorrow", "9999-12-31 to 9999-12-31"),
        ("9999-12-31", "winter", "9999-12-01 to 10000-02-29"),
        ("0001-01-31", "winter", "0000-12-01 to 0001-02-28"),
    ],
)
def test_days_at_the_edges(today: str, text: str, days: str) -> None:
    assert shown(text, datetime.date.fromisoformat(today)) == days


WORDS = st.lists(
    st.sampled_from(
        [*"0123456789X./-~ ", "last", "this", "week", "months", "days", "today", "winter", "jan", "20", ".."]
    )
).map("".join)


@given(st.one_of(st.text(), WORDS), st.dates())
def test_whatever_is_typed_is_a_span_of_days_or_none(text: str, today: datetime.date) -> None:
    found = parse_days(text, today)
    if found and found[0] and found[1]:
        assert found[0] <= found[1]
