"""Tests of exported Markdown and of notes for Obsidian. The programs that read them are tried in tests/consumers."""

import re
from pathlib import Path

import pytest
import yaml
from documents import BUNDLED, EVERY, HARBOUR, NOTES, export_article, export_files, write_as
from hypothesis import given
from hypothesis import strategies as st

from dossier.export.export import Export
from dossier.export.markdown_escapes import escape_markdown
from dossier.export.obsidian import make_tag, quote_for_yaml


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Plain words, said (he) - well: yes. No", "Plain words, said (he) - well: yes. No"),
        ("2022. A year", r"2022\. A year"),
        ("in 2022. A year", "in 2022. A year"),
        ("12.5 per cent", "12.5 per cent"),
        ("1) x", r"1\) x"),
        ("iv. x", r"iv\. x"),
        ("(a) x", r"\(a) x"),
        ("5*3*2", r"5\*3\*2"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("a - b", "a - b"),
        ("a -- b...", r"a \-\- b\.\.\."),
        ("[a](b)", r"\[a\]\(b)"),
        ("really!", r"really\!"),
        ("a ! b", "a ! b"),
        ("<b>", r"\<b>"),
        ("AT&T & co", r"AT\&T & co"),
        ("http://a.b www.c.de", r"http\://a.b www\.c.de"),
        ("Mr. Reyes. He", r"Mr\. Reyes. He"),
        ("_Mr. Reyes", r"\_Mr\. Reyes"),
        ("==x== a = b", r"\=\=x\=\= a = b"),
        ("    x  ", "&#32;&#32;&#32;&#32;x&#32;&#32;"),
        ("a  b\tc", "a &#32;b&#9;c"),
        ("a\n- b", "a\\\n\\- b"),
        ("x\\", r"x\\"),
        ("", ""),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(st.text())
def test_only_signs_of_ascii_are_escaped(text: str) -> None:
    assert re.search(r"(?<!\\)(?:\\\\)*\\[^!-/:-@\[-`{-~\n]", escape_markdown(text)) is None


def test_the_article_has_its_parts_in_order() -> None:
    lines = write_as("markdown", export_files([BUNDLED])).splitlines()
    headings = [re.sub("<[^>]*>", "", line) for line in lines if line.startswith("#")]
    assert headings == [
        "# NATO takes up Pyongyang’s arms for Moscow",
        *("## People", "## Organisations", "## Places"),
        *("## Quotes", "### Jens Stoltenberg (6)", "### White House (1)", "### Park Jin (2)"),
        *("## Timeline", "### After publication, about 29 January 2023"),
        *("## Pictures and media", "## Glossary", "## About this article"),
    ]
    assert "Korea JoongAng Daily › National › Defense · about 29 January 2023" in lines[2]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_link_of_markdown_has_its_target_and_no_target_comes_twice(path: Path) -> None:
    text = write_as("markdown", export_files([path, BUNDLED]))
    targets = re.findall(r'<span id="([^"]*)"></span>', text)
    assert len(targets) == len(set(targets))
    linked = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert linked
    assert linked <= set(targets)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_link_inside_a_note_for_obsidian_has_its_block(path: Path) -> None:
    text = write_as("obsidian", export_files([path]))
    blocks = re.findall(r" \^([A-Za-z0-9-]+)$", text, re.MULTILINE)
    assert len(blocks) == len(set(blocks))
    linked = set(re.findall(r"\[\[#\^([^|]*)\|", text))
    assert linked
    assert linked <= set(blocks)


@pytest.mark.parametrize("form", ["markdown", "obsidian"])
def test_what_is_shown_is_written(form: str) -> None:
    for path in EVERY:
        text = write_as(form, export_files([path]))
        for entry in export_article(path).entries:
            for part in entry.parts:
                assert escape_markdown(part.text) in text or part.text in text, (path, part)


def test_what_is_not_exported_is_no_link() -> None:
    whole = export_article(BUNDLED)
    quotes = whole._replace(entries=tuple(entry for entry in whole.entries if entry.ref.kind == "quote"))
    export = export_files([BUNDLED])
    part = Export("quotes", [quotes], export.omissions, export.made)
    text = write_as("markdown", part)
    assert "](#" not in text
    assert "“a historic moment" in text
    assert "said · ¶5" in text


@pytest.mark.parametrize("form", ["markdown", "obsidian"])
def test_notes_are_quotations_that_say_what_they_are(form: str) -> None:
    text = write_as(form, export_files([BUNDLED], NOTES))
    assert "\n> **Reader’s mark on** “Park Jin”\n" in text
    assert "\n  > **Reader’s note**\n  >\n  > Call him.\n" in text
    tag = "#todo" if form == "obsidian" else r"\#todo"
    assert f"  > Check the \\*wording\\* {tag}\n  >\n  > against \\<b>the\\</b> recording\n" in text


def test_notes_without_a_place_come_last() -> None:
    exported = export_article(BUNDLED, NOTES)
    lost = [placed._replace(ref=None) for placed in exported.notes]
    export = export_files([BUNDLED])
    text = write_as("markdown", Export("x", [exported._replace(notes=tuple(lost))], export.omissions, export.made))
    last = text.partition("## Notes on other places")[2]
    assert "> **Reader’s mark, as it was, on** “Park Jin”" in last
    assert "> Call him." in last


def test_flaws_are_said(harbour: Path) -> None:
    text = write_as("markdown", export_files([harbour]))
    assert "“never said” · ✗ not in the article · nobody (✗ no such entry)" in text
    assert "“We knew nothing” · ! in several places" in text
    assert "a date that cannot be read · ✗ not a valid date" in text


def test_only_web_addresses_are_links(harbour: Path) -> None:
    text = write_as("markdown", export_files([harbour]))
    assert "<https://example.test/a?b=1&c=2>" in text
    assert "\njavascript\\:alert(1)\n" in text


def test_names_are_links_to_notes_where_a_note_can_have_the_name(harbour: Path) -> None:
    text = write_as("obsidian", export_files([harbour]))
    assert "- [[Tom Reyes]] · A\\|B" in text
    assert "- Council \\[of\\] Arlen ^org-council" in text
    assert "- **a clerk** · unnamed" in text


def test_front_matter_has_strings_alone(harbour: Path) -> None:
    _, front, _ = write_as("obsidian", export_files([harbour])).split("---\n", 2)
    assert yaml.safe_load(front) == {
        "title": "رصيف الميناء & <b>الجسر</b>",
        "outlet": "صحيفة الميناء",
        "published": "2024-05-02",
        "url": "javascript:alert(1)",
        "lang": "ar",
        "address": "harbour",
        "authors": ["ليلى حداد", "<img src=http://tracker.test/byline>"],
        "keywords": ["ميناء", "port works", "2024", "a,b", "#x", "no", "12:30"],
        "tags": ["ميناء", "port-works", "no"],
    }


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_back_from_yaml(text: str) -> None:
    assert yaml.safe_load(quote_for_yaml(text)) == text


@pytest.mark.parametrize(
    ("keyword", "tag"),
    [
        ("NATO", "NATO"),
        ("arms trade", "arms-trade"),
        ("a/b_c-d", "a/b_c-d"),
        ("ميناء", "ميناء"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("2024", ""),
        ("y2024", "y2024"),
        ("a,b", ""),
        ("#x", ""),
        ("C++", ""),
        ("", ""),
    ],
)
def test_tags(keyword: str, tag: str) -> None:
    assert make_tag(keyword) == tag
