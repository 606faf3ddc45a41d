"""The two tables of the full text: the single words of each entry, and its words in their order.

`words` has every word of an entry, of its text and of its search fields, without its position. That makes it small, and
leaves room for lists of all words that begin with the same one to three letters; most of what is typed is answered from
it alone. `phrases` has the words of the text with their positions and without such lists. It is searched only for words
that follow one another or are near each other.

Signs, which are control characters that do not count as white space, tell more about a row. One sign, a word by itself,
says in which pane the entry is; the words of a field have the sign of that field before them. No text has these signs.
"""

from collections.abc import Iterator
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import PANES
from dossier.core.query import ARTICLE_FIELDS, ENTRY_FIELDS
from dossier.library.index.expressions import Expression

TEXT_PLACES: Final = ("headline", "body", *PANES[1:])
"""The places that `in:` can ask for."""
_FIRST_SIGN: Final = 0x86
SIGNS: Final = {
    name: chr(_FIRST_SIGN + number) for number, name in enumerate((*TEXT_PLACES, *ENTRY_FIELDS, *ARTICLE_FIELDS))
}
"""The sign of each place and of each field."""
LISTED: Final = 3
"""The number of letters of the longest beginnings of words that `words` has lists for."""

FULL_TEXT_TABLES: Final = f"""
CREATE VIRTUAL TABLE words USING fts5(
    text, fields, content='', columnsize=0, prefix='{" ".join(map(str, range(1, LISTED + 1)))}', tokenize='ascii',
    detail=none
);
CREATE VIRTUAL TABLE phrases USING fts5(text, content='', columnsize=0, tokenize='ascii', detail=full);
"""
FULL_TEXT_NAMES: Final = ("words", "phrases")
RowTexts = tuple[str, str]
"""The texts of a row of the full text: the words of an entry with the sign of its place, and those of its fields."""
Row = tuple[int, str, str]
"""A row id, and its RowTexts."""


class FtsMatch(NamedTuple):
    """An expression for each table, not both None. A row must fulfil both; every row fulfils None."""

    words: Expression | None
    phrases: Expression | None = None


def sign_words(name: str, tokens: str) -> str:
    """Return the words of the field `name`, each once and with its sign. In `tokens` spaces are between the words."""
    return f" {SIGNS[name]}".join(["", *dict.fromkeys(tokens.split())])[1:]


def intersect_rows(left: Iterator[int], right: Iterator[int], newest: bool) -> Iterator[int]:
    """Yield the row ids that both have. Both fall if `newest`, and rise otherwise."""
    other = next(right, None)
    for one in left:
        while other is not None and (other > one if newest else other < one):
            other = next(right, None)
        if other is None:
            return
        if other == one:
            yield one
