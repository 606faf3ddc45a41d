"""Find the sentence that some words of a text stand in.

Where it is in doubt whether a sentence ends, it is taken to go on: better too many words than half of a sentence. A
full stop is in doubt after an abbreviation, an initial, a short number (`3. Oktober`) or a word without a vowel, and so
is any mark within a quotation. In a script that does not mark the end of a sentence, the whole text is one.
"""

import re
from collections.abc import Iterator
from typing import Final

from dossier.text.quote_marks import find_quoted_spans

# What may stand between the mark that ends a sentence and the blank behind it: closing quote marks and brackets.
_CLOSERS: Final = "\"')\\]}\u2018\u2019\u201c\u201d\xab\xbb\u2039\u203a\u300d\u300f\u3011"
# The Arabic and Urdu marks and the dandas of India; then those of East Asia, behind which no blank is needed.
_CALLS: Final = "!?\u061f\u06d4\u0964\u0965"
_EAST_ASIAN: Final = "\u3002\uff01\uff1f\uff0e\uff61"
_END: Final = re.compile(
    rf"(?P<stop>[.\u2026]+)[{_CLOSERS}]*(?=\s)"
    rf"|(?P<call>[{_CALLS}]+)(?P<quoted>[{_CLOSERS}]*)(?=\s)"
    rf"|[{_EAST_ASIAN}]+[{_CLOSERS}]*"
)
_WORD_BEFORE: Final = re.compile(r"[^\W_]+(?:[.'\u2019-][^\W_]+)*\Z")
_NEXT: Final = re.compile(r"\s+[^\w\s]*(?P<letter>\w)")
_VOWELS: Final = frozenset("aeiouyäöüåæøœáàâãéèêëíìîïóòôõúùûýı")
_LONGEST_WORD: Final = 40
_ROMAN: Final = re.compile(r"[IVXL]+")
# Titles and offices, months and days, then the rest; English, German, French, Spanish and Nordic ones.
_WORDS: Final = """
    adm asst atty capt cmdr col gen gov hon insp lieut maj messrs mme mlle pres prof rep reps rev sen sens supt doz dipl
    ing sra srta dra exmo jan feb apr aug sept sep oct okt nov dec dez janv févr avr juil août déc tue tues thu thur
    thurs sat sun abs abt al allg approx apt art aufl ave av ca co corp ed eds env est etc evtl ex fig geb gest hosp inc
    incl inkl int jun mio nat no nos num núm op orig para pop rd sec sek sog usw univ var vol vols zit zus
"""
_ABBREVIATIONS: Final = frozenset(_WORDS.split())


def find_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence that has the words from `start` to `end`, all in code points.

    Words of several sentences have a span from the first to the last of them.
    """
    first, last = 0, len(text)
    for boundary in _find_boundaries(text):
        if boundary <= start:
            first = boundary
        if boundary >= end:
            last = boundary
            break
    first += len(text[first:last]) - len(text[first:last].lstrip())
    return first, first + len(text[first:last].rstrip())


def _find_boundaries(text: str) -> Iterator[int]:
    """Yield the offsets at which a sentence certainly ends."""
    quoted = find_quoted_spans(text)
    for found in _END.finditer(text):
        at = found.end()
        if not any(begin <= at < over for begin, over in quoted) and _is_certain(text, found):
            yield at


def _is_certain(text: str, found: re.Match[str]) -> bool:
    if not found["stop"] and not found["call"]:
        return True
    following = _NEXT.match(text, found.end())
    if following is None:
        return text[found.end() :].isspace()
    if following["letter"].islower() or found["quoted"]:
        # `“Never!” Moss said.` goes on.
        return False
    if found["stop"] != ".":
        return True
    word = _WORD_BEFORE.search(text, max(0, found.start() - _LONGEST_WORD), found.start())
    return word is None or not _is_doubtful(word[0])


def _is_doubtful(word: str) -> bool:
    """Return whether a full stop behind this word need not be the end of a sentence."""
    if len(word) == 1 or "." in word or _ROMAN.fullmatch(word):
        return True
    if word.isdecimal():
        return len(word) < 3
    letters = word.lower()
    is_latin = letters[0] < "\u0250"
    return letters in _ABBREVIATIONS or (is_latin and _VOWELS.isdisjoint(letters))
