"""Cells of CSV that a spreadsheet would run: written as they are, and told of."""

import csv
import io
from pathlib import Path

import pytest

from dossier.cli.main import main
from dossier.export.export import Omissions
from dossier.export.formula_cells import format_csv_rows, may_be_formula

ARTICLE = """headline: "=1+1"
outlet: Herald
published: 2023-01-01
people:
  lena: {name: Lena Okafor, role: "@herald"}
  tom: {name: Tom Reed, role: "+1 555 0100"}
body: |
  Lena Okafor and Tom Reed sailed.
"""
TOLD = "import the columns as text, or use dossier export --format xlsx"


@pytest.mark.parametrize("cell", ["=1+1", "+1 555", "-5 °C", "@herald", "\tx", "\rx", "\nx", "\uff1d1"])
def test_cells_that_are_told_of(cell: str) -> None:
    omissions = Omissions()
    written = format_csv_rows([(cell, "b"), ("c", cell)], omissions)
    assert list(csv.reader(io.StringIO(written, newline=""))) == [[cell, "b"], ["c", cell]]
    (message,) = omissions.messages()
    assert message.startswith("2 cells may be run as formulas")
    assert message.endswith(TOLD)


@pytest.mark.parametrize("cell", ["", "a", "1-2", "5 = 5", "-", "+", "'=1", " =1", "2023-01-01"])
def test_other_cells(cell: str) -> None:
    assert not may_be_formula(cell)


@pytest.mark.parametrize(
    ("words", "number"), [("export a.yaml --format csv", "6 cells"), ("search sailed a.yaml --format csv", "1 cell")]
)
def test_commands_tell_of_them(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    number: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(ARTICLE, "utf-8")
    assert main(words.split()) == 0
    printed = capsys.readouterr()
    assert "=1+1" in printed.out
    assert "'=1+1" not in printed.out
    assert f"dossier: {number} may be run as formulas" in printed.err
