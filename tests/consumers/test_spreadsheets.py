"""Tests that spreadsheets read exported tables text for text: openpyxl and LibreOffice."""

import csv
import importlib.util
import io
import json
from pathlib import Path

import pytest
from consumer_programs import needs_program, needs_python, run_program, run_python
from export_values import CELLS, article_of_cells, export_of, list_articles, make_placed_note, write_bytes
from exported_entries import READERS

from dossier.core.links import Links
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.export.entry_tables import TABLES, iterate_rows
from dossier.export.export import Export

needs_xlsx = pytest.mark.skipif(not importlib.util.find_spec("xlsxwriter"), reason="needs the extra xlsx")
READ = """
import json, sys, openpyxl
from openpyxl.utils.escape import unescape
book = openpyxl.load_workbook(sys.argv[1])
cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
# openpyxl leaves it to its callers to undo the escapes of a text within a cell.
tables = {
    sheet.title: [[unescape(cell.value or "") for cell in row] for row in sheet.iter_rows()] for sheet in book
}
print(json.dumps([sorted({cell.data_type for cell in cells}), sum(bool(cell.hyperlink) for cell in cells), tables]))
"""
CSV_OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false"
"""LibreOffice's options for CSV: commas, double quotes, UTF-8, cells as they are shown."""
AS_TEXT = "/".join(f"{column}/2" for column in range(1, 100))
"""Its options for columns: all are text."""
NOTES = [
    make_placed_note('=1+1\n\n\tsay "x", then #tag', "0044"),
    make_placed_note("", "3/4", Ref("cells", "para", "p1")),
]


def everything() -> Export:
    return export_of(article_of_cells(), *list_articles(), notes=NOTES)


def exported_tables() -> dict[str, list[list[str]]]:
    """Return the rows of each table, the header first."""
    found = {table.title: [list(table.columns)] for table in TABLES}
    for row in iterate_rows(everything()):
        found[row.table.title].append(row.list_texts(row.table.columns))
    return found


def convert(folder: Path, name: str, written: bytes, *options: str) -> dict[str, list[list[str]]]:
    """Return the rows of each CSV file that LibreOffice makes of a file, by what its name has in common with none."""
    path = folder / name
    path.write_bytes(written)
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run_program("soffice", profile, "--headless", *options, "--outdir", made, path)
    return {
        file.stem.removeprefix(path.stem).removeprefix("-"): list(
            csv.reader(io.StringIO(file.read_text("utf-8"), newline=""))
        )
        for file in made.iterdir()
    }


@needs_xlsx
@needs_python()
def test_openpyxl_reads_every_cell_as_the_text_that_was_exported(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(write_bytes("xlsx", everything()))
    types, links, tables = json.loads(run_python(READ, path))
    assert (types, links) == (["s"], 0)
    assert tables == exported_tables()


@needs_xlsx
@needs_python()
def test_the_sheets_have_what_the_panes_show(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(write_bytes("xlsx", export_of(*list_articles())))
    _, _, tables = json.loads(run_python(READ, path))
    panes = [make_panes(article, Links.of(article)) for article in list_articles()]
    for title in ("People", "Quotes", "Timeline"):
        header, *rows = tables[title]
        shown = [entry for one in panes for entry in one[title.lower()]]
        assert [row[header.index("ref")] for row in rows] == [str(entry.ref) for entry in shown]
        for row, entry in zip(rows, shown, strict=True):
            # Aliases have a line each in their cell; days are those of EDTF.
            cells = dict(zip(header, row, strict=True))
            cells["aliases"] = cells.get("aliases", "").replace("\n", ", ")
            text = "".join("\n".join(cells.values()).split())
            parts = [part.text for part in entry.parts if part.name not in READERS["csv"].reworded]
            assert [part for part in parts if "".join(part.split()) not in text] == [], entry.ref


@needs_xlsx
@needs_program("soffice")
def test_libreoffice_converts_the_workbook_cell_for_cell(tmp_path: Path) -> None:
    found = convert(tmp_path, "t.xlsx", write_bytes("xlsx", everything()), "--convert-to", f"{CSV_OUT},-1")
    assert found == exported_tables()


@needs_program("soffice")
def test_libreoffice_reads_csv_cell_for_cell_when_its_columns_are_text(tmp_path: Path) -> None:
    written = write_bytes("csv", everything())
    reading = f"--infilter=Text - txt - csv (StarCalc):44,34,76,1,{AS_TEXT}"
    found = convert(tmp_path, "t.csv", written, reading, "--convert-to", CSV_OUT)
    assert found[""] == list(csv.reader(io.StringIO(written.decode(), newline="")))


@needs_program("soffice")
def test_libreoffice_calculates_csv_unless_it_is_told_not_to(tmp_path: Path) -> None:
    # Why the help of --format csv speaks of it, and why there is a workbook.
    found = convert(tmp_path, "t.csv", write_bytes("csv", everything()), "--convert-to", CSV_OUT)
    texts = [row[2] for row in found[""] if row[0] == "quote"][: len(CELLS)]
    changed = dict(zip(CELLS, texts, strict=True))
    assert {text: changed[text] for text in ("=1+1", "0044", "1E5")} == {"=1+1": "2", "0044": "44", "1E5": "100000"}
