"""What a reader types after `/` or `&` is understood here, so that the screen, the command line and an index agree.

The language is a list of terms, all of which must be there. How a term is typed says how exactly it is meant: a capital
asks for that case, an accent for that accent; plain lower-case words find either.
"""

import re
from dataclasses import dataclass

from dossier.text.folding import has_accent, has_upper

_TERM = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to be found. `text` of a word has no white space; in a phrase one space stands for any run of it."""

    text: str
    keep_case: bool
    keep_accents: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and the terms in it, in that order, each once. Without terms it asks for nothing."""

    typed: str
    terms: tuple[Term, ...]


def parse(typed: str) -> Query:
    """The query that `typed` means; any text means one.

    A quote mark (`"`) where a word could begin opens a phrase, which runs to the next one or to the end; inside a word
    it is a character like others. White space at the ends of a phrase does not count.
    """
    found = (_term(match["phrase"] or match["word"] or "") for match in _TERM.finditer(typed))
    return Query(typed, tuple(dict.fromkeys(term for term in found if term.text)))


def _term(typed: str) -> Term:
    text = " ".join(typed.split())
    return Term(text, has_upper(text), has_accent(text))
