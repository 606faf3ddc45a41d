"""A spelling of somebody or something, which can be told without knowing how spellings are joined."""

from dossier.core.dataclasses import NamedTuple


class Bearer(NamedTuple):
    """One spelling of a person, organisation or place (`kind` person, org, place), over all articles that have it so.

    `names` are the native name and the aliases, `wikidata` "" when it is not said. `alone` is the address of its entry,
    as text, when the reader decided about that entry: then no other entry is part of this bearer.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...] = ()
    wikidata: str = ""
    alone: str = ""
