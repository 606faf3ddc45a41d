"""Tests of the addresses and themes that are offered to a shell: which ones, and that nothing is written for them."""

from pathlib import Path

import pytest
from shell import ARLEN, NATO, Output, settle, write_article

from dossier.cli.main import main
from dossier.core.ref import parse_ref

FERRY = "hh-2023-04-12-ferry"


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Change to an empty folder, with a cache that does not exist yet."""
    monkeypatch.delenv("DOSSIER_LIBRARY", raising=False)
    for name in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def indexed(tmp_path: Path, capsys: Output) -> None:
    """Make the index of Port Arlen."""
    (tmp_path / "CACHE").mkdir()
    assert main(["index", ARLEN]) == 0
    capsys.readouterr()


def offered(capsys: Output, word: str, *line: str, kind: str = "addresses") -> list[str]:
    """Return the values that are offered for a word."""
    status = main(["__complete", kind, word, *line])
    shown = capsys.readouterr()
    assert shown.err == ""
    assert all(row.count("\t") == 1 and len(row.partition("\t")[2]) <= 60 for row in shown.out.splitlines())
    found = [row.partition("\t")[0] for row in shown.out.splitlines()]
    assert status == (0 if found else 1)
    assert all(value.startswith(word.replace("\\", "")) for value in found)
    return found


@pytest.mark.usefixtures("indexed")
def test_a_library_offers_its_articles_the_newest_first(capsys: Output) -> None:
    found = offered(capsys, "", "show", "", ARLEN)
    assert len(found) == 11
    assert found[0] == "hh-2024-10-12-the-long-quay"
    assert offered(capsys, "sulen", "show", "sulen", ARLEN)[0] == "sulen-light%3A2023%2F36"
    assert offered(capsys, "hh-", "--at", "hh-", ARLEN) == [found[0], FERRY]


@pytest.mark.usefixtures("indexed")
def test_the_only_article_that_is_left_offers_what_is_in_it(capsys: Output) -> None:
    found = offered(capsys, "hh-2023", "show", "hh-2023", ARLEN)
    assert found[0] == FERRY
    assert {f"{FERRY}#para/p1", f"{FERRY}#person/okafor", f"{FERRY}#quote/q1"} <= set(found)
    assert offered(capsys, f"{FERRY}#quote/arg", "show", ARLEN) == [f"{FERRY}#quote/argument"]
    assert offered(capsys, f"{FERRY}\\#quote/arg", "show", ARLEN) == [f"{FERRY}#quote/argument"]
    assert offered(capsys, "hh-#", "show", ARLEN) == []


@pytest.mark.usefixtures("indexed")
def test_persons_are_those_of_all_articles(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", ARLEN)
    assert offered(capsys, "person/ok", "show", "person/ok") == ["person/okafor"]
    assert {one.partition("/")[0] for one in offered(capsys, "p", "show", "p")} == {"person", "place"}


@pytest.mark.usefixtures("indexed")
def test_what_is_offered_is_an_address(capsys: Output) -> None:
    for word in ("", f"{FERRY}#", "org/"):
        for one in offered(capsys, word, "show", word, ARLEN):
            assert str(parse_ref(one)).removeprefix("#") == one


def test_an_article_offers_what_is_in_it(capsys: Output) -> None:
    found = offered(capsys, "", "show", "", NATO)
    assert {"headline", "para/p1", "person/stoltenberg", "quote/q1", "event/e1"} <= set(found)
    assert offered(capsys, f"{NATO}#person/p", "show") == [f"{NATO}#person/park"]
    assert offered(capsys, "quote/", "show", "quote/") == [one for one in found if one.startswith("quote/")]


def test_a_small_folder_without_an_index_is_read(capsys: Output) -> None:
    for name in ("one", "two"):
        write_article(Path(), name, quotes='[{speaker_text: all, form: reported, id: "q9"}]')
    assert offered(capsys, "") == ["one", "two"]
    assert offered(capsys, "two#quote") == ["two#quote/q9"]
    for number in range(20):
        write_article(Path(), f"more-{number}")
    assert offered(capsys, "") == []


def test_an_article_whose_id_repeats_is_offered_by_its_path(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "CACHE").mkdir()
    for name in ("one", "two"):
        write_article(Path(), name, id="same")
    assert main(["index", "."]) == 0
    capsys.readouterr()
    assert sorted(offered(capsys, "")) == ["one.yaml", "two.yaml"]
    assert "two.yaml#para/p1" in offered(capsys, "two")
    assert offered(capsys, "same") == []


def test_nothing_is_written(capsys: Output, tmp_path: Path) -> None:
    write_article(Path(), "one")
    write_article(Path(), "two")
    settle(Path())
    before = sorted(tmp_path.rglob("*"))
    assert offered(capsys, "o") == ["one"]
    assert offered(capsys, "one#para/") == ["one#para/p1"]
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("indexed")
def test_an_index_is_left_as_it_is(capsys: Output, tmp_path: Path) -> None:
    (index,) = (tmp_path / "CACHE" / "dossier").glob("*.sqlite")
    before = index.read_bytes()
    assert offered(capsys, "", "show", "", ARLEN)
    assert index.read_bytes() == before
    index.write_bytes(b"no index")
    assert offered(capsys, "", "show", "", ARLEN)[:1] == ["ac-2021-03-14-quay-audit"]


def test_themes_are_those_there_are(capsys: Output, tmp_path: Path) -> None:
    folder = tmp_path / "CONFIG" / "dossier" / "themes"
    folder.mkdir(parents=True)
    (folder / "paperback.toml").write_text('like = "paper"\n', "utf-8")
    assert offered(capsys, "pap", kind="themes") == ["paper", "paperback"]


@pytest.mark.parametrize("words", [[], ["addresses"], ["novel", "x"], ["addresses", "x" * 5000, "show", "y" * 5000]])
def test_whatever_is_asked_ends_quietly(words: list[str], capsys: Output) -> None:
    assert main(["__complete", *words]) in (0, 1)
    assert capsys.readouterr().err == ""
