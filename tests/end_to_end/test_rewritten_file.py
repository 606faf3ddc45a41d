"""Test on a pseudo-terminal that keys are answered while the open file, of 8 MiB, is rewritten again and again."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ptys import line, python
from waiting import until

MOST = 8 << 20
WORD = "The council met again and put the matter off until the next meeting of the harbour board. "
REWRITE = """
import itertools, os, sys
path, data = sys.argv[1], open(sys.argv[1], "rb").read()
for number in itertools.count():
    with open(path, "r+b") as file:
        # The headline has a number of its own each time, and the file is cut for a moment.
        file.write(b"headline: Rewritten %07d" % number)
        file.truncate(len(data) // 2)
        file.seek(len(data) // 2)
        file.write(data[len(data) // 2 :])
    open(path + ".times", "w").write(str(number))
"""


def write_large_article(path: Path) -> None:
    """Write an article of nearly 8 MiB: twenty long paragraphs to walk through, and a large field that is not shown."""
    paragraphs = "".join(f"  - {number}. {WORD}\n" for number in range(1, 21))
    head = f"headline: Rewritten {0:07}\noutlet: Harbour Herald\npublished: 2023-04-12\nbody:\n{paragraphs}"
    path.write_text(head, "utf-8")
    with path.open("a", encoding="utf-8") as file:
        while file.tell() < MOST - 10_000:
            file.write(f"# {WORD * 50}\n")


@contextmanager
def rewritten(path: Path) -> Iterator[None]:
    writer = subprocess.Popen([sys.executable, "-c", REWRITE, str(path)])
    try:
        until(Path(f"{path}.times").exists)
        yield
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()


def test_keys_are_answered_while_a_large_file_is_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    write_large_article(path)
    with line(python("-m", "dossier", str(path)), HOME=str(tmp_path)) as far:
        far.wait("Rewritten")
        with rewritten(path):
            far.wait("reloaded")
            for _ in range(2):
                for key, shown in (("G", "20. The"), ("g", "Rewritten"), ("?", "─ Help ─")):
                    far.type(key)
                    far.wait(shown)
                far.type("\x1b")
                far.wait("Rewritten", until=lambda: "─ Help ─" not in far.text)
            far.type("q")
            assert far.status() == 0
        assert far.attributes() == far.before
