"""Tell of cells of CSV that a spreadsheet may run as formulas.

They are written as they are: "+1 555 0100", "-5 °C" and "@herald" are what an article says, other programs read these
files, and an apostrophe before them would become part of the text. A spreadsheet takes them as they are, too, if its
columns are imported as text, and in a workbook (xlsx) every cell is a text.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from dossier.export.export import Omissions

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What OWASP names under "CSV injection".

The last four are the wide forms of the first four, which some spreadsheets take for the same.
"""
_REASON: Final = (
    "may be run as formulas by a spreadsheet, since they begin with =, +, - or @: "
    "import the columns as text, or use dossier export --format xlsx"
)


def may_be_formula(cell: str) -> bool:
    """Return whether a spreadsheet that opens a file of CSV may run a cell as a formula.

    A sign that stands alone is none: spreadsheets take it for a text.
    """
    return len(cell) > 1 and cell.startswith(_FORMULA_STARTS)


def format_csv_rows(rows: Iterable[Sequence[str]], omissions: Omissions) -> str:
    """Return rows as comma-separated values (RFC 4180), and count the cells that a spreadsheet may run as formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        if number := sum(map(may_be_formula, row)):
            omissions.warn("cell", _REASON, number)
    return text.getvalue()
