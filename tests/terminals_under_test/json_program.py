"""A program that draws a terminal and answers requests: one JSON value per line of its input and output."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any


class JsonProgram:
    def __init__(self, words: Sequence[object], environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [str(word) for word in words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            encoding="utf-8",
        )

    def tell(self, *request: Any) -> None:
        """Send a request."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def read(self) -> Any:
        """Return the next value that it sends; None when it has ended."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        return json.loads(line) if line else None

    def ask(self, *request: Any) -> Any:
        """Send a request and return the answer."""
        self.tell(*request)
        return self.read()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the pipes of a program that was killed."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
