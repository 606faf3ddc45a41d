"""Tests of an open article by keyboard: the cursor highlights, Enter follows, the way back is exact."""

import pytest
from reader import NARROW, NATO, WIDE, Reader, reading
from rooms import DATA, short

from dossier.core.entry import PANES
from dossier.tui.effects import EFFECTS
from dossier.ui.commands import with_keys
from dossier.ui.navigation import history_entry
from dossier.ui.options import DEFAULT_OPTIONS
from dossier.ui.render.entry_style import HIGHLIGHT_SIGN
from dossier.ui.state import lit_refs

STOLTENBERG, YOON = ("p1", "Jens Stoltenberg"), ("p6", "Yoon")


async def to_link(reader: Reader, words: tuple[str, str]) -> str:
    """Step through the links from the top of the text to these words of a paragraph, and return their address."""
    links = [
        (entry.ref.id, entry.text[anchor.start : anchor.end])
        for entry in reader.state.panes["article"].entries
        for anchor in entry.anchors
    ]
    await reader.press(*["l"] * (links.index(words) + 1))
    assert (at := reader.state.pane.address)
    assert reader.state.entry
    assert at.span
    assert (at.id, reader.state.entry.text[slice(*at.span)]) == words
    return reader.here


def marked(reader: Reader, pane: str) -> set[str]:
    """Return the visible entries of a pane that have the dot and a word in the highlighted style."""
    found = set()
    view = reader.state.panes[pane]
    for position, line in zip(view.visible_positions(), reader.lines(pane), strict=False):
        if line and line[0].text == HIGHLIGHT_SIGN:
            assert "lit" in line[0].style.split()
            found.add(short(view.entries[position.row].ref))
    return found


def on_view(reader: Reader, pane: str) -> set[str]:
    """Return the entries of a pane whose first line is visible."""
    view = reader.state.panes[pane]
    return {
        short(view.entries[position.row].ref)
        for position in view.visible_positions()
        if position.line == len(view.draw_row(position.row).head)
    }


async def test_the_cursor_begins_at_the_top_of_the_text() -> None:
    async with reading() as reader:
        assert reader.here == "headline"
        assert reader.state.focus == "article"
        assert not reader.state.history.past


async def test_a_link_under_the_cursor_lights_what_it_names_without_another_key() -> None:
    async with reading() as reader:
        await to_link(reader, STOLTENBERG)
        shining = {short(ref) for ref in lit_refs(reader.state)}
        assert {"person/stoltenberg", "quote/q1", "quote/q6", "event/e2", "event/e17"} <= shining
        assert not {"person/park", "quote/q7", "event/e1", "event/e3"} & shining
        for pane in PANES[1:]:
            seen = on_view(reader, pane)
            assert marked(reader, pane) == seen & shining, pane
            assert marked(reader, pane), f"nothing lit is on view in {pane}"


async def test_every_person_lights_just_what_is_linked_to_him() -> None:
    async with reading() as reader:
        await reader.press("2")
        for entry in reader.state.panes["people"].entries[:8]:
            assert reader.here == short(entry.ref)
            shining = {short(ref.entry) for ref in reader.state.reading.links.find_highlighted((entry.ref,))}
            for pane in ("quotes", "timeline"):
                assert marked(reader, pane) == on_view(reader, pane) & shining, (reader.here, pane)
            await reader.press("j")


async def test_enter_on_a_link_goes_to_what_it_names_and_backspace_comes_back() -> None:
    async with reading() as reader:
        link = await to_link(reader, STOLTENBERG)
        before = reader.cursors
        await reader.press("enter")
        assert (reader.state.focus, reader.here) == ("people", "person/stoltenberg")
        await reader.press("backspace")
        assert (reader.state.focus, reader.here, reader.cursors) == ("article", link, before)
        await reader.press("L")
        assert reader.here == "person/stoltenberg"
        await reader.press("H")
        assert reader.here == link


async def test_enter_on_a_quote_goes_to_its_words() -> None:
    async with reading() as reader:
        await reader.press("3", *"jjjjjjj", "enter")
        assert reader.state.focus == "article"
        assert reader.here.startswith("para/p12:")
        assert "pleased to see" in reader.cursor_text
        assert [piece.text for piece in reader.pieces("article") if "chosen" in piece.style] == ["pleased to see"]


async def test_backspace_restores_pane_scroll_cursor_filter_and_pins() -> None:
    async with reading(size=NARROW) as reader:
        await reader.press("2", "j", ".", "3", *"&told", "enter", "j")
        left = history_entry(reader.state)
        assert left.filters.pins
        assert left.filters.queries
        assert reader.here == "quote/q8"
        await reader.press("enter", "G", "4", "f")
        assert reader.screen.hints
        await reader.press("escape", "backspace")
        assert history_entry(reader.state) == left


async def test_backspace_restores_the_line_within_a_long_paragraph() -> None:
    async with reading(size=NARROW) as reader:
        await reader.press(*"]jj")
        left, words = history_entry(reader.state), reader.cursor_text
        assert "Jens Stoltenberg, said in Seoul" in words
        await reader.press("2", "enter", "backspace", "1")
        assert history_entry(reader.state) == left
        assert reader.cursor_text == words


async def test_the_cursor_is_on_view_in_a_pane_that_what_is_lit_has_scrolled() -> None:
    async with reading() as reader:
        await reader.press("2", "j", "4")
        cursor = reader.state.pane.cursor
        assert cursor in set(reader.state.pane.visible_positions())


async def test_back_and_forward_through_several_jumps() -> None:
    async with reading() as reader:
        steps = [history_entry(reader.state)]
        for keys in (("3", "j", "enter"), ("4", "j", "enter"), ("2", "j", "j", "enter")):
            await reader.press(*keys[:-1])
            steps[-1] = history_entry(reader.state)
            await reader.press("enter")
            steps.append(history_entry(reader.state))
        for expected in reversed(steps[:-1]):
            await reader.press("backspace")
            assert history_entry(reader.state) == expected
        for expected in steps[1:]:
            await reader.press("L")
            assert history_entry(reader.state) == expected
        await reader.press("L")
        assert "no later place" in reader.foot
        await reader.press(*["backspace"] * 4)
        assert "no earlier place" in reader.foot


async def test_a_new_jump_cuts_off_what_lay_ahead() -> None:
    async with reading() as reader:
        await reader.press("3", "enter", "backspace", "j", "enter", "L")
        assert "no later place" in reader.foot
        assert reader.here.startswith("para/p2")


async def test_a_name_that_two_bear_offers_both() -> None:
    async with reading() as reader:
        link = await to_link(reader, YOON)
        assert "may be Yoon Suk Yeol or Yoon Soon-gu" in reader.foot
        await reader.press("enter")
        assert reader.screen.popup
        assert [short(entry.ref) for entry in reader.screen.popup.entries] == [
            "person/yoon-suk-yeol",
            "person/yoon-soon-gu",
        ]
        assert reader.here == link
        await reader.press("j", "enter")
        assert reader.screen.popup is None
        assert reader.here == "person/yoon-soon-gu"
        await reader.press("backspace")
        assert reader.here == link


async def test_a_popup_is_left_without_a_choice() -> None:
    async with reading() as reader:
        await to_link(reader, YOON)
        before = reader.state
        for key in ("escape", "q", "space", "backspace"):
            await reader.press("enter")
            assert reader.screen.popup
            await reader.press(key)
            assert reader.screen.popup is None
            assert reader.state == before


async def test_a_peek_changes_nothing() -> None:
    async with reading(size=NARROW) as reader:
        await to_link(reader, STOLTENBERG)
        before, was = reader.state, reader.text
        await reader.press("space")
        assert any("Jens Stoltenberg" in row for row in reader.popup_rows)
        assert reader.text != was
        await reader.press("j", "space")
        assert reader.state == before
        assert reader.text == was


async def test_a_peek_at_an_event_explains_its_date() -> None:
    async with reading() as reader:
        await reader.press("4", *"jjjj", "space")
        told = "\n".join(reader.popup_rows)
        assert reader.here == "event/e5"
        for words in ("last year", "2022-06-29/2022-06-30", "29 June 2022", "30 June 2022"):
            assert words in told


async def test_the_next_mention_of_a_person_steps_through_the_text() -> None:
    async with reading() as reader:
        await reader.press("2", "j")
        places = [short(ref) for ref in reader.state.reading.links.find_mention_refs(reader.state.meant[0])]
        seen = []
        for _ in places:
            await reader.press("*")
            seen.append(reader.here)
        assert seen == places
        assert f"{len(places)} of {len(places)}" in reader.foot
        await reader.press("*")
        assert reader.here == places[0]
        await reader.press("#")
        assert reader.here == places[-1]


async def test_tab_and_numbers_choose_the_pane() -> None:
    async with reading() as reader:
        for name in (*PANES[1:], PANES[0]):
            await reader.press("tab")
            assert reader.state.focus == name
        await reader.press("shift+tab")
        assert reader.state.focus == "timeline"
        for number, name in enumerate(PANES):
            await reader.press(str(number + 1))
            assert reader.state.focus == name


async def test_a_period_is_a_year_a_speaker_or_the_next_evidence() -> None:
    async with reading() as reader:
        await reader.press("4", "]")
        assert reader.here == "event/e2"
        await reader.press("3", "]")
        assert reader.here == "quote/q7"
        await reader.press("[")
        assert reader.here == "quote/q1"
        await reader.press("1", "]", "]")
        assert reader.here == "para/p2"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_one_pane_alone_and_back(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("3", "j")
        before, was = reader.here, reader.text
        await reader.press("z")
        assert reader.shown == ("quotes",)
        assert reader.here == before
        await reader.press("escape")
        assert reader.shown == (PANES if size == WIDE else ("quotes",))
        await reader.press("z", "z")
        assert (reader.here, reader.text) == (before, was)


async def test_a_pane_alone_has_the_whole_screen() -> None:
    async with reading() as reader:
        await reader.press("4", "z")
        assert reader.state.panes["timeline"].cells > 150
        assert "1 Article" not in reader.text
        await reader.press("3")
        assert "3 Quotes" in reader.text


async def test_an_unnamed_source_is_listed_and_leads_to_what_it_said() -> None:
    async with reading(DATA / "port-arlen" / "2022-02-11-bridge-toll.yaml") as reader:
        sources = [entry for entry in reader.state.reading.entries["people"] if entry.ref.kind == "source"]
        assert sources
        await reader.press("2", "G")
        assert reader.state.entry == sources[-1]
        said = {ref for ref in lit_refs(reader.state) if ref.kind == "quote"}
        assert said
        assert all(reader.state.entry_of(ref).group.endswith("unnamed") for ref in said)  # type: ignore[union-attr]
        await reader.press("enter")
        assert reader.state.focus in ("article", "quotes")
        assert reader.state.history.past


@pytest.mark.parametrize("keys", ["?", "x", "/a", "f", "?/a", ":", "'"])
async def test_over_whatever_is_open_the_screen_is_redrawn(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    redrawn: list[object] = []
    monkeypatch.setitem(EFFECTS, "redraw", redrawn.append)
    async with reading(NATO) as reader:
        await reader.press("m", *keys)
        before = reader.text
        await reader.press("ctrl+l")
        assert redrawn == [reader.screen]
        assert reader.text == before


@pytest.mark.parametrize("keys", ["?/", "/", ":"])
async def test_a_letter_that_redraws_is_a_letter_where_a_line_is_typed(keys: str) -> None:
    commands = with_keys({"redraw": ("R",)}, str)
    async with reading(NATO) as reader:
        reader.screen._commands_by_key = DEFAULT_OPTIONS._replace(commands=commands).by_key()
        await reader.press(*keys, "R")
        line = (reader.screen.popup or reader.screen.prompt).line  # type: ignore[union-attr]
        assert line.text == "R"


async def test_ctrl_l_changes_nothing() -> None:
    async with reading(NATO) as reader:
        await reader.press("j")
        before, was = reader.state, reader.text
        await reader.press("ctrl+l")
        assert (reader.state, reader.text) == (before, was)
