"""A decision about an entry whose article is gone still joins the other entries that it names."""

from pathlib import Path

import pytest
from indexed_libraries import KINDS, open_new_index
from shelves import article, written

from dossier.core.compared import make_article_sides
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions, Registry
from dossier.library.index.reader import Index
from dossier.loader.article import load_article

NAMES = {"a": "Lena Okafor", "b": "L. Brandt", "gone": "Lena Brandt"}
A, B, GONE = (parse_ref(f"{name}#person/x") for name in NAMES)
TEAM, OWN = Decisions(same=((A, GONE),)), Decisions(same=((GONE, B),))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, called in NAMES.items():
        text = article("Ferries", "Boats run.", id=name, people=f"{{x: {called}}}")
        written(tmp_path / "library", f"{name}.yaml", text)
    return tmp_path / "library"


def persons(index: Index) -> list[list[str]]:
    """Return the articles of each person."""
    found = map(index.persons.entries_of_person, index.persons.person_ids("person"))
    return sorted(sorted(index.entries.at(row).entry.ref.article for row, _ in rows) for rows in found)


@pytest.mark.parametrize("kind", KINDS)
def test_two_are_the_same_by_way_of_it(kind: str, root: Path, request: pytest.FixtureRequest) -> None:
    registry = Registry(decisions=TEAM)
    with open_new_index(kind, root, request, registry, OWN) as library:
        assert persons(library.index) == [["a", "b", "gone"]]
        (root / "gone.yaml").unlink()
        library.update(registry=registry, decisions=OWN)
        assert library.index.generation
        assert persons(library.index) == [["a", "b"]]
        # The same over an index that was joined without the reader's own decisions.
        library.update(registry=registry)
        assert library.index.generation
        library.index.decide(Decisions())
        assert persons(library.index) == [["a"], ["b"]]
        library.index.decide(OWN)
        assert persons(library.index) == [["a", "b"]]
        library.index.decide(Decisions(OWN.same, ((A, B),)))
        assert persons(library.index) == [["a"], ["b"]]


def test_without_an_index_it_is_the_same(root: Path) -> None:
    left, right = (load_article(root / f"{name}.yaml").article for name in "ab")
    assert left
    assert right
    for own, is_same in ((OWN, True), (Decisions(), False), (Decisions(OWN.same, ((A, B),)), False)):
        sides = make_article_sides(left, right, Registry(decisions=TEAM), own)
        keys = [side.keys[ref] for side, ref in zip(sides, (A, B), strict=True)]
        assert (keys[0] == keys[1]) is is_same
