from pathlib import Path

import pytest
from rooms import FERRY, FILES, made, ref, short, stored

from dossier.core.entry import PANES, Entry, Part, add_quote_counts
from dossier.core.links import Links
from dossier.core.model import Reference, WrittenDate
from dossier.core.views.labels import format_evidence, format_place
from dossier.core.views.panes import make_panes
from dossier.core.views.wording import format_written_date, make_reference_part


@pytest.fixture(scope="module")
def shown() -> dict[str, tuple[Entry, ...]]:
    article = made(FERRY)
    return dict(make_panes(article, Links.of(article)))


def entry(shown: dict[str, tuple[Entry, ...]], address: str) -> Entry:
    return next(one for name in PANES for one in shown[name] if one.ref == ref(address))


def fields(one: Entry) -> list[tuple[str, str]]:
    return [(part.name, part.text) for part in one.parts]


@pytest.mark.parametrize(
    ("pane", "addresses"),
    [
        (
            "article",
            "headline subtitle para/p1 heading/h1 para/p2 para/p3 para/p4 media/boat document/d1 term/pact "
            "about/byline about/outlet about/section about/published about/keywords about/mood",
        ),
        ("people", "person/okafor person/han person/tom person/ana org/paa place/arlen source/an%20official"),
        ("quotes", "quote/run quote/stays quote/toll quote/ready"),
        ("timeline", "event/charged event/opened event/signed event/quay event/someday"),
    ],
)
def test_a_pane_and_its_order(shown: dict[str, tuple[Entry, ...]], pane: str, addresses: str) -> None:
    assert [short(one.ref) for one in shown[pane]] == addresses.split()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("headline", [("text", "Ferry pact signed")]),
        (
            "person/okafor",
            [("name", "Lena Okafor"), ("role", "transport minister"), ("org", "Port Authority of Arlen")],
        ),
        ("person/han", [("name", "Han Seo-jin"), ("native", "한서진")]),
        ("org/paa", [("name", "Port Authority of Arlen"), ("aliases", "PAA")]),
        ("source/an%20official", [("name", "an official"), ("note", "unnamed")]),
        ("quote/run", [("text", "We will run every day"), ("speaker", "Lena Okafor"), ("cue", "said")]),
        (
            "quote/stays",
            [
                ("text", "the toll stays"),
                ("speaker", "Lena Okafor"),
                ("cue", "told"),
                ("to", "Han Seo-jin"),
                ("form", "indirect"),
            ],
        ),
        ("event/charged", [("date", "Nov 2017–"), ("text", "Toll charged"), ("places", "Port Arlen")]),
        ("event/someday", [("date", "undated"), ("text", "Bridge closed"), ("date_text", "one day")]),
        ("term/pact", [("term", "pact"), ("meaning", "what both have signed")]),
        (
            "media/boat",
            [
                ("text", "Lena Okafor at the quay"),
                ("type", "photo"),
                ("credit", "Tom Reyes"),
                ("shows", "Lena Okafor"),
            ],
        ),
        ("about/section", [("label", "section"), ("text", "National › Transport")]),
        ("about/mood", [("label", "mood"), ("text", "calm")]),
    ],
)
def test_the_parts_of_an_entry(
    shown: dict[str, tuple[Entry, ...]], address: str, expected: list[tuple[str, str]]
) -> None:
    assert fields(entry(shown, address)) == expected


@pytest.mark.parametrize(
    ("address", "group", "aside"),
    [
        ("para/p1", "", ""),
        ("media/boat", "Pictures and media", ""),
        ("document/d1", "Documents", "¶1"),
        ("term/pact", "Glossary", ""),
        ("about/mood", "Other", ""),
        ("person/okafor", "People", "3 mentions  2 quotes"),
        ("person/ana", "People", "1 mention"),
        ("source/an%20official", "Unnamed sources", "1 quote"),
        ("quote/stays", "Lena Okafor", "¶2"),
        ("quote/toll", "an official, unnamed", "¶4"),
        ("event/quay", "After publication, 12 April 2023", "¶4"),
    ],
)
def test_group_and_aside(shown: dict[str, tuple[Entry, ...]], address: str, group: str, aside: str) -> None:
    one = entry(shown, address)
    assert (one.group, one.aside) == (group, aside)


@pytest.mark.parametrize(
    ("address", "number", "marks"),
    [
        ("headline", 0, set()),
        ("heading/h1", 0, set()),
        ("para/p1", 1, {"quote", "event"}),
        ("para/p3", 3, set()),
        ("para/p4", 4, {"quote", "event"}),
    ],
)
def test_numbers_and_marks_of_the_text(
    shown: dict[str, tuple[Entry, ...]], address: str, number: int, marks: set[str]
) -> None:
    one = entry(shown, address)
    assert (one.paragraph_number, set(one.evidence_kinds)) == (number, marks)


@pytest.mark.parametrize(
    ("address", "words", "targets"),
    [
        ("person/okafor", "Port Authority of Arlen", ["org/paa"]),
        ("quote/stays", "Han Seo-jin", ["person/han"]),
        ("quote/toll", "an official", ["source/an%20official"]),
        ("event/signed", "run", ["quote/run"]),
        ("media/boat", "Lena Okafor", ["person/okafor"]),
        ("para/p2", "Reyes", ["person/tom", "person/ana"]),
        ("para/p4", "Han said it was ready.", ["event/opened"]),
    ],
)
def test_anchors(shown: dict[str, tuple[Entry, ...]], address: str, words: str, targets: list[str]) -> None:
    one = entry(shown, address)
    found = [anchor for anchor in one.anchors if one.text[anchor.start : anchor.end] == words]
    assert [[short(target) for target in anchor.targets] for anchor in found] == [targets]


def test_offsets_lead_to_the_parts() -> None:
    one = Entry(ref("org/paa"), (Part("name", "a"), Part("note", ""), Part("other", "bcd")), 1)
    assert one.text == "a\n\nbcd"
    assert [(part.text, start) for part, start in one.iterate_parts()] == [("a", 0), ("", 2), ("bcd", 3)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_anchors_and_parts_lie_in_the_text(path: Path) -> None:
    article = stored(path)
    for one in (one for pane in make_panes(article, Links.of(article)).values() for one in pane):
        assert all(one.text[start : start + len(part.text)] == part.text for part, start in one.iterate_parts())
        assert all(0 <= anchor.start < anchor.end <= len(one.text) for anchor in one.anchors)
        assert list(one.anchors) == sorted(one.anchors, key=lambda anchor: (anchor.start, -anchor.end))


FLAWED = """
headline: Flaws
body: Reyes said the toll stays. Reyes said it again.
people:
  tom: Tom Reyes
  ana: {name: Ana Reyes, org: nobody}
quotes:
  - {id: q1, text: We never said so, speaker: zed}
  - {id: q2, text: the toll, speaker: Reyes, form: direct}
  - {id: q3, text: said it again}
  - {speaker_text: a clerk, form: reported, text: something, at: p1}
  - {speaker_text: a clerk, form: reported, text: another thing, at: p1}
timeline:
  - {date: 2023-02-30, what: Nothing, quote: q9}
published: 2023-13
"""


@pytest.fixture(scope="module")
def flawed() -> dict[str, tuple[Entry, ...]]:
    article = made(FLAWED)
    return dict(make_panes(article, Links.of(article)))


@pytest.mark.parametrize(
    ("address", "flaws"),
    [
        ("quote/q1", {"text": "not in the article", "speaker": "no such entry"}),
        ("event/e1", {"date": "not a valid date", "quote": "no such quote"}),
        ("about/published", {"text": "not a valid date"}),
        ("quote/q3", {}),
    ],
)
def test_flaws_are_shown_and_nothing_left_out(
    flawed: dict[str, tuple[Entry, ...]], address: str, flaws: dict[str, str]
) -> None:
    one = entry(flawed, address)
    assert {part.name: part.flaw for part in one.parts if part.flaw} == flaws
    assert all(part.text for part in one.parts)


def test_groups_of_quotes_without_a_settled_speaker(flawed: dict[str, tuple[Entry, ...]]) -> None:
    groups = list(dict.fromkeys(one.group for one in add_quote_counts(flawed["quotes"])))
    assert groups == [
        "zed (1)",
        "Reyes (1)",
        "No speaker given (1)",
        "a clerk, unnamed (2)",
    ]


def test_an_unnamed_source_quoted_twice_may_be_several(flawed: dict[str, tuple[Entry, ...]]) -> None:
    one = entry(flawed, "source/a%20clerk")
    assert fields(one) == [("name", "a clerk"), ("note", "unnamed, perhaps more than one")]
    assert one.aside == "2 quotes"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("para/p4", "¶4"),
        ("para/p4:3-9", "¶4"),
        ("media/m1", "caption m1"),
        ("heading/h1", "sub-heading"),
        ("headline", "headline"),
        ("about/byline", "byline"),
    ],
)
def test_place_words(address: str, words: str) -> None:
    assert format_place(ref(address)) == words


def test_evidence_words_name_each_place_once() -> None:
    assert format_evidence([ref("para/p2:0-3"), ref("para/p3"), ref("para/p2:9-12")]) == "¶2 ¶3"


def test_date_words() -> None:
    assert format_written_date(None) == ""
    assert format_written_date(WrittenDate("2023-02-30", None)) == "2023-02-30"


@pytest.mark.parametrize(
    ("targets", "text", "flaw"),
    [
        (["person/tom"], "Tom Reyes", ""),
        (["person/unknown"], "unknown", ""),
        (["person/tom", "person/ana"], "Reyes", "may be any of 2"),
        ([], "Reyes", "no such entry"),
    ],
)
def test_a_reference_is_shown_by_name_or_as_written(targets: list[str], text: str, flaw: str) -> None:
    refs = tuple(map(ref, targets))
    part = make_reference_part("speaker", Reference("Reyes", refs), {ref("person/tom"): "Tom Reyes"})
    assert part == Part("speaker", text, refs, flaw)


@pytest.mark.parametrize("field", ["media: [{id: m7}]", "documents: [{at: p1}]"])
def test_what_says_nothing_is_shown_by_its_id(field: str) -> None:
    article = made(f"headline: A\nbody: B\n{field}")
    one = make_panes(article, Links.of(article))["article"][-1]
    assert one.text == one.ref.id
