"""The two tables of the full text: the single words of each entry, and its words in their order.

`words` has every word of an entry, of its text and of its search fields, without its place: that is small, lists of all
words that begin with one to three letters fit beside it, and most of what is typed is answered by it alone. `phrases`
has the words of the text with their places. It has no such lists, and is asked only for words that follow one another.

What a row is besides its words is in both as words of their own: a sign says in which pane the entry stands, and the
words of a field have the sign of that field before them. No text has these signs: they are control characters, and none
of them counts as white space.
"""

from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.core.query import ARTICLE_FIELDS, ENTRY_FIELDS
from dossier.library.index.expressions import Expression

TEXT_PLACES: Final = ("headline", "body", *PANES[1:])
"""Where the text of an entry can stand, as it is asked for by `in:`."""
_FIRST_SIGN: Final = 0x86
SIGNS: Final = {
    name: chr(_FIRST_SIGN + number) for number, name in enumerate((*TEXT_PLACES, *ENTRY_FIELDS, *ARTICLE_FIELDS))
}
"""The sign of each place and of each field."""
LISTED: Final = 3
"""The letters of the longest beginning of a word that `words` has a list for."""

FULL_TEXT_TABLES: Final = f"""
CREATE VIRTUAL TABLE words USING fts5(
    text, fields, content='', columnsize=0, prefix='{" ".join(map(str, range(1, LISTED + 1)))}', tokenize='ascii',
    detail=none
);
CREATE VIRTUAL TABLE phrases USING fts5(text, content='', columnsize=0, tokenize='ascii', detail=full);
"""
FULL_TEXT_NAMES: Final = ("words", "phrases")
RowTexts = tuple[str, str]
"""What stands in a row of the full text: the words of an entry with the sign of its place, and those of its fields."""
Row = tuple[int, str, str]
"""A row id, and its RowTexts."""


class FtsMatch(NamedTuple):
    """Expressions for the tables, not both None. Of a row both must be true; None is true of each row."""

    words: Expression | None
    phrases: Expression | None = None


def sign_words(name: str, tokens: str) -> str:
    """Return the words of a field, each once and with its sign. `tokens` has them with spaces between."""
    sign = SIGNS[name]
    return " ".join([sign + token for token in dict.fromkeys(tokens.split())])
