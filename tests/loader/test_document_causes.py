"""What is said of lines that YAML takes for directives or marks of a document, and of keys between brackets."""

import pytest

from dossier.loader.article import parse_article

G = "headline: T\nbody: [One.]\noutlet: H\npublished: 2023\n"
"""An article without a finding, of four lines."""


def told(text: str) -> list[str]:
    return [str(one).removeprefix("a.yaml:") for one in parse_article(text.encode(), "a.yaml").problems]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "%FOO bar\n---\n" + G,
            "1:1: error: line 1 begins with %, so YAML reads it as a directive, and this one is none that YAML has "
            "('%FOO bar'): delete the line",
        ),
        (
            "%YAML 2.0\n---\n" + G,
            "1:1: error: line 1 begins with %, so YAML reads it as a directive, and this one is malformed or of "
            "another version of YAML than 1.1 and 1.2 ('%YAML 2.0'): delete the line",
        ),
        (
            "%YAML 1.1\n%YAML 1.1\n---\n" + G,
            "2:1: error: line 2 begins with %, so YAML reads it as a directive, and this one is there already "
            "('%YAML 1.1'): delete the line, or indent it if it belongs to the lines above",
        ),
        (
            "%YAML 1.1\n" + G,
            "1:1: error: line 1 begins with %, so YAML reads it as a directive, and --- must follow: delete line 1",
        ),
        (
            G + "x: { matches\n% : 20 }\n",
            "6:1: error: line 6 begins with %, so YAML reads it as a directive, and this one is none that YAML has "
            "('% : 20 }'): delete the line, or indent it if it belongs to the lines above",
        ),
        ("...\n" + G, "1:1: error: line 1 (...) ends the document, but nothing is above it: delete the line"),
        (
            G + "...\nlang: en\n",
            "5:1: error: line 5 (...) ends the article, but more follows in line 6: delete line 5",
        ),
        (
            G + "x: {a: b,\n...\n",
            "6:1: error: line 6 (...) ends the document, but what begins in line 5 is not closed: "
            "close it, or indent line 6 if it is text",
        ),
        (
            G + 'x: "abc\n---\n"\n',
            "6:1: error: line 6 (---) begins another document, but what begins in line 5 is not closed: "
            "close it, or indent line 6 if it is text",
        ),
        (
            G + 'x: { "foo\n  bar" : baz }\n',
            "6:8: error: the key before this colon begins in line 5: "
            "between brackets, write a key and its colon in one line",
        ),
        (
            G + "x:\n  - {single line: value}\n  - {multi\n    line: value}\n",
            "8:9: error: the key before this colon begins in line 7: "
            "between brackets, write a key and its colon in one line",
        ),
        (
            G + "x: {a: b\n  c: d}\n",
            "5:9: error: a comma is missing between line 5 and line 6: put it after the value",
        ),
        (
            G + "x:\n  a: {b: c\n  d: {e: f}\n",
            "6:6: error: the { in line 6 is never closed: put } after the last value, or put all of it in quotes if it "
            "is text",
        ),
    ],
)
def test_cause_and_cure(text: str, words: str) -> None:
    assert told(text) == [f"{words} [not-yaml]"]


@pytest.mark.parametrize("mark", ["...\n", "...\n...\n", "... # the end\n"])
def test_an_end_of_the_document_at_the_end_is_no_fault(mark: str) -> None:
    assert told(G + mark) == []


@pytest.mark.parametrize("line", ["note: left out at the desk's wish", "notes: one two three four", "my remark: a b c"])
def test_an_unknown_last_key_with_a_longer_text_is_no_fault(line: str) -> None:
    assert told(G + line + "\n") == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (G + "Note: I left out the weather box.\n", "5:1", "line 5 is read as a key, but may be prose after the YAML"),
        ("I hope that it is of use: yes\n" + G, "1:1", "line 1 is read as a key, but may be prose before the YAML"),
    ],
)
def test_prose_in_the_form_of_a_key_is_doubtful_but_kept(text: str, place: str, words: str) -> None:
    (found,) = told(text)
    assert found.startswith(f"{place}: warning: {words}")
    assert found.endswith("if it is, delete it [prose-as-key]")
    article = parse_article(text.encode(), "a.yaml").article
    assert article is not None
    assert article.unknown_fields


@pytest.mark.parametrize("line", ["Here is the YAML you asked for:\n", "Sure, here you are:\n\n"])
def test_a_sentence_before_the_first_key_is_prose(line: str) -> None:
    (found,) = told(line + G)
    assert found.startswith(f"1:1: error: line 1 is prose before the YAML ('{line.strip()}'): delete it")


def test_a_first_key_of_three_words_without_a_value_may_be_the_reader_s_own() -> None:
    (found,) = told("checked by whom:\n" + G)
    assert found.startswith("1:1: warning: line 1 is read as a key, but may be prose")
