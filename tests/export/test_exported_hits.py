"""Tests of the export of the hits of a search from the screen: the file is that of the command."""

import datetime
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, whole

from dossier.cli.export_articles import parse_args, run
from dossier.core.note_places import make_note
from dossier.core.ref import Ref
from dossier.export.export import ExportedArticle, Omissions
from dossier.export.export_job import ExportJob, ExportRequest
from dossier.export.formats import FORMATS
from dossier.export.shown_selection import select_shown
from dossier.library.library import Library
from dossier.library.notebook import Notebook
from dossier.library.notes_file import NotesFile, notes_path
from dossier.ui.export_menu import ExportChoice, ExportKind, export_choices
from dossier.ui.library_find import filter_library_pane
from dossier.ui.library_scope import search_library
from dossier.ui.state import State, focus_pane

TODAY = datetime.date.today()
JSONL = next(form for form in FORMATS if form.name == "jsonl")
"""A format that holds entries of every kind, and nothing that tells when it was written."""


def search(library: Library, typed: str) -> State:
    return whole(search_library(entrance_of(library), library.parse_search_with_names(typed, TODAY)))


def choice_of(state: State, kind: ExportKind) -> ExportChoice:
    return next(one for one in export_choices(state) if one.kind is kind)


def articles(state: State, kind: ExportKind) -> list[ExportedArticle]:
    return list(select_shown(state, choice_of(state, kind), Omissions(), with_notes=False).articles)


def entries(state: State, kind: ExportKind) -> list[Ref]:
    return [entry.ref for exported in articles(state, kind) for entry in exported.entries]


@pytest.mark.parametrize("typed", ["toll", "speaker:okafor order", "in:timeline ferry", "toll OR fare"])
def test_the_file_is_that_of_the_command(typed: str, library: Library, tmp_path: Path) -> None:
    state = search(library, typed)
    choice = choice_of(state, ExportKind.HITS)
    job = ExportJob(ExportRequest(choice, state, form=JSONL), tmp_path / "screen", may_replace=False)
    assert job.write() == ""
    assert run(parse_args(["--query", typed, "--format", "jsonl", "-o", f"{tmp_path}/command", str(PORT_ARLEN)])) == 0
    assert (tmp_path / "screen").read_bytes() == (tmp_path / "command").read_bytes()
    number = job.entries.total()
    assert choice.shown.startswith(f"{number} hit")
    assert 0 < number < len(entries(state, ExportKind.SCOPE))


def test_the_hits_come_first_in_the_list_of_articles(library: Library) -> None:
    state = search(library, "toll")
    assert [one.key for one in export_choices(state)] == ["h", "a", "s", "m"]
    assert choice_of(state, ExportKind.HITS).stem == "port-arlen-toll-hits"
    assert [one.key for one in export_choices(focus_pane(state, "quotes"))] == ["e", "p", "a", "h", "s", "m"]


@pytest.mark.parametrize("typed", ["", 'outlet:"Arlen Courier"', "zzzz"])
def test_without_hits_none_are_offered(typed: str, library: Library) -> None:
    state = search(library, typed) if typed else entrance_of(library)
    assert not any(one.kind is ExportKind.HITS for one in export_choices(state))


def test_the_hits_are_those_of_the_articles_listed(library: Library) -> None:
    state = search(library, "toll")
    assert state.entry
    every = entries(state, ExportKind.HITS)
    headline = next(part.text for part in state.entry.parts if part.name == "text")
    filtered = whole(filter_library_pane(state, f'"{headline}"', TODAY))
    left = entries(filtered, ExportKind.HITS)
    assert left == [ref for ref in every if ref.article == state.entry.ref.article]
    assert 0 < len(left) < len(every)
    assert choice_of(filtered, ExportKind.HITS).shown.startswith("in 1 article that matches the filter")


def test_hits_in_notes_have_their_notes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "notebook", Notebook(notes_path()))
    here = entrance_of(library).entry
    reading = here and library.readings.reading(here.ref.article)
    assert reading
    para = next(entry for entry in reading.entries["article"] if entry.ref.kind == "para")
    note = make_note(reading, para.ref, "n1", "2026-11-28T14:05:00Z", "Ask")
    assert note
    NotesFile(notes_path()).add([note])
    state = search(library, "in:notes ask")
    assert entries(state, ExportKind.HITS) == [para.ref]
    assert [one.note for exported in articles(state, ExportKind.HITS) for one in exported.notes] == [note]
