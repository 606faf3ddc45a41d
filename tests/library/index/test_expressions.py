"""An expression is true of the same rows for FTS5, for PostgreSQL and where it is evaluated from the texts of a row."""

import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgresql_server import Server
from postgresql_servers import Servers

from dossier.core.query_parser import parse_search
from dossier.library.index.evaluation import evaluate
from dossier.library.index.expressions import AllOf, AnyOf, Expression, Tokens, TokensNear, Without
from dossier.library.index.fts5_syntax import render_fts5
from dossier.library.index.fts_query import to_fts
from dossier.library.index.full_text import FULL_TEXT_TABLES, SIGNS, FtsMatch, RowTexts, sign_words
from dossier.library.index.full_text_writer import FullTextWriter
from dossier.library.index.postgresql.tsquery_syntax import render_tsquery
from dossier.library.index.postgresql.tsvector_text import make_tsvector_text
from dossier.text.joined_words import make_full_index_text

TODAY = datetime.date(2023, 1, 29)
EXAMPLES = 150
SIGN = SIGNS["speaker"]
TOKENS = ("a", "ab", "abc", "b", "été", "\u0301x", "한서", "서", "北京", "\U00020000", "\ue000", "7")


class Engines(NamedTuple):
    """Both engines, empty."""

    tables: sqlite3.Connection
    server: "psycopg.Connection[tuple[int, ...]]"

    def enter(self, rows: Sequence[RowTexts]) -> None:
        self.tables.execute("INSERT INTO words (words) VALUES ('delete-all')")
        self.tables.execute("INSERT INTO phrases (phrases) VALUES ('delete-all')")
        FullTextWriter(self.tables, many=False).enter([(at, *row) for at, row in enumerate(rows)])
        self.server.execute("TRUNCATE entry")
        for at, row in enumerate(rows):
            values = (at, make_tsvector_text(row))
            self.server.execute("INSERT INTO entry VALUES (%s, CAST(%s AS tsvector))", values)

    def find_fts5(self, match: FtsMatch) -> set[int]:
        found = [
            {row for (row,) in self.tables.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (asked,))}
            for table, one in match._asdict().items()
            if one and (asked := render_fts5(one))
        ]
        return set.intersection(*found)

    def find_postgresql(self, match: FtsMatch) -> set[int]:
        asked = " & ".join(render_tsquery(one) for one in match if one)
        found = self.server.execute("SELECT id FROM entry WHERE vector @@ CAST(%s AS tsquery)", (asked,))
        return {row for (row,) in found}


@pytest.fixture(scope="module")
def tables() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.executescript(FULL_TEXT_TABLES)
    yield made
    made.close()


@pytest.fixture(scope="module")
def engines(tables: sqlite3.Connection, postgresql: Servers, postgresql_server: Server) -> Iterator[Engines]:
    address = postgresql.database(postgresql_server).owner
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE TEMP TABLE entry (id bigint, vector tsvector)")
        server.execute("CREATE INDEX entry_vector ON entry USING gin (vector)")
        server.execute("SET enable_seqscan = off")
        yield Engines(tables, server)


def evaluated(match: FtsMatch, rows: Sequence[RowTexts]) -> set[int]:
    words, phrases = match
    return {
        at
        for at, row in enumerate(rows)
        if (words is None or evaluate(words, row)) and (phrases is None or evaluate(phrases, (row[0], "")))
    }


def trees(leaves: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def joined(nodes: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(nodes, min_size=2, max_size=3).map(tuple)
        return st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(Without, nodes, nodes)

    return st.recursive(leaves, joined, max_leaves=4)


TOKEN = st.sampled_from(TOKENS)
RUNS = st.builds(Tokens, st.lists(TOKEN, min_size=1, max_size=3).map(tuple), st.booleans())
SINGLE = st.builds(lambda token, is_open: Tokens((token,), is_open), TOKEN | TOKEN.map(SIGN.__add__), st.booleans())
NEAR: st.SearchStrategy[Expression] = st.builds(TokensNear, RUNS, RUNS, st.integers(0, 4))
TEXTS = st.lists(TOKEN, max_size=14).map(lambda tokens: " ".join([*tokens, SIGNS["body"]]))
FIELDS = st.lists(TOKEN, max_size=3).map(lambda tokens: sign_words("speaker", " ".join(tokens)))
ROWS = st.lists(st.tuples(TEXTS, FIELDS), min_size=1, max_size=6)
WORDS = trees(SINGLE)


@settings(max_examples=EXAMPLES)
@given(ROWS, st.none() | WORDS, trees(RUNS))
def test_the_same_rows(engines: Engines, rows: list[RowTexts], words: Expression | None, phrases: Expression) -> None:
    match = FtsMatch(words, phrases)
    engines.enter(rows)
    found = engines.find_fts5(match)
    assert engines.find_postgresql(match) == found
    assert evaluated(match, rows) == found


@settings(max_examples=EXAMPLES)
@given(ROWS, trees(RUNS | NEAR))
def test_what_is_near_is_proposed(engines: Engines, rows: list[RowTexts], phrases: Expression) -> None:
    match = FtsMatch(None, phrases)
    engines.enter(rows)
    found = engines.find_fts5(match)
    assert engines.find_postgresql(match) >= found
    assert evaluated(match, rows) == found


PIECES = (
    "arms",
    "arm",
    "a",
    "deal",
    "U.S.",
    "us",
    "seo-jin",
    "é",
    "été",
    "한서진",
    "서진",
    "北京",
    "O'Neil",
    "וְשָׁלוֹם",
    "\\",
    "'",
)
WRITTEN = st.lists(st.sampled_from((*PIECES, " ", " ", "\x00", ", ", "\n")), max_size=12).map("".join)
PHRASE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join)
ASKED = st.lists(
    st.sampled_from(PIECES)
    | PHRASE.map('"{}"'.format)
    | PHRASE.map('-"{}"'.format)
    | PHRASE.map('speaker:"{}"'.format)
    | st.sampled_from(("in:quotes", "in:body", "arms NEAR deal", '"a deal" NEAR us')),
    min_size=1,
    max_size=3,
).map(" ".join)


@st.composite
def written_rows(draw: st.DrawFn) -> list[RowTexts]:
    rows = []
    for place in draw(st.lists(st.sampled_from(("body", "quotes")), min_size=1, max_size=5)):
        fields = sign_words("speaker", make_full_index_text(draw(WRITTEN)))
        rows.append((f"{make_full_index_text(draw(WRITTEN))} {SIGNS[place]}", fields))
    return rows


@settings(max_examples=EXAMPLES)
@given(written_rows(), ASKED)
def test_the_same_rows_for_a_query(engines: Engines, rows: list[RowTexts], typed: str) -> None:
    match = to_fts(parse_search(typed, TODAY)).match
    if match is None:
        return
    engines.enter(rows)
    found = engines.find_fts5(match)
    assert evaluated(match, rows) == found
    assert engines.find_postgresql(match) == found or "NEAR" in typed
    assert engines.find_postgresql(match) >= found


@settings(max_examples=EXAMPLES)
@given(st.text("ab'\\:*&|!<->() \U00020000é\x7f", min_size=1).filter(str.strip), st.booleans())
def test_any_token_is_found_as_it_is(engines: Engines, token: str, is_open: bool) -> None:
    (token,) = token.split()[:1]
    engines.server.execute("TRUNCATE entry")
    values = (make_tsvector_text((f"x {token}", "")), make_tsvector_text(("x", token)), make_tsvector_text(("x", "")))
    for at, vector in enumerate(values):
        engines.server.execute("INSERT INTO entry VALUES (%s, CAST(%s AS tsvector))", (at, vector))
    assert engines.find_postgresql(FtsMatch(Tokens((token,), is_open))) == {0, 1, *([2] if token == "x" else [])}
    assert engines.find_postgresql(FtsMatch(Tokens(("x", token), is_open))) == {0}


@pytest.mark.parametrize(
    "texts",
    [
        ("é" * 1023, ""),
        (" ".join(["a"] * 255), ""),
        (" ".join(str(number) for number in range(16_383)), ""),
        (" ".join(["x", *["a"] * 255]), " ".join(f"{SIGN}{number:01000}" for number in range(1000))),
    ],
    ids=["token", "positions of a token", "positions", "bytes"],
)
def test_a_tsvector_has_the_whole_row_up_to_its_limits(engines: Engines, texts: RowTexts) -> None:
    made = make_tsvector_text(texts)
    query = "SELECT (SELECT sum(cardinality(positions)) FROM unnest(v)), length(v) FROM CAST(%s AS tsvector) AS v"
    tokens = texts[0].split()
    (found,) = engines.server.execute(query, (made,))
    assert [*found] == [len(tokens), len({*tokens, *texts[1].split()})]


@pytest.mark.parametrize(
    "texts",
    [
        ("é" * 1023 + "a", ""),
        ("", SIGN + "é" * 1023),
        (" ".join(["a"] * 256), ""),
        (" ".join(str(number) for number in range(16_384)), ""),
        ("a", " ".join(f"{SIGN}{number:01000}" for number in range(1100))),
    ],
    ids=["token", "token of a field", "positions of a token", "positions", "bytes"],
)
def test_a_row_beyond_the_limits_has_no_tsvector(texts: RowTexts) -> None:
    assert make_tsvector_text(texts) is None


@pytest.mark.parametrize(
    ("expression", "rendered"),
    [
        (Tokens(("a",), True), "'a':*"),
        (Tokens(("a'b", "c\\"), True), "('a''b' <-> 'c\\\\':*)"),
        (AnyOf((Tokens(("a",)), AllOf((Tokens(("b",)), Tokens(("c",)))))), "('a' | ('b' & 'c'))"),
        (Without(Tokens(("a",)), Tokens(("b", "c"))), "('a' & !('b' <-> 'c'))"),
        (TokensNear(Tokens(("a",)), Tokens(("b",)), 12), "('a' & 'b')"),
        (Without(Tokens(("a",)), TokensNear(Tokens(("b",)), Tokens(("c",)), 12)), "'a'"),
        (Without(Tokens(("a",)), AnyOf((Tokens(("c",)), Tokens(("b",) * 101)))), "'a'"),
        (Tokens(("a" * 2047,), True), "' '"),
        (AllOf((Tokens(("a" * 2000,)),) * 600), "!' '"),
    ],
)
def test_tsquery(expression: Expression, rendered: str) -> None:
    assert render_tsquery(expression) == rendered


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (Tokens(("a" * 2047,), True), set()),
        (Without(Tokens(("a",)), Tokens(("a" * 2047,))), {0}),
        (AllOf((Tokens(("a" * 2000,)),) * 600), {0, 1}),
        (Tokens(("a",) * 5000), {0}),
        (AllOf((Tokens(("a",)),) * 5000), {0}),
    ],
    ids=["token", "refused", "bytes", "sequence", "parts"],
)
def test_a_server_accepts_every_tsquery(engines: Engines, expression: Expression, found: set[int]) -> None:
    engines.enter([(" ".join(["a"] * 200), ""), ("b", "")])
    assert engines.find_postgresql(FtsMatch(expression)) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (Tokens(("a" * 40_000,)), [True, True, False]),
        (Tokens(("a" * 40_000,), True), [True, True, False]),
        (Tokens(("a" * 100,), True), [True, True, True]),
        (Tokens(("b" + "é" * 20_000,)), [True, True, False]),
        (Tokens(("b" + "é" * 16_383,)), [False, False, False]),
    ],
)
def test_of_a_long_token_the_beginning_counts(
    tables: sqlite3.Connection, expression: Expression, found: list[bool]
) -> None:
    rows = [(f"{'a' * size} b{'é' * size}", "") for size in (32_768, 50_000, 32_767)]
    rows[2] = (rows[2][0].replace("é", "e"), "")
    tables.execute("INSERT INTO words (words) VALUES ('delete-all')")
    tables.execute("INSERT INTO phrases (phrases) VALUES ('delete-all')")
    FullTextWriter(tables, many=False).enter([(at, *row) for at, row in enumerate(rows)])
    for table in ("words", "phrases"):
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
        rowids = {row for (row,) in tables.execute(query, (render_fts5(expression),))}
        assert [at in rowids for at in range(3)] == found
    assert [evaluate(expression, row) for row in rows] == found
