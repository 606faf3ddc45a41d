"""A library whose index somebody else writes: what the user decides holds at once, and nothing is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelves import content, dossier_of, written
from waiting import until

from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry
from dossier.library.article_store import FolderStore
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.library import Library
from dossier.library.scope import Scope
from dossier.library.user_data import UserData

A, B, C = (parse_ref(f"{name}#person/{name}") for name in "abc")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in "abc":
        written(tmp_path / "library", f"{name}.yaml", dossier_of(name, "Lena Okafor"))
    update_index(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def library(root: Path, tmp_path: Path) -> Iterator[Library]:
    index = Index.open(root)
    assert index
    memory = UserData(tmp_path / "state")
    memory.separate(B, [A])
    yield Library(FolderStore(root, index), index, memory, Registry())
    index.close()


def people(library: Library) -> list[tuple[str, int]]:
    """Return the persons on view, each with the number of their articles."""
    rows = library.lists.pane("people", Scope())
    until(lambda: rows.is_done)
    found = map(library.index.persons.person, rows.ids)
    return [(one.name, one.articles) for one in found if one.kind == "person"]


def test_what_was_decided_before_holds_from_the_beginning(library: Library, root: Path) -> None:
    before = content(root)
    assert people(library) == [("Lena Okafor", 3)]
    library.decide_here()
    assert library.refresh_generation()
    assert people(library) == [("Lena Okafor", 2), ("Lena Okafor", 1)]
    assert [one.join_reason for one in library.evidence_of_person(A, 40)] == ["same full name only"] * 2
    assert not library.refresh_generation()
    assert content(root) == before


def test_a_decision_holds_at_once(library: Library) -> None:
    library.decide_here()
    library.refresh_generation()
    library.memory.confirm([A, B, C])
    library.rejoin()
    until(library.look_for_changes)
    assert library.refresh_generation()
    assert people(library) == [("Lena Okafor", 3)]
    assert [one.join_reason for one in library.evidence_of_person(A, 40)] == ["confirmed by you"] * 3
    assert library.persons.find(A) == library.persons.find(B)


def test_who_was_set_apart_is_shown_and_comes_back(library: Library) -> None:
    library.decide_here()
    library.refresh_generation()
    for here, there in ((A, B), (C, B), (B, A)):
        (apart,) = library.set_apart_from_person(here, 40)
        assert (apart.entry.ref == B) is (there == B)
        assert apart.join_reason == "set apart by you: a takes it back"
    library.rejoin_persons(C, [B])
    library.rejoin()
    until(library.look_for_changes)
    assert library.refresh_generation()
    assert people(library) == [("Lena Okafor", 3)]
    assert library.memory.decisions == Decisions()
    assert library.set_apart_from_person(A, 40) == ()


def test_of_several_who_were_set_apart_one_comes_back(library: Library) -> None:
    library.memory.separate(C, [A, B])
    library.decide_here()
    library.refresh_generation()
    assert {one.entry.ref for one in library.set_apart_from_person(A, 40)} == {B, C}
    assert len(library.set_apart_from_person(A, 1)) == 1
    library.rejoin_persons(A, [B])
    assert library.memory.decisions == Decisions(apart=((C, A), (C, B)))


def test_it_holds_when_the_owner_has_updated_the_index(library: Library, root: Path) -> None:
    library.decide_here()
    library.refresh_generation()
    written(root, "d.yaml", dossier_of("d", "Lena Okafor"))
    written(root, "b.yaml", dossier_of("b", "Lena Okafor", "2024-01-01"))
    update_index(root)
    assert library.refresh_generation()
    until(lambda: library.index.is_decided)
    until(library.refresh_generation)
    assert people(library) == [("Lena Okafor", 3), ("Lena Okafor", 1)]
    assert not library.refresh_generation()


def test_without_decisions_the_lists_stay(library: Library, tmp_path: Path) -> None:
    library.memory = UserData(tmp_path / "nothing-here")
    library.decide_here()
    assert not library.refresh_generation()
