"""Tests of finding, filtering and pinning by keyboard, and of keys that are typed ahead or pasted."""

import pytest
from reader import NARROW, NATO, Reader, reading
from rooms import DATA, short

from dossier.core.entry import PANES, add_quote_counts
from dossier.ui.help_popup import SIGNS
from dossier.ui.navigation import history_entry

LONG_QUAY = DATA / "port-arlen" / "2024-10-12-the-long-quay.yaml"


def order(reader: Reader) -> list[tuple[str, tuple[int, int]]]:
    return [(short(ref), span) for ref, span in reader.state.find.hits.places]


async def test_find_counts_in_every_title_and_in_the_foot_while_one_types() -> None:
    async with reading() as reader:
        await reader.type("/miss")
        count = len(order(reader))
        await reader.type("iles")
        assert 0 < len(order(reader)) <= count
        assert f"1 of {len(order(reader))}" in reader.foot
        assert "missiles" in reader.foot
        titles = [row for row in reader.text.splitlines() if "─ 3 Quotes" in row or "─ 4 Timeline" in row]
        for name, row in zip(("quotes", "timeline"), titles, strict=True):
            own = {short(entry.ref) for entry in reader.state.reading.entries[name]}
            hits = sum(ref in own for ref, _ in order(reader))
            assert f"· {hits} hit" in row
        for name in ("article", "quotes", "timeline"):
            shown = [piece.text for piece in reader.pieces(name) if "hit" in piece.style.split()]
            assert shown
            assert {text.casefold() for text in shown} <= {"missiles", "missile"}


async def test_typing_moves_to_the_nearest_hit_and_escape_restores_everything() -> None:
    async with reading(size=NARROW) as reader:
        await reader.press("3", "j", "enter", "l")
        before, was = reader.state, reader.text
        await reader.type("/vilnius")
        assert reader.state.find.hit
        assert "Vilnius" in reader.cursor_text
        await reader.press("escape")
        assert reader.state == before
        assert reader.text == was


async def test_enter_keeps_the_hit_and_the_way_back() -> None:
    async with reading() as reader:
        await reader.press("j")
        left = history_entry(reader.state)
        await reader.press(*"/wagner", "enter")
        assert reader.screen.prompt is None
        assert reader.here.startswith("para/p8")
        assert reader.state.history.past == (left,)
        await reader.press("backspace")
        assert history_entry(reader.state) == left
        assert not reader.state.find.query


async def test_n_walks_all_panes_in_reading_order_and_says_when_it_wraps() -> None:
    async with reading() as reader:
        await reader.press(*"/wagner", "enter")
        expected = order(reader)
        assert {ref.partition("/")[0] for ref, _ in expected} == {"para", "org", "quote", "event"}
        seen = []
        for _ in expected:
            assert reader.state.find.hit
            seen.append((short(reader.state.find.hit[0]), reader.state.find.hit[1]))
            entries = list(dict.fromkeys(ref for ref, _ in expected))
            assert f"hit {entries.index(seen[-1][0]) + 1} of {len(entries)}" in reader.foot
            assert reader.state.entry
            assert reader.state.entry.ref == reader.state.find.hit[0]
            await reader.press("n")
        assert seen == expected
        assert "continued at the top" in reader.foot
        await reader.press("N")
        assert "continued at the end" in reader.foot
        assert reader.state.find.hit
        assert short(reader.state.find.hit[0]) == expected[-1][0]


async def test_back_shows_the_hit_that_was_left() -> None:
    async with reading() as reader:
        await reader.press(*"/wagner", "enter", "n", "n")
        hit = reader.state.find.hit
        await reader.press("n")
        assert reader.state.find.hit != hit
        await reader.press("backspace")
        assert reader.state.find.hit == hit
        assert hit
        number = [one.ref for one in reader.state.find.hits].index(hit[0]) + 1
        assert f"hit {number} of {len(reader.state.find.hits)}" in reader.foot


async def test_n_without_a_search_says_so() -> None:
    async with reading() as reader:
        await reader.press("n")
        assert "nothing to find yet" in reader.foot


async def test_nothing_found_stays_where_it_was() -> None:
    async with reading() as reader:
        await reader.press("j", "j")
        here = reader.cursors
        await reader.type("/zeppelin")
        assert "no hit" in reader.foot
        assert reader.cursors == here
        await reader.press("enter")
        assert not reader.state.history.past


@pytest.mark.parametrize("words", ["한", "岸", "ibanez", '"long quay"'])
async def test_find_takes_scripts_accents_and_phrases(words: str) -> None:
    async with reading(NATO if words == "岸" else LONG_QUAY) as reader:
        await reader.type("/" + words)
        found = {
            entry.text[slice(*span)].casefold()
            for ref, span in reader.state.find.hits.places
            if (entry := reader.state.entry_of(ref))
        }
        assert found
        assert all(len(text) >= len(words.strip('"')) for text in found)


async def test_escape_leaves_the_search() -> None:
    async with reading() as reader:
        await reader.press(*"/wagner", "enter")
        here = reader.here
        await reader.press("escape")
        assert not reader.state.find.query
        assert not reader.state.find.hits
        assert reader.here == here
        assert not [piece for name in PANES for piece in reader.pieces(name) if "hit" in piece.style]


async def test_a_filter_narrows_its_pane_alone() -> None:
    async with reading() as reader:
        await reader.press("4")
        full = {name: len(pane.entries) for name, pane in reader.state.panes.items()}
        await reader.type("&summit")
        kept = [entry.text.casefold() for entry in reader.state.pane.entries]
        assert 0 < len(kept) < full["timeline"]
        assert all("summit" in text for text in kept)
        assert f"{len(kept)} of {full['timeline']}" in reader.foot
        await reader.press("enter")
        assert f"4 Timeline {len(kept)} of {full['timeline']} · only “summit”" in reader.text
        assert all(len(reader.state.panes[name].entries) == full[name] for name in PANES[:3])
        await reader.press("escape")
        assert len(reader.state.pane.entries) == full["timeline"]


async def test_escape_from_typing_a_filter_restores_the_one_before() -> None:
    async with reading() as reader:
        await reader.press("3", *"&told", "enter", "j")
        before = reader.state
        await reader.press("&", "ctrl+u", *"nobody said this")
        assert not reader.state.pane.entries
        await reader.press("escape")
        assert reader.state == before


async def test_a_jump_to_what_a_filter_hides_lifts_it() -> None:
    async with reading() as reader:
        await reader.press("3", *"&wagner", "enter", "2", *"&jens", "enter", "3", "escape", "g", "l", "enter")
        assert reader.here == "person/stoltenberg"
        await reader.press("3", *"jjjjjjj", "l", "enter")
        assert reader.here == "person/park"
        assert not reader.state.filters.queries


async def test_a_pin_keeps_what_is_linked_in_the_lists_and_the_whole_text() -> None:
    async with reading() as reader:
        await reader.press("2", "j", ".")
        pin = reader.state.meant[0]
        assert short(pin) == "person/park"
        assert reader.state.filters.pins == (pin,)
        assert "▸ Park Jin" in reader.text
        linked = reader.state.reading.links.find_highlighted((pin,))
        for name in PANES[1:]:
            assert {entry.ref for entry in reader.state.panes[name].entries} <= linked
        assert tuple(reader.state.panes["article"].entries) == tuple(reader.state.reading.entries["article"])
        await reader.press(".")
        assert not reader.state.filters.pins
        assert reader.here == "person/park"
        assert all(
            reader.state.panes[name].entries == add_quote_counts(reader.state.reading.entries[name]) for name in PANES
        )


async def test_what_may_mean_several_is_not_pinned() -> None:
    async with reading() as reader:
        await reader.press(*"/possibly, yoon", "enter", "l", "l")
        while len(reader.state.meant) == 1:
            await reader.press("l")
        await reader.press(".")
        assert not reader.state.filters.pins
        assert "choose one with Enter" in reader.foot


async def test_keys_typed_ahead_in_one_burst_are_taken_in_order() -> None:
    async with reading() as slow, reading() as fast:
        for key in ("/", *"missiles"):
            await slow.press(key)
        await slow.press("enter")
        await slow.press("n")
        await fast.press("/", *"missiles", "enter", "n")
        assert fast.state.find.hit == slow.state.find.hit
        assert fast.state.history == slow.state.history
        assert fast.text == slow.text


async def test_a_burst_reaches_popup_prompt_and_hints_each_in_turn() -> None:
    async with reading() as reader:
        down = ["j"] * (len(SIGNS) + 1)
        await reader.press("?", *down, "enter", ":", *"timeline", "enter", "j", "j", "enter", "f", "escape", "3")
        assert reader.screen.popup is None
        assert reader.screen.prompt is None
        assert not reader.screen.hints
        assert reader.state.focus == "quotes"
        assert len(reader.state.history.past) == 1
        assert reader.state.panes["article"].address
        assert short(reader.state.panes["article"].address).startswith("para/p7")


async def test_what_is_pasted_is_typed_in_the_prompt_and_nowhere_else() -> None:
    async with reading() as reader:
        before = reader.state
        await reader.paste("qqq/")
        assert reader.app.is_running
        assert reader.state == before
        assert reader.foot.startswith(" pasted text is taken only where a line is typed: first press /  ")
        await reader.press("/")
        await reader.paste("wag\x1b[31mner")
        assert reader.screen.prompt
        assert "\x1b" not in reader.screen.prompt.line.text
        await reader.press("ctrl+u")
        await reader.paste("wagner group")
        assert reader.here.startswith("para/p8")
        await reader.press("enter")
        assert reader.state.find.query
        assert reader.state.find.query.typed == "wagner group"


async def test_the_line_is_edited_as_in_a_shell() -> None:
    async with reading() as reader:
        await reader.press(*"/missiles wagner", "ctrl+w", "backspace", "home", *"90 ", "end", "left", "delete")
        assert reader.screen.prompt
        assert reader.screen.prompt.line.text == "90 missile"
        await reader.press("ctrl+u", "end", "backspace", "backspace")
        assert reader.screen.prompt is None or not reader.screen.prompt.line.text
