"""`check` and `show`: what they print where, and the status they end with."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ARLEN, NATO, ROOT, Output, golden, write_article

from dossier.cli import check, main

pytestmark = pytest.mark.usefixtures("no_reader")


# check


def test_check(capsys: Output) -> None:
    assert main.main(["check", "faulty"]) == 1
    told = capsys.readouterr()
    assert told.out == golden("check.txt")
    assert told.err == "4 errors, 2 warnings in 3 articles; skipped 1 other YAML or JSON file\n"


def test_check_as_json_tells_the_same(capsys: Output) -> None:
    assert main.main(["check", "faulty", "--format", "json"]) == 1
    told = capsys.readouterr()
    found = json.loads(told.out)
    form = "{path}:{line}:{column}: {severity}: {message} [{code}]\n"
    assert "".join(form.format(**one) for one in found) == golden("check.txt")
    assert list(found[0]) == ["path", "line", "column", "severity", "code", "message", "excerpt"]
    assert found[0]["excerpt"] == "published: 2023-02-30"


@pytest.mark.parametrize(
    ("words", "status", "out", "err"),
    [
        ("faulty/doubtful.yml", 0, 1, "0 errors, 1 warning in 1 article\n"),
        ("faulty/doubtful.yml faulty/doubtful.yml", 0, 1, "0 errors, 1 warning in 1 article\n"),
        (
            "faulty/broken.yaml faulty",
            1,
            6,
            "4 errors, 2 warnings in 3 articles; skipped 1 other YAML or JSON file\n",
        ),
        ("faulty/none.yaml", 2, 0, "dossier: faulty/none.yaml: No such file or directory; name an article file"),
        ("faulty/doubtful.yml faulty/none.yaml", 2, 0, "dossier: faulty/none.yaml: No such file"),
        ("faulty/doubtful.yml --max-size 10", 1, 1, "1 error, 0 warnings in 1 article\n"),
        ("--nonsense x", 2, 0, "dossier: unrecognized arguments: --nonsense; see dossier --help\n"),
    ],
)
def test_check_status(words: str, status: int, out: int, err: str, capsys: Output) -> None:
    assert main.main(["check", *words.split()]) == status
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == out
    assert told.err.startswith(err)


def test_check_reads_a_named_file_that_looks_like_no_article(capsys: Output) -> None:
    assert main.main(["check", "faulty/other.yaml"]) == 1
    told = capsys.readouterr().out
    assert {"no-headline", "no-body"} <= set(re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE))


def test_check_of_a_folder_without_articles(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "other.yaml").write_text("on: push", "utf-8")
    (tmp_path / ".git").mkdir()
    assert main.main(["check", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "headline: or body: at the top level; skipped 1 other YAML or JSON file and 1 hidden folder" in told.err


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "a\x1b[2Jb")
    assert main.main(["check", str(tmp_path)]) == 0
    assert main.main(["check", str(tmp_path / "\x1b]0;x")]) == 2
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "a␛[2Jb.yaml:1:1: warning" in told.out


def test_the_bundled_data_has_no_errors(capsys: Output) -> None:
    assert main.main(["check", str(ROOT / "data")]) == 0
    assert re.search(r" in \d+ articles and 1 registry\n", capsys.readouterr().err)


def test_the_untidy_file_has_just_the_findings_in_its_comment(capsys: Output) -> None:
    untidy = Path(ARLEN, "untidy.yaml")
    main.main(["check", str(untidy)])
    found = re.findall(r":(\d+:\d+: \w+:) .*(\[[a-z-]+\])$", capsys.readouterr().out, re.MULTILINE)
    listed = re.findall(r"^#   (\d+:\d+: \w+:) (\[[a-z-]+\])$", untidy.read_text("utf-8"), re.MULTILINE)
    assert found == listed
    assert len(listed) > 8


# show


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("person/stoltenberg", "show-person.txt"),
        ("quote/q3", "show-quote.txt"),
        ("nato-seoul-2023#quote/q3", "show-quote.txt"),
        ("event/e5", "show-event.txt"),
        ("para/p4", "show-paragraph.txt"),
        ("quote/q3 --format json", "show-quote.json"),
        ("para/p4:0-11 --format json", "show-span.json"),
    ],
)
def test_show(words: str, name: str, capsys: Output) -> None:
    assert main.main(["show", *words.split(), NATO]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (golden(name), "")


@pytest.mark.parametrize("ref", ["#", "hh-2023-04-12-ferry"])
def test_show_a_whole_article(ref: str, capsys: Output) -> None:
    assert main.main(["show", ref, "../seeded/clean.yaml"]) == 0
    assert capsys.readouterr().out == golden("show-article.txt")


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        ("headline", "NATO takes up Pyongyang’s arms for Moscow\n"),
        ("para/p4:0-11", "Stoltenberg\n"),
        ("about/outlet", "Korea JoongAng Daily\n"),
        ("term/ICBM", "term         ICBM\nmeaning      intercontinental ballistic missile\nmentions     1 · ¶7\n"),
    ],
)
def test_show_what_runs_on_as_it_runs(ref: str, text: str, capsys: Output) -> None:
    assert main.main(["show", ref, NATO]) == 0
    assert capsys.readouterr().out == text


def test_show_picks_the_article_that_bears_the_id(capsys: Output) -> None:
    assert main.main(["show", "hh-2023-04-12-ferry#headline", ARLEN]) == 0
    assert capsys.readouterr().out == "Ferry pact signed in Port Arlen\n"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("quote/q33", 1, "dossier: nato-seoul-2023#quote/q33 does not exist: did you mean nato-seoul-2023#quote/q3?\n"),
        ("person/Stoltenberg", 1, "did you mean nato-seoul-2023#person/stoltenberg?\n"),
        ("subtitle", 1, "the article has no entries of the kind subtitle\n"),
        ("para/p4:0-99999", 1, "the text of nato-seoul-2023#para/p4 ends at "),
        ("nato-seoul-2032#quote/q1", 1, "no article 'nato-seoul-2032' here: did you mean nato-seoul-2023#quote/q1?\n"),
        (f"no-such {ARLEN}", 1, "no article 'no-such' here"),
        ("no/such#thing", 2, "is not an address: write article#kind/id"),
        (f"quote/q1 {ARLEN}", 2, "say which one, as in\n  ac-2021-03-14-quay-audit#quote/q1\n"),
        ("quote/q1 none.yaml", 2, "dossier: none.yaml: No such file or directory"),
    ],
)
def test_show_nothing(words: str, status: int, message: str, capsys: Output) -> None:
    assert main.main(["show", *words.split()]) == status
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_many_articles_are_not_all_named(tmp_path: Path, capsys: Output) -> None:
    for number in range(22):
        write_article(tmp_path, f"a{number:02}")
    assert main.main(["show", "headline", str(tmp_path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], lines[-1], len(lines)) == (
        "dossier: there are 22 articles: say which one, as in",
        "  and 2 more",
        22,
    )


def test_what_cannot_be_opened_is_told(capsys: Output) -> None:
    assert main.main(["show", "headline", "faulty/closed.yaml"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "faulty/closed.yaml:2:16: error:" in told.err
    assert "dossier: nothing to open" in told.err
    assert main.main(["show", "broken#headline", "faulty"]) == 0
    told = capsys.readouterr()
    assert told.out == "Ferry pact signed\n"
    assert told.err == "dossier: 1 file cannot be opened; dossier check says why\n"


def test_an_interrupt_leaves_without_words(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "load_article", interrupted)
    assert main.main(["check", NATO]) == 130
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told() -> None:
    words = [sys.executable, "-m", "dossier", "--version"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("dossier: cannot write the output: ")
    assert "Traceback" not in ended.stderr


def test_what_was_printed_before_a_command_failed_is_not_lost() -> None:
    program = """
from dossier.cli import main
from dossier.cli.arguments import CommandError

def run(words):
    print("found")
    raise CommandError("and no more")

main._run = run
main.main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "found\n", "dossier: and no more\n")
