"""Every example of the Library of Congress's EDTF specification (4 February 2019), with its bounds and its words.

The rows stand in the order of the specification. In the words `--` stands for an en dash.
"""

import pytest

from dossier.core.dates.edtf import parse_date
from dossier.core.dates.instants import make_event_sort_key
from dossier.core.dates.words import SHORT_WIDTH, format_date, format_short_date

LEVEL_0 = [
    ("1985-04-12", "1985-04-12", "1985-04-12", "12 April 1985", "12 Apr 1985"),
    ("1985-04", "1985-04-01", "1985-04-30", "April 1985", "Apr 1985"),
    ("1985", "1985-01-01", "1985-12-31", "1985", "1985"),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30", "12 Apr 1985"),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC", "12 Apr 1985"),
    ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC-04", "12 Apr 1985"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC+04:30", "12 Apr 1985"),
    ("1964/2008", "1964-01-01", "2008-12-31", "1964--2008", "1964--2008"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", "June 2004 -- August 2006", "Jun 2004…"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", "1 February 2004 -- 8 February 2005", "1 Feb 2004…"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "from 1 February 2004 to February 2005", "1 Feb 2004…"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31", "from 1 February 2004 to 2005", "1 Feb 2004…"),
    ("2005/2006-02", "2005-01-01", "2006-02-28", "from 2005 to February 2006", "2005…"),
]
LEVEL_1 = [
    ("Y170000002", "170000002-01-01", "170000002-12-31", "the year 170,000,002", "Y170000002"),
    ("Y-170000002", "-170000002-01-01", "-170000002-12-31", "the year -170,000,002", "Y-170000002"),
    ("2001-21", "2001-03-01", "2001-05-31", "spring 2001", "spring 2001"),
    ("1984?", "1984-01-01", "1984-12-31", "1984, uncertain", "1984?"),
    ("2004-06~", "2004-06-01", "2004-06-30", "about June 2004", "~Jun 2004"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "about 11 June 2004, uncertain", "~11 Jun 2004?"),
    ("201X", "2010-01-01", "2019-12-31", "the 2010s", "2010s"),
    ("20XX", "2000-01-01", "2099-12-31", "some year in 2000--2099", "2000--2099"),
    ("2004-XX", "2004-01-01", "2004-12-31", "some month of 2004", "2004"),
    ("1985-04-XX", "1985-04-01", "1985-04-30", "some day of April 1985", "Apr 1985"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", "some day of 1985", "1985"),
    ("1985-04-12/..", "1985-04-12", None, "since 12 April 1985", "12 Apr 1985--"),
    ("1985-04/..", "1985-04-01", None, "since April 1985", "Apr 1985--"),
    ("1985/..", "1985-01-01", None, "since 1985", "1985--"),
    ("../1985-04-12", None, "1985-04-12", "until 12 April 1985", "--12 Apr 1985"),
    ("../1985-04", None, "1985-04-30", "until April 1985", "--Apr 1985"),
    ("../1985", None, "1985-12-31", "until 1985", "--1985"),
    ("1985-04-12/", "1985-04-12", None, "from 12 April 1985, end unknown", "12 Apr 1985--?"),
    ("1985-04/", "1985-04-01", None, "from April 1985, end unknown", "Apr 1985--?"),
    ("1985/", "1985-01-01", None, "from 1985, end unknown", "1985--?"),
    ("/1985-04-12", None, "1985-04-12", "until 12 April 1985, beginning unknown", "?--12 Apr 1985"),
    ("/1985-04", None, "1985-04-30", "until April 1985, beginning unknown", "?--Apr 1985"),
    ("/1985", None, "1985-12-31", "until 1985, beginning unknown", "?--1985"),
    ("-1985", "-1985-01-01", "-1985-12-31", "-1985", "-1985"),
]
LEVEL_2 = [
    ("Y-17E7", "-170000000-01-01", "-170000000-12-31", "the year -170,000,000", "Y-17E7"),
    ("1950S2", "1900-01-01", "1999-12-31", "some year in 1900--1999, perhaps 1950", "1950S2"),
    (
        "Y171010000S3",
        "171000000-01-01",
        "171999999-12-31",
        "some year in 171,000,000--171,999,999, perhaps 171,010,000",
        "Y171010000S3",
    ),
    ("Y3388E2S3", "338000-01-01", "338999-12-31", "some year in 338,000--338,999, perhaps 338,800", "Y3388E2S3"),
    ("2001-34", "2001-04-01", "2001-06-30", "second quarter of 2001", "Q2 2001"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "1667, 1668 or one of 1670--1672", "[1667…1672]"),
    ("[..1760-12-03]", None, "1760-12-03", "3 December 1760 or earlier", "[…1760]"),
    ("[1760-12..]", "1760-12-01", None, "December 1760 or later", "[1760-12..]"),
    (
        "[1760-01,1760-02,1760-12..]",
        "1760-01-01",
        None,
        "January 1760, February 1760 or December 1760 or later",
        "[1760…]",
    ),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", "1667 or December 1760", "[1667…1760]"),
    ("[..1984]", None, "1984-12-31", "1984 or earlier", "[..1984]"),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", "1667, 1668 and all of 1670--1672", "{1667…1672}"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", "1960 and December 1961", "{1960…1961}"),
    ("{..1984}", None, "1984-12-31", "1984 and all before", "{..1984}"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "about 11 June 2004, uncertain", "~11 Jun 2004?"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "11 June 2004, in part approximate", "~11 Jun 2004"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", "11 June 2004, in part uncertain", "11 Jun 2004?"),
    (
        "?2004-06-~11",
        "2004-06-11",
        "2004-06-11",
        "11 June 2004, in part approximate, in part uncertain",
        "~11 Jun 2004?",
    ),
    (
        "2004-%06-11",
        "2004-06-11",
        "2004-06-11",
        "11 June 2004, in part approximate, in part uncertain",
        "~11 Jun 2004?",
    ),
    ("156X-12-25", "1560-12-25", "1569-12-25", "25 December of some year in the 1560s", "156X-12-25"),
    ("15XX-12-25", "1500-12-25", "1599-12-25", "25 December of some year in 1500--1599", "15XX-12-25"),
    ("XXXX-12-XX", "0000-12-01", "9999-12-31", "some day of December of an unknown year", "XXXX-12-XX"),
    ("1XXX-XX", "1000-01-01", "1999-12-31", "some month of some year in 1000--1999", "1XXX-XX"),
    ("1XXX-12", "1000-12-01", "1999-12-31", "December of some year in 1000--1999", "1XXX-12"),
    ("1984-1X", "1984-10-01", "1984-12-31", "October, November or December 1984", "1984-1X"),
    (
        "2004-06-~01/2004-06-~20",
        "2004-06-01",
        "2004-06-20",
        "from 1 June 2004 (in part approximate) to 20 June 2004 (in part approximate)",
        "~1--20 Jun 04",
    ),
    (
        "2004-06-XX/2004-07-03",
        "2004-06-01",
        "2004-07-03",
        "from some day of June 2004 to 3 July 2004",
        "Jun 2004…",
    ),
]
GROUPINGS = [
    ("21", "03-01", "05-31", "spring 2001", "spring 2001"),
    ("22", "06-01", "08-31", "summer 2001", "summer 2001"),
    ("23", "09-01", "11-30", "autumn 2001", "autumn 2001"),
    ("24", "12-01", "2002-02-28", "winter 2001--02", "wtr 2001--02"),
    ("25", "03-01", "05-31", "spring 2001 (northern hemisphere)", "N spring 2001"),
    ("26", "06-01", "08-31", "summer 2001 (northern hemisphere)", "N summer 2001"),
    ("27", "09-01", "11-30", "autumn 2001 (northern hemisphere)", "N autumn 2001"),
    ("28", "12-01", "2002-02-28", "winter 2001--02 (northern hemisphere)", "N wtr 2001--02"),
    ("29", "09-01", "11-30", "spring 2001 (southern hemisphere)", "S spring 2001"),
    ("30", "12-01", "2002-02-28", "summer 2001--02 (southern hemisphere)", "S sum 2001--02"),
    ("31", "03-01", "05-31", "autumn 2001 (southern hemisphere)", "S autumn 2001"),
    ("32", "06-01", "08-31", "winter 2001 (southern hemisphere)", "S winter 2001"),
    ("33", "01-01", "03-31", "first quarter of 2001", "Q1 2001"),
    ("34", "04-01", "06-30", "second quarter of 2001", "Q2 2001"),
    ("35", "07-01", "09-30", "third quarter of 2001", "Q3 2001"),
    ("36", "10-01", "12-31", "fourth quarter of 2001", "Q4 2001"),
    ("37", "01-01", "04-30", "first third of 2001", "Jan--Apr 2001"),
    ("38", "05-01", "08-31", "second third of 2001", "May--Aug 2001"),
    ("39", "09-01", "12-31", "last third of 2001", "Sep--Dec 2001"),
    ("40", "01-01", "06-30", "first half of 2001", "H1 2001"),
    ("41", "07-01", "12-31", "second half of 2001", "H2 2001"),
]
BEYOND = [
    ("2X13", "2013-01-01", "2913-12-31", "some year 2X13", "2X13"),
    ("-156X", "-1569-01-01", "-1560-12-31", "some year in -1569 to -1560", "-156X"),
    ("-1859S2", "-1899-01-01", "-1800-12-31", "some year in -1899 to -1800, perhaps -1859", "-1859S2"),
    ("1950S4", "1950-01-01", "1950-12-31", "1950", "1950S4"),
    ("0000", "0000-01-01", "0000-12-31", "0000", "0000"),
    ("XXXX", "0000-01-01", "9999-12-31", "an unknown year", "XXXX"),
    ("-0044-03-15", "-0044-03-15", "-0044-03-15", "15 March -0044", "-0044-03-15"),
    ("1560-XX-25", "1560-01-25", "1560-12-25", "day 25 of some month of 1560", "1560-XX-25"),
    ("201X-05", "2010-05-01", "2019-05-31", "May of some year in the 2010s", "201X-05"),
    ("2022-XX-15", "2022-01-15", "2022-12-15", "day 15 of some month of 2022", "2022-XX-15"),
    ("2004-07-1X", "2004-07-10", "2004-07-19", "one of 10--19 July 2004", "2004-07-1X"),
    ("2004-07-X1", "2004-07-01", "2004-07-31", "1, 11, 21 or 31 July 2004", "2004-07-X1"),
    ("2004-X2", "2004-02-01", "2004-12-31", "February or December 2004", "2004-X2"),
    ("1X00-02-29", "1200-02-29", "1600-02-29", "29 February of some year 1X00", "1X00-02-29"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", "from about 1984 to June 2004", "~1984…"),
    ("{1670..1672}", "1670-01-01", "1672-12-31", "all of 1670--1672", "{1670..1672}"),
    ("[1667, 1668]", "1667-01-01", "1668-12-31", "1667 or 1668", "[1667,1668]"),
    ("2023-04-12 09:30:00+02:00", "2023-04-12", "2023-04-12", "12 April 2023, 09:30 UTC+02:00", "12 Apr 2023"),
    (
        "2023-04-13T00:30+09:00/2023-04-12T20:00Z",
        "2023-04-12",
        "2023-04-13",
        "from 13 April 2023, 00:30 UTC+09:00 to 12 April 2023, 20:00 UTC",
        "13 Apr 2023…",
    ),
]
YEARS = [
    (f"2001-{code}", f"2001-{first}", last if len(last) > 5 else f"2001-{last}", *words)
    for code, first, last, *words in GROUPINGS
]


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "long", "narrow"), [*LEVEL_0, *LEVEL_1, *LEVEL_2, *YEARS, *BEYOND]
)
def test_bounds_and_words(edtf: str, earliest: str | None, latest: str | None, long: str, narrow: str) -> None:
    found = parse_date(edtf)
    assert [day and str(day) for day in (found.earliest, found.latest)] == [earliest, latest]
    assert format_date(found) == long.replace("--", "\N{EN DASH}")
    assert format_short_date(found) == narrow.replace("--", "\N{EN DASH}")
    assert len(format_short_date(found)) <= SHORT_WIDTH


def test_a_set_of_many_dates_has_few_words() -> None:
    many = parse_date(f"[{','.join(str(year) for year in range(1000, 3000))}]")
    assert format_date(many) == "1000, 1001, 1002, 1003, 1004, 1005 or 1994 more"


def test_years_of_all_lengths_sort_together() -> None:
    ordered = ["[..1984]", "Y-17E7", "-1985", "-0044-03-15", "XXXX-12-XX", "156X-12-25", "{1960,1961-12}", "1984-1X"]
    ordered += ["2001-34", "Y3388E2S3", "Y170000002"]
    keys = [make_event_sort_key(parse_date(edtf), 0) for edtf in ordered]
    assert keys == sorted(keys)
