import pytest

from dossier.loader.article import parse_article

FILE = """\
headline: Dahl speaks
subtitle: Roe listens
outlet: Harbour Herald
published: 2023-04-12
byline: [ADA BYRON <ada@example.org>]
body:
  - Lena Okafor met the head.
  - {heading: Why Ines Vega left}
media: [{caption: Siân Roe on the quay., people: [tan]}]
"""


def codes(text: str) -> list[tuple[str, int, int]]:
    return [
        (found.code, found.line, found.column) for found in parse_article(f"{FILE}{text}".encode(), "a.yaml").problems
    ]


@pytest.mark.parametrize(
    ("person", "more"),
    [
        ("Lena Okafor", ""),
        ("{name: Han Seo-jin, aliases: [the head]}", ""),
        ("{name: Han Seo-jin, mentions: [p1]}", ""),
        ("Henrik Dahl", "quotes: [{speaker: x, text: the head}]\n"),
        ("Henrik Dahl", "quotes: [{speaker_text: y, to: x, text: the head}]\n"),
        ("Henrik Dahl", "timeline: [{date: 2023, what: y, people: [x]}]\n"),
        ("Ada Byron", ""),
        ("Siân Roe", ""),
        ("Ines Vega", ""),
        ("{name: Henrik Dahl, aliases: [Dahl]}", ""),
    ],
)
def test_people_who_are_spoken_of(person: str, more: str) -> None:
    assert codes(f"people:\n  tan: Amy Tan\n  x: {person}\n{more}") == []


@pytest.mark.parametrize(
    ("person", "more", "found"),
    [
        ("Max Okafor", "", ["only-derived-name"]),
        ("{name: Max Okafor, aliases: [Okafor]}", "", []),
        ("{name: Max Okafor, mentions: [p1]}", "", []),
        ("Lena Maria Okafor", "", []),
        ("Amy Okafor", "quotes: [{speaker: x, form: reported, text: so}]\n", []),
        ("Max Okafor", "media: [{credit: Max Okafor}]\n", []),
        ("unknown", "", ["says-nothing"]),
    ],
)
def test_people_whom_one_word_of_their_name_mentions(person: str, more: str, found: list[str]) -> None:
    text = FILE.partition("media:")[0] + f"people: {{x: {person}}}\n{more}"
    assert [one.code for one in parse_article(text.encode(), "a.yaml").problems] == found


@pytest.mark.parametrize(
    ("entries", "more", "found"),
    [
        ("people: {x: Lena Okafor}\norgs: {y: Lena Okafor Trust}\n", "body: [The Lena Okafor Trust paid.]", []),
        ("people: {x: Lena Okafor}\norgs: {y: Okafor Trust}\n", "body: [The Okafor Trust paid.]", []),
        ("people: {x: Lena Okafor}\norgs: {y: Trust}\n", "body: [The Trust paid.]", ["never-mentioned"]),
        ("people: {x: Lena Okafor}\n", "body: [She spoke.]\ntimeline: [2023: Lena Okafor speaks]", []),
        ("people: [Lena Okafor, Tom Reyes]\n", "body: [Lena Okafor spoke.]", ["wrong-shape"]),
    ],
)
def test_what_follows_from_another_cause_is_not_said(entries: str, more: str, found: list[str]) -> None:
    text = f"headline: A\noutlet: B\npublished: 2023\n{entries}{more}\n"
    assert [one.code for one in parse_article(text.encode(), "a.yaml").problems] == found


def test_people_whom_nothing_speaks_of() -> None:
    text = "people:\n  tan: Amy Tan\n  x: Henrik Dahl\n  y: {name: Lena Okafor, mentions: []}\n"
    assert codes(text) == [("never-mentioned", 12, 3), ("never-mentioned", 13, 3)]
    assert codes("people:\n- {id: tan, name: Amy Tan}\n- {id: x, name: Henrik Dahl}\n") == [("never-mentioned", 12, 3)]


TAN = "people: {tan: {name: Amy Tan, aliases: [T]}, x: "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TAN + "{name: Lena Okafor, aliases: [O, T]}}", [("alias-claimed-twice", 10, 82)]),
        (TAN + "{name: Lena Okafor, aliases: Amy Tan}}", [("alias-claimed-twice", 10, 78)]),
        ("people: {tan: {name: Amy Tan, aliases: [Lena Okafor]}, x: Lena Okafor}", [("alias-claimed-twice", 10, 41)]),
        (TAN + "{name: Lena Okafor, aliases: [t, Okafor]}}", []),
        (TAN + "Lena Okafor}\norgs: {t: {name: Tan Line, aliases: [T, Amy Tan]}}", []),
        ("people: {tan: {name: Amy Tan, aliases: [T, T, Amy Tan]}}", []),
        ("people: {tan: Amy Tan, x: Lena Okafor, y: Max Okafor}\nquotes: [y: the head]", []),
        ("people: {tan: Amy Tan}\norgs: {tan: Amy Tan}", []),
    ],
)
def test_aliases_that_two_claim(text: str, found: list[tuple[str, int, int]]) -> None:
    assert codes(f"{text}\n") == found
