"""Damage article files at random, and read what is left: python tests/fuzz/mutated_files.py NUMBER FOLDER... [seed=1].

Each of the NUMBER inputs is an article file of the FOLDERs in which one to eight places were changed: bytes, lines, or
words and signs that mean something in YAML and JSON. All readers get it, and the first input that breaks a rule of
`all_readers` is written to the working folder. The last line says how many were read, and what became of them.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from all_readers import READERS, read_json, read_yaml

_SIGNS = (
    *(b"[", b"]", b"{", b"}", b": ", b"- ", b"\n", b"\r\n", b"  ", b"\t", b"*a", b"&a ", b"!!str ", b"#", b"| "),
    *(b"'", b'"', b"\\", b"```\n", b"---\n", b"...\n", b"%YAML 1.2\n", b"<<: *a\n", b"null", b"~", b",", b"? ", b">\n"),
    *(b"\xff", b"\x00", b"\x1b[31m", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xe2\x80\x8d"),
    *("\u0301".encode(), "“".encode(), "[…]".encode(), "한".encode(), "\U0001f3f4".encode(), b"\\ud800", b"\\u0000"),
    *(b"p1:2-3", b"p0", b"media:m1", b"2023-02-30", b"2017-11/..", b"[..2017]", b"at: ", b"form: mixed", b"quotes:\n"),
)
_WIDEST = 200
_SHOWN = 20
"""The most kinds of problems that are counted on the last line."""


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to eight places changed."""
    for _time in range(chance.randint(1, 8)):
        data = chance.choice(_CHANGES)(data, chance)
    return data


def _bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    end = at + chance.choice((0, 1, 1, 2, chance.randint(0, _WIDEST)))
    return data[:at] + chance.randbytes(chance.randint(0, 4)) + data[end:]


def _signs(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_SIGNS) * chance.choice((1, 1, 1, 2, 70)) + data[at + chance.randint(0, 3) :]


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Drop, repeat, move, indent or cut a line, or join it with the next one."""
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    line, other = lines[at], chance.randrange(len(lines))
    changed: Sequence[Sequence[bytes]] = (
        (),
        (line, line),
        (line, lines[other]),
        (b"  ", line),
        (line[1:],),
        (line[: chance.randint(0, len(line))], b"\n"),
        (line.rstrip(b"\r\n"),),
    )
    return b"".join((*lines[:at], *chance.choice(changed), *lines[at + 1 :]))


def _words(data: bytes, chance: random.Random) -> bytes:
    """Put a word of the file in the place of another."""
    words = data.split(b" ")
    words[chance.randrange(len(words))] = words[chance.randrange(len(words))]
    return b" ".join(words)


def _end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] if chance.random() < 0.2 else data


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bytes, _signs, _signs, _lines, _lines, _words, _end)


def read_damaged(files: Sequence[Path], number: int, chance: random.Random) -> Counter[str]:
    """Read so many damaged files, and count the articles that opened and the problems of each kind."""
    found: Counter[str] = Counter()
    for _time in range(number):
        data = damage(chance.choice(files).read_bytes(), chance)
        try:
            for read in READERS:
                if read not in (read_yaml, read_json):
                    read(data)
            loaded = read_yaml(data)
            read_json(data)
        except BaseException:
            kept = Path(f"damaged-{sha256(data).hexdigest()[:16]}")
            kept.write_bytes(data)
            print(f"the input is kept as {kept}", file=sys.stderr)
            raise
        found["opened" if loaded.article else "refused"] += 1
        found.update({one.code for one in loaded.problems})
    return found


if __name__ == "__main__":
    names = [word for word in sys.argv[2:] if not word.startswith("seed=")]
    seeds = [int(word.removeprefix("seed=")) for word in sys.argv[2:] if word.startswith("seed=")]
    paths = sorted(path for name in names for path in Path(name).rglob("*.yaml"))
    kinds = read_damaged(paths, int(sys.argv[1]), random.Random(seeds[0] if seeds else 1))
    print(f"{int(sys.argv[1]):,} inputs of {len(paths)} files: {dict(kinds.most_common(_SHOWN))}")
