"""Web annotations in apache-annotator: it finds the words of each note in the text of a page, once."""

import json
from pathlib import Path

import pytest
from consumer_programs import needs_node, run_node

from dossier.core.note import Note
from dossier.core.note_places import make_note
from dossier.core.ref import Ref
from dossier.core.views.panes import make_reading
from dossier.export.web_annotation import format_annotation_collection
from dossier.loader.article import load_article

pytestmark = needs_node()

ROOT = Path(__file__).parent.parent.parent
FIND = """
const { textQuoteSelectorMatcher } = require("@apache-annotator/selector");
const { collection, page } = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  const found = [];
  for (const { target } of collection.first.items) {
    const only = { data: page, equals: (other) => other === only };
    const chunks = { currentChunk: only, nextChunk: () => null, previousChunk: () => null };
    const places = [];
    for await (const match of textQuoteSelectorMatcher(target.selector[0])(chunks)) {
      places.push([page.slice(match.startIndex, match.endIndex), page.slice(0, match.startIndex)]);
    }
    found.push(places);
  }
  console.log(JSON.stringify(found));
})();
"""


@pytest.mark.parametrize("name", ["nato-seoul-2023.yaml", "port-arlen/2022-12-01-ferry-yard.yaml"])
def test_each_note_on_words_of_the_text_is_found_at_its_place(name: str) -> None:
    article = load_article(ROOT / "data" / name).article
    assert article
    reading = make_reading(article, ())
    refs: list[Ref] = [
        ref
        for block in article.body
        for ref in (block.ref, *(block.ref.with_span(at, at + 12) for at in range(0, len(block.text) - 12, 40)))
    ]
    made = (make_note(reading, ref, f"n{number}", "2026-11-28T14:05:00Z") for number, ref in enumerate(refs))
    notes: list[Note] = [note for note in made if note]
    collection = json.loads("".join(format_annotation_collection("Notes", ((note, article) for note in notes))))
    page = "\n\n".join(["Menu", article.headline, *(block.text for block in article.body), "About us"])
    found = json.loads(run_node(FIND, text=json.dumps({"collection": collection, "page": page})))
    assert len(found) == len(notes) > len(article.body)
    assert [places[0][0] for places in found] == [note.words for note in notes]
    assert set(map(len, found)) == {1}
    starts = (len(places[0][1].split("\n\n")) for places in found)
    numbers = {block.ref: number for number, block in enumerate(article.body, 3)}
    assert list(starts) == [numbers[note.ref.entry] for note in notes]
