"""`dossier search`: what is printed in which format, how old an index may be, and the status it ends with."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from shell import ARLEN, NATO, Output, golden, settle, write_article

from dossier.cli import main, searched_library
from dossier.core.note import Note
from dossier.core.ref import parse_ref
from dossier.library.index.reader import Index
from dossier.library.notes_file import NotesFile, notes_path

pytestmark = pytest.mark.usefixtures("no_reader")


def found(*words: str, capsys: Output) -> list[str]:
    """Return the addresses that a search finds."""
    main.main(["search", *words, "--format", "jsonl"])
    return [json.loads(line)["ref"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["Minatsu", ARLEN], "search-minatsu.txt"),
        (["outlet:courier published:2021", ARLEN, "--format", "json"], "search-outlet.json"),
        (["speaker:park", NATO, "--format", "csv"], "search-speaker.csv"),
        (["reckless", NATO, "--in", "quotes", "--format", "jsonl"], "search-quote.jsonl"),
    ],
)
def test_search(words: list[str], name: str, capsys: Output) -> None:
    assert main.main(["search", *words]) == 0
    told = capsys.readouterr()
    assert told.out.replace("\r\n", "\n") == golden(name)


def test_every_format_tells_the_same(capsys: Output) -> None:
    printed = {}
    for name in ("json", "jsonl", "csv", "text"):
        assert main.main(["search", "ferry", ARLEN, "--format", name]) == 0
        printed[name] = capsys.readouterr().out
    objects = json.loads(printed["json"])
    assert [json.loads(line) for line in printed["jsonl"].splitlines()] == objects
    assert len(objects) > 10
    rows = list(csv.DictReader(io.StringIO(printed["csv"], newline="")))
    assert [(row["ref"], row["text"]) for row in rows] == [(one["ref"], one["text"]) for one in objects]
    assert [row["spans"] for row in rows] == [
        " ".join(f"{start}-{end}" for start, end in one["spans"]) for one in objects
    ]
    assert [line.split()[0] for line in printed["text"].splitlines() if line.startswith("  ")] == [
        one["ref"] for one in objects
    ]
    assert all(one["text"][start:end].lower() == "ferry" for one in objects for start, end in one["spans"])


def test_the_newest_article_comes_first(capsys: Output) -> None:
    main.main(["search", "ferry", ARLEN, "--format", "jsonl"])
    dates = [json.loads(line)["published"][:10] for line in capsys.readouterr().out.splitlines()]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 3


def test_only_a_quote_has_a_speaker(capsys: Output) -> None:
    assert main.main(["search", "a", ARLEN, "--format", "json"]) == 0
    objects = json.loads(capsys.readouterr().out)
    assert {one["kind"] for one in objects if "speaker" in one} == {"quote"}
    assert all("speaker" in one for one in objects if one["kind"] == "quote")
    assert "Audit Office" in {one["speaker"] for one in objects if one["kind"] == "quote"}


def test_where_nobody_is_named_the_speaker_is_null(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one", quotes="[{text: A quay, form: reported}]")
    assert main.main(["search", "quay", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["speaker"] is None


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "text"])
def test_nothing_found(name: str, capsys: Output) -> None:
    assert main.main(["search", "nowhere", ARLEN, "--format", name]) == 1
    told = capsys.readouterr()
    header = "ref,kind,article,headline,published,outlet,text,spans,speaker,context\r\n"
    assert told.out == {"json": "[]\n", "csv": header}.get(name, "")


def test_a_result_that_is_cut_says_so(capsys: Output) -> None:
    assert main.main(["search", "ferry", ARLEN, "--format", "jsonl", "--limit", "3"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3
    assert told.err.endswith("dossier: showing the first 3; --limit N shows more\n")
    assert main.main(["search", "ferry", ARLEN, "--limit", "3000"]) == 0
    assert "more were found" not in capsys.readouterr().err


def test_what_is_not_understood_is_marked(capsys: Output) -> None:
    assert main.main(["search", "부두 ferry date:someday", ARLEN]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("dossier: 'someday' is not a date or range of dates and is ignored")
    assert told[1:3] == ["  부두 ferry date:someday", "                  ^^^^^^^"]


@pytest.mark.parametrize("query", ["", "  ", "!!!", "speaker:", "("])
def test_a_query_that_asks_for_nothing(query: str, capsys: Output) -> None:
    assert main.main(["search", query, ARLEN]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing to search for in this query" in told.err


def test_a_single_file_is_searched_without_an_index(capsys: Output) -> None:
    assert found("reckless", NATO, capsys=capsys)[0] == "nato-seoul-2023#para/p2"
    assert not any(Path(os.environ["XDG_CACHE_HOME"]).iterdir())


def test_with_an_index_and_without_the_same_is_found(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "article.yaml").write_bytes(Path(NATO).read_bytes())
    for query in ("nato", "speaker:stoltenberg", "in:timeline 2006", "korea -north", "event:2017.."):
        alone = found(query, NATO, capsys=capsys)
        assert alone
        assert found(query, str(tmp_path), capsys=capsys) == alone


def test_a_name_finds_what_is_filed_under_another(tmp_path: Path, capsys: Output) -> None:
    people = "{yoon: {name: Yoon Suk Yeol, native: 윤석열}}"
    write_article(tmp_path, "one", people=people, quotes="[{speaker: yoon, text: ties, form: reported}]")
    latin = "{yoon: Yoon Suk Yeol}"
    write_article(tmp_path, "two", people=latin, quotes="[{id: q9, speaker: yoon, text: aid, form: reported}]")
    assert sorted(found("speaker:윤석열", str(tmp_path), capsys=capsys)) == ["one#quote/q1", "two#quote/q9"]


def test_what_changed_in_a_small_library_is_found(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    assert found("ferry", str(tmp_path), capsys=capsys) == ["one#headline", "one#para/p1"]
    write_article(tmp_path, "two", headline="A quay")
    write_article(tmp_path, "one", headline="A new ferry")
    assert found("headline:x OR ferry in:headline", str(tmp_path), capsys=capsys) == ["one#headline"]
    assert found("quay", str(tmp_path), capsys=capsys) == ["two#headline"]
    (tmp_path / "two.yaml").unlink()
    assert found("quay", str(tmp_path), capsys=capsys) == []


def test_an_index_of_a_large_library_may_be_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    for name in ("gone", "other", "same"):
        write_article(tmp_path, name, body="A ferry and a quay.")
    settle(tmp_path)
    assert main.main(["index", str(tmp_path)]) == 0
    monkeypatch.setattr(searched_library, "_SMALL", 0)
    (tmp_path / "gone.yaml").unlink()
    write_article(tmp_path, "other", body="A bridge, no less.")
    write_article(tmp_path, "new", body="A quay.")
    capsys.readouterr()
    assert main.main(["search", "quay", str(tmp_path), "--format", "jsonl"]) == 0
    told = capsys.readouterr()
    assert [json.loads(line)["ref"] for line in told.out.splitlines()] == ["same#para/p1"]
    assert told.err == (
        "dossier: some files changed since they were indexed and were read again: "
        f"dossier index {tmp_path} updates the index\n"
    )


def test_a_damaged_index_is_made_anew(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    assert found("ferry", str(tmp_path), capsys=capsys)
    (index,) = Path(os.environ["XDG_CACHE_HOME"], "dossier").glob("*.sqlite")
    index.write_bytes(b"no index" * 1000)
    assert found("ferry", str(tmp_path), capsys=capsys) == ["one#headline", "one#para/p1"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ferry", "none"], "none: no such file or folder; a query of several words goes in quotes"),
        (["ferry", "faulty/closed.yaml"], "faulty/closed.yaml cannot be opened: dossier check"),
        (["ferry", "--format", "xml"], "--format"),
        (["ferry", "--in", "foot"], "--in"),
        (["ferry", "--limit", "0"], "'0' is not a limit"),
        ([], "required: QUERY"),
    ],
)
def test_what_cannot_be_searched(words: list[str], message: str, capsys: Output) -> None:
    assert main.main(["search", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message in told.err


def test_a_folder_without_articles(tmp_path: Path, capsys: Output) -> None:
    assert main.main(["search", "ferry", str(tmp_path)]) == 2
    assert f"no article in {tmp_path}: an article is a YAML or JSON file" in capsys.readouterr().err


def test_a_folder_with_links_to_nothing_alone(tmp_path: Path, capsys: Output) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).symlink_to(tmp_path / "gone" / name)
    assert main.main(["search", "ferry", str(tmp_path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.partition("; ")[0] for line in told] == [
        f"dossier: {tmp_path}/a.yaml:1:1: error: cannot read the file: No such file or directory",
        f"dossier: {tmp_path}/b.yaml:1:1: error: cannot read the file: No such file or directory",
        "dossier: nothing to open: no article can be read",
    ]
    assert told[-1].endswith(f"; dossier check {tmp_path} lists all problems")


def test_the_library_that_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    assert found("reckless", capsys=capsys)[0] == "nato-seoul-2023#para/p2"
    monkeypatch.chdir(ARLEN)
    assert "2022-12-01-ferry-yard#headline" in found("Minatsu", capsys=capsys)
    write_article(tmp_path, "one")
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path))
    assert found("ferry", capsys=capsys) == ["one#headline", "one#para/p1"]


@pytest.mark.parametrize(("colours", "marked"), [("", True), ("1", False)])
def test_hits_are_marked_on_a_terminal(
    colours: str, marked: bool, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("NO_COLOR", colours)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main.main(["search", "reckless", NATO]) == 0
    assert ("\x1b[1mreckless\x1b[22m" in capsys.readouterr().out) is marked


def test_nothing_is_marked_in_a_pipe(capsys: Output) -> None:
    assert main.main(["search", "reckless", NATO]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_an_index_that_is_there_is_not_written(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "one")
    settle(tmp_path)
    assert found("ferry", str(tmp_path), capsys=capsys)
    index = Index.open(tmp_path)
    assert index
    before = index.generation
    assert found("ferry", str(tmp_path), capsys=capsys)
    assert index.generation == before


HOLT = """headline: The toll
id: toll
published: 2023-04-12
body: ["The toll, Holt said, was “set by contract and will end by contract”. He likes ferries.", "Nothing else."]
people: {holt: Per Holt}
quotes: [{id: q1, speaker: holt, text: set by contract and will end by contract}]
"""


@pytest.mark.parametrize(
    "query",
    ["speaker:holt about:toll", "speaker:holt toll", "speaker:holt AND toll*", "about:toll", 'about:"the toll"'],
)
@pytest.mark.parametrize("is_library", [False, True])
def test_what_somebody_said_about_something(query: str, is_library: bool, tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "toll.yaml"
    path.write_text(HOLT, "utf-8")
    where = str(tmp_path if is_library else path)
    assert main.main(["search", query, where]) == 0
    lead = "  toll#quote/q1  ❝ Per Holt in ¶1: The toll, Holt said, was “set by contract and will end by contract”."
    assert lead in capsys.readouterr().out.splitlines()
    assert main.main(["search", query, where, "--format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["ref"], one["spans"]) == ("toll#quote/q1", [])
    (around,) = one["context"]
    assert around["ref"] == "toll#para/p1"
    assert {around["text"][start:end].lower() for start, end in around["spans"]} <= {"toll", "the toll"}
    assert around["spans"]
    assert main.main(["search", query, where, "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    start, end = around["spans"][0]
    assert row["context"] == f"toll#para/p1:{start}-{end}"


def test_a_quote_found_by_its_own_words_has_no_context(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "toll.yaml").write_text(HOLT, "utf-8")
    assert main.main(["search", "speaker:holt contract", str(tmp_path), "--format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert "context" not in one
    assert [one["text"][start:end] for start, end in one["spans"]] == ["contract", "contract"]


def test_a_value_that_cannot_be_is_said(capsys: Output) -> None:
    assert main.main(["search", "ferry form:xyz", ARLEN, "--limit", "1"]) == 0
    told = capsys.readouterr().err
    assert "form:xyz is ignored; it can be direct, mixed" in told
    assert "^^^" in told


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nowhere", "nothing found: no article has “nowhere”"),
        ("toll speaker:holt", "nothing found: “toll” 6 articles · speaker:holt 0 articles"),
    ],
)
def test_why_nothing_was_found_is_said(query: str, words: str, capsys: Output) -> None:
    assert main.main(["search", query, ARLEN]) == 1
    assert words in capsys.readouterr().err


def test_why_nothing_was_found_in_one_article(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "toll.yaml").write_text(HOLT, "utf-8")
    for query, words in (
        ("zeppelin", "nothing found: no entry has “zeppelin”"),
        ("toll Nothing", "nothing found: “toll” 2 entries · “Nothing” 1 entry; no entry has all of them"),
        ("toll -the", "nothing found: “toll” 2 entries"),
    ):
        assert main.main(["search", query, str(tmp_path / "toll.yaml")]) == 1
        assert words in capsys.readouterr().err


def test_the_order_of_the_articles(capsys: Output) -> None:
    dates, hits = {}, {}
    for order in ("newest", "oldest", "hits"):
        assert main.main(["search", "toll", ARLEN, "--sort", order, "--format", "jsonl"]) == 0
        objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        articles = list(dict.fromkeys(one["article"] for one in objects))
        dates[order] = [next(one["published"] for one in objects if one["article"] == name) for name in articles]
        hits[order] = [sum(one["article"] == name for one in objects) for name in articles]
    assert dates["oldest"] == sorted(dates["newest"])
    assert dates["newest"] == dates["oldest"][::-1]
    assert hits["hits"] == sorted(hits["newest"], reverse=True)
    assert sorted(dates["hits"]) == dates["oldest"]
    assert dates["hits"] != dates["newest"]


def test_help_says_what_a_spreadsheet_does_with_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["search", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "A spreadsheet takes a text that begins with = for a formula" in told


def test_notes(capsys: Output) -> None:
    made = "2026-11-28T14:05:00Z"
    about = parse_ref("nato-seoul-2023#para/p1:0-4")
    words = "NATO"
    notes = [
        Note("n1", about, words, made, text="Who wrote this? #ask"),
        Note("n2", about._replace(id="gone"), "x", made),
    ]
    NotesFile(notes_path()).add(notes)
    assert main.main(["search", "in:notes #ask", NATO]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"  {about}  Who wrote this? #ask “NATO”"]
    assert main.main(["search", "ask", NATO, "--in", "notes", "--format", "jsonl"]) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (told["kind"], told["ref"], told["note"], told["words"]) == ("note", str(about), notes[0].text, words)
    assert [told["text"][start:end] for start, end in told["spans"]] == ["ask"]
    assert main.main(["search", "in:notes", NATO, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [(row["kind"], row["ref"]) for row in rows] == [("note", "nato-seoul-2023#headline"), ("note", str(about))]
    assert main.main(["search", "in:notes #zebra", NATO]) == 1
    assert "nothing found: no entry has a note with “#zebra”" in capsys.readouterr().err


def test_notes_of_a_library_in_the_articles_that_have_them(capsys: Output) -> None:
    (first, *_) = found("ferry", ARLEN, capsys=capsys)
    NotesFile(notes_path()).add([Note("n1", parse_ref(first), "ferry", "2026-11-28T14:05:00Z", text="#ask")])
    (place,) = found("in:notes #ask", ARLEN, capsys=capsys)
    assert parse_ref(place).entry == parse_ref(first)
    assert found("in:notes zebra OR ferry", ARLEN, capsys=capsys) == found("zebra OR ferry", ARLEN, capsys=capsys)
