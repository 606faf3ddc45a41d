"""Tests of hints and popups: the help, the list of commands, the problems, and where they lead."""

from collections.abc import Sequence

import pytest
from reader import NARROW, NATO, TINY, WIDE, reading
from rooms import DATA, short

from dossier.loader.article import load_article
from dossier.tui.screen import ReadingRoom
from dossier.ui.command_line import LINE_COMMANDS
from dossier.ui.commands import COMMANDS
from dossier.ui.help_popup import SIGNS, open_help
from dossier.ui.popup_lists import destinations_of
from dossier.ui.render.hint_labels import HINT_LETTERS

UNTIDY = DATA / "port-arlen" / "untidy.yaml"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_link_on_view_has_a_label_of_its_own(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("d", "f")
        hints = reader.screen.hints
        labels = [hint.label for hint in hints]
        assert len(set(labels)) == len(labels) > 20
        assert {len(label) for label in labels} == {2 if len(labels) > len(HINT_LETTERS) else 1}
        assert (len(labels) > len(HINT_LETTERS)) == (size == WIDE)
        drawn = [piece.text.strip() for name in reader.shown for piece in reader.pieces(name) if piece.style == "hint"]
        assert sorted(drawn) == sorted(labels)


async def test_every_label_leads_to_what_it_stands_on() -> None:
    async with reading(size=TINY) as reader:
        await reader.press("d", "d", "d")
        before = reader.state
        await reader.press("f")
        hints = reader.screen.hints
        await reader.press("escape")
        assert len(hints) > 5
        for hint in hints:
            await reader.press("f", *hint.label)
            if len(hint.targets) > 1:
                assert reader.screen.popup
                await reader.press("escape")
            else:
                assert reader.state.pane.address in (hint.targets[0], hint.targets[0].entry)
                await reader.press("backspace")
            assert not reader.screen.hints
            assert reader.state.pane == before.pane


async def test_a_first_letter_leaves_only_the_labels_that_begin_so() -> None:
    async with reading() as reader:
        await reader.press("d", "f", "s")
        drawn = [piece.text.strip() for name in reader.shown for piece in reader.pieces(name) if piece.style == "hint"]
        assert len(drawn) == sum(hint.label.startswith("s") for hint in reader.screen.hints) > 1
        assert all(len(letter) == 1 for letter in drawn)


async def test_any_other_key_leaves_the_hints_and_changes_nothing() -> None:
    async with reading() as reader:
        await reader.press("d")
        before, was = reader.state, reader.text
        for keys in (("escape",), ("s", "escape"), ("7",), ("down",)):
            await reader.press("f", *keys[:-1])
            assert reader.screen.hints
            await reader.press(keys[-1])
            assert not reader.screen.hints
            assert (reader.state, reader.text) == (before, was)


async def test_few_hints_have_one_letter() -> None:
    async with reading(size=TINY) as reader:
        await reader.press("3", "f")
        assert {len(hint.label) for hint in reader.screen.hints} == {1}
        second = reader.screen.hints[1]
        await reader.press(second.label)
        assert reader.here == short(second.targets[0])
        assert reader.state.history.past


async def test_help_lists_every_command_and_mark_and_enter_runs_one() -> None:
    async with reading() as reader:
        await reader.press("?")
        told = "\n".join(reader.popup_rows)
        assert all(command.help in told for command in COMMANDS)
        assert all(line.help in told for line in LINE_COMMANDS)
        assert [text.partition("\n")[0].rstrip() for text in reader.popup_rows[: len(SIGNS)]] == [
            sign for sign, _ in SIGNS
        ]
        await reader.press(*["j"] * (len(SIGNS) + [command.id for command in COMMANDS].index("pane-quotes")), "enter")
        assert reader.screen.popup is None
        assert reader.state.focus == "quotes"


async def test_a_line_of_the_help_that_only_explains_runs_nothing() -> None:
    async with reading() as reader:
        before = reader.state
        await reader.press("?", "enter")
        assert reader.screen.popup
        assert "no command to run on this line" in reader.foot
        assert reader.state == before


async def test_no_key_typed_in_the_help_reaches_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """`/quo` in the help left it and copied the article's address."""
    ran: list[str] = []
    monkeypatch.setattr(ReadingRoom, "run_command", lambda self, command: ran.append(command))
    async with reading() as reader:
        reader.screen.show_popup(open_help(reader.screen.options.commands))
        before = reader.state
        await reader.press("/", *"quo")
        assert reader.screen.popup
        assert reader.screen.popup.line.text == "quo"
        assert 0 < len(reader.popup_rows) < len(COMMANDS)
        await reader.press("enter")
        others = [key for key in "oyewfzsSbvnN&.-=[]*#:!01234xm'cap" if key not in ran]
        for key in others:
            await reader.press(key)
            assert f"{key} does nothing here" in reader.foot
        assert reader.screen.popup
        assert len(reader.popup_rows) < len(COMMANDS)
        await reader.press("escape")
        assert len(reader.popup_rows) > len(COMMANDS)
        await reader.press("escape")
        assert reader.screen.popup is None
        assert ran == []
        assert reader.state == before


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_a_filter_of_the_help_is_kept_and_runs_what_it_leaves(size: tuple[int, int]) -> None:
    async with reading(size=size) as reader:
        await reader.press("?", "/", *"by speaker", "enter")
        assert reader.screen.popup
        assert "Help /by speaker" in reader.text
        assert len(reader.popup_rows) == 1
        await reader.press("enter")
        assert reader.state.focus == "quotes"


async def test_every_finding_can_be_filtered() -> None:
    async with reading(UNTIDY) as reader:
        await reader.press("!", "/", *"no-speaker", "enter", "enter")
        assert reader.here == "quote/q3"


async def test_every_finding_opens_its_place() -> None:
    problems = load_article(UNTIDY).problems
    assert problems
    opened = {}
    async with reading(UNTIDY) as reader:
        assert f"{len(problems)} warnings" in reader.foot
        for number, problem in enumerate(problems):
            await reader.press("!")
            assert all(f"[{one.code}]" in text for one, text in zip(problems, reader.popup_rows, strict=True))
            await reader.press("g", *["j"] * number, "enter")
            assert reader.screen.popup is None
            opened[problem.code] = reader.here
            await reader.press("!")
            assert reader.here == opened[problem.code]
            chosen = reader.screen.popup
            assert chosen is not None
            assert short(destinations_of(chosen.chosen)[0]) == reader.here
            await reader.press("escape")
    assert opened["alias-claimed-twice"] == "person/brandt"
    assert opened["never-mentioned"] == "person/dahl"
    assert opened["quote-in-several-places"] == "quote/q1"
    assert opened["quote-not-at-place"] == "quote/q2"
    assert opened["no-speaker"] == "quote/q3"
    assert opened["indirect-not-in-body"] == "quote/q4"
    assert opened["date-text-not-in-body"] == opened["cut-by-comment"] == "event/e1"
    assert opened["event-after-publication"] == "event/e2"
    assert opened["nearly-known-key"].partition("/")[0] in ("about", "headline")


async def test_the_file_is_edited_at_the_line_of_the_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = load_article(UNTIDY).problems
    edited: list[str] = []

    def run(app: object, words: Sequence[str]) -> str:
        edited.extend(words)
        return ""

    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "editor")
    monkeypatch.setattr("dossier.tui.outside_effects.run_in_foreground", run)
    async with reading(UNTIDY) as reader:
        await reader.press("!", "g", "j", "j")
        assert "e edit" in reader.text
        await reader.press("e")
        assert edited == ["editor", f"+{problems[2].line}", str(UNTIDY)]
        assert reader.screen.popup
        assert reader.screen.popup.pane.cursor.row == 2
        # In a filter it is a letter; in other popups it does nothing.
        await reader.press("/", *"speaker", "e")
        assert reader.screen.popup
        assert reader.screen.popup.line.text == "speakere"
        await reader.press("escape", "escape", "space", "e")
        assert "e does nothing here" in reader.foot
        assert len(edited) == 3


async def test_a_file_without_findings_says_so() -> None:
    async with reading(NATO) as reader:
        await reader.press("!")
        assert reader.screen.popup is None
        assert "no problems in this file" in reader.foot


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_quit(key: str) -> None:
    async with reading() as reader:
        await reader.press(key)
        await reader.until(lambda: not reader.app.is_running)
        assert reader.app.return_code == 0


@pytest.mark.parametrize(("keys", "foot"), [(("?",), "j/k choose · Enter run · Esc close"), ((":", "e"), "Enter run")])
async def test_a_long_message_leaves_the_keys_of_what_is_open_on_view(keys: tuple[str, ...], foot: str) -> None:
    """At 80 columns it stood on the last row of the popup, and on that of the commands offered for what is typed."""
    async with reading(size=NARROW) as reader:
        await reader.press(*keys)
        before = reader.text
        assert foot in before
        said = " ".join(f"word{number}" for number in range(30))
        reader.screen.change(reader.state, said)
        await reader.press()
        assert foot in reader.text
        assert said in " ".join(reader.text.replace("│", " ").split())
        reader.screen.change(reader.state)
        await reader.press()
        assert reader.text == before
