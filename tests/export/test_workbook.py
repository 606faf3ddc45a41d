"""Tests of the workbook, read as the archive of XML that it is."""

import errno
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir

import pytest
from export_values import article_of_cells, cite, export_of, list_articles, make_placed_note, write_bytes

from dossier.core.dataclasses import replace
from dossier.core.model import Article, Quote
from dossier.core.ref import Ref
from dossier.export import workbook
from dossier.export.export import Export
from dossier.export.formats import FORMATS

pytestmark = pytest.mark.skipif(
    bool(next(form for form in FORMATS if form.name == "xlsx").missing), reason="needs the extra xlsx"
)


def read_parts(export: Export) -> dict[str, str]:
    """Return the parts of the workbook, by their names."""
    with zipfile.ZipFile(BytesIO(write_bytes("xlsx", export))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def quoting(*texts: str) -> Article:
    """Return an article with these quotes."""
    quotes = [Quote(Ref("a001", "quote", f"q{number}"), 1, (text,)) for number, text in enumerate(texts, 1)]
    return cite(1, quotes=tuple(quotes))


def test_every_kind_has_a_sheet_and_notes_only_if_there_are_any() -> None:
    def names(export: Export) -> list[str]:
        return re.findall(r'<sheet name="(\w+)"', read_parts(export)["xl/workbook.xml"])

    kinds = ["People", "Quotes", "Timeline", "Mentions"]
    assert names(export_of()) == kinds
    assert names(export_of(*list_articles())) == kinds
    assert names(export_of(*list_articles(), notes=[make_placed_note("x")])) == [*kinds, "Notes"]


def test_every_cell_is_a_text_and_nothing_is_a_link() -> None:
    parts = read_parts(export_of(article_of_cells(), *list_articles(), notes=[make_placed_note("=x")]))
    sheets = {name: part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) == 5
    for sheet in sheets.values():
        assert set(re.findall(r'<c [^>]*?t="(\w+)"', sheet)) == {"inlineStr"}
        assert len(re.findall("<c ", sheet)) == len(re.findall('t="inlineStr"', sheet))
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    assert not [name for name in parts if "rels" in name and "sheet" in name]


def test_the_header_stays_and_filters() -> None:
    sheet = read_parts(export_of(quoting("a", "b")))["xl/worksheets/sheet2.xml"]
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert '<autoFilter ref="A1:T3"/>' in sheet


def test_two_exports_of_one_time_are_alike() -> None:
    first, second = (write_bytes("xlsx", export_of(*list_articles())) for _ in range(2))
    assert first == second
    core = read_parts(export_of())["docProps/core.xml"]
    assert "2026-11-28T14:05:00Z" in core
    assert "<dc:title>Everything</dc:title>" in core


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_766 + "…"),
        ("🚀" * 16_383 + "x", "🚀" * 16_383 + "x"),
        ("🚀" * 16_384, "🚀" * 16_383 + "…"),
        ("x" + "🚀" * 16_384, "x" + "🚀" * 16_382 + "…"),
    ],
    ids=["most", "one more", "most in pairs", "a pair more", "cut in a pair"],
)
def test_a_text_too_long_for_a_cell_is_cut_and_counted(text: str, kept: str) -> None:
    exported = export_of(quoting(text))
    sheet = read_parts(exported)["xl/worksheets/sheet2.xml"]
    assert f"<t>{kept}</t>" in sheet
    told = "1 cell cut off with “…”: a cell has room for 32,767 characters"
    assert (told in exported.omissions.messages()) == (kept != text)


def test_rows_that_a_sheet_has_no_room_for_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    exported = export_of(quoting("a", "b", "c", "d"), replace(article_of_cells(), quotes=()))
    sheet = read_parts(exported)["xl/worksheets/sheet2.xml"]
    assert re.findall(r'<row r="(\d+)"', sheet) == ["1", "2", "3"]
    assert "2 quotes left out: a sheet has room for 3 rows" in exported.omissions.messages()


def test_nothing_stays_behind_when_the_reader_of_the_pieces_stops(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert gettempdir() == str(tmp_path)
    pieces = workbook.format_workbook(export_of(*list_articles()))
    assert next(pieces).startswith(b"PK")
    assert list(tmp_path.iterdir())
    pieces.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_behind_when_an_article_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    broken = export_of()._replace(articles=(1 / 0 for _ in range(1)))  # type: ignore[misc]
    with pytest.raises(ZeroDivisionError):
        next(workbook.format_workbook(broken))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", fail)
    with pytest.raises(OSError, match="No space left"):
        write_bytes("xlsx", export_of())
