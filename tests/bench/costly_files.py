"""Makers of files that cost far more to check than an article of their size, each within the limits of the loader.

Every maker takes a share of the largest file, from 0 to 1, and returns the bytes of a file of at most that share.
"""

import json
from collections.abc import Callable, Iterable

LARGEST = 8 * 1024 * 1024
"""The most bytes that a file may have."""
MOST_ENTRIES = 20_000
"""The most entries of a kind that are read."""
_HEAD = "headline: Cost\npublished: 2023-04-12\noutlet: A\n"
_BODY = "body: |\n"


def _file(*parts: str) -> bytes:
    return (_HEAD + "".join(parts)).encode()


def _paragraphs(length: int, words: str = "The mayor of the town said on Monday that the bridge is closed.") -> str:
    one = f"  {words}\n\n"
    return _BODY + one * max(1, length // len(one.encode()))


def _lines(count: float, form: Callable[[int], str]) -> str:
    return "".join(form(at) for at in range(max(1, int(count))))


def _letters(number: int) -> str:
    """Return a number of five letters, so that it is a word of its own."""
    made = ""
    for _place in range(5):
        number, rest = divmod(number, 26)
        made = chr(97 + rest) + made
    return made


def wide_aliases(share: float) -> bytes:
    """Return a long text that thousands of aliases repeat."""
    text = "word " * int(20_000 * share + 10)
    return _file(f"summary: &a {text}\n", _paragraphs(500), "quotes:\n", _lines(9_000 * share, lambda _at: "- x: *a\n"))


def deep_aliases(share: float) -> bytes:
    """Return anchors that each repeat the one before ten times."""
    levels = [f"k{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 10)]
    return _file(f"k0: &a0 [{'lol, ' * int(1_000 * share + 1)}]\n", *levels, _paragraphs(500))


def quotes_in_many_places(share: float) -> bytes:
    """Return quotes whose words stand in hundreds of places each."""
    words = [f"it is {_letters(at)}" for at in range(100)]
    body = _BODY + "".join(f"  {' and '.join(words)}\n\n" for _ in range(max(3, int(900 * share))))
    return _file(
        body,
        "people:\n  a: Ann Lee\n",
        "quotes:\n",
        _lines(20_000 * share, lambda at: f"- a: {words[at % 100][: -(at % 2) or None]}\n"),
    )


def unknown_speakers(share: float) -> bytes:
    """Return quotes of people who are all unknown, among thousands of people."""
    people = _lines(10_000 * share, lambda at: f"  p{at}: Person {_letters(at * 977)} {at}\n")
    quotes = _lines(20_000 * share, lambda at: f"- persn {_letters(at * 31)} {at}: the bridge is closed\n")
    return _file(_paragraphs(500), "people:\n", people, "quotes:\n", quotes)


def quote_of_many_parts(share: float) -> bytes:
    """Return one quote of very many parts."""
    return _file(
        _paragraphs(int(2_000_000 * share)),
        "quotes:\n- text: [",
        "the, bridge, of, mayor, " * int(80_000 * share + 1),
        "]\n",
    )


def one_paragraph(share: float) -> bytes:
    """Return an article with a single paragraph as long as the file may be."""
    return _file(
        _BODY, "  ", "Ann  Lee said “no”. " * int(LARGEST * share // 26), "\U0001f600\n", "people:\n  a: Ann Lee\n"
    )


def one_letter_names(share: float) -> bytes:
    """Return people with names of one letter, which stand everywhere."""
    people = _lines(
        26, lambda at: f"  p{at}: {{name: {chr(65 + at)} {chr(90 - at)}, aliases: [{chr(65 + at)}, {chr(97 + at)}]}}\n"
    )
    return _file(_BODY, "  ", "A b C d E f G h I j " * int(LARGEST * share // 21), "\n", "people:\n", people)


def paragraphs_without_spaces(share: float) -> bytes:
    """Return thousands of paragraphs of a script without spaces, and quotes of it."""
    body = _BODY + "  首都大學教授說橋樑將於明年重新開放給行人使用。\n\n" * int(LARGEST * share // 85)
    return _file(body, "quotes:\n", _lines(20_000 * share, lambda at: f"- text: 橋樑將{chr(0x4E00 + at)}\n"))


def deep_nesting(share: float) -> bytes:
    """Return thousands of lists as deep as is allowed."""
    one = "[" * 60 + "]" * 60 + ",\n"
    return _file("deep: [\n", one * max(1, int(LARGEST * share // 125)), "]\n", _paragraphs(500))


def duplicate_keys(share: float) -> bytes:
    """Return the same keys again and again."""
    return _file(
        _paragraphs(500), "provenance:\n", _lines(LARGEST * share // 16, lambda at: f"  k{at % 1000}: {at % 10}\n")
    )


def many_problems(share: float) -> bytes:
    """Return a fault in each of very many values."""
    at = "[" + "p0," * 40 + "]"
    return _file(
        _paragraphs(500),
        "quotes:\n",
        _lines(20_000 * share, lambda n: f"- {{speaker: x{n}, text: the bridge, at: {at}, dat: 1}}\n"),
    )


def long_quoted_text(share: float) -> bytes:
    """Return a text full of quote marks, on one line."""
    return _file('body: "', "he said \\\"no\\\" 'and' “yes " * int(LARGEST * share // 32), '"\n')


def hard_dates(share: float) -> bytes:
    """Return a timeline of dates that are hard to read."""
    dates = (
        "[1667,1668,1670..1672]",
        "156X-12-25",
        "Y-170000002",
        "2004-06-XX/2004-07-03",
        "-1985-04-12?/~2004-06",
        "12 of May",
    )
    one = ("9" * 300) + "/"
    rows = _lines(
        20_000 * share,
        lambda at: f"- {{date: '{dates[at % 6]}{at}', date_text: on day {at}, what: It {at}}}\n- '{one}{at}': No\n",
    )
    return _file(_paragraphs(500), "timeline:\n", rows)


def shared_aliases(share: float) -> bytes:
    """Return very many people of the same names, who are mentioned everywhere."""
    people = _lines(20_000 * share, lambda at: f"  p{at}: {{name: Ann Lee, aliases: [Ann, Lee, the mayor]}}\n")
    return _file(_paragraphs(int(6_000_000 * share), "Ann Lee met the mayor, Ann and Lee."), "people:\n", people)


def unknown_keys(share: float) -> bytes:
    """Return very many keys that are nearly known."""
    keys = _lines(LARGEST * share // 24, lambda at: f"hedline{at}: a\n")
    return _file(
        _paragraphs(500),
        keys,
        "people:\n",
        _lines(2_000 * share, lambda at: f"  p{at}: {{name: A, nme{at}: x, rol{at}: y, ogr: z}}\n"),
    )


def huge_json(share: float) -> bytes:
    """Return JSON of very many small values."""
    values = "[" + ",".join(["[]", "1", '{"a":"\\u00e9"}'] * int(LARGEST * share // 24)) + "]"
    return f'{{"headline": "Cost", "body": {json.dumps("No bridge. " * 20)}, "deep": {values}}}'.encode()


def syntax_error(share: float) -> bytes:
    """Return very many lines, at whose end a quoted text is never closed."""
    return _file(
        _paragraphs(int(LARGEST * share * 0.9)), "people:\n  a: 'never closed\n", "  b: c\n" * int(100_000 * share)
    )


def wrong_indentation(share: float) -> bytes:
    """Return very many lines, at whose end one is indented too little."""
    return _file("people:\n", f"    a: {'b' * 90}\n" * int(LARGEST * share // 100), "  c: d\n", _paragraphs(500))


def many_values(share: float) -> bytes:
    """Return as many values as fit into the file."""
    return _file(_paragraphs(500), "keywords: [", "a," * int(LARGEST * share // 2 - 800), "]\n")


def blank_lines(share: float) -> bytes:
    """Return nothing but ends of lines, around a few words."""
    return _file(_BODY, "  Word\n", "\n" * int(LARGEST * share - 800), "  Word\n")


def paragraphs(share: float) -> bytes:
    """Return as many paragraphs as fit into the file."""
    return _file(_BODY, "  a\n\n" * int(LARGEST * share // 5 - 100))


def absent_words(share: float) -> bytes:
    """Return quotes of one word that stand nowhere in a long text."""
    text = "".join(
        f"  {_letters(at * 7919)} and {_letters(at * 104729)}\n" + ("\n" if at % 40 == 0 else "")
        for at in range(max(1, int(300_000 * share)))
    )
    return _file(
        _BODY,
        text,
        "quotes:\n",
        _lines(20_000 * share, lambda at: f"- x: Q{_letters(at)} {_letters(at)} {_letters(at + 5)}\n"),
    )


def places_in_one_paragraph(share: float) -> bytes:
    """Return selectors of words that stand everywhere in a paragraph."""
    at = "{p: p1, exact: a, prefix: b}"
    rows = _lines(20_000 * share, lambda _n: f"- {{speaker_text: a, text: a b, at: [{at}, {at}]}}\n")
    return _file(_BODY, "  ", "a b " * int(1_500_000 * share + 2), "\n", "quotes:\n", rows)


def long_names(share: float) -> bytes:
    """Return unknown speakers with names as long as a chapter."""
    name = "Ann Lee of the town " * int(20_000 * share + 1)
    quotes = _lines(6, lambda at: f'- {{speaker: "{name}{at}", text: the bridge}}\n')
    return _file(_paragraphs(500), f'people:\n  a: "{name}"\n  b: "{name} b"\n', "quotes:\n", quotes)


def statements(share: float) -> bytes:
    """Return very many stated mentions."""
    people = _lines(
        400 * share,
        lambda at: f"  p{at}: {{name: A{at}, mentions: [{', '.join(f'p1:{n}-{n + 9}' for n in range(1_500))}]}}\n",
    )
    return _file(_paragraphs(500, "The bridge is closed. " * 400), "people:\n", people)


def long_blanks(share: float) -> bytes:
    """Return a text of two lines with a very long run of blanks in the first."""
    return _file('body: "a', " " * int(LARGEST * share - 800), 'b\n\n  c"\n')


def many_indentations(share: float) -> bytes:
    """Return mappings that are all indented differently."""
    return _file(_paragraphs(500), _lines(27_000 * share, lambda at: f"k{at}:\n{' ' * (at % 600 + 1)}b: c\n"))


def swallowed_items(share: float) -> bytes:
    """Return very many texts that each swallow an item of a list."""
    return _file(_paragraphs(500), _lines(190_000 * share, lambda at: f"k{at}: v\n  - w\n"))


def parts_in_many_places(share: float) -> bytes:
    """Return one quote of thousands of parts, which is said to stand in thousands of places."""
    return _file(
        _paragraphs(int(500_000 * share + 5_000)),
        "quotes:\n- text: [",
        "to, " * int(25_000 * share + 1),
        "]\n  at: [",
        _lines(90_000 * share, lambda at: f"'p{at // 20 + 1}:{at % 20 * 3}-{at % 20 * 3 + 2}', "),
        "]\n",
    )


def blanks_in_quotes(share: float) -> bytes:
    """Return quotes with a long run of blanks behind a bracket."""
    return _file(_paragraphs(500), "quotes:\n", _lines(160 * share, lambda _at: f"- x: 'a[{' ' * 49_000}b'\n"))


def repeated_terms(share: float) -> bytes:
    """Return a glossary with the same term again and again."""
    return _file(
        _paragraphs(500), "glossary:\n", _lines(20_000 * share, lambda _at: "- toll: the charge for a bridge\n")
    )


MAKERS: tuple[Callable[[float], bytes], ...] = (
    *(wide_aliases, deep_aliases, quotes_in_many_places, unknown_speakers, quote_of_many_parts, one_paragraph),
    *(one_letter_names, paragraphs_without_spaces, deep_nesting, duplicate_keys, many_problems, long_quoted_text),
    *(hard_dates, shared_aliases, unknown_keys, huge_json, syntax_error, wrong_indentation, many_values, blank_lines),
    *(paragraphs, absent_words, places_in_one_paragraph, long_names, statements),
    *(long_blanks, many_indentations, swallowed_items, parts_in_many_places, blanks_in_quotes),
    repeated_terms,
)
"""All makers."""


def suffix_of(maker: Callable[[float], bytes]) -> str:
    """Return the suffix of the name of a file of this maker."""
    return ".json" if maker is huge_json else ".yaml"


def names_of(makers: Iterable[Callable[[float], bytes]]) -> list[str]:
    """Return the names of makers."""
    return [maker.__name__ for maker in makers]
