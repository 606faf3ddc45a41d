"""History over lists that are found anew: a place that is not known yet is gone back to when it is."""

import datetime
from collections.abc import Iterator

import pytest
from libraries import entrance_of, whole

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingArticleList
from dossier.library.library import Library
from dossier.ui.library_scope import enter_article, next_pane_scope, search_library
from dossier.ui.navigation import go_back, go_to, history_entry, restore_cursors
from dossier.ui.pane_scope import LISTS
from dossier.ui.state import PaneScope, State, move_cursor
from dossier.ui.viewport import Position


def test_a_place_in_a_list_that_is_found_anew_is_gone_back_to_when_it_is_known(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = move_cursor(entrance_of(library), lambda pane: pane.move(4))
    left = history_entry(state)
    there = go_to(state, state.meant[0])
    assert there
    known = state.panes["library"].entries
    assert isinstance(known, GrowingArticleList)
    anew = GrowingArticleList(
        list(known.ids), lambda id, hits: known.entry_with_id(id), lambda ref: library_rows(library, ref), lambda: None
    )
    monkeypatch.setattr(library.lists, "articles", lambda *asked: anew)
    returned = go_back(there)
    assert returned
    assert returned.entry is None
    assert [spot.pane for spot in returned.pending_cursors] == ["library"]
    anew.gather()
    returned = restore_cursors(returned)
    assert history_entry(replace(returned, focus="library")).cursors[0] == left.cursors[0]
    assert returned.pane.cursor.row == 4
    assert returned.pending_cursors == ()


def test_a_window_is_gone_back_to_when_all_of_its_rows_are_known(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = move_cursor(entrance_of(library), lambda pane: replace(pane.move(4), top=Position(4)))
    left = history_entry(state)
    there = go_to(state, state.meant[0])
    assert there
    known, returned = state.panes["library"].entries, list[State]()
    assert isinstance(known, GrowingArticleList)
    rows = list(known.ids)

    def arriving() -> Iterator[int]:
        yield from rows[:5]
        there_again = go_back(there)
        assert there_again
        returned.append(there_again)
        yield from rows[5:]

    anew = GrowingArticleList(
        arriving(), lambda id, hits: known.entry_with_id(id), lambda ref: library_rows(library, ref), lambda: None
    )
    monkeypatch.setattr(library.lists, "articles", lambda *asked: anew)
    anew.gather()
    assert returned[0].pane.cursor.row == 4
    assert history_entry(replace(returned[0], focus="library")).cursors[0] != left.cursors[0]
    assert [spot.pane for spot in returned[0].pending_cursors] == ["library"]
    whole_again = restore_cursors(returned[0])
    assert history_entry(replace(whole_again, focus="library")).cursors[0] == left.cursors[0]
    assert whole_again.pending_cursors == ()


def test_the_open_article_has_its_own_lists_again_after_a_search_is_left(library: Library) -> None:
    state = enter_article(entrance_of(library), "hh-2023-04-12-ferry")
    assert state
    state = next_pane_scope(state) if state.library_view.pane_scope is not PaneScope.ARTICLE else state
    assert state.library_view.pane_scope is PaneScope.ARTICLE
    searched = search_library(state, library.parse_search_with_names("toll", datetime.date.today()))
    searched = whole(replace(searched, history=searched.history.visit(history_entry(state))))
    assert searched.library_view.pane_scope is not PaneScope.ARTICLE
    returned = go_back(searched)
    assert returned
    for name in LISTS:
        assert [entry.ref for entry in returned.panes[name].entries] == [
            entry.ref for entry in state.reading.entries[name]
        ]


def library_rows(library: Library, ref: Ref) -> tuple[int, ...]:
    row = library.index.articles.find(ref.article)
    return (row.first,) if row else ()
