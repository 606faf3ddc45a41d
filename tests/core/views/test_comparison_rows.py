"""The rows of a comparison: what each cell says, where it leads, and what stands beside what."""

import pytest
from rooms import FERRY, made, short

from dossier.core.compared import Verdict
from dossier.core.comparison import compare_articles, compare_events, find_event
from dossier.core.ref import Ref
from dossier.core.views.comparison_rows import (
    ComparedRow,
    make_comparison_rows,
    name_sides,
    set_side_by_side,
)
from dossier.ui.render.compared_rows import ComparedLook, draw_compared

CHANGES = (
    ("published: 2023-04-12", "published: 2023-04-13"),
    ("Reyes was silent", "Reyes was loud"),
    ("{heading: What changes}", "{heading: What stays}"),
    ("speaker: han, form: indirect, text: it was ready", "speaker: tom, form: direct, text: it was ready"),
    ("what: Toll charged, places: [arlen]", "what: Toll is charged, people: [han]"),
    ("status: planned", "status: denied"),
)


def edited() -> str:
    text = FERRY
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    return text


def rows() -> tuple[ComparedRow, ...]:
    return make_comparison_rows(compare_articles(made(FERRY), made(edited())))


def row_of(target: str) -> ComparedRow:
    (found,) = (row for row in rows() if row.left and short(row.left.target) == target)
    return found


def differing(row: ComparedRow) -> list[tuple[str, str]]:
    assert row.left
    assert row.right
    return [(row.left.text[slice(*one.left)], row.right.text[slice(*one.right)]) for one in row.changes]


def test_the_groups_are_in_the_order_of_an_article() -> None:
    assert list(dict.fromkeys(row.group for row in rows())) == ["Article", "Text", "Quotes", "Timeline"]


@pytest.mark.parametrize(
    ("target", "label", "left", "right", "changes"),
    [
        ("about/published", "published", "12 April 2023", "13 April 2023", [("12", "13")]),
        ("about/outlet", "outlet", "Harbour Herald", "Harbour Herald", []),
        ("heading/h1:5-12", "", "What changes", "What stays", [("changes", "stays")]),
        (
            "para/p4:9-21",
            "¶4",
            "it was ready\nHan Seo-jin · indirect",
            "“it was ready”\nTom Reyes · direct",
            [("Han Seo-jin", "Tom Reyes"), ("indirect", "direct")],
        ),
        (
            "para/p2",
            "¶2",
            "since November 2017\nToll charged\nPort Arlen",
            "since November 2017\nToll is charged\nHan Seo-jin",
            [("", "is"), ("", "Han Seo-jin"), ("Port Arlen", "")],
        ),
        ("event/someday", "", "Bridge closed\n“one day”", "Bridge closed\n“one day”", []),
    ],
)
def test_a_row(target: str, label: str, left: str, right: str, changes: list[tuple[str, str]]) -> None:
    (row,) = (row for row in rows() if row.left and (short(row.left.target), row.left.text) == (target, left))
    assert row.left
    assert row.right
    assert (row.left.label, row.left.text, row.right.text) == (label, left, right)
    assert differing(row) == changes


def test_a_changed_paragraph_leads_to_its_first_changed_word() -> None:
    row = row_of("para/p2:55-61")
    assert differing(row) == [("silent", "loud")]
    assert row.right
    assert short(row.right.target) == "para/p2:55-59"


def test_an_event_has_a_row_for_each_field_and_its_evidence() -> None:
    left, right = made(FERRY), made(edited())
    events = find_event(left, Ref("ferry", "event", "quay")), find_event(right, Ref("ferry", "event", "quay"))
    assert events[0]
    assert events[1]
    comparison = compare_events((left, events[0]), (right, events[1]))
    found = make_comparison_rows(comparison)
    assert [(row.group, row.left and row.left.label, str(row.verdict)) for row in found] == [
        ("Event", "event", "same"),
        ("Event", "date", "same"),
        ("Event", "status", "changed"),
        ("Event", "orgs", "same"),
        ("Evidence", "¶4", "same"),
        ("Article", "headline", "same"),
        ("Article", "outlet", "same"),
        ("Article", "published", "changed"),
    ]
    assert name_sides(comparison) == (
        "Quay ready · Harbour Herald · 12 April 2023",
        "Quay ready · Harbour Herald · 13 April 2023",
    )


def test_nobody_named_is_said() -> None:
    article = made("headline: A\nbody: [“No toll”]\nquotes: [{text: No toll}]")
    names = [row for row in make_comparison_rows(compare_articles(article, article)) if row.style == "group"]
    assert [row.left and row.left.text for row in names] == ["no speaker given"]


def apart(found: tuple[ComparedRow, ...]) -> list[tuple[str, str, bool]]:
    return [(row.left.text if row.left else "", row.right.text if row.right else "", row.is_apart) for row in found]


def test_what_only_one_side_has_stands_beside_what_only_the_other_has() -> None:
    texts = "One paragraph about a ferry.", "Quite different words stand here.", "Nobody said why."
    left = made(f"headline: A\nbody: [{texts[0]}, Both have this one.]")
    right = made(f"headline: A\nbody: [{texts[1]}, {texts[2]}, Both have this one.]")
    found = make_comparison_rows(compare_articles(left, right))
    assert apart(found[1:]) == [
        (texts[0], "", False),
        ("", texts[1], False),
        ("", texts[2], False),
        ("Both have this one.", "Both have this one.", False),
    ]
    assert apart(set_side_by_side(found)[1:]) == [
        (texts[0], texts[1], True),
        ("", texts[2], False),
        ("Both have this one.", "Both have this one.", False),
    ]


@pytest.mark.parametrize(
    ("right", "is_apart"),
    [
        ("Harbours were patient, and people are less so.", True),
        ("A car has paid 50 crowns each way since then.", False),
    ],
)
def test_texts_with_little_in_common_stand_side_by_side(right: str, is_apart: bool) -> None:
    text = "headline: A\nbody: ['{}']\ntimeline: [{{date: '2020', what: Toll, at: p1}}]"
    left, other = made(text.format("A car has paid 40 crowns each way since then.")), made(text.format(right))
    shown = make_comparison_rows(compare_events((left, left.events[0]), (other, other.events[0])))
    (row,) = (row for row in shown if row.group == "Evidence")
    assert (row.is_apart, row.verdict) == (is_apart, Verdict.CHANGED)
    drawn = draw_compared(row, "", 100, ComparedLook(is_stacked=False, is_bracketed=True))
    styles = " ".join(piece.style for line in drawn.lines for piece in line if len(piece.text) > 1)
    assert ("differs" in styles) == (not is_apart)
    assert ("".join(piece.text for line in drawn.lines for piece in line).count("[-") > 0) == (not is_apart)


def test_short_values_with_nothing_in_common_are_shown_as_changed() -> None:
    left, right = made(FERRY), made(FERRY.replace("2023-04-11", "some day"))
    shown = make_comparison_rows(compare_events((left, left.events[0]), (right, right.events[0])))
    (row,) = (row for row in shown if row.left and row.left.label == "date")
    assert (row.is_apart, differing(row)) == (False, [("11 April 2023", "some day")])
