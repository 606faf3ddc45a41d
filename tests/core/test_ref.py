import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.core.ref import ENTRY_KINDS, Ref, RefError, parse_ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("nato-seoul-2023", Ref("nato-seoul-2023")),
        ("nato-seoul-2023#quote/q3", Ref("nato-seoul-2023", "quote", "q3")),
        ("nato-seoul-2023#para/p4:12-28", Ref("nato-seoul-2023", "para", "p4", (12, 28))),
        ("nato-seoul-2023#headline", Ref("nato-seoul-2023", "headline")),
        ("nato-seoul-2023#subtitle:0-5", Ref("nato-seoul-2023", "subtitle", "", (0, 5))),
        ("a~b_c.d#about/byline", Ref("a~b_c.d", "about", "byline")),
        ("a#term/arms%20flow", Ref("a", "term", "arms flow")),
        ("a#source/a%2Fb%3Ac%23d%25", Ref("a", "source", "a/b:c#d%")),
        ("%EC%9C%A4#person/yoon", Ref("윤", "person", "yoon")),
        ("news%2F2023%2Fferry#media/m1", Ref("news/2023/ferry", "media", "m1")),
        ("#quote/q3", Ref("", "quote", "q3")),
        ("quote#", Ref("quote")),
        ("#", Ref("")),
    ],
)
def test_what_an_address_prints_is_read_back(text: str, ref: Ref) -> None:
    assert parse_ref(text) == ref
    assert str(ref) == text


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("quote/q3", Ref("", "quote", "q3")),
        ("para/p4:12-28", Ref("", "para", "p4", (12, 28))),
        ("headline", Ref("", "headline")),
        ("headline:0-5", Ref("", "headline", "", (0, 5))),
        ("  nato#quote/q3\n", Ref("nato", "quote", "q3")),
        ("윤#person/yoon", Ref("윤", "person", "yoon")),
        ("news/2023/ferry#quote/q3", Ref("news/2023/ferry", "quote", "q3")),
        ("nato#", Ref("nato")),
        ("100%", Ref("100%")),
    ],
)
def test_what_hands_type_is_understood(text: str, ref: Ref) -> None:
    assert parse_ref(text) == ref


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "two words",
        "a#quotes/q3",
        "a#Quote/q3",
        "a#quote/",
        "a#quote/q3/q4",
        "a#quote/q3#para/p1",
        "a##",
        "a#para/p4:12",
        "a#para/p4:12-",
        "a#para/p4:-3-5",
        "a#para/p4:5-5",
        "a#para/p4:9-5",
        "a#para/p4:0-1234567890",
        "a#para/p 4",
        "a#:3-5",
        "\udcff#para/p1",
        "a#term/\udcff",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(RefError, match="is not an address"):
        parse_ref(text)


def test_the_refusal_shows_how_an_address_looks() -> None:
    with pytest.raises(RefError, match=r"write article#kind/id, such as nato-seoul-2023#quote/q3, .* para, person"):
        parse_ref("a#quotes/q3")


def test_the_entry_of_a_span_is_without_it() -> None:
    entry = Ref("a", "para", "p4")
    assert entry.with_span(12, 28) == Ref("a", "para", "p4", (12, 28))
    assert entry.with_span(12, 28).entry == entry
    assert entry.entry is entry


ODD = st.sampled_from(
    ["quote", "headline", "%", "%25", "#", ":", "/", "a b", " ", "p1:2-3", "é", "윤석열", ".", "\u00a0", "-"]
)
SPANS = st.tuples(st.integers(0, 10**8), st.integers(1, 10**8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(article=st.text() | ODD, kind=st.sampled_from(ENTRY_KINDS), entry=st.text() | ODD, span=st.none() | SPANS)
def test_every_address_of_an_entry_is_read_back(
    article: str, kind: str, entry: str, span: tuple[int, int] | None
) -> None:
    ref = Ref(article, kind, entry, span)
    assert parse_ref(str(ref)) == ref
    assert not set(str(ref)) & set(" \n\t")


@given(article=st.text() | ODD | st.sampled_from(ENTRY_KINDS))
def test_every_address_of_an_article_is_read_back(article: str) -> None:
    assert parse_ref(str(Ref(article))) == Ref(article)
