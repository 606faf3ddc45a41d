import pytest

from dossier.loader.key_typos import find_intended_key

KNOWN = (
    "id",
    "url",
    "cue",
    "form",
    "text",
    "note",
    "quote",
    "places",
    "speaker",
    "aliases",
    "published",
    "speaker_text",
)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Speaker", "speaker"),
        ("speaker-text", "speaker_text"),
        ("speakerText", "speaker_text"),
        ("spaeker", "speaker"),
        ("speeker", "speaker"),
        ("speker", "speaker"),
        ("spekaer", "speaker"),
        ("pubilshd", "published"),
        ("place", "places"),
        ("alias", "aliases"),
        ("urls", "url"),
        ("notes", "note"),
        ("txt", "text"),
        ("fomr", "form"),
        ("quoet", "quote"),
    ],
)
def test_slips(key: str, meant: str) -> None:
    assert find_intended_key(key, KNOWN) == meant


@pytest.mark.parametrize(
    "key",
    ["medium", "nested", "uri", "it", "ids", "vote", "test", "context", "state", "", "é", "published_at"],
)
def test_words_of_their_own(key: str) -> None:
    assert find_intended_key(key, KNOWN) == ""


def test_a_key_that_is_there_already_is_not_meant() -> None:
    assert find_intended_key("texts", [key for key in KNOWN if key != "text"]) == ""
