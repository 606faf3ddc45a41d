"""`dossier index`: how far it is, how it ends, and what it tells of an index without touching it."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ARLEN, NATO, ROOT, Output, settle, write_article
from shelves import cut_update
from waiting import PATIENCE

from dossier.cli import main
from dossier.cli.index_update import ProgressLine, progress_bar, summary_words
from dossier.cli.shown_update import run_shown
from dossier.core.paths import state_folder
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.reader import Index

pytestmark = pytest.mark.usefixtures("no_reader")

BROKEN = "headline: Ferry\nbody: {\n"


def write_many(folder: Path, count: int) -> None:
    for number in range(count):
        write_article(folder, f"a{number:05}", id=f"a{number:05}", body=f"A ferry, the {number}th of them. " * 20)


def start(library: Path, **environment: str) -> "subprocess.Popen[str]":
    """Start indexing by the program in a process of its own."""
    command = [sys.executable, "-m", "dossier", "index", str(library), "--format", "json"]
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=given)


def test_what_is_there_is_told(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    (tmp_path / "two.yaml").write_text(BROKEN, "utf-8")
    assert main.main(["index", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert re.fullmatch(
        r"dossier: 1 article, 1 file cannot be opened \(dossier check says why\), took (?:less than )?\d\.\d s\n",
        told.err,
    )


def test_links_to_files_that_are_gone_are_told_with_their_cure(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    (tmp_path / "deep").mkdir()
    write_article(tmp_path, "deep/other")
    for name in ("z", "loop", "fine"):
        (tmp_path / f"{name}.yaml").symlink_to({"fine": "one.yaml", "loop": "loop.yaml"}.get(name, "nothing"))
    (tmp_path / "deep" / "gone.yaml").symlink_to("nothing")
    first = tmp_path / "deep" / "gone.yaml"
    assert main.main(["index", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    assert f"3 links lead to files that are gone, the first is {first}: put the files back, or remove the" in told
    assert "2 articles" in told
    main.main(["check", str(tmp_path)])
    named = "".join(capsys.readouterr())
    assert all(f"{name}.yaml" in named for name in ("gone", "loop", "z"))
    for name in ("z", "loop"):
        (tmp_path / f"{name}.yaml").unlink()
    assert main.main(["index", str(tmp_path)]) == 0
    assert f"{first} is a link to a file that is gone: put that back, or remove the link" in capsys.readouterr().err
    first.unlink()
    assert main.main(["index", str(tmp_path)]) == 0
    assert "gone" not in capsys.readouterr().err


def test_how_far_it_is_as_json(capsys: Output) -> None:
    assert main.main(["index", ARLEN, "--format", "json"]) == 0
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["ended"] for line in lines] == [False] * (len(lines) - 1) + [True]
    assert len(lines) > 1
    names = ["stage", "files", "done", "articles", "faults", "seconds", "rate", "left", "ended", "was_damaged"]
    assert list(lines[-1]) == names
    assert lines[-1]["articles"] == 11
    assert told.err == ""


def test_the_status(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    settle(tmp_path)
    status = ["index", str(tmp_path), "--status"]
    assert main.main(status) == 1
    kept = f"kept in   {state_folder(tmp_path)}"
    assert capsys.readouterr().out == f"no index yet: dossier index {tmp_path} builds it from 1 file\n{kept}\n"
    assert main.main(["index", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main.main(status) == 0
    lines = capsys.readouterr().out.splitlines()
    assert Path(lines[0].split()[1]).is_file()
    assert lines[2:] == [
        "articles  1",
        "files     1",
        "state     up to date",
        kept,
    ]
    write_article(tmp_path, "more")
    settle(tmp_path)
    cut_update(tmp_path)
    assert main.main(status) == 1
    assert f"state     not finished: dossier index {tmp_path} finishes it" in capsys.readouterr().out
    (tmp_path / "two.yaml").write_text(BROKEN, "utf-8")
    assert main.main(status) == 1
    assert f"state     1 file has changed: dossier index {tmp_path} updates the index" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"registry.yaml": "registry: 1\n"}, "2, of which 1 is the registry"),
        ({"lists/registry.yaml": "registry: 1\n"}, "2, of which 1 is not an article"),
        ({"registry.yaml": "headline: One\nbody: Two\n"}, "2"),
        (
            {"registry.json": '{"registry": 1}', "a.yaml": "some: list\n", "b.yaml": "{}\n", "c.yaml": BROKEN},
            "5, of which 1 is the registry, 2 are not articles and 1 cannot be opened",
        ),
    ],
)
def test_a_registry_is_not_counted_among_what_is_wrong(
    files: dict[str, str], told: str, tmp_path: Path, capsys: Output
) -> None:
    write_article(tmp_path, "one")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    settle(tmp_path)
    assert main.main(["index", str(tmp_path)]) == 0
    capsys.readouterr()
    main.main(["index", str(tmp_path), "--status"])
    assert f"files     {told}\n" in capsys.readouterr().out


def test_the_status_names_every_broken_file_with_its_first_finding(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    (tmp_path / "two.yaml").write_text(BROKEN, "utf-8")
    settle(tmp_path)
    main.main(["index", str(tmp_path)])
    main.main(["check", str(tmp_path)])
    checked = capsys.readouterr().out.splitlines()
    assert main.main(["index", str(tmp_path), "--status"]) == 0
    told = capsys.readouterr().out
    (fault,) = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    assert fault in {line.replace("error: ", "") for line in checked}
    assert main.main(["index", str(tmp_path), "--status", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["code"]) for one in found["faults"]] == [(f"{tmp_path}/two.yaml", "not-yaml")]
    assert (found["articles"], found["files"], found["up_to_date"]) == (1, 2, True)


def test_an_index_is_made_anew(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    settle(tmp_path)
    main.main(["index", str(tmp_path)])
    capsys.readouterr()
    for words, files in (([], 0), (["--rebuild"], 1)):
        assert main.main(["index", str(tmp_path), "--format", "json", *words]) == 0
        assert json.loads(capsys.readouterr().out.splitlines()[-1])["files"] == files


def test_the_registry_of_the_library_holds(tmp_path: Path) -> None:
    write_article(tmp_path, "one", people="{okafor: Lena Okafor}")
    write_article(tmp_path, "two", people="{okafor: L. Okafor}")
    for name in ("registry.yaml", "who-is-who.yaml"):
        registry = tmp_path / name
        registry.write_text("registry: 1\npeople:\n  okafor: {name: Lena Okafor, aliases: [L. Okafor]}\n", "utf-8")
        assert main.main(["index", str(tmp_path)]) == 0
        assert persons(tmp_path) == 1
        registry.unlink()
        assert main.main(["index", str(tmp_path)]) == 0
        assert persons(tmp_path) == 2


def persons(library: Path) -> int:
    index = Index.open(library)
    assert index
    return len(list(index.persons.person_ids("person")))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([NATO], "is not a folder: only a folder of articles has an index"),
        (["none"], "none is not a folder"),
        (["--status", "--rebuild"], "--status changes nothing: use either --status or --rebuild"),
    ],
)
def test_what_has_no_index(words: list[str], message: str, capsys: Output) -> None:
    assert main.main(["index", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    write_article(tmp_path, "one")
    (tmp_path / "cache").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert main.main(["index", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_ends_it_and_keeps_what_is_done(number: int, status: int, tmp_path: Path) -> None:
    write_many(tmp_path, 3_000)
    ran = start(tmp_path)
    assert ran.stdout
    for line in ran.stdout:
        if json.loads(line)["articles"]:
            break
    ran.send_signal(number)
    _, err = ran.communicate(timeout=PATIENCE)
    assert (ran.returncode, err) == (status, "")
    index = Index.open(tmp_path)
    assert index
    assert 0 < index.total() < 3_000


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_who_stops_it_is_told_that_the_next_run_goes_on(number: int, status: int, capsys: Output) -> None:
    assert run_shown(lambda _: signal.raise_signal(number), "the index", as_json=False) == status
    assert capsys.readouterr().err == "dossier: stopped: what is done is kept, and the next run goes on from there\n"
    assert run_shown(lambda _: signal.raise_signal(number), "the index", as_json=True) == status
    assert capsys.readouterr() == ("", "")


def test_it_ends_when_nobody_reads_any_more(tmp_path: Path) -> None:
    write_many(tmp_path, 3_000)
    ran = start(tmp_path)
    assert ran.stdout
    assert ran.stderr
    ran.stdout.readline()
    ran.stdout.close()
    assert ran.stderr.read() == ""
    assert ran.wait(PATIENCE) == 0
    index = Index.open(tmp_path)
    assert index
    assert index.total() < 3_000


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(), "looking for changed files …"),
        (Progress(Stage.WAITING), "waiting for another program …"),
        (Progress(Stage.READING, 1), "[--------------------] reading 0 of 1 file (0%)"),
        (
            Progress(Stage.READING, 10_000, 1_200, 1_100, 3, 2.0, 1.0),
            "[##------------------] reading 1,200 of 10,000 files (12%), 1,200 a second, 7.3 s left",
        ),
        (Progress(Stage.MERGING, 10, 10), "merging …"),
    ],
)
def test_words(progress: Progress, said: str) -> None:
    assert progress_bar(progress) == said


def test_the_summary() -> None:
    assert summary_words(Progress(Stage.ENDED, 0, 0, 1_204, 0, 0.04)) == "1,204 articles, took less than 0.1 s"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_line_is_rewritten_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    line = ProgressLine("the index of news")
    line.show(Progress(Stage.WAITING))
    line.show(Progress(Stage.MERGING))
    line.show(Progress(Stage.ENDED))
    line.end()
    long, short = "waiting for another program …", "merging …"
    assert terminal.getvalue() == f"\r{long}\r{short.ljust(len(long))}\r{' ' * len(long)}\r"


def test_elsewhere_no_line_is_written(capsys: Output) -> None:
    line = ProgressLine("the index of news")
    line.show(Progress(Stage.MERGING))
    line.end()
    assert capsys.readouterr().err == ""


def test_elsewhere_it_is_told_once_what_is_waited_for(capsys: Output) -> None:
    line = ProgressLine("the index of news")
    for stage in (Stage.WAITING, Stage.WAITING, Stage.LOOKING, Stage.WAITING, Stage.MERGING):
        line.show(Progress(stage))
    line.end()
    assert capsys.readouterr().err == "dossier: waiting for another program, which is writing the index of news\n"


def test_a_folder_that_cannot_be_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (tmp_path / "shut").mkdir()
    write_article(tmp_path / "shut", "one")
    assert main.main(["index", str(tmp_path)]) == 0
    capsys.readouterr()
    listed = os.scandir

    def scandir(path: str | bytes) -> object:
        if os.fsencode(path).rstrip(b"/").endswith(b"shut"):
            raise PermissionError(13, os.strerror(13), path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert main.main(["index", str(tmp_path)]) == 0
    told = capsys.readouterr().err
    why = "cannot list the folder: Permission denied; what the index has of it stays as it was"
    assert f"dossier: {tmp_path}/shut/: {why}\ndossier: 1 article, 1 file cannot be opened" in told


def test_what_cannot_be_told_without_reading_is_told_as_that(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    settle(tmp_path)
    main.main(["index", str(tmp_path)])
    capsys.readouterr()
    settle(tmp_path)
    assert main.main(["index", str(tmp_path), "--status"]) == 1
    said = f"state     1 file may have changed: dossier index {tmp_path} reads it again"
    assert said in capsys.readouterr().out
    assert main.main(["index", str(tmp_path)]) == 0
    assert main.main(["index", str(tmp_path), "--status"]) == 0
