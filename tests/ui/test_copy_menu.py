from pathlib import Path

import pytest
from libraries import entrance_of, whole
from rooms import DATA, FERRY, FILES, made, ref, sized, stored

from dossier.core.problem import Problem
from dossier.library.library import Library
from dossier.loader.article import parse_article
from dossier.loader.limits import Limits
from dossier.ui.copy_menu import CopyChoice, copy_choices, open_copy_menu, web_address
from dossier.ui.library_scope import enter_article
from dossier.ui.navigation import place_cursor
from dossier.ui.popup import closes_popup, entry_for_key, press_popup_key
from dossier.ui.state import State, focus_pane, move_cursor, open_article_state, with_pane

FIELDS = "url: https://example.org/2023/04/ferry-pact\n"
NAMED = "Ida Brandt, “Ferry pact signed”, Harbour Herald, 12 April 2023"
WEB = "https://example.org/2023/04/ferry-pact"


def on_disk(_path: Path, _limits: Limits) -> bytes:
    return (FERRY + FIELDS).encode()


def no_file(_path: Path, _limits: Limits) -> bytes:
    return b""


def state_on(address: str, links: int = 0, text: str = FERRY + FIELDS) -> State:
    """Return a state with the cursor on this address, moved on by this many links."""
    state = place_cursor(sized(open_article_state(made(text), ()), 60, 12), ref(address))
    for _ in range(links):
        state = move_cursor(state, lambda pane: pane.choose_link(1))
    return state


def offered(state: State) -> dict[str, str]:
    """Return the texts that can be copied, by their keys."""
    return {offer.key: offer.text for offer in copy_choices(state, on_disk)}


def test_a_paragraph_is_offered_whole_on_one_line() -> None:
    text = (
        "Two councils signed a ferry pact. “We will run every day,” said Lena Okafor of the PAA. Winter is included, "
        "she said, and so are the days of storm, of which there are more every year than anybody cares to count."
    )
    lines = [line for line in FERRY.split("\n") if "Two councils" in line or "said, and so are" in line]
    assert offered(state_on("para/p1")) == {
        "t": text,
        "c": f"{text} ({NAMED}, ¶1, {WEB})",
        "a": "ferry#para/p1",
        "w": WEB,
        "y": "\n".join(lines),
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("headline", {"t": "Ferry pact signed", "c": f"{NAMED}, {WEB}", "y": "headline: Ferry pact signed"}),
        ("subtitle", {"t": "Daily boat from June", "c": f"Daily boat from June ({NAMED}, subtitle, {WEB})"}),
        ("heading/h1", {"t": "What changes", "c": f"What changes ({NAMED}, sub-heading, {WEB})"}),
        ("person/okafor", {"t": "Lena Okafor", "c": f"Lena Okafor ({NAMED}, {WEB})", "a": "ferry#person/okafor"}),
        ("org/paa", {"t": "Port Authority of Arlen"}),
        ("place/arlen", {"t": "Port Arlen", "y": "  arlen: {name: Port Arlen}"}),
        ("source/an official", {"t": "an official", "a": "ferry#source/an%20official"}),
        ("event/signed", {"t": "11 April 2023: Pact signed", "c": f"11 April 2023: Pact signed ({NAMED}, ¶1, {WEB})"}),
        ("event/charged", {"t": "since November 2017: Toll charged"}),
        ("event/quay", {"t": "about June 2023: Quay ready (planned)"}),
        ("event/someday", {"t": "one day: Bridge closed", "c": f"one day: Bridge closed ({NAMED}, {WEB})"}),
        ("term/pact", {"t": "pact: what both have signed", "y": "glossary: {pact: what both have signed}"}),
        (
            "media/boat",
            {"t": "Lena Okafor at the quay", "c": f"Lena Okafor at the quay ({NAMED}, caption boat, {WEB})"},
        ),
        ("document/d1", {"t": "Text of the pact", "w": "https://example.org/pact.pdf"}),
        ("about/byline", {"t": "Ida Brandt"}),
        ("about/mood", {"t": "calm", "y": "mood: calm"}),
    ],
)
def test_what_is_offered(address: str, expected: dict[str, str]) -> None:
    found = offered(state_on(address.replace(" ", "%20")))
    assert expected.items() <= found.items()
    assert "q" not in found


@pytest.mark.parametrize(
    ("address", "text", "full", "said"),
    [
        (
            "quote/run",
            "We will run every day",
            f"“We will run every day” ({NAMED}, ¶1, {WEB})",
            f"“We will run every day” — Lena Okafor, transport minister ({NAMED}, ¶1, {WEB})",
        ),
        (
            "quote/stays",
            "the toll stays",
            f"the toll stays (indirect: not in the speaker’s own words; {NAMED}, ¶2, {WEB})",
            "the toll stays — Lena Okafor, transport minister, to Han Seo-jin (indirect: not in the speaker’s own "
            f"words; {NAMED}, ¶2, {WEB})",
        ),
        (
            "quote/toll",
            "No new toll",
            f"“No new toll” (in several places in the article; {NAMED}, ¶4, {WEB})",
            f"“No new toll” — an official (in several places in the article; {NAMED}, ¶4, {WEB})",
        ),
    ],
)
def test_a_quote_is_offered_with_its_speaker(address: str, text: str, full: str, said: str) -> None:
    found = offered(state_on(address))
    assert (found["t"], found["c"], found["q"]) == (text, full, said)


def test_a_quote_that_was_not_found_says_so() -> None:
    state = state_on("quote/run", text=f"{FERRY}{FIELDS}".replace("text: We will run every day", "text: We shall run"))
    remark = "not found word for word in the article"
    found = {offer.key: offer.text for offer in copy_choices(state, on_disk)}
    assert found["c"] == f"“We shall run” ({remark}; {NAMED}, {WEB})"
    assert found["q"] == f"“We shall run” — Lena Okafor, transport minister ({remark}; {NAMED}, {WEB})"


@pytest.mark.parametrize(
    ("address", "text", "has_quote"),
    [
        ("person/okafor", "Lena Okafor", False),
        ("org/paa", "Port Authority of Arlen", False),
        ("quote/run", "We will run every day", True),
    ],
)
def test_a_chosen_link_is_what_it_names(address: str, text: str, has_quote: bool) -> None:
    states = [state_on("para/p1", number) for number in range(1, 6)]
    state = next(one for one in states if one.pane.targets == (ref(address),))
    found = offered(state)
    assert (found["t"], found["a"], "q" in found) == (text, f"ferry#{address}", has_quote)


def test_a_link_that_may_mean_several_is_its_own_words() -> None:
    states = [state_on("para/p2", number) for number in range(1, 8)]
    state = next(one for one in states if len(one.pane.targets) > 1)
    found = offered(state)
    assert (found["t"], found["a"]) == ("Reyes", f"{state.pane.address}")
    assert found["c"] == f"Reyes ({NAMED}, ¶2, {WEB})"


def test_without_a_web_address_the_citation_ends_with_the_one_in_the_dossier() -> None:
    state = state_on("para/p3", text=FERRY)
    found = {offer.key: offer.text for offer in copy_choices(state, lambda path, limits: FERRY.encode())}
    assert "w" not in found
    assert found["c"].endswith("(Ida Brandt, “Ferry pact signed”, Harbour Herald, 12 April 2023, ¶3, ferry#para/p3)")
    assert web_address(state) == ""


@pytest.mark.parametrize(
    ("address", "url"), [("para/p1", WEB), ("person/han", WEB), ("document/d1", "https://example.org/pact.pdf")]
)
def test_the_web_address(address: str, url: str) -> None:
    assert web_address(state_on(address)) == url


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        (Problem("ferry.yaml", 1, 1, "cannot-read", "cannot read the file: no such file"), None),
        ((FERRY + FIELDS).replace("ferry pact", "ferry treaty").encode(), "the file has changed since it was read"),
        (f"\n{FERRY}{FIELDS}".encode(), "the file has changed since it was read"),
        (b"", "the file has changed since it was read"),
    ],
)
def test_yaml_that_cannot_be_given_says_why(data: bytes | Problem, missing: str | None) -> None:
    found = copy_choices(state_on("para/p1"), lambda path, limits: data)
    assert found[-1] == CopyChoice("y", "YAML", "", missing or "cannot read the file: no such file")


def test_of_an_article_in_json_the_lines_are_offered_as_json() -> None:
    data = b'{"headline": "Ferry \\ud83d\\ude00", "outlet": "H", "published": "2023",\n "body": [\n  "It runs."]}'
    loaded = parse_article(data, "ferry.JSON")
    assert loaded.article is not None
    room = place_cursor(sized(open_article_state(loaded.article, ()), 60, 12), ref("para/p1"))
    assert copy_choices(room, lambda path, limits: data)[-1] == CopyChoice("y", "JSON", '  "It runs."]}')


def test_a_file_that_is_not_there_is_told_as_such() -> None:
    assert copy_choices(state_on("para/p1"))[-1].missing.startswith("cannot read the file")


def test_every_offer_has_a_key_of_its_own_and_a_text_or_a_reason() -> None:
    state = state_on("headline")
    for name in state.panes:
        for entry in state.panes[name].entries:
            found = copy_choices(place_cursor(state, entry.ref), on_disk)
            assert len({offer.key for offer in found}) == len(found) > 0
            assert all(bool(offer.text) != bool(offer.missing) for offer in found)
            assert all("\n" not in offer.text for offer in found if offer.key != "y")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_link_of_every_entry_has_words_and_an_address(path: Path) -> None:
    state = sized(open_article_state(stored(path), ()), 80, 20)
    for name in state.panes:
        for row, entry in enumerate(state.panes[name].entries):
            for number, anchor in enumerate(entry.anchors):
                found = copy_choices(
                    with_pane(focus_pane(state, name), state.panes[name].place(row, 0, 0, number)), no_file
                )
                offered = {offer.key: offer.text for offer in found}
                assert offered["t"]
                assert offered["a"] in (*map(str, anchor.targets), str(entry.ref.with_span(anchor.start, anchor.end)))


def test_the_menu_shows_its_keys_and_takes_them_at_once() -> None:
    popup = open_copy_menu(copy_choices(state_on("quote/run"), on_disk))
    assert [entry.parts[0].text for entry in popup.entries] == ["t", "c", "q", "a", "w", "y"]
    assert popup.entries[0].parts[1:] == (("text", "text", (), ""), ("shown", "We will run every day", (), ""))
    for key in "tcqawy":
        row = entry_for_key(popup, key)
        assert row
        assert row.ref.id == key
        assert not closes_popup(popup, key)
    assert entry_for_key(popup, "x") is None
    assert closes_popup(popup, "escape")
    assert all(len(entry.parts[2].text) <= 100 for entry in popup.entries)


def test_enter_takes_what_the_cursor_of_the_menu_is_on() -> None:
    popup = press_popup_key(open_copy_menu(copy_choices(state_on("quote/run"), on_disk)), "j", "j")
    row = entry_for_key(popup, "enter")
    assert row
    assert row.ref.id == "c"


def test_without_a_quote_q_leaves_the_menu() -> None:
    assert closes_popup(open_copy_menu(copy_choices(state_on("para/p1"), on_disk)), "q")


def test_what_is_missing_shows_its_reason() -> None:
    popup = open_copy_menu(copy_choices(state_on("para/p1"), lambda path, limits: b""))
    assert popup.entries[-1].parts[-1].text == "the file has changed since it was read"


def row_of(state: State, pane: str, words: str) -> State:
    """Return the state with the cursor on the row of this pane that contains these words."""
    there = focus_pane(state, pane)
    row = next(number for number, entry in enumerate(there.pane.entries) if words in entry.text)
    return with_pane(there, there.pane.move_to_edge(last=False).move(row))


def test_a_row_of_the_library_is_its_article(library: Library) -> None:
    state = row_of(entrance_of(library), "library", "The long quay")
    found = {offer.key: offer.text for offer in copy_choices(state)}
    assert found["t"] == "The long quay"
    assert found["a"] == "hh-2024-10-12-the-long-quay"
    assert "“The long quay”, Harbour Herald, 12 October 2024" in found["c"]
    path = library.readings.path("hh-2024-10-12-the-long-quay")
    assert path
    assert found["y"] == Path(path).read_text(encoding="utf-8").rstrip()


def test_a_row_among_many_articles_is_cited_with_its_own(library: Library) -> None:
    state = row_of(entrance_of(library), "quotes", "a great user of stationery")
    article = enter_article(state, state.pane.entry.ref.article) if state.pane.entry else None
    assert article
    found = {offer.key: offer.text for offer in copy_choices(state)}
    assert found["t"] == "a great user of stationery"
    assert found["q"].startswith("“a great user of stationery” — Nils Øverås")
    assert "“The long quay”, Harbour Herald, 12 October 2024, ¶21, " in found["q"]
    assert found.get("w", "") == article.reading.article.url == web_address(state)
    assert "a great user of stationery" in found["y"]


def test_a_value_to_narrow_by_is_its_words_alone(library: Library) -> None:
    state = row_of(whole(entrance_of(library)), "facets", "Harbour Herald")
    assert copy_choices(state) == (CopyChoice("t", "text", "Harbour Herald"),)
    assert web_address(state) == ""


def test_nothing_is_offered_where_nothing_is(library: Library) -> None:
    state = entrance_of(library)
    assert copy_choices(focus_pane(state, "article")) == ()
