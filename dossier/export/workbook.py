"""The tables of `entry_tables` as an Excel workbook, a sheet for each.

Every cell is a text, since a spreadsheet would take `3/4` for a day and `=1+1` for a formula. XlsxWriter, of the extra
dossier[xlsx], writes the rows of each sheet to a file as they come, so that a library of any size fits in memory.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dossier.export.entry_tables import NOTES, TABLES, EntryTable, TableRow, iterate_rows
from dossier.export.export import Export, Omissions

MOST_ROWS = 1_048_576
"""The most rows of a sheet, the header among them."""
MOST_UNITS = 32_767
"""The most UTF-16 code units of a cell."""
_WIDTHS = {"kind": 9, "ref": 28, "text": 60, "reader_note": 60, "note": 40, "headline": 40, "form": 10, "cue": 12}
_WIDTH = 18
_PIECE = 1 << 16
_OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def format_workbook(export: Export) -> Iterator[bytes]:
    """Yield the file of a workbook in pieces; the first comes when all articles were read.

    What a sheet or a cell has no room for is counted in the omissions. The sheet of notes is there if there are any.
    Raises OSError when the temporary files cannot be written.
    """
    with TemporaryDirectory(prefix="dossier-") as folder:
        path = Path(folder, "export.xlsx")
        _write_workbook(export, path, folder)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _write_workbook(export: Export, path: Path, folder: str) -> None:
    book: Any = import_module("xlsxwriter").Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
    # Without zip64, a workbook of more than 4 GiB could not be written.
    book.use_zip64()
    book.set_properties({"title": _fit(export.title, 255), "created": export.made})
    sheets = {table: _Sheet(book, table, export.omissions) for table in TABLES if table is not NOTES}
    for row in iterate_rows(export):
        if row.table not in sheets:
            sheets[row.table] = _Sheet(book, row.table, export.omissions)
        sheets[row.table].add_row(row)
    for sheet in sheets.values():
        sheet.finish()
    try:
        book.close()
    except import_module("xlsxwriter.exceptions").FileCreateError as error:
        # It wraps the error of the system, such as that of a full disk.
        raise error.args[0] from None


class _Sheet:
    """A sheet of a workbook, written from its first row to its last."""

    def __init__(self, book: Any, table: EntryTable, omissions: Omissions) -> None:
        self._sheet = book.add_worksheet(table.title)
        self._table = table
        self._omissions = omissions
        self._count = 1
        header = book.add_format({"bold": True, "num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for column, name in enumerate(table.columns):
            self._sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), wrapped)
            self._sheet.write_string(0, column, name, header)
        self._format = wrapped
        self._sheet.freeze_panes(1, 0)
        # Without it, Excel marks every number as one that was stored as a text by mistake.
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def add_row(self, row: TableRow) -> None:
        """Write a row, or count it when the sheet is full."""
        if self._count == MOST_ROWS:
            self._omissions.count(row.cells["kind"], f"left out: a sheet has room for {MOST_ROWS:,} rows")
            return
        for column, text in enumerate(row.list_texts(self._table.columns)):
            if text:
                self._sheet.write_string(self._count, column, self._fit_cell(text), self._format)
        self._count += 1

    def finish(self) -> None:
        """Add what needs the number of rows."""
        self._sheet.autofilter(0, 0, self._count - 1, len(self._table.columns) - 1)

    def _fit_cell(self, text: str) -> str:
        fitting = _fit(text, MOST_UNITS)
        if fitting != text:
            self._omissions.count("cell", f"cut off with “…”: a cell has room for {MOST_UNITS:,} characters")
        return fitting


def _fit(text: str, units: int) -> str:
    """Return `text`, cut off with an ellipsis if it has more UTF-16 code units than these."""
    if len(text) * 2 <= units or len(text.encode("utf-16-le")) <= units * 2:
        return text
    start = text.encode("utf-16-le")[: (units - 1) * 2]
    return f"{start.decode('utf-16-le', errors='ignore')}…"
