"""Feed the readers of files whatever changes the way they take: python tests/fuzz/atheris_target.py CORPUS [options].

The options are those of libFuzzer, such as -max_total_time=600. CORPUS is a folder where inputs that reached something
new are kept; `tests/fuzz/seeds.py` fills one. It needs atheris, which no other test does.

The first byte of an input chooses the reader, and the rest is what it reads. An input that breaks a rule of
`all_readers` is written into the working folder, or where -artifact_prefix says, and the exit status is not 0.
"""

import sys
from importlib import import_module

atheris = import_module("atheris")
with atheris.instrument_imports(include=["dossier"]):
    from all_readers import READERS


def read_one(data: bytes) -> None:
    """Give an input to the reader that its first byte chooses."""
    if data:
        READERS[data[0] % len(READERS)](data[1:])


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
