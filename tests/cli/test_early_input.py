"""Tests of the watch over the first keys: it ends the program where keys are not handled, and loses none of them."""

import os
import threading
from collections.abc import Iterator

import pytest
from waiting import PATIENCE

from dossier.cli.early_input import EarlyInput


@pytest.fixture
def line() -> Iterator[tuple[int, EarlyInput]]:
    source, keys = os.pipe()
    yield keys, EarlyInput(source)
    os.close(source)
    os.close(keys)


def test_a_key_that_quits_ends_the_program_when_nobody_asks_for_keys(line: tuple[int, EarlyInput]) -> None:
    keys, typed = line
    ended = threading.Event()
    with typed.watched(lambda got: got.startswith(b"q"), ended.set):
        os.write(keys, b"q")
        assert ended.wait(PATIENCE)


def test_keys_that_the_watch_has_read_keep_their_order(line: tuple[int, EarlyInput]) -> None:
    keys, typed = line
    looked, ended = threading.Event(), threading.Event()

    def quits(got: bytes) -> bool:
        looked.set()
        return False

    with typed.watched(quits, ended.set):
        os.write(keys, b"jk")
        assert looked.wait(PATIENCE)
        assert typed.has_come(0)
        assert typed.read() == b"jk"
        os.write(keys, b"l")
        assert typed.has_come(PATIENCE)
        assert typed.read() == b"l"
    assert not ended.is_set()


def test_keys_that_the_watch_has_read_last_are_left(line: tuple[int, EarlyInput]) -> None:
    keys, typed = line
    looked = threading.Event()

    def quits(got: bytes) -> bool:
        looked.set()
        return False

    with typed.watched(quits, lambda: None):
        os.write(keys, b"jk")
        assert looked.wait(PATIENCE)
    assert typed.take_left() == b"jk"
    assert typed.take_left() == b""
