"""Any well-typed article is loaded, drawn, printed, exported and searched, whatever its texts hold.

In every run there are a few examples of each; DOSSIER_FUZZ=5000 tries so many (see `any_examples`).
"""

import datetime
import json
import unicodedata
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from all_readers import read_json, read_registry, read_yaml
from any_examples import examples
from hostile_articles import TEXTS, Fields, articles, registries, to_json
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.matcher import match
from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.query_parser import parse_search
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.export.address import resolve_to_object, resolve_to_text
from dossier.export.export import Export, Omissions
from dossier.export.export_selection import select_entries
from dossier.export.formats import FORMATS, ExportFormat, write_export
from dossier.library.index.reader import Index
from dossier.library.index.update import update_index
from dossier.library.scope_search import find_matches
from dossier.loader.article import load_article
from dossier.loader.converters.yaml_text import write_yaml
from dossier.text.sanitize import sanitize_excerpt
from dossier.ui.layout import Screen, fit_panes
from dossier.ui.render.ascii import to_ascii_line
from dossier.ui.render.flow import measure_line
from dossier.ui.state import focus_pane, open_article_state
from dossier.ui.view import ScreenRenderer, View

TODAY = datetime.date(2026, 11, 23)
MADE = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)
SIZES = st.tuples(st.integers(1, 200), st.integers(1, 50)) | st.sampled_from(((1, 1), (40, 12), (80, 24), (200, 50)))
PANES = ("article", "people", "quotes", "timeline")
TEXT_FORMATS = tuple(form for form in FORMATS if form.name != "xlsx")
LINE_ENDS = {"\n", "\r", "\t"}


def opened(fields: Fields) -> tuple[Article, tuple[Problem, ...]]:
    """Return the article and its problems; the strategies make none that cannot be opened."""
    loaded = read_json(to_json(fields))
    assert loaded.article, loaded.problems
    return loaded.article, loaded.problems


def reading_of(fields: Fields) -> Reading:
    return make_reading(*opened(fields))


def assert_harmless(text: str) -> None:
    """Assert that a text to print has no control character but the ends of lines, and no unsafe code point."""
    assert not {char for char in text if unicodedata.category(char) == "Cc"} - LINE_ENDS
    assert all(sanitize_excerpt(line) == line for line in text.replace("\r", "").replace("\t", " ").split("\n"))


@examples()
@given(articles())
def test_it_is_read_from_json_and_from_yaml_alike(fields: Fields) -> None:
    article, problems = opened(fields)
    twin = read_yaml(write_yaml(fields).encode())
    assert twin.article
    assert {one.code for one in twin.problems} == {one.code for one in problems}
    assert twin.article.headline == article.headline
    assert [block.text for block in twin.article.body] == [block.text for block in article.body]
    assert [(one.parts, one.evidence) for one in twin.article.quotes] == [
        (one.parts, one.evidence) for one in article.quotes
    ]
    assert [(one.ref, one.name) for one in twin.article.people] == [(one.ref, one.name) for one in article.people]
    assert [(one.what, one.date) for one in twin.article.events] == [(one.what, one.date) for one in article.events]
    assert [(one.text_ref, one.targets) for one in twin.article.mentions] == [
        (one.text_ref, one.targets) for one in article.mentions
    ]


@examples()
@given(articles(), SIZES, st.sampled_from(PANES), st.booleans(), st.booleans())
def test_it_is_drawn_on_a_screen_of_any_size(
    fields: Fields, size: tuple[int, int], pane: str, alone: bool, linear: bool
) -> None:
    screen = Screen(*size, alone=alone, linear=linear)
    state = fit_panes(focus_pane(open_article_state(*opened(fields)), pane), screen)
    lines = ScreenRenderer().lines(state, View(screen, (("j", "Next"), ("q", "Quit"))))
    assert len(lines) == size[1]
    for line in chain(lines, map(to_ascii_line, lines)):
        assert measure_line(line) == size[0]
        assert_harmless("".join(piece.text for piece in line))


@examples()
@given(articles(), st.integers(1, 120))
def test_each_of_its_entries_is_printed(fields: Fields, cells: int) -> None:
    reading = reading_of(fields)
    entries = chain.from_iterable(reading.entries.values())
    for ref in (reading.article.ref, *(entry.ref for entry in entries)):
        assert_harmless(resolve_to_text(reading.article, ref, cells))
        told = json.dumps(resolve_to_object(reading.article, ref), ensure_ascii=False)
        assert json.loads(told)
        assert_harmless(told)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@examples(0.5)
@given(first=articles(), second=articles())
def test_it_is_exported_in_every_format(form: ExportFormat, first: Fields, second: Fields) -> None:
    if form.missing:
        pytest.skip(form.missing)
    chosen = [select_entries(reading_of(fields)) for fields in ([first] if form.is_single else [first, second])]
    data = b"".join(write_export(form, Export(chosen[0].article.headline, chosen, Omissions(), MADE)))
    if form in TEXT_FORMATS:
        assert_harmless(data.decode())
    if form.ending.endswith("json") and form.name not in ("ftm",):
        assert json.loads(data) is not None


def matches(readings: Iterable[Reading], typed: str) -> set[Ref]:
    """Return what the query finds without an index, and assert that each place of a hit is in its text."""
    query, found = parse_search(typed, TODAY), set[Ref]()
    if query.root is None:
        return found
    for reading in readings:
        for entry in chain.from_iterable(reading.entries.values()):
            if hit := match(query, entry, reading.entry_facts[entry.ref]):
                assert all(0 <= start < end <= len(entry.text) for start, end in hit.spans)
                found.add(entry.ref)
    return found


@examples()
@given(articles(), st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_it_is_found_with_the_index_as_without(fields: Fields, typed: list[str], data: st.DataObject) -> None:
    words = data.draw(
        st.sampled_from(" ".join(block for block in fields["body"] if isinstance(block, str)).split() or ["a"])
    )
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", f"{folder}/cache")
        root = Path(folder, "library")
        root.mkdir()
        root.joinpath("one.json").write_bytes(to_json({**fields, "id": "one"}))
        loaded = load_article(root / "one.json")
        assert loaded.article
        readings = [make_reading(loaded.article, loaded.problems)]
        update_index(root)
        index = Index.open(root)
        assert index
        try:
            for query in (*typed, words, f'"{words}"', f"speaker:{words}", f"about:{words} -{typed[0]}"):
                parsed = parse_search(query, TODAY)
                rows = (
                    [row for found in find_matches(index, parsed) if found for row in found[1]] if parsed.root else []
                )
                assert {index.entries.at(row).entry.ref for row in rows} == matches(readings, query), query
        finally:
            index.close()


@examples()
@given(registries())
def test_any_registry_is_read(fields: Fields) -> None:
    for data in (to_json(fields), write_yaml(fields).encode()):
        read_registry(data)
