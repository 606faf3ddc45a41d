"""The texts of a row as the text of a PostgreSQL tsvector ("Text Search Types" in its documentation).

The tokens of the text, one of which is the sign of its place, have their positions. Tokens of fields have none: the
sign of the field before each tells them from the tokens of the text.
"""

from typing import Final

from dossier.library.index.full_text import RowTexts

LONGEST: Final = 2046
"""Bytes of the longest token that PostgreSQL takes, in a vector or in a query."""
LARGEST: Final = 1_048_575
"""Bytes that a vector or a query may have."""
_LAST = 16_383
"""The last position in a vector. PostgreSQL would give it to all later tokens, too."""
_MOST = 255
"""The most positions of one token. PostgreSQL would leave out further ones."""
_OF_TOKEN, _OF_POSITION = 3, 2
"""Bytes in a vector for a token with positions, besides its text, and for each position."""


def make_tsvector_text(texts: RowTexts) -> str | None:
    """Return the tsvector of a row as text; None if the row is too long for one.

    The limits are those of "Limitations" in PostgreSQL's documentation of full text search. Beyond some of them
    PostgreSQL would silently drop positions.
    """
    places: dict[str, list[str]] = {}
    for at, token in enumerate(texts[0].split(), 1):
        if at > _LAST:
            return None
        places.setdefault(token, []).append(str(at))
    for token in texts[1].split():
        places.setdefault(token, [])
    size = 0
    for token, found in places.items():
        length = len(token.encode())
        size += length + _OF_TOKEN + _OF_POSITION * len(found)
        if length > LONGEST or len(found) > _MOST or size > LARGEST:
            return None
    return " ".join(
        [f"{quote_lexeme(token)}:{','.join(at)}" if at else quote_lexeme(token) for token, at in places.items()]
    )


def quote_lexeme(token: str) -> str:
    """Return the token in quote marks, in which quote marks and backslashes are doubled."""
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
