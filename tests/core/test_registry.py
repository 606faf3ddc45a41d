"""The names of a registry entry, and the registry entry of somebody in an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.registry import Registry, RegistryEntry, fold_name
from dossier.text.folding import fold

OKAFOR = RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor", "Okafor"), "Q1")
IBANEZ = RegistryEntry("person", "ibanez", "José Ibáñez")
HAN = RegistryEntry("person", "han", "Han Seo-jin", native="한서진")
PAA = RegistryEntry("org", "okafor", "Okafor Line", (), "Q2")
AGAIN = RegistryEntry("person", "again", "Ann Roe", (), "Q1")
REGISTRY = Registry((OKAFOR, IBANEZ, HAN, PAA, AGAIN, RegistryEntry("person", "han", "Han Two")))


@pytest.mark.parametrize(
    ("kind", "id", "names", "wikidata", "entry"),
    [
        ("person", "x", ["Somebody"], "Q1", OKAFOR),
        ("org", "x", ["Somebody"], "Q1", None),
        ("org", "x", ["Somebody"], "Q2", PAA),
        ("person", "okafor", ["Lena Okafor"], "", OKAFOR),
        ("person", "okafor", ["The minister", "l.  okafor"], "", OKAFOR),
        ("person", "okafor", ["Max Okafor"], "", None),
        ("person", "lena", ["Lena Okafor"], "", None),
        ("place", "okafor", ["Lena Okafor"], "", None),
        ("person", "ibanez", ["jose ibanez"], "", IBANEZ),
        ("person", "han", ["한서진"], "", HAN),
        # the same id: different numbers contradict it, a single number does not
        ("person", "okafor", ["Lena Okafor"], "Q9", None),
        ("person", "han", ["Han Seo-jin"], "Q9", HAN),
        ("person", "han", ["Han Seo-jin"], "Q1", OKAFOR),
        # of two entries with one id or number, the first
        ("person", "again", ["Ann Roe"], "Q1", OKAFOR),
        ("person", "han", ["Han Two"], "", None),
        ("person", "okafor", [], "", None),
        ("person", "okafor", ["\u200b"], "", None),
    ],
)
def test_resolved(kind: str, id: str, names: list[str], wikidata: str, entry: RegistryEntry | None) -> None:
    assert REGISTRY.find_entry(kind, id, names, wikidata) == entry
    assert Registry().find_entry(kind, id, names, wikidata) is None


def test_a_namesake_is_one_whatever_the_numbers_say() -> None:
    assert REGISTRY.find_by_id_and_name("person", "okafor", ["Lena Okafor"]) == OKAFOR
    assert REGISTRY.find_by_id_and_name("person", "okafor", ["Max Okafor"]) is None


def test_names() -> None:
    assert OKAFOR.names == ("Lena Okafor", "L. Okafor", "Okafor")
    assert HAN.names == ("Han Seo-jin", "한서진")


@given(st.text())
def test_names_agree_when_they_are_equal_folded(name: str) -> None:
    assert fold_name(name) == fold(name).folded.strip(" ")


@pytest.mark.parametrize(
    ("name", "key"),
    [("Lena  Okafor ", "lena okafor"), ("Ærø", "aero"), ("O’Hara", 'o"hara'), ("ＮＡＴＯ", "nato"), ("\u200b", "")],
)
def test_name_key(name: str, key: str) -> None:
    assert fold_name(name) == key
