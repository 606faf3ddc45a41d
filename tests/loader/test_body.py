import pytest

from dossier.loader.article import parse_article


def body(yaml: str) -> tuple[list[tuple[str, str, int]], list[str]]:
    loaded = parse_article(f"headline: a\noutlet: b\npublished: 2023\n{yaml}".encode(), "a.yaml")
    blocks = loaded.article.body if loaded.article else ()
    return [(block.ref.id, block.text, block.line) for block in blocks], [found.code for found in loaded.problems]


@pytest.mark.parametrize(
    ("yaml", "lines"),
    [
        ("body: |\n  One\n  two.\n\n  Three.\n", (5, 8)),
        ("body: |\n\n  One\n  two.\n \n\n\n  Three.\n", (6, 11)),
        ("body: |2-\n    One\n  two.\n\n  Three.", (5, 8)),
        ("body: &text !!str # words\n  # more words\n  |\n  One\n  two.\n\n  Three.\nnote: *text\n", (7, 10)),
        ("body: >\n  One\n  two.\n\n  Three.\n", (5, 8)),
        ("body: >-\n  One\n    two.\n\n\n  Three.\n", (5, 9)),
        ("body: One\n  two.\n\n  Three.\n", (4, 7)),
        ("body:\n  One\n  two.\n\n\n  Three.\n", (5, 9)),
        ("body: &a\n  One\n  two.\n\n  Three.\nnote: *a\n", (5, 8)),
        ("body: 'One\n  two.\n\n  Three.'\n", (4, 7)),
        ("body: 'One\n\n  two.\n\n\n  Three.'\n", (4, 9)),
        ('body: "One\n  two.\n\n  Three."\n', (4, 7)),
        ('body: "One\\ntwo.\\n\\nThree."\n', (4, 4)),
        ('body: "One\\ntwo.\\n\\\n  \\nThree."\n', (4, 5)),
        ('body: "One\n  two.\\n\n  \\n \\\n  Three."\n', (4, 7)),
        ('body: "One \\x74w\\u006f.\\n \\n\\U00000054hree."\n', (4, 4)),
        ('body: "One\\\n  \\ two.\\n\\n\\\n  Three."\n', (4, 6)),
        ("body:\n- One two.\n- Three.\n", (5, 6)),
        ("body:\n- |\n  One\n  two.\n- >-\n\n  Three.\n", (6, 10)),
        ("body: [One two., 'Three.']", (4, 4)),
    ],
)
def test_two_paragraphs_and_their_lines(yaml: str, lines: tuple[int, int]) -> None:
    assert body(yaml) == ([("p1", "One two.", lines[0]), ("p2", "Three.", lines[1])], [])
    assert body(yaml.replace("\n", "\r\n")) == ([("p1", "One two.", lines[0]), ("p2", "Three.", lines[1])], [])


def test_signs_of_yaml_are_text_within_each_style() -> None:
    assert body("body: |\n  It's \\n &a *b #c\n")[0] == [("p1", "It's \\n &a *b #c", 5)]
    assert body("body: 'It''s\n\n  \\n ''so'''\n")[0] == [("p1", "It's", 4), ("p2", "\\n 'so'", 6)]
    assert body('body: "\'\'\n\n  \\"so\\\\"\n')[0] == [("p1", "''", 4), ("p2", '"so\\', 6)]


def test_line_break_in_quotes_alone_is_a_space() -> None:
    assert body('body: "One\\ntwo."')[0] == [("p1", "One two.", 4)]


def test_headings_take_no_number() -> None:
    blocks, codes = body("body:\n- One.\n- {heading: What changes}\n- Two.\n- heading: |\n    Why\n- Three.\n")
    assert blocks == [
        ("p1", "One.", 5),
        ("h1", "What changes", 6),
        ("p2", "Two.", 7),
        ("h2", "Why", 8),
        ("p3", "Three.", 10),
    ]
    assert codes == []


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("One\n  two.", 5),
        ("'One\n  two.'", 5),
        ("“One”\n  two.", 5),
        ("'\n  One two.'", 6),
        ('"\\\n  One\n  two."', 6),
        ("&a\n  One\n  two.", 6),
        ("!!str # why\n  One two.", 6),
        ("|\n\n  One two.", 7),
    ],
)
def test_an_item_over_several_lines_begins_where_its_words_begin(item: str, line: int) -> None:
    blocks, _codes = body(f"body:\n- {item}\n")
    assert [found_line for _id, _text, found_line in blocks] == [line]


def test_offsets_count_the_space_at_the_beginning_of_an_item_and_each_line_break() -> None:
    assert body('body: [" One\\n\\ttwo. \\n"]')[0] == [("p1", " One  two.", 4)]


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("body:\n- Note: this came late\n", "Note: this came late"),
        ("body:\n- [One, two]\n", "One, two"),
        ("body:\n- {heading: [One, two]}\n", "One, two"),
        ("body:\n- {heading: One, level: 2}\n", "heading: One, level: 2"),
    ],
)
def test_items_of_the_wrong_shape_are_shown(yaml: str, text: str) -> None:
    blocks, codes = body(yaml)
    assert ([block[1] for block in blocks], codes) == ([text], ["wrong-shape"])


def test_an_empty_item_keeps_its_number() -> None:
    assert body("body:\n- One.\n-\n- Three.\n") == (
        [("p1", "One.", 5), ("p2", "", 6), ("p3", "Three.", 7)],
        ["wrong-shape"],
    )


@pytest.mark.parametrize("yaml", ["body:\n", "body: ''\n", "body: |\n\n", "body: []\n", "", "body: ['']\n"])
def test_no_text_is_no_body(yaml: str) -> None:
    blocks, codes = body(yaml)
    assert blocks == []
    assert "no-body" in codes


def test_a_body_that_is_a_mapping() -> None:
    assert body("body: {p1: One.}") == ([], ["wrong-shape"])
