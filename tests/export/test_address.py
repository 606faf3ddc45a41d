"""Tests of what is printed of an address, by its kind."""

import pytest
from articles import article, event, org, person, place, quote, ref, term

from dossier.core.ref import Ref
from dossier.export.address import resolve_to_object, resolve_to_text

MADE = article(
    "Lena Okafor spoke for the PAA.",
    "# What changes",
    subtitle="A boat",
    outlet="Harbour Herald",
    people=(person("okafor", "Lena Okafor", role="minister"),),
    orgs=(org("paa", "PAA"),),
    places=(place("quay", "East Quay"),),
    quotes=(quote("q1", speaker_text="an official"),),
    events=(event("e1"), event("e2")),
    glossary=(term("PAA"),),
)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("headline", "Ferry pact signed"),
        ("subtitle", "A boat"),
        ("para/p1", "Lena Okafor spoke for the PAA."),
        ("para/p1:5-17", "Okafor spoke"),
        ("heading/h1", "What changes"),
        ("about/outlet", "Harbour Herald"),
        ("place/quay", "name         East Quay"),
        ("quote/q1:0-3", "wor"),
    ],
)
def test_text(address: str, text: str) -> None:
    assert resolve_to_text(MADE, ref(address), 80) == text


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("person/okafor", ["name", "role", "mentions"]),
        ("org/paa", ["name", "mentions"]),
        ("event/e1", ["event", "status", "evidence", "published"]),
        ("term/PAA", ["term", "meaning", "mentions"]),
    ],
)
def test_a_card(address: str, labels: list[str]) -> None:
    assert [line[:13].rstrip() for line in resolve_to_text(MADE, ref(address), 80).splitlines()] == labels


def test_the_card_of_a_quote_ends_with_its_citation() -> None:
    card, _, source = resolve_to_text(MADE, ref("quote/q1"), 80).rpartition("\n\n")
    labels = ["quote", "speaker", "form", "evidence", "standing", "published"]
    assert [line[:13].rstrip() for line in card.splitlines()] == labels
    assert source == resolve_to_object(MADE, ref("quote/q1"))["citation"]
    assert source.startswith("“words” — an official (“Ferry pact signed”, Harbour Herald")
    assert "citation" not in resolve_to_object(MADE, ref("event/e1"))


def test_an_article() -> None:
    assert resolve_to_text(MADE, Ref("ferry"), 80).startswith("      Ferry pact signed\n      A boat\n")
    assert resolve_to_object(MADE, Ref("ferry"))["kind"] == "article"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("event/e22", "ferry#event/e22 does not exist: did you mean ferry#event/e2?"),
        ("person/okafer", "did you mean ferry#person/okafor?"),
        ("quote", "ferry#quote does not exist: did you mean ferry#quote/q1?"),
        ("media/m1", "ferry#media/m1 does not exist: the article has no entries of the kind media"),
        ("para/p1:25-31", "ferry#para/p1:25-31 does not exist: the text of ferry#para/p1 ends at 30"),
    ],
)
def test_nothing(address: str, message: str) -> None:
    for printed in (lambda: resolve_to_text(MADE, ref(address), 80), lambda: resolve_to_object(MADE, ref(address))):
        with pytest.raises(LookupError) as raised:
            printed()
        assert str(raised.value).endswith(message)
