import pytest

from dossier.loader.yaml_messages import (
    describe_lost_anchor,
    describe_lost_tag,
    explain_misreading,
    explain_syntax_error,
)


@pytest.mark.parametrize(
    ("problem", "found", "words"),
    [
        ("found character that cannot start any token", "\t", "indent with spaces"),
        ("found character '%' that cannot start any token", "%", "text cannot begin with %: put the text in quotes"),
        ("found unknown escape character", "q", "use single quotes"),
        ("found invalid Unicode character escape code", "d", "use single quotes"),
        ("mapping values are not allowed here", ":", "a colon followed by a space"),
        ("mapping values are not allowed in this context", ":", "a colon followed by a space"),
    ],
)
def test_what_is_known_is_explained(problem: str, found: str, words: str) -> None:
    assert words in explain_syntax_error(problem, found)


def test_what_is_not_known_is_left_to_the_parser() -> None:
    assert explain_syntax_error("found character that cannot start any token", "") == ""
    assert explain_syntax_error("did not find expected key", "x") == ""


@pytest.mark.parametrize(
    ("complaint", "begun", "words"),
    [
        ("while parsing a tag did not find expected tag URI", "!", "! is not a valid YAML tag here"),
        ("while scanning an anchor", "&", "& is not a valid YAML anchor here"),
        ("while scanning an alias", "*", "* is not a valid YAML alias here"),
        ("while parsing a block mapping", "!", ""),
        ("while parsing a tag", "x", ""),
        ("while parsing a tag", "", ""),
    ],
)
def test_signs_that_begin_a_text(complaint: str, begun: str, words: str) -> None:
    told = explain_misreading(complaint, begun)
    assert (words in told, bool(told)) == (True, bool(words))


def test_what_is_lost_is_named_as_it_is_written() -> None:
    assert describe_lost_tag("!wow").startswith("'!wow' is read as a YAML tag")
    assert describe_lost_anchor("now").startswith("'&now' is read as an unused YAML anchor")
