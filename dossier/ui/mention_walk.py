"""The walk from one mention of a thing to the next in the text of the open article."""

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.core.views.labels import format_place
from dossier.ui.highlight import is_wide
from dossier.ui.navigation import go_to
from dossier.ui.state import (
    NO_ARTICLE,
    NO_ARTICLE_OPEN,
    MentionWalk,
    State,
    meant_in_open_article,
    thing_at_cursor,
)


def walk_mentions(state: State, count: int) -> tuple[State, str]:
    """Return the state at the mention that lies `count` further on, or back if it is negative, and a message.

    In a list of many articles it is a mention of the same person, organisation or place in the open article.
    """
    if state.reading.article is NO_ARTICLE:
        return state, NO_ARTICLE_OPEN
    meant = thing_at_cursor(state)
    if meant is None:
        return state, several_or_none(state)
    if is_wide(state.pane):
        meant = next(iter(meant_in_open_article(state)), meant)
    places = state.reading.links.find_mention_refs(meant)
    if not places:
        return state, "no mentions in the open article" if is_wide(state.pane) else "no mentions in the text"
    here = state.pane.address
    if here in places:
        at = (places.index(here) + count) % len(places)
    else:
        at = (_beside(state, places, count) + count - (1 if count > 0 else -1)) % len(places)
    there = go_to(state, places[at]) or state
    mention = there.pane.address
    there = replace(there, mention_walk=MentionWalk(meant, mention) if mention else None)
    return there, f"{at + 1} of {len(places)} · {format_place(places[at])}"


def several_or_none(state: State) -> str:
    """Return the message of a key that is for one thing, where the cursor is on several things or on none."""
    return "several things are meant here: choose one with Enter" if state.meant else "nothing here"


def _beside(state: State, places: tuple[Ref, ...], count: int) -> int:
    """Return the number of the place before or behind the cursor, from which the walk begins."""
    if state.focus != "article" or state.pane.entry is None:
        return 0 if count > 0 else len(places) - 1
    order = {entry.ref: number for number, entry in enumerate(state.pane.entries)}
    now = order[state.pane.entry.ref]
    ahead = [at for at, place in enumerate(places) if (order.get(place.entry, now) - now) * count > 0]
    return (ahead or range(len(places)))[0 if count > 0 else -1]
