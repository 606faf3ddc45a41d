"""`dossier export`: what is written where, what is never overwritten, and the exit status."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from locales import Locale, with_locales
from ptys import line
from shell import ARLEN, NATO, ROOT, Output, write_article

from dossier.cli import export_articles
from dossier.cli.main import main
from dossier.core.note_places import make_note
from dossier.core.paths import state_folder
from dossier.core.ref import parse_ref
from dossier.core.views.panes import make_reading
from dossier.export.export import Export
from dossier.export.formats import FORMATS, ExportFormat
from dossier.library.notes_file import NotesFile, notes_path
from dossier.library.user_data import UserData
from dossier.loader.article import load_article
from dossier.loader.limits import Limits

pytestmark = pytest.mark.usefixtures("no_reader")
PROGRAM = (sys.executable, "-m", "dossier")


def exported(*words: str, capsys: Output) -> list[str]:
    """Return the addresses of what is exported, without those of notes."""
    assert main(["export", *words, "--format", "jsonl"]) == 0
    return [one["ref"] for one in map(json.loads, capsys.readouterr().out.splitlines()) if one["kind"] != "note"]


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Return a library: two articles of one id, one without a date, one broken, and ids that are no file names."""
    root = tmp_path / "several"
    (root / "deep").mkdir(parents=True)
    write_article(root, "first", published="2026-11-27", people="{okafor: Lena Okafor}", quotes="[{okafor: A ferry}]")
    write_article(root, "second", published="2026-10", people="{okafor: Lena Okafor}")
    write_article(root, "same", published="2026-11-26")
    write_article(root / "deep", "same", published="2026-11-25")
    write_article(root, "undated", id="'../../etc/passwd'")
    write_article(root, "hidden", id="'.Ünd\u0300 a\u202eb'", published="2025")
    (root / "broken.yaml").write_text("headline: [\n", "utf-8")
    return root


def test_a_file_is_exported_whole(capsys: Output) -> None:
    found = exported(NATO, capsys=capsys)
    assert found[0] == "nato-seoul-2023#headline"
    assert found[-1] == "nato-seoul-2023#event/e17"
    assert not any(Path(os.environ["XDG_CACHE_HOME"]).iterdir())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["quote/q3", NATO], ["nato-seoul-2023#quote/q3"]),
        ([NATO, "quote/q3"], ["nato-seoul-2023#quote/q3"]),
        ([f"{NATO}#quote/q3"], ["nato-seoul-2023#quote/q3"]),
        ([f"{NATO}#para/p2:0-9"], ["nato-seoul-2023#para/p2:0-9"]),
        (["nato-seoul-2023#headline", NATO], ["nato-seoul-2023#headline"]),
        (["hh-2024-10-12-the-long-quay#headline", ARLEN], ["hh-2024-10-12-the-long-quay#headline"]),
        (["hh-2024-10-12-the-long-quay", ARLEN, "--in", "headline"], ["hh-2024-10-12-the-long-quay#headline"]),
    ],
)
def test_an_address_is_exported_alone(words: list[str], found: list[str], capsys: Output) -> None:
    assert exported(*words, capsys=capsys) == found


def test_an_article_that_has_the_name_of_no_file_is_looked_for_in_the_library(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", ARLEN)
    assert exported("hh-2024-10-12-the-long-quay#quote/reading", capsys=capsys) == [
        "hh-2024-10-12-the-long-quay#quote/reading"
    ]


def test_a_folder_with_the_name_of_a_kind_is_a_folder(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("quote", "q1").mkdir(parents=True)
    write_article(Path("quote"), "one", quotes="[{text: A ferry, id: q1}]")
    for word in ("quote", "quote/", "./quote"):
        assert exported(word, "--in", "headline", capsys=capsys) == ["one#headline"]
    monkeypatch.setenv("DOSSIER_LIBRARY", "quote")
    assert exported("quote/q1", capsys=capsys) == ["one#quote/q1"]


def test_a_person_of_a_library_is_exported_from_all_articles(capsys: Output) -> None:
    found = exported("person/okafor", ARLEN, capsys=capsys)
    assert main(["show", "person/okafor", ARLEN, "--format", "json"]) == 0
    (dossier,) = json.loads(capsys.readouterr().out)
    assert {ref for ref in found if "#person/" in ref} == set(dossier["refs"])
    assert {ref for ref in found if "#quote/" in ref} == {one["ref"] for one in dossier["statements"]}
    assert {ref for ref in found if "#event/" in ref} == {one["ref"] for one in dossier["events"]}
    assert len(found) == len(dossier["refs"]) + len(dossier["statements"]) + len(dossier["events"]) == 18
    assert exported("person/okafor", ARLEN, "--in", "quotes", capsys=capsys) == [r for r in found if "#quote/" in r]


def test_persons_of_one_id_are_exported_together(several: Path, capsys: Output) -> None:
    write_article(several, "third", published="2026", people="{okafor: Otto Okafor}")
    assert main(["export", "person/okafor", str(several), "--format", "jsonl"]) == 0
    told = capsys.readouterr()
    assert "2 persons have the id okafor and may be different: all are exported" in told.err
    people = [one["text"] for one in map(json.loads, told.out.splitlines()) if one["kind"] == "person"]
    assert sorted(people) == ["Lena Okafor", "Lena Okafor", "Otto Okafor"]


def test_stdin_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["-"], ["quote/q3", "-"]):
        ran = subprocess.run(
            [*PROGRAM, "export", *words, "--format", "jsonl"],
            input=Path(NATO).read_bytes(),
            capture_output=True,
            check=False,
            cwd=ROOT,
        )
        assert (ran.returncode, ran.stderr) == (0, b"")
        found = [json.loads(one)["ref"] for one in ran.stdout.decode().splitlines()]
        assert found == ["nato-seoul-2023#quote/q3"] if len(words) > 1 else len(found) > 50


@pytest.mark.parametrize(
    ("given", "message"),
    [(b"", "input is empty"), (b"headline: A\n", "[no-body]"), (b"\xff\xfe\xff", "standard input:1:1: error")],
)
def test_stdin_without_an_article_is_told_why(given: bytes, message: str) -> None:
    ran = subprocess.run([*PROGRAM, "export", "-"], input=given, capture_output=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert message in ran.stderr.decode()


def test_articles_since_a_day_and_how_many_have_no_date(several: Path, capsys: Output) -> None:
    assert main(["export", str(several), "--since", "2026-10-15", "--in", "headline", "--format", "jsonl"]) == 0
    told = capsys.readouterr()
    found = [json.loads(one)["ref"] for one in told.out.splitlines()]
    assert found == ["first#headline", "same.yaml#headline", "deep%2Fsame.yaml#headline", "second#headline"]
    assert told.err.splitlines()[-2:] == [
        "dossier: 1 article left out: no date of publication that can be read",
        "dossier: 1 file cannot be opened; dossier check says why",
    ]


def test_a_saved_search_is_exported_by_its_name(capsys: Output) -> None:
    UserData(state_folder(Path(ARLEN))).save("toll", "in:quotes toll")
    assert exported(ARLEN, "--saved", "toll", capsys=capsys) == exported(
        ARLEN, "--query", "in:quotes toll", capsys=capsys
    )
    assert main(["export", ARLEN, "--saved", "tol"]) == 2
    assert capsys.readouterr().err == f"dossier: no saved search 'tol' in {ARLEN}: the saved ones are toll\n"


def test_notes_go_out_when_they_are_asked_for(capsys: Output) -> None:
    ref = parse_ref("hh-2024-10-12-the-long-quay#quote/reading:0-5")
    article = load_article(Path(ARLEN, "2024-10-12-the-long-quay.yaml"), Limits()).article
    note = (
        make_note(make_reading(article, ()), ref, "n1", "2026-11-28T14:05:00Z", "ask again #todo") if article else None
    )
    assert note
    NotesFile(notes_path()).add([note])
    assert main(["export", ref.article, ARLEN]) == 0
    assert "ask again" not in capsys.readouterr().out
    assert main(["export", ref.article, ARLEN, "--notes"]) == 0
    assert "    note on “I was”: ask again #todo\n" in capsys.readouterr().out
    assert main(["export", ARLEN, "--in", "notes", "--format", "jsonl"]) == 0
    entry, note = map(json.loads, capsys.readouterr().out.splitlines())
    assert entry["ref"] == str(ref.entry)
    assert (note["kind"], note["ref"], note["text"], note["words"]) == ("note", str(ref), "ask again #todo", "I was")
    assert main(["export", ref.article, ARLEN, "--format", "webannotation"]) == 0
    written = capsys.readouterr()
    assert [one["created"] for one in json.loads(written.out)["first"]["items"]] == ["2026-11-28T14:05:00Z"]
    assert "left out" not in written.err
    assert main(["export", NATO, "--in", "notes"]) == 1
    assert capsys.readouterr().err == "dossier: nothing to export: nothing fits --in\n"


def test_what_is_written_to_a_file_is_what_is_printed(tmp_path: Path) -> None:
    for form in FORMATS:
        if form.is_single or form.missing:
            continue
        file = tmp_path / f"out.{form.name}"
        assert main(["export", NATO, "--format", form.name, "-o", str(file)]) == 0
        assert file.stat().st_size
        assert [one.name for one in tmp_path.iterdir()] == [file.name]
        file.unlink()


def test_a_pipe_gets_the_bytes_of_the_file(tmp_path: Path) -> None:
    assert main(["export", NATO, "-o", str(tmp_path / "out")]) == 0
    ran = subprocess.run([*PROGRAM, "export", NATO], capture_output=True, check=True, cwd=ROOT)
    assert ran.stdout == (tmp_path / "out").read_bytes()


def test_no_file_is_overwritten_without_force(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "out"
    file.write_text("mine", "utf-8")
    file.chmod(0o640)
    assert main(["export", NATO, "-o", str(file)]) == 2
    assert "already exists: name another file, or replace it with --force" in capsys.readouterr().err
    assert file.read_text("utf-8") == "mine"
    (tmp_path / "link").symlink_to(file)
    assert main(["export", NATO, "-o", str(tmp_path / "link"), "--force"]) == 0
    assert (tmp_path / "link").is_symlink()
    assert "Stoltenberg" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o640


def test_nothing_to_export_makes_no_file(tmp_path: Path) -> None:
    assert main(["export", ARLEN, "--query", "nowhere", "-o", str(tmp_path / "out")]) == 1
    assert main(["export", ARLEN, "--query", "nowhere", "-o", f"{tmp_path}/folder/"]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_gets_a_file_for_each_article_with_a_safe_name(several: Path, tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "out"
    assert main(["export", str(several), "--format", "jsonl", "-o", f"{out}/"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert f"dossier: wrote 6 files to {out}\n" in told.err
    assert "1 file cannot be opened; dossier check says why" in told.err
    names = sorted(file.name for file in out.iterdir())
    assert names[:1] + names[2:] == [
        "deep-same.yaml.jsonl",
        "first.jsonl",
        "same.yaml.jsonl",
        "second.jsonl",
        "\u00dcnd--a-b.jsonl",
    ]
    assert names[1] == "etc-passwd.jsonl"
    assert all(file.read_text("utf-8").startswith('{"version": 1, ') for file in out.iterdir())
    assert main(["export", str(several), "--format", "jsonl", "-o", str(out)]) == 2
    assert "already exists" in capsys.readouterr().err
    assert main(["export", str(several), "--format", "jsonl", "-o", str(out), "--force"]) == 0
    assert sorted(file.name for file in out.iterdir()) == names


def test_a_folder_that_has_one_of_the_files_keeps_what_was_written_before(tmp_path: Path, capsys: Output) -> None:
    for name, day in (("new", "2026-11-03"), ("middle", "2026-11-02"), ("old", "2026-11-01")):
        write_article(tmp_path, name, published=day)
    out = tmp_path / "out"
    out.mkdir()
    (out / "middle.txt").write_text("mine", "utf-8")
    assert main(["export", str(tmp_path), "-o", str(out)]) == 2
    told = capsys.readouterr().err
    assert told.endswith(
        "already exists: name another file, or replace it with --force (written before that: 1 file)\n"
    )
    assert sorted(file.name for file in out.iterdir()) == ["middle.txt", "new.txt"]
    assert (out / "middle.txt").read_text("utf-8") == "mine"


def single(export: Export) -> Iterator[str]:
    """Write the headline of the only article."""
    (exported,) = export.articles
    yield f"{exported.article.headline}\n"
    export.omissions.count("event", "left out: it has no day")


@pytest.fixture
def one_article_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a format `one` that holds one article in a file, and one, `rare`, that lacks a package."""
    monkeypatch.setattr("dossier.export.entry_lines.single", single, raising=False)
    one = ExportFormat("one", "one", "the headline", "entry_lines:single", is_single=True)
    rare = ExportFormat("rare", "rare", "nothing", "entry_lines:single", "xlsx", "a_package_that_is_not_there")
    monkeypatch.setattr(export_articles, "_FORMS", {"one": one, "rare": rare})


@pytest.mark.usefixtures("one_article_format")
def test_a_format_for_one_article_needs_a_folder_for_several(tmp_path: Path, capsys: Output) -> None:
    assert main(["export", NATO, "--format", "one"]) == 0
    told = capsys.readouterr()
    assert told.out == "NATO takes up Pyongyang’s arms for Moscow\n"
    assert told.err == "dossier: 1 event left out: it has no day\n"
    assert main(["export", ARLEN, "--format", "one"]) == 2
    message = "one holds one article in a file, and there are several: -o FOLDER/ writes a file for each"
    assert message in capsys.readouterr().err
    assert main(["export", ARLEN, "--format", "one", "-o", f"{tmp_path}/"]) == 0
    assert len(list(tmp_path.iterdir())) == 11
    assert "dossier: 11 events left out: it has no day\n" in capsys.readouterr().err


@pytest.mark.usefixtures("one_article_format")
def test_a_missing_extra_is_named(capsys: Output) -> None:
    assert main(["export", NATO, "--format", "rare"]) == 2
    assert capsys.readouterr().err == "dossier: rare needs the extra xlsx: pip install 'dossier[xlsx]'\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([NATO, "--format", "jsonk"], "argument --format: there is no format 'jsonk': did you mean jsonl?"),
        ([NATO, "--format", "qqq"], "argument --format: there is no format 'qqq': the formats are text, markdown, "),
        ([NATO, "--since", "soon"], "argument --since: 'soon' is not a date: write one such as 2026-11-01"),
        ([NATO, "--since", "../2020"], "argument --since: '../2020' is not a date"),
        # Whether the choices are quoted depends on the version of Python.
        ([NATO, "--in", "quote"], "argument --in: invalid choice: 'quote'"),
        (
            [f"{ARLEN}/untidy.yaml", NATO],
            f"{ARLEN}/untidy.yaml and {NATO} cannot be exported at once: name one of them",
        ),
        ([ARLEN, "--since", "2023..2024"], "argument --since: '2023..2024' is not a date: write one such as"),
        (["quote/q3", NATO, "--query", "x"], "REF and --query cannot be combined: use either of them"),
        ([ARLEN, "--query", "x", "--saved", "y"], "--query and --saved cannot be combined: use either of them"),
        ([NATO, "--saved", "x"], "--saved needs a library: name a folder of articles"),
        ([ARLEN, "--saved", "x"], f"no saved search 'x' in {ARLEN}: none is saved; b in the library saves one"),
        (["quote/q99", NATO], "nato-seoul-2023#quote/q99 does not exist: did you mean nato-seoul-2023#quote/q9?"),
        (["other#quote/q9", NATO], "no article 'other' here: did you mean nato-seoul-2023#quote/q9?"),
        (["person/okafer", ARLEN], f"no person/okafer in {ARLEN}: did you mean person/okafor?"),
        (["quote/q9", ARLEN], "there are 11 articles: say which one, as in"),
        (["none.yaml"], "none.yaml: no such file or folder; name an article file, a folder, or an address"),
        (["none/"], "none/: no such file or folder"),
        (["a" * 300], "no article 'aaaaaaa"),
        (["quote/q3", "a" * 300], "argument PATH: the name is too long: name a file or a folder"),
        (["colour/x", NATO], "argument REF: 'colour/x' is not an address"),
    ],
)
def test_what_cannot_be_done_is_status_2(words: list[str], message: str, capsys: Output) -> None:
    assert main(["export", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"dossier: {message}" in told.err


@pytest.mark.parametrize("query", ["", " ", "!!!"])
def test_a_query_that_asks_for_nothing_exports_nothing(query: str, capsys: Output) -> None:
    assert main(["export", ARLEN, "--query", query]) == 1
    assert "nothing to search for in this query" in capsys.readouterr().err


def test_a_part_of_a_query_that_is_not_understood_is_marked(capsys: Output) -> None:
    assert main(["export", ARLEN, "--query", "ferry date:someday", "--in", "headline"]) == 0
    assert "'someday' is not a date or range of dates and is ignored" in capsys.readouterr().err


def test_an_empty_library_has_no_article(tmp_path: Path, capsys: Output) -> None:
    assert main(["export", str(tmp_path)]) == 2
    assert f"no article in {tmp_path}" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["a-file/out", "a-file/out/", "missing/out", "\udcff" * 300])
def test_a_target_that_cannot_be_written_is_named(target: str, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    assert main(["export", NATO, "-o", f"{tmp_path}/{target}"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"dossier: {tmp_path}/{target[:7].replace(chr(0xDCFF), '�')}")
    assert "that can be written" in told
    assert [one.name for one in tmp_path.iterdir()] == ["a-file"]


def test_a_full_disk_is_told(capsys: Output) -> None:
    assert main(["export", NATO, "-o", "/dev/full"]) == 2
    assert capsys.readouterr().err.startswith("dossier: /dev/full: No space left on device")
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m dossier export {ARLEN} > /dev/full"],
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 2
    assert b"dossier: cannot write the output: No space left on device\n" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_a_reader_who_has_had_enough_is_no_failure() -> None:
    shell = f"exec 3>&1; ({sys.executable} -m dossier export {ARLEN}; echo $? >&3) | true"
    ran = subprocess.run(["sh", "-c", shell], capture_output=True, check=False, cwd=ROOT)
    assert ran.stdout == b"0\n"
    assert b"Traceback" not in ran.stderr


def test_an_interrupt_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Iterator[bytes]:
        yield b"half" * 100_000
        assert len(list(tmp_path.iterdir())) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(export_articles, "write_export", interrupted)
    assert main(["export", NATO, "-o", str(tmp_path / "out")]) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_half_file(number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> Iterator[bytes]:
        yield b"half" * 100_000
        signal.raise_signal(number)

    monkeypatch.setattr(export_articles, "write_export", ended)
    # What starts the tests may have it ignored, as nohup does.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit) as stopped:
            main(["export", NATO, "-o", str(tmp_path / "out")])
        assert signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)
    assert stopped.value.code == 128 + number
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_of_files_are_exported(tmp_path: Path, capsys: Output) -> None:
    root = tmp_path / "lib\x1b[2J"
    root.mkdir()
    for name in ("a\x1b[31mb", "-o", "--force", "a b\n"):
        write_article(root, name)
    (root / os.fsdecode(b"\xff.yaml")).write_text("headline: A\nbody: [B]\n", "utf-8")
    out = tmp_path / "out"
    assert main(["export", str(root), "-o", f"{out}/"]) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.err
    assert len(list(out.iterdir())) == 5
    assert all(file.name.isprintable() and not file.name.startswith(("-", ".")) for file in out.iterdir())
    assert main(["export", "--", str(root / "--force.yaml")]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["html", "timelinejs", "icalendar", "webannotation"])
def test_a_folder_whose_name_is_not_utf_8_is_a_title(form: str, tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"lib\xff\x1b")
    root.mkdir()
    write_article(root, "a")
    assert main(["export", str(root), "--format", form, "-o", str(tmp_path / "out")]) == 0
    assert "lib\ufffd␛" in (tmp_path / "out").read_text("utf-8")


@with_locales
def test_a_file_is_in_utf_8_and_a_terminal_gets_its_own_encoding(locale: Locale, tmp_path: Path) -> None:
    environment = locale("ko_KR.EUC-KR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [*PROGRAM, "export", "person/park", NATO]
    ran = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env={**kept, **environment})
    assert "박진" in ran.stdout.decode("utf-8")
    with line(command, 80, 24, **environment, HOME=str(tmp_path)) as far:
        assert far.status() == 0
    assert "박진" in far.sent.decode("euc-kr")


def test_what_is_no_text_is_kept_from_a_terminal(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_articles, "write_export", lambda *_: iter([b"PK\x03\x04\0\0"]))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["export", NATO]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "dossier: text is not text: name a file, as in -o export.txt\n"
