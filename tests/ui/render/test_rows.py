from collections.abc import Callable

import pytest
from rooms import ferry, made, plain, ref

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.ui.render.entry_style import EntryLook
from dossier.ui.render.flow import Line, Segment, wrap_segments
from dossier.ui.render.rows import (
    LABEL_CELLS,
    draw_article,
    draw_caption,
    draw_event,
    draw_fact,
    draw_person,
    draw_quote,
)

Drawer = Callable[[Entry, EntryLook, int], tuple[Line, ...]]
STATE = ferry()


def entry(address: str) -> Entry:
    found = STATE.entry_of(ref(address))
    assert found is not None
    return found


def shown(lines: tuple[Line, ...]) -> list[str]:
    return [plain(line).rstrip() for line in lines]


@pytest.mark.parametrize(
    ("drawer", "address", "lines"),
    [
        (
            draw_person,
            "person/okafor",
            [
                "  Lena Okafor                           3 mentions  2 quotes",
                "   transport minister · Port Authority of Arlen",
            ],
        ),
        (draw_person, "person/han", ["  Han Seo-jin  한서진                     2 mentions  1 quote"]),
        (draw_person, "org/paa", ["  Port Authority of Arlen                         1 mention", "   also PAA"]),
        (
            draw_quote,
            "quote/run",
            ["  ❝ “We will run every day”", "    Lena Okafor · said"],
        ),
        (draw_quote, "quote/stays", ["  › the toll stays", "    Lena Okafor · told · to Han Seo-jin · indirect"]),
        (
            draw_quote,
            "quote/toll",
            ["  ❝ “No new toll”", "    ! in several places · an official · said"],
        ),
        (draw_event, "event/signed", [" 11 Apr 2023   ● Pact signed", "                 Lena Okafor · quote run"]),
        (
            draw_event,
            "event/quay",
            [" ~Jun 2023     ○ Quay ready", "                 planned · Port Authority of Arlen"],
        ),
        (draw_event, "event/someday", [" undated       ● Bridge closed", "                 “one day”"]),
        (draw_fact, "about/outlet", ["  outlet       Harbour Herald"]),
        (draw_fact, "term/pact", ["  pact         what both have signed"]),
        (draw_caption, "media/boat", ["  Lena Okafor at the quay", "  photo · Tom Reyes · Lena Okafor"]),
    ],
)
def test_a_row(drawer: Drawer, address: str, lines: list[str]) -> None:
    one = entry(address)
    found = shown(drawer(one, EntryLook(), 60))
    assert [line.split() for line in found[: len(lines)]] == [
        [*line.split(), *(one.aside.split() if number == 0 and not line.endswith(one.aside) else ())]
        for number, line in enumerate(lines)
    ]
    assert [len(line) - len(line.lstrip()) for line in found] == [len(line) - len(line.lstrip()) for line in lines]


def test_the_aside_stands_at_the_right() -> None:
    first, second = shown(draw_quote(entry("quote/run"), EntryLook(), 40))
    assert first.endswith("¶1")
    assert len(first) == 40
    assert second.strip() == "Lena Okafor · said"


@pytest.mark.parametrize(("status", "glyph"), [("happened", "●"), ("planned", "○"), ("alleged", "?"), ("denied", "¬")])
def test_the_status_of_an_event_has_a_glyph(status: str, glyph: str) -> None:
    article = made(f"headline: A\nbody: B\ntimeline:\n  - {{date: 2006, what: C, status: {status}}}")
    (one,) = make_panes(article, Links.of(article))["timeline"]
    assert glyph in plain(draw_event(one, EntryLook(), 60)[0])


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("direct", "❝ “B c”"),
        ("mixed", "› B c"),
        ("indirect", "› B c"),
        ("reported", "› B c"),
        ("free-indirect", "› B c"),
    ],
)
def test_only_direct_words_stand_between_quote_marks(form: str, first: str) -> None:
    article = made(f"headline: A\nbody: Text B c d\nquotes:\n  - {{text: B c, form: {form}}}")
    (one,) = make_panes(article, Links.of(article))["quotes"]
    assert plain(draw_quote(one, EntryLook(), 60)[0]).removesuffix("¶1").strip() == first


def test_a_mixed_quote_has_the_mark_of_own_words_only_if_it_shows_which_they_are() -> None:
    article = made("headline: A\nbody: Text B c d\nquotes:\n  - {text: 'Text “B c”', form: mixed}")
    (one,) = make_panes(article, Links.of(article))["quotes"]
    assert plain(draw_quote(one, EntryLook(), 60)[0]).startswith("  ❝ Text “B c”")
    bare = made("headline: A\nbody: Text B c d\nquotes:\n  - {text: Text B c, form: mixed}")
    (one,) = make_panes(bare, Links.of(bare))["quotes"]
    lines = draw_quote(one, EntryLook(), 60)
    assert plain(lines[0]).startswith("  › Text B c")
    assert "said" not in {style for line in lines for piece in line for style in piece.style.split()}
    assert "! no quote marks show which words are the speaker's own" in plain(lines[1])


def test_the_cursor_has_the_whole_row() -> None:
    lines = draw_person(entry("person/okafor"), EntryLook(cursor_line=0), 60)
    assert [line[0].text for line in lines] == ["▌", "▌"]


def test_what_is_lit_shows_without_the_cursor() -> None:
    lines = draw_person(entry("person/okafor"), EntryLook(highlighted=frozenset({ref("person/okafor")})), 60)
    assert [line[0].text for line in lines] == ["•", " "]
    assert [piece.style for piece in lines[0] if piece.text == "Lena Okafor"] == ["name lit"]


def test_a_reference_that_finds_nothing_says_so() -> None:
    article = made("headline: A\nbody: B\ntimeline:\n  - {date: 2006, what: C, people: [nobody]}")
    (one,) = make_panes(article, Links.of(article))["timeline"]
    lines = draw_event(one, EntryLook(), 60)
    assert "✗ nobody (no such entry)" in plain(lines[1])
    assert {piece.style for piece in lines[1] if "nobody" in piece.text} == {"flaw"}


def test_a_long_label_stands_above_its_fact() -> None:
    article = made("headline: A\nbody: B\nan unknown key: value")
    one = make_panes(article, Links.of(article))["article"][-1]
    assert shown(draw_fact(one, EntryLook(), 60)) == ["  an unknown key", "    value"]


def test_a_name_as_wide_as_its_column_keeps_its_text_beside_it() -> None:
    name = "webannotation"
    row = Entry(Ref("", "about", name), (Part("label", name), Part("text", "notes")), 1)
    assert len(name) == LABEL_CELLS
    assert shown(draw_fact(row, EntryLook(), 60)) == [f"  {name} notes"]


def test_a_web_address_leads_there() -> None:
    told = Entry(Ref("", "about", "url"), (Part("label", "address"), Part("url", "https://example.org/ä b")), 0)
    styles = {piece.text: piece.style for line in draw_fact(told, EntryLook(), 60) for piece in line}
    assert "link:https://example.org/%C3%A4%20b" in styles["https://example.org/ä b"].split()


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        (60, 0),
        # "Ferry pact signed in Port Arlen" is 31 wide, and gives way to the aside.
        (48, 0),
        # Too narrow for that: beside the end of the headline, not below the hits.
        (36, 1),
        (24, 5),
    ],
)
def test_the_numbers_of_an_article_stand_at_its_headline_and_only_that_is_narrowed(cells: int, at: int) -> None:
    parts = (
        Part("date", "12 Apr 2023"),
        Part("text", "Ferry pact signed in Port Arlen"),
        Part("outlet", "Harbour Herald"),
        Part("hit", "the ferry is to run from June on and the pact holds ten years"),
    )
    row = Entry(Ref("ferry"), parts, 0, aside="▪8 ❝15")
    lines = shown(draw_article(row, EntryLook(), cells))
    assert [number for number, line in enumerate(lines) if line.endswith("▪8 ❝15")] == [at]
    assert at < next(number for number, line in enumerate(lines) if "Harbour" in line)
    hits = wrap_segments([Segment(parts[-1].text, "body", 0)], (), cells - 15)
    assert [line.strip() for line in lines[-len(hits) :]] == [plain(line).strip() for line in hits]
