import pytest

from dossier.loader.yaml_messages import explained, lost_anchor, lost_tag, misread


@pytest.mark.parametrize(
    ("problem", "found", "words"),
    [
        ("found character that cannot start any token", "\t", "indent with spaces"),
        ("found character '%' that cannot start any token", "%", "a text cannot begin with %: put the text in quotes"),
        ("found unknown escape character", "q", "use single quotes"),
        ("found invalid Unicode character escape code", "d", "use single quotes"),
        ("mapping values are not allowed here", ":", "a colon with a space after it"),
        ("mapping values are not allowed in this context", ":", "a colon with a space after it"),
    ],
)
def test_what_is_known_is_explained(problem: str, found: str, words: str) -> None:
    assert words in explained(problem, found)


def test_what_is_not_known_is_left_to_the_parser() -> None:
    assert explained("found character that cannot start any token", "") == ""
    assert explained("did not find expected key", "x") == ""


@pytest.mark.parametrize(
    ("complaint", "begun", "words"),
    [
        ("while parsing a tag did not find expected tag URI", "!", "! is no tag"),
        ("while scanning an anchor", "&", "& is no anchor"),
        ("while scanning an alias", "*", "* is no alias"),
        ("while parsing a block mapping", "!", ""),
        ("while parsing a tag", "x", ""),
        ("while parsing a tag", "", ""),
    ],
)
def test_signs_that_begin_a_text(complaint: str, begun: str, words: str) -> None:
    told = misread(complaint, begun)
    assert (words in told, bool(told)) == (True, bool(words))


def test_what_is_lost_is_named_as_it_is_written() -> None:
    assert lost_tag("!wow").startswith("'!wow' is taken for a YAML tag")
    assert lost_anchor("now").startswith("'&now' is taken for a YAML anchor")
