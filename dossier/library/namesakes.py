"""Whoever is asked for by one name is found by all the names that any article has for him."""

from collections.abc import Iterator

from dossier.index.reader import Index
from dossier.query import Query, expanded


def with_names(query: Query, index: Index) -> Query:
    """The query with the other names of everybody it asks for; a speaker may be a person or an organisation."""

    def also(field: str, name: str) -> Iterator[str]:
        for one in index.called(name):
            if field == "speaker" or index.person(one).kind == field:
                yield from index.names(one)

    return expanded(query, also)
