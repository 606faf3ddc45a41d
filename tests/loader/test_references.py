import pytest

from dossier.core.model import Reference
from dossier.loader.article import parse_article

FILE = """\
headline: Ferry pact
outlet: Harbour Herald
published: 2023-04-12
body: Lena Okafor met Han Seo-jin and Ida Reyes of the PAA in Port Arlen, the port.
people:
  okafor: {name: Lena Okafor, aliases: [the minister, "O’Kafor"]}
  han: {name: Han Seo-jin, native: 한서진, aliases: [the head]}
  reyes: {name: Ida Reyes, aliases: [the head]}
orgs:
  paa: {name: Port Authority of Arlen, aliases: [PAA]}
  han: {name: Han Line}
  board: {name: The Board}
  crew: {name: The Board}
places: {port: Port Arlen}
"""


def resolve(event: str) -> tuple[list[Reference], list[str]]:
    text = f"{FILE}timeline:\n  - {{date: 2023-04-11, what: Pact signed, {event}}}\n"
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    found = loaded.article.events[0]
    codes = [problem.code for problem in loaded.problems if problem.code != "alias-claimed-twice"]
    return [*found.people, *found.orgs, *found.places, *([found.quote] if found.quote else [])], codes


@pytest.mark.parametrize(
    ("event", "targets"),
    [
        ("people: [okafor]", ["person/okafor"]),
        ("people: okafor", ["person/okafor"]),
        ("people: [Lena Okafor, 한서진]", ["person/okafor", "person/han"]),
        ("people: [the minister]", ["person/okafor"]),
        ("people: [O'Kafor]", ["person/okafor"]),
        ("people: ['Lena  Okafor']", ["person/okafor"]),
        ("people: [person/han]", ["person/han"]),
        ("people: [han], orgs: [han]", ["person/han", "org/han"]),
        ("orgs: [PAA], places: [Port Arlen]", ["org/paa", "place/port"]),
    ],
)
def test_a_reference_is_an_id_or_a_name(event: str, targets: list[str]) -> None:
    references, codes = resolve(event)
    assert [str(one.ref).removeprefix("a#") for one in references] == targets
    assert codes == []


@pytest.mark.parametrize(
    ("event", "code", "targets"),
    [
        ("people: [okafo]", "unknown-reference", 0),
        ("people: [paa]", "unknown-reference", 0),
        ("people: [lena okafor]", "unknown-reference", 0),
        ("people: [org/paa]", "unknown-reference", 0),
        ("people: ['']", "unknown-reference", 0),
        ("quote: q1", "unknown-reference", 0),
        ("people: [the head]", "ambiguous-reference", 2),
        ("orgs: [The Board]", "ambiguous-reference", 2),
    ],
)
def test_a_reference_that_is_not_settled_stays_open(event: str, code: str, targets: int) -> None:
    references, codes = resolve(event)
    assert codes == [code]
    assert [len(one.targets) for one in references] == [targets]


@pytest.mark.parametrize(
    ("people", "written", "targets"),
    [
        ('{x: Lena, "x~1": Foo}', "x", ["x"]),
        ('{x: Lena, "x~1": Foo}', '"x~1"', ["x~1"]),
        ('{x: Lena, "x~2": Foo}', "x", ["x"]),
        ("[{id: x, name: Lena}, {id: x, name: Foo}]", "x", ["x", "x-2"]),
        ("[{id: x, name: Lena}, {id: x, name: Foo}]", "Foo", ["x-2"]),
        ("[{name: Lena}, {name: Foo}]", "Foo", ["foo"]),
    ],
)
def test_an_id_is_what_the_file_calls_it(people: str, written: str, targets: list[str]) -> None:
    text = f"headline: a\nbody: b\npeople: {people}\ntimeline: [{{date: 2023, what: c, people: [{written}]}}]\n"
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    (reference,) = loaded.article.events[0].people
    assert [ref.id for ref in reference.targets] == targets
    # An id that repeats is reported where it does, and not again wherever it is referred to.
    codes = {found.code for found in loaded.problems}
    assert codes.isdisjoint(("ambiguous-reference", "unknown-reference"))


def test_a_list_within_a_list_is_no_reference() -> None:
    assert resolve("people: [okafor, [han]]")[1] == ["wrong-shape"]
    references, codes = resolve("quote: [q1]")
    assert ([one.written for one in references], codes) == (["q1"], ["wrong-shape"])


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("people: [okafo]", "the closest is 'okafor'"),
        ("people: [Lena Okafur]", "the closest is 'Lena Okafor'"),
        ("places: [xyz]", "no entry in places has the id or the name 'xyz': add it there, or remove it here"),
        ("people: [the head]", "person/han, person/reyes"),
    ],
)
def test_messages_name_the_cure(event: str, words: str) -> None:
    loaded = parse_article(f"{FILE}timeline: [{{date: 2023, what: x, {event}}}]\n".encode(), "a.yaml")
    assert any(words in found.message for found in loaded.problems)


@pytest.mark.parametrize(
    ("speaker", "targets", "codes"),
    [
        ("han", ["person/han", "org/han"], ["ambiguous-reference"]),
        ("person/han", ["person/han"], []),
        ("org/han", ["org/han"], []),
        ("paa", ["org/paa"], []),
        ("place/port", [], ["unknown-reference"]),
    ],
)
def test_a_speaker_is_a_person_or_an_organisation(speaker: str, targets: list[str], codes: list[str]) -> None:
    text = f"{FILE}quotes: [{{speaker: {speaker}, text: the port}}]\n"
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    reference = loaded.article.quotes[0].speaker
    assert reference is not None
    assert [str(ref).removeprefix("a#") for ref in reference.targets] == targets
    assert [found.code for found in loaded.problems if found.code != "alias-claimed-twice"] == codes


def unknown(text: str) -> list[str]:
    return [
        found.message for found in parse_article(text.encode(), "a.yaml").problems if found.code == "unknown-reference"
    ]


def test_what_is_missing_is_reported_once_with_the_lines_of_all_references() -> None:
    events = "".join("  - {date: 2023, what: x, people: [nobody]}\n" for _ in range(6))
    (message,) = unknown(f"{FILE}timeline:\n{events}")
    assert message.endswith("(also in line 17, 18, 19 and 2 more)")


@pytest.mark.parametrize("people", ["Lena Okafor", "[Lena Okafor, Tom Reyes]", "okafor:Lena Okafor"])
def test_what_is_in_a_list_that_cannot_be_read_is_not_missed(people: str) -> None:
    text = f"headline: a\nbody: Lena Okafor spoke.\npeople: {people}\nquotes: [{{speaker: Lena Okafor, text: spoke}}]\n"
    found = [one.code for one in parse_article(text.encode(), "a.yaml").problems if one.code[:3] != "no-"]
    assert found == ["wrong-shape"]


def test_a_pronoun_is_told_from_a_name() -> None:
    (message,) = unknown(f"{FILE}timeline: [{{date: 2023, what: x, people: [she]}}]\n")
    assert message == "'she' is a pronoun: write the id of the person meant"
