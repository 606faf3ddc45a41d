import pytest
from articles import article, blocks, document, event, media, org, person, place, quote, ref, reference, refs, term

from dossier.core.dataclasses import replace
from dossier.core.links import Link, LinkKind, Links, derive_links
from dossier.core.model import Article, Mention
from dossier.core.ref import Anchor, Ref

BODY = (
    "“We will run every day,” said Lena Okafor of the PAA. “Han agrees.”",
    "# Okafor in Port Arlen",
    "An official said the toll would not rise in Port Arlen.",
)
SOURCE = Ref("ferry", "source", "An official")


@pytest.fixture
def pact() -> Article:
    return article(
        *BODY,
        byline=("Ida Brandt <ida@example.org>", "Lena Okafor-Reyes"),
        people=(
            person("okafor", "Lena Okafor", org=reference("org/paa")),
            person("han", "Han Seo-jin"),
            person("brandt", "Ida  Brandt"),
        ),
        orgs=(org("paa", "Port Authority of Arlen", aliases=("PAA",)),),
        places=(place("arlen", "Port Arlen"),),
        quotes=(
            quote(
                "q1",
                speaker=reference("person/okafor"),
                speaker_at=["para/p1:30-41"],
                to=reference("person/han"),
                at=["para/p1:1-22", "para/p1:55-65"],
            ),
            quote("q2", speaker_text="An official", speaker_at=["para/p2:0-11"], at=["para/p2:17-54"]),
        ),
        events=(
            event(
                "e1",
                people=["person/okafor"],
                orgs=["org/paa"],
                places=["place/arlen"],
                quote=reference("quote/q1"),
                at=["para/p1:1-22"],
            ),
        ),
        media=(
            media("m1", caption="Han at the quay", people=["person/han"], orgs=["org/paa"], places=["place/arlen"]),
        ),
        documents=(document("d1", "The pact", at=["para/p2"]),),
        glossary=(term("PAA"), term("toll")),
    )


def told(links: tuple[Link, ...]) -> list[str]:
    return [f"{link.start} {link.kind} {link.end}".replace("ferry#", "") for link in links]


def test_every_link_of_an_article(pact: Article) -> None:
    assert told(tuple(dict.fromkeys(derive_links(pact)))) == [
        "para/p1:30-41 mention person/okafor",
        "para/p1:49-52 mention org/paa",
        "para/p1:55-58 mention person/han",
        "heading/h1:0-6 mention person/okafor",
        "heading/h1:10-20 mention place/arlen",
        "para/p2:44-54 mention place/arlen",
        "para/p1:49-52 mention term/PAA",
        "para/p2:21-25 mention term/toll",
        "about/byline mention person/brandt",
        "person/okafor member of org/paa",
        "person/okafor says quote/q1",
        "quote/q1 said to person/han",
        "quote/q1 evidence para/p1:1-22",
        "quote/q1 evidence para/p1:55-65",
        "quote/q1 about person/han",
        "source/An%20official says quote/q2",
        "para/p2:0-11 mention source/An%20official",
        "quote/q2 evidence para/p2:17-54",
        "quote/q2 about place/arlen",
        "event/e1 evidence para/p1:1-22",
        "event/e1 involved person/okafor",
        "event/e1 involved org/paa",
        "event/e1 involved place/arlen",
        "event/e1 about quote/q1",
        "media/m1 involved person/han",
        "media/m1 involved org/paa",
        "media/m1 involved place/arlen",
        "document/d1 evidence para/p2",
    ]


def test_a_reference_that_may_mean_several_leads_to_each_and_one_that_finds_nothing_nowhere() -> None:
    speaker = reference("person/a", "person/b")
    made = article("Words", quotes=(quote("q1", speaker=speaker, to=reference(), speaker_text="Kim"),))
    assert told(tuple(derive_links(made))) == ["person/a says quote/q1", "person/b says quote/q1"]
    assert list(derive_links(article("Words", quotes=(quote("q1", speaker=reference(), speaker_text="Kim"),)))) == []


def test_an_ambiguous_mention_leads_to_each_that_it_may_mean() -> None:
    made = article("Yoon", people=(person("a", "Yoon Suk Yeol"), person("b", "Yoon Soon-gu")))
    assert told(tuple(derive_links(made))) == ["para/p1:0-4 mention person/a", "para/p1:0-4 mention person/b"]
    assert Links.of(made).span_anchors(ref("para/p1")) == (Anchor(0, 4, refs("person/a", "person/b")),)


def test_without_spans_nothing_but_the_spans_is_missing(pact: Article) -> None:
    whole, without = Links.of(pact), Links.of(pact, spans=False)
    linked = {end.entry for link in derive_links(pact) for end in link[:2]}
    assert any(whole.span_anchors(one) for one in linked)
    assert not any(without.span_anchors(one) for one in linked)
    for one in linked:
        assert (without.links_at(one), without.linked_refs(one)) == (whole.links_at(one), whole.linked_refs(one))


@pytest.mark.parametrize(
    ("evidence", "about"),
    [
        (["para/p1:0-20"], ["han", "paa", "arlen"]),
        (["para/p1:4-7"], ["paa"]),
        (["para/p1:4-8", "para/p1:4-20"], ["paa", "arlen"]),
        (["para/p1:1-7"], ["paa"]),
        (["para/p1:0-6"], ["han"]),
        (["para/p1"], []),
        (["headline:0-9"], []),
        (["para/p2:0-9"], ["okafor"]),
    ],
)
def test_a_quote_is_about_whom_its_words_name_but_not_about_its_speaker(evidence: list[str], about: list[str]) -> None:
    made = article(
        "Han PAA Park, Arlen!",
        "Okafor!!!",
        people=(person("han", "Han"), person("park", "Park"), person("okafor", "Okafor")),
        orgs=(org("paa", "PAA"),),
        places=(place("arlen", "Arlen"),),
        quotes=(quote("q1", speaker=reference("person/park"), at=evidence),),
    )
    assert [link.end.id for link in Links.of(made).links_at(ref("quote/q1")) if link.kind == LinkKind.ABOUT] == about


def test_a_mention_of_a_whole_paragraph_is_in_no_quote() -> None:
    made = article(
        "They left.", people=(person("han", "Han", stated=["para/p1"]),), quotes=(quote("q1", at=["para/p1:0-9"]),)
    )
    assert told(tuple(derive_links(made))) == ["para/p1 mention person/han", "quote/q1 evidence para/p1:0-9"]


def test_links_at_an_entry_take_in_its_spans_and_those_at_a_span_do_not_take_in_others(pact: Article) -> None:
    links = Links.of(pact)
    assert told(links.links_at(ref("heading/h1"))) == [
        "heading/h1:0-6 mention person/okafor",
        "heading/h1:10-20 mention place/arlen",
    ]
    assert told(links.links_at(ref("para/p1:55-65"))) == ["quote/q1 evidence para/p1:55-65"]
    assert links.links_at(ref("para/p9")) == ()


def test_the_same_link_is_kept_once(pact: Article) -> None:
    said = Link(ref("para/p1:30-41"), ref("person/okafor"), LinkKind.MENTION)
    assert list(derive_links(pact)).count(said) == 2
    assert Links.of(pact).links_at(said.start) == (said,)


def test_neighbours_are_the_other_ends_each_once(pact: Article) -> None:
    links = Links.of(pact)
    assert links.linked_refs(ref("org/paa")) == refs("para/p1:49-52", "person/okafor", "event/e1", "media/m1")
    assert links.linked_refs(ref("para/p1")) == refs(
        "person/okafor", "org/paa", "person/han", "term/PAA", "quote/q1", "event/e1"
    )
    assert links.linked_refs(ref("about/byline")) == refs("person/brandt")
    assert links.linked_refs(ref("para/p1:1-22")) == refs("quote/q1", "event/e1")


def test_the_links_in_a_text_stand_by_their_start_the_longest_first(pact: Article) -> None:
    assert Links.of(pact).span_anchors(ref("para/p1")) == (
        Anchor(1, 22, refs("quote/q1", "event/e1")),
        Anchor(30, 41, refs("person/okafor")),
        Anchor(49, 52, refs("org/paa", "term/PAA")),
        Anchor(55, 65, refs("quote/q1")),
        Anchor(55, 58, refs("person/han")),
    )
    assert Links.of(pact).span_anchors(ref("quote/q1")) == ()


def test_captions_and_headlines_have_links_in_their_text_too() -> None:
    made = article("Words", quotes=(quote("q1", at=["headline:0-5", "media/m1:3-8"]),))
    links = Links.of(made)
    assert links.span_anchors(ref("headline")) == (Anchor(0, 5, refs("quote/q1")),)
    assert links.span_anchors(ref("media/m1")) == (Anchor(3, 8, refs("quote/q1")),)


@pytest.mark.parametrize(
    ("here", "lit"),
    [
        (["quote/q2"], ["source/An%20official", "para/p2:17-54", "place/arlen"]),
        (["source/An%20official"], ["quote/q2", "para/p2:0-11", "para/p2:17-54"]),
        (["place/arlen"], ["heading/h1:10-20", "para/p2:44-54", "quote/q2", "event/e1", "media/m1"]),
        (
            ["person/okafor"],
            ["para/p1:30-41", "heading/h1:0-6", "org/paa", "quote/q1", "event/e1", "para/p1:1-22", "para/p1:55-65"],
        ),
        (["para/p1:55-58"], ["person/han"]),
        (["para/p2"], ["place/arlen", "term/toll", "source/An%20official", "quote/q2", "document/d1"]),
        (["term/PAA", "term/toll"], ["para/p1:49-52", "para/p2:21-25"]),
        ([], []),
    ],
)
def test_what_lights(pact: Article, here: list[str], lit: list[str]) -> None:
    assert Links.of(pact).find_highlighted(refs(*here)) == set(refs(*here, *lit))


def test_the_one_spoken_to_does_not_light_where_the_words_stand(pact: Article) -> None:
    lit = Links.of(pact).find_highlighted(refs("person/han"))
    assert ref("quote/q1") in lit
    assert ref("para/p1:1-22") not in lit


def test_mentions_of_a_thing_come_in_reading_order() -> None:
    stated = [
        "media/m1:0-3",
        "para/p2:4-7",
        "para/p2:4-9",
        "heading/h1:0-3",
        "para/p1:0-3",
        "headline:0-3",
        "subtitle:0-3",
    ]
    made = replace(
        article("a", media=(media("m1", caption="Han"),), people=(person("han", "Han"),), byline=("Han",)),
        body=blocks("Han", "# Han", "The Han so"),
        mentions=tuple(Mention(where, refs("person/han")) for where in refs(*stated)),
    )
    assert Links.of(made).find_mention_refs(ref("person/han")) == refs(
        "headline:0-3", "subtitle:0-3", "para/p1:0-3", "heading/h1:0-3", "para/p2:4-9", "para/p2:4-7", "media/m1:0-3"
    )


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ("quote/q1", ["para/p1:1-22", "para/p1:55-65"]),
        ("event/e1", ["para/p1:1-22"]),
        ("document/d1", ["para/p2"]),
        ("term/PAA", ["para/p1:49-52"]),
        ("source/An%20official", ["para/p2:0-11"]),
        ("person/okafor", ["para/p1:30-41", "heading/h1:0-6"]),
        ("person/brandt", []),
        ("para/p1", []),
    ],
)
def test_where_a_thing_stands(pact: Article, entry: str, where: list[str]) -> None:
    assert Links.of(pact).find_mention_refs(ref(entry)) == refs(*where)
