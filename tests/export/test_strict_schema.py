"""Tests of the schema for strict structured output: it is in the subset, and what it accepts loads with no finding."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from rooms import FILES

from dossier.export.model_prompt import RULES, make_example, make_model_prompt
from dossier.export.strict_schema import fill_with_nulls, make_strict_schema
from dossier.loader.article import load_article, parse_article
from dossier.loader.format_keys import EVENT_KEYS, QUOTE_KEYS, list_key_names

SEEDED = Path(__file__).parent.parent / "seeded"
SCHEMA = make_strict_schema()
TAKEN = {"type", "description", "properties", "required", "additionalProperties", "items", "enum", "anyOf"}
"""The keywords that every provider's strict mode takes."""


def schemas(schema: dict[str, Any], depth: int = 1) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield a schema and all within it, each with the number of objects and lists around it and itself."""
    yield schema, depth
    below = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    for one in [*below, *([schema["items"]] if "items" in schema else [])]:
        yield from schemas(one, depth + ("anyOf" not in schema))


def types(schema: dict[str, Any]) -> list[str]:
    given = schema.get("type", [])
    return [given] if isinstance(given, str) else list(given)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_root_is_an_object() -> None:
    assert SCHEMA["type"] == "object"
    assert "anyOf" not in SCHEMA


def test_no_keyword_outside_of_the_subset() -> None:
    assert {keyword for schema, _ in schemas(SCHEMA) for keyword in schema} <= TAKEN


def test_every_object_has_fixed_keys_and_requires_all_of_them() -> None:
    objects = [schema for schema, _ in schemas(SCHEMA) if "object" in types(schema)]
    assert len(objects) > 10
    for schema in objects:
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])


def test_every_list_has_items_of_one_kind() -> None:
    assert [schema for schema, _ in schemas(SCHEMA) if "array" in types(schema) and not schema["items"]] == []


def test_every_key_is_nullable_but_what_an_entry_means_nothing_without() -> None:
    needed = {
        name
        for schema, _ in schemas(SCHEMA)
        for name, one in schema.get("properties", {}).items()
        if "null" not in [*types(one), *(kind for part in one.get("anyOf", ()) for kind in types(part))]
    }
    assert needed == {"headline", "body", "id", "name", "what", "term", "p"}


def test_it_is_within_the_limits_of_providers() -> None:
    assert max(depth for _, depth in schemas(SCHEMA)) <= 5
    assert sum(len(schema.get("properties", ())) for schema, _ in schemas(SCHEMA)) <= 100
    assert len(json.dumps(SCHEMA)) < 15_000


def test_no_offsets() -> None:
    assert not any(char in json.dumps(SCHEMA) for char in ("p3:12", "code points"))


def to_strict(value: Any) -> Any:
    """Return an article, as YAML has it, in the strict form: long forms, lists instead of ids, no offsets."""
    made = dict(value)
    for kind in ("people", "orgs", "places"):
        made[kind] = [to_entry(key, one, kind) for key, one in pairs(made.get(kind))]
    made["quotes"] = [to_long(one, "speaker", "text", list_key_names(QUOTE_KEYS)) for one in made.get("quotes") or []]
    made["timeline"] = [to_long(one, "date", "what", list_key_names(EVENT_KEYS)) for one in made.get("timeline") or []]
    made["glossary"] = [{"term": term, "meaning": meaning} for term, meaning in pairs(made.get("glossary"))]
    made["documents"] = [{**one, "at": to_place(one.get("at"))} for one in made.get("documents") or []]
    body = made["body"]
    made["body"] = (
        [one for one in body if isinstance(one, str)] if isinstance(body, list) else body.strip().split("\n\n")
    )
    made["section"], made["byline"] = [made.get("section") or ""], [made.get("byline") or ""]
    for key in ("section", "byline"):
        one = value.get(key)
        made[key] = [one] if isinstance(one, str) else one
    return fill_with_nulls(made, SCHEMA)


def pairs(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [(one["id"], one) for one in value]
    return list((value or {}).items())


def to_entry(key: str, value: Any, kind: str) -> dict[str, Any]:
    if not isinstance(value, str):
        return {**value, "id": key}
    name, role, org = (*(part.strip() for part in value.split("|")), None, None)[:3]
    return {"id": key, "name": name, "role": role, "org_text": org} if kind == "people" else {"id": key, "name": value}


def to_long(value: dict[str, Any], key: str, text: str, known: tuple[str, ...]) -> dict[str, Any]:
    if len(value) == 1 and not {*value} & {*known}:
        ((first, second),) = value.items()
        value = {key: first, text: second}
    parts = value.get(text)
    joined = " […] ".join(parts) if isinstance(parts, list) else parts
    return {**value, text: joined, "at": to_place(value.get("at"))}


def to_place(at: Any) -> Any:
    # Words that stand in several places are found without being told where.
    at = None if isinstance(at, list) and len(at) > 1 else at[0] if isinstance(at, list) else at
    return {"p": at.partition(":")[0] if at.startswith("p") else at} if isinstance(at, str) else at


CLEAN = [path for path in (*FILES, SEEDED / "clean.yaml") if not load_article(path).problems]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_articles_in_the_strict_form_load_with_no_finding(path: Path) -> None:
    made = to_strict(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(made)] == []
    loaded = parse_article(json.dumps(made, ensure_ascii=False).encode(), "a.json")
    assert loaded.article is not None
    found = [str(problem) for problem in loaded.problems]
    # Without offsets, the at of a paraphrase is a whole paragraph, which does not say which words are meant.
    assert [
        one for one in found if "[indirect-not-in-body]" not in one and "[quote-in-several-places]" not in one
    ] == []


def test_the_example_of_the_prompt_loads_with_no_finding() -> None:
    example = make_example()
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(example)] == []
    loaded = parse_article(json.dumps(example, ensure_ascii=False).encode(), "a.json")
    assert loaded.problems == ()
    assert loaded.article is not None
    assert len(loaded.article.quotes) == 3
    assert [person.native for person in loaded.article.people] == ["", ""]


def test_the_prompt_has_rules_example_schema_and_text() -> None:
    prompt = make_model_prompt(("One.", "Two."))
    assert prompt.startswith(RULES)
    assert json.dumps(make_example(), ensure_ascii=False, indent=1) in prompt
    assert json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":")) in prompt
    assert prompt.endswith("[p1] One.\n[p2] Two.\n")
    assert make_model_prompt(()).endswith("(Put the text here.)")


def test_the_rules_take_a_page() -> None:
    assert len(RULES.splitlines()) <= 60
    assert "dossier check - --format json" in RULES
