import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.text.quote_marks import find_quoted_spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no marks", []),
        ("a “b c” d “e”", ["b c", "e"]),
        ('a "b c", d "e".', ["b c", "e"]),
        ("er sagte „ja“ und „nein”", ["ja", "nein"]),
        ("il dit «\xa0oui\xa0» et « non »", ["oui", "non"]),
        ("er sagte »ja« dann", ["ja"]),
        ("han sa ”ja” och »nej»", ["ja", "nej"]),
        ("彼は「はい」と『いい』", ["はい", "いい"]),
        ("그는 “네”라고 했다", ["네"]),
        ("“a ‘b’ c”", ["a ‘b’ c"]),
        ("he called it ‘reckless’ and ‘odd’, said", ["reckless", "odd"]),
        ("‘it’s so’ he", ["it’s so"]),
        ("er sagte ‚ja‘ dann", ["ja"]),
        ("the ministers’ ‘plan’", ["plan"]),
        ("‘the ministers’ plan’ he", []),
        ("it’s the ministers’ day", []),
        ("‘80s and ministers’ talk", []),
        ("‘Twas the ministers’ day", []),
        ("rock ‘n’ roll", []),
        ("it's the ministers' 'plan'", ["plan"]),
        ("it 'stands', she said, 'for us'", ["stands", "for us"]),
        ("it 'can't last' so", ["can't last"]),
        ("it 'rolls in the ministers' day' on", []),
        ("the '80s and the ministers' talk", []),
        ("'s avonds bij de Jansens' thuis", []),
        ("hän sanoi ’niin’ ja meni", ["niin"]),
        ("er ``steht'' und ,,geht'' und ,,bleibt“", ["steht", "geht", "bleibt"]),
        ("it ''stands'' and `falls' so", ["stands", "falls"]),
        ("il <<dit>> a << b", ["dit"]),
        ("a ``b ``c'' d", ["c"]),
        ('צה"ל ודו"ח ומו"מ', []),
        ("그는 《네》라고 했다", ["네"]),
        ('הוא אמר "צה"ל כאן" והלך', ['צה"ל כאן']),
        ("הוא אמר ״כאן״ והלך, צה״ל", ["כאן"]),
        ('a 5" pipe', []),
        ('a 5" pipe "big" one', ["big"]),
        ("an open “mark", []),
        ("“one “two” three", ["two"]),
        ("«a «b» c»", ["b"]),
        ("“falsch“ und “wrong”", ["wrong"]),
        ("closed only” here", []),
        ("“” and “ ”", []),
        ("", []),
    ],
)
def test_quoted_spans(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_quoted_spans(text)] == words


@given(st.text("ab5 \"'`,<>״“”„‘’‚«»‹›「」”"))
def test_spans_are_in_order_and_hold_words(text: str) -> None:
    last = 0
    for start, end in find_quoted_spans(text):
        assert last < start < end < len(text)
        assert text[start:end] == text[start:end].strip()
        last = end
