"""Where notes are after an article was edited, or extracted anew: never at other words without a word."""

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import articles
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optional_extras import needs_rapidfuzz

from dossier.core.dataclasses import replace
from dossier.core.model import Article, Paragraph
from dossier.core.note import UNIQUE, Note, PlacedNote, Placement
from dossier.core.note_places import (
    describe_placement,
    make_note,
    place_notes,
    refresh_notes,
    settle_note,
)
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading, make_reading
from dossier.loader.article import load_article

MADE = "2026-11-28T14:05:00Z"
FIRST = "The ferry between Port Arlen and the island was sold on Tuesday, said the harbour office."
SECOND = "Nobody had asked the crew, wrote Ilse Brandt in a letter of nine pages to the council."
THIRD = "The toll would rise by a third in the spring, and no ship would sail before the vote."


def reading(*body: str, **fields: Any) -> Reading:
    return make_reading(articles.article(*body, **fields), ())


def noted(where: Reading, ref: str) -> Note:
    note = make_note(where, articles.ref(ref), "n1", MADE, "mine")
    assert note
    return note


def marked(where: Reading, entry: str, words: str) -> Note:
    """Return a note on some words of an entry."""
    address = articles.ref(entry)
    text = next(one.text for pane in where.entries.values() for one in pane if one.ref == address)
    return noted(where, f"{entry}:{text.index(words)}-{text.index(words) + len(words)}")


def placed(note: Note, where: Reading) -> PlacedNote:
    (found,) = place_notes([note], where)
    return found


def words_at(where: Reading, ref: Ref) -> str:
    text = next(one.text for pane in where.entries.values() for one in pane if one.ref == ref.entry)
    return text[slice(*ref.span)] if ref.span else text


def test_a_note_keeps_words_context_and_digest() -> None:
    here = reading(FIRST, SECOND, THIRD)
    note = marked(here, "para/p1", "was sold on Tuesday")
    assert (note.id, note.made, note.text, note.words) == ("n1", MADE, "mine", "was sold on Tuesday")
    assert note.before.endswith("Ferry pact signed\nThe ferry between Port Arlen and the island ")
    assert note.after.startswith(", said the harbour office. Nobody had asked")
    assert len(note.after) == 120
    assert note.digest == marked(reading(FIRST, SECOND, THIRD), "para/p2", "crew").digest
    assert note.digest != marked(reading(FIRST, SECOND), "para/p1", "was sold on Tuesday").digest
    assert note.alike == UNIQUE
    assert note.path.endswith("/ferry.yaml")


def test_nothing_is_made_of_an_address_that_nothing_has() -> None:
    here = reading(FIRST)
    assert make_note(here, articles.ref("para/p9"), "n", MADE) is None
    assert make_note(here, articles.ref("para/p1:80-800"), "n", MADE) is None


@pytest.mark.parametrize(
    ("entry", "words", "body", "placement", "at"),
    [
        ("para/p2", "asked the crew", (FIRST, SECOND, THIRD), Placement.UNCHANGED, "para/p2:11-25"),
        # A paragraph before it is gone, one is new, one is divided, and the ids change.
        ("para/p2", "asked the crew", (SECOND, THIRD), Placement.FOUND, "para/p1:11-25"),
        ("para/p2", "asked the crew", ("New.", FIRST, SECOND, THIRD), Placement.FOUND, "para/p3:11-25"),
        ("para/p2", "asked the crew", (FIRST, SECOND[:26], SECOND[27:], THIRD), Placement.FOUND, "para/p2:11-25"),
        ("para/p2", "asked the crew", (f"{FIRST} {SECOND}", THIRD), Placement.FOUND, "para/p1:101-115"),
        # The words run over the border of two paragraphs now: the address is that of the first part.
        ("para/p2", "crew, wrote Ilse", (FIRST, SECOND[:26], SECOND[27:], THIRD), Placement.FOUND, "para/p2:21-26"),
        # Another text before words that are long enough.
        ("para/p3", THIRD[:-1], (f"Changed. {THIRD}",), Placement.FOUND, "para/p1:9-93"),
        # Few words, one side as it was.
        ("para/p2", "crew", (FIRST, "Nobody had asked the crew at all."), Placement.FOUND, "para/p2:21-25"),
        # Few words, and nothing around them as it was.
        ("para/p2", "crew", ("A crew was hired.",), Placement.SEVERAL, None),
        ("para/p2", "asked the crew", ("They asked the crew again.",), Placement.SEVERAL, None),
        # The words inside of a longer one are not these words.
        pytest.param(
            "para/p2",
            "the crew",
            (FIRST, SECOND.replace("the crew", "the crews"), THIRD),
            Placement.PROPOSED,
            None,
            marks=needs_rapidfuzz,
        ),
        pytest.param(
            "para/p2",
            "a letter of nine",
            (FIRST, SECOND.replace("nine", "nine\u0301")),
            Placement.PROPOSED,
            None,
            marks=needs_rapidfuzz,
        ),
        # Other white space, quote marks and accents are other words: they are proposed.
        pytest.param(
            "para/p2",
            "letter of nine pages",
            (FIRST, SECOND.replace(" nine", "\u00a0nine")),
            Placement.PROPOSED,
            None,
            marks=needs_rapidfuzz,
        ),
        ("para/p2", "letter of nine pages", (FIRST, THIRD), Placement.MISSING, None),
    ],
)
def test_words_of_the_text(entry: str, words: str, body: Sequence[str], placement: Placement, at: str | None) -> None:
    note = marked(reading(FIRST, SECOND, THIRD), entry, words)
    now = reading(*body)
    found = placed(note, now)
    assert (found.placement, found.ref) == (placement, at and articles.ref(at))
    if found.placement in (Placement.UNCHANGED, Placement.FOUND) and found.ref:
        assert words.startswith(words_at(now, found.ref))


def test_a_whole_paragraph_stays_whole() -> None:
    note = noted(reading(FIRST, SECOND), "para/p2")
    assert note.words == SECOND
    assert placed(note, reading(SECOND, FIRST)).ref == articles.ref("para/p1")


@pytest.mark.parametrize(
    ("kind", "words", "then", "placement", "at"),
    [
        ("headline", "Ferry pact signed", reading("All is new here.", SECOND), Placement.FOUND, "headline"),
        ("headline", "Ferry pact signed", reading("Ferry pact signed", headline="New"), Placement.SEVERAL, None),
        ("subtitle", "A letter of nine pages", reading("All is new here.", FIRST), Placement.MISSING, None),
        # What was a heading is a paragraph in another extraction.
        ("heading/h1", "What the crew says", reading("New.", "What the crew says", SECOND), Placement.FOUND, "para/p2"),
    ],
)
def test_headings_are_of_the_text(kind: str, words: str, then: Reading, placement: Placement, at: str | None) -> None:
    note = noted(reading(FIRST, "# What the crew says", SECOND, subtitle="A letter of nine pages"), kind)
    assert note.words == words
    found = placed(note, then)
    assert (found.placement, found.ref) == (placement, at and articles.ref(at))


def test_a_caption_is_of_the_text_and_its_credit_is_not() -> None:
    photo = articles.media("m1", caption="The Halcyon in the harbour of Port Arlen", credit="Ilse Brandt")
    here = reading(FIRST, media=(photo,))
    caption, credit = noted(here, "media/m1"), marked(here, "media/m1", "Ilse Brandt")
    assert caption.words == "The Halcyon in the harbour of Port Arlen"
    later = replace(photo, ref=articles.ref("media/m2"), credit="Tomas Okeke")
    now = reading(SECOND, media=(later,))
    assert placed(caption, now).ref == articles.ref("media/m2")
    assert placed(credit, now).ref is None


def test_repeated_words_are_told_apart_by_what_is_around_them() -> None:
    here = reading(f"{FIRST} {THIRD}", f"{SECOND} {THIRD}")
    note = marked(here, "para/p2", "The toll would rise")
    assert note.alike[0] < len(SECOND)
    now = reading("A new one.", f"{FIRST} {THIRD}", f"{SECOND} {THIRD}")
    found = placed(note, now)
    assert (found.placement, found.ref) == (Placement.FOUND, articles.ref("para/p3:87-106"))


@pytest.mark.parametrize("body", [(f"{FIRST} {THIRD}", SECOND), (f"{THIRD} {FIRST}", SECOND), (f"{THIRD} {THIRD}",)])
def test_of_repeated_words_the_one_that_is_left_is_only_offered(body: Sequence[str]) -> None:
    note = marked(reading(f"{FIRST} {THIRD}", f"{SECOND} {THIRD}"), "para/p2", "The toll would rise")
    found = placed(note, reading(*body))
    assert (found.placement, found.ref) == (Placement.SEVERAL, None)
    assert found.offered
    assert describe_placement(found) == ("perhaps elsewhere" if len(found.offered) == 1 else "in several places")


@needs_rapidfuzz
@pytest.mark.parametrize(
    ("words", "edited", "proposed"),
    [
        ("asked the crew", SECOND.replace("asked", "consulted"), "consulted the crew"),
        ("asked the crew", SECOND.replace("asked the crew", "asked a crew"), "asked a crew"),
        (
            "nine pages to the council",
            SECOND.replace("nine pages to", "nine long pages to"),
            "nine long pages to the council",
        ),
        ("letter of nine pages", SECOND.replace("of nine", "of  nin\u0301e"), "letter of  nin\u0301e pages"),
        ("Ilse", SECOND.replace("Ilse", "Else"), "Else"),
    ],
)
def test_changed_words_are_proposed(words: str, edited: str, proposed: str) -> None:
    found = placed(marked(reading(FIRST, SECOND, THIRD), "para/p2", words), reading(FIRST, edited, THIRD))
    assert (found.placement, found.ref) == (Placement.PROPOSED, None)
    assert words_at(reading(FIRST, edited, THIRD), found.offered[0]).strip() == proposed


def test_without_rapidfuzz_nothing_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    note = marked(reading(FIRST, SECOND), "para/p2", "asked the crew")
    found = placed(note, reading(FIRST, SECOND.replace("asked", "consulted")))
    assert (found.placement, found.offered) == (Placement.MISSING, ())


@needs_rapidfuzz
def test_notes_on_people_quotes_and_facts_follow_their_words() -> None:
    brandt, okeke = articles.person("brandt", "Ilse Brandt"), articles.person("okeke", "Tomas Okeke", role="mate")
    here = reading(FIRST, people=(brandt, okeke), outlet="Gazette", lang="en")
    person, outlet = noted(here, "person/okeke"), noted(here, "about/outlet")
    assert person.words == "Tomas Okeke"
    other = articles.person("t-okeke", "Tomas Okeke", role="captain")
    now = reading(SECOND, people=(other,), outlet="The Gazette", lang="en")
    found, changed = place_notes([person, outlet], now)
    assert (found.placement, found.ref) == (Placement.FOUND, articles.ref("person/t-okeke"))
    assert (changed.placement, changed.offered) == (Placement.PROPOSED, (articles.ref("about/outlet"),))
    assert placed(person, here).placement is Placement.UNCHANGED
    # The id alone says nothing.
    renamed = placed(person, reading(FIRST, people=(articles.person("okeke", "Maria Delgado"),)))
    assert (renamed.placement, renamed.ref) == (Placement.MISSING, None)


def test_of_two_people_of_one_name_none_is_taken_for_the_other() -> None:
    two = articles.person("p1", "Tomas Okeke", role="mate"), articles.person("p2", "Tomas Okeke", role="mayor")
    here = reading(FIRST, people=two)
    note = noted(here, "person/p1")
    assert placed(note, here).placement is Placement.UNCHANGED
    left = placed(note, reading(FIRST, people=(replace(two[1], ref=two[0].ref),)))
    assert (left.placement, left.offered) == (Placement.SEVERAL, (articles.ref("person/p1"),))


@needs_rapidfuzz
def test_a_settled_note_has_the_new_words_and_keeps_the_rest() -> None:
    note = marked(reading(FIRST, SECOND), "para/p2", "asked the crew")
    now = reading(FIRST, SECOND.replace("asked", "consulted"))
    found = placed(note, now)
    settled = settle_note(note, now, found.offered[0])
    assert (settled.id, settled.made, settled.text) == (note.id, note.made, note.text)
    assert settled.words == "consulted the crew"
    assert placed(settled, now).placement is Placement.UNCHANGED
    assert settle_note(note, now, articles.ref("para/p9")) == note


def test_found_notes_are_refreshed_with_their_words() -> None:
    note = marked(reading(FIRST, SECOND, THIRD), "para/p2", "crew, wrote Ilse")
    now = reading(FIRST, SECOND[:26], SECOND[27:], THIRD)
    (fresh,) = refresh_notes(place_notes([note], now), now)
    assert fresh.words == note.words
    assert fresh.ref == articles.ref("para/p2:21-26")
    assert placed(fresh, now) == PlacedNote(fresh, Placement.UNCHANGED, fresh.ref)
    assert refresh_notes(place_notes([fresh], now), now) == ()


def test_a_note_of_another_file_belongs_only_if_its_words_are_here() -> None:
    here = reading(FIRST, SECOND, THIRD)
    note = replace(marked(here, "para/p2", "asked the crew"), path=__file__)
    assert placed(note, here).placement is Placement.UNCHANGED
    assert placed(note, reading("New.", FIRST, SECOND, THIRD)).ref == articles.ref("para/p3:11-25")
    assert place_notes([note], reading(FIRST, THIRD)) == ()
    assert place_notes([note], reading("They asked the crew again.")) == ()
    assert place_notes([replace(note, ref=Ref("other", "para", "p2", (11, 25)))], here) == ()


def test_a_lost_note_whose_file_is_gone_is_listed_with_the_article_of_its_id() -> None:
    note = replace(marked(reading(FIRST, SECOND), "para/p2", "asked the crew"), path="/elsewhere/ferry.yaml")
    assert place_notes([note], reading(FIRST)) == (PlacedNote(note, Placement.MISSING),)
    assert place_notes([replace(note, ref=Ref("other", "para", "p2", (11, 25)))], reading(FIRST)) == ()


def test_an_article_that_is_addressed_by_its_path_has_the_notes_of_its_file() -> None:
    note = marked(reading(FIRST, SECOND), "para/p2", "asked the crew")
    body = tuple(Paragraph(Ref("deep/ferry.yaml", "para", f"p{at}"), one, 1) for at, one in ((1, FIRST), (2, SECOND)))
    here = make_reading(Article(Ref("deep/ferry.yaml"), "ferry.yaml", "Ferry pact signed", body), ())
    found = placed(note, here)
    assert found.ref == Ref("deep/ferry.yaml", "para", "p2", (11, 25))


def test_a_note_on_an_article_has_no_words() -> None:
    note = Note("n", Ref(articles.ID), "", MADE, text="read again")
    assert placed(note, reading(FIRST)) == PlacedNote(note, Placement.UNCHANGED, Ref(articles.ID))


def test_rapidfuzz_is_loaded_only_for_words_that_were_changed() -> None:
    program = (
        "import sys, articles\nfrom dossier.core.note_places import make_note, place_notes\n"
        "from dossier.core.views.panes import make_reading\n"
        "here, now = (make_reading(articles.article(*body), ()) for body in (('One crew.',), ('New.', 'One crew.')))\n"
        "note = make_note(here, articles.ref('para/p1'), 'n', '')\n"
        "print(*place_notes([note], now)[0].ref or (), 'rapidfuzz' in sys.modules)"
    )
    folder = Path(articles.__file__).parent
    ran = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert (ran.stderr, ran.stdout.split()[-1]) == ("", "False")


ARTICLES = [
    file
    for file in sorted((Path(articles.__file__).parent.parent / "data").rglob("*.yaml"))
    if load_article(file).article
]


@pytest.mark.parametrize("file", ARTICLES, ids=[file.stem for file in ARTICLES])
def test_a_note_on_every_entry_is_where_it_was_made(file: Path) -> None:
    article = load_article(file).article
    assert article
    here = make_reading(article, ())
    entries = list(chain.from_iterable(here.entries.values()))
    spans = [entry.ref.with_span(0, len(entry.text) // 2) for entry in entries if len(entry.text) > 1]
    made = [(ref, make_note(here, ref, str(ref), MADE)) for ref in (*(entry.ref for entry in entries), *spans)]
    notes = [note for _, note in made if note]
    assert len(notes) == len(made) > len(entries)
    assert [(one.placement, one.ref) for one in place_notes(notes, here)] == [
        (Placement.UNCHANGED, ref) for ref, _ in made
    ]


WORDS = st.lists(
    st.sampled_from(("a", "the", "ferry", "Arlen", "sold", "to\u0301ll", "é", "council")), min_size=1, max_size=12
)
PARAGRAPHS = st.lists(WORDS.map(" ".join), min_size=1, max_size=5)


@given(PARAGRAPHS, PARAGRAPHS, st.data())
def test_a_note_is_never_at_other_words(before: list[str], after: list[str], data: st.DataObject) -> None:
    here, now = reading(*before), reading(*after)
    at = data.draw(st.integers(0, len(before) - 1))
    start = data.draw(st.integers(0, len(before[at]) - 1))
    end = data.draw(st.integers(start + 1, len(before[at])))
    note = noted(here, f"para/p{at + 1}:{start}-{end}")
    for found in place_notes([note], now):
        if found.placement in (Placement.UNCHANGED, Placement.FOUND):
            assert found.ref
            assert note.words.startswith(words_at(now, found.ref))
            assert note.words in " ".join(after) or note.words in "Ferry pact signed"
        else:
            assert found.ref is None


@given(PARAGRAPHS, st.integers(0, 4), WORDS.map(" ".join), st.data())
def test_an_insertion_elsewhere_moves_no_note_to_other_words(
    body: list[str], where: int, new: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    start = data.draw(st.integers(0, len(body[at]) - 1))
    end = data.draw(st.integers(start + 1, len(body[at])))
    note = noted(reading(*body), f"para/p{at + 1}:{start}-{end}")
    where = min(where, len(body))
    found = placed(note, reading(*body[:where], new, *body[where:]))
    true = Ref(articles.ID, "para", f"p{at + 1 + (where <= at)}", (start, end))
    assert found.ref in (None, true)


@given(PARAGRAPHS, WORDS.map(" ".join), st.integers(0, 4), st.data())
def test_a_deletion_elsewhere_moves_no_note_to_other_words(
    body: list[str], gone: str, where: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    start = data.draw(st.integers(0, len(body[at]) - 1))
    end = data.draw(st.integers(start + 1, len(body[at])))
    where = min(where, len(body))
    note = noted(reading(*body[:where], gone, *body[where:]), f"para/p{at + 1 + (where <= at)}:{start}-{end}")
    found = placed(note, reading(*body))
    assert found.ref in (None, Ref(articles.ID, "para", f"p{at + 1}", (start, end)))


@given(PARAGRAPHS, WORDS.map(" ".join), st.integers(0, 4), st.data())
def test_a_note_whose_paragraph_is_deleted_is_at_no_other_words(
    body: list[str], gone: str, where: int, data: st.DataObject
) -> None:
    where = min(where, len(body))
    start = data.draw(st.integers(0, len(gone) - 1))
    end = data.draw(st.integers(start + 1, len(gone)))
    note = noted(reading(*body[:where], gone, *body[where:]), f"para/p{where + 1}:{start}-{end}")
    found = placed(note, reading(*body))
    assert found.ref is None


@needs_rapidfuzz
def test_on_invented_pages_nothing_is_placed_falsely_and_nearly_all_is_placed() -> None:
    bench = import_module("note_places")
    tallies = bench.measure(13, 3, 120)
    ours = {version: tally for (version, way), tally in tallies.items() if way == "exact, with context"}
    assert [tally.there["wrong"] + tally.gone["wrong"] for tally in ours.values()] == [0, 0, 0]
    there = sum(tally.there.total() for tally in ours.values())
    right = sum(tally.there["right"] for tally in ours.values())
    assert there > 800
    assert right / there >= 0.97
    nearest = [tally.gone["wrong"] for (_, way), tally in tallies.items() if way == "nearest by edit distance"]
    assert sum(nearest) > 0
