"""Decisions about who is the same person, made one after another in the popup that = opens."""

import pytest
from port_arlen import Open, gathered
from reader import NARROW, Reader, reading

from dossier.core.registry import Decisions
from dossier.library.library import Library
from dossier.ui.popup import SET_APART


def library_of(reader: Reader) -> Library:
    assert reader.state.library
    return reader.state.library


def name_here(reader: Reader) -> str:
    assert reader.state.entry
    return reader.state.entry.parts[0].text


async def rejoined(reader: Reader, before: int) -> None:
    """Wait until the lists are those after a decision; `before` is the generation that they were of."""
    await reader.until(lambda: library_of(reader).generation != before)
    await reader.until(
        lambda: not any(getattr(pane.entries, "is_stopped", False) for pane in reader.state.panes.values())
    )
    await gathered(reader)


async def on_okafor(reader: Reader) -> None:
    """Go to the row of Lena Okafor, who is in seven articles."""
    await reader.press("2")
    while name_here(reader) != "Lena Okafor":
        await reader.press("j")


async def test_the_cursor_stays_on_the_person_of_whom_one_is_set_apart(arlen: Open) -> None:
    async with arlen() as reader:
        library_of(reader).decide_here()
        await on_okafor(reader)
        row, before = reader.state.pane.cursor.row, library_of(reader).generation
        await reader.press("=", "j", "a")
        await rejoined(reader, before)
        # Others are in as many articles now, and stand above.
        assert reader.state.pane.cursor.row > row
        assert reader.state.entry
        assert reader.state.entry.text.startswith("Lena Okafor")
        assert reader.state.entry.aside.startswith("6 articles")


@pytest.mark.parametrize(
    ("keys", "undone"),
    [
        (("c",), "taken back that Lena Okafor is the same in 7 articles"),
        (("j", "a"), "taken back that Lena Okafor in 2024-05-27-election is different from Lena Okafor in 6 articles"),
    ],
)
async def test_one_key_takes_back_the_last_decision_whatever_it_was(
    arlen: Open, keys: tuple[str, ...], undone: str
) -> None:
    async with arlen() as reader:
        memory = library_of(reader).memory
        joined: list[Decisions] = []
        library_of(reader).rejoin = lambda: joined.append(memory.decisions)
        await on_okafor(reader)
        await reader.press("=", *keys)
        assert joined.pop() != Decisions()
        await reader.press("U")
        assert f"saved: {undone}" in reader.foot
        assert joined.pop() == Decisions()
        assert memory.files[2].path.read_text("utf-8") == ""
        await reader.press("U")
        assert "no decision to take back: you have made none since dossier was started" in reader.foot
        assert joined == []


async def test_what_was_decided_so_before_is_not_called_saved_nor_what_the_key_takes_back(arlen: Open) -> None:
    async with arlen() as reader:
        memory = library_of(reader).memory
        joined: list[Decisions] = []
        library_of(reader).rejoin = lambda: joined.append(memory.decisions)
        await on_okafor(reader)
        await reader.press("=", "c", "=", "c")
        assert reader.foot.startswith(" decided so before: Lena Okafor is the same in 7 articles ")
        assert len(joined) == 1
        await reader.press("U")
        assert memory.decisions == Decisions()


async def test_the_key_also_works_in_the_popup_and_goes_back_from_decision_to_decision(arlen: Open) -> None:
    async with arlen() as reader:
        library = library_of(reader)
        library.decide_here()
        await on_okafor(reader)
        before = library.generation
        await reader.press("=", "j", "a")
        await rejoined(reader, before)
        apart, before = library.memory.decisions, library.generation
        await reader.press("G")
        assert "a take back" in reader.text
        await reader.press("a")
        assert "saved: Lena Okafor in 2024-05-27-election is no longer set apart" in reader.foot
        assert library.memory.decisions == Decisions()
        await rejoined(reader, before)
        assert "a this differs" in reader.text
        await reader.press("U")
        assert "a take back" in reader.text
        assert "saved: Lena Okafor in 2024-05-27-election is set apart again" in reader.foot
        assert library.memory.decisions == apart
        await reader.press("U")
        assert library.memory.decisions == Decisions()


async def test_who_was_just_set_apart_is_not_among_the_others_though_the_index_does_not_know_it_yet(
    arlen: Open,
) -> None:
    async with arlen() as reader:
        library = library_of(reader)
        library.rejoin = lambda: None
        await on_okafor(reader)
        await reader.press("=", "j", "a", "escape", "=")
        assert "2024-05-27-election" not in reader.text
        await reader.press("c")
        assert len(library.memory.decisions.same[0]) == 6
        assert library.memory.decisions.apart


async def test_with_one_row_left_nothing_can_be_decided_and_the_popup_stays(arlen: Open) -> None:
    async with arlen() as reader:
        library = library_of(reader)
        library.decide_here()
        await on_okafor(reader)
        assert reader.state.entry
        count = len(library.evidence_of_person(reader.state.entry.ref, 40))
        await reader.press("=", "j")
        for _ in range(count - 1):
            before = library.generation
            await reader.press("a")
            await rejoined(reader, before)
        assert reader.screen.popup is None
        await reader.press("=")
        assert "c all same" not in reader.text
        assert "this differs" not in reader.text
        decisions = library.memory.decisions
        await reader.press("a")
        assert reader.screen.popup
        assert "in one article only: nothing to decide here" in reader.foot
        assert library.memory.decisions == decisions


async def test_one_decision_after_another_is_made_in_the_popup_and_taken_back_there(arlen: Open) -> None:
    """It closed after each, and had to be opened again for the next of twenty."""
    async with arlen() as reader:
        library = library_of(reader)
        library.rejoin = lambda: None
        await on_okafor(reader)
        await reader.press("=", "j")
        popup = reader.screen.popup
        assert popup
        articles = [row.parts[0].text for row in popup.entries]
        await reader.press("a", "a")
        assert {first.article for first, _ in library.memory.decisions.apart} == {*articles[1:3]}
        popup = reader.screen.popup
        assert popup
        assert popup.chosen
        assert popup.chosen.parts[0].text == articles[3]
        assert [row.parts[0].text for row in popup.entries] == [articles[0], *articles[3:], *articles[1:3]]
        assert popup.entries[-1].text.endswith(" — (set apart by you: a takes it back)")
        await reader.press("U")
        assert {first.article for first, _ in library.memory.decisions.apart} == {articles[1]}
        popup = reader.screen.popup
        assert popup
        assert popup.chosen
        assert popup.chosen.parts[0].text == articles[2]
        assert popup.chosen.group != SET_APART
        await reader.press("G", "a")
        assert not library.memory.decisions.apart


async def test_all_keys_of_the_popup_are_on_its_edge_at_80_columns(arlen: Open) -> None:
    async with arlen(NARROW) as reader:
        await on_okafor(reader)
        await reader.press("=")
        assert "j/k choose · c all same · a this differs · U undo · Enter go · Esc close ─╯" in reader.text


async def test_without_a_library_there_is_no_decision() -> None:
    async with reading() as reader:
        await reader.press("U")
        assert "no library is open" in reader.foot
