import pytest

from dossier.core.model import Article, Reference
from dossier.core.ref import Ref
from dossier.loader.article import parse_article

HEAD = """\
headline: Ferry pact
outlet: Harbour Herald
published: 2023-04-12
body: Lena Okafor met Han Seo-jin of the PAA in Port Arlen. Reyes came, too.
"""


def opened(text: str) -> tuple[Article, list[str]]:
    loaded = parse_article(f"{HEAD}{text}".encode(), "a.yaml")
    assert loaded.article is not None
    return loaded.article, [found.code for found in loaded.problems]


@pytest.mark.parametrize(
    ("short", "name", "role", "org"),
    [
        ("Lena Okafor", "Lena Okafor", "", ""),
        ("Lena Okafor | minister", "Lena Okafor", "minister", ""),
        ("Lena Okafor|minister|Ministry | of Transport", "Lena Okafor", "minister", "Ministry | of Transport"),
        ("Lena Okafor | | Ministry", "Lena Okafor", "", "Ministry"),
    ],
)
def test_short_form(short: str, name: str, role: str, org: str) -> None:
    article, codes = opened(f"people: {{okafor: {short}}}\n")
    person = article.people[0]
    assert (person.name, person.role, person.org_text, person.org, codes) == (name, role, org, None, [])


@pytest.mark.parametrize(
    ("person", "org", "org_text", "codes"),
    [
        ("Lena Okafor | minister | paa", ("paa", 1), "", []),
        ("Lena Okafor | minister | PAA", ("PAA", 1), "", []),
        ("Lena Okafor | minister | Board", ("Board", 2), "", ["ambiguous-reference"]),
        ("Lena Okafor | minister | Elsewhere", None, "Elsewhere", []),
        ("{name: Lena Okafor, org: paa}", ("paa", 1), "", []),
        ("{name: Lena Okafor, org: Elsewhere}", ("Elsewhere", 0), "", ["unknown-reference"]),
        ("{name: Lena Okafor, org_text: PAA}", ("PAA", 1), "", []),
        ("{name: Lena Okafor, org_text: Elsewhere}", None, "Elsewhere", []),
        ("{name: Lena Okafor, org: paa, org_text: the port}", ("paa", 1), "the port", []),
    ],
)
def test_the_organisation_of_a_person(
    person: str, org: tuple[str, int] | None, org_text: str, codes: list[str]
) -> None:
    orgs = "orgs: {paa: {name: Port Authority, aliases: [PAA]}, one: Board, two: Board}\n"
    article, found = opened(f"people:\n  okafor: {person}\n{orgs}")
    made = article.people[0]
    assert (made.org and (made.org.written, len(made.org.targets)), made.org_text, found) == (org, org_text, codes)


def test_a_mapping_and_a_list_are_the_same() -> None:
    fields = "name: Lena Okafor, native: 레나, aliases: the minister, note: n, same_as: {wikidata: Q1}, shoe: 39"
    mapped, codes = opened(f"people:\n  okafor: {{{fields}}}\n")
    listed, listed_codes = opened(f"people:\n- {{id: okafor, {fields}}}\n")
    assert mapped.people == listed.people
    assert codes == listed_codes == []
    person = mapped.people[0]
    assert (person.native, person.aliases, person.note) == ("레나", ("the minister",), "n")
    assert (person.same_as, person.unknown_fields, person.mentions) == ((("wikidata", "Q1"),), (("shoe", "39"),), None)


def test_organisations_and_places() -> None:
    article, codes = opened("orgs: {paa: PAA | port}\nplaces: {arlen: {name: Port Arlen, geo: [54.1, 8.2]}, p: Quay}\n")
    assert (article.orgs[0].ref, article.orgs[0].name) == (Ref("a", "org", "paa"), "PAA | port")
    assert [(place.name, place.geo) for place in article.places] == [("Port Arlen", "54.1, 8.2"), ("Quay", "")]
    assert codes == []


def test_a_list_of_mentions_may_be_empty() -> None:
    article, codes = opened("places: {arlen: {name: Port Arlen, mentions: []}}\n")
    assert (article.places[0].mentions, article.mentions, codes) == ((), (), [])


@pytest.mark.parametrize(
    ("places", "ids", "codes"),
    [
        ("[{id: a, name: A}, {id: a, name: B}]", ["a", "a-2"], ["duplicate-id"]),
        ("[{name: A}, {id: b, name: B}]", ["a", "b"], ["bad-id"]),
        ("[{name: A}, {id: a, name: B}]", ["a-2", "a"], ["bad-id"]),
        ("[{name: A}, {name: 서울}, {name: A}]", ["a", "entry-2", "a-2"], ["bad-id"]),
        ("[{id: a, name: A}, {id: a, name: B}, {id: a-2, name: C}]", ["a", "a-3", "a-2"], ["duplicate-id"]),
        ("[a: A, b: {name: B}]", ["a", "b"], ["wrong-shape"]),
        ("{A b: A, -c: B}", ["A b", "-c"], ["bad-id", "bad-id"]),
        ("[A, B]", ["a", "b"], ["wrong-shape"]),
        ("{a: [A], b: {name: B}}", ["a", "b"], ["wrong-shape"]),
        ("{a: , b: {geo: x}}", ["a", "b"], ["wrong-shape", "wrong-shape"]),
        ("Arlen", [], ["wrong-shape"]),
    ],
)
def test_broken_entries_are_kept(places: str, ids: list[str], codes: list[str]) -> None:
    article, found = opened(f"places: {places}\n")
    assert ([place.ref.id for place in article.places], found) == (ids, codes)
    assert all(place.name for place in article.places)


def test_a_repeated_id_means_either() -> None:
    article, codes = opened(
        "places: [{id: a, name: A}, {id: a, name: B}]\ntimeline: [{date: 2023, what: x, places: [a]}]\n"
    )
    assert article.events[0].places == (Reference("a", (Ref("a", "place", "a"), Ref("a", "place", "a-2"))),)
    assert codes == ["duplicate-id"]
