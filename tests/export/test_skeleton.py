import re

import pytest

from dossier.export.skeleton import make_skeleton, split_paragraphs
from dossier.loader.article import parse_article
from dossier.loader.format_keys import ARTICLE_KEYS

TO_FILL_IN = ["no-headline", "no-outlet", "no-published"]
HARD = [
    "It said: “yes” - no # comment, 'apostrophe' and [brackets].",
    "- a list: {x}",
    "# a heading",
    "null",
    "---",
    'Two\u2028three\x85four\x07five\x0csix \\ back "quoted" \ufeff end',
    "emoji 😀 and 한서진",
    "%TAG ! x",
]


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse_article(text.encode(), "a.yaml").problems]


def test_what_is_to_be_filled_in_is_all_that_is_found() -> None:
    assert codes(make_skeleton()) == [*TO_FILL_IN, "no-body"]
    assert codes(make_skeleton("A ferry.\n\nA boat.")) == TO_FILL_IN


def filled(skeleton: str) -> str:
    for key, value in (("headline", "Ferry pact"), ("outlet", "Herald"), ("published", "2023-04-12")):
        skeleton = skeleton.replace(f"\n{key}: ", f"\n{key}: {value} ")
    return skeleton


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n\n"])
def test_paragraphs_come_through_word_for_word(gap: str) -> None:
    loaded = parse_article(filled(make_skeleton(f"\n{gap.join(HARD)}\n")).encode(), "a.yaml")
    assert loaded.problems == ()
    assert loaded.article is not None
    shown = [re.sub("[\ufffd␇␌\u2400-\u243f]", "?", one.text) for one in loaded.article.body]
    assert len(shown) == len(HARD)
    assert [one for one in shown if one not in HARD] == [shown[5]]
    assert re.fullmatch(r'Two.*three.*six \\ back "quoted" . end', shown[5])


def test_paragraphs_are_numbered() -> None:
    assert re.findall("# (p[0-9]+)\n  - .*\n    (.*)", make_skeleton("One.\n\nTwo.")) == [
        ("p1", "One."),
        ("p2", "Two."),
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One\ntwo\n\nthree\n", ("One two", "three")),
        ("One\ntwo\nthree", ("One", "two", "three")),
        ("  One  \r\n\r\n\r\n  two", ("One", "two")),
        ("", ()),
        ("\n \n", ()),
        ("One\u00a0two", ("One\u00a0two",)),
    ],
)
def test_split_paragraphs(text: str, paragraphs: tuple[str, ...]) -> None:
    assert split_paragraphs(text) == paragraphs


def test_what_is_commented_out_is_right_when_it_counts() -> None:
    body = (
        "“We will run every day of the year,” said Lena Okafor on Tuesday. “Winter included.”\n\n"
        "The quay would be ready by June: the quay would be ready by June, said Han Seo-jin in Port Arlen, PAA.\n\n"
        "The toll would not rise, an official said; the toll would not rise."
    )
    examples = make_skeleton(body).partition("\n# Who is in the article")[2]
    head = filled(make_skeleton(body).partition("\n# Who is in the article")[0])
    counting = re.sub(r"^#(?! \S)", "", f"# Who is in the article{examples}", flags=re.MULTILINE)
    assert codes(head + "\n" + counting) == []


def test_every_key_is_in_it() -> None:
    skeleton = make_skeleton()
    assert [key.name for key in ARTICLE_KEYS if not re.search(f"^#?{key.name}:", skeleton, re.MULTILINE)] == []
