"""What is lit where the panes range over a library: the rows on view that are about a person the cursor is on.

The index says which entries of other articles are about the same person.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from dossier.core.entry import Entry
from dossier.core.ref import Ref
from dossier.library.growing_list import GrowingList
from dossier.ui.pane import Pane
from dossier.ui.render.entry_style import NAMED_KINDS

if TYPE_CHECKING:
    from dossier.library.library import Library


def is_wide(pane: Pane) -> bool:
    """Return whether the pane ranges over many articles."""
    return isinstance(pane.entries, GrowingList)


def linked_rows(
    library: "Library", panes: Iterable[Pane], meant: Iterable[Ref], shining: Iterable[Ref]
) -> frozenset[Ref]:
    """Return the addresses of the rows to light in the panes that list entries of many articles.

    `meant` is what the cursor is on, and `shining` what is lit in the open article. Of the rows on view are lit: those
    that are in either of the two; those of a person, organisation or place in `meant`; and, in the people pane, those
    of everybody who is in `shining` or linked to something in `meant`.
    """
    wide_panes = [pane for pane in panes if is_wide(pane) and pane.name != "library"]
    if not wide_panes:
        return frozenset()
    named = frozenset(_persons(library, meant))
    everybody = named | frozenset(_persons(library, shining)) | frozenset(_linked(library, meant))
    bright = frozenset(chain(shining, meant))
    lit = []
    for pane in wide_panes:
        who = everybody if pane.name == "people" else named
        rows = list(_on_view(pane))
        lit += [ref for _, ref in rows if ref in bright]
        unsure = [(row, ref) for row, ref in rows if ref not in bright] if who else []
        library.persons.fetch_ahead(pane.name, [row for row, _ in unsure])
        lit += [ref for row, ref in unsure if not who.isdisjoint(library.persons.of_row(pane.name, row))]
    return frozenset(lit)


def find_namesakes(library: "Library", meant: Iterable[Ref], article: str, people: Iterable[Entry]) -> tuple[Ref, ...]:
    """Return the entries among `people`, those of an article, of the persons that `meant` has in other articles."""
    elsewhere = frozenset(_persons(library, (ref for ref in meant if ref.article != article)))
    if not elsewhere:
        return ()
    names = {(kind, name) for kind, name, person in library.persons.names_in(article) if person in elsewhere}
    return tuple(entry.ref for entry in people if (entry.ref.kind, entry.parts[0].text) in names)


def _on_view(pane: Pane) -> Iterator[tuple[int, Ref]]:
    """Yield the id and the address of each row on view."""
    rows = pane.entries
    if isinstance(rows, GrowingList):
        for row, _, _ in pane.visible_rows():
            yield rows.ids[row], rows[row].ref


def _persons(library: "Library", refs: Iterable[Ref]) -> Iterator[int]:
    for ref in refs:
        if ref.kind in NAMED_KINDS and ref.span is None and (person := library.persons.find(ref)) is not None:
            yield person


def _linked(library: "Library", refs: Iterable[Ref]) -> Iterator[int]:
    """Yield every person that the quotes and events among `refs` are linked to."""
    for ref in refs:
        if ref.kind in ("quote", "event"):
            yield from library.persons.linked_to(ref)
