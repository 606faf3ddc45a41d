"""Dates in a line, in a narrow column and on a card. In the tables `--` stands for an en dash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.dates.date_bounds import DateError
from dossier.core.dates.days import Day
from dossier.core.dates.edtf import parse_date
from dossier.core.dates.words import (
    SHORT_WIDTH,
    explain_date,
    format_cut_date,
    format_date,
    format_day,
    format_short_date,
)


def dashed(text: str) -> str:
    return text.replace("--", "\N{EN DASH}")


@pytest.mark.parametrize(
    ("edtf", "long", "narrow"),
    [
        ("2023-01-29", "29 January 2023", "29 Jan 2023"),
        ("2023-01-09", "9 January 2023", "9 Jan 2023"),
        ("2017-11", "November 2017", "Nov 2017"),
        ("2006", "2006", "2006"),
        ("0044-03-15", "15 March 0044", "15 Mar 0044"),
        ("2023-04-12T09:30+02:00", "12 April 2023, 09:30 UTC+02:00", "12 Apr 2023"),
        ("2023-06~", "about June 2023", "~Jun 2023"),
        ("2022-12?", "December 2022, uncertain", "Dec 2022?"),
        ("2022-12%", "about December 2022, uncertain", "~Dec 2022?"),
        ("2023-01-29~", "about 29 January 2023", "~29 Jan 2023"),
        ("2023-01-29?", "29 January 2023, uncertain", "29 Jan 2023?"),
        ("2023-01-29%", "about 29 January 2023, uncertain", "~29 Jan 2023?"),
        ("2004-06~-11", "11 June 2004, in part approximate", "~11 Jun 2004"),
        ("?2004-06", "June 2004, in part uncertain", "Jun 2004?"),
        ("2004?-06-11~", "about 11 June 2004, in part uncertain", "~11 Jun 2004?"),
        ("201X", "the 2010s", "2010s"),
        ("201X~", "about the 2010s", "~2010s"),
        ("200X", "some year in 2000--2009", "2000--2009"),
        ("20XX", "some year in 2000--2099", "2000--2099"),
        ("000X", "some year in 0000--0009", "0000--0009"),
        ("200X~", "about 2000--2009", "~2000--2009"),
        ("2022-XX", "some month of 2022", "2022"),
        ("2022-11-XX", "some day of November 2022", "Nov 2022"),
        ("2022-XX-XX", "some day of 2022", "2022"),
        ("2022-XX-05", "day 5 of some month of 2022", "2022-XX-05"),
        ("201X-11", "November of some year in the 2010s", "201X-11"),
        ("201X-11-05", "5 November of some year in the 2010s", "201X-11-05"),
        ("201X-11-XX", "some day of November of some year in the 2010s", "201X-11-XX"),
        ("2022-21", "spring 2022", "spring 2022"),
        ("2022-22?", "summer 2022, uncertain", "summer 2022?"),
        ("2022-23%", "about autumn 2022, uncertain", "~autumn 2022?"),
        ("2022-24", "winter 2022--23", "wtr 2022--23"),
        ("2022-24%", "about winter 2022--23, uncertain", "~wtr 2022--23?"),
        ("1999-24", "winter 1999--2000", "wtr 1999--00"),
        ("2022-33", "first quarter of 2022", "Q1 2022"),
        ("2022-36~", "about the fourth quarter of 2022", "~Q4 2022"),
        ("2022-41", "second half of 2022", "H2 2022"),
    ],
)
def test_one_date(edtf: str, long: str, narrow: str) -> None:
    assert (format_date(parse_date(edtf)), format_short_date(parse_date(edtf))) == (dashed(long), dashed(narrow))


@pytest.mark.parametrize(
    ("edtf", "long", "narrow"),
    [
        ("2022-06-29/2022-06-30", "29--30 June 2022", "29--30 Jun 22"),
        (
            "2023-01-29?/2023-01-30?",
            "from 29 January 2023 (uncertain) to 30 January 2023 (uncertain)",
            "29--30 Jan 23?",
        ),
        ("2022-06-02/2022-06-03", "2--3 June 2022", "2--3 Jun 2022"),
        ("1922-06-29/1922-06-30", "29--30 June 1922", "29 Jun 1922…"),
        ("2022-06-29/2022-07-02", "29 June -- 2 July 2022", "29 Jun 2022…"),
        ("2022-12-29/2023-01-02", "29 December 2022 -- 2 January 2023", "29 Dec 2022…"),
        ("2022-06-05/2023-06-05", "5 June 2022 -- 5 June 2023", "5 Jun 2022…"),
        ("2022-03/2022-05", "March--May 2022", "Mar--May 2022"),
        ("2017-11/2018-02", "November 2017 -- February 2018", "Nov 2017…"),
        ("2017/2019", "2017--2019", "2017--2019"),
        ("2022-06/2022-06", "June 2022", "Jun 2022"),
        ("2023-04-12T09:30/2023-04-12T10:30", "12 April 2023, 09:30--10:30", "12 Apr 2023"),
        ("2022-06-29/2022", "from 29 June 2022 to 2022", "29 Jun 2022…"),
        ("2022-12?/2023-03", "from December 2022 (uncertain) to March 2023", "Dec 2022?…"),
        ("2022-06~/2022-08%", "from about June 2022 to about August 2022 (uncertain)", "~Jun 2022…"),
        ("2022-01-29%/2022-03", "from about 29 January 2022 (uncertain) to March 2022", "~Jan 2022?…"),
        ("2022-24/2023-21", "from winter 2022--23 to spring 2023", "wtr 2022--23…"),
        ("2022-33/2022-34", "from the first quarter of 2022 to the second quarter of 2022", "Q1 2022…"),
        ("201X/2022", "from the 2010s to 2022", "2010s…"),
        ("2017-11/..", "since November 2017", "Nov 2017--"),
        ("2023-01-29/..", "since 29 January 2023", "29 Jan 2023--"),
        ("2023-01-29~/..", "since about 29 January 2023", "~29 Jan 2023--"),
        ("2022-33/..", "since the first quarter of 2022", "Q1 2022--"),
        ("../2017", "until 2017", "--2017"),
        ("../2023-01-29", "until 29 January 2023", "--29 Jan 2023"),
        ("2017-11/", "from November 2017, end unknown", "Nov 2017--?"),
        ("2023-01-29/", "from 29 January 2023, end unknown", "29 Jan 2023--?"),
        ("/2017", "until 2017, beginning unknown", "?--2017"),
        ("/2023-01-29%", "until about 29 January 2023 (uncertain), beginning unknown", "?--~Jan 2023?"),
        ("200X%/", "from about 2000--2009 (uncertain), end unknown", "~2000--2009?--?"),
    ],
)
def test_an_interval(edtf: str, long: str, narrow: str) -> None:
    assert (format_date(parse_date(edtf)), format_short_date(parse_date(edtf))) == (dashed(long), dashed(narrow))


@pytest.mark.parametrize(
    ("edtf", "means", "earliest", "latest"),
    [
        ("2023-06~", "about June 2023", "Thursday 1 June 2023", "Friday 30 June 2023"),
        ("2017-11/..", "since November 2017", "Wednesday 1 November 2017", "open: no end is given"),
        ("2017-11/", "from November 2017, end unknown", "Wednesday 1 November 2017", "unknown"),
        ("../2017", "until 2017", "open: no beginning is given", "Sunday 31 December 2017"),
        ("/2017", "until 2017, beginning unknown", "unknown", "Sunday 31 December 2017"),
    ],
)
def test_the_card(edtf: str, means: str, earliest: str, latest: str) -> None:
    assert explain_date(parse_date(edtf)) == (
        ("EDTF", edtf),
        ("means", means),
        ("earliest", earliest),
        ("latest", latest),
    )


@pytest.mark.parametrize(
    ("edtf", "means"),
    [
        ("2023-04-12T09:30+02:00", "12 April 2023 at 09:30 (UTC+02:00)"),
        ("2023-04-12T09:30:15-05", "12 April 2023 at 09:30:15 (UTC-05)"),
        ("2023-04-12T09:30Z", "12 April 2023 at 09:30 (UTC)"),
        ("2023-04-12T09:30", "12 April 2023 at 09:30 (no zone given)"),
        ("2023-04-12T09:30Z/2023-04-12T10:30Z", "from 12 April 2023 at 09:30 (UTC) to 12 April 2023 at 10:30 (UTC)"),
        ("2023-04-12T09:30Z/2023-04-13", "from 12 April 2023 at 09:30 (UTC) to 13 April 2023"),
        ("2004-06~-11", "11 June 2004, approximate: year and month"),
        ("2004-~06-?11", "11 June 2004, approximate: month, uncertain: day"),
    ],
)
def test_the_card_tells_what_the_line_leaves_out(edtf: str, means: str) -> None:
    assert dict(explain_date(parse_date(edtf)))["means"] == means


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (Day(2023, 1, 29), "Sunday 29 January 2023"),
        (Day(2024, 2, 29), "Thursday 29 February 2024"),
        (Day(1, 1, 1), "Monday 1 January 0001"),
    ],
)
def test_a_day_in_full(day: Day, told: str) -> None:
    assert format_day(day) == told


YEARS = st.sampled_from(
    ["2022", "1999", "0044", "201X", "200X", "19XX", "0XXX", "-0044", "-156X", "1X0X", "XXXX", "Y-17E7", "Y3388E2S3"]
)
MONTHS = st.sampled_from(
    ["", "-01", "-11", "-XX", "-1X", "-X2", "-21", "-24", "-26", "-28", "-30", "-33", "-37", "-41"]
)
DAYS = st.sampled_from(["", "-05", "-28", "-XX", "-X1", "-1X"])
MARKS = st.sampled_from(["", "~", "?", "%"])
POINTS = st.tuples(YEARS, MONTHS, MARKS, DAYS, MARKS).map("".join)
ENDS = POINTS | st.sampled_from(["", ".."])


@given(POINTS | st.tuples(ENDS, ENDS).map("/".join))
def test_every_date_has_words_and_fits_its_column(edtf: str) -> None:
    try:
        found = parse_date(edtf)
    except DateError:
        return
    assert format_date(found) == format_date(found).strip() != ""
    assert 0 < len(format_short_date(found)) <= SHORT_WIDTH
    assert all(name and text for name, text in explain_date(found))


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-06-29/2022-06-30", "29--30 June 2022"),
        ("2022-12-29/2023-01-02", "29 December 2022 -- 2 January 2023"),
        ("2011/2024-05-26", "from 2011 to 26 May 2024"),
        ("2023-01-29?/2023-01-30?", "from 29 January 2023 (uncertain) to 30 January 2023 (uncertain)"),
        ("/2023-01-29%", "until about 29 January 2023 (uncertain), beginning unknown"),
        ("1999-24", "winter 1999--2000"),
        ("2022-06-02/2022-06-03", ""),
        ("2022-03/2022-05", ""),
        ("2023-04-12T09:30/2023-04-12T10:30", ""),
        ("2017-11/..", ""),
        ("2022-24", ""),
        ("2022-33", ""),
        ("2022-11-XX", ""),
        ("[1667, 1668]", ""),
    ],
)
def test_a_date_of_which_the_short_form_leaves_something_out_has_words(edtf: str, words: str) -> None:
    assert format_cut_date(parse_date(edtf)) == dashed(words)
