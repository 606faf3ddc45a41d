import pytest
from rooms import DATA, FERRY, ferry, made, ref, short, sized, stored

from dossier.core.dataclasses import replace
from dossier.core.query import parse_terms
from dossier.core.ref import Ref
from dossier.ui.actions import ACTIONS, NO_LIBRARY, jump_to
from dossier.ui.navigation import destinations, find_text, history_entry, place_cursor
from dossier.ui.pane_lines import entry_look
from dossier.ui.state import State, focus_pane, lit_refs, open_article_state

STATE = ferry(cells=50, rows=8)


def at(address: str, state: State = STATE) -> State:
    return place_cursor(state, ref(address))


@pytest.mark.parametrize(
    ("start", "move", "here", "say"),
    [
        ("headline", "line-down", "subtitle", ""),
        ("headline", "line-up", "headline", ""),
        ("subtitle", "line-up", "headline", ""),
        ("person/okafor", "line-down", "person/han", ""),
        ("headline", "half-page-down", "para/p1", ""),
        ("para/p4", "half-page-up", "para/p2", ""),
        ("headline", "page-down", "para/p1", ""),
        ("about/mood", "page-up", "about/byline", ""),
        ("para/p4", "top", "headline", ""),
        ("headline", "end", "about/mood", ""),
        ("person/okafor", "end", "source/an%20official", ""),
        ("headline", "link-next", "para/p1:28-32", ""),
        ("headline", "link-previous", "headline", "no previous link"),
        ("para/p2:29-43", "link-next", "para/p2:45-50", "may be Tom Reyes or Ana Reyes"),
        ("para/p4", "link-previous", "para/p2:45-50", "may be Tom Reyes or Ana Reyes"),
        ("media/boat:40-51", "link-next", "media/boat:40-51", "no next link"),
        ("headline", "pane-next", "person/okafor", ""),
        ("event/quay", "pane-next", "headline", ""),
        ("headline", "pane-previous", "event/charged", ""),
        ("headline", "pane-people", "person/okafor", ""),
        ("headline", "pane-quotes", "quote/run", ""),
        ("headline", "pane-timeline", "event/charged", ""),
        ("quote/run", "pane-article", "headline", ""),
        ("headline", "back", "headline", "no earlier place"),
        ("headline", "forward", "headline", "no later place"),
        ("headline", "hit-next", "headline", "nothing to find yet: /"),
        ("headline", "hit-previous", "headline", "nothing to find yet: /"),
        ("person/han", "pin", "person/han", "pinned Han Seo-jin · 2 quotes · . unpins"),
        ("quote/run", "pin", "quote/run", "pinned We will run every day · 1 quote, 1 event · . unpins"),
        ("org/paa", "pin", "org/paa", "pinned Port Authority of Arlen · 1 event · . unpins"),
        ("para/p3", "pin", "para/p3", "pinned ¶3 · no quotes or events · . unpins"),
        ("para/p2:45-50", "pin", "para/p2:45-50", "several things are meant here: choose one with Enter"),
        # mentions: from a list the first or last, in the text the next or the one before
        ("person/okafor", "mention-next", "para/p1:64-75", "1 of 3 · ¶1"),
        ("person/okafor", "mention-previous", "para/p4:85-91", "3 of 3 · ¶4"),
        ("para/p1:64-75", "mention-next", "para/p2:0-6", "2 of 3 · ¶2"),
        ("para/p4:85-91", "mention-next", "para/p1:64-75", "1 of 3 · ¶1"),
        ("para/p1:64-75", "mention-previous", "para/p4:85-91", "3 of 3 · ¶4"),
        ("media/boat:40-51", "mention-previous", "para/p4:85-91", "3 of 3 · ¶4"),
        ("quote/toll", "mention-next", "para/p4:24-35", "1 of 2 · ¶4"),
        ("about/outlet", "mention-next", "about/outlet", "no mentions in the text"),
        (
            "para/p2:45-50",
            "mention-next",
            "para/p2:45-50",
            "several things are meant here: choose one with Enter",
        ),
        # periods: years on the timeline, speakers, groups, paragraphs with evidence
        ("event/charged", "period-next", "event/signed", ""),
        ("event/opened", "period-next", "event/signed", ""),
        ("event/signed", "period-next", "event/signed", "none further down"),
        ("event/quay", "period-previous", "event/charged", ""),
        ("event/charged", "period-previous", "event/charged", "none further up"),
        ("event/someday", "period-previous", "event/signed", ""),
        ("quote/run", "period-next", "quote/toll", ""),
        ("quote/ready", "period-previous", "quote/toll", ""),
        ("person/okafor", "period-next", "org/paa", ""),
        ("place/arlen", "period-previous", "org/paa", ""),
        ("headline", "period-next", "para/p1", ""),
        ("para/p1", "period-next", "para/p2", ""),
        ("para/p2", "period-next", "para/p4", ""),
        ("para/p4", "period-next", "media/boat", ""),
        ("media/boat", "period-previous", "para/p4", ""),
        ("about/mood", "period-next", "about/mood", "none further down"),
        # paragraphs: blocks of the text, groups of a list
        ("headline", "paragraph-next", "subtitle", ""),
        ("para/p1", "paragraph-next", "heading/h1", ""),
        ("about/mood", "paragraph-next", "about/mood", ""),
        ("para/p2", "paragraph-previous", "heading/h1", ""),
        ("para/p1:64-75", "paragraph-previous", "para/p1", ""),
        ("headline", "paragraph-previous", "headline", ""),
        ("quote/run", "paragraph-next", "quote/toll", ""),
        ("place/arlen", "paragraph-previous", "org/paa", ""),
        ("event/signed", "paragraph-next", "event/signed", "none further down"),
        ("headline", "scroll-down", "subtitle", ""),
        ("headline", "scroll-up", "headline", ""),
        ("headline", "percent", "headline", "type a number first, as in 50%"),
        # what only a library has
        ("headline", "pane-library", "headline", NO_LIBRARY),
        ("headline", "widen", "headline", NO_LIBRARY),
        ("headline", "order", "headline", NO_LIBRARY),
        ("headline", "exclude", "headline", NO_LIBRARY),
        ("person/okafor", "exclude", "person/okafor", NO_LIBRARY),
    ],
)
def test_a_move(start: str, move: str, here: str, say: str) -> None:
    done = ACTIONS[move](at(start))
    assert (short(done.state.pane.address), done.message) == (here, say)


def test_every_move_is_in_the_table_above() -> None:
    (marked,) = (mark for mark in test_a_move.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert {row[1] for row in marked.args[1]} == set(ACTIONS)


@pytest.mark.parametrize("move", ACTIONS)
@pytest.mark.parametrize("window", [(1, 1), (40, 12)])
@pytest.mark.parametrize("text", ["headline: A\nbody: B", FERRY], ids=["smallest", "ferry"])
def test_every_move_in_every_pane_be_it_empty_or_of_one_cell(move: str, text: str, window: tuple[int, int]) -> None:
    state = sized(open_article_state(made(text), ()), *window)
    for name in state.panes:
        done = ACTIONS[move](ACTIONS[move](focus_pane(state, name)).state)
        assert done.state.entry is None or done.state.pane.cursor in list(done.state.pane.visible_positions())


@pytest.mark.parametrize("move", ["mention-next", "hit-next", "hit-previous", "mention-previous"])
def test_jumps_leave_history(move: str) -> None:
    state = find_text(at("person/okafor"), parse_terms("toll"))
    state = focus_pane(state, "people")
    done = ACTIONS[move](state)
    assert done.state.history.past == (history_entry(state),)
    returned = ACTIONS["back"](done.state).state
    assert history_entry(returned) == history_entry(state)
    assert history_entry(ACTIONS["forward"](returned).state) == history_entry(done.state)


@pytest.mark.parametrize("move", ["line-down", "page-down", "end", "link-next", "pane-next", "period-next", "pin"])
def test_resting_leaves_none(move: str) -> None:
    assert ACTIONS[move](STATE).state.history == STATE.history


def test_hits_go_round_and_say_so() -> None:
    state = find_text(at("headline"), parse_terms("toll"))
    assert short(state.pane.address) == "para/p2"
    says = []
    for _ in range(7):
        done = ACTIONS["hit-next"](state)
        state = done.state
        says.append(done.message)
    assert says[:5] == [""] * 5
    assert "continued at the top" in says
    first = find_text(at("headline"), parse_terms("toll"))
    assert ACTIONS["hit-previous"](first).message == "continued at the end"


def test_nothing_found_is_said() -> None:
    state = find_text(STATE, parse_terms("no such words"))
    assert ACTIONS["hit-next"](state).message == "no hits for “no such words”"


def test_a_pin_is_taken_away_by_the_same_key() -> None:
    done = ACTIONS["pin"](ACTIONS["pin"](at("person/han")).state)
    assert (done.state.filters.pins, done.message) == ((), "unpinned Han Seo-jin")


def test_the_days_of_one_year_are_one_period() -> None:
    text = "headline: A\nbody: B\ntimeline:\n" + "".join(
        f"  - {{id: e{number}, date: {date}, what: C}}\n"
        for number, date in enumerate(("../2001", "2006", "2006-03", "2006-05-01", "2007", "200X"))
    )
    state = open_article_state(made(text), ())
    seen = []
    state = focus_pane(state, "timeline")
    for _ in range(4):
        seen.append(short(state.pane.address))
        state = ACTIONS["period-next"](state).state
    assert seen == ["event/e0", "event/e5", "event/e1", "event/e4"]


def test_an_address_that_is_not_there_is_said() -> None:
    done = jump_to(STATE, ref("person/nobody"))
    assert (done.state, done.message) == (STATE, "no such address: ferry#person/nobody")


def _nato() -> State:
    return sized(open_article_state(stored(DATA / "nato-seoul-2023.yaml"), ()), 60, 14)


def _bright(state: State, pane: str) -> list[str]:
    """Return the highlighted words that are visible in a pane."""
    text, shining = state.panes[pane], lit_refs(state)
    lines = text.lines(lambda row: entry_look(state, text, row, shining, {}))
    return [piece.text for line in lines for piece in line if "lit" in piece.style.split() and piece.text != "•"]


def test_something_lit_of_every_person_is_on_view_in_the_text() -> None:
    state = focus_pane(_nato(), "people")
    persons = [entry.ref for entry in state.panes["people"].entries if state.reading.links.find_mention_refs(entry.ref)]
    assert len(persons) > 20
    for person in persons:
        assert _bright(focus_pane(place_cursor(state, person), "people"), "article"), person


def test_a_name_that_is_in_the_glossary_too_is_stepped_through_and_pinned_as_the_name() -> None:
    nato = Ref("nato-seoul-2023", "org", "nato")
    state = place_cursor(_nato(), nato)
    said, kinds = [], set()
    for _ in state.reading.links.find_mention_refs(nato):
        state, say = ACTIONS["mention-next"](state)
        said.append(say.split(" ")[0])
        kinds |= {target.kind for target in state.meant}
        state = replace(state, mention_walk=None)  # the cursor came there in any other way
    assert said == [str(number) for number in range(1, len(said) + 1)]
    assert kinds == {"org", "term"}
    assert ACTIONS["pin"](state).state.filters.pins == (nato,)


def test_stepping_through_mentions_goes_on_past_a_whole_paragraph() -> None:
    article = made("headline: A\nbody: [One Tom., Two., Three Tom.]\npeople: {tom: {name: Tom, mentions: [p1, p3]}}")
    state = focus_pane(open_article_state(article, ()), "people")
    places = []
    for _ in range(3):
        state = ACTIONS["mention-next"](state).state
        places.append(short(state.pane.address))
    assert places == ["para/p1", "para/p3", "para/p1"]


def test_a_line_of_the_byline_leads_to_the_person() -> None:
    state = place_cursor(_nato(), Ref("nato-seoul-2023", "about", "byline"))
    assert destinations(ACTIONS["link-next"](state).state) == (Ref("nato-seoul-2023", "person", "chung"),)
    state = place_cursor(_nato(), Ref("nato-seoul-2023", "person", "chung"))
    assert destinations(state) == (Ref("nato-seoul-2023", "about", "byline"),)
