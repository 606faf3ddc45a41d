"""Write what a fuzzer begins with: python tests/fuzz/seeds.py CORPUS [FOLDER...].

Each file of the tests that is no larger than SIZE becomes one input for each reader that may get it, and so does each
of the FOLDERs with articles of your own.
"""

import sys
from hashlib import sha256
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SIZE = 8 * 1024
"""The most bytes of a seed: a fuzzer tries many small inputs in the time of a large one."""
_READERS_OF = {".yaml": (0, 2, 3, 5), ".json": (1, 3, 4), ".jsonld": (4,), ".xmi": (3,), ".xml": (3,)}
"""The numbers of the readers in `all_readers.READERS` that may get a file, by its ending."""
_WORDS = (
    b'headline: a\nbody:\n- {heading: b}\n- "\\u201cc d\\u201d, said E F."\npeople: {e: E F | x | y}\n'
    b"quotes:\n- e: c [...] d\n- {id: q2, speaker_text: f, form: indirect, at: {p: p1, exact: c d}}\n"
    b"timeline:\n- 2017-11/..: c\n- {date: 2022-21~, what: d, people: [e], quote: q2, at: [p1:2-3]}\n",
    b'{"headline": "a", "body": ["b \\ud83d\\ude00", {"heading": "c"}], "keywords": ["d", null], "geo": [1.5, -2e3]}',
    b"registry: 1\npeople:\n  a: {name: A B, aliases: [B], same_as: {wikidata: Q1}}\norgs: [{id: c, name: C}]\n",
    b'```yaml\nheadline: a\nbody: b\n```\n```json\n[{"headline": "a", "body": "b"}]\n```\n',
    b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": {"value": "a"},'
    b' "target": {"source": "b", "selector": [{"type": "TextQuoteSelector", "exact": "c", "prefix": "d"}]}}',
)


def write_seeds(corpus: Path, folders: list[Path]) -> int:
    """Write the seeds into a folder, and return how many there are."""
    corpus.mkdir(parents=True, exist_ok=True)
    files = [file for folder in (TESTS, *folders) for file in sorted(folder.rglob("*")) if file.suffix in _READERS_OF]
    inputs = [(number, text) for text in _WORDS for number in range(6)]
    for file in files:
        if file.stat().st_size <= SIZE:
            inputs += [(number, file.read_bytes()) for number in _READERS_OF[file.suffix]]
    for number, data in inputs:
        seed = bytes((number,)) + data
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    return len(inputs)


if __name__ == "__main__":
    print(f"{write_seeds(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]):,} seeds")
