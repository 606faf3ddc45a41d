"""What is said of a file that is not YAML: the place, the cause, and a cure that fits this cause."""

import re

import pytest

from dossier.loader.article import parse_article
from dossier.loader.syntax_causes import describe_prose


def told(text: str) -> list[tuple[int, int, str]]:
    """Return line, column and message of each finding but those of what is left out at the head of the file."""
    found = [
        one for one in parse_article(text.encode(), "a.yaml").problems if one.code not in ("no-outlet", "no-published")
    ]
    return [(one.line, one.column, one.message) for one in found]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            "headline: 'It's over'\nbody: [One.]\n",
            (1, 14),
            "the apostrophe ends the text, because it begins with ': double it ('') or put the "
            "text in double quotes, or use a block: |",
        ),
        (
            'headline: Toll\nsummary: "She said "no" twice"\nbody: [One.]\n',
            (2, 20),
            'a double quote mark inside the text ends it: write \\" for the inner marks, or use a block: |',
        ),
        (
            'headline: ""No," she said"\nbody: [One.]\n',
            (1, 12),
            'a double quote mark inside the text ends it: write \\" for the inner marks, or use a block: |',
        ),
        (
            'headline: "No," she said\nbody: [One.]\n',
            (1, 11),
            'the text begins with " and continues after the next ", where YAML ends it: '
            "put the whole text in single quotes ('…'), or use a block: |",
        ),
        (
            'headline: T\nbody:\n  - "We will," said Okafor.\n  - Two.\n',
            (3, 5),
            'the text begins with " and continues after the next ", where YAML ends it: '
            "put the whole text in single quotes ('…'), or use a block: |",
        ),
        (
            'headline: T\nbody: ["She said "no" twice", "b"]\n',
            (2, 18),
            'a double quote mark inside the text ends it: write \\" for the inner marks',
        ),
        (
            "headline: T\nbody: ['It's over', 'b']\n",
            (2, 11),
            "the apostrophe ends the text, because it begins with ': double it ('') or put the text in double quotes",
        ),
        (
            'headline: "The toll\noutlet: Herald\nbody: [One.]\n',
            (1, 11),
            'the text that begins with " in line 1 is never closed: put " at its end',
        ),
        (
            'headline: "The toll\noutlet: "Herald"\nbody: [One.]\n',
            (1, 11),
            'the text that begins with " in line 1 is never closed: put " at its end',
        ),
        (
            "headline: 'The toll\noutlet: Herald\nbody: [One.]\n",
            (1, 11),
            "the text that begins with ' in line 1 is never closed: put ' at its end",
        ),
        (
            "headline: Toll\n  outlet: Herald\nbody: [One.]\n",
            (2, 3),
            (
                "line 2 is indented by 2 spaces, and line 1, which already has "
                "a value, by 0: begin both in the same column"
            ),
        ),
        (
            "quotes:\n  - speaker: holt\n    text: a\n   form: direct\n",
            (4, 4),
            "line 4 is indented by 3 spaces, line 3 by 4, and nothing above begins in that column: "
            "lines that belong together begin in the same column",
        ),
        (
            "quotes:\n  - speaker: holt\n    text: a\n - speaker: b\n",
            (4, 2),
            "line 4 is indented by 1 space, line 3 by 4, and nothing above begins in that column: "
            "lines that belong together begin in the same column",
        ),
        (
            "quotes:\n  - a: b\n  c: d\n",
            (3, 3),
            "line 3 begins in the column of the list that line 2 begins, without a hyphen: "
            "indent it like the lines of the item above, or begin it with -",
        ),
        (
            "headline: x\n- a\n",
            (2, 1),
            "line 2 begins a list item where a key is expected: remove the value of the "
            "key in line 1, or indent the item below it",
        ),
        (
            "people:\n  okafor: Lena\n   reyes: Tom\n",
            (3, 4),
            (
                "line 3 is indented by 3 spaces, and line 2, which already has "
                "a value, by 2: begin both in the same column"
            ),
        ),
        (
            "people:\n    okafor: Lena\n  reyes: Tom\n",
            (3, 3),
            "line 3 is indented by 2 spaces, line 2 by 4, and nothing above begins in that column: "
            "lines that belong together begin in the same column",
        ),
        (
            "headline: Toll: the end\nbody: [One.]\n",
            (1, 15),
            "a colon followed by a space begins a value, which cannot be here: put the "
            "text in quotes, or use a block: |",
        ),
        (
            "quotes:\n  - text: He said: yes\n    speaker: a\n",
            (2, 18),
            "a colon followed by a space begins a value, which cannot be here: put the "
            "text in quotes, or use a block: |",
        ),
        (
            "quotes:\n  - {speaker: a, text: He said: yes}\n",
            (2, 31),
            "a colon followed by a space begins a value, which cannot be here: put the text in quotes",
        ),
        ("headline:Toll\nbody: [One.]\n", (1, 9), "missing space after the colon: write headline: Toll"),
        (
            "headline: Toll\noutlet:Herald\nbody: [One.]\n",
            (2, 7),
            "missing space after the colon: write outlet: Herald",
        ),
        (
            "headline: Toll\nbody: [One.]\noutlet:Herald\n",
            (3, 7),
            "missing space after the colon: write outlet: Herald",
        ),
        ("headline: Toll\nbody:\n\t- One.\n", (3, 1), "line 3 begins with a tab: indent with spaces"),
        ("headline: Toll\npeople:\n  okafor:\n\tname: Lena\n", (4, 1), "line 4 begins with a tab: indent with spaces"),
        (
            "headline: T\nsection: [A, B\nbody: [One.]\n",
            (2, 10),
            "the [ in line 2 is never closed: put ] after the last value, or put all of it in quotes if it is text",
        ),
        (
            "headline: T\npeople: {okafor: Lena\nbody: [One.]\n",
            (2, 9),
            "the { in line 2 is never closed: put } after the last value, or put all of it in quotes if it is text",
        ),
        (
            "headline: [Toll](http://x)\nbody: [One.]\n",
            (1, 17),
            "YAML reads […] as the whole value, but more follows: if it is text, put all of it in quotes",
        ),
        (
            "headline: T\npeople: - Lena\n",
            (2, 9),
            "a list begins on the line below its key: put each - on its own line; if it is text, put it in quotes",
        ),
        (
            "headline: T\nbody: |One.\n",
            (2, 8),
            "the text of a block begins on the line below the |, indented: move it there",
        ),
        (
            "headline: T\nbody: |\nTwo councils met.\n\nThey went.\npeople: {a: b}\n",
            (3, 1),
            "line 3 is indented no more than line 2, so the block of that line ends here: "
            "indent it if it belongs to that text",
        ),
        (
            "headline: T\nbody: |\n  Two councils met.\n\nThey went.\npeople: {a: b}\n",
            (5, 1),
            "line 5 is indented no more than line 2, so the block of that line ends here: "
            "indent it if it belongs to that text",
        ),
        (
            "headline The toll\nbody: [One.]\n",
            (1, 9),
            "missing colon and space after 'headline': write headline: The toll",
        ),
        (
            "headline: The toll\noutlet Herald\nbody: [One.]\n",
            (2, 7),
            "missing colon and space after 'outlet': write outlet: Herald",
        ),
        (
            "```yaml\nheadline: T\nbody: [One.]\n```\n",
            (1, 1),
            "the file is between Markdown fences: delete lines 1 and 4, or use dossier import",
        ),
        (
            "Here is:\n\n```yaml\nheadline: T\nbody: [One.]\n```\nHope it helps\n",
            (3, 1),
            "the file is between Markdown fences: delete lines 3 and 6 and everything outside them, or use "
            "dossier import",
        ),
        (
            "headline: T\nbody: [One.]\n```\n",
            (3, 1),
            "line 3 is a Markdown fence (```): delete it and everything below it",
        ),
        (
            "~~~\nheadline: T\nbody: [One.]\n~~~\n",
            (1, 1),
            "the file is between Markdown fences: delete lines 1 and 4, or use dossier import",
        ),
        (
            "Sure! Here is the file.\n\nheadline: T\nbody: [One.]\n",
            (1, 1),
            "line 1 is prose before the YAML ('Sure! Here is the file.'): delete it, or use dossier import",
        ),
        (
            "headline: T\nbody: [One.]\n\nI hope this helps! Let me know.\n",
            (4, 1),
            "line 4 is prose after the YAML ('I hope this helps! Let me know.'): delete it, or use dossier import",
        ),
        (
            '{"headline": "a", "body": "b"}\n{"headline": "c", "body": "d"}\n',
            (2, 1),
            "another JSON value begins here: this is JSON Lines, but a file must be one article: use dossier import to "
            "split it",
        ),
        ("headline: %5 more\n", (1, 11), "text cannot begin with %: put the text in quotes, or use a block: |"),
        ("byline: @ida\n", (1, 9), "text cannot begin with @: put the text in quotes, or use a block: |"),
        ("headline: `x`\n", (1, 11), "text cannot begin with `: put the text in quotes, or use a block: |"),
        (
            'headline: "C:\\new\\quest"\n',
            (1, 18),
            "a backslash in double quotes begins an escape, and this is not one: use single quotes, or write \\\\",
        ),
        (
            "**headline:** Toll\nbody: [One.]\n",
            (1, 1),
            "** is bold in Markdown but means nothing in YAML: delete the asterisks",
        ),
        (
            "headline: & co\n",
            (1, 11),
            "& is not a valid YAML anchor here: if it is text, put the whole text in quotes",
        ),
        (
            "headline: *star* x\n",
            (1, 11),
            "* is not a valid YAML alias here: if it is text, put the whole text in quotes",
        ),
        (
            "headline; Toll\nbody: [One.]\n",
            (1, 9),
            "missing colon and space after 'headline': write headline: Toll",
        ),
        (
            "headline: > Toll\nbody: x\n",
            (1, 13),
            "the text of a block begins on the line below the >, indented: move it there",
        ),
        (
            'headline: T\nbody:\n  - "One\n  - Two\n',
            (3, 5),
            'the text that begins with " in line 3 is never closed: put " at its end, or was the file cut off here?',
        ),
        ('{"headline": "T", "body": ["a" "b"]}\n', (1, 32), "missing comma before this"),
        ('{"headline": "T" "body": ["a"]}\n', (1, 18), "missing comma before this"),
        (
            '{"headline": "T", "body": ["a", "b',
            (1, 33),
            'the text that begins with " in line 1 is never closed: put " at its end, or was the file cut off here?',
        ),
        ("headline: T,\nbody: [One.],\n", (2, 13), "there is a comma after the value: delete it"),
        (
            "headline: 'a' b\n",
            (1, 11),
            "the text begins with ' and continues after the next ', where YAML ends it: put "
            'the whole text in double quotes ("…"), or use a block: |',
        ),
        ("headline = T\nbody: [One.]\n", (1, 9), "missing colon and space after 'headline': write headline: T"),
        (
            "<article>\nheadline: T\n</article>\n",
            (1, 1),
            "this is HTML or XML, not YAML: write the article with keys, headline: and body:",
        ),
    ],
)
def test_one_finding_with_place_and_cure(text: str, place: tuple[int, int], words: str) -> None:
    assert told(text) == [(*place, words)]


@pytest.mark.parametrize(
    ("text", "place", "lines"),
    [
        (
            "headline: Toll\nbody:\n  - One.\n   - Two.\n",
            (4, 4),
            "line 4 is indented by 3 spaces, and line 3, whose text it continues, by 2",
        ),
        (
            "headline: Toll\nbody:\n  - One.\n    - Two.\n",
            (4, 5),
            "line 4 is indented by 4 spaces, and line 3, whose text it continues, by 2",
        ),
        (
            "headline: Toll\nbody: [One.]\nsection: a\n  - b\n",
            (4, 3),
            "line 4 is indented by 2 spaces, and line 3, whose text it continues, by 0",
        ),
        (
            "headline: Toll\r\nbody:\r\n  - One.\r\n   - Two.\r\n",
            (4, 4),
            "line 4 is indented by 3 spaces, and line 3, whose text it continues, by 2",
        ),
    ],
)
def test_an_item_that_the_text_above_swallows(text: str, place: tuple[int, int], lines: str) -> None:
    ((line, column, message),) = told(text)
    assert (line, column) == place
    assert lines in message


def test_wrapped_text_may_have_a_dash_at_the_start_of_a_line() -> None:
    line = "Two island councils signed a pact on Tuesday that gives them a ferry"
    assert told(f"headline: Toll\nbody:\n  - {line}\n    - and a small one - every day\n") == []


@pytest.mark.parametrize("text", ["headline: T\nbody: |\n  ```\n  code\n  ```\n", "headline: T\nbody:\n  - `a`b\n"])
def test_fences_within_a_text_are_no_fences_around_it(text: str) -> None:
    assert not any("fences" in message for _line, _column, message in told(text))


def test_long_lines_are_looked_at_once() -> None:
    assert len(told("headline: T\nbody:\n  - " + "a - " * 100_000 + '\n  - "b" c')) == 1


def test_prose_is_shortened() -> None:
    assert (
        describe_prose(3, "x" * 99)
        == f"line 3 is prose before the YAML ('{'x' * 39}…'): delete it, or use dossier import"
    )


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_file_that_is_cut_off_anywhere_has_a_finding_and_no_error_of_ours(cut: int) -> None:
    text = (
        '{"headline": "Toll", "body": ["One.", "Two \\"and\\" three."], "people": [{"id": "a", "name": "Ann"}]}\n' * 4
    )
    assert told(text[:cut]) != [] or re.fullmatch(r"(?:\{.*\}\n?)?", text[:cut])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("--- >\nline 1\nline 2\n", "an article begins with keys"),
        ("---\na text\n...\nkey: value\n", "line 3 (...) ends the article"),
    ],
)
def test_a_line_behind_the_end_is_not_told_to_be_indented_as_it_is(text: str, words: str) -> None:
    (message,) = (one.message for one in parse_article(text.encode(), "a.yaml").problems)
    assert words in message
    assert "same column" not in message
