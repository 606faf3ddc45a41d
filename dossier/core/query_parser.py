"""The query language of a library: what a reader types becomes a Query, whatever it is.

Nothing is refused. A part that cannot be understood is searched as plain words or skipped, the rest still counts, and a
warning marks the place. What is incomplete at the very end (a field without a word, an operator without its second
operand, an open quote mark or bracket) is skipped or closed without a warning, since the reader is still typing.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.ranges import parse_days
from dossier.core.query import (
    ABOUT,
    ARTICLE_FIELDS,
    ENTRY_FIELDS,
    AnyCondition,
    Condition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    QueryWarning,
    Term,
    TermMatch,
    combine_conditions,
    make_term,
)
from dossier.core.query_context import read_context
from dossier.core.query_values import (
    describe_stray_notes,
    describe_unusual_lang,
    find_impossible_value,
    suggest_field,
)
from dossier.text.folding import fold
from dossier.text.messages import abbreviate
from dossier.text.tokens import has_word

TEXT_FIELD_NAMES = (*ENTRY_FIELDS, *ARTICLE_FIELDS, ABOUT)
"""The names that search the text of a field, before the colon."""
DATE_FIELD_NAMES = ("date", "published", "event")
"""The names that ask for days, before the colon."""
ALL_FIELD_NAMES = frozenset((*TEXT_FIELD_NAMES, *DATE_FIELD_NAMES, "in"))
"""All names that have a meaning before a colon."""

MAX_BRACKETS = 20
"""The most levels of nested brackets."""
_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s\-)]))"
    r'|(?:(?P<name>[A-Za-z]+):)?"(?P<phrase>[^"]*)(?P<closed>"?)(?P<star>\*?)'
    r"|(?P<word>[^\s()]+)"
)
_FIELD = re.compile(r"[A-Za-z]+:")


class _Kind(Enum):
    THING = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NEAR = auto()
    NOT = auto()


_OPERATORS = {"AND": _Kind.AND, "OR": _Kind.OR, "NEAR": _Kind.NEAR, "NOT": _Kind.NOT}


class _Token(NamedTuple):
    """A piece of what was typed. `node` is the condition of a THING; None if there is nothing in it to search for."""

    kind: _Kind
    start: int
    end: int
    node: Condition | None = None


class _Value(NamedTuple):
    """What follows the colon of a field, or a word by itself."""

    text: str
    start: int
    end: int
    how: TermMatch


def parse_search(typed: str, today: datetime.date) -> Query:
    """Return the query that `typed` means, with its warnings in the order of their places. It never raises an error.

    `today` is the day from which words such as last-month are counted.
    """
    words = _Tokenizer(len(typed.rstrip()), today)
    reader = _Parser(list(words.tokens(typed)), words.end, words.complaints)
    root = reader.parse_any()
    root, has_stray_notes = read_context(root) if root else (None, False)
    if has_stray_notes:
        words.complaints.append(QueryWarning(*describe_stray_notes(typed)))
    return Query(typed, root, tuple(sorted(words.complaints, key=lambda one: (one.start, one.end))))


class _Tokenizer:
    """A tokenizer that also finds the condition that each token stands for.

    `end` is the offset at which the typed text ends, without white space after it.
    """

    def __init__(self, end: int, today: datetime.date) -> None:
        self.complaints: list[QueryWarning] = []
        self.end = end
        self._today = today

    def tokens(self, typed: str) -> Iterator[_Token]:
        """Yield the tokens in order. Every closing bracket has an opening one; brackets may stay open at the end."""
        depth = 0
        for match in _TOKEN.finditer(typed):
            start, end = match.span()
            if match["open"]:
                depth += 1
                if depth <= MAX_BRACKETS:
                    yield _Token(_Kind.OPEN, start, end)
                elif depth == MAX_BRACKETS + 1:
                    self._warn(start, end, f"brackets are nested more than {MAX_BRACKETS} deep; this one is ignored")
            elif match["close"]:
                if 0 < depth <= MAX_BRACKETS:
                    yield _Token(_Kind.CLOSE, start, end)
                elif depth == 0:
                    self._warn(start, end, "no opening bracket for this one; it is ignored")
                depth = max(depth - 1, 0)
            elif match["minus"]:
                yield _Token(_Kind.NOT, start, end)
            elif match["word"] in _OPERATORS:
                yield _Token(_OPERATORS[match["word"]], start, end)
            else:
                yield _Token(_Kind.THING, start, end, self._condition(match))

    def _condition(self, match: re.Match[str]) -> Condition | None:
        """Return the condition that a word, a phrase or a field stands for; None if there is nothing to search for."""
        start, end = match.span()
        if match["phrase"] is not None:
            name, phrase = match["name"] or "", match["phrase"]
            is_open = match["star"] or phrase.endswith("*") or not match["closed"]
            how = TermMatch.WORD_START if is_open else TermMatch.WHOLE_WORDS
            value = _Value(phrase.rstrip("*"), *match.span("phrase"), how)
        else:
            name = match["word"].partition(":")[0] if _FIELD.match(match["word"]) else ""
            text = match["word"][len(name) + 1 if name else 0 :]
            # Words are found by their beginning anyway.
            text = text.rstrip("*") if has_word(fold(text).folded) else text
            value = _Value(text, end - len(text), end, TermMatch.WORD_START)
        if name.lower() in ALL_FIELD_NAMES:
            return self._field_condition(name.lower(), start, end, value)
        if not name:
            return self._term(value)
        if (near := suggest_field(name.lower(), ALL_FIELD_NAMES)) and value.text:
            message = f"unknown field {name}: — did you mean {near}:? Searched as plain words"
            self._warn(start, start + len(name) + 1, message)
        return self._term(_Value(f"{name}:{value.text}", start, end, value.how))

    def _field_condition(self, name: str, start: int, end: int, value: _Value) -> Condition | None:
        """Return the condition for the field `name`, None if its value is of no use."""
        if not value.text.strip():
            if end < self.end or value.how is TermMatch.WHOLE_WORDS:
                self._warn(start, end, f'{name}: needs a word after it; write {name}:word or {name}:"two words"')
            return None
        if name in DATE_FIELD_NAMES:
            return self._days_condition(name, value)
        if complaint := find_impossible_value(name, value.text.strip()):
            self._warn(value.start, value.end, complaint)
            return None
        if name == "in":
            return PaneCondition(value.text.strip().lower())
        if name == "lang" and (remark := describe_unusual_lang(value.text.strip())):
            self._warn(value.start, value.end, remark)
        found = self._term(value)
        return FieldCondition(name, (found,)) if found else None

    def _days_condition(self, name: str, value: _Value) -> Condition | None:
        if days := parse_days(value.text, self._today):
            return DaysCondition(name, *days)
        cure = "write it like 2023-01-29, 2022-11..2023-01, 2017.. or last-month"
        message = f"'{abbreviate(value.text, 40)}' is not a date or range of dates and is ignored; {cure}"
        self._warn(value.start, value.end, message)
        return None

    def _term(self, value: _Value) -> Term | None:
        text = value.text.strip()
        if has_word(fold(text).folded):
            return make_term(text, value.how)
        if text and not (text == "-" and value.end == self.end):
            message = f"'{abbreviate(text, 40)}' has no letter or digit to search for; it is ignored"
            self._warn(value.start, value.end, message)
        return None

    def _warn(self, start: int, end: int, message: str) -> None:
        self.complaints.append(QueryWarning(start, end, message))


class _Parser:
    """A recursive-descent parser of the tokens, from left to right."""

    def __init__(self, tokens: Sequence[_Token], end: int, complaints: list[QueryWarning]) -> None:
        self._tokens = tokens
        self._end = end
        self._complaints = complaints
        self._at = 0

    def parse_any(self) -> Condition | None:
        """Parse what is joined by OR, up to the bracket that closes it or to the end; None if there is nothing."""
        sides: list[Condition] = []
        before: _Token | None = None
        while True:
            start = self._at
            if side := self._parse_all():
                sides.append(side)
            is_bare = self._at == start
            after = self._take(_Kind.OR)
            if is_bare and (sign := after or before):
                self._warn_of_operator(sign, "OR needs something on both sides; it is ignored")
            if after is None:
                return AnyCondition(tuple(sides)) if len(sides) > 1 else combine_conditions(sides)
            before = after

    def _parse_all(self) -> Condition | None:
        """Parse the conditions that must hold together."""
        nodes: list[Condition] = []
        start = self._at
        while self._next_kind() not in (_Kind.OR, _Kind.CLOSE, None):
            if sign := self._take(_Kind.AND):
                # Words side by side must all be there as it is.
                if self._at == start + 1 or self._next_kind() in (_Kind.AND, _Kind.OR, _Kind.CLOSE):
                    self._warn_of_operator(sign, "AND goes between two words or phrases; here it is ignored")
                continue
            sign = self._take(_Kind.NOT)
            nodes += self._parse_not(sign) if sign else self._parse_near()
        return combine_conditions(nodes)

    def _parse_not(self, sign: _Token) -> list[Condition]:
        """Parse what follows NOT, or several NOTs."""
        times = 1
        while further := self._take(_Kind.NOT):
            sign, times = further, times + 1
        if self._next_kind() not in (_Kind.THING, _Kind.OPEN):
            self._warn_of_operator(sign, "NOT needs something after it; it is ignored")
            return []
        node = combine_conditions(self._parse_near())
        return [] if node is None else [NotCondition(node) if times % 2 else node]

    def _parse_near(self) -> list[Condition]:
        """Parse one thing, or several with NEAR between each two."""
        nodes: list[Condition] = []
        left, is_paired = self._parse_primary(), False
        while sign := self._take(_Kind.NEAR):
            right = self._parse_primary()
            if isinstance(left, Term) and isinstance(right, Term):
                nodes.append(NearTerms(left, right))
                left, is_paired = right, True
                continue
            self._warn_of_operator(sign, "NEAR goes between two words or phrases; here it is ignored")
            nodes += [left] if left and not is_paired else []
            left, is_paired = right, False
        return nodes if is_paired or left is None else [*nodes, left]

    def _parse_primary(self) -> Condition | None:
        """Parse a word, a phrase or a field, or what is in brackets."""
        if thing := self._take(_Kind.THING):
            return thing.node
        opened = self._take(_Kind.OPEN)
        if opened is None:
            return None
        start = self._at
        node = self.parse_any()
        closed = self._take(_Kind.CLOSE)
        if closed and self._at == start + 1:
            self._complaints.append(QueryWarning(opened.start, closed.end, "these brackets are empty"))
        return node

    def _next_kind(self) -> _Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, kind: _Kind) -> _Token | None:
        if self._next_kind() is not kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _warn_of_operator(self, sign: _Token, message: str) -> None:
        """Warn about an operator, unless it is the last thing typed."""
        if sign.end < self._end:
            self._complaints.append(QueryWarning(sign.start, sign.end, message))
