"""Tests of exported pages of HTML: links, ids, escaping, marks, contrast. Browsers are tried in tests/consumers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import BUNDLED, DATA, EVERY, HARBOUR, NOTES, export_article, export_files, write_as
from html_reader import Page

from dossier.export.export import Export, ExportedArticle
from dossier.export.html_page import format_html
from dossier.export.html_style import DARK, LIGHT, STYLE


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR, "utf-8")
    return path


def page_of(*paths: Path, notes: tuple[tuple[str, str], ...] = ()) -> Page:
    return Page(write_as("html", export_files(paths, notes)))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_link_has_its_target_and_every_id_is_one(path: Path) -> None:
    page = page_of(path, notes=NOTES)
    assert page.faults == []
    assert [id for id, number in page.ids.items() if number > 1] == []
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside - page.ids.keys() == set()
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id) for id in page.ids)


def test_articles_in_one_page_have_ids_of_their_own_and_a_list() -> None:
    paths = [*EVERY, BUNDLED]
    page = page_of(*paths)
    assert page.faults == []
    assert [id for id, number in page.ids.items() if number > 1] == []
    assert {link[1:] for link in page.links if link.startswith("#")} - page.ids.keys() == set()
    assert page.texts["contents"].count("NATO takes up") == 2
    assert page.tags["article"] == len(paths)


def test_articles_are_read_one_after_the_other() -> None:
    export = export_files([BUNDLED] * 4)
    read = []

    def articles() -> Iterator[ExportedArticle]:
        for number, exported in enumerate(export.articles):
            read.append(number)
            yield exported

    seen = [(piece, len(read)) for piece in format_html(export._replace(articles=articles()))]
    begun = [number for piece, number in seen if piece.startswith("<article")]
    assert begun == [2, 2, 3, 4]


def test_what_is_shown_is_in_the_page() -> None:
    for path in EVERY:
        exported = export_article(path)
        page = page_of(path)
        for entry in exported.entries:
            for part in entry.parts:
                assert part.text in page.all, (path, part)


def test_names_and_evidence_lead_both_ways() -> None:
    text = write_as("html", export_files([BUNDLED]))
    page = Page(text)
    start, end = re.search(r'href="#para-p2_(\d+)-(\d+)">¶2<', text.partition('id="person-park"')[2]).groups()  # type: ignore[union-attr]
    assert page.texts[f"para-p2_{start}-{end}"] == "Park Jin"
    assert f'<a class="name" href="#person-park" id="para-p2_{start}-{end}">Park Jin</a>' in text
    marked = re.search(r'<mark class="said" id="(para-p2_[\d-]+)">', text)[1]  # type: ignore[index]
    assert page.texts[marked] == "reckless missile tests and nuclear programs"
    assert f'href="#{marked}"' in text
    assert re.search(r'nuclear programs</mark><a href="#quote-q2" class="to"[^>]*>q2</a>', text)
    assert re.search(r'id="event-e3".*?<a href="#para-p7_', text, re.DOTALL)
    assert re.search(
        r'<mark class="when"[^>]*>It fired upwards of 90 missiles last year</mark><a href="#event-e3"', text
    )


def test_words_that_may_mean_several_lead_to_each() -> None:
    text = write_as("html", export_files([BUNDLED]))
    (found,) = re.findall(r'possibly, <span class="open-name"[^>]*>Yoon</span>(.*?)</mark>', text)
    assert re.findall(r'href="([^"]*)"', found) == ["#person-yoon-suk-yeol", "#person-yoon-soon-gu"]


def test_nothing_of_an_article_is_markup(harbour: Path) -> None:
    text = write_as("html", export_files([harbour]))
    page = Page(text)
    assert page.faults == []
    assert not page.tags.keys() & {"script", "img", "b", "i", "link", "iframe", "object"}
    assert {link for link in page.links if not link.startswith("#")} == {
        "https://example.test/a?b=1&c=2",
        "https://example.test/minutes(1).pdf",
    }
    assert "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'" in text
    assert not re.search(r"url\((?!#)|@import|src=", re.sub(r"http://tracker\S*|&lt;.*?&gt;", "", text))


def test_the_language_is_that_of_the_article(harbour: Path) -> None:
    text = write_as("html", export_files([harbour]))
    assert '<html lang="ar">' in text
    assert '<bdi lang="ar">سلمى حداد</bdi>' in text
    assert '<html lang="en">' in write_as("html", export_files([harbour, BUNDLED]))


def test_a_language_that_is_none_is_left_out(harbour: Path) -> None:
    harbour.write_text(HARBOUR.replace("lang: ar", 'lang: "\\"><script>"'), "utf-8")
    text = write_as("html", export_files([harbour]))
    assert '<html lang="en">' in text
    assert '<article class="dossier" id="article" lang=""' in text


def test_flaws_are_shown_as_on_the_screen(harbour: Path) -> None:
    page = page_of(harbour)
    assert "✗ not in the article · ✗ nobody (no such entry)" in page.texts["quote-q3"]
    assert "! in several places" in page.texts["quote-q2"]
    assert "✗ not a valid date" in page.texts["event-e5"]


def test_notes_stand_at_their_words() -> None:
    text = write_as("html", export_files([BUNDLED], NOTES))
    page = Page(text)
    assert page.texts["note-1"] == "Reader’s noteCheck the *wording* #todo\nagainst <b>the</b> recording"
    assert "Reader’s mark on “Park Jin”" in page.texts["note-2"]
    assert '<mark class="noted"' in text
    assert page.links.count("#note-2") == 1
    assert "Call him." in page.texts["person-park"]


def test_notes_without_a_place_come_last() -> None:
    exported = export_article(BUNDLED, NOTES)
    lost = tuple(placed._replace(ref=None) for placed in exported.notes)
    export = export_files([BUNDLED])
    page = Page(write_as("html", export._replace(articles=[exported._replace(notes=lost)])))
    assert "Reader’s note, as it was, on" in page.texts["note-1"]
    assert page.all.index("Notes on other places") < page.all.index("Call him.")


@pytest.mark.parametrize("kind", ["para", "person", "quote", "event", "about", "none"])
def test_a_part_of_an_article_has_only_links_inside(kind: str) -> None:
    whole = export_article(BUNDLED, NOTES)
    part = whole._replace(entries=tuple(entry for entry in whole.entries if entry.ref.kind == kind))
    export = export_files([BUNDLED])
    page = Page(write_as("html", Export("part", [part], export.omissions, export.made)))
    assert page.faults == []
    assert {link[1:] for link in page.links if link.startswith("#")} - page.ids.keys() == set()


def test_no_article_is_an_empty_page() -> None:
    export = export_files([BUNDLED])
    page = Page(write_as("html", export._replace(articles=[])))
    assert page.faults == []
    assert page.tags["main"] == 1


def test_a_status_is_no_class_of_the_style_sheet(tmp_path: Path) -> None:
    """An event with the status `skip` was moved out of the page, as the link for skipping is."""
    path = tmp_path / "ferry.yaml"
    path.write_text("headline: A\nbody: [B]\ntimeline: [{date: 2023, what: Quay ready, status: skip}]\n", "utf-8")
    written = write_as("html", export_files([path]))
    assert written.count('class="entry event"') == 1
    assert 'event skip"' not in written


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "muted", "link", "flaw"])
@pytest.mark.parametrize("ground", ["paper", "said", "when", "noted"])
def test_every_text_has_contrast(theme: dict[str, str], text: str, ground: str) -> None:
    bright, dim = sorted((luminance(theme[text]), luminance(theme[ground])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_are_seen(theme: dict[str, str]) -> None:
    bright, dim = sorted((luminance(theme["bar"]), luminance(theme["paper"])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 3


def test_every_colour_of_the_style_sheet_is_a_variable() -> None:
    assert set(re.findall(r"var\(--(\w+)\)", STYLE)) == {*LIGHT, "serif", "sans"}
    rules = re.sub(r"--\w+:[^;}]*", "", STYLE)
    assert re.findall(r"#[0-9a-f]{3,6}\b|rgb\(", rules) == []


def test_the_demo_library_is_one_page() -> None:
    page = page_of(*sorted((DATA / "port-arlen").glob("2*.yaml")))
    assert "List of the articles, at the end" in page.all
