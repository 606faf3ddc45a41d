"""Dates and times of day through the command line."""

import re
from pathlib import Path

import pytest
from shell import Output, write_article

from dossier.cli import main

PORT = """[
  {date: 2024-05-02T14:10, what: Gate shut, at: p1},
  {date: 2024-05-02T13:55/2024-05-02T14:10, what: Search, at: p1},
  {date: 2024-05-03T06:30+09:00, what: Busan answers, at: p1},
  {date: 2024-05-02T08:00, what: Gate opened, at: p1},
  {date: 2024-05-02, what: Market day, at: p1},
  {date: 2024-05-02T13:55, what: Bell rung, at: p1},
  {date: 2024-05-02T23:31+01:00, what: Night watch, at: p1}
]"""
OLD = """[
  {date: "-0120-06", what: Founded, at: p1},
  {date: 178X-06-03, what: Fair, at: p1},
  {date: XXXX-05-XX, what: Some May, at: p1},
  {date: "{1790, 1791-03..1791-05}", what: Floods, at: p1},
  {date: Y-2E6, what: Ice, at: p1},
  {date: 1999-0X, what: Survey, at: p1}
]"""


def rows(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", line) for line in text.partition("Timeline")[2].splitlines() if " ● " in line]


def test_events_of_a_day_come_by_their_times(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "port", published="2024-05-02T17:30-05:00", timeline=PORT)
    path = str(tmp_path / "port.yaml")
    assert main.main([path]) == 0
    shown = capsys.readouterr().out
    assert rows(shown) == [
        "2 May 2024 ● Market day ¶1",
        "2 May 2024 ● 08:00 Gate opened ¶1",
        "2 May 2024 ● 13:55 Bell rung ¶1",
        "2 May 2024 ● 13:55–14:10 Search ¶1",
        "2 May 2024 ● 14:10 Gate shut ¶1",
        "3 May 2024 ● 06:30+09:00 Busan answers ¶1",
        "2 May 2024 ● 23:31+01:00 Night watch ¶1",
    ]
    assert "After publication, 2 May 2024, 17:30 UTC-05:00" in shown.partition("Busan")[2]
    assert main.main(["check", path]) == 0
    told = capsys.readouterr().out
    assert "the event e7 begins after the article was published" in told
    assert told.count("event-after-publication") == 1
    assert main.main(["show", "event/e3", path]) == 0
    assert re.search(r"local time\s+2 May 2024, 16:30 UTC-05:00", capsys.readouterr().out)


def test_dates_of_all_levels_have_no_finding_and_are_shown_as_written(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "old", published="2024-05-02", timeline=OLD)
    path = str(tmp_path / "old.yaml")
    assert main.main(["check", path]) == 0
    assert "bad-date" not in capsys.readouterr().out
    assert main.main([path]) == 0
    shown = capsys.readouterr().out
    assert rows(shown) == [
        "Y-2E6 ● Ice ¶1",
        "-0120-06 ● Founded ¶1",
        "XXXX-05-XX ● Some May ¶1",
        "178X-06-03 ● Fair ¶1",
        "{1790…1791} ● Floods ¶1",
        "1999-0X ● Survey ¶1",
    ]
    assert "{1790, 1791-03..1791-05}" in shown


@pytest.mark.parametrize("published", ["2024-05-02 17:30:00+02:00", "2024-05-02 17:30", "2024-05-02T17:30:00Z"])
def test_a_date_and_a_time_with_a_blank_between(tmp_path: Path, capsys: Output, published: str) -> None:
    write_article(tmp_path, "port", published=published)
    path = str(tmp_path / "port.yaml")
    assert main.main(["check", path]) == 0
    assert "bad-date" not in capsys.readouterr().out
    assert main.main(["search", "published:2024-05-02", path]) == 0
    assert capsys.readouterr().out.startswith("2 May 2024 17:30")
