"""`dossier export` of the reader's notes: by a query in them, and in a format that holds nothing else."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from shell import ARLEN, Output, write_article

from dossier.cli.main import main
from dossier.core.note import Note
from dossier.core.note_places import make_note
from dossier.core.ref import parse_ref
from dossier.core.views.panes import make_reading
from dossier.export.formats import FORMATS, ExportFormat
from dossier.library.notes_file import NotesFile, notes_path
from dossier.loader.article import load_article

pytestmark = pytest.mark.usefixtures("no_reader")

FERRY = f"{ARLEN}/2023-04-12-ferry-pact.yaml"


def note_on(address: str, id: str, text: str) -> Note:
    """Return a note on an entry of the article in FERRY."""
    article = load_article(Path(FERRY)).article
    note = article and make_note(make_reading(article, ()), parse_ref(address), id, "2026-11-28T14:05:00Z", text)
    assert note
    return note


@pytest.mark.parametrize("path", [ARLEN, FERRY], ids=["library", "file"])
@pytest.mark.parametrize("words", [["--query", "in:notes ask"], ["--query", "ask", "--in", "notes"]], ids=str)
def test_a_query_in_notes_exports_the_notes_that_a_search_finds(words: list[str], path: str, capsys: Output) -> None:
    address = "hh-2023-04-12-ferry#para/p1"
    gone = Note("n3", parse_ref(f"{address}9"), "words that are gone", "2026-11-28T14:05:02Z", text="ask again")
    NotesFile(notes_path()).add([note_on(address, "n1", "ask them"), note_on(address, "n2", "another"), gone])
    assert main(["search", "in:notes ask", path, "--format", "jsonl"]) == 0
    found = [json.loads(line)["ref"] for line in capsys.readouterr().out.splitlines()]
    assert main(["export", path, *words, "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["ref"] for one in lines if one["kind"] != "note"] == found
    assert found == ["hh-2023-04-12-ferry#headline", address]
    assert sorted(one["id"] for one in lines if one["kind"] == "note") == ["n1", "n3"]


def test_a_format_of_notes_has_them_without_being_asked(capsys: Output) -> None:
    NotesFile(notes_path()).add([note_on("hh-2023-04-12-ferry#para/p1", "n1", "ask them")])
    assert main(["export", FERRY, "--format", "webannotation"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["total"] == 1
    assert told.err == ""


def test_only_notes_are_exported_from_an_article_whose_id_has_changed(tmp_path: Path, capsys: Output) -> None:
    for name in ("first", "second"):
        write_article(tmp_path, name, id=name)
    article = load_article(tmp_path / "first.yaml").article
    note = article and make_note(make_reading(article, ()), parse_ref("first#para/p1"), "n1", "2026-11-28T14:05:00Z")
    assert note
    NotesFile(notes_path()).add([note])
    write_article(tmp_path, "first", id="renamed")
    assert main(["export", str(tmp_path), "--in", "notes", "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["ref"] for one in lines if one["kind"] != "note"] == ["renamed#para/p1"]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_note_on_an_event_goes_out_with_its_tag_in_every_format(form: ExportFormat, tmp_path: Path) -> None:
    if form.missing:
        pytest.skip(form.missing)
    NotesFile(notes_path()).add([note_on("hh-2023-04-12-ferry#event/e5", "n1", "verify the year #askagain")])
    path = tmp_path / "out"
    assert main(["export", FERRY, "--notes", "--format", form.name, "-o", str(path)]) == 0
    written = path.read_bytes()
    if form.name == "xlsx":
        with ZipFile(path) as book:
            written = b"".join(book.read(name) for name in book.namelist())
    text = written.decode().replace("\r\n ", "").replace("\\#", "#")
    assert "verify the year" in " ".join(text.split())
    assert "#askagain" in text
