"""Export from the screen: menus, the name of the file, and a file that is written beside the screen or not at all."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from port_arlen import Open, gathered
from reader import NARROW, TINY, WIDE, Reader, reading
from waiting import PATIENCE, until

from dossier.core.note import Note
from dossier.core.ref import parse_ref
from dossier.export import export_job
from dossier.export.export import Export, ExportedArticle, Omissions
from dossier.export.formats import FORMATS, ExportFormat
from dossier.export.shown_selection import ShownSelection
from dossier.library.notes_file import NotesFile, notes_path
from dossier.tui import exporter
from dossier.ui.export_menu import ExportChoice
from dossier.ui.state import State

MIDDLE = (100, 30)


@pytest.fixture(autouse=True)
def lines_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offer JSON Lines first: Enter then chooses a format that is easy to read back."""
    monkeypatch.setattr(exporter, "FORMATS", tuple(sorted(FORMATS, key=lambda form: form.name != "jsonl")))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


async def told(reader: Reader, words: str) -> None:
    """Wait for a message that has these words."""
    await reader.until(lambda: words in reader.screen.view.message)


def refs(path: Path) -> list[str]:
    return [json.loads(line)["ref"] for line in path.read_text("utf-8").splitlines()]


class Slow:
    """A format that waits, once it has written its first piece, until `go` is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.begun = threading.Event(), threading.Event()
        monkeypatch.setattr(export_job, "write_export", self._write)
        monkeypatch.setattr(exporter, "_BEAT", 0.01)

    def _write(self, form: ExportFormat, export: Export) -> Iterator[bytes]:
        for exported in export.articles:
            yield exported.article.headline.encode()
            self.begun.set()
            self.go.wait(PATIENCE)


@pytest.mark.parametrize("size", [TINY, NARROW, MIDDLE, WIDE])
async def test_a_pane_is_written_as_it_is_shown(here: Path, size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("3", "&", *"missile", "enter", "x")
        assert reader.screen.popup
        assert reader.screen.popup.keys == ("e", "p", "a")
        shown = [str(entry.ref) for entry in reader.state.panes["quotes"].entries]
        await reader.press("p", "enter")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "nato-seoul-2023-quotes.jsonl"
        await reader.press("enter")
        await told(reader, f"wrote nato-seoul-2023-quotes.jsonl: {len(shown)} quote")
    assert refs(here / "nato-seoul-2023-quotes.jsonl") == shown
    assert os.listdir(here) == ["nato-seoul-2023-quotes.jsonl"]


async def test_one_entry_and_another_name(here: Path) -> None:
    async with reading() as reader:
        await reader.press("3", "x", "e", "enter", "ctrl+u", *"~/one.txt", "enter")
        await told(reader, "wrote ~/one.txt: 1 quote")
        assert refs(here / "one.txt") == [str(reader.state.panes["quotes"].entries[0].ref)]


async def test_selected_words_are_written_alone(here: Path) -> None:
    async with reading() as reader:
        await reader.press("]", "V", "w", "x")
        assert reader.screen.popup
        assert reader.state.selection
        selected = str(reader.state.selection.ref)
        assert reader.screen.popup.entries[0].parts[1].text == "the selected words"
        await reader.press("e", "enter", "ctrl+u", *"words", "enter")
        await told(reader, "wrote words: the selected words")
    assert refs(here / "words") == [selected]


async def test_a_file_is_replaced_only_when_asked(here: Path) -> None:
    file = here / "nato-seoul-2023.jsonl"
    file.write_text("mine")
    async with reading() as reader:
        await reader.press("x", "a", "enter", "enter")
        assert reader.screen.popup
        assert reader.screen.popup.title == "nato-seoul-2023.jsonl exists. Replace it?"
        await reader.press("enter")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "nato-seoul-2023.jsonl"
        await reader.press("escape")
        assert file.read_text() == "mine"
        await reader.press("x", "a", "enter", "enter", "escape")
        assert file.read_text() == "mine"
        await reader.press("x", "a", "enter", "enter", "y")
        await told(reader, "wrote nato-seoul-2023.jsonl")
    assert len(refs(file)) > 50


async def test_a_folder_that_is_gone_when_the_question_is_answered(here: Path) -> None:
    folder = here / "sub"
    folder.mkdir()
    (folder / "a.jsonl").write_text("mine")
    async with reading() as reader:
        await reader.press("x", "a", "enter", "ctrl+u", *"sub/a.jsonl", "enter")
        assert reader.screen.popup
        assert reader.screen.popup.title == "sub/a.jsonl exists. Replace it?"
        shutil.rmtree(folder)
        await reader.press("y")
        await told(reader, f"{folder / 'a.jsonl'}: No such file or directory; name a file that can be written")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-", "- is not a file: type a name"),
        ("gone/x", "create it first, or choose another"),
        ("..", ".. is a folder: add the name of a file"),
    ],
)
async def test_a_name_that_cannot_be(here: Path, typed: str, message: str) -> None:
    async with reading() as reader:
        await reader.press("x", "a", "enter", "ctrl+u", *typed, "enter")
        assert message in reader.text.splitlines()[-2]
        # The name is there, to be corrected, and the menus need not be gone through again.
        assert reader.foot == f" file: {typed}"
        await reader.press("escape", "x", "a", "enter", "up")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == typed
    assert os.listdir(here) == []


async def test_a_name_that_was_corrected_is_written(here: Path) -> None:
    async with reading() as reader:
        await reader.press("x", "a", "enter", "ctrl+u", *"..", "enter")
        await reader.press("ctrl+u")
        assert not reader.screen.view.message
        await reader.press(*"seoul", "enter")
        await told(reader, "wrote seoul")
    assert os.listdir(here) == ["seoul"]


async def test_a_format_that_lacks_its_extra_says_what_to_install(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = ExportFormat("sheet", "sheet", "A sheet", "entry_lines:x", "sheets", "no_such_package")
    monkeypatch.setattr(exporter, "FORMATS", (*FORMATS, lacking))
    async with reading() as reader:
        await reader.press("x", "a")
        assert "pip install 'dossier[sheets]'" in " ".join(reader.text.split())
        await reader.press("G", "enter")
        assert reader.screen.view.message == "sheet needs the extra sheets: pip install 'dossier[sheets]'"
        assert reader.screen.prompt is None
        await reader.press(":", *"export sheet a", "enter")
        assert reader.screen.view.message == "sheet needs the extra sheets: pip install 'dossier[sheets]'"
    assert os.listdir(here) == []


async def test_a_format_for_one_article_refuses_several(
    here: Path, arlen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    single = FORMATS[0]._replace(name="page", is_single=True)
    monkeypatch.setattr(exporter, "FORMATS", (single,))
    why = "page holds one article: choose an entry or the article"
    async with arlen() as reader:
        for key in ("s", "m"):
            await reader.press("x", key, "enter")
            assert (reader.screen.view.message, reader.screen.prompt) == (why, None)
        await reader.press("3", "x", "p", "enter")
        assert reader.screen.view.message == why
        await reader.press("0", ":", *"export page", "enter")
        assert reader.screen.view.message == why
        await reader.press("x", "a", "enter", "enter")
        await told(reader, "wrote ")
    assert len(os.listdir(here)) == 1


async def test_what_is_in_scope(here: Path, arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("s", *"stationery", "enter")
        await gathered(reader)
        (article,) = [entry.ref.article for entry in reader.state.panes["library"].entries]
        await reader.press("x", "s", "enter", "enter")
        await told(reader, "wrote port-arlen-stationery.jsonl")
        assert {parse_ref(one).article for one in refs(here / "port-arlen-stationery.jsonl")} == {article}


async def test_the_dossier_of_a_person(here: Path, arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press("2", "x", "d", "enter", "enter")
        await told(reader, "articles")
        (name,) = os.listdir(here)
        assert name.endswith("-dossier.jsonl")
        assert {parse_ref(one).kind for one in refs(here / name)} == {"person", "quote", "event"}


async def test_notes_are_asked_for_in_the_menu(here: Path, arlen: Open) -> None:
    async with arlen() as reader:
        article = reader.state.panes["library"].entries[0].ref.article
        NotesFile(notes_path()).add([Note("n1", parse_ref(f"{article}#para/p1"), "x", "2026-11-28T14:05:00Z")])
        await reader.press("x", "n")
        assert reader.screen.popup
        assert reader.screen.popup.entries[-1].text.endswith("include your notes\nyes")
        await reader.press("n")
        assert reader.screen.popup.entries[-1].text.endswith("no")
        await reader.press("m", "enter", "enter")
        await told(reader, "wrote port-arlen-notes.jsonl: ")


async def test_a_format_of_notes_has_them_without_being_asked(here: Path, arlen: Open) -> None:
    async with arlen() as reader:
        article = reader.state.panes["library"].entries[0].ref.article
        NotesFile(notes_path()).add([Note("n1", parse_ref(f"{article}#para/p1"), "x", "2026-11-28T14:05:00Z")])
        await reader.press(":", *"export webannotation mine", "enter")
        await told(reader, "wrote mine: 1 note")
    assert json.loads((here / "mine").read_text("utf-8"))["total"] == 1


async def test_how_far_it_is_stands_in_the_foot_and_esc_stops_it(
    here: Path, arlen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    async with arlen() as reader:
        await reader.press("x", "s", "enter", "enter")
        await reader.until(lambda: "exporting 1 of 11 articles…" in reader.text.splitlines()[-1])
        assert len(os.listdir(here)) == 1
        # Everything else goes on.
        row = reader.state.pane.cursor.row
        await reader.press("j")
        assert reader.state.pane.cursor.row == row + 1
        await reader.press("x")
        assert reader.screen.view.message == "an export is running: Esc stops it"
        await reader.press("escape")
        slow.go.set()
        await told(reader, "export stopped; no file was written")
        assert os.listdir(here) == []
        assert "exporting" not in reader.text
        # The next one runs to its end.
        await reader.press("x", "s", "enter", "enter")
        await told(reader, "wrote port-arlen-articles.jsonl: ")
    assert os.listdir(here) == ["port-arlen-articles.jsonl"]


async def test_the_end_of_the_program_leaves_no_half_of_a_file(
    here: Path, arlen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    async with arlen() as reader:
        await reader.press("x", "s", "enter", "enter")
        await reader.until(slow.begun.is_set)
        stop = exporter.Exporter.stop

        def stop_and_go_on(self: exporter.Exporter) -> bool:
            is_running = stop(self)
            slow.go.set()
            return is_running

        monkeypatch.setattr(exporter.Exporter, "stop", stop_and_go_on)
        assert len(os.listdir(here)) == 1
    until(lambda: os.listdir(here) == [])


async def test_a_message_waits_for_the_end_of_a_prompt(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    async with reading() as reader:
        await reader.press("x", "a", "enter", "enter")
        await reader.until(slow.begun.is_set)
        await reader.press("/", "a")
        slow.go.set()
        await reader.until((here / "nato-seoul-2023.jsonl").exists)
        await reader.press("r", "m")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "arm"
        await reader.press("escape")
        await told(reader, "wrote nato-seoul-2023.jsonl")


async def test_what_is_left_out_is_told_and_a_long_list_of_it_shown(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = ["left out: no day", "left out: no place"]

    def write(form: ExportFormat, export: Export) -> Iterator[bytes]:
        for reason in reasons:
            export.omissions.count("event", reason)
        for exported in export.articles:
            yield exported.article.headline.encode()

    monkeypatch.setattr(export_job, "write_export", write)
    async with reading() as reader:
        await reader.press("3", "x", "e", "enter", "enter")
        await told(reader, " from 1 quote; 1 event left out: no day; 1 event left out: no place")
        reasons.append("left out: no name")
        await reader.press("x", "e", "enter", "enter", "y")
        await reader.until(lambda: reader.screen.popup is not None)
        assert reader.screen.popup
        assert [entry.text for entry in reader.screen.popup.entries] == [f"1 event {reason}" for reason in reasons]


async def test_what_is_told_of_what_was_written_is_no_omission(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(form: ExportFormat, export: Export) -> Iterator[bytes]:
        export.omissions.warn("cell", "may be run")
        for exported in export.articles:
            yield exported.article.headline.encode()

    monkeypatch.setattr(export_job, "write_export", write)
    async with reading() as reader:
        await reader.press("3", "x", "e", "enter", "enter")
        await told(reader, ": 1 quote; 1 cell may be run")


async def test_the_command_line_exports_the_list_or_the_article(here: Path) -> None:
    async with reading() as reader:
        await reader.press(":", *"export jsonl all.jsonl", "enter")
        await told(reader, "wrote all.jsonl")
        await reader.press("3", ":", *"export jsonl", "enter")
        await told(reader, "wrote nato-seoul-2023-quotes.jsonl: 9 quotes")
        await reader.press(":", *"export jsonll a", "enter")
        assert reader.screen.view.message == "no format “jsonll”: did you mean jsonl?"
        await reader.press(":", *"export jsonl all.jsonl", "enter")
        assert reader.screen.popup
        assert reader.screen.popup.title == "all.jsonl exists. Replace it?"
        await reader.press("escape", ":", *"export", "enter")
        assert reader.screen.popup
        assert reader.screen.popup.purpose == "export"
    assert len(refs(here / "all.jsonl")) > 50


async def test_a_word_of_the_command_line_says_what_to_export(here: Path, arlen: Open) -> None:
    async with arlen() as reader:
        await reader.press(":", *"export hits jsonl", "enter")
        assert reader.screen.view.message == "no hits to export here"
        await reader.press("s", *"stationery", "enter")
        await gathered(reader)
        await reader.press(":", *"export hits", "enter")
        assert reader.screen.view.message.startswith("a format is missing: the formats are text, ")
        await reader.press(":", *"export hits obsidian", "enter")
        assert reader.screen.view.message.startswith("obsidian holds one article")
        await reader.press(":", *"export hits jsonl", "enter")
        await told(reader, "wrote port-arlen-stationery-hits.jsonl: ")
        await reader.press(":", *"export  article  jsonl  whole.jsonl", "enter")
        await told(reader, "wrote whole.jsonl: ")
        await reader.press(":", *"export jsonl hits", "enter")
        await told(reader, "wrote hits: ")
    hits, whole = refs(here / "port-arlen-stationery-hits.jsonl"), refs(here / "whole.jsonl")
    assert set(hits) < set(whole)
    assert len(whole) > 10 * len(hits)
    assert refs(here / "hits") == whole


async def test_an_index_that_changes_meanwhile_is_told(
    here: Path, arlen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def select(state: State, choice: ExportChoice, omissions: Omissions, with_notes: bool) -> ShownSelection:
        def articles() -> Iterator[ExportedArticle]:
            yield from ()
            raise KeyError(choice.key)

        return ShownSelection("", articles(), lambda: 0)

    monkeypatch.setattr(export_job, "select_shown", select)
    async with arlen() as reader:
        await reader.press("x", "s", "enter", "enter")
        await told(reader, "the library has changed meanwhile: nothing was written; export again")
    assert os.listdir(here) == []
