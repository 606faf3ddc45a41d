"""Tests that programs for citations print of an exported article what it says: pandoc, citeproc-js and biber."""

import html
import json
import re
from pathlib import Path

from consumer_programs import needs_node, needs_program, needs_python, run_node, run_program, run_python
from export_values import DATES_IN_WORDS, TITLES, cite, export_of, list_articles, make_placed_note, write_bytes, written

from dossier.core.dataclasses import replace
from dossier.core.ref import Ref
from dossier.export.biblatex import escape_tex
from dossier.export.citations import find_cited_date

STYLE = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>t</title><id>urn:t</id><updated>2026-11-28T00:00:00+00:00</updated></info>
  <locale xml:lang="en"><terms>
    {terms}
  </terms></locale>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><group delimiter="|">
    <text variable="title"/>
    <names variable="author"><name delimiter=" + "/></names>
    <text variable="container-title"/>
    <group>
      <choose><if is-uncertain-date="issued"><text value="about "/></if></choose>
      <date variable="issued" delimiter=" ">
        <date-part name="day"/><date-part name="month"/><date-part name="year"/>
      </date>
    </group>
    <text variable="note"/>
    <text variable="annote"/>
  </group></layout></bibliography>
</style>
"""
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = ("spring", "summer", "autumn", "winter")
TERMS = (
    *(f'<term name="month-{number:02}">{name}</term>' for number, name in enumerate(MONTHS, 1)),
    *(f'<term name="season-{number:02}">{name}</term>' for number, name in enumerate(SEASONS, 1)),
    *('<term name="open-quote">“</term>', '<term name="close-quote">”</term>'),
    *('<term name="open-inner-quote">‘</term>', '<term name="close-inner-quote">’</term>'),
    *('<term name="et-al">et al.</term>', '<term name="and">and</term>'),
)

DATES = (
    ("2023-04-12", "12 April 2023"),
    ("2023-04-12T09:30+02:00", "12 April 2023"),
    ("2023-04-12T23:30-11:00", "12 April 2023"),
    ("2023-04", "April 2023"),
    ("2006", "2006"),
    ("0999-03-01", "1 March 999"),
    ("2022-21", "spring 2022"),
    ("2022-22", "summer 2022"),
    ("2022-23", "autumn 2022"),
    ("2022-24", "winter 2022"),
    ("2022-22~", "about summer 2022"),
    ("2022-12~", "about December 2022"),
    ("2022-12-31?", "about 31 December 2022"),
    ("2022%", "about 2022"),
    ("2022-06-29/2022-06-30", "29–30 June 2022"),
    ("2022-12-31/2023-01-01", "31 December 2022–1 January 2023"),
    ("2022-06/2022-08", "June–August 2022"),
    ("2022/2024", "2022–2024"),
    ("2022-06-29~/2022-06-30~", "about 29–30 June 2022"),
    ("2022-06-29/2022-06-29", "29 June 2022"),
    *DATES_IN_WORDS,
)
"""Dates of every kind, and what is printed for each by the style of these tests."""

CITEPROC = """
const CSL = require("citeproc");
const [style, locale, items] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = Object.fromEntries(items.map(item => [item.id, item]));
const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: id => found[id]}, style);
engine.setOutputFormat("text");
engine.updateItems(Object.keys(found));
console.log(JSON.stringify(engine.makeBibliography()[1]));
"""
PANDOC = """
import pathlib, sys, pypandoc
folder, bibliography = map(pathlib.Path, sys.argv[1:])
words = ["--citeproc", "--wrap=none", "--csl", str(folder / "t.csl"), "--bibliography", str(bibliography)]
print(pypandoc.convert_text("---\\nnocite: '@*'\\n---\\n", "plain", "markdown", words))
"""


def style(folder: Path) -> str:
    """Write the style of these tests to a folder, and return it."""
    made = STYLE.format(terms="".join(TERMS))
    (folder / "t.csl").write_text(made, encoding="utf-8")
    return made


def print_with_pandoc(folder: Path, name: str, written: bytes) -> list[str]:
    """Return the lines of the bibliography that pandoc prints."""
    style(folder)
    path = folder / f"t.{name}"
    path.write_bytes(written)
    return [line.replace("999 AD", "999") for line in run_python(PANDOC, folder, path).splitlines() if line]


def print_with_citeproc_js(folder: Path, written: bytes) -> list[str]:
    """Return the lines of the bibliography that citeproc-js prints."""
    locale = (
        '<locale xmlns="http://purl.org/net/xbiblio/csl" xml:lang="en-US"><style-options/>'
        f"<terms>{''.join(TERMS)}</terms></locale>"
    )
    told = json.dumps([style(folder), locale, json.loads(written)])
    lines: list[str] = json.loads(run_node(CITEPROC, text=told))
    return [line.strip() for line in lines]


def read_with_biber(folder: Path, written: bytes) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the fields of each entry that biber read, by its key, and its warnings."""
    (folder / "t.bib").write_bytes(written)
    words = ("--tool", "--validate-datamodel", "--nolog", "--output-file", folder / "out.bib", folder / "t.bib")
    said = run_program("biber", *words, folder=folder)
    entries = (folder / "out.bib").read_text("utf-8").split("\n@")
    found = {
        entry.partition("{")[2].partition(",")[0]: dict(re.findall(r"^  (\w+) += \{(.*)\},$", entry, re.MULTILINE))
        for entry in entries
        if "{" in entry
    }
    return found, [line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]


def join_quotes(text: str) -> str:
    """Return text with one kind of quote mark and without spaces: programs for citations curl and space quote marks."""
    return "".join(re.sub('[‘’“”"`]', "'", text).split())


def dated(name: str) -> bytes:
    """Return the bibliography of articles with the dates of DATES."""
    articles = [cite(number, published=written(date)) for number, (date, _printed) in enumerate(DATES)]
    return write_bytes(name, export_of(*articles))


def titled(name: str) -> bytes:
    """Return the bibliography of articles with the headlines of TITLES, which are outlets and authors, too."""
    articles = [
        cite(number, headline=title, outlet=title, byline=(name_author(title), "others"), published=written("2023"))
        for number, title in enumerate(TITLES)
    ]
    return write_bytes(name, export_of(*articles))


def name_author(title: str) -> str:
    """Return a headline as the name of an author, but for two that are not printed as they are.

    Of a lone brace in a name pandoc prints the command that it is written as; citeproc-js ends a name at “|”.
    """
    return "Ida Brandt" if "|" in title or re.search(r"\$\\[lr]brace\$", escape_tex(title)) else title


PRINTED = [f"Ferry pact signed|Ida Brandt|Herald|{printed}" for _date, printed in DATES]
PRINTED_TITLES = [join_quotes(f"{title}|{name_author(title)} + others|{title}|2023") for title in TITLES]


@needs_python()
def test_pandoc_prints_the_day_that_was_written(tmp_path: Path) -> None:
    assert print_with_pandoc(tmp_path, "json", dated("csl")) == PRINTED


@needs_node()
def test_citeproc_js_prints_the_day_that_was_written(tmp_path: Path) -> None:
    # Its output is meant for HTML.
    assert [line.replace("&amp;", "&") for line in print_with_citeproc_js(tmp_path, dated("csl"))] == PRINTED


@needs_python()
def test_pandoc_prints_the_day_of_a_biblatex_entry(tmp_path: Path) -> None:
    # Of the marks of a date, pandoc reads only ~ in this format.
    unread = {printed for date, printed in DATES if date[-1] in "?%" and printed.startswith("about ")}
    assert unread
    wanted = [line.replace("|about ", "|") if line.split("|")[-1] in unread else line for line in PRINTED]
    assert print_with_pandoc(tmp_path, "bib", dated("biblatex")) == wanted


@needs_program("biber")
def test_biber_reads_the_date_that_was_written(tmp_path: Path) -> None:
    found, warnings = read_with_biber(tmp_path, dated("biblatex"))
    undated = []
    for (date, printed), (key, fields) in zip(DATES, found.items(), strict=True):
        cited = find_cited_date(written(date))
        if cited.points:
            wanted = date.partition("T")[0] if "T" in date else date
            assert fields["DATE"] in (wanted, wanted.lstrip("0"), wanted.partition("/")[0])
            assert "NOTE" not in fields
        else:
            assert "DATE" not in fields
            assert unescape(fields["NOTE"]) == printed
            undated.append(key)
    # An entry without a date is one that biblatex would like to have one.
    assert [re.findall(r"'(\w+)'", line)[0] for line in warnings if "one of 'date, year'" in line] == undated
    assert len(warnings) == len(undated)


@needs_python()
def test_pandoc_prints_every_headline(tmp_path: Path) -> None:
    for form, ending in (("csl", "json"), ("biblatex", "bib")):
        lines = print_with_pandoc(tmp_path, ending, titled(form))
        assert [join_quotes(line) for line in lines] == PRINTED_TITLES


@needs_node()
def test_citeproc_js_prints_every_headline(tmp_path: Path) -> None:
    lines = print_with_citeproc_js(tmp_path, titled("csl"))
    assert [join_quotes(html.unescape(line)) for line in lines] == PRINTED_TITLES


@needs_program("biber")
def test_biber_reads_every_headline(tmp_path: Path) -> None:
    found, warnings = read_with_biber(tmp_path, titled("biblatex"))
    assert not warnings
    assert [unescape(fields["TITLE"]) for fields in found.values()] == list(TITLES)
    assert [unescape(fields["JOURNALTITLE"]) for fields in found.values()] == list(TITLES)


@needs_program("biber")
def test_biber_knows_every_field(tmp_path: Path) -> None:
    url, date = "https://example.org/a?b=1%2F2&c_d=~#e", written("2023-04-12")
    whole = cite(1, subtitle="Daily", url=url, published=date, retrieved=date)
    note = make_placed_note("Ask 50 % of them.")
    written_out = [
        write_bytes("biblatex", export_of(replace(article, ref=Ref(f"k{number}")), notes=[note]))
        for number, article in enumerate([whole, replace(whole, outlet=""), replace(whole, outlet="", url="")])
    ]
    found, warnings = read_with_biber(tmp_path, b"".join(written_out))
    assert not warnings
    assert [fields.get("URL", "") for fields in found.values()] == [url, url, ""]
    assert {fields["ANNOTATION"] for fields in found.values()} == {r"Ask 50 \% of them."}
    assert {fields["URLDATE"] for fields in found.values()} == {"2023-04-12"}


@needs_python()
@needs_program("biber")
def test_the_articles_of_the_project_are_read(tmp_path: Path) -> None:
    articles = list_articles()
    headlines = [join_quotes(article.headline) for article in articles]
    for form, ending in (("csl", "json"), ("biblatex", "bib")):
        lines = print_with_pandoc(tmp_path, ending, write_bytes(form, export_of(*articles)))
        printed = zip(map(join_quotes, lines), headlines, strict=True)
        assert [line for line, headline in printed if not line.startswith(headline)] == []
    found, warnings = read_with_biber(tmp_path, write_bytes("biblatex", export_of(*articles)))
    assert len(found) == len(articles)
    assert [line for line in warnings if "Missing mandatory field" not in line] == []


def unescape(text: str) -> str:
    """Return what TeX prints of an escaped text."""
    plain = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", '{"}': '"', "{}": ""}
    plain |= {r"$\lbrace$": "{", r"$\rbrace$": "}", **{f"\\{char}": char for char in "$&#%_{}"}}
    whole = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    return re.sub("|".join(map(re.escape, plain)), lambda found: plain[found[0]], whole)
