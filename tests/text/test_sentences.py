"""The sentence that words stand in: whole, and rather too long than cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import FILES, stored

from dossier.text.sentences import find_sentence


def sentence(text: str, words: str) -> str:
    start = text.index(words)
    first, last = find_sentence(text, start, start + len(words))
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("One thing. Another thing. A third.", "Another", "Another thing."),
        ("One thing. Another thing. A third.", "One", "One thing."),
        ("One thing. Another thing. A third.", "third", "A third."),
        ("One thing. Another thing. A third.", "thing. Another", "One thing. Another thing."),
        ("No end", "end", "No end"),
        ("Is it? It is! So be it.", "It is", "It is!"),
        ("It was late … The boat came.", "boat", "The boat came."),
        # Within a quotation nothing ends, and its speaker belongs to it.
        (
            "The ministry denies it. “We read. We were sent nothing,” said Okafor. Nobody asked.",
            "We read",
            "“We read. We were sent nothing,” said Okafor.",
        ),
        ("He left. “Never!” Moss said. Then it rained.", "Never", "“Never!” Moss said."),
        ("He left. “We were sent nothing.” The minister sat down.", "sent", "“We were sent nothing.”"),
        ("Sie ging. „Das gilt. Immer“, sagte sie. Er blieb.", "gilt", "„Das gilt. Immer“, sagte sie."),
        # What may be an abbreviation, an initial or an ordinal ends nothing.
        ("It rained. Mr. Moss of St. Olave met Dr. Falk. They spoke.", "met", "Mr. Moss of St. Olave met Dr. Falk."),
        ("So E. Vuori won. She smiled.", "won", "So E. Vuori won."),
        ("In the U.S. Senate it passed. It rained.", "passed", "In the U.S. Senate it passed."),
        ("Am 3. Oktober kam er. Es war kalt.", "kam", "Am 3. Oktober kam er."),
        ("Das meint z. B. Frau Krone. Er nicht.", "Krone", "Das meint z. B. Frau Krone."),
        ("König Karl XII. Er fiel.", "fiel", "König Karl XII. Er fiel."),
        ("It began in 2021. The quay stood.", "quay", "The quay stood."),
        ("It cost 2.5 million. It stood.", "cost", "It cost 2.5 million."),
        ("See example.org. It is there. Go.", "there", "See example.org. It is there."),
        # The next word in small letters goes on.
        ("It was “dear.” so he said. He left.", "dear", "It was “dear.” so he said."),
        # Scripts without capitals, and without blanks.
        ("他来了。她走了。天黑了。", "走", "她走了。"),
        ("وصل القارب. غادر الجميع. هل عاد؟ نعم.", "غادر", "غادر الجميع."),
        ("नाव आई। सब चले गए। रात हुई।", "चले", "सब चले गए।"),
        ("เรือมาแล้ว ทุกคนไป", "ทุกคน", "เรือมาแล้ว ทุกคนไป"),
        ("", "", ""),
    ],
)
def test_the_sentence_of_words(text: str, words: str, found: str) -> None:
    assert sentence(text, words) == found


@given(st.text(alphabet="aA .!?“”。\n1", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_it_has_the_words_and_no_blanks_around_it(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = find_sentence(text, start, end)
    assert 0 <= first <= last <= len(text)
    assert text[first:last] == text[first:last].strip()
    assert first <= start + len(text[start:end]) - len(text[start:end].lstrip()) or not text[start:end].strip()
    assert last >= end - (len(text[start:end]) - len(text[start:end].rstrip())) or not text[start:end].strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_of_stored_articles_every_quotation_keeps_its_other_mark(path: Path) -> None:
    for block in stored(path).body:
        for at, letter in enumerate(block.text):
            if letter == "“":
                first, last = find_sentence(block.text, at, at + 1)
                found = block.text[first:last]
                assert found.count("“") == found.count("”") or block.text.count("“") != block.text.count("”")
