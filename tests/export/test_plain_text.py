"""Tests of entries as plain text: their order, their width, and that nothing is lost."""

import pytest
from articles import article, event, person, quote, term

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.export.plain_text import format_article, format_article_list, format_card, wrap_text
from dossier.text.width import width

LONG = "Two island councils signed a ferry pact on Tuesday, and Lena Okafor said so to whoever would listen."


def printed(made: Article, cells: int = 80) -> str:
    return format_article(make_panes(made, Links.of(made)), cells)


def full() -> Article:
    return article(
        LONG,
        "# What changes",
        "청주시는 제주항공과 업무협약을 체결했다." * 4,
        outlet="Harbour Herald",
        people=(person("okafor", "Lena Okafor"),),
        quotes=(quote("q1", at=["para/p1:0-3"]),),
        events=(event("e1"),),
        glossary=(term("PAA"),),
    )


def test_the_panes_come_in_order_and_the_foot_last() -> None:
    lines = printed(full()).splitlines()
    marks = (
        "Ferry pact signed",
        "Two island",
        "What changes",
        "People",
        "Quotes",
        "Timeline",
        "Glossary",
        "About this",
    )
    places = [next(number for number, line in enumerate(lines) if mark in line) for mark in marks]
    assert places == sorted(places)
    assert lines[places[1]].startswith("❝   1 Two island")


def test_what_the_article_lacks_has_no_title() -> None:
    assert printed(article("One.")) == "      Ferry pact signed\n\n    1 One."


@pytest.mark.parametrize("cells", [20, 40, 80, 100])
def test_no_line_is_wider_than_it_may_be_or_ends_in_a_space(cells: int) -> None:
    lines = printed(full(), cells).splitlines()
    assert [line for line in lines if width(line) > cells or line != line.rstrip()] == []


def row(number: int, label: str, text: str) -> Entry:
    return Entry(Ref("harbour:1", "about", str(number)), (Part("label", label), Part("text", text)), 0)


def test_a_card_has_its_labels_in_a_column() -> None:
    assert format_card([row(0, "name", "Lena Okafor"), row(1, "same as", LONG)], 40) == (
        "name         Lena Okafor\n"
        "same as      Two island councils signed\n"
        "             a ferry pact on Tuesday,\n"
        "             and Lena Okafor said so to\n"
        "             whoever would listen."
    )


@pytest.mark.parametrize("cells", [1, 8, 20, 21, 22, 23, 40])
def test_a_card_of_any_width_has_all_its_letters(cells: int) -> None:
    lines = format_card([row(0, "name", "Lena Okafor"), row(1, "same as", "a b c d e f")], cells)
    assert "".join(lines.replace("·", "").split()) == "nameLenaOkaforsameasabcdef"


def test_words_keep_their_lines() -> None:
    assert wrap_text("Two island councils\nsigned", 12) == "Two island\ncouncils\nsigned"


def test_a_list_names_the_ids() -> None:
    assert format_article_list([row(0, "1 May 2023", "Ferry"), row(1, "undated", "Quay")], 80) == (
        "1 May 2023   Ferry\n             harbour%3A1\nundated      Quay\n             harbour%3A1"
    )
