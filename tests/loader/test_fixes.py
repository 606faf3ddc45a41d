"""Tests of fixes: applied to the file, the problem is gone and nothing else has changed."""

import pytest

from dossier.core.problem import Fix, Problem
from dossier.loader.article import parse_article

HEAD = """\
headline: Ferry pact signed
outlet: Harbour Herald
published: 2023-04-12
body: |
  “We will run every day,” said Lena Okafor.

  The toll stays.
"""
OKAFOR = "people:\n  okafor: Lena Okafor\n"


def apply(text: str, fix: Fix) -> str:
    """Return the text with the range of the fix replaced, as an editor does it."""
    lines = [*text.splitlines(keepends=True), ""]
    start = sum(map(len, lines[: fix.line - 1])) + fix.column - 1
    end = sum(map(len, lines[: fix.end_line - 1])) + fix.end_column - 1
    return text[:start] + fix.text + text[end:]


def problems(text: str) -> tuple[Problem, ...]:
    return parse_article(text.encode(), "a.yaml").problems


@pytest.mark.parametrize(
    ("code", "written", "mended"),
    [
        ("nearly-known-key", "keyword: [ferries]", "keywords: [ferries]"),
        ("nearly-known-key", '{"keyword"}: [ferries]'.replace("{", "").replace("}", ""), '"keywords": [ferries]'),
        ("nearly-known-key", "'keyword' : [ferries]", "'keywords' : [ferries]"),
        (
            "unknown-form",
            OKAFOR + "quotes: [{speaker: okafor, form: Indirekt, text: daily, at: 'p1:1-4'}]",
            OKAFOR + "quotes: [{speaker: okafor, form: indirect, text: daily, at: 'p1:1-4'}]",
        ),
        (
            "unknown-form",
            OKAFOR + 'quotes: [{"speaker":"okafor","form":"free_indirect","text":"daily","at":"p1"}]',
            OKAFOR + 'quotes: [{"speaker":"okafor","form":"free-indirect","text":"daily","at":"p1"}]',
        ),
        (
            "unknown-status",
            "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: Happend}",
            "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: happened}",
        ),
        (
            "unknown-reference",
            OKAFOR + "quotes:\n  - okafer: We will run every day",
            OKAFOR + "quotes:\n  - okafor: We will run every day",
        ),
        (
            "unknown-reference",
            OKAFOR + "timeline: [{date: 2023-04-11, what: Pact signed, people: [Lena Okafer]}]",
            OKAFOR + "timeline: [{date: 2023-04-11, what: Pact signed, people: [Lena Okafor]}]",
        ),
        ("bad-at", OKAFOR + "documents: [{title: Pact, at: ¶2}]", OKAFOR + "documents: [{title: Pact, at: p2}]"),
        ("bad-at", OKAFOR + "documents: [{title: Pact, at: para/p2}]", OKAFOR + "documents: [{title: Pact, at: p2}]"),
        ("bad-at", OKAFOR + "documents: [{title: Pact, at: '2'}]", OKAFOR + "documents: [{title: Pact, at: 'p2'}]"),
        (
            "not-verbatim",
            OKAFOR + "quotes:\n  - okafor: We will … every day",
            OKAFOR + "quotes:\n  - okafor: 'We will […] every day'",
        ),
        (
            "not-verbatim",
            OKAFOR + 'quotes:\n  - okafor: "We will ... every day"',
            OKAFOR + 'quotes:\n  - okafor: "We will […] every day"',
        ),
        (
            "not-verbatim",
            OKAFOR + "quotes:\n  - okafor: we will run every DAY",
            OKAFOR + "quotes:\n  - okafor: We will run every day",
        ),
        ("bad-date", "updated: 2023-4-2", "updated: 2023-04-02"),
        ("bad-date", "timeline:\n  - 2023/4/11: Pact signed", "timeline:\n  - 2023-04-11: Pact signed"),
    ],
)
def test_a_fix_mends_its_problem_and_changes_nothing_else(code: str, written: str, mended: str) -> None:
    (problem,) = problems(HEAD + written)
    assert problem.code == code
    assert problem.fix is not None
    assert apply(HEAD + written, problem.fix) == HEAD + mended
    assert problems(HEAD + mended) == ()


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("unknown-form", OKAFOR + "quotes: [{speaker: okafor, form: literal, text: every day}]"),
        ("unknown-form", OKAFOR + f"quotes: [{{speaker: okafor, form: {'direct' * 9}, text: every day}}]"),
        ("unknown-form", OKAFOR + "quotes: [{speaker: okafor, form: &x indirekt, text: every day}, {*x : every}]"),
        ("unknown-reference", OKAFOR + "quotes:\n  - Bernd Krone: We will run every day"),
        ("unknown-reference", OKAFOR + "timeline: [{date: 2023, what: Pact, people: ['Lena\n  Okafer']}]"),
        ("not-verbatim", OKAFOR + "quotes:\n  - okafor: We will walk every day"),
        ("bad-at", OKAFOR + "documents: [{title: Pact, at: ¶9}]"),
        ("bad-at", OKAFOR + "documents: [{title: Pact, at: the second}]"),
        ("bad-date", "updated: 2/4/2023"),
        ("bad-date", "updated: 2023-2-30"),
        ("bad-date", "updated: 2023-4/2"),
    ],
)
def test_there_is_no_fix_where_the_cure_is_not_certain(code: str, written: str) -> None:
    found = [problem for problem in problems(HEAD + written) if problem.code == code]
    assert [problem.fix for problem in found] == [None]


def test_a_name_is_written_so_that_yaml_takes_it_for_a_text() -> None:
    people = "people:\n  o: 'Lena Okafor: Jr'\n"
    text = f"{HEAD.replace('Okafor', 'Okafor: Jr')}{people}quotes:\n  - Lena Okafor Jr: We will run every day\n"
    (problem,) = problems(text)
    assert problem.fix is not None
    assert problem.fix.text == "'Lena Okafor: Jr'"
    assert problems(apply(text, problem.fix)) == ()


@pytest.mark.parametrize(
    ("code", "written", "mended"),
    [
        ("bad-at", '"documents":[{"title":"Pact","at":2}]', '"documents":[{"title":"Pact","at":"p2"}]'),
        (
            "not-verbatim",
            r'"people":{"x":"Lena"},"quotes":[{"x":"The toll\u000astays […] the toll"}]',
            r'"people":{"x":"Lena"},"quotes":[{"x":"The toll\nstays […] The toll"}]',
        ),
    ],
)
def test_a_mended_json_file_is_json(code: str, written: str, mended: str) -> None:
    head = '{"headline":"A","outlet":"O","published":"2023","body":["The toll stays.","The toll: \\"Lena\\"."],'
    text = f"{head}{written}}}"
    (problem,) = parse_article(text.encode(), "a.json").problems
    assert problem.code == code
    assert problem.fix is not None
    assert apply(text, problem.fix) == f"{head}{mended}}}"
    assert parse_article(f"{head}{mended}}}".encode(), "a.json").problems == ()


@pytest.mark.parametrize("end", ["```", "```\n\n", ""])
@pytest.mark.parametrize("begin", ["```yaml\n", "```\n", "\n ```json  \r\n"])
def test_fences_are_taken_away(begin: str, end: str) -> None:
    found = problems(begin + HEAD + end)
    assert [problem.code for problem in found] == ["not-yaml"]
    assert found[0].fix is not None
    assert apply(begin + HEAD + end, found[0].fix) == HEAD if end else HEAD.rstrip()


def test_of_several_fenced_parts_none_is_chosen() -> None:
    found = problems(f"```yaml\n{HEAD}```\nand\n```yaml\n{HEAD}```\n")
    assert [problem.fix for problem in found] == [None]


def test_problems_that_differ_in_their_fix_alone_sort() -> None:
    loaded = parse_article(
        b"headline: A\nbody: B\nquotes: [{&a form: direkt, text: B}, {*a : direkt, text: B}]\n", "a.yaml"
    )
    assert [problem.line for problem in loaded.problems] == sorted(problem.line for problem in loaded.problems)
