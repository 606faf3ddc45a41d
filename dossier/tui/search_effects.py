"""Commands that search the library: a new search, the last one again, and one kept under a name."""

from datetime import date
from functools import partial

from dossier.core.dataclasses import replace
from dossier.library.disk_jobs import ask_disk
from dossier.library.kept_lines import report_saving
from dossier.tui.host import Host
from dossier.ui.actions import NO_LIBRARY
from dossier.ui.library_scope import refresh_facets, refresh_lists, search_library
from dossier.ui.navigation import history_entry
from dossier.ui.prompt import Prompt
from dossier.ui.state import State, focus_pane


def open_search(host: Host) -> None:
    """Open the prompt for a search of the library, with the last search in it."""
    if host.state.library is None:
        host.change(host.state, NO_LIBRARY)
        return
    before, query = host.state, host.state.library_view.scope.query
    # The prompt begins where the reader is, so that Esc and Backspace lead back there; what it finds is shown at once.
    host.show_prompt("search", "s", query.typed if query else "")
    host.change(focus_pane(before, "library"))


def repeat_search(host: Host) -> None:
    """Repeat the last search."""
    searches = host.state.library.memory.searches if host.state.library else ()
    if not searches:
        host.change(host.state, "no searches yet: s" if host.state.library else NO_LIBRARY)
        return
    host.change(search_again(host.state, searches[-1]))


def search_again(state: State, typed: str) -> State:
    """Return the state with the library searched for a text typed before, as a step of the history."""
    if state.library is None:
        return state
    there = search_library(state, state.library.parse_search_with_names(typed, date.today()))
    # When all articles are known from the time before, nothing comes that would have the other lists follow.
    there = refresh_lists(there)
    return replace(there, history=state.history.visit(history_entry(state)))


def open_naming(host: Host) -> None:
    """Open the prompt for the name under which the search in force is saved."""
    if host.state.library_view.scope.query is None:
        host.change(host.state, "no search to save: s")
    else:
        host.show_prompt("name", "name for this search:", "")


def finish_prompt(host: Host, prompt: Prompt) -> str:
    """Do what Enter does besides changing the state, and return a message for the user.

    A search is added to the history of searches, and a named search is saved.
    """
    query, library, name = host.state.library_view.scope.query, host.state.library, prompt.line.text.strip()
    if library is None or query is None:
        return ""
    if prompt.purpose == "search":
        file = ask_disk("your searches", partial(library.memory.remember, query.typed))
        warning = next((warning.message for warning in query.query_warnings), "")
        return " · ".join(filter(None, (warning, report_saving(file, ""))))
    if prompt.purpose == "name" and name:
        file = ask_disk("your saved searches", partial(library.memory.save, name, query.typed))
        host.change(refresh_facets(host.state))
        return report_saving(file, f"saved as “{name}”; listed in the facets (0 0)")
    return ""
