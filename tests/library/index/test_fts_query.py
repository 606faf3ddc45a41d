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
from dossier.library.index.expressions import Tokens
from dossier.library.index.fts5_syntax import render_fts5
from dossier.library.index.fts_query import FtsQuery, to_fts
from dossier.library.index.full_text import FULL_TEXT_TABLES, SIGNS, TEXT_PLACES, FtsMatch, sign_words
from dossier.library.index.full_text_writer import FullTextWriter
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


def stored(row: Row) -> tuple[str, str]:
    """Return what the index has of the entry. The fields of the whole article belong to the headline only."""
    names = (*ENTRY_FIELDS, *ARTICLE_FIELDS) if row.ref.kind == "headline" else ENTRY_FIELDS
    fields = [sign_words(name, make_full_index_text(" ".join(row.about.fields.get(name, ())))) for name in names]
    return f"{make_full_index_text(row.text)} {SIGNS[column(row)]}", " ".join(fields)


def overlaps(asked: Days, days: Days | None) -> bool:
    return days is not None and all(
        low is None or high is None or low <= high for low, high in ((asked[0], days[1]), (days[0], asked[1]))
    )


class Index:
    """The tables of these entries, and who fulfils what is proposed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self.tables = sqlite3.connect(":memory:")
        self.tables.executescript(FULL_TEXT_TABLES)
        FullTextWriter(self.tables, many=False).enter([(at, *stored(row)) for at, row in enumerate(self.rows)])

    def found(self, asked: FtsMatch | None) -> set[int]:
        found = set(range(len(self.rows)))
        for table, expression in (asked._asdict() if asked else {}).items():
            if expression:
                query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
                found &= {row for (row,) in self.tables.execute(query, (render_fts5(expression),))}
        return found

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
    *(
        "arms",
        "arm",
        "Seoul",
        "sea",
        "s",
        "se",
        "d",
        "deal",
        "ab",
        "a",
        "b",
        "c",
        "1",
        "été",
        "ete",
        "E\u0301te",
        "straße",
        "strasse",
        "ﬁn",
        "fin",
    ),
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
        | st.builds(PaneCondition, st.sampled_from(TEXT_PLACES))
        | st.builds(lambda first, second: AllConditions((first, NotCondition(second))), term, term)
        | st.builds(lambda first, pane: AllConditions((first, PaneCondition(pane))), term, st.sampled_from(TEXT_PLACES))
    )
    return st.recursive(leaves, joined, max_leaves=4)


def cases() -> st.SearchStrategy[tuple[tuple[Row, ...], Condition]]:
    return VOCABULARIES.filter(lambda words: any(map(str.strip, words))).flatmap(
        lambda words: st.tuples(libraries(words), trees(words))
    )


PLAIN_WORDS = (
    "sta",
    "st",
    "star",
    "zzz",
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
    pane = st.builds("in:{}".format, st.sampled_from(("quotes", "body", "people")))
    # A run of several tokens is decided where it follows one another in the text, and nowhere else.
    run = st.sampled_from(("한서진", '"한서진"', "北京都"))
    rest = st.lists(thing | run | pane | field | refused | st.just("published:2022"), max_size=3)
    return st.builds(lambda first, others: " ".join([first, *others]), thing, rest)


def hold(rows: tuple[Row, ...], query: Query) -> FtsQuery:
    """Return the full-text query, after checks that it leaves out no match and, if it is exact, adds none."""
    index, proposal = Index(rows), to_fts(query)
    matching, fulfilling = index.matching(query), index.fulfilling(proposal)
    assert matching <= fulfilling, proposal
    if proposal.narrower:
        assert matching <= index.fulfilling(proposal._replace(match=proposal.narrower)), proposal
    if proposal.exact:
        assert matching == fulfilling, proposal
    return proposal


@settings(max_examples=EXAMPLES)
@given(cases())
def test_whatever_matches_is_proposed(case: tuple[tuple[Row, ...], Condition]) -> None:
    rows, node = case
    hold(rows, Query("", node))


@settings(max_examples=EXAMPLES)
@given(
    libraries(
        (*PLAIN_WORDS, *ACCENTED_TEXTS, "Ab", "한서진은", "北京都", "sta", "star", "s", "京都", *[" "] * 12, "\n")
    ),
    plain_queries(),
)
def test_plain_words_need_no_confirming(rows: tuple[Row, ...], typed: str) -> None:
    query = parse_search(typed, TODAY)
    assert query.query_warnings == ()
    assert hold(rows, query).exact


ARMS_DEAL = '("arms deal" OR ("\ue000arms" AND "deal") OR ("arms" AND "\ue000deal"))'


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "exact"),
    [
        ("arms", '"arms" *', None, True),
        ('"arms"', '"arms"', None, True),
        ("Arms", '"arms" *', None, False),
        ("été", '"été" *', None, True),
        ("É", '"é" *', None, False),
        ("x\u0302", '"\u0302x" *', None, True),
        ('"été"', '"été"', None, True),
        (
            '"un été"',
            None,
            '(("un ete" AND "été") OR (("\ue000un" AND "ete") AND "été") OR (("un" AND "\ue000ete") AND "été"))',
            False,
        ),
        ("한", '"한" *', None, True),
        ("한서진", None, '"한서 서진"', True),
        ("한서진 a", '(("한서" AND "서진") AND "a" *)', '"한서 서진"', True),
        ("nato는", '("nato" AND "는" *)', None, False),
        ("한nato", None, '("한 nato" * OR ("한" AND "\ue000nato" *))', False),
        (
            '"missile tests"',
            None,
            '("missile tests" OR ("\ue000missile" AND "tests") OR ("missile" AND "\ue000tests"))',
            False,
        ),
        ('"missile te', '("missile" AND "te" *)', None, False),
        ("seo-jin", '(("seo" AND "jin" *) OR "seojin" *)', None, False),
        ("U.S.", None, '("u s" OR "us")', False),
        (
            '"seo-jin spoke"',
            None,
            '("seo jin spoke" OR "seojin spoke" OR ("\ue000seojin" AND "spoke") OR ("seojin" AND "\ue000spoke"))',
            False,
        ),
        ("c++", '"c"', None, False),
        ("a OR b", '("a" * OR "b" *)', None, True),
        ("a -b", '("a" * NOT ("b" *))', None, True),
        ("a -B", '"a" *', None, False),
        ("-b", None, None, False),
        ("a OR -b", None, None, False),
        ("a in:quotes", f'("a" * AND "{SIGNS["quotes"]}")', None, True),
        ("a in:body", f'("a" * AND ("{SIGNS["headline"]}" OR "{SIGNS["body"]}"))', None, True),
        ("in:quotes", f'"{SIGNS["quotes"]}"', None, True),
        ("a in:quotes in:people", f'("a" * AND "{SIGNS["quotes"]}" AND "{SIGNS["people"]}")', None, True),
        ("a NEAR b", '("a" * AND "b" *)', None, False),
        ("speaker:yoon", f'"{SIGNS["speaker"]}yoon" *', None, True),
        ('speaker:"jens stol"', f'("{SIGNS["speaker"]}jens" AND "{SIGNS["speaker"]}stol")', None, False),
        ("speaker:yoon in:quotes", f'("{SIGNS["speaker"]}yoon" * AND "{SIGNS["quotes"]}")', None, True),
        ("a date:2022", '"a" *', None, False),
        ("outlet:herald", f'"{SIGNS["outlet"]}herald" *', None, True),
        (
            "outlet:herald -section:sport",
            f'("{SIGNS["outlet"]}herald" * NOT ("{SIGNS["section"]}sport" *))',
            None,
            True,
        ),
        ("a OR outlet:herald", None, None, False),
        ("published:2022", None, None, False),
        ("a άι", '("a" * AND "ά\u0345" *)', None, True),
        ("a ᾳ", '"a" *', None, False),
        ("\u0301a", '"a" *', None, False),
        ("", None, None, True),
        ("sta", '"sta" *', None, True),
        ('"arms d', '("arms" AND "d" *)', None, False),
        (
            '"arms deal" s',
            '(("arms" AND "deal") AND "s" *)',
            ARMS_DEAL,
            False,
        ),
        (
            '"arms deal s',
            '("arms" AND "deal" AND "s" *)',
            ARMS_DEAL,
            False,
        ),
        (
            '"arms deal stat',
            None,
            '("arms deal stat" * OR ("\ue000arms" AND "deal" AND "stat" *)'
            ' OR ("arms" AND "\ue000deal" AND "stat" *) OR ("arms" AND "deal" AND "\ue000stat" *))',
            False,
        ),
        ('"arms deal" NEAR s', '(("arms" AND "deal") AND "s" *)', ARMS_DEAL, False),
        ('"arms" NEAR s', '("arms" AND "s" *)', None, False),
        ("s NEAR d", '("s" * AND "d" *)', None, False),
        ('"arms deal" OR s', '(("arms" AND "deal") OR "s" *)', None, False),
        (
            '"arms deal" -s',
            '(("arms" AND "deal") NOT ("s" *))',
            ARMS_DEAL,
            False,
        ),
        (
            '"arms deal" in:quotes',
            None,
            f'({ARMS_DEAL} AND "{SIGNS["quotes"]}")',
            False,
        ),
        ("한서진 -a", '(("한서" AND "서진") NOT ("a" *))', '"한서 서진"', True),
        ("person:한서진", f'("{SIGNS["person"]}한서" AND "{SIGNS["person"]}서진")', None, False),
        ("star -한서진", '"star" *', None, False),
        ('é "b c"', '("é" * AND ("b" AND "c"))', '("b c" OR ("\ue000b" AND "c") OR ("b" AND "\ue000c"))', False),
    ],
)
def test_what_the_index_is_asked(typed: str, words: str | None, phrases: str | None, exact: bool) -> None:
    found = to_fts(parse_search(typed, TODAY))
    rendered = [render_fts5(one) if one else None for one in found.match] if found.match else [None, None]
    assert (rendered, found.exact) == ([words, phrases], exact)
    assert (found.published is None, found.articles, found.event) == ("published" not in typed, None, None)


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ('"star do', None, '("star do" * OR "\ue000star" OR ("star" AND "\ue000do" *))'),
        (
            '"a star d',
            None,
            '("a star d" * OR ("\ue000a" AND "star") OR ("a" AND "\ue000star") OR ("a" AND "star" AND "\ue000d" *))',
        ),
        ('do "star d', '("do" * AND ("star" AND "d" *))', '("star d" * OR "\ue000star" OR ("star" AND "\ue000d" *))'),
        ('"star door', None, None),
        ('"star d"', None, None),
        ("do", None, None),
        ("person:do", None, None),
    ],
)
def test_the_short_end_of_a_phrase_is_asked_for_in_its_order_later(
    typed: str, words: str | None, phrases: str | None
) -> None:
    found = to_fts(parse_search(typed, TODAY)).narrower
    assert [one and render_fts5(one) for one in found or (None, None)] == [words, phrases]


def test_what_is_asked_of_the_article_and_of_days_is_told_apart() -> None:
    found = to_fts(parse_search("arms outlet:herald -lang:ko published:2022 event:2017..", TODAY))
    assert found.match == FtsMatch(Tokens(("arms",), True))
    assert found.articles == FtsMatch(Tokens((f"{SIGNS['outlet']}herald",), True))
    assert found.published == (Day(2022, 1, 1), Day(2022, 12, 31))
    assert found.event == (Day(2017, 1, 1), None)
    assert not found.exact
    assert to_fts(parse_search("arms outlet:herald published:2022 published:2022", TODAY)).exact
    assert not to_fts(parse_search("arms published:2022 published:2023", TODAY)).exact
    assert not to_fts(parse_search('arms outlet:"port herald"', TODAY)).exact


def test_what_a_quote_is_about_is_asked_in_its_text_and_in_its_fields() -> None:
    def asked(typed: str) -> list[list[str | None]]:
        (conditions,) = to_fts(parse_search(typed, TODAY)).nearby
        return [[render_fts5(one) if one else None for one in nearby.match] for nearby in conditions]

    places = " OR ".join(f'"{SIGNS[name]}"' for name in ("headline", "body"))
    around = f'(({places}) OR "{SIGNS["quotes"]}" OR "{SIGNS["timeline"]}")'

    def fields(*tokens: str) -> str:
        signed = ([f'"{SIGNS[name]}{token}"' for token in tokens] for name in ("person", "org", "place"))
        return f"({' OR '.join(one[0] if len(one) == 1 else f'({one[0]} AND {one[1]})' for one in signed)})"

    assert asked('about:"arms deal"') == [[None, f"({ARMS_DEAL} AND {around})"], [fields("arms", "deal"), None]]
    assert asked('about:"arms"') == [[f'(("arms" AND {around}) OR {fields("arms")})', None]]
    words = f'(("arms" AND "d" *) AND {around})'
    assert asked('about:"arms d') == [[words, None], [fields("arms", "d").replace('d"', 'd" *'), None]]
    (in_text, in_fields), *others = to_fts(parse_search('about:"arms d', TODAY)).nearby
    assert (in_text.phrases, in_fields.phrases, in_fields.narrower, others) == (("armsd",), (), None, [])
    assert in_text.narrower
    assert in_text.narrower.words is None
    phrases = '("arms d" * OR "\ue000arms" OR ("arms" AND "\ue000d" *))'
    assert render_fts5(in_text.narrower.phrases or Tokens(())) == f"({phrases} AND {around})"


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ('about:"a deal"', ()),
        ('about:"été d', ()),
        ('speaker:lena "arms d', ("armsd",)),
        ('speaker:lena "arms deal"', ()),
    ],
)
def test_phrases_stand_nearby_where_rows_are_asked_for_without_the_order(typed: str, phrases: tuple[str, ...]) -> None:
    ((nearby, *_),) = to_fts(parse_search(typed, TODAY)).nearby
    assert nearby.phrases == phrases


@pytest.mark.parametrize("typed", ['in:quotes "star d', 'about:"star d', '(in:quotes OR in:people) "star d'])
def test_the_table_of_phrases_is_not_asked_for_what_the_words_tell(typed: str) -> None:
    found = to_fts(parse_search(typed, TODAY))
    (asked,) = [found.match] if found.match else [one.match for (one, _) in found.nearby]
    assert asked.words
    assert asked.phrases is None


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
