"""Invented words and names of a library, always the same for the same seed.

Words are about as frequent as in a language, the n-th one about 1/n as often as the first (Zipf), so that searches meet
rare and frequent ones. Some have accents, and some are Hangul.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from random import Random

_WORDS, _SLOTS = 60_000, 1_000_000
_HANGUL_WORDS = 8_000
_ONSETS = (
    *("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r"),
    *("s", "t", "v", "st", "tr", "", "", "c", "w", "j"),
)
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "o", "ai", "ea")
_CODAS = ("", "", "", "", "n", "r", "s", "l", "t", "m")
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü", "n": "ñ", "c": "ç"}
_FAMILIES = (
    *("Kim 김", "Lee 이", "Park 박", "Choi 최", "Jung 정", "Kang 강", "Cho 조", "Yoon 윤", "Jang 장", "Lim 임"),
    *("Han 한", "Oh 오", "Seo 서", "Shin 신", "Kwon 권"),
)
_GIVEN = (
    *("seo 서", "jin 진", "min 민", "ji 지", "hyun 현", "woo 우", "young 영", "soo 수", "hye 혜", "jun 준", "ho 호"),
    *("yeon 연", "sun 선", "kyung 경", "in 인", "ah 아", "tae 태", "mi 미", "sang 상", "won 원", "dong 동", "eun 은"),
    *("hee 희", "joo 주"),
)
PARTICLES = ("", "", "은", "는", "이", "가", "을", "를", "에서", "의", "에")


def vocabulary(seed: int) -> list[str]:
    """Return the words of every library of this seed, the most frequent first; some have accents."""
    random = Random(f"{seed} words")
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        rank = len(found)
        word = _made_up(random, 1 if rank < 200 else 2 if rank < 8_000 else random.choice((2, 3, 3, 4)))
        if random.random() < 0.03:
            word = "".join(_ACCENTS.get(char, char) for char in word)
        if len(word) > 1:
            found[word] = None
    return list(found)


def hangul_vocabulary(seed: int) -> list[str]:
    """Return the Hangul words of every library of this seed, the most frequent first."""
    random = Random(f"{seed} hangul")
    syllables = [chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(900)]
    found: dict[str, None] = {}
    while len(found) < _HANGUL_WORDS:
        found["".join(random.choices(syllables, k=random.choice((2, 2, 3, 4))))] = None
    return list(found)


def weighed(words: Sequence[str]) -> list[str]:
    """Return the words, each as often as it is likely: the n-th one about 1/n as often as the first."""
    scale = _SLOTS / sum(1 / (rank + 2.7) for rank in range(len(words)))
    slots: list[str] = []
    for rank, word in enumerate(words):
        slots += [word] * max(1, round(scale / (rank + 2.7)))
    return slots


def _made_up(random: Random, syllables: int) -> str:
    parts: list[str] = []
    for _ in range(syllables):
        parts += (random.choice(_ONSETS), random.choice(_VOWELS), random.choice(_CODAS))
    return "".join(parts)


def name_of(random: Random) -> tuple[str, str, str]:
    """Return a name, its family part, and "" as its native form; some have accents."""
    given, family = _made_up(random, 2).capitalize(), (_made_up(random, 2) + random.choice("knrsv")).capitalize()
    if random.random() < 0.1:
        family = family[0] + "".join(_ACCENTS.get(char, char) for char in family[1:])
    return f"{given} {family}", family, ""


def korean_name_of(random: Random) -> tuple[str, str, str]:
    """Return a name in Latin letters, its family part, and its native form in Hangul."""
    family, native = random.choice(_FAMILIES).split()
    (first, one), (second, other) = (random.choice(_GIVEN).split() for _ in range(2))
    return f"{family} {first.capitalize()}-{second}", family, native + one + other


@cache
def org_of(seed: int, number: int) -> str:
    """Return the name of an organisation."""
    random = Random(f"{seed} org {number}")
    return f"{_made_up(random, 2).capitalize()} {random.choice(('Ministry', 'Authority', 'Council', 'Union', 'Bank'))}"


@cache
def place_of(seed: int, number: int) -> str:
    """Return the name of a place."""
    random = Random(f"{seed} place {number}")
    return f"{random.choice(('Port ', 'Mount ', 'Lake ', ''))}{_made_up(random, 3).capitalize()}"


@cache
def outlet_of(seed: int, number: int) -> str:
    """Return the name of an outlet."""
    random = Random(f"{seed} outlet {number}")
    return f"{_made_up(random, 2).capitalize()} {random.choice(('Herald', 'Daily', 'Post', 'Times', 'Courier'))}"


@cache
def slug_of(name: str) -> str:
    """Return the id for a name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")
