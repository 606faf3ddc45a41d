"""`dossier notes import` of an answer of the Hypothesis API: annotations, highlights, page notes, replies."""

import json
from pathlib import Path

import pytest
from shell import ARLEN, Output

from dossier.cli.main import main
from dossier.library.notes_file import NotesFile, notes_path

pytestmark = pytest.mark.usefixtures("no_reader")

PAGE = "https://herald.example/2023/04/ferry-pact"
FERRY = "hh-2023-04-12-ferry"


def row(id: str, exact: str = "", uri: str = PAGE, **fields: object) -> dict[str, object]:
    """Return an annotation with the fields of the API; one without words is on the page as a whole."""
    selectors = [
        {"type": "RangeSelector", "startContainer": "/div[1]/p[2]", "startOffset": 1, "endContainer": "/div[1]/p[2]"},
        {"type": "TextPositionSelector", "start": 3, "end": 12},
        {"type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": ""},
    ]
    return {
        "id": id,
        "created": "2023-05-01T10:00:00.123456+02:00",
        "updated": "2023-05-02T10:00:00.123456+00:00",
        "user": "acct:ida@hypothes.is",
        "user_info": {"display_name": "Ida"},
        "uri": uri,
        "text": "",
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": ["acct:ida@hypothes.is"]},
        "target": [{"source": uri, **({"selector": selectors} if exact else {})}],
        "document": {"title": ["Ferry pact"]},
        "links": {"html": f"https://hypothes.is/a/{id}"},
        "flagged": False,
        "hidden": False,
        **fields,
    }


def test_an_answer_of_the_api_is_read(tmp_path: Path, capsys: Output) -> None:
    rows = [
        row("a1", "We will run every day of the year", text="Check *this*\n\nagain", tags=["ferry", "to do"]),
        row("a2", "A ferry is not an argument"),
        row("a3", text="on the page"),
        row("a4", text="a reply", references=["a1"]),
        row("a5", "nowhere", "https://elsewhere.example/x"),
    ]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"total": len(rows), "rows": rows}))
    assert main(["notes", "import", str(file), ARLEN]) == 1
    assert "5 notes imported; 1 of them kept without a place" in capsys.readouterr().err
    assert [(str(note.ref), note.words, note.text) for note in NotesFile(notes_path()).notes] == [
        (f"{FERRY}#para/p2:1-34", "We will run every day of the year", "Check *this*\n\nagain #ferry #to-do"),
        (f"{FERRY}#para/p6:20-46", "A ferry is not an argument", ""),
        (FERRY, "", "on the page"),
        (FERRY, "", "a reply"),
        ("https%3A%2F%2Felsewhere.example%2Fx", "nowhere", ""),
    ]
    assert {note.made for note in NotesFile(notes_path()).notes} == {"2023-05-01T08:00:00Z"}
    assert main(["notes", "import", str(file), ARLEN]) == 0
    assert "0 notes imported; 5 were here already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("created", "made"),
    [
        ("2023-04-30T24:00:00Z", "2023-05-01T00:00:00Z"),
        ("2023-04-30T24:00:00.000+02:00", "2023-04-30T22:00:00Z"),
        ("0633-04-04T10:00:00.5Z", "0633-04-04T10:00:00Z"),
    ],
)
def test_the_end_of_a_day_and_an_early_year_are_read_by_every_python(tmp_path: Path, created: str, made: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"total": 1, "rows": [row("a1", text="on the page", created=created)]}))
    assert main(["notes", "import", str(file), ARLEN]) == 0
    assert [note.made for note in NotesFile(notes_path()).notes] == [made]
