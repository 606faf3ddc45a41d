"""`dossier notes`: what is listed, written and read, and the exit status."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from optional_extras import needs_rapidfuzz
from shell import Output, write_article

from dossier.cli import main
from dossier.core.note import Note, Placement
from dossier.core.note_places import make_note, place_notes
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import make_reading
from dossier.library.notes_file import NotesFile, notes_path
from dossier.loader.article import load_article

pytestmark = pytest.mark.usefixtures("no_reader")

BODY = "'Nobody had asked the crew, wrote Ilse Brandt in a letter of nine pages to the council of Port Arlen.'"
MADE = "2026-11-28T14:05:00Z"


def notes(*words: str) -> int:
    return main.main(["notes", *words])


def kept() -> tuple[Note, ...]:
    return NotesFile(notes_path()).notes


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two articles, and a note on words of the first."""
    folder = tmp_path / "library"
    folder.mkdir()
    write_article(folder, "crew", body=BODY, url="https://example.org/crew")
    write_article(folder, "other")
    article = load_article(folder / "crew.yaml").article
    assert article
    note = make_note(make_reading(article, ()), parse_ref("crew#para/p1:11-25"), "n1", MADE, "call her #again")
    assert note
    NotesFile(notes_path()).add([note])
    return folder


def test_all_notes_are_listed_without_a_path(library: Path, capsys: Output) -> None:
    assert notes("list") == 0
    told = capsys.readouterr()
    assert told.out == f"crew#para/p1:11-25 · {MADE}\n  “asked the crew”\n  call her #again\n"
    assert told.err == ""
    assert notes("list", "--format", "json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one == {
        "id": "n1",
        "ref": "crew#para/p1:11-25",
        "words": "asked the crew",
        "text": "call her #again",
        "tags": ["again"],
        "made": MADE,
    }


@pytest.mark.parametrize(
    ("body", "state", "place", "offered"),
    [
        (BODY, "as it was", "crew#para/p1:11-25", []),
        (f"[New., {BODY}]", "found again", "crew#para/p2:11-25", []),
        ("'They asked the crew, and asked the crew.'", "in several places", None, ["asked the crew"] * 2),
        ("They asked the crew.", "perhaps elsewhere", None, ["asked the crew"]),
        pytest.param(
            BODY.replace("asked", "consulted"), "changed words", None, ["consulted the crew"], marks=needs_rapidfuzz
        ),
        ("A boat.", "not in the article", None, []),
    ],
)
def test_with_a_path_it_says_what_became_of_the_places(
    library: Path, capsys: Output, body: str, state: str, place: str | None, offered: list[str]
) -> None:
    write_article(library, "crew", body=body, url="https://example.org/crew")
    for path in (library, library / "crew.yaml"):
        assert notes("list", str(path), "--format", "json") == 0
        (one,) = json.loads(capsys.readouterr().out)
        assert (one["placement"], one["place"], one["headline"]) == (state, place, "Ferry")
        assert [new["words"] for new in one["offered"]] == offered
    assert notes("list", str(library)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{place or 'crew#para/p1:11-25'} · {MADE} · {state}"
    assert len(lines) == 3 + len(offered)
    assert kept()[0].ref == Ref("crew", "para", "p1", (11, 25))


def test_what_is_missing_to_find_changed_words_is_told(
    library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article(library, "crew", body=BODY.replace("asked", "consulted"))
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    assert notes("list", str(library)) == 0
    told = capsys.readouterr()
    assert "not in the article" in told.out
    assert "pip install 'dossier[notes]'" in told.err


def test_articles_of_one_id_are_told_apart_by_their_files(library: Path, capsys: Output) -> None:
    (library / "deep").mkdir()
    write_article(library / "deep", "crew", body="Another text.")
    assert notes("list", str(library), "--format", "json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["placement"], one["place"]) == ("as it was", "crew.yaml#para/p1:11-25")
    assert notes("list", str(library / "deep")) == 1


def test_a_lost_note_stays_with_its_article_when_the_file_was_renamed(library: Path, capsys: Output) -> None:
    (library / "crew.yaml").unlink()
    write_article(library, "new", body="[Other words]", id="crew")
    assert notes("list", str(library)) == 0
    assert "crew#para/p1:11-25" in (listed := capsys.readouterr().out)
    assert "not in the article" in listed


def test_no_notes_are_status_1(tmp_path: Path, capsys: Output) -> None:
    write_article(tmp_path, "a")
    for words in (("list",), ("list", str(tmp_path)), ("export", "--format", "markdown")):
        assert notes(*words) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert "no notes" in told.err


def test_markdown_has_the_notes_under_their_articles(library: Path, capsys: Output) -> None:
    NotesFile(notes_path()).add([Note("n2", Ref("gone"), "1. *bold* <b> #x", MADE, text="2022. [a](b)\n\n- end")])
    assert notes("export", "--format", "markdown") == 0
    assert capsys.readouterr().out == (
        "# Notes\n\n## Ferry\n\n<https://example.org/crew>\n\n> asked the crew  \n\ncall her \\#again  \n"
        f"\n`crew#para/p1:11-25` · {MADE}\n"
        "\n## gone\n\n> 1\\. \\*bold\\* \\<b> \\#x  \n\n2022\\. \\[a\\]\\(b)  \n\n\\- end  \n"
        f"\n`gone` · {MADE}\n"
    )


@pytest.mark.parametrize("url", ["javascript:x", "data:text/html,x", "mailto:a@example.org"])
def test_only_a_web_address_is_a_link_in_markdown(url: str, library: Path, capsys: Output) -> None:
    write_article(library, "crew", body=BODY, url=url)
    assert notes("export", "--format", "markdown") == 0
    written = capsys.readouterr().out
    assert url.partition(":")[0] in written
    assert f"<{url}>" not in written


@pytest.mark.parametrize("with_path", [False, True])
def test_what_was_exported_is_imported_as_it_was(library: Path, capsys: Output, with_path: bool) -> None:
    before = kept()
    file = library.parent / "notes.jsonld"
    words = [str(library)] if with_path else []
    assert notes("export", *words, "--format", "webannotation", "-o", str(file)) == 0
    assert json.loads(file.read_text("utf-8"))["total"] == 1
    assert notes("import", str(file), str(library)) == 0
    assert kept() == before
    assert "0 notes imported; 1 were here already" in capsys.readouterr().err
    notes_path().unlink()
    assert notes("import", str(file), str(library)) == 0
    assert kept() == before
    assert capsys.readouterr().out == "crew#para/p1:11-25\n"


def test_annotations_of_others_come_to_their_words_and_the_rest_is_kept(library: Path, capsys: Output) -> None:
    def row(id: str, uri: str, words: str) -> dict[str, object]:
        quote = {
            "type": "TextQuoteSelector",
            "exact": words,
            "prefix": " wrote Ilse Brandt in a ",
            "suffix": " to the c",
        }
        return {"id": id, "uri": uri, "created": MADE, "text": "mine", "target": [{"source": uri, "selector": [quote]}]}

    rows = [
        row("a1", "http://example.org/crew/", "letter of nine pages"),
        row("a2", "http://example.org/crew/", "letter of ten pages"),
        row("a3", "https://elsewhere.example/", "no words of ours"),
    ]
    file = library.parent / "rows.json"
    file.write_text(json.dumps({"rows": [*rows, {"id": "a4"}]}))
    for number in (4, 4):
        assert notes("import", str(file), str(library)) == 1
        assert len(kept()) == number
    told = capsys.readouterr().err
    assert "3 notes imported; 2 of them kept without a place in an article" in told
    assert "item 4: not an annotation" in told
    assert "no certain place: https%3A%2F%2Felsewhere.example%2F: “no words of ours”" in told
    assert [str(note.ref) for note in kept()[1:]] == [
        "crew#para/p1:50-70",
        "crew",
        "https%3A%2F%2Felsewhere.example%2F",
    ]
    assert notes("list", str(library)) == 0
    assert "“letter of ten pages”" in capsys.readouterr().out


def test_a_dash_is_standard_input(library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"[]")))
    assert notes("import", "-", str(library)) == 1
    assert "-: 0 notes imported" in capsys.readouterr().err


def test_notes_that_cannot_be_kept_are_not_imported(
    library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library.parent / "file").write_text("")
    (library.parent / "one.json").write_text('{"target": "https://example.org/crew", "bodyValue": "x"}')
    monkeypatch.setenv("XDG_STATE_HOME", str(library.parent / "file"))
    assert notes("import", str(library.parent / "one.json"), str(library)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing imported" in told.err
    assert notes("list") == 2
    assert "cannot read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "required: list|export|import"),
        (("lst",), "choose from"),
        (("import",), "notes import needs a file: name it, or - for standard input"),
        (("import", "none.json"), "none.json: No such file or directory; name a file with annotations"),
        (("import", "text.json"), "text.json: it has no annotations: give a web annotation"),
        (("import", "broken.json"), "broken.json: line 1, column 2"),
        (("import", "latin.json"), "latin.json is not in UTF-8 (byte 1): save it as UTF-8"),
        (("import", "article.json"), "it has no annotations: give a web annotation"),
        (("import", "article.json", "--format", "json"), "notes import has no format json: leave out --format"),
        (("list", "--format", "markdown"), "notes list has no format markdown: choose from text, json"),
        (("list", "-o", "x"), "notes list writes no file: leave out -o"),
        (("list", "a", "b"), "unrecognized arguments: b"),
        (("list", "nowhere"), "nowhere: No such file or directory"),
        (("export",), "--format is missing"),
        (("export", "--format", "markdown", "-o", "text.json"), "text.json already exists: name another file, or"),
        ((), "the following arguments are required: list|export|import;"),
        (
            ("export", "--format", "markdown", "-o", "no/folder/x.md"),
            "No such file or directory; name a file that can be",
        ),
    ],
)
def test_trouble(
    library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(library.parent)
    Path("text.json").write_text("no json")
    Path("broken.json").write_text("[,]")
    Path("latin.json").write_bytes(b"[\xe9]")
    Path("article.json").write_text('{"headline": "x"}')
    assert notes(*words) == 2
    assert told in capsys.readouterr().err


def test_a_file_that_is_too_large_is_not_called_wrong(library: Path, tmp_path: Path, capsys: Output) -> None:
    """The last character that was read of it was cut in two, and it was said not to be UTF-8."""
    file = tmp_path / "large.json"
    file.write_bytes("é".encode() * (33 * 1024 * 1024))
    assert notes("import", str(file)) == 2
    assert "larger than 67,108,864 bytes: split it" in capsys.readouterr().err


def test_a_file_that_exists_is_replaced_when_that_is_asked_for(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("mine")
    assert notes("export", "--format", "markdown", "-o", str(file)) == 2
    assert file.read_text() == "mine"
    assert notes("export", "--format", "markdown", "-o", str(file), "--force") == 0
    assert "call her" in file.read_text()


def test_a_dash_is_standard_output(library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    assert notes("export", "--format", "markdown", "-o", "-") == 0
    assert "call her" in capsys.readouterr().out
    assert not Path("-").exists()


def test_notes_are_exported_without_a_standard_output(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert notes("export", "--format", "markdown") == 0


def test_notes_on_signs_cut_in_two_are_exported_and_imported_as_they_were(tmp_path: Path) -> None:
    write_article(tmp_path, "thai", body="'รัฐมนตรี กล่าวว่า น้ำท่วมที่นี่ แล้ว'")
    article = load_article(tmp_path / "thai.yaml").article
    assert article
    reading = make_reading(article, ())
    spans = [(start, end) for start in range(6) for end in range(start + 1, 8)]
    made = [make_note(reading, parse_ref("thai#para/p1").with_span(*at), f"n{at}", MADE, "x") for at in spans]
    NotesFile(notes_path()).add(filter(None, made))
    before = kept()
    assert len(before) == len(spans)
    assert {one.placement for one in place_notes(before, reading)} == {Placement.UNCHANGED}
    file = tmp_path / "notes.jsonld"
    assert notes("export", "--format", "webannotation", "-o", str(file)) == 0
    notes_path().unlink()
    assert notes("import", str(file), str(tmp_path)) == 0
    assert kept() == before
