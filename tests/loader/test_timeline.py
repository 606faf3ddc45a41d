import pytest

from dossier.core.model import Event
from dossier.loader.article import parse_article

HEAD = """\
headline: On Tuesday a pact
outlet: Harbour Herald
body:
  - On Tuesday the pact was signed. It runs from June.
  - {heading: By next year}
  - It was drafted in May and in May again.
"""


def event(entry: str, published: str = "2023-04-12") -> tuple[Event, list[tuple[str, int]]]:
    loaded = parse_article(f"{HEAD}published: {published}\ntimeline:\n  - {entry}\n".encode(), "a.yaml")
    assert loaded.article is not None
    return loaded.article.events[0], [(found.code, found.column) for found in loaded.problems]


def test_short_form() -> None:
    found, problems = event("2023-04-11: Pact signed")
    assert found.date is not None
    assert found.date.date is not None
    assert (found.date.written, found.date.date.edtf) == ("2023-04-11", "2023-04-11")
    assert (found.ref.id, found.what, found.status, found.line, problems) == ("e1", "Pact signed", "happened", 9, [])


def test_an_absent_date_is_none_and_one_that_says_nothing_is_no_date() -> None:
    assert event("null: Pact signed")[1] == [("wrong-shape", 11)]
    found, problems = event("{date: unknown, what: Pact signed}")
    assert (found.what, problems) == ("Pact signed", [("says-nothing", 12)])
    assert event("{date: 2023, what: Pact signed, sealed}")[1] == [("cut-by-comma", 35)]


def test_an_event_that_names_nobody_has_whom_its_text_names() -> None:
    text = HEAD + (
        "published: 2023-04-12\n"
        "people: {okafor: {name: Lena Okafor, aliases: [Okafor]}, reyes: {name: Tom Reyes, mentions: [p1]}}\n"
        "places: {bridge: {name: north bridge, mentions: [p1]}, quay: {name: quay, mentions: [p1]}}\n"
        "orgs: {paa: {name: PAA, mentions: [p1]}, board: Board}\n"
        "timeline:\n  - 2023-04-11: Okafor opens the Board\n"
        "  - {date: 2023-04-11, what: Okafor opens, orgs: [board]}\n"
    )
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    first, second = loaded.article.events
    assert [(one.text_ref.span, [ref.id for ref in one.targets]) for one in first.found] == [
        ((0, 6), ["okafor"]),
        ((17, 22), ["board"]),
    ]
    assert (first.people, first.orgs, second.found, loaded.problems) == ((), (), (), ())


def test_long_form() -> None:
    found, problems = event("{id: x, date: 2017-11/.., what: Toll, status: denied, note: n, weight: 3}")
    assert (found.ref.id, found.what, found.status, found.note) == ("x", "Toll", "denied", "n")
    assert (found.unknown_fields, problems) == ((("weight", "3"),), [])


@pytest.mark.parametrize(
    ("entry", "evidence"),
    [
        ("{date: 2023, what: x, date_text: On Tuesday}", ["p1:0-10"]),
        ("{date: 2023, what: x, date_text: On Tuesday, at: p2}", ["p2"]),
        ("{date: 2023, what: x, date_text: in May}", []),
        ("{date: 2023, what: x, date_text: in May, at: 'p2:15-21'}", ["p2:15-21"]),
        ("{date_text: from June, what: x}", ["p1:40-49"]),
        ("{date: 2023, what: x}", []),
    ],
)
def test_evidence(entry: str, evidence: list[str]) -> None:
    found, problems = event(entry)
    assert [str(ref).removeprefix("a#para/") for ref in found.evidence] == evidence
    assert problems == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("2023-02-30: x", ("bad-date", 5)),
        ("{date: 2023-13, what: x}", ("bad-date", 12)),
        ("{date: 2023-05/2023-04, what: x}", ("bad-date", 12)),
        ("{date: last May, what: x}", ("bad-date", 12)),
        ("{date: [2023], what: x}", ("wrong-shape", 12)),
        ("{date: 2023, what: [x, y]}", ("wrong-shape", 24)),
        ("{date: 2023, status: x, what: y}", ("unknown-status", 26)),
        ("{date: 2023}", ("wrong-shape", 5)),
        ("{what: x}", ("wrong-shape", 5)),
        ("2023: ''", ("wrong-shape", 11)),
        ("just words", ("wrong-shape", 5)),
        ("{date: 2023, what: x, date_text: in March}", ("date-text-not-in-body", 38)),
        ("{date: 2023, what: x, quote: q1}", ("unknown-reference", 34)),
    ],
)
def test_faults(entry: str, problem: tuple[str, int]) -> None:
    found, problems = event(entry)
    assert problems == [problem]
    assert found.ref.id == "e1"


def test_a_bad_date_is_kept_as_written() -> None:
    found, _problems = event("2023-02-30: x")
    assert found.date is not None
    assert (found.date.written, found.date.date) == ("2023-02-30", None)


@pytest.mark.parametrize(
    ("date", "published", "is_told"),
    [
        ("2023-04-12", "2023-04-12T09:30+02:00", False),
        ("2023-04-13", "2023-04-12T23:30", True),
        ("2023-04", "2023-04-12", False),
        ("2023-05~", "2023-04", True),
        ("2023-05-31", "2023-05~", False),
        ("../2024", "2023-04-12", False),
        ("2024/..", "2023-04-12", True),
        ("2024", "2023-04/..", False),
        ("2024", "soon", False),
    ],
)
def test_an_event_after_publication(date: str, published: str, is_told: bool) -> None:
    assert ("event-after-publication" in [code for code, _ in event(f"{date}: x", published)[1]]) is is_told
    _planned, problems = event(f"{{date: {date}, what: x, status: planned}}", published)
    assert "event-after-publication" not in [code for code, _ in problems]


def test_a_quote_is_named_by_its_id() -> None:
    text = f"{HEAD}published: 2023-04-12\nquotes: [{{speaker_text: x, text: the pact}}]\n"
    loaded = parse_article(f"{text}timeline: [{{date: 2023, what: x, quote: q1}}]\n".encode(), "a.yaml")
    assert loaded.article is not None
    assert loaded.article.events[0].quote is not None
    assert loaded.article.events[0].quote.ref == loaded.article.quotes[0].ref
