"""Tests of what values of FollowTheMoney may be."""

import pytest

from dossier.export.export import Omissions
from dossier.export.follow_the_money_values import ValueMaker, find_wikidata


@pytest.mark.parametrize(
    ("text", "name", "messages"),
    [
        ("Lena  Okafor", "Lena Okafor", ()),
        ('"Lena" and "Han"', 'Lena" and "Han', ("1 name written without straight quote marks around the whole",)),
        ("“Lena”", "“Lena”", ()),
        ("e\u0301", "é", ()),
        ("a\u200db\u202fc", "ab c", ("1 text written without invisible characters",)),
        ("x" * 384, "x" * 384, ()),
        ("x" * 385, "x" * 383 + "…", ("1 text cut off after 383 characters",)),
    ],
)
def test_names(text: str, name: str, messages: tuple[str, ...]) -> None:
    omissions = Omissions()
    assert ValueMaker(omissions).make_name(text) == name
    assert omissions.messages() == messages


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org", "https://example.org/"),
        ("HTTPS://example.org:8080/x", "https://example.org:8080/x"),
        ("https://münchen.example/ä", "https://münchen.example/ä"),
        ("example.org/x", ""),
        ("ftp://example.org/x", ""),
        ("https://localhost/x", ""),
        ("https://[::1", ""),
        ("see the paper", ""),
        ("https://example.org/" + "x" * 4100, ""),
    ],
)
def test_urls(url: str, written: str) -> None:
    omissions = Omissions()
    assert ValueMaker(omissions).make_url(url) == written
    lost = () if written else ("1 web address left out: it is not http or https with a full host",)
    assert omissions.messages() == lost


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("zh-Hant-TW", "zho"),
        ("DE", "deu"),
        ("fil", "fil"),
        ("nb", ""),
        ("english", ""),
    ],
)
def test_languages(tag: str, code: str) -> None:
    omissions = Omissions()
    assert ValueMaker(omissions).find_language(tag) == code
    assert omissions.messages() == (() if code else ("1 language left out: FollowTheMoney has no code for it",))


@pytest.mark.parametrize(("number", "found"), [("Q42", "Q42"), ("42", ""), ("Q4x", "")])
def test_wikidata(number: str, found: str) -> None:
    assert find_wikidata((("viaf", "1"), ("wikidata", number))) == found


def test_a_long_text_is_several_values() -> None:
    text = "ab" * 40_000
    pieces = ValueMaker(Omissions()).make_text(text)
    assert ["".join(pieces), len(pieces)] == [text, 2]
