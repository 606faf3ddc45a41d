import pytest
from libraries import entrance_of
from rooms import ferry

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.ui.actions import NO_LIBRARY, why_nothing_to_compare
from dossier.ui.library_scope import enter_article
from dossier.ui.popup import SET_APART
from dossier.ui.popup_lists import SHOWN, evidence_rows, evidence_title
from dossier.ui.state import State, focus_pane, with_pane

REYES = "Tom Reyes"


def on(state: State, name: str) -> State:
    """Return the state with the cursor on this person."""
    there = focus_pane(state, "people")
    row = next(number for number, entry in enumerate(there.pane.entries) if entry.parts[0].text == name)
    return with_pane(there, there.pane.move_to_edge(last=False).move(row))


def test_each_article_has_a_row_with_what_it_says_and_why_it_counts(library: Library) -> None:
    rows = evidence_rows(on(entrance_of(library), REYES))
    assert [row.parts[0].text for row in rows] == [
        "hh-2024-10-12-the-long-quay",
        "2024-05-27-election",
        "sulen-light:2023/36",
        "hh-2023-04-12-ferry",
    ]
    assert [row.parts[1].text for row in rows[1:]] == [
        "Tom Reyes · member of parliament for the islands · stood for nobody — The Sulen Light, 27 May 2024 — "
        "“I just said when the boat goes” — (same full name only)",
        "Tom Reyes · deckhand — The Sulen Light, 3 Sep 2023 — “She handles like a sofa […] A good sofa.” — "
        "(same full name only)",
        "Tom Reyes · deckhand, perhaps — Harbour Herald, 12 Apr 2023 09:30+02:00 — (same full name only)",
    ]


def test_an_article_without_an_outlet_has_its_date_alone(library: Library) -> None:
    slip = next(
        row for row in evidence_rows(on(entrance_of(library), "Han Seo-jin")) if row.parts[0].text.startswith("radio-")
    )
    assert slip.parts[1].text.split(" — ")[1] == "5 Aug 2024"


def test_a_row_leads_to_the_entry_of_its_article(library: Library) -> None:
    for row in evidence_rows(on(entrance_of(library), REYES)):
        (anchor,) = row.anchors
        (target,) = anchor.targets
        assert target.kind == "person"
        assert Ref(target.article).article == row.parts[0].text
        assert row.text[anchor.start : anchor.end] == row.parts[1].text


def test_from_an_open_article_it_is_the_same(library: Library) -> None:
    state = entrance_of(library)
    there = enter_article(state, "hh-2023-04-12-ferry")
    assert there
    assert evidence_rows(on(there, REYES)) == evidence_rows(on(state, REYES))


@pytest.mark.parametrize("name", ["Henrik Dahl", "Radio Arlen"])
def test_who_is_in_one_article_alone_needs_no_evidence(library: Library, name: str) -> None:
    state = on(entrance_of(library), name)
    assert evidence_rows(state) == ()
    assert why_nothing_to_compare(state) == "in one article only"


def test_why_there_is_nothing_to_compare(library: Library) -> None:
    assert why_nothing_to_compare(ferry()) == NO_LIBRARY
    assert why_nothing_to_compare(focus_pane(entrance_of(library), "quotes")).startswith("nothing to compare here")


def test_without_a_library_and_on_nobody_there_is_none(library: Library) -> None:
    assert evidence_rows(on(ferry(), REYES)) == ()
    assert evidence_rows(focus_pane(entrance_of(library), "timeline")) == ()


def test_above_as_many_rows_as_are_shown_it_says_that_these_are_the_newest(library: Library) -> None:
    row = evidence_rows(on(entrance_of(library), REYES))[0]
    assert evidence_title([row] * (SHOWN - 1)) == "Same or different?"
    assert evidence_title([row] * SHOWN) == f"Same or different? · the newest {SHOWN}"
    assert evidence_title([row] * (SHOWN - 1) + [replace(row, group=SET_APART)] * 2) == "Same or different?"
