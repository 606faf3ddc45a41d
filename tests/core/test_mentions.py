from itertools import pairwise

import pytest
from articles import article, org, person, place, ref
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.mentions import find_mentions
from dossier.core.model import Article, NamedEntry

YOON = person("yoon", "Yoon Suk Yeol", native="윤석열", aliases=("President Yoon",))
SOON = person("soon", "Yoon Soon-gu")
NATO = org("nato", "NATO", aliases=("the alliance",))


def told(made: Article) -> list[str]:
    """Return each mention as `p1 words: id id`."""
    text = {block.ref: block.text for block in made.body}
    lines: list[str] = []
    for where, targets in ((one.text_ref, one.targets) for one in find_mentions(made)):
        start, end = where.span or (0, 0)
        words = f" {text.get(where.entry, '')[start:end]}".rstrip()
        lines.append(f"{where.id}{words}: {' '.join(target.id for target in targets)}")
    return lines


@pytest.mark.parametrize(
    ("people", "text", "expected"),
    [
        ([YOON], "Yoon Suk Yeol (윤석열) is President Yoon.", ["Yoon Suk Yeol", "윤석열", "President Yoon"]),
        ([YOON], "Yoon, Suk and Yeol", ["Yoon", "Suk", "Yeol"]),
        ([YOON], "Yoon’s plan; Yoonist; yoon", ["Yoon"]),
        ([YOON], "윤석열은 말했다", ["윤석열"]),
        ([YOON], "Yoon-soon, Moon-Yoon, the post-Yoon years", []),
        ([YOON], "Yoon—who said—Yoon – Yoon- and -Yoon", ["Yoon"] * 4),
        ([person("lee", "Lee Jong-sup")], "Lee Jong-sup, Lee, Jong-sup, Jong", ["Lee Jong-sup", "Lee", "Jong-sup"]),
        (
            [person("x", "Abd al-Rahman bin Ali Xu")],
            "Abd, al-Rahman, Rahman, bin, Ali, Xu",
            ["Abd", "al-Rahman", "Rahman", "Ali"],
        ),
        ([person("x", "“Bo” Li (Beau) Wu-Tang, Jr.")], "Bo, Beau, Wu-Tang, Jr", ["Beau", "Wu-Tang"]),
        ([person("ozil", "Mesut Özil")], "O\u0308zil und Özil", ["O\u0308zil", "Özil"]),
        ([person("cher", "Cher")], "Cher, la-Cher", ["Cher", "Cher"]),
        ([person("xi", "习近平")], "主席习近平说", ["习近平"]),
    ],
)
def test_the_names_of_a_person(people: list[NamedEntry], text: str, expected: list[str]) -> None:
    assert told(article(text, people=tuple(people))) == [f"p1 {words}: {people[0].ref.id}" for words in expected]


def test_only_a_persons_name_is_taken_apart() -> None:
    made = article(
        "Foreign Ministry, Foreign, Ministry; Port Arlen, Port",
        orgs=(org("fm", "Foreign Ministry"),),
        places=(place("arlen", "Port Arlen"),),
    )
    assert told(made) == ["p1 Foreign Ministry: fm", "p1 Port Arlen: arlen"]


def test_a_derived_word_that_two_people_bear_may_mean_either() -> None:
    made = article("Yoon and Yoon Soon-gu met President Yoon.", people=(YOON, SOON))
    assert told(made) == ["p1 Yoon: yoon soon", "p1 Yoon Soon-gu: soon", "p1 President Yoon: yoon"]


@pytest.mark.parametrize(
    "other", [person("kim", "Kim"), person("kim", "Ana", aliases=("Kim",)), org("kim", "Kim"), place("kim", "Kim")]
)
def test_a_word_that_another_entry_lists_is_not_derived(other: NamedEntry) -> None:
    made = article(
        "Kim and Jong-un",
        people=(person("jong", "Kim Jong-un"), *([other] if other.ref.kind == "person" else [])),
        orgs=(other,) if other.ref.kind == "org" else (),
        places=(other,) if other.ref.kind == "place" else (),
    )
    assert told(made) == ["p1 Kim: kim", "p1 Jong-un: jong"]


def test_a_name_that_several_entries_list_may_mean_any_of_them() -> None:
    made = article(
        "Washington said the minister",
        people=(
            person("a", "Ana", aliases=("the minister", "Washington")),
            person("b", "Bo", aliases=("the minister",)),
        ),
        places=(place("dc", "Washington"),),
    )
    assert told(made) == ["p1 Washington: a dc", "p1 the minister: a b"]


def test_no_title_month_weekday_or_numeral_is_derived() -> None:
    people = (
        person("boll", "President Joachim Boll"),
        person("may", "Vera May"),
        person("king", "Anton King III"),
        person("graf", "Außenministerin Eva Sonntag"),
        person("sen", "Amartya Sen"),
    )
    text = "President Boll, in May; Vera May; the King of World War III; die Außenministerin am Sonntag; Sen said"
    assert told(article(text, people=people)) == ["p1 Boll: boll", "p1 Vera May: may", "p1 Sen: sen"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hanna Krone", ["Hanna Krone: hanna"]),
        ("Krone Hanna", ["Krone Hanna: hanna"]),
        ("Hanna M. Krone", ["Hanna M. Krone: hanna"]),
        ("Maria Krone left", ["Maria Krone: hanna"]),
        ("Bernd Krone", ["Bernd Krone: bernd"]),
        ("Hanna, Krone", ["Hanna: hanna", "Krone: hanna bernd"]),
        ("Hanna met Krone", ["Hanna: hanna", "Krone: hanna bernd"]),
        ("Omar Boll", ["Boll: boll"]),
        ("Omar Tarek", ["Omar Tarek: omar"]),
        ("Omar, Boll", ["Omar: omar", "Boll: boll"]),
        ("Omar the head", ["Omar: omar", "the head: boll"]),
        ("the Tarek Krone plan", ["Tarek: omar", "Krone: hanna bernd"]),
        ("Krone Krone", ["Krone: hanna bernd", "Krone: hanna bernd"]),
        ("Omar Harbour", ["Omar: omar", "Harbour: harbour"]),
    ],
)
def test_words_of_names_side_by_side(text: str, expected: list[str]) -> None:
    people = (
        person("hanna", "Hanna Maria Krone"),
        person("bernd", "Bernd Otto Krone"),
        person("omar", "Omar Ali Tarek"),
        person("boll", "Joachim Boll", aliases=("the head",)),
    )
    made = article(text, people=people, places=(place("harbour", "Harbour"),))
    assert told(made) == [f"p1 {line}" for line in expected]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Abdel Karim al-Masri", "al-Masri, Al-Masri’s, Masri; al Masri", ["al-Masri", "Al-Masri", "Masri", "Masri"]),
        ("Abdel Karim Al Masri", "al-Masri, Al-Masri, Al Masri", ["al-Masri", "Al-Masri", "Al Masri"]),
        (
            "Ursel van der Ruyter",
            "Van der Ruyter, van der Ruyter, Van",
            ["Van der Ruyter", "van der Ruyter"],
        ),
        ("Carlo de la Fonte", "De la Fonte and Fonte, De la", ["De la Fonte", "Fonte"]),
        ("Anne d’Estaing", "d'Estaing, D’Estaing, Estaing", ["d'Estaing", "D’Estaing", "Estaing"]),
        ("Osama bin Karim", "bin Karim, Bin Karim, Bin", ["bin Karim", "Bin Karim"]),
        ("Ben Karim", "Ben left", ["Ben"]),
        ("Omar al-Shah", "Shah, al-Shah", ["al-Shah"]),
        ("Karim von al-Dschasira", "Al-Dschasira", ["Al-Dschasira"]),
        ("Kerem \u0130bn-Haldun", "\u0130bn-Haldun, Haldun", ["\u0130bn-Haldun", "Haldun"]),
    ],
)
def test_particles_belong_to_the_name(name: str, text: str, expected: list[str]) -> None:
    assert told(article(text, people=(person("x", name),))) == [f"p1 {words}: x" for words in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Port Arlen Harbour Board", ["Arlen Harbour Board"]),
        ("Port Arlen", ["Port Arlen"]),
        ("Arlen Harbour", ["Arlen Harbour"]),
        ("Port Arlen and Harbour Board", ["Port Arlen", "Harbour"]),
        ("the port Arlen Harbour Board of", ["the port", "Arlen Harbour Board"]),
    ],
)
def test_the_longest_name_wins_where_they_overlap(text: str, expected: list[str]) -> None:
    names = ("Port Arlen", "Arlen Harbour Board", "Arlen Harbour", "Harbour", "the port", "port Arlen")
    made = article(text, orgs=tuple(org(f"o{number}", name) for number, name in enumerate(names)))
    assert [line.split(":")[0] for line in told(made)] == [f"p1 {words}" for words in expected]


def test_of_equally_long_names_the_listed_wins() -> None:
    made = article("Ann B-Mac", people=(person("x", "Y B-Mac"),), orgs=(org("o", "Ann B"),))
    assert told(made) == ["p1 Ann B: o"]


def test_mentions_come_in_reading_order_sub_headings_among_them() -> None:
    made = article("The alliance: NATO.", "# NATO grows", "NATO and the alliance", orgs=(NATO,))
    assert told(made) == ["p1 NATO: nato", "h1 NATO: nato", "p2 NATO: nato", "p2 the alliance: nato"]


def test_stated_mentions_are_all_that_an_entry_has() -> None:
    yoon = person("yoon", "Yoon Suk Yeol", stated=["para/p2", "para/p1:0-13"])
    made = article("The president. Yoon, Yoon Suk Yeol", "He left; Yoon stayed.", people=(yoon, SOON))
    assert told(made) == ["p1 The president: yoon", "p1 Yoon: soon", "p2: yoon", "p2 Yoon: soon"]
    assert ref("para/p2") in [one.text_ref for one in find_mentions(made)]


def test_an_empty_list_of_stated_mentions_is_complete_too() -> None:
    assert told(article("NATO", orgs=(org("nato", "NATO", stated=[]),))) == []


def test_nobody_else_is_seen_in_a_stated_span() -> None:
    stated = org("summit", "the summit", stated=["para/p1:0-15"])
    made = article("The NATO summit of NATO", orgs=(stated, NATO))
    assert told(made) == ["p1 The NATO summit: summit", "p1 NATO: nato"]


def test_a_longer_name_is_found_around_a_stated_span() -> None:
    made = article(
        "Port Arlen Council",
        places=(place("arlen", "Port Arlen", stated=["para/p1:0-10"]),),
        orgs=(org("council", "Port Arlen Council"),),
    )
    assert told(made) == ["p1 Port Arlen Council: council", "p1 Port Arlen: arlen"]


def test_stated_mentions_outside_the_body_stand_in_reading_order() -> None:
    stated = ["media/m1:0-3", "para/p1:0-3", "subtitle:0-3", "headline:0-3"]
    found = find_mentions(article("Yoon", people=(person("yoon", "Yoon", stated=stated),)))
    assert [one.text_ref.kind for one in found] == ["headline", "subtitle", "para", "media"]


def test_an_article_without_entries_has_no_mentions() -> None:
    assert find_mentions(article("NATO")) == ()


NAMES = st.sampled_from(
    ["Kim", "Kim Jong", "Jong-un Kim", "Park", "Park Kim Jong", "Kim-Park", "한", "한 Kim", "Park’s"]
)


@given(names=st.lists(NAMES, max_size=5), words=st.lists(NAMES | st.sampled_from(["and", ",", "-"]), max_size=12))
def test_derived_mentions_never_overlap_and_stand_in_order(names: list[str], words: list[str]) -> None:
    people = tuple(person(f"x{number}", name) for number, name in enumerate(names))
    found = find_mentions(article(" ".join(words), "".join(words), people=people))
    places = [(one.text_ref.id, *(one.text_ref.span or (0, 0))) for one in found]
    assert places == sorted(places)
    assert all(before[0] != after[0] or before[2] <= after[1] for before, after in pairwise(places))
    assert all(one.targets for one in found)
