from collections.abc import Mapping
from pathlib import Path

import pytest
from rooms import FERRY, FILES, made, ref, stored

from dossier.core.dates.days import Day
from dossier.core.entry import EntryFacts
from dossier.core.links import Links
from dossier.core.model import WrittenDate
from dossier.core.ref import Ref
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import collect_article_fields, collect_entry_facts, get_date_bounds

LENA, HAN, PAA = ("Lena Okafor",), ("Han Seo-jin", "한서진"), ("Port Authority of Arlen", "PAA")
SHARED = {
    "outlet": ("Harbour Herald",),
    "byline": ("Ida Brandt",),
    "section": ("National", "Transport"),
    "keyword": ("ferries", "islands"),
}


@pytest.fixture(scope="module")
def found() -> Mapping[Ref, EntryFacts]:
    article = made(FERRY)
    links = Links.of(article)
    return collect_entry_facts(
        article, links, [entry for shown in make_panes(article, links).values() for entry in shown]
    )


def own(about: EntryFacts) -> dict[str, tuple[str, ...]]:
    return {name: texts for name, texts in about.fields.items() if name not in SHARED}


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("headline", {}),
        ("para/p3", {}),
        ("quote/run", {"speaker": LENA, "person": LENA, "form": ("direct",)}),
        ("quote/stays", {"speaker": LENA, "person": (*LENA, *HAN), "form": ("indirect",)}),
        ("quote/toll", {"speaker": ("an official",), "form": ("direct",)}),
        ("quote/ready", {"speaker": HAN, "person": HAN, "form": ("indirect",)}),
        ("event/signed", {"person": LENA, "status": ("happened",)}),
        ("event/charged", {"place": ("Port Arlen",), "status": ("happened",)}),
        ("event/quay", {"org": PAA, "status": ("planned",)}),
        ("event/someday", {"status": ("happened",)}),
        ("person/okafor", {"person": LENA, "org": PAA}),
        ("org/paa", {"person": LENA, "org": PAA}),
        ("media/boat", {"person": LENA}),
    ],
)
def test_fields_of_an_entry(found: Mapping[Ref, EntryFacts], address: str, fields: dict[str, tuple[str, ...]]) -> None:
    assert {name: sorted(texts) for name, texts in own(found[ref(address)]).items()} == {
        name: sorted(texts) for name, texts in fields.items()
    }


def test_the_speaker_is_nobody_whom_it_is_said_to(found: Mapping[Ref, EntryFacts]) -> None:
    assert found[ref("quote/stays")].fields["speaker"] == LENA


def test_a_paragraph_has_whom_it_mentions_by_all_their_names(found: Mapping[Ref, EntryFacts]) -> None:
    fields = found[ref("para/p2")].fields
    assert {*LENA, *HAN} <= set(fields["person"])
    assert {"Tom Reyes", "Ana Reyes"} <= set(fields["person"])
    assert len(fields["person"]) == len(set(fields["person"]))


def test_every_entry_shares_what_is_of_the_article(found: Mapping[Ref, EntryFacts]) -> None:
    assert collect_article_fields(made(FERRY)) == SHARED
    assert all(SHARED.items() <= about.fields.items() for about in found.values())
    assert collect_article_fields(made("{headline: x, body: y}")) == {}


def test_dates(found: Mapping[Ref, EntryFacts]) -> None:
    day = Day(2023, 4, 12)
    assert {about.published for about in found.values()} == {(day, day)}
    assert found[ref("event/charged")].date == (Day(2017, 11, 1), None)
    assert found[ref("event/signed")].date == (Day(2023, 4, 11), Day(2023, 4, 11))
    assert found[ref("event/someday")].date is None
    assert all(about.date is None for entry, about in found.items() if entry.kind != "event")


@pytest.mark.parametrize("dated", [None, WrittenDate("one day", None)])
def test_a_date_that_cannot_be_read_bounds_nothing(dated: WrittenDate | None) -> None:
    assert get_date_bounds(dated) is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_field_of_persons_has_is_what_is_linked(path: Path) -> None:
    article = stored(path)
    links = Links.of(article)
    entries = [entry for shown in make_panes(article, links).values() for entry in shown]
    found = collect_entry_facts(article, links, entries)
    assert set(found) == {entry.ref for entry in entries}
    for entry in entries:
        meant = {one.name for one in article.people if one.ref in (entry.ref, *links.linked_refs(entry.ref))}
        assert meant <= set(found[entry.ref].fields.get("person", ()))
