from rooms import made

from dossier.core.links import LinkKind, Links
from dossier.core.ref import Ref
from dossier.core.views.card import make_card
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import collect_entry_facts

FILE = """\
headline: A
body: [Lena Okafor opened the north bridge.]
people: {okafor: Lena Okafor, han: Han Seo-jin}
places: {bridge: north bridge}
timeline:
  - 2023-04-11: Okafor opens the north bridge
  - {date: 2023-04-12, what: Okafor leaves, people: [han]}
"""
ARTICLE = made(FILE, "a")
LINKS = Links.of(ARTICLE)
EVENT, OKAFOR, BRIDGE = Ref("a", "event", "e1"), Ref("a", "person", "okafor"), Ref("a", "place", "bridge")


def test_what_the_text_of_an_event_names_is_linked_in_that_text() -> None:
    first, second = make_panes(ARTICLE, LINKS)["timeline"]
    assert [(first.text[one.start : one.end], one.targets) for one in first.anchors] == [
        ("Okafor", (OKAFOR,)),
        ("north bridge", (BRIDGE,)),
    ]
    assert [part.name for part in first.parts] == ["date", "text"]
    assert [part.text for part in second.parts if part.name == "people"] == ["Han Seo-jin"]
    assert "Okafor" not in [second.text[one.start : one.end] for one in second.anchors]


def test_an_event_and_what_was_found_in_it_light_each_other() -> None:
    assert {OKAFOR, BRIDGE} <= LINKS.find_highlighted([EVENT])
    assert EVENT in LINKS.find_highlighted([OKAFOR])
    assert {link.kind for link in LINKS.links_at(EVENT)} == {LinkKind.MENTION}
    assert LINKS.count_mentions(OKAFOR) == 1


def test_what_was_found_in_an_event_is_shown_as_found_and_is_searched_for() -> None:
    shown = {tuple(part.text for part in row.parts) for row in make_card(ARTICLE, LINKS, EVENT)}
    assert {("found in it", "Lena Okafor"), ("found in it", "north bridge")} <= shown
    assert not [text for name, text in shown if name in ("people", "places")]
    entries = make_panes(ARTICLE, LINKS)["timeline"]
    assert collect_entry_facts(ARTICLE, LINKS, entries)[EVENT].fields["person"] == ("Lena Okafor",)
