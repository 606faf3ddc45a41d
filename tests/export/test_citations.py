"""Tests of what citations say, and of the two formats for them."""

import json

import pytest
from export_values import DATES_IN_WORDS, TITLES, cite, export_of, list_articles, make_placed_note, write_bytes, written

from dossier.core.ref import Ref
from dossier.export.biblatex import escape_tex, make_citation_key
from dossier.export.citations import CitedDate, find_cited_date


@pytest.mark.parametrize(
    ("edtf", "points", "marks"),
    [
        ("2023-04-12", (("2023", "04", "12"),), ""),
        ("2023-04", (("2023", "04", ""),), ""),
        ("2006", (("2006", "", ""),), ""),
        ("0044", (("0044", "", ""),), ""),
        ("9999-12-31", (("9999", "12", "31"),), ""),
        ("2022-21", (("2022", "21", ""),), ""),
        ("2022-24~", (("2022", "24", ""),), "~"),
        ("2022-12~", (("2022", "12", ""),), "~"),
        ("2022-12?", (("2022", "12", ""),), "?"),
        ("2022-12-01%", (("2022", "12", "01"),), "~?"),
        ("2022-06-29/2022-06-30", (("2022", "06", "29"), ("2022", "06", "30")), ""),
        ("2022~/2023~", (("2022", "", ""), ("2023", "", "")), "~"),
        ("2022-06-29/2022-06-29", (("2022", "06", "29"),), ""),
        ("2023-04-12T09:30+02:00", (("2023", "04", "12"),), ""),
        ("2023-04-12T09:30/2023-04-12T10:00", (("2023", "04", "12"),), ""),
    ],
)
def test_a_date_that_every_program_holds_is_cited_in_numbers(
    edtf: str, points: tuple[tuple[str, str, str], ...], marks: str
) -> None:
    found = find_cited_date(written(edtf))
    assert found == CitedDate(found.words, points, "~" in marks, "?" in marks)


@pytest.mark.parametrize(("edtf", "words"), DATES_IN_WORDS)
def test_every_other_date_is_cited_in_words(edtf: str, words: str) -> None:
    assert find_cited_date(written(edtf)) == CitedDate(words)


def test_csl_has_date_parts_or_words_and_never_both() -> None:
    dates = ("2022-06-29/2022-06-30", "2022-24%", "2017-11/..", "0044-03~")
    exported = export_of(*[cite(number, published=written(date)) for number, date in enumerate(dates)])
    items = json.loads(write_bytes("csl", exported))
    assert [item["issued"] for item in items] == [
        {"date-parts": [[2022, 6, 29], [2022, 6, 30]]},
        {"date-parts": [[2022]], "season": 4, "circa": True},
        {"literal": "since November 2017"},
        {"date-parts": [[44, 3]], "circa": True},
    ]


def test_csl_has_the_facts_of_the_article() -> None:
    article = cite(
        1,
        byline=("Ida Brandt <ida@example.org>", "Tom Reyes"),
        section=("National", "Transport"),
        url="https://example.org/a",
        lang="en",
        published=written("2023-04-12T09:30+02:00"),
        retrieved=written("2023-05"),
    )
    exported = export_of(article, notes=[make_placed_note("Ask.", ref=Ref("a001", "para", "p3")), make_placed_note("")])
    assert json.loads(write_bytes("csl", exported)) == [
        {
            "id": "a001",
            "type": "article-newspaper",
            "title": "Ferry pact signed",
            "author": [{"literal": "Ida Brandt"}, {"literal": "Tom Reyes"}],
            "container-title": "Herald",
            "section": "National › Transport",
            "issued": {"date-parts": [[2023, 4, 12]]},
            "accessed": {"date-parts": [[2023, 5]]},
            "URL": "https://example.org/a",
            "language": "en",
            "annote": "¶3: Ask.",
        }
    ]
    assert exported.omissions.messages() == (
        "1 byline written without the address in “<…>”",
        "1 clock time left out: a reference has only days",
        "1 mark left out: a reference has only notes with a text",
    )


@pytest.mark.parametrize(
    ("title", "name", "told"),
    [
        ("a <i>b</i>", "Ida", ("1 text with tags that programs for citations take for italics and the like",)),
        ("H<sub>2</sub>O", "Ida", ("1 text with tags that programs for citations take for italics and the like",)),
        ("a", "I | T", ("1 byline with “|”, which some programs for citations take for the end of a name",)),
        ("1 < 2 > 1 | <script>x</script>", "Ida", ()),
    ],
)
def test_csl_counts_what_is_read_as_something_else(title: str, name: str, told: tuple[str, ...]) -> None:
    exported = export_of(cite(1, headline=title, byline=(name,)))
    (item,) = json.loads(write_bytes("csl", exported))
    assert (item["title"], item["author"]) == (title, [{"literal": name}])
    assert exported.omissions.messages() == told


@pytest.mark.parametrize("name", ["csl", "biblatex"])
def test_entries_are_counted_but_for_those_that_the_citation_holds(name: str) -> None:
    (bundled,) = [article for article in list_articles() if article.ref.article == "nato-seoul-2023"]
    exported = export_of(bundled)
    (first,) = [one.entries for one in export_of(bundled).articles]
    write_bytes(name, exported)
    held = {"csl": 6, "biblatex": 4}[name]
    left_out = len(first) - held
    assert exported.omissions.messages()[0] == f"{left_out} entries left out: a reference is to a whole article"


def test_an_export_without_articles_is_an_empty_list() -> None:
    assert json.loads(write_bytes("csl", export_of())) == []
    assert write_bytes("biblatex", export_of()) == b""


def test_biblatex_has_the_facts_of_the_article() -> None:
    article = cite(
        1,
        subtitle="Daily & cheap",
        byline=("Ida Brandt", "Tom Reyes"),
        url="https://example.org/a b{c}?d=50%25#e_f",
        published=written("2017-11/.."),
        retrieved=written("2023-05-01?"),
    )
    exported = export_of(article, notes=[make_placed_note("50 %\nAsk."), make_placed_note("Two")])
    assert write_bytes("biblatex", exported).decode() == (
        "@article{a001,\n"
        "  author = {{Ida Brandt} and {Tom Reyes}},\n"
        "  title = {{Ferry pact signed}},\n"
        "  subtitle = {{Daily \\& cheap}},\n"
        "  journaltitle = {{Herald}},\n"
        "  entrysubtype = {newspaper},\n"
        "  note = {since November 2017},\n"
        "  url = {https://example.org/a%20b%7Bc%7D?d=50%25#e_f},\n"
        "  urldate = {2023-05-01?},\n"
        "  annotation = {50 \\%\\par Ask.\\par Two},\n"
        "}\n\n"
    )


def test_biblatex_counts_a_retrieval_date_that_it_cannot_hold() -> None:
    exported = export_of(cite(1, outlet="", url="https://example.org", retrieved=written("../2017")))
    assert write_bytes("biblatex", exported).decode().startswith("@online{")
    assert "1 retrieval date left out: biblatex has no field for its words" in exported.omissions.messages()


@pytest.mark.parametrize("title", TITLES)
def test_braces_are_in_balance_however_they_are_escaped(title: str) -> None:
    depth = 0
    for char in escape_tex(title):
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("id", "taken", "key"),
    [
        ("hh-2023-04-12-ferry", (), "hh-2023-04-12-ferry"),
        ("a.b_c/d", (), "a-b-c-d"),
        ("a.b", ("a-b",), "a-b-"),
        ("Ab", ("ab",), "Ab-"),
        ("Café", (), "Cafe"),
        ("한국-2023", (), "2023-"),
        ("한국", (), "article-"),
        ("…", (), "article-"),
    ],
)
def test_a_key_is_safe_and_unique(id: str, taken: tuple[str, ...], key: str) -> None:
    made = make_citation_key(id, set(taken))
    assert made == key or (key.endswith("-") and made.startswith(key) and len(made) == len(key) + 8)
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert made.lower() not in taken


def test_one_id_twice_gives_two_keys() -> None:
    lines = write_bytes("biblatex", export_of(cite(1), cite(1), cite(1))).decode().splitlines()
    assert len({line for line in lines if line.startswith("@")}) == 3
