from dossier.core.model import Article
from dossier.loader.article import parse_article

HEAD = "headline: Ferry pact\noutlet: Harbour Herald\npublished: 2023-04-12\nbody: The pact.\n"


def opened(text: str) -> tuple[Article, list[str]]:
    loaded = parse_article(f"{HEAD}{text}".encode(), "a.yaml")
    assert loaded.article is not None
    return loaded.article, [found.code for found in loaded.problems]


def test_media() -> None:
    article, codes = opened(
        "media:\n- {type: map, caption: Quay., credit: T. R., url: u, places: [quay], size: 3}\n- {id: x}\n- photo\n"
        "places: {quay: Quay}\n"
    )
    first, second, third = article.media
    assert (first.ref.id, first.line, first.type, first.caption) == ("m1", 6, "map", "Quay.")
    assert (first.credit, first.url, first.unknown_fields) == ("T. R.", "u", (("size", "3"),))
    assert [one.written for one in first.places] == ["quay"]
    assert (second.ref.id, second.caption, third.ref.id, third.caption) == ("x", "", "m3", "photo")
    assert codes == ["wrong-shape"]


def test_documents() -> None:
    article, codes = opened(
        "documents:\n- {url: u, title: Pact, at: p1, size: 3}\n- {url: u}\n- https://example.org\n- {at: p1}\n"
    )
    assert [(one.ref.id, one.title, one.url, one.line) for one in article.documents] == [
        ("d1", "Pact", "u", 6),
        ("d2", "u", "u", 7),
        ("d3", "https://example.org", "", 8),
        ("d4", "", "", 9),
    ]
    assert [ref.id for ref in article.documents[0].evidence] == ["p1"]
    assert article.documents[0].unknown_fields == (("size", "3"),)
    assert codes == ["wrong-shape", "wrong-shape"]


def test_glossary() -> None:
    article, codes = opened("glossary:\n  PAA: Port Authority\n  a/b c: [x, y]\n")
    assert [(one.ref.id, one.term, one.meaning, one.line) for one in article.glossary] == [
        ("PAA", "PAA", "Port Authority", 6),
        ("a/b c", "a/b c", "x, y", 7),
    ]
    assert codes == ["wrong-shape"]
    assert [one.ref.id for one in opened("glossary: {a: x, 'a ': y}\n")[0].glossary] == ["a", "a~"]
    repeated = opened("glossary: [a: v, a: w, a: x, a~3: y, a: z]\n")[0].glossary
    assert [one.ref.id for one in repeated] == ["a", "a~", "a~3", "a~3~", "a~4"]
    assert opened("glossary: [x]\n")[1] == ["wrong-shape"]


def test_a_glossary_may_be_a_list() -> None:
    article, codes = opened(
        "glossary:\n- {term: PAA, meaning: Port Authority}\n- EQ: East Quay\n- {term: PAA, meaning: x}\n- null\n"
        "- {meaning: y}\n- {term: z, menaing: y}\n"
    )
    assert [(one.ref.id, one.term, one.meaning, one.line) for one in article.glossary] == [
        ("PAA", "PAA", "Port Authority", 6),
        ("EQ", "EQ", "East Quay", 7),
        ("PAA~", "PAA", "x", 8),
        ("z", "z", "", 11),
    ]
    assert codes == ["wrong-shape", "nearly-known-key"]
