"""One file for each code of problem, in which the checker finds that problem and no other."""

from pathlib import Path

import pytest

from dossier.core.problem import SEVERITIES, Severity
from dossier.loader.article import load_article, parse_article
from dossier.loader.limits import Limits

SEEDED = Path(__file__).parent.parent / "seeded"

PLACES = {
    "not-yaml": (12, 17),
    "not-mapping": (1, 1),
    "no-headline": (1, 1),
    "no-body": (4, 6),
    "duplicate-key": (13, 1),
    "duplicate-id": (17, 10),
    "bad-id": (13, 3),
    "unknown-reference": (16, 5),
    "ambiguous-reference": (17, 15),
    "bad-at": (16, 51),
    "exact-not-found": (16, 62),
    "bad-date": (16, 5),
    "unknown-form": (16, 29),
    "unknown-status": (16, 51),
    "not-verbatim": (16, 13),
    "wrong-shape": (1, 11),
    "too-deep": (12, 71),
    "too-many-aliases": (16, 37),
    "too-many-entries": (17, 5),
    "quote-in-several-places": (16, 39),
    "quote-not-at-place": (16, 29),
    "no-speaker": (17, 11),
    "indirect-not-in-body": (16, 42),
    "alias-claimed-twice": (14, 38),
    "never-mentioned": (15, 3),
    "event-after-publication": (16, 5),
    "date-text-not-in-body": (16, 35),
    "cut-by-comment": (12, 10),
    "no-published": (1, 1),
    "no-outlet": (1, 1),
    "nearly-known-key": (12, 1),
    "prose-as-key": (12, 1),
    "cut-by-comma": (16, 51),
    "says-nothing": (2, 9),
    "mixed-without-marks": (16, 42),
    "only-derived-name": (15, 3),
}
NEVER_OPENED = {"not-yaml", "not-mapping", "no-headline", "no-body", "too-deep"}
WITHOUT_A_FILE = {"cannot-read", "not-utf8", "too-large", "not-json"}
OF_A_LIBRARY = {
    *("decided-both-ways", "duplicate-article", "duplicate-wikidata", "registry-contradicted", "second-registry"),
    *("named-twice", "two-spellings"),
}
OF_COST = {"too-many-values", "cut-short"}
OF_SETTINGS = {"not-toml", "unknown-name", "wrong-value", "no-key", "key-bound-twice", "key-taken"}


def test_every_code_has_its_seed() -> None:
    assert set(PLACES) | WITHOUT_A_FILE | OF_A_LIBRARY | OF_COST | OF_SETTINGS == set(SEVERITIES)
    assert {path.stem for path in SEEDED.glob("*.yaml")} == {*PLACES, "clean"}


@pytest.mark.parametrize(("code", "place"), PLACES.items(), ids=PLACES)
def test_a_seeded_file_has_this_finding_and_no_other(code: str, place: tuple[int, int]) -> None:
    path = SEEDED / f"{code}.yaml"
    loaded = load_article(path, Limits(entries=4))
    assert [(found.code, found.line, found.column) for found in loaded.problems] == [(code, *place)]
    assert loaded.problems[0].path == str(path)
    assert (loaded.article is None) == (code in NEVER_OPENED)


def test_the_clean_file_has_none() -> None:
    loaded = load_article(SEEDED / "clean.yaml")
    assert loaded.problems == ()
    assert loaded.article is not None


def test_bytes_that_are_not_utf8() -> None:
    loaded = parse_article(b"headline: Ferry\nbody: gr\xfcn\n", "a.yaml")
    assert loaded.article is None
    assert [str(found) for found in loaded.problems] == [
        "a.yaml:2:9: error: byte 0xfc is not UTF-8 (the file may be in Windows-1252 or Latin-1): save it as UTF-8"
        " [not-utf8]"
    ]


def test_file_over_the_size(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"headline: Ferry\nbody: It runs.\noutlet: Herald\npublished: 2023\n")
    assert load_article(path, Limits(size=path.stat().st_size)).problems == ()
    loaded = load_article(path, Limits(size=path.stat().st_size - 1))
    assert [found.code for found in loaded.problems] == ["too-large"]
    assert loaded.article is None


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    loaded = load_article(tmp_path / name)
    assert [(found.line, found.column, found.code) for found in loaded.problems] == [(1, 1, "cannot-read")]
    assert loaded.article is None


def test_severities() -> None:
    warned = {code for code, severity in SEVERITIES.items() if severity is Severity.WARNING}
    assert {code for code in PLACES if load_article(SEEDED / f"{code}.yaml").article is None}.isdisjoint(warned)
