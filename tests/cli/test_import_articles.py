"""`dossier import`: files that were not there before, without errors, and what did not get into them."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Output

from dossier.cli import main
from dossier.loader.article import load_article

ONE = {"headline": "Ferry pact: signed at Éva’s!", "published": "2023-04-12T09:30", "outlet": "H", "body": ["It runs."]}
NAME = "2023-04-12-ferry-pact-signed-at-evas.yaml"


def source(folder: Path, value: object, name: str = "source.json") -> str:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return str(path)


def test_one_file_an_article_named_for_date_and_headline(tmp_path: Path, capsys: Output) -> None:
    into = tmp_path / "new" / "articles"
    file = source(tmp_path, [ONE, {**ONE, "headline": "박진 / ..\\x"}, {**ONE, "id": "own-id", "published": None}])
    assert main.main(["import", file, "--into", str(into)]) == 0
    told = capsys.readouterr()
    names = [NAME, "2023-04-12-박진-x.yaml", "own-id.yaml"]
    assert told.out.splitlines() == [str(into / name) for name in names]
    assert told.err == f"dossier: {file}: 3 articles written\n"
    assert sorted(os.listdir(into)) == sorted(names)
    assert [load_article(into / name).problems for name in names[:2]] == [(), ()]
    article = load_article(into / "own-id.yaml").article
    assert article is not None
    assert article.ref.article == "own-id"
    assert main.main(["check", str(into)]) == 0


def test_no_file_is_ever_overwritten(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, [ONE, ONE, {**ONE, "body": ["Else."]}])
    (tmp_path / NAME.upper()).write_text("kept")
    for _ in range(2):
        assert main.main(["import", file, "--into", str(tmp_path)]) == 0
    made = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert len({name.casefold() for name in made} | {NAME.casefold()}) == 7
    assert (tmp_path / NAME.upper()).read_text() == "kept"
    assert main.main(["check", str(tmp_path)]) == 0


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, [ONE, ONE])
    assert main.main(["import", file, "--into", str(tmp_path / "new"), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(tmp_path / "new" / name) for name in (NAME, NAME.replace(".", "-2."))]
    assert told.err.endswith("2 articles would be written\n")
    assert not (tmp_path / "new").exists()


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    answer = f"Sure:\n\n```json\n{json.dumps(ONE)}\n```\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
    assert main.main(["import", "-", "--into", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "dossier: -: 1 article written\n"
    assert (tmp_path / NAME).exists()


def test_an_article_with_errors_is_written_only_when_that_is_asked_for(tmp_path: Path, capsys: Output) -> None:
    faulty = {**ONE, "headline": "Faulty", "quotes": [{"speaker_text": "she", "text": "Never said"}]}
    file = source(tmp_path, [faulty, ONE])
    into = tmp_path / "into"
    assert main.main(["import", file, "--into", str(into)]) == 1
    told = capsys.readouterr()
    assert f"{file}: article 1: not written (--keep-faulty also writes it): 'Never said'" in told.err
    assert "[not-verbatim]" in told.err
    assert os.listdir(into) == [NAME]
    assert main.main(["import", file, "--into", str(into), "--keep-faulty", "--dry-run"]) == 0
    assert "article 1: would be written with errors" in capsys.readouterr().err
    assert os.listdir(into) == [NAME]
    assert main.main(["import", file, "--into", str(into), "--keep-faulty"]) == 0
    assert "article 1: written with errors" in capsys.readouterr().err
    assert "2023-04-12-faulty.yaml" in os.listdir(into)


def test_what_is_left_out_is_counted_and_what_is_refused_is_named(tmp_path: Path, capsys: Output) -> None:
    data = Path(__file__).parent.parent / "loader" / "converters" / "data" / "spacy.json"
    value = json.loads(data.read_text("utf-8"))
    value["ents"][0]["start"] -= 1
    bad = source(tmp_path, value)
    assert main.main(["import", str(data), bad, "--into", str(tmp_path / "into")]) == 1
    told = capsys.readouterr()
    assert "1 article written; not carried over: 48 × tokens, 3 × sentences, 1 × DATE entities" in told.err
    assert f"{bad}: the offsets of entity 1 GPE (44-55) give other words" in told.err
    assert len(told.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("import none.json --into here", 2, "none.json: No such file or directory; name a file to import from"),
        ("import . --into here", 2, ".: Is a directory; name a file to import from"),
        ("import source.json", 2, "--into is missing: name the folder"),
        ("import --into here", 2, "FILE"),
        ("import source.json --into source.json", 2, "name a folder that you can write to"),
        ("import empty --into here", 1, "empty: it is empty"),
    ],
)
def test_what_cannot_be_done(
    words: str, status: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    source(tmp_path, ONE)
    source(tmp_path, "", "empty")
    assert main.main(words.split()) == status
    assert message in capsys.readouterr().err


def test_many_articles_of_one_name_take_no_longer_each(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, [{"headline": "A", "body": "B"}] * 300)
    assert main.main(["import", file, "--into", str(tmp_path / "into")]) == 0
    assert len(os.listdir(tmp_path / "into")) == 300
    assert capsys.readouterr().out.splitlines()[-1].endswith("a-300.yaml")


def test_of_many_that_are_refused_twenty_are_named(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, [1] * 25)
    assert main.main(["import", file, "--into", str(tmp_path / "into")]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 22
    assert told[-2:] == [f"dossier: {file}: 5 more could not be converted", f"dossier: {file}: 0 articles written"]


def test_no_half_of_an_article_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    file = source(tmp_path, ONE)
    monkeypatch.setattr(os, "write", full)
    assert main.main(["import", file, "--into", str(tmp_path / "into")]) == 2
    assert capsys.readouterr().err.endswith(f"{NAME}: No space left on device\n")
    assert os.listdir(tmp_path / "into") == []


def test_who_reads_no_further_stops_the_list_and_not_the_import(tmp_path: Path) -> None:
    file = source(tmp_path, [{**ONE, "headline": f"Ferry pact number {number}"} for number in range(40)])
    words = [sys.executable, "-m", "dossier", "import", file, "--into", str(tmp_path / "into")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        assert child.stderr.read() == f"dossier: {file}: 40 articles written\n"
    assert child.returncode == 0
    assert len(os.listdir(tmp_path / "into")) == 40


def test_a_file_that_is_named_twice_is_imported_once(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, ONE)
    again = str(tmp_path / "." / ".." / tmp_path.name / "source.json")
    assert main.main(["import", file, again, "--into", str(tmp_path / "into")]) == 0
    assert capsys.readouterr().err.startswith(f"dossier: {again} is named twice; it is imported once\n")
    assert os.listdir(tmp_path / "into") == [NAME]


def test_an_empty_folder_name_is_not_the_current_folder(tmp_path: Path, capsys: Output) -> None:
    assert main.main(["import", source(tmp_path, ONE), "--into", ""]) == 2
    assert "the name is empty" in capsys.readouterr().err


def test_an_article_without_a_text_has_a_place_for_it(tmp_path: Path, capsys: Output) -> None:
    file = source(tmp_path, {"headline": "", "body": "", "outlet": "H"})
    assert main.main(["import", file, "--into", str(tmp_path / "into"), "--keep-faulty"]) == 0
    told = capsys.readouterr().err
    assert "[no-headline]" in told
    assert "[no-body]" in told
    (made,) = (tmp_path / "into").iterdir()
    assert made.read_text("utf-8").startswith('headline: ""\nbody: ""\n')


MANY = 150


def many(folder: Path) -> str:
    return source(folder, [{**ONE, "headline": f"Ferry {number}"} for number in range(MANY)])


def test_a_file_is_printed_when_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Though the disk is waited for several together."""
    fsync, link = os.fsync, os.link
    synced: set[str] = set()
    waiting: list[int] = []

    def sync(descriptor: int) -> None:
        file = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if file.is_file():
            waiting.append(sum(one.name.startswith(".") for one in file.parent.iterdir()))
        synced.add(str(file))
        fsync(descriptor)

    def name(new: Path, path: Path, **rest: bool) -> None:
        assert str(new) in synced
        assert Path(new).stat().st_size
        assert str(path) not in capsys.readouterr().out
        link(new, path, **rest)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "link", name)
    into = tmp_path / "new"
    assert main.main(["import", many(tmp_path), "--into", str(into)]) == 0
    assert len(os.listdir(into)) == MANY
    assert str(into) in synced
    assert (max(waiting), len(waiting)) == (64, MANY)


def test_when_a_file_cannot_be_named_those_before_are_there_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    link, named = os.link, list[Path]()

    def name(new: Path, path: Path, **rest: bool) -> None:
        if len(named) == 70:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        link(new, path, **rest)
        named.append(path)

    monkeypatch.setattr(os, "link", name)
    into = tmp_path / "new"
    assert main.main(["import", many(tmp_path), "--into", str(into)]) == 2
    told = capsys.readouterr()
    assert told.out.splitlines() == list(map(str, named))
    assert sorted(into.iterdir()) == sorted(named)
    assert "No space left on device" in told.err


def test_a_name_that_is_taken_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    fsync = os.fsync

    def sync(descriptor: int) -> None:
        (tmp_path / NAME).write_text("theirs", "utf-8")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    file = source(tmp_path, [ONE])
    assert main.main(["import", file, "--into", str(tmp_path)]) == 0
    other = tmp_path / NAME.replace(".", "-2.")
    assert capsys.readouterr().out == f"{other}\n"
    assert ((tmp_path / NAME).read_text("utf-8"), load_article(other).problems) == ("theirs", ())
