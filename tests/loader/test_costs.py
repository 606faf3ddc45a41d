import gc
from collections.abc import Callable

import costly_files as files
import pytest

from dossier.core import links, mentions, sought_names
from dossier.core.links import Links
from dossier.core.model import EvidenceStatus
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.loader import (
    body,
    cost_limits,
    evidence_text,
    fields,
    json_nodes,
    nearest_words,
    problem_log,
    quotes,
    references,
    source_nodes,
    yaml_events,
)
from dossier.loader.article import LoadedArticle, parse_article
from dossier.loader.cost_limits import CUT_SHORT, FoundProblems, shorten_message
from dossier.loader.limits import Limits

SMALL = 0.002
# Small limits, so that small files reach them.
LIMITS = (
    (source_nodes, "MOST_VALUES", 400),
    (yaml_events, "MOST_VALUES", 400),
    (json_nodes, "MOST_VALUES", 400),
    (evidence_text, "MOST_PLACES", 60),
    (evidence_text, "SEARCH_STEPS", 3_000),
    (references, "COMPARE_STEPS", 2_000),
    (mentions, "NAME_STEPS", 2_000),
    (sought_names, "MOST_BEARERS", 5),
    (nearest_words, "MOST_COMPARED_WORDS", 100),
    (cost_limits, "MOST_OF_A_CODE", 10),
)
# What is said of each of the files; None if the work for it grows no faster than its size.
SAID: dict[Callable[[float], bytes], str | None] = {
    files.wide_aliases: "too-many-aliases",
    files.deep_aliases: "too-many-aliases",
    files.quotes_in_many_places: CUT_SHORT,
    files.unknown_speakers: CUT_SHORT,
    files.quote_of_many_parts: CUT_SHORT,
    files.one_paragraph: CUT_SHORT,
    files.one_letter_names: CUT_SHORT,
    files.paragraphs_without_spaces: "not-verbatim",
    files.deep_nesting: "too-many-values",
    files.duplicate_keys: "too-many-values",
    files.many_problems: "too-many-values",
    files.long_quoted_text: None,
    files.hard_dates: "bad-date",
    files.shared_aliases: CUT_SHORT,
    files.unknown_keys: "too-many-values",
    files.huge_json: "too-many-values",
    files.syntax_error: "not-yaml",
    files.wrong_indentation: "not-yaml",
    files.many_values: "too-many-values",
    files.blank_lines: None,
    files.paragraphs: "too-many-entries",
    files.absent_words: CUT_SHORT,
    files.places_in_one_paragraph: CUT_SHORT,
    files.long_names: "unknown-reference",
    files.statements: CUT_SHORT,
    files.long_blanks: None,
    files.many_indentations: None,
    files.swallowed_items: "wrong-shape",
    files.parts_in_many_places: CUT_SHORT,
    files.blanks_in_quotes: "not-verbatim",
    files.repeated_terms: None,
}


def load(maker: Callable[[float], bytes], share: float = SMALL) -> LoadedArticle:
    return parse_article(maker(share), f"costly{files.suffix_of(maker)}", Limits(aliases=10, entries=1_000))


@pytest.mark.parametrize("maker", files.MAKERS, ids=files.names_of(files.MAKERS))
def test_what_costs_too_much_is_cut_short_and_said(
    maker: Callable[[float], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in LIMITS:
        monkeypatch.setattr(module, name, value)
    loaded = load(maker)
    codes = [problem.code for problem in loaded.problems]
    assert len(codes) <= 11 * len(set(codes)) * 2
    said = SAID[maker]
    assert said is None or said in codes


@pytest.mark.parametrize("maker", files.MAKERS, ids=files.names_of(files.MAKERS))
def test_no_file_is_larger_than_its_share(maker: Callable[[float], bytes]) -> None:
    assert len(maker(0.01)) <= files.LARGEST * 0.01 + 20_000


def test_aliases_expand_to_no_more_text_than_a_file_may_have() -> None:
    text = "a word " * 100
    data = f"headline: A\nsummary: &a {text}\nkeywords: [{', '.join(['*a'] * 50)}]\nbody: B\n".encode()
    loaded = parse_article(data, "a.yaml", Limits(size=5_000))
    assert [problem.code for problem in loaded.problems if "aliases" in problem.code] == ["too-many-aliases"]
    assert loaded.article
    assert sum(keyword != "*a" for keyword in loaded.article.keywords) == (5_000 - len(data)) // (len(text) - 1)


def test_quotes_past_the_limit_are_not_called_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_text, "MOST_PLACES", 3)
    words = "\n\n".join(["  We came, we saw."] * 4)
    loaded = parse_article(
        f"headline: A\nbody: |\n{words}\nquotes:\n- x: we saw\n- x: not there\n- x: we saw\n".encode(), "a.yaml"
    )
    assert loaded.article
    assert [one.evidence_status for one in loaded.article.quotes] == [EvidenceStatus.UNSEARCHED] * 3
    said = [problem for problem in loaded.problems if problem.code == CUT_SHORT]
    assert [problem.line for problem in said] == [11]
    assert all(problem.code != "not-verbatim" for problem in loaded.problems)


def test_people_past_the_limit_are_not_called_unmentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sought_names, "MOST_BEARERS", 2)
    people = "".join(f"  p{at}: Ann Lee\n" for at in range(4))
    loaded = parse_article(f"headline: A\nbody: Ann Lee came.\npeople:\n{people}".encode(), "a.yaml")
    assert loaded.article
    assert [len(mention.targets) for mention in loaded.article.mentions] == [2]
    codes = [problem.code for problem in loaded.problems]
    assert CUT_SHORT in codes
    assert "never-mentioned" not in codes


def test_links_end_at_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_MOST_LINKS", 5)
    loaded = parse_article(b"headline: A\nbody: Lee, Lee, Lee, Lee, Lee, Lee.\npeople:\n  a: Lee\n", "a.yaml")
    assert loaded.article
    assert len(loaded.article.mentions) == 6
    assert len(Links.of(loaded.article).links_at(loaded.article.people[0].ref)) == 5


def test_problems_of_one_code_are_counted_once_there_are_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost_limits, "MOST_OF_A_CODE", 3)
    found = FoundProblems()
    for line in range(1, 9):
        found.add(Problem("a", line, 1, "bad-at", f"no p{line}"))
    found.add(Problem("a", 9, 1, "bad-date", "no date"))
    assert [(one.line, one.message) for one in found.list_all()][3:] == [
        (9, "no date"),
        (4, "and 5 more of this code, from here on"),
    ]
    found.forget(("bad-at",))
    assert [one.code for one in found.list_all()] == ["bad-date"]


def test_a_problem_counts_once() -> None:
    found = FoundProblems()
    for _time in range(3):
        found.add(Problem("a", 1, 1, "bad-at", "no p1"))
    assert len(found.list_all()) == 1


def test_a_long_message_keeps_its_cure() -> None:
    message = shorten_message(f"{'x' * 10_000}: write p3")
    assert len(message) < 2_100
    assert message.endswith("x: write p3")
    assert shorten_message("short") == "short"


def test_unknown_keys_past_the_limit_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem_log, "MOST_MISSPELT", 2)
    loaded = parse_article(b"headline: A\nbody: B\nouter: x\nouter2: x\noutletz: A\npublisd: y\n", "a.yaml")
    codes = [problem.code for problem in loaded.problems]
    assert codes.count(CUT_SHORT) == 1
    assert "nearly-known-key" not in codes


def test_nearest_words_that_are_not_looked_for_are_not_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_words, "MOST_COMPARED_WORDS", 3)
    loaded = parse_article(b"headline: A\nbody: One two three four five.\nquotes:\n- x: six seven\n", "a.yaml")
    missing = next(problem for problem in loaded.problems if problem.code == "not-verbatim")
    assert "nothing in it comes close" not in missing.message
    assert CUT_SHORT in [problem.code for problem in loaded.problems]


def test_a_large_file_leaves_the_garbage_collector_as_it_was() -> None:
    gc.unfreeze()
    load(files.long_quoted_text, 0.1)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_large_file_leaves_what_was_frozen_frozen() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    try:
        load(files.long_quoted_text, 0.1)
        assert gc.get_freeze_count() >= frozen
    finally:
        gc.unfreeze()


def test_what_python_itself_freezes_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 375)
    unfrozen: list[bool] = []
    monkeypatch.setattr(gc, "unfreeze", lambda: unfrozen.append(True))
    load(files.long_quoted_text, 0.1)
    assert unfrozen == [True]


def test_a_very_long_paragraph_is_read_in_pieces_that_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "LONGEST_PARAGRAPH", 10)
    text = "one two three four five e\u0301ab\u0301cdefghijklm"
    loaded = parse_article(f"headline: A\nbody: |\n  {text}\nquotes:\n- x: two three\n".encode(), "a.yaml")
    assert loaded.article
    pieces = [block.text for block in loaded.article.body]
    assert [block.ref.id for block in loaded.article.body] == [f"p{number}" for number in range(1, len(pieces) + 1)]
    assert max(map(len, pieces)) <= 10
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert not any(piece.startswith("\u0301") for piece in pieces)
    assert loaded.article.quotes[0].evidence_status is EvidenceStatus.FOUND
    assert [problem.code for problem in loaded.problems].count(CUT_SHORT) == 1


@pytest.mark.parametrize(
    "field",
    [
        "summary: {long}",
        "keywords: [{long}, {long}]",
        "other: {long}",
        "other: [{long}]",
        "quotes:\n- x: {long}",
        "quotes:\n- x: [{long}, {long}]",
        "people:\n  a: {long}",
        "timeline:\n- 2020: {long}",
    ],
)
def test_of_a_very_long_field_the_beginning_is_read(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (fields, quotes):
        monkeypatch.setattr(module, "LONGEST_TEXT", 20)
    loaded = parse_article(f"headline: A\nbody: B\n{field.format(long='long ' * 8)}\n".encode(), "a.yaml")
    assert loaded.article
    assert "long " * 5 not in str(loaded.article)
    assert [problem.code for problem in loaded.problems].count(CUT_SHORT) == 1


def test_unknown_keys_past_the_limit_are_not_read() -> None:
    loaded = parse_article(b"headline: A\nbody: B\nx1: a\nx2: b\nx3: c\n", "a.yaml", Limits(entries=2))
    assert loaded.article
    assert [key for key, _text in loaded.article.unknown_fields] == ["x1", "x2"]
    assert CUT_SHORT in [problem.code for problem in loaded.problems]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_run_of_blanks_in_a_quoted_text_is_one_piece_however_long_it_is(quote: str) -> None:
    pieces = body._PIECES[quote]()
    few, many = (list(pieces.finditer(f"a{' ' * blanks}b\n\n c")) for blanks in (3, 10_000))
    assert [one.lastgroup for one in few] == ["plain", "blanks", "plain", "fold", "plain"]
    assert [one.lastgroup for one in many] == [one.lastgroup for one in few]


def test_windows_are_left_alone_once_too_much_was_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_text, "MOST_PLACES", 1)
    headline, subtitle = (Ref("a", "headline"), "We came, we saw"), (Ref("a", "subtitle"), "")
    searched = evidence_text.EvidenceText(headline, subtitle, (), ())
    windows = iter([evidence_text.TextSpan(0, 15)] * 3)
    assert searched.find_within("we saw", windows) == ((9, 15),) * 3
    searched.spend_place()
    windows = iter([evidence_text.TextSpan(0, 15)] * 3)
    assert searched.find_within("we saw", windows) == ()
    assert len(list(windows)) == 2


def test_blanks_around_a_sign_of_omission_are_no_part_of_it() -> None:
    """To look for them takes time by the square of the length of a run."""
    assert quotes._OMISSION().findall("a  […]  [ ... ] b") == ["[…]", "[ ... ]"]
    assert nearest_words._OMITTED.findall("a  …  . . . b") == ["…", ". . ."]
