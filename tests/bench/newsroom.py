"""A library from a seed: article N is the same whoever makes it, in whatever order, and however many there are.

Decided here is what a benchmark's library is like: few words are frequent and most are rare (Zipf), persons come again
in many articles and their number grows more slowly than the library, and every quote stands in the body word for word,
so that the loader has no more to say of an article than of a careful one.

    python tests/bench/newsroom.py FOLDER --articles 100000
"""

import argparse
import multiprocessing
import os
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

_WORDS, _SLOTS = 60_000, 1_000_000
_HANGUL_WORDS = 8_000
_IN_FOLDER = 1_000
_FIRST_YEAR, _YEARS = 1985, 40
_MADE = ".newsroom"
"""The file that says what a finished library was made of; hidden, so that no library counts it."""

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
_PARTICLES = ("", "", "은", "는", "이", "가", "을", "를", "에서", "의", "에")
_ROLES = (
    *("transport minister", "mayor", "harbour master", "chief economist", "spokeswoman", "union leader", "colonel"),
    *("professor of law", "head of the board", "foreign minister", "judge", "surgeon", "head teacher", "police chief"),
    *("fishery officer", "novelist", "striker", "member of parliament", "central banker", "climate researcher"),
    *("bishop", "prosecutor", "ambassador", "chief executive"),
)
_SECTIONS = (
    *("National", "World", "Politics", "Economy", "Transport", "Culture", "Sport", "Science", "Courts", "Health"),
    *("Islands", "Opinion"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_CUES = ("said", "said", "said", "told reporters", "added", "warned", "insisted", "recalled")
_UNNAMED = ("an official", "a witness", "two diplomats", "a person close to the talks")


class Size(NamedTuple):
    """How much is in an article: `words` in a paragraph without quotes, `others`: organisations and places each."""

    paragraphs: int
    words: int
    quotes: int
    people: int
    events: int
    others: int


LONG = Size(10, 20, 15, 8, 8, 3)
"""About 7.4 KB a file."""
SHORT = Size(2, 4, 2, 3, 2, 1)
"""About 1.4 KB a file."""


class Person(NamedTuple):
    """Somebody who comes again, as every article names him; `native` and `wikidata` may be empty."""

    number: int
    name: str
    family: str
    native: str
    roles: tuple[str, str]
    org: int
    wikidata: str


class Quote(NamedTuple):
    """A quote: what the body has of it, and its lines in the file."""

    body: str
    lines: str


class Event(NamedTuple):
    """An event: what the body says of it (nothing: empty), and its line in the file."""

    body: str
    line: str


class Newsroom:
    """Who writes the articles of a library."""

    def __init__(self, seed: int = 1, size: Size = LONG) -> None:
        self.seed, self.size = seed, size
        self.words = vocabulary(seed)
        self.hangul_words = hangul_vocabulary(seed)
        self._common = _weighed(self.words)
        self._hangul = _weighed(self.hangul_words)
        self._keywords = self.words[300:700]
        self._persons: dict[int, Person] = {}

    def article(self, number: int) -> str:
        """The file of this article, as YAML."""
        return _Writing(self, number).text()

    def sample(self, random: Random, count: int, is_korean: bool) -> Iterator[str]:
        """So many words as they come in the language of the article."""
        if not is_korean:
            return iter(random.choices(self._common, k=count))
        found = random.choices(self._hangul, k=count)
        return iter([word + mark for word, mark in zip(found, random.choices(_PARTICLES, k=count), strict=True)])

    def keywords(self, random: Random) -> str:
        """Some of the few hundred words that keywords are."""
        return ", ".join(random.sample(self._keywords, random.randint(2, 4)))

    def person(self, number: int) -> Person:
        """The person with this number; one in a hundred bears the name of another."""
        if number not in self._persons:
            self._persons[number] = self._new_person(number)
        return self._persons[number]

    def _new_person(self, number: int) -> Person:
        random = Random(f"{self.seed} person {number}")
        roles = (random.choice(_ROLES), random.choice(_ROLES))
        wikidata = f"Q{1000 + number}" if number % 10 < 3 else ""
        if number % 100 == 99:
            _, name, family, native, *_ = self.person(number - 50)
        else:
            name, family, native = _korean_name(random) if number % 8 == 7 else _name(random)
        return Person(number, name, family, native, roles, random.randrange(200), wikidata)


class _Writing:
    """One article, as it is being written."""

    def __init__(self, newsroom: Newsroom, number: int) -> None:
        self._room, self._size = newsroom, newsroom.size
        self._random = random = Random(f"{newsroom.seed} article {number}")
        self._is_korean = random.random() < 0.1
        size = self._size
        needed = size.paragraphs * 2 * size.words + 30 * size.quotes + 12 * size.events + 40
        self._words = newsroom.sample(random, needed, self._is_korean)
        # Persons, organisations and places are those of a library that has come so far.
        self._people = self._chosen(int(20 + 12 * number**0.6), size.people)
        self._orgs = sorted(random.sample(range(20 + int(number**0.5)), size.others))
        self._places = sorted(random.sample(range(400), size.others))
        self._ids = self._people_ids()
        month = random.randint(1, 12)
        self._published = (_FIRST_YEAR + random.randrange(_YEARS), month, random.randint(1, 28))

    def text(self) -> str:
        """All of it."""
        quotes = [self._quote(number) for number in range(self._size.quotes)]
        events = [self._event() for _ in range(self._size.events)]
        paragraphs = self._paragraphs(quotes, events)
        if self._random.random() < 0.5:
            body = "body: |\n" + "\n\n".join(f"  {paragraph}" for paragraph in paragraphs) + "\n"
        else:
            body = "body:\n" + "".join(f"  - {paragraph}\n" for paragraph in paragraphs)
        timeline = "".join(event.line for event in events)
        said = "".join(quote.lines for quote in quotes)
        return f"{self._head()}{body}{self._named()}quotes:\n{said}timeline:\n{timeline}"

    def _head(self) -> str:
        random = self._random
        lang = "ko" if self._is_korean else random.choice(("en", "en", "en", "en", "fr", "de", "es"))
        time_of_day = f"T{random.randint(6, 22):02}:{random.randint(0, 59):02}Z" if random.random() < 0.3 else ""
        byline = _name(Random(f"{self._room.seed} byline {int(400 * random.random() ** 2)}"))[0]
        return (
            f"headline: {self._sentence(random.randint(5, 9))}\n"
            f"outlet: {_outlet(self._room.seed, int(60 * random.random() ** 2))}\n"
            f"published: {_day(self._published)}{time_of_day}\n"
            f"section: [{random.choice(_SECTIONS)}]\nbyline: [{byline}]\nlang: {lang}\n"
            f"keywords: [{self._room.keywords(random)}]\n"
        )

    def _paragraphs(self, quotes: Sequence[Quote], events: Sequence[Event]) -> list[str]:
        random, size = self._random, self._size
        found = []
        for place in range(size.paragraphs):
            parts = [self._sentence(random.randint(size.words // 2, size.words), named=place < 4) + "."]
            parts += [quote.body for quote in quotes[place :: size.paragraphs]]
            parts += [event.body for event in events[place :: size.paragraphs] if event.body]
            parts.append(self._sentence(random.randint(size.words // 3, size.words)) + ".")
            found.append(" ".join(parts))
        # Everybody in the list is named in the text.
        for place, person in enumerate(self._people):
            found[place % len(found)] += f" {self._called(person)} {self._phrase(3)}."
        return found

    def _named(self) -> str:
        random, seed = self._random, self._room.seed
        lines = ["people:"]
        for person, own in zip(self._people, self._ids, strict=True):
            native = f", native: {person.native}" if person.native else ""
            org = f", org: o{person.org % self._size.others}" if random.random() < 0.6 else ""
            same = f", same_as: {{wikidata: {person.wikidata}}}" if person.wikidata and random.random() < 0.8 else ""
            lines.append(f"  {own}: {{name: {person.name}{native}, role: {random.choice(person.roles)}{org}{same}}}")
        lines.append("orgs:")
        lines += [f"  o{place}: {_org(seed, org)}" for place, org in enumerate(self._orgs)]
        lines.append("places:")
        lines += [f"  {_slug(_place(seed, place))}-{place}: {_place(seed, place)}" for place in self._places]
        return "\n".join(lines) + "\n"

    def _quote(self, number: int) -> Quote:
        """A quote: most are direct; some in two parts, retold, or of somebody without a name."""
        random, kind, cue = self._random, self._random.random(), self._random.choice(_CUES)
        said = self._sentence(random.randint(7, 13))
        place = number % len(self._people)
        name, own = self._called(self._people[place]), self._ids[place]
        at = f", at: p{number % self._size.paragraphs + 1}"
        if kind < 0.45:
            return Quote(f"“{said},” {cue} {name}.", f"  - {own}: {said}\n")
        if kind < 0.6:
            return Quote(f"“{said},” {cue} {name}.", f'  - {{speaker: {own}, cue: {cue}, text: "{said}"{at}}}\n')
        if kind < 0.7:
            more = self._sentence(random.randint(4, 8))
            return Quote(f"“{said},” {cue} {name}. “{more}.”", f"  - {own}: {said} […] {more}.\n")
        if kind < 0.78:
            org = random.randrange(self._size.others)
            by = _org(self._room.seed, self._orgs[org])
            return Quote(f"“{said},” the {by} {cue}.", f"  - {{speaker: org/o{org}, cue: {cue}, text: {said}{at}}}\n")
        if kind < 0.84:
            by = random.choice(_UNNAMED)
            line = f"  - {{speaker_text: {by}, form: indirect, cue: said, text: {said}{at}}}\n"
            return Quote(f"{said}, {by} said.", line)
        form = "indirect" if kind < 0.95 else "reported"
        line = f"  - {{speaker: {own}, form: {form}, cue: {cue}, text: {said}{at}}}\n"
        return Quote(f"{name} {cue} {said}.", line)

    def _event(self) -> Event:
        random = self._random
        earliest, written, words = self._date()
        people = ", ".join(random.sample(self._ids, random.choice((0, 1, 1, 2))))
        place = random.choice(self._places)
        about = f", people: [{people}]" if people else ""
        if random.random() < 0.5:
            about += f", places: [{_slug(_place(self._room.seed, place))}-{place}]"
        if random.random() < 0.3:
            about += f", orgs: [o{random.randrange(self._size.others)}]"
        if earliest > self._published:
            about += ", status: planned"
        elif random.random() < 0.08:
            about += random.choice((", status: alleged", ", status: denied"))
        what = self._sentence(random.randint(4, 8))
        if not words:
            return Event("", f"  - {{date: {written}, what: {what}{about}}}\n")
        line = f"  - {{date: {written}, date_text: {words}, what: {what}{about}}}\n"
        return Event(f"{self._sentence(5)} in {words}.", line)

    def _date(self) -> tuple[tuple[int, int, int], str, str]:
        """A date from 1950 to 2030: its earliest day, as EDTF, and as the article has it (not at all: empty)."""
        random, published = self._random, self._published[0]
        chance = random.random()
        year = published - int(4 * chance) if chance < 0.7 else random.randint(1950, 2030)
        month, day, kind = random.randint(1, 12), random.randint(1, 27), random.random()
        if kind < 0.35:
            return (year, month, day), f"{year}-{month:02}-{day:02}", ""
        if kind < 0.65:
            return (year, month, 1), f"{year}-{month:02}", f"{_MONTHS[month - 1]} {year}"
        if kind < 0.8:
            return (year, 1, 1), f"{year}", f"{year}" if random.random() < 0.5 else ""
        if kind < 0.88:
            return (year, month, 1), f"{year}-{month:02}~", ""
        if kind < 0.93:
            return (year, 6, 1), f"{year}-22", ""
        if kind < 0.98:
            return (year, month, day), f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 1:02}", ""
        return (year, month, 1), f"{year}-{month:02}/..", ""

    def _sentence(self, count: int, named: bool = False) -> str:
        """So many words, the first of them with a capital, and with `named` a place among them."""
        words = self._phrase(count)
        words = words[0].upper() + words[1:]
        return f"{words} in {_place(self._room.seed, self._random.choice(self._places))}" if named else words

    def _phrase(self, count: int) -> str:
        return " ".join(islice(self._words, count))

    def _called(self, person: Person) -> str:
        if self._is_korean and person.native:
            return person.native
        # A family name of two letters alone is nobody's mention.
        return person.name if len(person.family) < 3 or self._random.random() < 0.5 else person.family

    def _chosen(self, among: int, count: int) -> list[Person]:
        """Persons of the first `among`, some of them far more often than others."""
        found: dict[int, None] = {}
        while len(found) < count:
            found[int(among * self._random.random() ** 2.2)] = None
        return [self._room.person(number) for number in found]

    def _people_ids(self) -> list[str]:
        ids: dict[str, None] = {}
        for person in self._people:
            short, long = _slug(person.family), _slug(person.name)
            own = short if self._random.random() < 0.15 else long
            ids[own if own not in ids else f"{long}-{person.number}"] = None
        return list(ids)


def vocabulary(seed: int) -> list[str]:
    """The words of every library of this seed, the most frequent first; some bear accents."""
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
    """The Hangul words of every library of this seed, the most frequent first."""
    random = Random(f"{seed} hangul")
    syllables = [chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(900)]
    found: dict[str, None] = {}
    while len(found) < _HANGUL_WORDS:
        found["".join(random.choices(syllables, k=random.choice((2, 2, 3, 4))))] = None
    return list(found)


def _weighed(words: Sequence[str]) -> list[str]:
    """The words, each as often as it is likely: the n-th one about 1/n as often as the first."""
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


def _name(random: Random) -> tuple[str, str, str]:
    """A name, its family part, and no native one; some bear accents."""
    given, family = _made_up(random, 2).capitalize(), (_made_up(random, 2) + random.choice("knrsv")).capitalize()
    if random.random() < 0.1:
        family = family[0] + "".join(_ACCENTS.get(char, char) for char in family[1:])
    return f"{given} {family}", family, ""


def _korean_name(random: Random) -> tuple[str, str, str]:
    """A name in Latin letters, its family part, and the name as it is written in Korea."""
    family, native = random.choice(_FAMILIES).split()
    (first, one), (second, other) = (random.choice(_GIVEN).split() for _ in range(2))
    return f"{family} {first.capitalize()}-{second}", family, native + one + other


@cache
def _org(seed: int, number: int) -> str:
    random = Random(f"{seed} org {number}")
    return f"{_made_up(random, 2).capitalize()} {random.choice(('Ministry', 'Authority', 'Council', 'Union', 'Bank'))}"


@cache
def _place(seed: int, number: int) -> str:
    random = Random(f"{seed} place {number}")
    return f"{random.choice(('Port ', 'Mount ', 'Lake ', ''))}{_made_up(random, 3).capitalize()}"


@cache
def _outlet(seed: int, number: int) -> str:
    random = Random(f"{seed} outlet {number}")
    return f"{_made_up(random, 2).capitalize()} {random.choice(('Herald', 'Daily', 'Post', 'Times', 'Courier'))}"


@cache
def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def _day(day: tuple[int, int, int]) -> str:
    year, month, number = day
    return f"{year}-{month:02}-{number:02}"


def file_of(number: int) -> Path:
    """Where this article lies below the folder of the library."""
    return Path(f"{number // _IN_FOLDER:04}", f"a{number:07}.yaml")


def made(folder: Path, articles: int, seed: int = 1, size: Size = LONG, processes: int = 0) -> None:
    """Make the library in `folder`; one that lies there already, made of the same, is left as it is.

    `processes`: 0 for as many as there are processors. Raises FileExistsError for a folder with anything else in it.
    """
    wanted = f"{articles} articles, seed {seed}, {size}\n"
    mark = folder / _MADE
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} holds something else than {wanted.strip()}: name another folder")
    tasks = [(folder, seed, size, first, min(first + _IN_FOLDER, articles)) for first in range(0, articles, _IN_FOLDER)]
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(min(processes or os.cpu_count() or 1, len(tasks))) as pool:
        for _ in pool.imap_unordered(_make_folder, tasks):
            pass
    mark.write_text(wanted, encoding="utf-8")


@cache
def _newsroom(seed: int, size: Size) -> Newsroom:
    return Newsroom(seed, size)


def _make_folder(task: tuple[Path, int, Size, int, int]) -> None:
    folder, seed, size, first, end = task
    newsroom = _newsroom(seed, size)
    (folder / file_of(first)).parent.mkdir(parents=True, exist_ok=True)
    for number in range(first, end):
        (folder / file_of(number)).write_text(newsroom.article(number), encoding="utf-8")


def main() -> int:
    """Make a library."""
    parser = argparse.ArgumentParser(description="Make a library of articles from a seed.")
    parser.add_argument("folder", type=Path, help="where to make it: a folder that is empty, or not there yet")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="articles of 1.4 KB instead of 7.4")
    parser.add_argument("--processes", type=int, default=0, help="0: as many as there are processors")
    asked = parser.parse_args()
    began = time.perf_counter()
    try:
        made(asked.folder, asked.articles, asked.seed, SHORT if asked.short else LONG, asked.processes)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{asked.articles:,} articles in {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
