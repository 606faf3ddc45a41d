"""The grid of kitty, run by kitty's own Python: kitty_screen.py COLUMNS ROWS. `fed` tells what it takes and answers."""

import base64
import json
import sys
from typing import Any

from kitty.fast_data_types import Screen  # type: ignore[import-not-found]

_CELL = 10, 20
"""Width and height of a cell in pixels."""


class Callbacks:
    """What the screen tells its window: only what it answers to the program is of interest."""

    def __getattr__(self, name: str) -> Any:
        return lambda *values: None

    def write(self, data: bytes) -> None:
        print(json.dumps({"sent": bytes(data).decode()}), flush=True)


def feed_screen(screen: Any, data: bytes) -> None:
    left = memoryview(data)
    while left:
        room = screen.test_create_write_buffer()
        taken = screen.test_commit_write_buffer(left, room)
        screen.test_parse_written_data()
        left = left[taken:]


def take_requests(screen: Any) -> None:
    for line in sys.stdin:
        name, *values = json.loads(line)
        if name == "write":
            feed_screen(screen, base64.b64decode(values[0]))
        elif name == "resize":
            columns, rows = values
            screen.resize(rows, columns)
        else:
            grid = [str(screen.line(row)) for row in range(screen.lines)]
            print(json.dumps({"grid": grid}), flush=True)


if __name__ == "__main__":
    columns, rows = map(int, sys.argv[-2:])
    take_requests(Screen(Callbacks(), rows, columns, 0, *_CELL, 0, Callbacks()))
