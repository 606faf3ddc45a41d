"""`dossier registry`: the reader's decisions as a registry, which holds for who puts it among the articles."""

import subprocess
import sys
from pathlib import Path

import pytest
from shell import NATO, Output, write_article

from dossier.cli import main, one_setting
from dossier.cli.registry_and_decisions import KnownFiles
from dossier.core.paths import state_folder
from dossier.core.ref import parse_ref
from dossier.core.registry import Decisions
from dossier.library.decision_lines import read_decisions
from dossier.library.index.reader import Index
from dossier.library.kept_lines import Lines
from dossier.library.user_data import UserData
from dossier.loader.limits import Limits
from dossier.loader.registry_file import LoadedRegistry, load_registry

pytestmark = pytest.mark.usefixtures("no_reader")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two articles that each have somebody called otherwise."""
    write_article(tmp_path, "one", people="{okafor: Lena Okafor}")
    write_article(tmp_path, "two", people="{okafor: L. Okafor}")
    return tmp_path


def test_the_decisions_are_printed_and_hold(library: Path, capsys: Output) -> None:
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    assert main.main(["registry", str(library)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(
        "# Who is the same person, organisation or place across the articles of this library, as its readers decided.\n"
        "registry: 1\n"
    )
    assert "  okafor: {name: Lena Okafor, aliases: [L. Okafor]}\n" in printed
    elsewhere = library / "elsewhere"
    elsewhere.mkdir()
    for name in ("one.yaml", "two.yaml"):
        (library / name).rename(elsewhere / name)
    (elsewhere / "registry.yaml").write_text(printed, "utf-8")
    assert main.main(["check", str(elsewhere)]) == 0
    assert main.main(["index", str(elsewhere)]) == 0
    index = Index.open(elsewhere)
    assert index
    assert [index.persons.person(one).articles for one in index.persons.person_ids("person")] == [2]


def test_over_a_shared_index_it_is_the_same(
    library: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    assert main.main(["registry", str(library)]) == 0
    of_own = capsys.readouterr().out
    assert "aliases: [L. Okafor]" in of_own
    monkeypatch.setenv("DOSSIER_INDEX", str(tmp_path_factory.mktemp("shared") / "index.sqlite"))
    assert main.main(["index", str(library), "--shared"]) == 0
    capsys.readouterr()
    assert main.main(["registry", str(library)]) == 0
    assert capsys.readouterr().out == of_own


def test_what_was_set_apart_is_said(library: Path, capsys: Output) -> None:
    UserData(state_folder(library)).separate(parse_ref("one#person/okafor"), [parse_ref("two#person/okafor")])
    assert main.main(["registry", str(library)]) == 0
    assert "apart:\n  - [one#person/okafor, two#person/okafor]\n" in capsys.readouterr().out


def test_what_was_decided_is_not_said_twice_and_what_was_taken_back_is_told(library: Path, capsys: Output) -> None:
    one, two = parse_ref("one#person/okafor"), parse_ref("two#person/okafor")
    text = "registry: 1\nsame:\n  - [one#person/okafor, two#person/okafor]\n"
    (library / "registry.yaml").write_text(text, "utf-8")
    memory = UserData(state_folder(library))
    memory.confirm([two, one])
    assert main.main(["registry", str(library)]) == 0
    told = capsys.readouterr()
    assert told.out.endswith("\nsame:\n  - [one#person/okafor, two#person/okafor]\n")
    assert "take back" not in told.err
    memory.separate(two, [one])
    assert main.main(["registry", str(library)]) == 0
    told = capsys.readouterr()
    assert told.out.endswith("\nregistry: 1\napart:\n  - [two#person/okafor, one#person/okafor]\n")
    message = "your decisions take back that Lena Okafor in one and L. Okafor in two are the same"
    assert message in " ".join(told.err.split())


def test_of_many_decisions_that_are_taken_back_some_are_named(library: Path, capsys: Output) -> None:
    one, two = parse_ref("one#person/okafor"), parse_ref("two#person/okafor")
    others = [parse_ref(f"gone{number}#person/okafor") for number in range(13)]
    pairs = "".join(f"  - [one#person/okafor, {other}]\n" for other in (two, *others))
    (library / "registry.yaml").write_text(f"registry: 1\napart:\n{pairs}", "utf-8")
    UserData(state_folder(library)).confirm([one, two, *others])
    assert main.main(["registry", str(library)]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert told.count("take back that Lena Okafor in one is different from") == 10
    assert "your decisions take back 4 more decisions of the registry" in told


def test_a_registry_that_the_shell_emptied_is_not_written_over(library: Path) -> None:
    registry = library / "registry.yaml"
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    command = [sys.executable, "-m", "dossier", "registry", str(library)]
    with registry.open("wb") as output:
        # There was none: nothing is lost.
        assert subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=False).returncode == 0
    assert main.main(["index", str(library)]) == 0
    with registry.open("wb") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 2
    assert "registry.yaml was emptied for this output before it could be read" in " ".join(done.stderr.split())
    assert registry.read_bytes() == b""


_CONFLICT = """\
registry: 1
index: ../shared.sqlite
same:
<<<<<<< HEAD
  - [one#person/okafor, two#person/okafor]
=======
>>>>>>> desk
"""


@pytest.mark.parametrize(
    ("registry", "error"),
    [
        (_CONFLICT, "registry.yaml:4:1: error: line 4 has no colon ('<<<<<<< HEAD')"),
        ("registry: 1\nsame:\n  - [one#person/okafor, two#okafor]\n", "registry.yaml:3:25: error: "),
    ],
)
def test_nothing_is_printed_that_lacks_what_an_error_hides(
    library: Path, registry: str, error: str, capsys: Output
) -> None:
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    (library / "registry.yaml").write_text(registry, "utf-8")
    assert main.main(["registry", str(library)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert error in " ".join(told.err.split())
    assert "mend this first" in " ".join(told.err.split())


def test_of_a_registry_that_cannot_be_read_every_command_tells(library: Path, capsys: Output) -> None:
    (library / "registry.yaml").write_text(_CONFLICT, "utf-8")
    for words in (["index", str(library)], ["index", str(library), "--status"], ["search", "x", str(library)]):
        one_setting._told.clear()
        main.main(words)
        told = " ".join(capsys.readouterr().err.split())
        assert told.count("until this is mended, nothing in it holds") == 1, (words, told)


def test_nothing_was_decided(library: Path, capsys: Output) -> None:
    assert main.main(["registry", str(library)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("dossier: no decisions in this library yet")


def test_a_single_article_has_no_decisions(capsys: Output) -> None:
    assert main.main(["registry", NATO]) == 2
    assert "is not a folder: decisions are made in a folder of articles" in capsys.readouterr().err


def test_registry_and_decisions_are_read_once(library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    (library / "registry.yaml").write_text("registry: 1\npeople:\n  okafor: {name: Lena Okafor}\n", "utf-8")
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    read: list[str] = []

    def load(path: Path, limits: Limits) -> LoadedRegistry:
        read.append(path.name)
        return load_registry(path, limits)

    def parse(lines: Lines) -> Decisions:
        read.append("decisions")
        return read_decisions(lines)

    monkeypatch.setattr("dossier.cli.registry_and_decisions.load_registry", load)
    monkeypatch.setattr("dossier.library.user_data.read_decisions", parse)
    assert main.main(["registry", str(library)]) == 0
    assert "  okafor: {name: Lena Okafor, aliases: [L. Okafor]}\n" in capsys.readouterr().out
    assert sorted(read) == ["decisions", "registry.yaml"]


def test_a_registry_that_is_another_one_is_read_again(library: Path) -> None:
    files = KnownFiles(library, Limits())
    text = "registry: 1\npeople:\n  o: {name: Lena Okafor}\n"
    for name in ("Lena Okafor", "Lene Okafor", "Lena Okafor"):
        (library / "registry.yaml").write_text(text.replace("Lena Okafor", name), "utf-8")
        assert [one.name for one in files.read(None).registry.entries] == [name]
    (library / "registry.yaml").unlink()
    assert files.read(None).registry.entries == ()
    UserData(state_folder(library)).confirm([parse_ref("one#person/okafor"), parse_ref("two#person/okafor")])
    assert len(files.read(None).decisions.same) == 1
