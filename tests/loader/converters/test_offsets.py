"""The law of offsets: whatever a program counted, its spans yield their own words, or the file is refused."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.loader.converters.offsets import CountedSpan, OffsetError, fold_line_ends, locate_spans

TEXT = "🚢 A ferry.\r\n\r\nÉva said “yes” 👨‍👩‍👧 twice.\r\nEnd."
UNITS: dict[str, Callable[[str], int]] = {
    "code points": len,
    "UTF-16 units": lambda text: len(text.encode("utf-16-le")) // 2,
    "UTF-8 bytes": lambda text: len(text.encode()),
}


def counted(text: str, words: str, unit: str, folded: bool, *, told: bool = True) -> CountedSpan:
    if folded:
        text = text.replace("\r\n", "\n")
    start = text.index(words)
    count = UNITS[unit]
    return CountedSpan(words, count(text[:start]), count(text[: start + len(words)]), words if told else None)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("folded", [False, True])
def test_every_counting_is_found(unit: str, folded: bool) -> None:
    names = ["ferry", "Éva", "yes", "End"]
    spans = [counted(TEXT, words, unit, folded) for words in names]
    located = locate_spans([TEXT], spans)
    assert [TEXT[start:end] for start, end in located] == names
    text, moved = fold_line_ends(TEXT, located)
    assert [text[start:end] for start, end in moved] == names


@pytest.mark.parametrize("unit", UNITS)
def test_words_that_the_file_does_not_tell_are_whole_ones(unit: str) -> None:
    names = ["ferry", "Éva", "yes", "twice", "End"]
    spans = [counted(TEXT, words, unit, False, told=False) for words in names]
    assert [TEXT[start:end] for start, end in locate_spans([TEXT], spans)] == names


def test_line_ends_that_were_two_when_they_were_counted() -> None:
    was = "One.\r\n\r\nTwo 😀.\r\nThree."
    spans = [counted(was, "Three", "UTF-16 units", False)]
    now = was.replace("\r\n", "\n")
    ((start, end),) = locate_spans([now], spans)
    assert now[start:end] == "Three"


def test_spans_that_fit_no_counting_are_named() -> None:
    spans = [counted(TEXT, "ferry", "code points", False), CountedSpan("quote 3", 1, 4, "never said")]
    with pytest.raises(OffsetError, match=r"the offsets of quote 3 \(1-4, 'never said'\) give other words"):
        locate_spans([TEXT], spans)
    with pytest.raises(OffsetError, match="entity 1"):
        locate_spans(["ferry"], [CountedSpan("entity 1", 0, 99)])
    with pytest.raises(OffsetError, match="entity 1"):
        locate_spans(["the ferry"], [CountedSpan("entity 1", 4, 7)])


def test_one_span_in_two_countings_is_refused() -> None:
    assert locate_spans(["😀 ab cd ef"], [CountedSpan("entity 1", 2, 4)]) == [(2, 4)]
    with pytest.raises(
        OffsetError, match=r"entity 1 \(3-4\) may count code points or UTF-16 units, which give different"
    ):
        locate_spans(["😀박김이"], [CountedSpan("entity 1", 3, 4)])


def test_a_second_span_settles_what_one_leaves_open() -> None:
    spans = [CountedSpan("x", 3, 4), CountedSpan("y", 2, 3, "박")]
    assert locate_spans(["😀박김이"], spans) == [(2, 3), (1, 2)]


WORDS = st.lists(st.sampled_from(["a", "Éva", "😀", "박", "said", "👨‍👩‍👧", "“no”", "x-y"]), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "\r\n", "\r\n\r\n", "\n"])


@given(words=WORDS, data=st.data(), unit=st.sampled_from(list(UNITS)), folded=st.booleans())
def test_no_span_ever_yields_other_words(words: list[str], data: st.DataObject, unit: str, folded: bool) -> None:
    text, places = "", []
    for word in words:
        places.append((len(text), len(text) + len(word)))
        text += word + data.draw(SPACES)
    seen = re.sub("\r\n", "\n", text) if folded else text
    starts = [len(text[:start].replace("\r\n", "\n")) if folded else start for start, _end in places]
    count = UNITS[unit]
    spans = [
        CountedSpan(str(number), count(seen[:start]), count(seen[: start + len(word)]), word)
        for number, (word, start) in enumerate(zip(words, starts, strict=True))
    ]
    try:
        located = locate_spans([text], spans)
    except OffsetError:
        # Two countings may differ by a word that repeats.
        assert len(set(words)) < len(words)
    else:
        assert [text[start:end] for start, end in located] == words
