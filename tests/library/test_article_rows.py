import datetime
from collections.abc import Iterator

import pytest
from libraries import PORT_ARLEN, library_at

from dossier.core.query import Query
from dossier.core.query_parser import parse_search
from dossier.library.article_rows import EXCERPTS, counts, find_excerpts, format_index_date, make_article_entry
from dossier.library.index.reader import Index

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with library_at(PORT_ARLEN, tmp_path_factory.mktemp("arlen")) as opened:
        yield opened.index


def query(typed: str) -> Query:
    return parse_search(typed, TODAY)


def first(index: Index, address: str) -> int:
    row = index.articles.find(address)
    assert row
    return row.first


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-04-12", "12 Apr 2023"),
        ("2023-04-12T09:30+02:00", "12 Apr 2023 09:30+02:00"),
        ("2023-04-12T09:30Z", "12 Apr 2023 09:30Z"),
        ("2023-04-12 09:30:00", "12 Apr 2023 09:30"),
        ("2022-12~", "~Dec 2022"),
        ("2017-11/..", "Nov 2017–"),
        ("", "undated"),
        ("one day", "one day"),
        ("2023-02-30", "2023-02-30"),
    ],
)
def test_dates_in_a_few_words(edtf: str, words: str) -> None:
    assert format_index_date(edtf) == words


def test_a_row_has_date_headline_outlet_and_counts(index: Index) -> None:
    entry = make_article_entry(index, first(index, "hh-2023-04-12-ferry"), None)
    assert [(part.name, part.text) for part in entry.parts] == [
        ("date", "12 Apr 2023"),
        ("text", "Ferry pact signed in Port Arlen"),
        ("time", "09:30+02:00"),
        ("outlet", "Harbour Herald"),
    ]
    assert (str(entry.ref), entry.aside, entry.anchors) == ("hh-2023-04-12-ferry", "▪20 ❝6 ◷6", ())


def test_without_an_outlet_none_is_shown(index: Index) -> None:
    entry = make_article_entry(index, first(index, "radio-2024-08-05-slip"), None)
    assert [part.name for part in entry.parts] == ["date", "text"]


def test_what_there_is_none_of_is_not_counted(index: Index) -> None:
    row = index.articles.article(first(index, "hh-2023-04-12-ferry"))
    assert counts(row._replace(quotes=0)) == "▪20 ◷6"
    assert counts(row._replace(people=0, quotes=0, timeline=0)) == ""


@pytest.mark.parametrize("typed", ["toll", "quay", "speaker:okafor", '"the north bridge"', "event:2017.."])
def test_each_thing_found_is_a_link_to_its_place(index: Index, typed: str) -> None:
    shown = 0
    for found in index.articles.article_ids():
        entry = make_article_entry(index, found, query(typed))
        parts = [part.text for part in entry.parts if part.name == "excerpt"]
        assert len(parts) <= EXCERPTS
        for anchor in entry.anchors:
            (target,) = anchor.targets
            assert target.article == entry.ref.article
            row = index.entries.row_id_of(target)
            assert row is not None
            if target.span:
                stored = index.entries.at(row).entry.text
                assert entry.text[anchor.start : anchor.end] == stored[slice(*target.span)]
            shown += 1
        assert len(entry.anchors) >= len(parts)
    assert shown > 0


def test_what_is_found_without_words_is_a_link_as_a_whole(index: Index) -> None:
    entry = make_article_entry(index, first(index, "hh-2023-04-12-ferry"), query("speaker:okafor"))
    (anchor,) = entry.anchors
    assert entry.text[anchor.start : anchor.end] == next(part.text for part in entry.parts if part.name == "excerpt")
    assert str(anchor.targets[0]) == "hh-2023-04-12-ferry#quote/q1"


def test_the_headline_that_matches_is_on_the_row_already(index: Index) -> None:
    entries = index.entries.of_article(index.articles.article(first(index, "hh-2023-04-12-ferry")))
    found = list(find_excerpts(entries, query("pact")))
    assert len(found) > EXCERPTS
    assert all(ref.kind != "headline" for ref, _ in found)
    assert list(find_excerpts(entries, query("in:headline pact"))) == []


def test_what_is_not_found_has_no_excerpt(index: Index) -> None:
    assert make_article_entry(index, first(index, "radio-2024-08-05-slip"), query("zeppelin")).anchors == ()


@pytest.mark.parametrize("typed", ["speaker:han quay", "speaker:brandt bridge"])
def test_quotes_found_by_the_same_words_of_their_paragraph_are_shown_once(index: Index, typed: str) -> None:
    shown = 0
    for found in index.articles.article_ids():
        row = index.articles.article(found)
        excerpts = [(ref, one.found) for ref, one in find_excerpts(index.entries.of_article(row), query(typed))]
        assert len(set(excerpts)) == len(excerpts)
        shown += len(excerpts)
    assert shown > 1
