import re

import pytest

from dossier.core.problem import SEVERITIES, Problem, Severity


def test_a_finding_prints_as_compilers_print_theirs() -> None:
    problem = Problem("ferry.yaml", 12, 3, "unknown-reference", "no person or organisation is called okafr")
    assert str(problem) == "ferry.yaml:12:3: error: no person or organisation is called okafr [unknown-reference]"


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("no-headline", Severity.ERROR),
        ("not-verbatim", Severity.ERROR),
        ("too-many-entries", Severity.ERROR),
        ("no-outlet", Severity.WARNING),
        ("alias-claimed-twice", Severity.WARNING),
    ],
)
def test_how_grave_a_finding_is_hangs_on_its_code(code: str, severity: Severity) -> None:
    assert Problem("a.yaml", 1, 1, code, "").severity is severity


def test_findings_sort_by_file_then_place() -> None:
    places = [("b.yaml", 1, 1), ("a.yaml", 10, 1), ("a.yaml", 9, 7), ("a.yaml", 9, 2)]
    found = sorted(Problem(path, line, column, "no-outlet", "") for path, line, column in places)
    assert [(one.path, one.line, one.column) for one in found] == sorted(places)


def test_a_code_is_words_joined_by_hyphens() -> None:
    assert [code for code in SEVERITIES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []
