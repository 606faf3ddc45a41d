"""Persons are joined anew when files, the registry or what the reader decided changes."""

from pathlib import Path

import pytest
from shelves import content, dossier_of, written

from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for name in ("a", "b", "c"):
        written(root, f"{name}.yaml", dossier_of(f"person-{name}", "Lena Okafor"))
    written(root, "d.yaml", dossier_of("okafor", "L. Okafor"))
    return root


def persons(root: Path) -> list[list[str]]:
    """Return the addresses of the entries of all persons."""
    index = Index.open(root)
    assert index
    people = [
        sorted(str(index.entries.at(row).entry.ref) for row, _ in index.persons.entries_of_person(one))
        for one in index.persons.person_ids("person")
    ]
    index.close()
    return sorted(people)


LENA = [f"{name}#person/person-{name}" for name in ("a", "b", "c")]
SHORT = ["d#person/okafor"]


def test_by_the_full_name(root: Path) -> None:
    update_index(root)
    assert persons(root) == [LENA, SHORT]


def test_by_the_registry(root: Path) -> None:
    names = ("Lena Okafor", "L. Okafor")
    entries = (RegistryEntry("person", "okafor", *names[:1], aliases=names[1:]),)
    update_index(root)
    done = update_index(root, registry=Registry(entries))
    assert done.done == 0
    assert persons(root) == [LENA, SHORT]
    update_index(root, registry=Registry((*entries, RegistryEntry("person", "person-a", "Lena Okafor"))))
    assert sum(map(len, persons(root))) == 4


def test_as_the_reader_decided_and_took_back(root: Path) -> None:
    update_index(root)
    before = content(root)
    joined = Decisions(same=((parse_ref(LENA[0]), parse_ref(SHORT[0])),))
    apart = Decisions(apart=((parse_ref(LENA[1]), parse_ref(LENA[0])),))
    update_index(root, decisions=joined)
    assert persons(root) == [sorted([*LENA, *SHORT])]
    update_index(root, decisions=apart)
    assert [LENA[1]] in persons(root)
    update_index(root)
    assert content(root) == before


def test_what_the_reader_decided_holds_when_the_file_changes(root: Path) -> None:
    decisions = Decisions(apart=((parse_ref(LENA[1]), parse_ref(LENA[0])),))
    update_index(root, decisions=decisions)
    written(root, "b.yaml", dossier_of("person-b", "Lena Okafor", "2020"))
    update_index(root, decisions=decisions)
    assert [LENA[1]] in persons(root)
    kept = content(root)
    update_index(root, rebuild=True, decisions=decisions)
    assert content(root) == kept


def test_an_article_that_spells_somebody_twice_is_one_article(tmp_path: Path) -> None:
    same = "{name: Lena Okafor, same_as: {wikidata: Q1}}"
    written(tmp_path, "a.yaml", f"headline: x\nbody: y\npeople: {{one: {same}, two: {same}}}\n")
    update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    (one,) = index.persons.person_ids("person")
    assert index.persons.person(one).articles == 1
    assert len(list(index.persons.entries_of_person(one))) == 2
    index.close()
