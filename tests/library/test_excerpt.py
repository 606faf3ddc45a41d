import pytest

from dossier.core.entry import Entry, Part
from dossier.core.ref import Ref
from dossier.library.article_rows import make_excerpt

LONG = (
    "The councils of both islands met on Tuesday and, after a night of talks, signed the ferry pact "
    "that both had sought."
)


def para(text: str) -> Entry:
    return Entry(Ref("a", "para", "p4"), (Part("text", text),), 1, paragraph_number=4)


@pytest.mark.parametrize(
    ("text", "sought", "shown"),
    [
        ("A pact was signed.", "pact", "¶4 A pact was signed."),
        (LONG, "councils", "¶4 The councils of both islands met on Tuesday and, after a night of talks, …"),
        (LONG, "ferry", "¶4 … talks, signed the ferry pact that both had sought."),
    ],
)
def test_the_words_found_stand_with_those_around_them(text: str, sought: str, shown: str) -> None:
    start = text.index(sought)
    made = make_excerpt(para(text), ((start, start + len(sought)),))
    assert made.text == shown
    assert [made.text[slice(*span)] for span in made.spans] == [sought]
    assert made.found == ((start, start + len(sought)),)


def test_only_the_field_with_the_hit_is_shown_and_every_hit_in_sight_is_told() -> None:
    parts = (Part("text", "no new toll, no toll"), Part("speaker", "Lena Okafor"))
    made = make_excerpt(Entry(Ref("a", "quote", "q1"), parts, 1, form="direct"), ((7, 11), (16, 20)))
    assert made.text == "❝ Lena Okafor: no new toll, no toll"
    assert [made.text[slice(*span)] for span in made.spans] == ["toll", "toll"]


@pytest.mark.parametrize(
    ("kind", "parts", "sought", "shown"),
    [
        # Where only the date, the speaker or another field was found.
        ("event", "Dec 2023|09:30|The form is read|Lena Okafor", ["2023"], "● Dec 2023 09:30: The form is read"),
        ("event", "Dec 2023|09:30|The form is read|Lena Okafor", ["09:30"], "● Dec 2023 09:30: The form is read"),
        (
            "event",
            "Dec 2023|09:30|The form is read|Lena Okafor",
            ["2023", "Okafor"],
            "● Dec 2023 09:30: The form is read · Lena Okafor",
        ),
        ("event", "Dec 2023|09:30|The form is read|Lena Okafor", ["form"], "● Dec 2023 09:30: The form is read"),
        ("quote", "no new toll|Lena Okafor|to the council", ["Okafor"], "❝ Lena Okafor: no new toll"),
        ("quote", "no new toll|Lena Okafor|to the council", ["council"], "❝ Lena Okafor: no new toll · to the council"),
        (
            "quote",
            f"{LONG}|Lena Okafor|to the council",
            ["Okafor"],
            "❝ Lena Okafor: The councils of both islands met on Tuesday and, after a night of …",
        ),
        ("person", "Lena Okafor|minister", ["minister"], "▪ Lena Okafor · minister"),
    ],
)
def test_what_was_said_what_happened_and_a_name_are_always_shown(
    kind: str, parts: str, sought: list[str], shown: str
) -> None:
    names = {
        "event": ("date", "time", "text", "people"),
        "quote": ("text", "speaker", "to"),
        "person": ("name", "role"),
    }
    texts = parts.split("|")
    entry = Entry(Ref("a", kind, "x"), tuple(map(Part, names[kind], texts)), 1, form="direct", status="happened")
    spans = tuple((start, start + len(word)) for word in sought for start in [entry.text.index(word)])
    made = make_excerpt(entry, spans)
    assert made.text == shown
    assert [made.text[slice(*span)] for span in made.spans] == sought
    assert made.found == spans


def test_an_event_found_by_its_day_shows_what_happened() -> None:
    entry = Entry(Ref("a", "event", "e"), (Part("date", "Dec 2023"), Part("text", "The form is read")), 1)
    assert make_excerpt(entry, ()).text == "● Dec 2023: The form is read"


def test_an_entry_met_by_its_fields_alone_shows_its_beginning() -> None:
    made = make_excerpt(para(LONG), ())
    assert made.text.startswith("¶4 The councils")
    assert made.spans == ()


@pytest.mark.parametrize("size", [10, 200, 2_000])
def test_a_word_without_end_is_cut_and_its_hit_kept(size: int) -> None:
    made = make_excerpt(para("x" * size + "y" * size), ((size, size + size // 2),))
    assert made.spans
    assert set(made.text[slice(*made.spans[0])]) == {"y"}
    assert len(made.text) < size + 150
