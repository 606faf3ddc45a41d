"""Tests of the JSON Schema of article files: it accepts what the loader accepts, and refuses what it refuses.

Files are read as editors read them, by the core schema of YAML 1.2, and as the loader does, with every scalar a text.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from rooms import FILES

from dossier.export.article_schema import make_article_schema
from dossier.loader.article import parse_article
from dossier.loader.format_keys import (
    ARTICLE_KEYS,
    DOCUMENT_KEYS,
    EVENT_KEYS,
    MEDIA_KEYS,
    ORG_KEYS,
    PERSON_KEYS,
    PLACE_KEYS,
    QUOTE_KEYS,
    SELECTOR_KEYS,
    TERM_KEYS,
    FormatKey,
)

ROOT = Path(__file__).parent.parent.parent
SEEDED = ROOT / "tests" / "seeded"
SCHEMA = Draft202012Validator(make_article_schema())
UNSEEN = frozenset(("not-yaml", "duplicate-key", "too-deep", "too-many-aliases"))
"""Seeded files whose values are fine, or cannot be loaded."""
SEEN = {
    *("no-headline", "no-body", "not-mapping", "bad-id", "bad-date", "unknown-form", "unknown-status", "wrong-shape"),
}
"""The codes of seeded files whose faults a schema can see."""
TABLES = {
    "person": PERSON_KEYS,
    "org": ORG_KEYS,
    "place": PLACE_KEYS,
    "quote": QUOTE_KEYS,
    "event": EVENT_KEYS,
    "media": MEDIA_KEYS,
    "document": DOCUMENT_KEYS,
}


class EditorLoader(yaml.SafeLoader):
    """A loader with the types of the core schema of YAML 1.2, in which No is a text, and so is a date."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def with_text_keys(value: Any) -> Any:
    """Return the value as JSON has it, in which every key is a text."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(one) for key, one in value.items()}
    return [with_text_keys(one) for one in value] if isinstance(value, list) else value


def loads(text: str) -> list[Any]:
    return [with_text_keys(yaml.load(text, loader)) for loader in (EditorLoader, yaml.BaseLoader)]


def refusals(value: Any) -> list[str]:
    return [error.message for error in SCHEMA.iter_errors(value)]


def article(**fields: Any) -> dict[str, Any]:
    return {
        **{"headline": "Ferry", "outlet": "Herald", "published": "2023-04-12", "body": ["Lena Okafor runs the ferry."]},
        **fields,
    }


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(make_article_schema())


def has_visible_fault(path: Path) -> bool:
    """Return whether an article has a fault that a schema can see."""
    return any(problem.code in SEEN for problem in parse_article(path.read_bytes(), str(path)).problems)


@pytest.mark.parametrize(
    "path",
    [path for path in (*FILES, SEEDED / "clean.yaml") if not has_visible_fault(path)],
    ids=lambda path: path.stem,
)
def test_articles_without_errors_are_accepted(path: Path) -> None:
    assert [refusals(value) for value in loads(path.read_text("utf-8"))] == [[], []]


@pytest.mark.parametrize(
    # A schema sees the values, not the text.
    "path",
    [path for path in sorted(SEEDED.glob("*.yaml")) if path.stem not in UNSEEN],
    ids=lambda path: path.stem,
)
def test_seeded_faults_that_a_schema_can_see_are_refused_and_no_others(path: Path) -> None:
    for value in loads(path.read_text("utf-8")):
        assert bool(refusals(value)) == (path.stem in SEEN)


@pytest.mark.parametrize(
    "fields",
    [
        {"people": {"okafor": "Lena Okafor | minister"}, "quotes": [{"okafor": "runs"}]},
        {"people": [{"id": "okafor", "name": "Lena Okafor", "aliases": None, "native": None}]},
        {"timeline": [{"2023-04-11": "Pact"}, {"date": 2006, "what": "Pact"}, {"date_text": "runs", "what": "Pact"}]},
        {"quotes": [{"form": "reported", "speaker_text": "officials"}, {"speaker_text": "x", "text": ["runs", "the"]}]},
        {"quotes": [{"speaker_text": "x", "text": "runs", "at": ["p1:17-21", {"p": "p1", "exact": "runs"}]}]},
        {"glossary": {"PAA": "Port Authority"}},
        {"dossier": 1, "id": "1/2", "desk": {"any": ["thing"]}, "section": "National", "lang": False},
        {"body": "One.\n\nTwo."},
        {"body": ["One.", {"heading": "What changes"}, 2006]},
        {"people": None, "quotes": None, "timeline": None, "updated": None},
        {"places": {"arlen": {"name": "Port Arlen", "geo": [54.1, 8.2]}}},
    ],
)
def test_other_forms_of_the_format_are_accepted(fields: dict[str, Any]) -> None:
    assert refusals(article(**fields)) == []


@pytest.mark.parametrize(
    "date",
    [
        *("2023-04-12", "2023-04", "2006", "2023-04-12T09:30+02:00", "2023-04-12 09:30", "2022-12~", "2022-12?"),
        *("2022-12%", "201X", "2022-XX", "2022-XX-15", "2022-21", "2022-33", "2022-41", "2022-06-29/2022-06-30"),
        *("2017-11/..", "../2017", "2017-11/", "/2017", "-0044", "Y170000002", "Y-17E7", "1950S2", "156X-12-25"),
        *("XXXX-12-XX", "1984-1X", "[1667,1668,1670..1672]", "{1960,1961-12}", "..1984", "?2004-06-~11", "2024-02-29"),
        *("1964/2008~", "2004-06-11%", "2004-02-01/2005-02", "1985-04-12T23:20:30Z", "-1985-04-30", "Y3388E2S3"),
    ],
)
def test_dates_of_every_level_are_accepted(date: str) -> None:
    assert refusals(article(published=date)) == []


@pytest.mark.parametrize(
    "date", ["", "2023-02-30", "2023-13", "2023-04-31/2023-05-01", "last Tuesday", "12 April", "2023-00", "today", "-"]
)
def test_dates_that_do_not_exist_are_refused(date: str) -> None:
    assert len(refusals(article(updated=date))) == 1


SHAPES: tuple[Any, ...] = (None, "x", ["x"], {"x": "x"}, [["x"]], [{"x": "x"}], {"x": ["x"]}, {"p": "p1"}, "p1", "2023")


def _wrapped(table: str, key: FormatKey, value: Any) -> dict[str, Any]:
    """Return an article in which the key of an entry has this value, and nothing else is at fault."""
    base: dict[str, dict[str, Any]] = {
        "person": {"name": "Lena Okafor"},
        "org": {"name": "Port Authority"},
        "place": {"name": "Port Arlen"},
        "quote": {"speaker_text": "an official", "text": "the ferry"},
        "event": {"date": "2023", "what": "Pact"},
        "media": {"caption": "A ferry"},
        "document": {"title": "Pact"},
    }
    entry = {**base[table], key.name: value}
    group = {"person": "people", "org": "orgs", "place": "places", "event": "timeline"}.get(table, table + "s")
    group = "media" if table == "media" else group
    return article(**{group: {"x": entry} if group in {"people", "orgs", "places"} else [entry]})


VISIBLE = {"wrong-shape", "bad-at", "bad-date", "bad-id", "unknown-form", "unknown-status", "no-body", "no-headline"}


@pytest.mark.parametrize("value", SHAPES, ids=json.dumps)
@pytest.mark.parametrize(
    ("table", "key"),
    [(table, key) for table, keys in TABLES.items() for key in keys],
    ids=lambda one: getattr(one, "name", one),
)
def test_schema_and_loader_agree_on_the_shape_of_every_key(table: str, key: FormatKey, value: Any) -> None:
    made = _wrapped(table, key, value)
    codes = {problem.code for problem in parse_article(json.dumps(made).encode(), "a.yaml").problems}
    assert bool(refusals(made)) == bool(codes & VISIBLE), codes


@pytest.mark.parametrize("value", SHAPES, ids=json.dumps)
@pytest.mark.parametrize("key", ARTICLE_KEYS, ids=lambda key: key.name)
def test_schema_and_loader_agree_on_the_shape_of_the_top(key: FormatKey, value: Any) -> None:
    made = article(**{key.name: value})
    codes = {problem.code for problem in parse_article(json.dumps(made).encode(), "a.yaml").problems}
    assert bool(refusals(made)) == bool(codes & VISIBLE), codes


@pytest.mark.parametrize(
    "keys", [ARTICLE_KEYS, *TABLES.values(), SELECTOR_KEYS, TERM_KEYS], ids=lambda keys: keys[0].name
)
def test_every_key_has_a_description_of_its_own(keys: tuple[FormatKey, ...]) -> None:
    assert len({key.about for key in keys}) == len({key.name for key in keys}) == len(keys)
    assert [key.name for key in keys if not re.fullmatch(r"\S.*\.", key.about)] == []
