"""Two articles, or two events, side by side."""

import pytest
from rooms import FERRY, made

from dossier.core.compared import Compared, Verdict
from dossier.core.comparison import ArticleComparison, compare_articles, compare_events, find_event
from dossier.core.model import Article, Event
from dossier.core.ref import Ref, parse_ref
from dossier.core.registry import Decisions, Registry, RegistryEntry

REPORT = """
headline: Boat for the islands
outlet: Arlen Courier
body:
  - The pact was signed in a hall in Port Arlen. “We will run every single day,” Mrs Okafor said.
people: {lena: Lena Okafor, other: {name: L. Okafor}}
quotes:
  - {id: daily, speaker: lena, text: We will run every single day}
timeline:
  - {id: pact, date: 2023-04, what: The pact is signed, status: alleged, people: [lena], at: p1}
  - {date: 1998, what: A bridge was talked of}
"""


def edited(*changes: tuple[str, str]) -> Article:
    """Return FERRY with texts of its file replaced."""
    text = FERRY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return made(text)


def compared(*changes: tuple[str, str]) -> ArticleComparison:
    return compare_articles(made(FERRY), edited(*changes))


def verdicts(found: tuple[Compared, ...]) -> list[str]:
    return [str(one.verdict) for one in found]


def words(one: Compared) -> list[tuple[str, str]]:
    """Return what differs in a text on both sides."""
    assert one.left
    assert one.right
    return [(one.left.text[slice(*change.left)], one.right.text[slice(*change.right)]) for change in one.changes]


def different(comparison: ArticleComparison) -> list[Compared]:
    quoted = [one for speaker in comparison.speakers for one in (speaker.speaker, *speaker.quotes)]
    every = (*comparison.facts, *comparison.blocks, *quoted, *comparison.events)
    return [one for one in every if one.verdict is not Verdict.SAME]


def test_an_article_does_not_differ_from_itself() -> None:
    found = compared()
    assert not found.differs
    assert different(found) == []
    assert [one.name for one in found.facts] == ["headline", "subtitle", "outlet", "byline", "published"]
    assert [one.left and str(one.left.ref) for one in found.facts][2:] == [
        "ferry#about/outlet",
        "ferry#about/byline",
        "ferry#about/published",
    ]
    assert len(found.blocks) == 5
    assert [len(one.quotes) for one in found.speakers] == [2, 1, 1]
    assert len(found.events) == 5


@pytest.mark.parametrize(
    ("changes", "name", "difference"),
    [
        ([("Ferry pact signed", "Ferry pact is signed")], "headline", [("", "is")]),
        ([("[Ida Brandt]", "[Ida Brandt, Tom Reyes]")], "byline", [("", ", Tom Reyes")]),
        ([("published: 2023-04-12", "published: 2023-04-13")], "published", [("12", "13")]),
        ([("Reyes was silent", "Reyes was loud")], "para", [("silent", "loud")]),
        ([("What changes", "What stays")], "heading", [("changes", "stays")]),
        ([("text: it was ready", "text: it was not ready")], "quote", [("", "not")]),
        ([("what: Bridge opened", "what: Bridge opened at last")], "event", [("", "at last")]),
    ],
)
def test_one_difference(changes: list[tuple[str, str]], name: str, difference: list[tuple[str, str]]) -> None:
    found = compared(*changes)
    assert found.differs
    (one,) = different(found)
    assert (one.name, words(one)) == (name, difference)


@pytest.mark.parametrize(
    ("change", "field", "texts"),
    [
        (("speaker: han, form: indirect", "speaker: han, form: reported"), "form", ("indirect", "reported")),
        (("to: han", "to_text: Han"), "to", None),
        (("speaker: okafor, cue: said", "speaker: tom, cue: said"), "speaker", ("Lena Okafor", "Tom Reyes")),
        (("status: planned", "status: denied"), "status", ("planned", "denied")),
        (("date: 2023-04-11", "date: 2023-04-10"), "date", ("11 April 2023", "10 April 2023")),
        (
            ("people: [okafor], quote", "people: [okafor, han], quote"),
            "people",
            ("Lena Okafor", "Lena Okafor, Han Seo-jin"),
        ),
        (("date_text: one day", "date_text: some day"), "as written", ("one day", "some day")),
    ],
)
def test_a_field_that_differs(change: tuple[str, str], field: str, texts: tuple[str, str] | None) -> None:
    found = different(compared(change))
    fields = [one for entry in found for one in entry.fields if one.verdict is not Verdict.SAME]
    assert {one.name for one in fields} == {field}
    if texts:
        assert [(one.left and one.left.text, one.right and one.right.text) for one in fields] == [texts]


def test_a_quote_with_another_speaker_stands_with_the_left_one_and_the_right_one_is_named() -> None:
    found = compared(("speaker: okafor, cue: said", "speaker: tom, cue: said"))
    by_name = {(one.speaker.left or one.speaker.right): one for one in found.speakers}
    names = {side.text: one for side, one in by_name.items() if side}
    assert names["Lena Okafor"].speaker.verdict is Verdict.SAME
    assert verdicts(names["Lena Okafor"].quotes) == ["changed", "same"]
    assert names["Tom Reyes"].speaker.verdict is Verdict.ONLY_RIGHT
    assert names["Tom Reyes"].quotes == ()


def test_a_paragraph_that_stands_elsewhere_is_moved() -> None:
    plain = "  - A plain paragraph, in which nobody is named and nothing is proved.\n"
    found = compared((plain, ""), ("body:\n", f"body:\n{plain}"))
    assert {str(one.verdict) for one in found.blocks} == {"same", "moved"}
    (moved,) = (one for one in found.blocks if one.is_moved)
    assert (moved.left and moved.left.ref.id, moved.right and moved.right.ref.id) == ("p3", "p1")
    assert found.differs


def test_what_only_one_side_has() -> None:
    found = compared(
        ("subtitle: Daily boat from June\n", ""),
        ("  - A plain paragraph, in which nobody is named and nothing is proved.\n", ""),
        ("  - {id: ready, speaker: han, form: indirect, text: it was ready, at: p4}\n", ""),
        (
            "  - {id: someday, date_text: one day, what: Bridge closed}\n",
            "  - {date: 1990, what: Pier painted green}\n",
        ),
    )
    assert [(one.name, str(one.verdict)) for one in different(found)] == [
        ("subtitle", "only left"),
        ("para", "only left"),
        ("speaker", "only left"),
        ("quote", "only left"),
        ("event", "only left"),
        ("event", "only right"),
    ]
    (gone,) = (one for one in found.events if one.verdict is Verdict.ONLY_LEFT)
    assert [(one.name, one.verdict) for one in gone.fields] == [
        ("as written", Verdict.ONLY_LEFT),
        ("status", Verdict.ONLY_LEFT),
    ]


def test_two_reports_of_one_event() -> None:
    found = compare_articles(made(FERRY), made(REPORT, "report"))
    first = found.speakers[0]
    assert (first.speaker.verdict, verdicts(first.quotes)) == (Verdict.SAME, ["changed", "only left"])
    assert words(first.quotes[0]) == [("", "single")]
    pact = found.events[0]
    assert (pact.left and pact.left.text, pact.right and pact.right.text) == ("Pact signed", "The pact is signed")
    fields = {one.name: one.verdict for one in pact.fields}
    assert fields["date"] is fields["status"] is Verdict.CHANGED
    assert fields["people"] is Verdict.SAME
    assert verdicts(found.events[1:]) == [*["only left"] * 4, "only right"]


OTHER = REPORT.replace("speaker: lena", "speaker: other")
REGISTRY = Registry((RegistryEntry("person", "okafor", "Lena Okafor", ("L. Okafor",), "Q1"),))
SAME = ((Ref("ferry", "person", "okafor"), Ref("report", "person", "other")),)


@pytest.mark.parametrize(
    ("registry", "decisions", "is_same"),
    [
        (Registry(), Decisions(), False),
        (Registry(), Decisions(same=SAME), True),
        (Registry(), Decisions(apart=SAME), False),
    ],
)
def test_persons_are_the_same_as_elsewhere(registry: Registry, decisions: Decisions, is_same: bool) -> None:
    found = compare_articles(made(FERRY), made(OTHER, "report"), registry, decisions)
    first = found.speakers[0].speaker
    assert (first.verdict is Verdict.SAME) is is_same
    assert first.right is None or first.right.text == "L. Okafor"


def test_the_registry_joins_two_spellings() -> None:
    left = made(FERRY.replace("okafor: {name: Lena Okafor,", "okafor: {name: Lena Okafor, same_as: {wikidata: Q1},"))
    right = made(
        OTHER.replace("other: {name: L. Okafor}", "okafor: {name: L. Okafor}").replace(
            "speaker: other", "speaker: okafor"
        ),
        "report",
    )
    assert compare_articles(left, right).speakers[0].speaker.verdict is Verdict.ONLY_LEFT
    assert compare_articles(left, right, REGISTRY).speakers[0].speaker.verdict is Verdict.SAME


def events_of(left: str, right: str) -> tuple[tuple[Article, Event], tuple[Article, Event]]:
    articles = made(FERRY), made(REPORT, "report")
    found = [
        find_event(article, parse_ref(f"{article.ref.article}#{ref}"))
        for article, ref in zip(articles, (left, right), strict=True)
    ]
    assert found[0]
    assert found[1]
    return (articles[0], found[0]), (articles[1], found[1])


def test_two_events() -> None:
    found = compare_events(*events_of("event/signed", "event/pact"))
    assert [one.name for one in found.facts] == ["headline", "outlet", "published"]
    assert verdicts(found.facts) == ["changed", "changed", "only left"]
    assert words(found.event) == [("Pact", "The pact is")]
    (evidence,) = found.evidence
    assert evidence.left
    assert evidence.right
    assert (str(evidence.left.ref), str(evidence.right.ref)) == ("ferry#para/p1", "report#para/p1")
    assert found.differs


def test_an_event_does_not_differ_from_itself_and_may_lack_evidence() -> None:
    one, _ = events_of("event/someday", "event/pact")
    found = compare_events(one, one)
    assert not found.differs
    assert found.evidence == ()


def test_there_is_no_such_event() -> None:
    assert find_event(made(FERRY), Ref("ferry", "event", "x")) is None
