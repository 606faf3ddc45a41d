import pytest

from dossier.core.model import EvidenceStatus, Quote
from dossier.loader.article import parse_article

FILE = """\
headline: Minister says yes
outlet: Harbour Herald
published: 2023-04-12
body:
  - “We will run every day,” said Lena Okafor. “Winter included.” She said it twice, “every day”.
  - "“It is a small step,"
  - and a long way,” Han Seo-jin told reporters. He said „no“. The quay would be ready, he said.
  - “Yes,” said Lena Okafor, now and again. “Yes.”
media:
  - {id: m1, caption: A sign says “mind the gap”.}
people: {okafor: Lena Okafor, han: Han Seo-jin}
"""
FOUND, SEVERAL, ELSEWHERE, ABSENT, PARAPHRASE, UNMARKED, UNSEARCHED = EvidenceStatus


def quote(fields: str) -> tuple[Quote, list[str]]:
    loaded = parse_article(f"{FILE}quotes:\n  - {fields}\n".encode(), "a.yaml")
    assert loaded.article is not None
    return loaded.article.quotes[0], [found.code for found in loaded.problems]


def evidence(found: Quote) -> list[str]:
    return [str(ref).removeprefix("a#").removeprefix("para/") for ref in found.evidence]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We will run every day", ("We will run every day",)),
        ("'“We will run every day,”'", ("We will run every day,",)),
        ("We will run […] Winter included.", ("We will run", "Winter included.")),
        ("'We will run [...]Winter included.'", ("We will run", "Winter included.")),
        ("'“We will run [ . . . ] Winter included.”'", ("We will run", "Winter included.")),
        ("['“We will run', 'Winter included.”']", ("We will run", "Winter included.")),
        ("['We will run […] day', Winter included., '“”']", ("We will run", "day", "Winter included.")),
        ("'He said „no“'", ("He said „no“",)),
        ("'„no“. The quay'", ("„no“. The quay",)),
        ("'It is [sic] small'", ("It is [sic] small",)),
        ("|\n      We will run\n      every day\n", ("We will run every day",)),
    ],
)
def test_parts(text: str, parts: tuple[str, ...]) -> None:
    found, _codes = quote(f"speaker: okafor\n    text: {text}")
    assert found.parts == parts
    assert found.text == " […] ".join(parts)


@pytest.mark.parametrize(
    ("fields", "standing", "places", "codes"),
    [
        # without `at`
        ("text: Winter included.", FOUND, ["p1:44-60"], []),
        ("text: 'we will run'", ABSENT, [], ["not-verbatim"]),
        ("text: every day", SEVERAL, ["p1:13-22", "p1:82-91"], ["quote-in-several-places"]),
        ("text: 'It is a small step, and a long way'", FOUND, ["p2:1-20", "p3:0-14"], []),
        ("text: mind the gap", FOUND, ["media/m1:13-25"], []),
        ("text: Minister says yes", FOUND, ["headline:0-17"], []),
        ("text: 'no'", FOUND, ["p3:54-56"], []),
        # the order of the parts settles which place is meant, when only one fits
        ("text: 'We will run […] every day […] Winter included.'", FOUND, ["p1:1-12", "p1:13-22", "p1:44-60"], []),
        ("text: 'Winter included. […] every day'", FOUND, ["p1:44-60", "p1:82-91"], []),
        (
            "text: 'We will run […] every day'",
            SEVERAL,
            ["p1:1-12", "p1:13-22", "p1:82-91"],
            ["quote-in-several-places"],
        ),
        ("text: 'Winter included. […] We will run'", FOUND, ["p1:1-12", "p1:44-60"], []),
        ("text: 'We will run […] small step'", FOUND, ["p1:1-12", "p2:9-19"], []),
        ("text: 'We will run […] big step'", ABSENT, [], ["not-verbatim"]),
        # with `at`
        ("text: every day, at: 'p1:80-93'", FOUND, ["p1:82-91"], []),
        ("text: every day, at: p1", SEVERAL, ["p1:13-22", "p1:82-91"], []),
        ("text: Winter included., at: p2", ELSEWHERE, ["p1:44-60"], ["quote-not-at-place"]),
        ("text: every day, at: p2", ELSEWHERE, ["p1:13-22", "p1:82-91"], ["quote-not-at-place"]),
        ("text: Winter included., at: 'p1:44-59'", ELSEWHERE, ["p1:44-60"], ["quote-not-at-place"]),
        ("text: 'It is a small step, and a long way', at: [p3, p2]", FOUND, ["p2:1-20", "p3:0-14"], []),
        (
            "text: 'It is a small step, and a long way', at: p2",
            ELSEWHERE,
            ["p2:1-20", "p3:0-14"],
            ["quote-not-at-place"],
        ),
        ("text: not there, at: p2", ABSENT, ["p2"], ["not-verbatim"]),
        ("text: Winter included., at: p9", FOUND, ["p1:44-60"], ["bad-at"]),
        ("text: every day, at: [p2, p9]", ELSEWHERE, ["p1:13-22", "p1:82-91"], ["bad-at"]),
        # what need not be verbatim
        ("form: indirect, text: The quay would be ready", FOUND, ["p3:59-82"], []),
        ("form: indirect, text: every day", SEVERAL, ["p1:13-22", "p1:82-91"], ["quote-in-several-places"]),
        ("form: indirect, text: the quay is ready", PARAPHRASE, [], ["indirect-not-in-body"]),
        ("form: indirect, text: the quay is ready, at: p3", PARAPHRASE, ["p3"], ["indirect-not-in-body"]),
        ("form: indirect, text: the quay is ready, at: 'p3:59-82'", PARAPHRASE, ["p3:59-82"], []),
        ("form: indirect, text: the quay is ready, at: p9", PARAPHRASE, [], ["bad-at"]),
        ("form: indirect, text: The quay would be ready, at: p3", FOUND, ["p3:59-82"], []),
        ("form: indirect, text: quay would, at: 'p3:59-82'", FOUND, ["p3:59-82"], []),
        ("form: indirect, text: quay would, at: p1", ELSEWHERE, ["p3:63-73"], ["quote-not-at-place"]),
        ("form: reported, text: a promise", PARAPHRASE, [], []),
        ("form: reported, at: p2", PARAPHRASE, ["p2"], []),
        ("form: free-indirect, text: Was it ready?, at: p3", PARAPHRASE, ["p3"], []),
        # mixed: the words between quote marks
        ("form: mixed, text: 'She would run “every day” and “Winter included.”'", FOUND, ["p1:13-22", "p1:44-60"], []),
        ("form: mixed, text: 'She would run “every day”', at: p1", SEVERAL, ["p1:13-22", "p1:82-91"], []),
        ("form: mixed, text: 'She would run “daily”', at: p1", ABSENT, ["p1"], ["not-verbatim"]),
        ("form: mixed, text: 'He said “no”'", FOUND, ["p3:45-57"], []),
        ("form: mixed, text: 'A “small step” for them', at: p1", ELSEWHERE, ["p2:9-19"], ["quote-not-at-place"]),
        ("form: mixed, text: 'A “small step […] long way” for them'", FOUND, ["p2:9-19", "p3:6-14"], []),
        ("form: mixed, text: A step", UNMARKED, [], ["mixed-without-marks"]),
    ],
)
def test_where_the_words_stand(fields: str, standing: EvidenceStatus, places: list[str], codes: list[str]) -> None:
    found, problems = quote(f"{{speaker: okafor, {fields}}}")
    assert (found.evidence_status, evidence(found), problems) == (standing, places, codes)


def message(text: str) -> str:
    (problem,) = parse_article(text.encode(), "a.yaml").problems
    return f"{problem.code}: {problem.message}"


def test_words_that_stand_exactly_where_at_says_may_be_a_part_of_a_word() -> None:
    file = FILE.replace("The quay would be ready", "The quayside and the quay would be ready")
    at = file.splitlines()[6].index("quayside") - len("  - ")
    text = f"{file}quotes: [{{speaker: okafor, form: indirect, text: quay, at: 'p3:{at}-{at + 4}'}}]\n"
    loaded = parse_article(text.encode(), "a.yaml")
    assert loaded.article is not None
    assert loaded.problems == ()
    assert evidence(loaded.article.quotes[0]) == [f"p3:{at}-{at + 4}"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            "text: 'We will run […] every day'",
            "'every day' occurs in several places (p1:13-22, p1:82-91): add at:",
        ),
        ("text: every day", "the words occur in several places (p1:13-22, p1:82-91): add at:"),
        ("text: [Yes, Yes], at: p3", "'Yes', and 1 other part, are not in p3, but in p4:1-4, p4:41-44: correct at:"),
        ("text: 'Winter included. […] a long way', at: p1", "'a long way' is not in p1, but in p3:4-14: correct at:"),
        ("text: 'small step […] a long way', at: p1", "'small step', and 1 other part, are not in p1, but in p2:9-19:"),
    ],
)
def test_a_finding_names_the_doubtful_part_without_the_certain_ones(fields: str, words: str) -> None:
    assert words in message(f"{FILE}quotes:\n  - {{speaker: okafor, {fields}}}\n")


REOPENED = """\
headline: A
outlet: B
published: 2023
body:
  - "“The boat runs."
  - "“It runs daily."
  - "« It runs at night,” Holt said. “No.”"
  - "“Never,” Roe said."
people: {holt: Per Holt}
quotes:
"""


@pytest.mark.parametrize(
    ("fields", "places", "codes"),
    [
        ("text: The boat runs. It runs daily. It runs at night", ["p1:1-15", "p2:1-15", "p3:2-18"], []),
        ("text: runs daily. It runs at night, at: [p2, p3]", ["p2:4-15", "p3:2-18"], []),
        ("text: boat runs. It runs daily, at: ['p1:5-15', 'p2:1-14']", ["p1:5-15", "p2:1-14"], []),
        ("text: The boat runs. “It runs daily", ["p1:1-15", "p2:1-14"], []),
        ("text: No. Never", [], ["not-verbatim"]),
        ("text: The boat runs. Never", [], ["not-verbatim"]),
    ],
)
def test_a_quote_over_paragraphs_that_quote_marks_open_again(fields: str, places: list[str], codes: list[str]) -> None:
    loaded = parse_article(f"{REOPENED}  - {{speaker: holt, {fields}}}\n".encode(), "a.yaml")
    assert loaded.article is not None
    assert (evidence(loaded.article.quotes[0]), [found.code for found in loaded.problems]) == (places, codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("He said yes", ["mixed-without-marks"]),
        ("He said ready, he said", ["mixed-without-marks"]),
        ("\"He said 'no'\"", []),
        ("\"He said 'never'\"", ["not-verbatim"]),
        ("He said ``never''", ["not-verbatim"]),
        ("He said ‚never‘", ["not-verbatim"]),
        ("He said «never»", ["not-verbatim"]),
    ],
)
def test_a_mixed_quote_has_words_between_any_quote_marks(text: str, codes: list[str]) -> None:
    found, problems = quote(f"speaker: okafor\n    form: mixed\n    text: {text}")
    assert problems == codes
    assert (found.evidence_status is UNMARKED) == (codes == ["mixed-without-marks"])


def test_of_a_text_that_commas_cut_nothing_else_is_said() -> None:
    for form in ("direct", "mixed", "indirect"):
        assert quote(f"{{speaker: okafor, form: {form}, text: no boat, no pact}}")[1] == ["cut-by-comma"]


def test_an_absent_speaker_is_none() -> None:
    found, codes = quote("null: Winter included.")
    assert (found.speaker, codes) == (None, ["no-speaker"])
    found, codes = quote("{speaker: null, speaker_text: ~, text: Winter included.}")
    assert (found.speaker, found.speaker_text, codes) == (None, "", ["no-speaker"])
    found, codes = quote("{speaker: unknown, text: Winter included.}")
    assert codes == ["says-nothing"]


def test_words_are_whole_words_where_they_can_be() -> None:
    found, codes = quote("{speaker: okafor, text: Yes, at: p4}")
    assert (evidence(found), codes) == (["p4:1-4", "p4:41-44"], [])
    found, codes = quote("{speaker: okafor, text: in}")
    assert (found.evidence_status, codes) == (SEVERAL, ["quote-in-several-places"])


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("{text: Winter included.}", ["no-speaker"]),
        ("{speaker_text: an official, text: Winter included.}", []),
        ("{speaker: okafor, to: han, text: Winter included.}", []),
        ("{speaker: okafor, to: hann, text: Winter included.}", ["unknown-reference"]),
        ("{speaker: okafor, text: [Winter included., [x]]}", ["not-verbatim", "wrong-shape"]),
        ("{speaker: okafor, text: {a: b}}", ["not-verbatim", "wrong-shape"]),
        ("{speaker: okafor}", ["wrong-shape"]),
        ("{speaker: okafor, text: ''}", ["wrong-shape"]),
        ("{speaker: okafor, form: Direct, text: Winter included.}", ["unknown-form"]),
        ("okafor: Winter included.", []),
        ("okafor: [We will run, Winter included.]", []),
        ("Lena Okafor: Winter included.", []),
        ("an official: Winter included.", ["unknown-reference"]),
        ("okafor: ''", ["wrong-shape"]),
        ("Winter included.", ["wrong-shape"]),
    ],
)
def test_faults_of_a_quote(fields: str, codes: list[str]) -> None:
    assert sorted(quote(fields)[1]) == codes


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            "text: Winter included., at: [headline, 'media:m1:0-4', p2]",
            "not in headline, media:m1:0-4, p2, but in p1:44-60",
        ),
        ("text: every day", "p1:13-22, p1:82-91"),
        ("text: Winter excluded.", "'Winter excluded.'"),
        (
            "text: 'every day […] Winter excluded.'",
            "'Winter excluded.' is not in the article word for word; the closest words are in p1, 'Winter *included*'",
        ),
        ("form: speech, text: every day, at: p1", "direct, mixed, indirect, reported, free-indirect"),
    ],
)
def test_messages_name_the_cure(fields: str, words: str) -> None:
    (problem,) = parse_article(f"{FILE}quotes:\n  - {{speaker: okafor, {fields}}}\n".encode(), "a.yaml").problems
    assert words in problem.message


def test_an_unknown_form_is_shown_as_written() -> None:
    found, _codes = quote("{speaker: okafor, form: shouted, text: Winter included.}")
    assert (found.form, found.evidence_status, evidence(found)) == ("shouted", FOUND, ["p1:44-60"])


def test_fields_of_a_quote() -> None:
    found, codes = quote(
        "{id: x, speaker: han, to_text: reporters, cue: told, text: a long way, medium: radio, x: [a]}"
    )
    assert (found.ref.id, found.line, found.to_text, found.cue) == ("x", 13, "reporters", "told")
    assert (found.unknown_fields, codes) == ((("medium", "radio"), ("x", "a")), [])


def test_ids_by_position_and_their_collisions() -> None:
    text = "quotes: [{id: q2, speaker: han, text: a}, {speaker: han, text: a}, {id: X, speaker: han, text: a}]\n"
    loaded = parse_article(f"{FILE}{text}".encode(), "a.yaml")
    assert loaded.article is not None
    assert [one.ref.id for one in loaded.article.quotes] == ["q2-2", "q2", "X"]
    codes = [found.code for found in loaded.problems if found.code != "quote-in-several-places"]
    assert codes == ["duplicate-id", "bad-id"]


@pytest.mark.parametrize(
    ("speaker", "text", "words"),
    [
        (
            "she",
            "It is a small step,",
            "'she' is a pronoun: write the id of the person meant (named near it: okafor)",
        ),
        (
            "he",
            "Yes",
            "'he' is a pronoun: write the id of the person meant (named near it: han, okafor), or speaker_text",
        ),
        (
            "They",
            "nobody ever said that at all",
            "'They' is a pronoun: write the id of the person meant, or speaker_text:",
        ),
    ],
)
def test_a_pronoun_as_speaker_is_told_who_may_be_meant(speaker: str, text: str, words: str) -> None:
    for fields in (f"{{speaker: {speaker}, text: '{text}', at: p4}}", f"{speaker}: '{text}'"):
        found = parse_article(f"{FILE}quotes:\n  - {fields}\n".encode(), "a.yaml").problems
        messages = [one.message for one in found if one.code == "unknown-reference"]
        assert len(messages) == 1
        assert messages[0].startswith("'" + speaker + "' is a pronoun: write the id of the person meant")
    assert words in messages[0]


def test_a_name_inside_another_word_is_not_named_near_a_pronoun() -> None:
    file = "headline: Annual toll\nbody: Lena Okafor said no. The Annual toll would stay, she said. Anne Lee left.\n"
    people = "people: {ann: Ann Lee, okafor: Lena Okafor}\nquotes: [{speaker: she, text: would stay}]\n"
    (message,) = [
        one.message
        for one in parse_article((file + people).encode(), "a.yaml").problems
        if one.code == "unknown-reference"
    ]
    assert "(named near it: okafor, ann)" in message


def test_a_key_alone_that_is_another_word_is_no_speaker() -> None:
    _found, codes = quote("{content: Winter included.}")
    assert set(codes) == {"no-speaker", "nearly-known-key"}


def test_quotes_of_an_article_without_a_text_are_not_missed_in_it() -> None:
    text = (
        "headline: a\noutlet: b\npublished: 2023\npeople: {han: Han}\nquotes: [{speaker: han, text: We ran, at: p1}]\n"
    )
    assert [one.code for one in parse_article(text.encode(), "a.yaml").problems] == ["no-body"]
