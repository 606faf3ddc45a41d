"""An article in bytes is the article again, with all problems of its file, whatever the file says."""

from pathlib import Path

import pytest

from dossier.core.model import Article
from dossier.core.problem import Problem
from dossier.core.ref import Ref
from dossier.library.article_codec import pack_article, unpack_article
from dossier.loader.article import parse_article

DATA = Path(__file__).parent.parent.parent / "data"
FILES = sorted(file for file in DATA.rglob("*.yaml") if file.stem != "registry")
ODD = {
    "every form of date": "".join(
        f"  - {{what: It happened, date: {date!r}}}\n"
        for date in ("2023-01-29T10:00+09:00", "1984~/2004-06?", "../1985", "1985/", "[1667,1668..1672]", "Y-170000002")
    ),
    "a date that cannot be read": "  - {what: It happened, date: soon, at: [p1, p9], people: [Park, nobody]}\n",
    "letters of two cells, and a sign for what was removed": '  - {what: "\\x07 옌스", date_text: "박진"}\n',
}


def read(data: bytes) -> tuple[Article, tuple[Problem, ...]] | None:
    article, problems = parse_article(data, "some/file.yaml")
    return (article, problems) if article else None


def without_each_tenth_line(data: bytes, first: int) -> bytes:
    return b"".join(line for number, line in enumerate(data.splitlines(True)) if number % 10 != first)


def same(data: bytes) -> bool:
    """Return whether the article of these bytes is the same after packing; True if there is none."""
    one = read(data)
    if one is None:
        return True
    again = unpack_article(pack_article(*one), "some/file.yaml")
    return again == one and repr(again) == repr(one)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_article_is_the_same_again(file: Path) -> None:
    assert read(file.read_bytes())
    assert same(file.read_bytes())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_faulty_article_is_the_same_again(file: Path) -> None:
    faulty = [without_each_tenth_line(file.read_bytes(), first) for first in range(10)]
    read_anyway = [one for one in map(read, faulty) if one]
    assert any(problems for _, problems in read_anyway) or not read_anyway
    assert [first for first, data in enumerate(faulty) if not same(data)] == []


@pytest.mark.parametrize("events", ODD.values(), ids=ODD)
def test_odd_values_are_the_same_again(events: str) -> None:
    data = f"headline: H\nbody: Park came.\npeople: [{{name: Park}}]\ntimeline:\n{events}".encode()
    assert read(data)
    assert same(data)


def test_the_path_is_that_of_the_file_that_is_opened() -> None:
    article, problems = unpack_article(pack_article(*(read(b"headline: H\nbody: B\n") or ())), "other.yaml")
    assert article.path == "other.yaml"
    assert {problem.path for problem in problems} == {"other.yaml"}


def test_problems_of_another_file_are_refused() -> None:
    article = Article(Ref("a"), "a.yaml", "H", ())
    with pytest.raises(ValueError, match="another file"):
        pack_article(article, [Problem("b.yaml", 1, 1, "no-outlet", "no outlet")])


@pytest.mark.parametrize("data", [b"", b"{", b"(\0\0\0\0", pack_article(Article(Ref("a"), "a", "H", ()), ())[:-3]])
def test_what_is_no_article_is_refused(data: bytes) -> None:
    with pytest.raises((EOFError, LookupError, TypeError, ValueError)):
        unpack_article(data, "a.yaml")
