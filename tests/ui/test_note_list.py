"""Tests of the list of notes, and of the notes in the details of an entry."""

from rooms import ferry, ref
from test_notes import note_on

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry
from dossier.core.note import Note, PlacedNote, PlacedNotes, Placement
from dossier.core.ref import Ref
from dossier.ui.navigation import place_cursor
from dossier.ui.note_list import noted_rows, open_note_list, renew_note_list
from dossier.ui.notes import sign_entries, with_notes
from dossier.ui.popup import Popup
from dossier.ui.popup_lists import destinations_of
from dossier.ui.state import State


def state_with(*found: PlacedNote, elsewhere: tuple[Note, ...] = ()) -> State:
    return with_notes(ferry(), sign_entries((note, note.ref) for note in elsewhere), PlacedNotes(found))


def there(address: str, text: str = "") -> PlacedNote:
    note = note_on(address, text)
    return PlacedNote(note, Placement.UNCHANGED, note.ref)


def told(rows: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    return [(row.group, *(part.text for part in row.parts)) for row in rows]


def listed(state: State, *notes: Note) -> Popup:
    popup = open_note_list(state, notes)
    assert popup
    return popup


def test_without_notes_there_is_no_list() -> None:
    assert open_note_list(ferry(), ()) is None


def test_notes_stand_in_the_order_of_the_article() -> None:
    state = state_with(there("quote/run"), there("para/p2", "why?\nand who?"), there("para/p1:9-12"), there("para/p1"))
    assert told(listed(state).entries) == [
        ("This article", "⚑ ¶1", "“words”"),
        ("This article", "⚑ ¶1", "“words”"),
        ("This article", "✎ ¶2", "why? / and who? · “words”"),
        ("This article", "⚑ quote", "“words”"),
    ]


def test_notes_without_a_place_come_first_and_say_what_there_is_to_choose() -> None:
    lost = PlacedNote(note_on("para/p4", "where?"), Placement.MISSING)
    several = PlacedNote(
        note_on("para/p2"), Placement.SEVERAL, offered=(ref("para/p1:0-3"), ref("para/p1:9-12"), ref("para/p4:0-3"))
    )
    near = PlacedNote(note_on("para/p3"), Placement.PROPOSED, offered=(ref("para/p3:0-9"),))
    rows = told(listed(state_with(there("para/p1"), lost, near, several)).entries)
    assert [row[1:] for row in rows] == [
        ("⚑ ¶2", "in 3 places: “words”"),
        ("⚑ ¶3", "changed words: “words”"),
        ("✎ ¶4", "not in the article: where? · “words”"),
        ("⚑ ¶1", "“words”"),
    ]
    assert [row[0].partition(":")[0] for row in rows] == ["Lost", "Lost", "Lost", "This article"]


def test_notes_on_other_articles_follow_under_their_articles() -> None:
    one, two = (replace(note_on("para/p1", id=name), ref=Ref(name, "para", "p1")) for name in ("bridge", "quay"))
    three = replace(one, id="three", text="and this")
    popup = listed(state_with(there("para/p1"), elsewhere=(one, two, three)), one, two, three)
    assert [(row.group, row.ref.id) for row in popup.entries][1:] == [
        ("bridge", "bridge"),
        ("bridge", "three"),
        ("quay", "quay"),
    ]
    assert popup.title == "Notes 4"


def test_the_list_opens_at_the_note_that_the_cursor_is_on() -> None:
    state = state_with(there("para/p1"), there("para/p2", "why?"), there("para/p3"))
    chosen = listed(place_cursor(state, ref("para/p2"))).chosen
    assert chosen
    assert chosen.ref.id == "para/p2 why?"
    assert listed(place_cursor(state, ref("headline"))).pane.cursor.row == 0


def test_the_fields_of_a_row_are_set_apart() -> None:
    note = replace(note_on("person/han"), words="Han Seo-jin\n한서진\nminister")
    state = state_with(PlacedNote(note, Placement.UNCHANGED, note.ref))
    assert told(listed(state).entries)[0][2] == "“Han Seo-jin” · 한서진 · minister"


def test_the_details_have_the_notes_on_the_entry_line_by_line() -> None:
    state = state_with(there("para/p2:0-6", "why?\n\nand who?"), there("para/p2"), there("para/p1", "no"))
    rows = noted_rows(place_cursor(state, ref("para/p2")), ())
    assert told(rows) == [
        ("Notes", "note", "why?"),
        ("Notes", "", "and who?"),
        ("Notes", "", "on “words”"),
        ("Notes", "mark", "¶2"),
    ]
    assert {destinations_of(row) for row in rows} == {(ref("para/p2:0-6"),), (ref("para/p2"),)}
    assert len({row.ref for row in rows}) == len(rows)


def test_of_a_chosen_link_the_details_have_the_notes_on_its_words_and_on_what_it_names() -> None:
    state = state_with(there("person/okafor", "minister since 2021"), there("para/p2"))
    pane = state.panes["article"].move_to(ref("para/p2:0-6"))
    state = replace(state, panes={**state.panes, "article": pane})
    assert state.meant == (ref("person/okafor"),)
    assert {row[2] for row in told(noted_rows(state, ()))} == {"minister since 2021", "¶2"}


def test_the_open_list_is_as_the_notes_are_now() -> None:
    one, two, three = there("para/p1", "one"), there("para/p2", "two"), there("para/p3", "three")
    lost = two._replace(placement=Placement.MISSING, ref=None)
    popup = listed(state_with(one, two, three), one.note, two.note, three.note)
    popup = replace(popup, pane=popup.pane.move(1 - popup.pane.cursor.row))
    assert popup.chosen
    assert "two" in popup.chosen.text

    def chosen(*found: PlacedNote) -> tuple[str, str, str]:
        renewed = renew_note_list(popup, state_with(*found), [placed.note for placed in found])
        assert renewed
        assert renewed.chosen
        words = next(word for word in ("one", "two", "three") if word in renewed.chosen.text)
        return renewed.title, words, renewed.chosen.group.partition(":")[0]

    assert chosen(one, lost, three) == ("Notes 3", "two", "Lost")
    assert chosen(two, three) == ("Notes 2", "two", "This article")
    assert chosen(one, three) == ("Notes 2", "three", "This article")
    assert chosen(one) == ("Notes 1", "one", "This article")
    assert renew_note_list(popup, state_with(), ()) is None
