"""Whoever is asked for by one name is found by all the names that any article has for him."""

from collections.abc import Iterator

from dossier.core.query import Query, expanded
from dossier.library.index.reader import Index


def with_names(query: Query, index: Index) -> Query:
    """The query with the other names of everybody it asks for; a speaker may be a person or an organisation."""

    def also(field: str, name: str) -> Iterator[str]:
        for one in index.called(name):
            if field == "speaker" or index.person(one).kind == field:
                yield from index.names(one)

    return expanded(query, also)
