"""Tests of what is read from the text of a note."""

import pytest

from dossier.core.note import note_tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        ("ask #again", ("again",)),
        ("#first word, (#second), “#third”; #fourth.", ("first", "second", "third", "fourth")),
        ("#Port #port #PORT", ("Port",)),
        ("#to-do, #to_do and #open- at the end", ("to-do", "to_do", "open")),
        ("the #1 reason of #2026, but #2026-budget and #q3", ("2026-budget", "q3")),
        ("page#top and https://example.org/a#b and a/#c", ()),
        ("##twice # alone #, #!", ()),
        ("#größe #서울 #प्रश्न #वि\u200dद्या", ("größe", "서울", "प्रश्न", "वि\u200dद्या")),
        ("#caf\u0065\u0301 #caf\u00e9", ("caf\u00e9",)),
        ("two\n#lines\t#tab", ("lines", "tab")),
    ],
)
def test_tags(text: str, tags: tuple[str, ...]) -> None:
    assert note_tags(text) == tags
