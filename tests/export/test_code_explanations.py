"""Tests that every code is explained, and that the examples are what they say."""

import ast
import re
from pathlib import Path

import pytest

from dossier.core.problem import SEVERITIES
from dossier.export.code_explanations import EXPLANATIONS, explain_code, make_explanation_rows
from dossier.loader.article import parse_article

PACKAGE = Path(__file__).parent.parent.parent / "dossier"
BASE = {
    "headline": "headline: Ferry pact signed",
    "outlet": "outlet: Harbour Herald",
    "published": "published: 2023-04-12",
    "body": "body:\n"
    "  - “We will run every day,” said Lena Okafor.\n"
    "  - Han Seo-jin said nothing.\n"
    "  - “No new toll,” an official said. “No new toll,” she said again.",
    "people": "people:\n  okafor: Lena Okafor\n  han: Han Seo-jin",
}
WITH_EXAMPLE = [code for code, one in EXPLANATIONS.items() if one.wrong and code in SEVERITIES]


def coded_calls(source: str) -> set[str]:
    """Return the words that a module passes first to what reports a problem, whether they are codes or not."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            at = 3 if name == "Problem" else 0
            if name in {"Problem", "tell", "report", "_report", "_report_at", "_problem"} and len(node.args) > at:
                code = node.args[at]
                found |= {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()
    return found


SOURCES = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def test_every_code_is_explained() -> None:
    assert [code for code in SEVERITIES if code not in EXPLANATIONS] == []


def test_every_code_that_is_raised_is_explained() -> None:
    raised = {code for source in SOURCES.values() for code in coded_calls(source)}
    assert len(raised) > 30
    assert [code for code in sorted(raised) if code not in EXPLANATIONS] == []


@pytest.mark.parametrize("code", SEVERITIES)
def test_an_explanation_reads_well_on_a_narrow_terminal(code: str) -> None:
    text = explain_code(code)
    assert text.startswith(f"{code} ({SEVERITIES[code]})\n\n")
    assert [line for line in text.split("\n") if len(line) > 120] == []
    assert re.search(r"[.]$", EXPLANATIONS[code].meaning)


def codes_in(code: str, example: str) -> set[str]:
    """Return the codes found in an example, with the rest of an article around it if it is a part of one."""
    keys = dict.fromkeys(re.findall(r"^(\w+):", example, re.MULTILINE))
    whole = code in {"not-mapping", "not-yaml"}
    rest = [] if whole else [text for key, text in BASE.items() if key not in keys]
    text = "\n".join([*rest, example, ""])
    missing = {"no-outlet", "no-published", "no-body", "no-headline"} if whole else set()
    return {problem.code for problem in parse_article(text.encode(), "a.yaml").problems} - missing


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_wrong_example_has_this_finding_alone(code: str) -> None:
    assert codes_in(code, EXPLANATIONS[code].wrong) == {code}


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_the_right_example_has_none(code: str) -> None:
    assert codes_in(code, EXPLANATIONS[code].right) == set()


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_the_rows_of_an_explanation_are_all_of_it(code: str) -> None:
    meaning, wrong, right = EXPLANATIONS[code]
    rows = make_explanation_rows(code)
    assert rows[0].text == meaning
    for heading, example in (("Wrong", wrong), ("Right", right)):
        assert "\n".join(row.text for row in rows if row.group == heading) == (example or "")
