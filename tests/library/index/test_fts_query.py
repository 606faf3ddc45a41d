"""The index may propose too much, never too little: held against a real FTS5 table."""

import datetime
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.core.dates.days import Day, Days
from dossier.core.entry import Passage
from dossier.core.matcher import PANE_BY_KIND, match
from dossier.core.query import (
    ARTICLE_FIELDS,
    ENTRY_FIELDS,
    AllConditions,
    AnyCondition,
    Condition,
    DaysCondition,
    FieldCondition,
    NearTerms,
    NotCondition,
    PaneCondition,
    Query,
    Term,
    TermMatch,
)
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.library.index.fts_query import FtsQuery, to_fts
from dossier.library.index.schema import COLUMNS, TEXT_COLUMNS
from dossier.text.folding import has_accent, has_upper
from dossier.text.joined_words import make_full_index_text

EXAMPLES = 60
TODAY = datetime.date(2023, 1, 29)


class About(NamedTuple):
    fields: dict[str, tuple[str, ...]]
    published: Days | None = None
    date: Days | None = None
    passages: tuple[Passage, ...] = ()


class Row(NamedTuple):
    """An entry, and what it can be asked for; `ref.article` is the number of its article."""

    ref: Ref
    text: str
    about: About


def column(row: Row) -> str:
    return PANE_BY_KIND.get(row.ref.kind, "body")


def stored(row: Row) -> list[str | None]:
    """Return what the index has of the entry. The fields of the whole article belong to the headline only."""
    texts = {name: " ".join(row.about.fields.get(name, ())) for name in ENTRY_FIELDS}
    if row.ref.kind == "headline":
        texts |= {name: " ".join(row.about.fields.get(name, ())) for name in ARTICLE_FIELDS}
    texts[column(row)] = row.text
    return [make_full_index_text(texts[name]) if name in texts else None for name in COLUMNS]


def overlaps(asked: Days, days: Days | None) -> bool:
    return days is not None and all(
        low is None or high is None or low <= high for low, high in ((asked[0], days[1]), (days[0], asked[1]))
    )


class Index:
    """A table of these entries, and who fulfils what is proposed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self.table = sqlite3.connect(":memory:")
        self.table.execute(
            f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, content='', columnsize=0, prefix='1 2', "
            "tokenize='ascii')"
        )
        holes = ", ".join("?" * (1 + len(COLUMNS)))
        self.table.executemany(
            f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES ({holes})",
            [(number, *stored(row)) for number, row in enumerate(self.rows)],
        )

    def found(self, expression: str | None) -> set[int]:
        if expression is None:
            return set(range(len(self.rows)))
        return {row for (row,) in self.table.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))}

    def fulfilling(self, proposal: FtsQuery) -> set[Ref]:
        articles = {self.rows[number].ref.article for number in self.found(proposal.articles)}
        rows = [self.rows[number] for number in self.found(proposal.match)]
        return {
            row.ref
            for row in rows
            if row.ref.article in articles
            and (proposal.published is None or overlaps(proposal.published, row.about.published))
            and (proposal.event is None or overlaps(proposal.event, row.about.date))
        }

    def matching(self, query: Query) -> set[Ref]:
        return {row.ref for row in self.rows if match(query, row, row.about)}


PIECES = (
    *("arms", "arm", "Seoul", "ab", "a", "b", "c", "1", "été", "ete", "E\u0301te", "straße", "strasse", "ﬁn", "fin"),
    *("한서진", "서진", "진", "한", "\u1112\u1161\u11ab", "北京", "北", "京都", "がき", "か\u3099", "ｶﾞ", "バイデン"),
    *(
        "ไทย",
        "กา่",
        "กา",
        "คำ",
        "कि",
        "क",
        "\u0301",
        "\u3099",
        "x\u0302",
        "😀",
        "👍🏽",
        "ª",
        "½",
        "´",
        "ᾳν",
        "αιν",
        "άιν",
    ),
    *(
        "İ",
        "ı",
        "i",
        "I",
        "u",
        "s",
        "u.s.",
        "us",
        "U.S",
        "us.",
        "a.b",
        "-",
        ".",
        "'",
        "™",
        "æ",
        "ʻ",
        "Σς",
        "שָׁלוֹם",
        "سَـلَامٌ",
        "—",
        "-",
        "’",
        "'",
        '"',
        "“",
        ".",
        "_",
        "*",
        ":",
        "\xad",
        "\u200d",
        "\u2027",
    ),
    *("\n", "\xa0", " ", " ", " ", " ", "\ua673", "\x00", "฿", "・", "々", "\ud800"),
)
VOCABULARIES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(lambda some: (*some, " ", " ", "\n"))
DAYS = st.sampled_from([None, Day(2022, 1, 1), Day(2022, 6, 1), Day(2023, 1, 1)])
SPANS: st.SearchStrategy[Days] = st.tuples(DAYS, DAYS).map(
    lambda days: (days[1], days[0]) if days[0] and days[1] and days[0] > days[1] else days
)
KINDS = st.sampled_from(["para", "quote", "event", "person", "about"])


def texts(vocabulary: Sequence[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(vocabulary), max_size=12).map("".join)


def fields(names: Sequence[str], vocabulary: Sequence[str]) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    several = st.lists(texts(vocabulary), min_size=1, max_size=2).map(tuple)
    return st.dictionaries(st.sampled_from(names), several, max_size=3)


@st.composite
def libraries(draw: st.DrawFn, vocabulary: Sequence[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 3))):
        published = draw(st.none() | SPANS)
        shared = draw(fields(ARTICLE_FIELDS, vocabulary))
        for place, kind in enumerate(("headline", *draw(st.lists(KINDS, max_size=5)))):
            own = draw(fields(ENTRY_FIELDS, vocabulary))
            about = About({**shared, **own}, published, draw(st.none() | SPANS) if kind == "event" else None)
            rows.append(Row(Ref(str(number), kind, f"e{place}"), draw(texts(vocabulary)), about))
    return tuple(rows)


def terms(vocabulary: Sequence[str]) -> st.SearchStrategy[Term]:
    def made(text: str, how: TermMatch, kept: bool) -> Term:
        return Term(text, kept and has_upper(text), kept and has_accent(text), how)

    text = st.lists(st.sampled_from(vocabulary), max_size=2).map("".join)
    needle = st.builds(lambda first, rest: " ".join((first + rest).split()), st.sampled_from(vocabulary[:-3]), text)
    return st.builds(made, needle.filter(bool), st.sampled_from(TermMatch), st.booleans())


def joined(nodes: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    return st.builds(NotCondition, nodes) | st.builds(AllConditions, several) | st.builds(AnyCondition, several)


def trees(vocabulary: Sequence[str]) -> st.SearchStrategy[Condition]:
    term = terms(vocabulary)
    of_field = st.lists(term, min_size=1, max_size=2).map(tuple)
    leaves = (
        term
        | st.builds(NearTerms, term, term)
        | st.builds(FieldCondition, st.sampled_from((*ENTRY_FIELDS, *ARTICLE_FIELDS)), of_field)
        | st.builds(
            lambda name, days: DaysCondition(name, *days), st.sampled_from(["date", "published", "event"]), SPANS
        )
        | st.builds(PaneCondition, st.sampled_from(TEXT_COLUMNS))
        | st.builds(lambda first, second: AllConditions((first, NotCondition(second))), term, term)
        | st.builds(
            lambda first, pane: AllConditions((first, PaneCondition(pane))), term, st.sampled_from(TEXT_COLUMNS)
        )
    )
    return st.recursive(leaves, joined, max_leaves=4)


def cases() -> st.SearchStrategy[tuple[tuple[Row, ...], Condition]]:
    return VOCABULARIES.filter(lambda words: any(map(str.strip, words))).flatmap(
        lambda words: st.tuples(libraries(words), trees(words))
    )


PLAIN_WORDS = (
    "arms",
    "ab",
    "a",
    "b",
    "1",
    "strasse",
    "fin",
    "ete",
    "한",
    "서진",
    "北京",
    "北",
    "京",
    "バイ",
    "กา",
    "कि",
    "été",
    "ét",
    "e\u0301",
    "ß",
    "ł",
    "ae",
    "æ",
    "ı",
    "άι",
    "ά",
    "αι",
    "dété",
    "x\u0302",
    "\u1112",
    "하",
    "שָׁלוֹם",
    "שלום",
    "سَلام",
)
ACCENTED_TEXTS = (
    *(
        "été",
        "E\u0301te",
        "étés",
        "Été",
        "d'été",
        "d’ete",
        "é\u0302te",
        "x\u0302",
        "x\u0302\u0323y",
        "x",
        "ﬁn",
        "straße",
    ),
    *(
        "ᾴν",
        "ᾳν",
        "άιν",
        "αιν",
        "Άι",
        "ł",
        "Łódź",
        "æ",
        "Ære",
        "ı",
        "İ",
        "\u0301",
        "\u0301e",
        "안\u0301",
        "안",
        "하는",
        "ㅎ",
    ),
    *("שָׁלוֹם", "וְשָׁלוֹם", "ושָׁלוֹם", "שלום", "سَلَامٌ", "والسَلام", "\u034f", "\u200d", "¨", "か\u3099", "か", "が", "-", "'"),
)


def plain_queries() -> st.SearchStrategy[str]:
    word = st.sampled_from(PLAIN_WORDS)
    field = st.builds("{}:{}".format, st.sampled_from(("person", "org", "keyword", "outlet")), word)
    thing = word | word.map('"{}"'.format) | st.builds("({} OR {})".format, word, word)
    refused = (thing | st.builds("speaker:{}".format, word)).map("-{}".format)
    rest = st.lists(thing | field | refused | st.just("in:quotes") | st.just("published:2022"), max_size=3)
    return st.builds(lambda first, others: " ".join([first, *others]), thing, rest)


def hold(rows: tuple[Row, ...], query: Query) -> FtsQuery:
    """Return the full-text query, after checks that it leaves out no match and, if it is exact, adds none."""
    index, proposal = Index(rows), to_fts(query)
    matching, fulfilling = index.matching(query), index.fulfilling(proposal)
    assert matching <= fulfilling, proposal
    if proposal.exact:
        assert matching == fulfilling, proposal
    return proposal


@settings(max_examples=EXAMPLES)
@given(cases())
def test_whatever_matches_is_proposed(case: tuple[tuple[Row, ...], Condition]) -> None:
    rows, node = case
    hold(rows, Query("", node))


@settings(max_examples=EXAMPLES)
@given(libraries((*PLAIN_WORDS, *ACCENTED_TEXTS, "Ab", "京都", *[" "] * 12, "\n")), plain_queries())
def test_plain_words_need_no_confirming(rows: tuple[Row, ...], typed: str) -> None:
    query = parse_search(typed, TODAY)
    assert query.query_warnings == ()
    assert hold(rows, query).exact


WORDS = "{headline body people quotes timeline} : "


@pytest.mark.parametrize(
    ("typed", "expression", "exact"),
    [
        ("arms", f'{WORDS}"arms" *', True),
        ('"arms"', f'{WORDS}"arms"', True),
        ("Arms", f'{WORDS}"arms" *', False),
        ("été", f'{WORDS}"été" *', True),
        ("É", f'{WORDS}"é" *', False),
        ("x\u0302", f'{WORDS}"\u0302x" *', True),
        ('"été"', f'{WORDS}"été"', True),
        (
            '"un été"',
            f'{WORDS}(("un ete" AND "été") OR (("\ue000 un" AND "ete") AND "été")'
            ' OR (("un" AND "\ue000 ete") AND "été"))',
            False,
        ),
        ("한", f'{WORDS}"한" *', True),
        ("한서진", f'{WORDS}"한서 서진"', True),
        ("한서진 a", f'({WORDS}"한서 서진" AND {WORDS}"a" *)', True),
        ("nato는", f'{WORDS}("nato 는" * OR ("\ue000 nato" AND "는" *))', False),
        ("한nato", f'{WORDS}("한 nato" * OR ("한" AND "\ue000 nato" *))', False),
        (
            '"missile tests"',
            f'{WORDS}("missile tests" OR ("\ue000 missile" AND "tests") OR ("missile" AND "\ue000 tests"))',
            False,
        ),
        (
            '"missile te',
            f'{WORDS}("missile te" * OR ("\ue000 missile" AND "te" *) OR ("missile" AND "\ue000 te" *))',
            False,
        ),
        ("seo-jin", f'{WORDS}("seo jin" * OR "seojin" *)', False),
        ("U.S.", f'{WORDS}("u s" OR "us")', False),
        (
            '"seo-jin spoke"',
            f'{WORDS}("seo jin spoke" OR "seojin spoke"'
            ' OR ("\ue000 seojin" AND "spoke") OR ("seojin" AND "\ue000 spoke"))',
            False,
        ),
        ("c++", f'{WORDS}"c"', False),
        ("a OR b", f'({WORDS}"a" * OR {WORDS}"b" *)', True),
        ("a -b", f'({WORDS}"a" * NOT ({WORDS}"b" *))', True),
        ("a -B", f'{WORDS}"a" *', False),
        ("-b", None, False),
        ("a OR -b", None, False),
        ("a in:quotes", '{quotes} : "a" *', True),
        ("a in:body", '{headline body} : "a" *', True),
        ("in:quotes", None, False),
        ("a in:quotes in:people", f'{WORDS}"a" *', False),
        ("a NEAR b", f'{WORDS}(NEAR("a" * "b" *, 12) OR ("\ue000 a" * AND "b" *) OR ("\ue000 b" * AND "a" *))', False),
        ("speaker:yoon", 'speaker : ("yoon" *)', True),
        (
            'speaker:"jens stol"',
            'speaker : (("jens stol" OR ("\ue000 jens" AND "stol") OR ("jens" AND "\ue000 stol")))',
            False,
        ),
        ("speaker:yoon in:quotes", 'speaker : ("yoon" *)', False),
        ("a date:2022", f'{WORDS}"a" *', False),
        ("outlet:herald", 'outlet : ("herald" *)', True),
        ("outlet:herald -section:sport", '(outlet : ("herald" *) NOT (section : ("sport" *)))', True),
        ("a OR outlet:herald", None, False),
        ("published:2022", None, False),
        ("a άι", f'({WORDS}"a" * AND {WORDS}"ά\u0345" *)', True),
        ("a ᾳ", f'{WORDS}"a" *', False),
        ("\u0301a", f'{WORDS}"a" *', False),
        ("", None, True),
    ],
)
def test_what_the_index_is_asked(typed: str, expression: str | None, exact: bool) -> None:
    found = to_fts(parse_search(typed, TODAY))
    assert (found.match, found.exact) == (expression, exact)
    assert (found.published is None, found.articles, found.event) == ("published" not in typed, None, None)


def test_what_is_asked_of_the_article_and_of_days_is_told_apart() -> None:
    found = to_fts(parse_search("arms outlet:herald -lang:ko published:2022 event:2017..", TODAY))
    assert found.match == f'{WORDS}"arms" *'
    assert found.articles == 'outlet : ("herald" *)'
    assert found.published == (Day(2022, 1, 1), Day(2022, 12, 31))
    assert found.event == (Day(2017, 1, 1), None)
    assert not found.exact
    assert to_fts(parse_search("arms outlet:herald published:2022 published:2022", TODAY)).exact
    assert not to_fts(parse_search("arms published:2022 published:2023", TODAY)).exact
    assert not to_fts(parse_search('arms outlet:"port herald"', TODAY)).exact


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a NEAR b", "a x x x x x x x x x x b"),
        ("北京 NEAR 都", "北京の人の人の人の人の人都"),
        ("a -B", "a b"),
        ('a -"b c"', "a b, c"),
        ("άιν", "ᾴν"),
        ("été", "ÉTÉS"),
        ("서진", "한서진은"),
        ("은", "한서진은"),
    ],
)
def test_none_of_these_is_left_out(typed: str, text: str) -> None:
    row = Row(Ref("0", "para", "p1"), text, About({}))
    assert match(parse_search(typed, TODAY), row)
    hold((row,), parse_search(typed, TODAY))


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(f"w{number}" for number in range(1000)),
        " OR ".join(f"w{number}" for number in range(1000)),
        "arms " + " ".join(f"-w{number}" for number in range(1000)),
        "(arms OR (seoul " * 20,
        "(arms -(seoul OR " * 20,
        "x" * 100_000,
    ],
)
def test_fts5_takes_whatever_is_asked(typed: str) -> None:
    row = Row(Ref("0", "para", "p1"), " ".join(f"w{number}" for number in range(1000)), About({}))
    hold((row,), parse_search(typed, TODAY))


def test_the_columns_are_those_of_the_table() -> None:
    assert (*TEXT_COLUMNS, *sorted((*ENTRY_FIELDS, *ARTICLE_FIELDS))) == (*COLUMNS[:5], *sorted(COLUMNS[5:]))
