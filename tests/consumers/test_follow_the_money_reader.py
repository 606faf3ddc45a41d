"""Tests that FollowTheMoney takes the exported entities as they are."""

import json
from pathlib import Path
from typing import Any

import pytest
from consumer_programs import needs_python, run_python
from exported_timelines import DATA, FORMS_OF_DATES, HOSTILE, add_notes, make_export, run_format, write_article

from dossier.export.export import Export

pytestmark = needs_python()

# Validate each entity, read it in the way that cleans every value, and report what is not as it was written.
_READ = """
import json, sys
from followthemoney import model
ids, references, faults, count = [], set(), [], {}
for line in sys.stdin:
    data = json.loads(line)
    schema = model.get(data["schema"])
    schema.validate(data)
    back = model.get_proxy(json.loads(line), cleaned=False).to_dict()
    if back != data:
        faults.append([data, back])
    faults += [[data["schema"], name] for name in schema.required if name not in data["properties"]]
    ids.append(data["id"])
    count[data["schema"]] = count.get(data["schema"], 0) + 1
    for name, values in data["properties"].items():
        if schema.properties[name].type.name == "entity":
            references.update(values)
print(json.dumps({"faults": faults, "dangling": sorted(references - set(ids)), "twice": len(ids) - len(set(ids)),
                  "count": count}))
"""


def read_back(export: Export) -> Any:
    """Return what FollowTheMoney found wrong, and the number of entities of each schema."""
    return json.loads(run_python(_READ, text=run_format("ftm", export)))


def assert_as_written(found: Any) -> None:
    assert found["faults"] == []
    assert found["dangling"] == []
    assert found["twice"] == 0


@pytest.mark.parametrize("kinds", [(), ("event",), ("quote",), ("person",), ("para",)])
def test_the_bundled_article(kinds: tuple[str, ...]) -> None:
    export = make_export([DATA / "nato-seoul-2023.yaml"], kinds)
    (exported,) = export.articles
    found = read_back(export)
    assert_as_written(found)
    wanted = [entry.ref.kind for entry in exported.entries]
    assert found["count"].get("Event", 0) == wanted.count("event")
    assert found["count"].get("Note", 0) == wanted.count("quote")


def test_a_library() -> None:
    articles = sorted((DATA / "port-arlen").rglob("*.yaml"))
    export = make_export([path for path in articles if "headline:" in path.read_text("utf-8")])
    found = read_back(export)
    assert_as_written(found)
    assert found["count"]["Article"] == len(list(export.articles)) > 1


@pytest.mark.parametrize("published", ["2023-04-12T09:30+02:00", "2023-04-12", "2023-04~"])
def test_hostile_texts_and_every_form_of_a_date(tmp_path: Path, published: str) -> None:
    people = [
        {"id": f"p{number}", "name": text, "aliases": [text], "role": text, "note": text, "org": "o"}
        for number, text in enumerate(HOSTILE)
    ]
    events = [
        {"date": date, "what": HOSTILE[number % len(HOSTILE)], "people": [f"p{number % len(HOSTILE)}"], "places": ["a"]}
        for number, date in enumerate(FORMS_OF_DATES)
    ]
    article = write_article(
        tmp_path,
        headline=HOSTILE[1],
        outlet="A\u200db",
        byline=list(HOSTILE),
        published=published,
        url="https://example.org",
        lang="en-GB",
        body=[*HOSTILE, "word " * 30_000],
        people=people,
        orgs={"o": "O; \u201cr\u201d g"},
        places={"a": {"name": HOSTILE[0], "geo": "[54.1, -8.2]"}},
        quotes=[{"speaker": f"p{number}", "text": text} for number, text in enumerate(HOSTILE)],
        timeline=events,
    )
    notes = [("event/e1", HOSTILE[2]), ("quote/q1", ""), ("para/p1", HOSTILE[3])]
    found = read_back(add_notes(make_export([article]), *notes))
    assert_as_written(found)
    assert found["count"]["Event"] == len(FORMS_OF_DATES)
    assert found["count"]["Note"] == len(HOSTILE) + len(notes)
