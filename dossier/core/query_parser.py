"""The language in which a library is searched: what a reader typed becomes a Query, whatever it is.

Decided here is what is done about what cannot be understood. Nothing is refused: a wrong word is searched as a plain
one or passed over, the rest still counts, and a complaint says so under the place. What is half typed at the very end
(a field without a word, an operator without its second side, a quote mark or a bracket not yet closed) is passed over
or closed there without a complaint, since the reader is still typing.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import Enum, auto
from functools import lru_cache

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.ranges import during
from dossier.core.query import (
    ARTICLE_FIELDS,
    ENTRY_FIELDS,
    Complaint,
    During,
    Field,
    How,
    Near,
    Node,
    Not,
    Query,
    Some,
    Term,
    Within,
    term,
    together,
)
from dossier.text.folding import fold
from dossier.text.tokens import has_word

FIELDS = (*ENTRY_FIELDS, *ARTICLE_FIELDS)
"""What stands before the colon where a field's text is asked for."""
DATES = ("date", "published", "event")
"""What stands before the colon where days are asked for."""
PANES_ASKED = ("body", "quotes", "people", "timeline", "headline")
"""What may stand behind `in:`."""

KNOWN = frozenset((*FIELDS, *DATES, "in"))
"""All that has a meaning before a colon."""

DEEPEST = 20
"""So many brackets may stand within one another."""
_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s\-)]))"
    r'|(?:(?P<name>[A-Za-z]+):)?"(?P<phrase>[^"]*)(?P<closed>"?)'
    r"|(?P<word>[^\s()]+)"
)
_FIELD = re.compile(r"[A-Za-z]+:")
_LONGEST_NAME = 12
"""What is longer is nearly the name of none."""


class _Kind(Enum):
    THING = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NEAR = auto()
    NOT = auto()


_OPERATORS = {"OR": _Kind.OR, "NEAR": _Kind.NEAR, "NOT": _Kind.NOT}


class _Token(NamedTuple):
    """A piece of what was typed, and what a THING means; None when there is nothing in it to search for."""

    kind: _Kind
    start: int
    end: int
    node: Node | None = None


class _Value(NamedTuple):
    """What stands behind a field's colon, or a word by itself."""

    text: str
    start: int
    end: int
    how: How


def understood(typed: str, today: datetime.date) -> Query:
    """The query that `typed` means, with what is to be complained of in the order of the places; raises nothing."""
    words = _Words(len(typed.rstrip()), today)
    reader = _Reader(list(words.tokens(typed)), words.end, words.complaints)
    root = reader.either()
    return Query(typed, root, tuple(sorted(words.complaints, key=lambda one: (one.start, one.end))))


class _Words:
    """What was typed in pieces, each by itself understood; `end` is where what was typed ends."""

    def __init__(self, end: int, today: datetime.date) -> None:
        self.complaints: list[Complaint] = []
        self.end = end
        self._today = today

    def tokens(self, typed: str) -> Iterator[_Token]:
        """The pieces, in order, every bracket of them closed by another one or left open to the end."""
        depth = 0
        for match in _TOKEN.finditer(typed):
            start, end = match.span()
            if match["open"]:
                depth += 1
                if depth <= DEEPEST:
                    yield _Token(_Kind.OPEN, start, end)
                elif depth == DEEPEST + 1:
                    self._say(start, end, f"more than {DEEPEST} brackets within one another; this one is passed over")
            elif match["close"]:
                if 0 < depth <= DEEPEST:
                    yield _Token(_Kind.CLOSE, start, end)
                elif depth == 0:
                    self._say(start, end, "there is no bracket for this one to close; it is passed over")
                depth = max(depth - 1, 0)
            elif match["minus"]:
                yield _Token(_Kind.NOT, start, end)
            elif match["word"] in _OPERATORS:
                yield _Token(_OPERATORS[match["word"]], start, end)
            else:
                yield _Token(_Kind.THING, start, end, self._meant(match))

    def _meant(self, match: re.Match[str]) -> Node | None:
        """What a word, a phrase or a field means."""
        start, end = match.span()
        if match["phrase"] is not None:
            name, how = match["name"] or "", How.WHOLE if match["closed"] else How.BEGINNING
            value = _Value(match["phrase"], *match.span("phrase"), how)
        else:
            name = match["word"].partition(":")[0] if _FIELD.match(match["word"]) else ""
            text = match["word"][len(name) + 1 if name else 0 :]
            value = _Value(text, end - len(text), end, How.BEGINNING)
        if name.lower() in KNOWN:
            return self._field(name.lower(), start, end, value)
        if not name:
            return self._words(value)
        if (near := _nearest(name.lower())) and value.text:
            message = f"there is no field {name}: — is {near}: meant? It is searched as plain words"
            self._say(start, start + len(name) + 1, message)
        return self._words(_Value(f"{name}:{value.text}", start, end, value.how))

    def _field(self, name: str, start: int, end: int, value: _Value) -> Node | None:
        if not value.text.strip():
            if end < self.end or value.how is How.WHOLE:
                self._say(start, end, f'{name}: has no word behind it; write {name}:word or {name}:"two words"')
            return None
        if name == "in":
            return self._pane(value)
        if name in DATES:
            return self._days(name, value)
        found = self._words(value)
        return Field(name, (found,)) if found else None

    def _pane(self, value: _Value) -> Node | None:
        pane = value.text.strip().lower()
        if pane in PANES_ASKED:
            return Within(pane)
        near = get_close_matches(pane[:_LONGEST_NAME], PANES_ASKED, 1)
        cure = f"is in:{near[0]} meant?" if near else f"write {', '.join(PANES_ASKED[:-1])} or {PANES_ASKED[-1]}"
        self._say(value.start, value.end, f"there is no in:{_cut(pane)} and it is passed over; {cure}")
        return None

    def _days(self, name: str, value: _Value) -> Node | None:
        if days := during(value.text, self._today):
            return During(name, *days)
        cure = "write it like 2023-01-29, 2022-11..2023-01, 2017.. or last-month"
        self._say(value.start, value.end, f"'{_cut(value.text)}' is no span of days and is passed over; {cure}")
        return None

    def _words(self, value: _Value) -> Term | None:
        text = value.text.strip()
        if has_word(fold(text).folded):
            if text == "AND":
                self._say(value.start, value.end, "AND is searched as a word: words side by side must all be there")
            return term(text, value.how)
        if text and not (text == "-" and value.end == self.end):
            self._say(value.start, value.end, f"'{_cut(text)}' has no letter or digit to search for; it is passed over")
        return None

    def _say(self, start: int, end: int, message: str) -> None:
        self.complaints.append(Complaint(start, end, message))


class _Reader:
    """How the pieces hang together, read from left to right."""

    def __init__(self, tokens: Sequence[_Token], end: int, complaints: list[Complaint]) -> None:
        self._tokens = tokens
        self._end = end
        self._complaints = complaints
        self._at = 0

    def either(self) -> Node | None:
        """What stands here up to the bracket that closes it, or up to the end: sides with OR between them."""
        sides: list[Node] = []
        before: _Token | None = None
        while True:
            start = self._at
            if side := self._side():
                sides.append(side)
            is_bare = self._at == start
            after = self._next(_Kind.OR)
            if is_bare and (sign := after or before):
                self._complain(sign, "OR has nothing beside it to choose from; it is passed over")
            if after is None:
                return Some(tuple(sides)) if len(sides) > 1 else together(sides)
            before = after

    def _side(self) -> Node | None:
        """What must hold together."""
        nodes: list[Node] = []
        while self._kind() not in (_Kind.OR, _Kind.CLOSE, None):
            sign = self._next(_Kind.NOT)
            nodes += self._refused(sign) if sign else self._near()
        return together(nodes)

    def _refused(self, sign: _Token) -> list[Node]:
        """What stands behind NOT, or behind several of them."""
        times = 1
        while further := self._next(_Kind.NOT):
            sign, times = further, times + 1
        if self._kind() not in (_Kind.THING, _Kind.OPEN):
            self._complain(sign, "NOT has nothing behind it; it is passed over")
            return []
        node = together(self._near())
        return [] if node is None else [Not(node) if times % 2 else node]

    def _near(self) -> list[Node]:
        """One thing, or several with NEAR between each two."""
        nodes: list[Node] = []
        left, is_paired = self._thing(), False
        while sign := self._next(_Kind.NEAR):
            right = self._thing()
            if isinstance(left, Term) and isinstance(right, Term):
                nodes.append(Near(left, right))
                left, is_paired = right, True
                continue
            self._complain(sign, "NEAR stands between two words or phrases; here it is passed over")
            nodes += [left] if left and not is_paired else []
            left, is_paired = right, False
        return nodes if is_paired or left is None else [*nodes, left]

    def _thing(self) -> Node | None:
        """A word, a phrase or a field, or what is in brackets."""
        if thing := self._next(_Kind.THING):
            return thing.node
        opened = self._next(_Kind.OPEN)
        if opened is None:
            return None
        start = self._at
        node = self.either()
        closed = self._next(_Kind.CLOSE)
        if closed and self._at == start + 1:
            self._complaints.append(Complaint(opened.start, closed.end, "there is nothing between these brackets"))
        return node

    def _kind(self) -> _Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _next(self, kind: _Kind) -> _Token | None:
        if self._kind() is not kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _complain(self, sign: _Token, message: str) -> None:
        """Complain of an operator, unless it is the last thing typed."""
        if sign.end < self._end:
            self._complaints.append(Complaint(sign.start, sign.end, message))


@lru_cache(maxsize=1024)
def _nearest(name: str) -> str:
    """The field that is nearly called `name`; "" when none is."""
    return next(iter(get_close_matches(name, sorted(KNOWN), 1, 0.75)), "") if 2 < len(name) <= _LONGEST_NAME else ""


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
