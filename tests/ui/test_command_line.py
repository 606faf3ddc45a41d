"""What a line typed after `:` means, which commands it lists, and what its keys do."""

from collections.abc import Sequence

import pytest
from rooms import ferry

from dossier.ui.command_line import (
    LINE_COMMANDS,
    Call,
    called_by,
    match_commands,
    open_command_line,
    parse_call,
    paste_command,
    press_command_key,
)
from dossier.ui.commands import BY_ID, COMMANDS
from dossier.ui.options import DEFAULT_OPTIONS, ThemeSource
from dossier.ui.prompt import Prompt, open_prompt

OPTIONS = DEFAULT_OPTIONS._replace(
    themes=ThemeSource(lambda: ("terminal", "dark", "light")),
    formats=lambda: {"text": "to read", "csl": "references", "csv": "a table", "biblatex": "for LaTeX"},
)
BEFORE = ("find toll", "12")


def line(*keys: str, before: tuple[str, ...] = ()) -> Prompt:
    """Return the command line after these keys."""
    prompt = open_command_line(open_prompt("command", ":", "", ferry(), before), OPTIONS)
    for key in keys:
        prompt = press_command_key(prompt, key, key if len(key) == 1 else "", OPTIONS)
    return prompt


def listed(prompt: Prompt) -> list[str]:
    return [one.name for one in prompt.completion.candidates] if prompt.completion else []


@pytest.mark.parametrize(
    ("typed", "call"),
    [
        ("", Call("")),
        ("  ", Call("")),
        ("q", Call("run", "quit")),
        (":q", Call("run", "quit")),
        ("q!", Call("run", "quit")),
        ("wq", Call("run", "quit")),
        ("quit", Call("run", "quit")),
        ("help", Call("run", "help")),
        ("h", Call("run", "help")),
        ("?", Call("run", "help")),
        ("/", Call("run", "find")),
        ("n", Call("run", "hit-next")),
        ("N", Call("run", "hit-previous")),
        ("Ctrl+L", Call("run", "redraw")),
        ("ctrl+l", Call("run", "redraw")),
        ("$", Call("run", "end")),
        ("next-link", Call("run", "link-next")),
        ("last results", Call("run", "results")),
        ("link-next", Call("run", "link-next")),
        ("1", Call("row", "1")),
        ("042", Call("row", "042")),
        ("p12", Call("paragraph", "12")),
        ("find", Call("run", "find")),
        ("find arms deal ", Call("find", "arms deal")),
        ("search speaker:jonas toll", Call("search", "speaker:jonas toll")),
        ("pipe wc -w", Call("pipe", "wc -w")),
        ("pipe", Call("run", "pipe")),
        ("|", Call("run", "pipe")),
        ("| wc -w", Call("pipe", "wc -w")),
        (":|sort | uniq", Call("pipe", "sort | uniq")),
        ("at quote/q3", Call("at", "quote/q3")),
        ("at", Call("ask", "at")),
        ("theme dark", Call("theme", "dark")),
        ("theme", Call("ask", "theme")),
        ("help pin", Call("help", "pin")),
        ("w", Call("say", "nothing to save: the program only reads; :q quits")),
        ("hlep", Call("say", "no command “hlep”: did you mean “help”?")),
        ("qqqqqq", Call("say", "no command “qqqqqq”")),
        ("12x", Call("say", "no command “12x”")),
        ("٣", Call("say", "no command “٣”")),
    ],
)
def test_what_a_line_means(typed: str, call: Call) -> None:
    assert parse_call(typed, BY_ID) == call


@pytest.mark.parametrize("command", [one.id for one in COMMANDS])
def test_every_command_can_be_typed_and_stands_first_then(command: str) -> None:
    assert parse_call(command, BY_ID) == Call("run", command)
    assert next(iter(match_commands(command, BY_ID))).name == command


def test_nothing_typed_lists_every_command() -> None:
    found = {one.name for one in match_commands("", BY_ID)}
    assert found == {*BY_ID, "at", "theme"}
    assert {one.word for one in LINE_COMMANDS if one.argument} - found == set()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("q", "quit"), ("pane", "pane-next"), ("timeline", "pane-timeline"), ("half a page", "half-page-down")],
)
def test_an_exact_key_comes_first_then_ids_then_titles_and_help(typed: str, first: str) -> None:
    found = [one.name for one in match_commands(typed, BY_ID)]
    assert found[0] == first
    begun = [name.startswith(typed) for name in found[typed == "q" :]]
    assert begun == sorted(begun, reverse=True)


@pytest.mark.parametrize(
    ("keys", "call"),
    [
        ("timeline", Call("run", "pane-timeline")),
        ("detai", Call("run", "peek")),
        ("q", Call("run", "quit")),
        ("w", Call("say", "nothing to save: the program only reads; :q quits")),
        ("12", Call("row", "12")),
        ("3", Call("row", "3")),
        ("zzz", Call("say", "no command “zzz”")),
        ("", Call("")),
        (["down"], Call("run", "line-down")),
        (["up"], Call("ask", "theme")),
        ([*"pane", "down"], Call("run", "pane-previous")),
        ([*"find", "down"], Call("run", "findings")),
        ([*"theme ", "down", "down"], Call("theme", "dark")),
        ("theme d", Call("theme", "d")),
        ([*"theme d", "tab"], Call("theme", "dark")),
        ("at quote/run", Call("at", "quote/run")),
    ],
)
def test_what_enter_asks_for(keys: Sequence[str], call: Call) -> None:
    assert called_by(line(*keys), BY_ID) == call


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["l", "i", "n", "k", "tab"], "link-"),
        (["l", "i", "n", "k", "tab", "tab"], "link-next"),
        (["l", "i", "n", "k", "tab", "tab", "tab"], "link-previous"),
        (["l", "i", "n", "k", "tab", "tab", "tab", "tab"], "link-next"),
        (["l", "i", "n", "k", "tab", "shift+tab"], "link-previous"),
        ([*"quit", "tab"], "quit"),
        ([*"detai", "tab"], "peek"),
        ([*"the", "tab"], "theme"),
        ([*"theme l", "tab"], "theme light"),
        ([*"at quo", "tab"], "at quote/"),
        ([*"at quote/r", "tab"], "at quote/r"),
        ([*"export bib", "tab"], "export biblatex"),
        ([*"export cs", "tab"], "export csl"),
        ([*"export cs", "tab", "tab"], "export csv"),
        ([*"export csl a", "tab"], "export csl a"),
        ([*"export hi", "tab"], "export hits"),
        ([*"export hits bib", "tab"], "export hits biblatex"),
        ([*"export csl hi", "tab"], "export csl hi"),
        ([*"export hits ent", "tab"], "export hits ent"),
        ([*"search spe", "tab"], "search spe"),
        ([*"zzz", "tab"], "zzz"),
        (["x", "ctrl+u"], ""),
    ],
)
def test_tab_completes(keys: list[str], text: str) -> None:
    found = line(*keys).line
    assert found.text == text or (text == "at quote/r" and found.text in ("at quote/run", "at quote/ready"))
    assert found.caret == len(found.text)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["up"], "12"),
        (["up", "up"], "find toll"),
        (["up", "up", "up"], "find toll"),
        (["up", "up", "down"], "12"),
        (["up", "down"], ""),
        (["x", "up"], "x"),
        (["up", "3", "up"], "123"),
        (["down", "up"], ""),
    ],
)
def test_up_recalls_what_was_typed_while_the_line_is_empty(keys: list[str], text: str) -> None:
    assert line(*keys, before=BEFORE).line.text == text


def test_the_list_follows_what_is_typed() -> None:
    assert len(listed(line())) == len(COMMANDS) + 2
    assert len(listed(line(*"timeline"))) < 10
    assert listed(line(*"timeline", *["backspace"] * 8)) == listed(line())
    assert listed(line(*"12")) == ["12"]
    assert listed(line(*"zzz")) == []
    assert listed(line(*"find toll")) == []
    assert "quote/run" in listed(line(*"at "))
    assert listed(paste_command(line(), "theme d\n", OPTIONS)) == []
    assert listed(paste_command(line(), "theme d", OPTIONS)) == ["dark"]
    assert line(*"pane", "left").completion == line(*"pane").completion
