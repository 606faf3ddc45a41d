"""Notes that a search of a library finds: the articles with them, and each note as a result of its own."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import PORT_ARLEN, entrance_of, library_at, whole
from waiting import until

from dossier.core.note import Note
from dossier.core.ref import Ref, parse_ref
from dossier.library.empty_scopes import explain_empty_scope
from dossier.library.library import Library
from dossier.library.notebook import Notebook
from dossier.library.notes_file import NotesFile, notes_path
from dossier.library.scope import Scope
from dossier.library.scope_search import find_scope_articles
from dossier.ui.library_find import find_in_library
from dossier.ui.library_scope import enter_article, search_library
from dossier.ui.pane_scope import library_hits
from dossier.ui.state import State, focus_pane

TODAY = datetime.date(2026, 11, 23)
GONE = "no-such-article"


@pytest.fixture(scope="module")
def arlen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened


@pytest.fixture
def library(arlen: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Return the library, with notes in a file of this test's own."""
    first, last = (arlen.index.articles.article(row).ref.article for row in _ends(arlen))
    quotes = [one.entry for one in arlen.index.entries.of_article(arlen.index.articles.find(first))]  # type: ignore[arg-type]
    quote = next(entry for entry in quotes if entry.ref.kind == "quote")
    words = quote.parts[0].text
    made = "2026-11-28T14:05:00Z"
    own = quote.ref.with_span(0, len(words))
    NotesFile(notes_path()).add(
        [
            Note("n1", own, words, made, text="Call back about tariffs #ask"),
            Note("n2", parse_ref(f"{last}#para/p1"), "The first paragraph", made, text="Compare #ask"),
            Note("n3", parse_ref(f"{last}#event/gone"), "A lost event", made, text="Zebra"),
            Note("n4", parse_ref(f"{GONE}#para/p1"), "Not here", made, text="#ask"),
        ]
    )
    monkeypatch.setattr(arlen, "notebook", Notebook(notes_path()))
    return arlen


def _ends(library: Library) -> tuple[int, int]:
    rows = list(library.index.articles.article_ids())
    return rows[0], rows[-1]


def articles(library: Library, typed: str, oldest_first: bool = False) -> list[str]:
    scope = Scope(library.parse_search_with_names(typed, TODAY))
    found = [one for one in find_scope_articles(library.index, scope, oldest_first) if one]
    return [library.index.articles.article(one.first).ref.article for one in found]


def named(library: Library) -> tuple[str, str]:
    first, last = (library.index.articles.article(row).ref.article for row in _ends(library))
    return first, last


def searched(library: Library, typed: str) -> State:
    return whole(search_library(entrance_of(library), library.parse_search_with_names(typed, TODAY)))


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("in:notes", [0, 1]),
        ("in:notes #ask", [0, 1]),
        ("in:notes tariffs", [0]),
        ("in:notes in:quotes", [0]),
        ("in:notes zebra", [1]),
        ("in:notes quay -#ask", []),
    ],
)
def test_the_articles_with_these_notes_newest_first(library: Library, typed: str, places: list[int]) -> None:
    assert articles(library, typed) == [named(library)[place] for place in places]


def test_oldest_first(library: Library) -> None:
    assert articles(library, "in:notes", oldest_first=True) == [*reversed(named(library))]


def test_the_list_shows_the_notes_and_a_note_leads_to_its_place(library: Library) -> None:
    row = searched(library, "in:notes tariffs").panes["library"].entries[0]
    (excerpt,) = [part.text for part in row.parts if part.name == "excerpt"]
    assert excerpt.startswith("note: Call back about tariffs #ask (“")
    (anchor,) = row.anchors
    assert (anchor.targets[0].kind, anchor.targets[0].span) == ("quote", NotesFile(notes_path()).notes[0].ref.span)


def test_a_note_whose_entry_is_gone_is_found_at_the_headline(library: Library) -> None:
    row = searched(library, "in:notes zebra").panes["library"].entries[0]
    assert [part.text for part in row.parts if part.name == "excerpt"] == ["note: Zebra (“A lost event”)"]
    assert row.anchors[0].targets[0].kind == "headline"


def test_the_lists_have_what_has_a_note(library: Library) -> None:
    state = searched(library, "in:notes #ask")
    assert [entry.ref for entry in state.panes["quotes"].entries] == [NotesFile(notes_path()).notes[0].ref.entry]
    assert list(state.panes["timeline"].entries) == []


def test_find_in_the_list_goes_to_the_article_with_the_note(library: Library) -> None:
    state = focus_pane(entrance_of(library), "library")

    def there() -> State:
        return find_in_library(state, "in:notes zebra", TODAY)

    first = there()
    until(lambda: (found := library_hits(first)) is not None and found.is_done)
    entry = there().entry
    assert entry
    assert entry.ref.article == named(library)[1]


def test_the_hit_in_the_opened_article_is_the_noted_place(library: Library) -> None:
    there = enter_article(searched(library, "in:notes tariffs"), named(library)[0])
    assert there
    assert [place[0] for place in there.find.hits.places] == [NotesFile(notes_path()).notes[0].ref.entry]


def test_why_nothing_is_found(library: Library) -> None:
    scope = Scope(library.parse_search_with_names("in:notes zebra tariffs", TODAY))
    assert "".join(explain_empty_scope(library.index, scope)) == (
        "nothing found: a note with “zebra” 1 article · a note with “tariffs” 1 article; no article has all of them"
    )
    scope = Scope(library.parse_search_with_names("in:notes giraffe", TODAY))
    assert "".join(explain_empty_scope(library.index, scope)) == "nothing found: no article has a note with “giraffe”"


def test_new_notes_are_found_by_the_next_search_and_by_saved_ones(library: Library) -> None:
    library.memory.save("mine", "in:notes #new")
    _, _, found = library.saved(TODAY)[0]
    until(lambda: found.is_done)
    assert len(found) == 0
    before = library.parse_search_with_names("in:notes #new", TODAY)
    assert before == library.parse_search_with_names("in:notes #new", TODAY)
    first, _ = named(library)
    NotesFile(notes_path()).add([Note("n9", parse_ref(f"{first}#headline"), "x", "2026-11-28T15:00:00Z", text="#new")])
    assert articles(library, "in:notes #new") == [first]
    _, _, found = library.saved(TODAY)[0]
    until(lambda: found.is_done)
    assert len(found) == 1


def test_without_a_file_there_are_no_notes(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notes.jsonl")
    assert list(book.to_search().articles) == []
    assert book.to_search() is book.to_search()


def test_a_note_is_found_at_once_even_if_it_cannot_be_written(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    book = Notebook(tmp_path / "file" / "notes.jsonl")
    monkeypatch.setattr(library, "notebook", book)
    assert articles(library, "in:notes") == []
    first, last = named(library)
    made = []
    for article in (last, first):
        reading = library.readings.reading(article)
        assert reading
        note = book.make(reading, Ref(article, "headline"), "#now")
        assert note
        book.keep(note)
        made.append(note)
        assert articles(library, "in:notes #now") == [first, last][-len(made) :]
    book.remove([made[1].id])
    assert articles(library, "in:notes #now") == [last]
