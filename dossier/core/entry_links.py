"""Which other entries of its article an entry is linked to, as far as queries ask for it, and the fields made of that.

The index stores these links instead of the fields, and makes the fields again with the same function. This module
imports nothing that derives links, so that reading an index does not load that.
"""

from collections.abc import Mapping

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.ref import Ref


class EntryLinks(NamedTuple):
    """The entries that an entry is linked to.

    `named` are the persons, organisations and places, the entry itself first if it is one. `speakers` are those who say
    a quote, unnamed sources among them. `passages` is where a quote stands, and the events it is linked to.
    """

    named: tuple[Ref, ...] = ()
    speakers: tuple[Ref, ...] = ()
    passages: tuple[Ref, ...] = ()


def make_entry_fields(
    entry: Entry, links: EntryLinks, called: Mapping[Ref, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the search fields of an entry that are its own, with every name of everybody meant, each once.

    `called` has all names of the persons, organisations and places.
    """
    found: dict[str, tuple[str, ...]] = {}
    for ref in links.named:
        found[ref.kind] = found.get(ref.kind, ()) + called[ref]
    if entry.ref.kind == "quote":
        for ref in links.speakers:
            found["speaker"] = found.get("speaker", ()) + called.get(ref, (ref.id,))
        found["form"] = (entry.form,)
    elif entry.ref.kind == "event":
        found["status"] = (entry.status,)
    return {name: tuple(dict.fromkeys(texts)) if len(texts) > 1 else texts for name, texts in found.items()}
