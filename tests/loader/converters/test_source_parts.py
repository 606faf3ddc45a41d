"""Every format, as the real programs wrote it about texts that were made for this; what cannot be taken is said.

The files in `data` are output of trafilatura 2.3.1, spaCy 3.8.18 (Doc.to_json), dkpro-cassis 0.12.0 and CoreNLP 4.5.10
(its tokenizer, its quote annotator and its writer of JSON; names and speakers were set by hand, since its models are
large). All have emoji before what they point to, and line ends of two characters.
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from dossier.core.model import Article
from dossier.core.problem import Severity
from dossier.loader.article import parse_article
from dossier.loader.converters import uima_cas
from dossier.loader.converters.source_parts import SourcePart, convert_source
from dossier.loader.converters.values import ConversionError, DraftArticle, JsonValue
from dossier.loader.converters.yaml_text import write_yaml

DATA = Path(__file__).parent / "data"
needs_cassis = pytest.mark.skipif(
    find_spec("cassis") is None and "cas" not in os.environ.get("DOSSIER_NEEDS", "").split(),
    reason="dkpro-cassis is not installed: pip install -e '.[cas]' installs it",
)
"""A mark of tests that read UIMA CAS. They are skipped where that cannot be, unless $DOSSIER_NEEDS names cas."""


def drafts(source: str | bytes, type_system: bytes | None = None) -> list[DraftArticle]:
    data = source if isinstance(source, bytes) else source.encode()
    made = []
    for part in convert_source(data, type_system):
        assert isinstance(part.draft, DraftArticle), part
        made.append(part.draft)
    return made


def refusal(source: str | bytes, type_system: bytes | None = None) -> str:
    """Return why a source is refused, be it all of it or its only article."""
    try:
        (part,) = convert_source(source if isinstance(source, bytes) else source.encode(), type_system)
    except ConversionError as error:
        return str(error)
    assert isinstance(part.draft, ConversionError)
    return str(part.draft)


def opened(draft: DraftArticle) -> Article:
    """Return the article of a draft as it is read from its file, in which there is no error."""
    loaded = parse_article(write_yaml(draft.fields).encode(), "a.yaml")
    assert [str(one) for one in loaded.problems if one.severity is Severity.ERROR] == []
    assert loaded.article is not None
    return loaded.article


def words_at(article: Article) -> dict[str, list[str]]:
    """Return the words that the evidence of every quote and the mentions of every name point to."""
    texts = {block.ref: block.text for block in article.body} | {
        article.ref._replace(kind="headline"): article.headline
    }
    named = {one.name: one.mentions for one in (*article.people, *article.orgs, *article.places)}
    quoted = {quote.ref.id: quote.evidence for quote in article.quotes}
    return {
        name: [texts[ref.entry][slice(*ref.span)] for ref in refs or () if ref.span]
        for name, refs in {**named, **quoted}.items()
    }


def test_trafilatura() -> None:
    (draft,) = drafts((DATA / "trafilatura.json").read_bytes())
    article = opened(draft)
    assert article.headline == "Ferry pact signed in Port Arlen 😀"
    assert article.byline == ("Ida Brandt", "Tom Reyes")
    assert (article.outlet, article.section, article.keywords) == (
        "Harbour Herald",
        ("National",),
        ("ferries", "islands"),
    )
    assert article.published is not None
    assert article.published.written == "2023-04-12"
    assert article.url == "https://example.org/2023/04/ferry-pact"
    assert article.body[0].text.startswith("Two island councils signed a ferry pact on Tuesday 🚢")
    assert len(article.body) == 10
    assert draft.left_out == {"fingerprint": 1}


def test_trafilatura_without_metadata() -> None:
    article = opened(*drafts((DATA / "trafilatura-bare.json").read_bytes()))
    assert article.headline == "Ferry pact signed in Port Arlen 😀"
    assert article.body[1].text == "What changes"


@pytest.mark.parametrize("name", ["corenlp-text.json", "corenlp-bare.json", "corenlp-codepoint.json"])
def test_corenlp(name: str) -> None:
    (draft,) = drafts((DATA / name).read_bytes())
    article = opened(draft)
    assert words_at(article) == {
        "Lena Okafor": ["Lena Okafor", "Okafor"],
        "Port Authority of Arlen": ["Port Authority of Arlen"],
        "Port Arlen": ["Port Arlen"],
        "q1": ["We will run every day of the year,"],
        "q2": ["It is the longest quay of all the islands, and we will keep it so,"],
    }
    one, two = article.quotes
    assert one.speaker is not None
    assert [ref.id for ref in one.speaker.targets] == ["okafor"]
    assert one.speaker_text == "the minister"
    assert [article.body[1].text[slice(*ref.span or (0, 0))] for ref in one.speaker_at] == ["the minister"]
    assert (two.speaker, two.speaker_text) == (None, "")
    assert draft.left_out == {"tokens": 71, "sentences": 4, "DATE names": 1}


def test_the_code_point_offsets_of_corenlp_are_not_used() -> None:
    value = json.loads((DATA / "corenlp-codepoint.json").read_text("utf-8"))
    for sentence in value["sentences"]:
        for token in sentence["tokens"]:
            token["codepointOffsetBegin"] = token["codepointOffsetEnd"] = 0
    assert drafts(json.dumps(value)) == drafts((DATA / "corenlp-text.json").read_bytes())


def test_spacy() -> None:
    (draft,) = drafts((DATA / "spacy.json").read_bytes())
    assert words_at(opened(draft)) == {
        "Lena Okafor": ["Lena Okafor", "Okafor"],
        "Port Authority of Arlen": ["Port Authority of Arlen"],
        "Port Arlen": ["Port Arlen"],
        "q1": ["We will run every day of the year"],
    }
    assert draft.left_out == {"tokens": 48, "sentences": 3, "DATE entities": 1, "SPEAKER spans": 1}


@pytest.mark.parametrize("unit", ["utf-16-le", "utf-8"])
@pytest.mark.parametrize("folded", [False, True])
def test_spacy_counted_otherwise(unit: str, folded: bool) -> None:
    value = json.loads((DATA / "spacy.json").read_text("utf-8"))
    text = value["text"]
    size = len("a".encode(unit))

    def count(offset: int) -> int:
        before = text[:offset].replace("\r\n", "\n") if folded else text[:offset]
        return len(before.encode(unit)) // size

    # Tokens are cut at line ends as they were, so that those of white space are left out where these are folded.
    value["tokens"] = [] if folded else value["tokens"]
    for one in (*value["ents"], *value["tokens"], *value["sents"], *value["spans"]["ruler"]):
        one["start"], one["end"] = count(one["start"]), count(one["end"])
    (draft,) = drafts(json.dumps(value))
    assert draft.fields == drafts((DATA / "spacy.json").read_bytes())[0].fields


def test_offsets_that_are_of_another_text_are_refused_by_name() -> None:
    value = json.loads((DATA / "spacy.json").read_text("utf-8"))
    value["ents"][1]["end"] += 3
    assert "the offsets of entity 2 PERSON (102-116) give other words" in refusal(json.dumps(value))
    value = json.loads((DATA / "corenlp-text.json").read_text("utf-8"))
    value["quotes"][0]["beginIndex"] += 1
    assert "quote 1 (73-108, '“We will run every day of the…') give other words" in refusal(json.dumps(value))


@needs_cassis
@pytest.mark.parametrize("name", ["cas.xmi", "cas.json"])
def test_uima(name: str) -> None:
    (draft,) = drafts((DATA / name).read_bytes(), (DATA / "TypeSystem.xml").read_bytes() if "xmi" in name else None)
    article = opened(draft)
    assert words_at(article) == {
        "Lena Okafor": ["Lena Okafor"],
        "Port Authority of Arlen": ["Port Authority of Arlen"],
        "Port Arlen": ["Port Arlen"],
        "q1": ["We will run every day of the year"],
    }
    assert article.people[0].same_as == (("wikidata", "Q1"),)
    assert article.quotes[0].speaker is not None
    assert article.lang == "en"


@needs_cassis
def test_a_cas_whose_offsets_are_code_points() -> None:
    value = json.loads((DATA / "cas.json").read_text("utf-8"))
    text = value["%FEATURE_STRUCTURES"][0]["sofaString"]
    for one in value["%FEATURE_STRUCTURES"][2:]:
        for key in ("begin", "end"):
            one[key] = len(text.encode("utf-16-le")[: 2 * one[key]].decode("utf-16-le"))
    assert drafts(json.dumps(value)) == drafts((DATA / "cas.json").read_bytes())


def test_uima_without_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_missing(name: str) -> JsonValue:
        raise ImportError(name)

    monkeypatch.setattr(uima_cas, "import_module", is_missing)
    for name in ("cas.xmi", "cas.json"):
        assert refusal((DATA / name).read_bytes()).endswith("pip install 'dossier[cas]'")


@needs_cassis
def test_a_cas_that_cannot_be_read() -> None:
    xmi, types = (DATA / "cas.xmi").read_bytes(), (DATA / "TypeSystem.xml").read_bytes()
    assert "also name its type system file" in refusal(xmi)
    assert "dkpro-cassis cannot read it" in refusal(xmi[:-200], types)
    bomb = xmi.replace(b"<xmi:XMI", b'<!DOCTYPE x [<!ENTITY a "b">]><xmi:XMI', 1)
    assert "declares XML entities" in refusal(bomb, types)
    assert "dkpro-cassis cannot read it" in refusal('{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1}]}')
    unknown = (DATA / "cas.json").read_text("utf-8").replace('"%TYPE": "de.', '"%TYPE": "no.')
    assert "dkpro-cassis cannot read it: TypeNotFoundError" in refusal(unknown)


ONE = {"headline": "One", "published": "2023-04-12", "outlet": "H", "body": ["It runs."]}
TWO = {
    "title": "Two 😀",
    "date": "2023-04-13 09:30:00.000Z",
    "source": {"name": "H"},
    "author": "A; B",
    "content": "a\nb",
}


def test_other_words_for_keys() -> None:
    (draft,) = drafts(json.dumps(TWO))
    assert draft.fields == {
        "headline": "Two 😀",
        "published": "2023-04-13T09:30:00Z",
        "outlet": "H",
        "byline": ["A", "B"],
        "body": ["a", "b"],
    }


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ONE, TWO]),
        f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n",
        f"{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n",
        json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2),
        json.dumps({"articles": [ONE, TWO], "count": 2}),
        json.dumps({"title": "A feed", "items": [ONE, TWO]}),
        f"Sure!\n\n```json\n{json.dumps([ONE, TWO], indent=1)}\n```\nAnything else?",
        f"```json\n{json.dumps(ONE)}\n```\nand\n~~~~\n{json.dumps(TWO)}\n~~~~\n",
        f"One:\n```json\n{json.dumps(ONE)}\n```\n```python\nprint()\n```\n```\n{json.dumps(TWO)}",
        f"Here it is:\n{json.dumps([ONE, TWO])}\nBye.",
        f"```jsonl\n{json.dumps(ONE)}\n{json.dumps(TWO)}\n```",
        "```yaml\nheadline: One\npublished: 2023-04-12\noutlet: H\nbody: |\n  It runs.\n```\n"
        "```yml\ntitle: Two 😀\ndate: 2023-04-13 09:30:00.000Z\nsource: {name: H}\ncontent: |\n  a\n  b\n```\n",
        f"- {{headline: One, published: 2023-04-12, body: [It runs.]}}\n- {json.dumps(TWO, ensure_ascii=False)}\n",
        f"---\nheadline: One\npublished: 2023-04-12\nbody: It runs.\n---\n{json.dumps(TWO, ensure_ascii=False)}\n",
    ],
)
def test_two_articles_however_they_are_packed(text: str) -> None:
    made = drafts(text)
    assert [draft.fields["headline"] for draft in made] == ["One", "Two 😀"]
    assert [draft.fields["body"] for draft in made] == [["It runs."], ["a", "b"]]
    assert [draft.fields["published"] for draft in made] == ["2023-04-12", "2023-04-13T09:30:00Z"]


def test_fences_with_line_ends_of_two_and_separators_in_a_text() -> None:
    (draft,) = drafts('Sure:\r\n```json\r\n{"headline": "One",\r\n "body": ["a\u2028b"]}\r\n```\r\n')
    assert draft.fields == {"headline": "One", "body": ["a\u2028b"]}
    assert opened(draft).body[0].text == "a b"


def test_line_breaks_that_a_model_leaves_in_a_text() -> None:
    (draft,) = drafts('```json\n{"headline": "One", "body": "a\n\nb"}\n```')
    assert draft.fields["body"] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ('{"headline": "One"\n "body": 1}', "line 2, column 2: expected a comma or }"),
        (
            '```json\n{"headline": "One",\n "body": "x}\n```',
            'line 3, column 10: the text that begins here has no closing "',
        ),
        ("```yaml\nheadline: One\nbody: [\n```", "line 3, column 7"),
        ('{"a": 1}', "this is not an article"),
        ("[]", "this is not an article"),
        ("```", "this is not an article"),
        ("[1]", "this is not an article"),
        ("[[]]", "this is not an article"),
        ("Hello there", "this is not an article"),
        ('{"headline": "a", "headline": "b", "body": "c"}', "the key 'headline' is in one object twice"),
        ("[" * 100_000, "deep"),
        ("<html><body>x</body></html>", "this is not an article"),
        (b"\xff\xfe", "UTF-16"),
    ],
)
def test_what_is_refused(text: str | bytes, words: str) -> None:
    assert words in refusal(text)


def test_one_bad_line_keeps_no_other_back() -> None:
    made = convert_source(f'{json.dumps(ONE)}\n{{"headline": "x\n[1]\n{json.dumps(TWO)}'.encode())
    assert [(part.where, isinstance(part.draft, DraftArticle)) for part in made] == [
        ("line 1", True),
        ("line 2", False),
        ("line 3, article 1", False),
        ("line 4", True),
    ]


def quoted(at: object, **more: object) -> str:
    body = ["🚢 One.", "😀 “We will,” said\r\nLena Okafor."]
    return json.dumps({**ONE, "body": body, "quotes": [{"speaker": "Lena", "text": "We will", "at": at}], **more})


@pytest.mark.parametrize("at", ["p2:3-10", "p2:4-11", "p2:8-15"], ids=["code points", "UTF-16", "UTF-8"])
def test_offsets_of_an_article_file_are_counted_in_code_points(at: str) -> None:
    (draft,) = drafts(quoted([at]))
    assert draft.fields["quotes"] == [{"text": "We will", "at": ["p2:3-10"], "speaker_text": "Lena"}]
    assert words_at(opened(draft)) == {"q1": ["We will"]}


def test_offsets_of_an_article_file_that_fit_nothing() -> None:
    assert "the offsets of quote 1 (5-9, 'We will') give other words" in refusal(quoted("p2:5-9"))
    assert "quote 1" in refusal(quoted("p9:3-10"))
    people = {"okafor": {"name": "Lena Okafor", "mentions": ["p2:500-504"]}}
    assert "a mention of Lena Okafor (500-504)" in refusal(quoted("p2", people=people))


def test_a_speaker_who_has_an_entry_stays_one() -> None:
    people = [{"id": "okafor", "name": "Lena Okafor", "aliases": ["Lena"]}]
    (draft,) = drafts(quoted("p2", people=people))
    assert draft.fields["quotes"][0]["speaker"] == "Lena"


def test_bare_names_get_ids_and_a_speaker_without_an_entry_is_named_as_written() -> None:
    people = ["Lena Okafor", {"name": "Ada Okafor"}, "박진", {"id": "x", "name": "X Y"}]
    quotes = [{"Lena Okafor": "We will"}, {"a clerk": "We will"}, {"speaker": "person/x", "text": "We will"}]
    (draft,) = drafts(json.dumps({**ONE, "body": ["“We will.”"], "people": people, "quotes": quotes}))
    article = opened(draft)
    assert [(one.ref.id, one.name) for one in article.people] == [
        ("okafor", "Lena Okafor"),
        ("okafor-2", "Ada Okafor"),
        ("person", "박진"),
        ("x", "X Y"),
    ]
    assert [(one.speaker is not None, one.speaker_text) for one in article.quotes] == [
        (True, ""),
        (False, "a clerk"),
        (True, ""),
    ]


def test_what_has_no_place_is_counted() -> None:
    (draft,) = drafts(json.dumps({**ONE, "published": "soon", "title": "Other"}))
    assert draft.left_out == {"published: 'soon', which is not a date": 1, "title, beside headline": 1}
    assert "published" not in draft.fields


def test_what_a_comment_cuts_off_is_counted() -> None:
    (draft,) = drafts("```yaml\nheadline: The #1 ferry\nbody: x\n```\n")
    assert draft.fields["headline"] == "The"
    ((message, number),) = draft.left_out.items()
    assert message.startswith("line 2, column 11: '#1 ferry' is read as a comment")
    assert number == 1


def test_parts_say_where_they_are() -> None:
    made: list[SourcePart] = convert_source(f"```\n{json.dumps([ONE, 1])}\n```".encode())
    assert [part.where for part in made] == ["the block of line 2, article 1", "the block of line 2, article 2"]
