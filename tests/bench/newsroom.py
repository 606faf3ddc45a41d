"""Generator of the articles of a library. Article N depends on its number and the seed only.

Persons recur in many articles, and their number grows more slowly than the library. Every quote is in the body word for
word, so that the loader has no more problems to report than for a careful article.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

from vocabulary import (
    PARTICLES,
    hangul_vocabulary,
    korean_name_of,
    name_of,
    org_of,
    outlet_of,
    place_of,
    slug_of,
    vocabulary,
    weighed,
)

_FIRST_YEAR, _YEARS = 1985, 40
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
    """The amount of text in an article.

    `words` is the number of words in a paragraph without quotes, `others` that of organisations and of places.
    """

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
    """A person who recurs, as all articles name them. `native` and `wikidata` may be empty."""

    number: int
    name: str
    family: str
    native: str
    roles: tuple[str, str]
    org: int
    wikidata: str


class Quote(NamedTuple):
    """A quote: its text in the body, and its lines in the file."""

    body: str
    lines: str


class Event(NamedTuple):
    """An event: its text in the body (may be empty), and its line in the file."""

    body: str
    line: str


class Newsroom:
    """Writer of the articles of a library."""

    def __init__(self, seed: int = 1, size: Size = LONG) -> None:
        self.seed, self.size = seed, size
        self.words = vocabulary(seed)
        self.hangul_words = hangul_vocabulary(seed)
        self._common = weighed(self.words)
        self._hangul = weighed(self.hangul_words)
        self._keywords = self.words[300:700]
        self._persons: dict[int, Person] = {}

    def article(self, number: int) -> str:
        """Return the content of the file of this article, as YAML."""
        return _Writing(self, number).text()

    def sample(self, random: Random, count: int, is_korean: bool) -> Iterator[str]:
        """Yield `count` words as they occur in the language of the article."""
        if not is_korean:
            return iter(random.choices(self._common, k=count))
        found = random.choices(self._hangul, k=count)
        return iter([word + mark for word, mark in zip(found, random.choices(PARTICLES, k=count), strict=True)])

    def keywords(self, random: Random) -> str:
        """Return some of the few hundred words that serve as keywords."""
        return ", ".join(random.sample(self._keywords, random.randint(2, 4)))

    def person(self, number: int) -> Person:
        """Return the person with this number; one in a hundred has the name of another."""
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
            name, family, native = korean_name_of(random) if number % 8 == 7 else name_of(random)
        return Person(number, name, family, native, roles, random.randrange(200), wikidata)


class _Writing:
    """One article while it is written."""

    def __init__(self, newsroom: Newsroom, number: int) -> None:
        self._room, self._size = newsroom, newsroom.size
        self._random = random = Random(f"{newsroom.seed} article {number}")
        self._is_korean = random.random() < 0.1
        size = self._size
        needed = size.paragraphs * 2 * size.words + 30 * size.quotes + 12 * size.events + 40
        self._words = newsroom.sample(random, needed, self._is_korean)
        # Persons, organisations and places are taken from those of a library of this many articles.
        self._people = self._chosen(int(20 + 12 * number**0.6), size.people)
        self._orgs = sorted(random.sample(range(20 + int(number**0.5)), size.others))
        self._places = sorted(random.sample(range(400), size.others))
        self._ids = self._people_ids()
        month = random.randint(1, 12)
        self._published = (_FIRST_YEAR + random.randrange(_YEARS), month, random.randint(1, 28))

    def text(self) -> str:
        """Return the whole text."""
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
        byline = name_of(Random(f"{self._room.seed} byline {int(400 * random.random() ** 2)}"))[0]
        return (
            f"headline: {self._sentence(random.randint(5, 9))}\n"
            f"outlet: {outlet_of(self._room.seed, int(60 * random.random() ** 2))}\n"
            f"published: {self._published[0]}-{self._published[1]:02}-{self._published[2]:02}{time_of_day}\n"
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
        # All people in the list are named in the text.
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
        lines += [f"  o{place}: {org_of(seed, org)}" for place, org in enumerate(self._orgs)]
        lines.append("places:")
        lines += [f"  {slug_of(place_of(seed, place))}-{place}: {place_of(seed, place)}" for place in self._places]
        return "\n".join(lines) + "\n"

    def _quote(self, number: int) -> Quote:
        """Return a quote: most are direct, some in two parts, indirect, or of a speaker without a name."""
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
            by = org_of(self._room.seed, self._orgs[org])
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
            about += f", places: [{slug_of(place_of(self._room.seed, place))}-{place}]"
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
        """Return a date from 1950 to 2030: its earliest day, its EDTF form, and its text in the article (may be "")."""
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
        """Return `count` words, the first capitalised, with a place among them if `named` is true."""
        words = self._phrase(count)
        words = words[0].upper() + words[1:]
        return f"{words} in {place_of(self._room.seed, self._random.choice(self._places))}" if named else words

    def _phrase(self, count: int) -> str:
        return " ".join(islice(self._words, count))

    def _called(self, person: Person) -> str:
        if self._is_korean and person.native:
            return person.native
        # A family name of two letters alone is not taken for a mention.
        return person.name if len(person.family) < 3 or self._random.random() < 0.5 else person.family

    def _chosen(self, among: int, count: int) -> list[Person]:
        """Return persons from the first `among`, some of them far more often than others."""
        found: dict[int, None] = {}
        while len(found) < count:
            found[int(among * self._random.random() ** 2.2)] = None
        return [self._room.person(number) for number in found]

    def _people_ids(self) -> list[str]:
        ids: dict[str, None] = {}
        for person in self._people:
            short, long = slug_of(person.family), slug_of(person.name)
            own = short if self._random.random() < 0.15 else long
            ids[own if own not in ids else f"{long}-{person.number}"] = None
        return list(ids)
