"""Tests of output in pieces that end between characters."""

import os
import pty
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.terminal import tty
from dossier.terminal.pieces import encode_pieces, send_pieces

MIXED = "".join(random.Random(1).choice("abc \x1b[m박진“é😀—कि") for _ in range(20_000))


def decoded(pieces: list[bytes], encoding: str = "utf-8") -> str:
    """Decode each piece by itself, which fails when one ends inside a character."""
    return "".join(piece.decode(encoding) for piece in pieces).replace("\x0f", "")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x0f")), st.integers(1, 60))
def test_a_piece_ends_between_characters(text: str, times: int) -> None:
    pieces = encode_pieces(text * times, "utf-8")
    assert decoded(pieces) == text * times
    assert all(len(one) + len(other) == 4095 for one, other in pairwise(pieces[:-1]))
    assert all(len(piece) <= 2048 for piece in pieces)


@pytest.mark.parametrize("cluster", ["க்", "e\u0301\u0302", "क्षि", "👨\u200d👩\u200d👧", "👍🏽", "🇰🇷", "1\ufe0f\u20e3"])
@pytest.mark.parametrize("shift", range(24))
def test_a_piece_ends_between_letters(cluster: str, shift: int) -> None:
    for piece in encode_pieces(" " * shift + f"{cluster} " * 600, "utf-8"):
        assert piece.decode().strip(" \x0f").replace(cluster, "").strip() == ""


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "euc_kr", "shift_jis", "gb18030", "ascii"])
def test_in_every_encoding(encoding: str) -> None:
    text = MIXED.encode(encoding, "replace").decode(encoding)
    pieces = encode_pieces(MIXED, encoding)
    assert decoded(pieces, encoding) == text
    assert sum(map(len, pieces)) - len(MIXED.encode(encoding, "replace")) <= 3 * len(pieces)


@pytest.mark.parametrize(("text", "sizes"), [("", []), ("a", [1]), ("x" * 2047, [2047]), ("x" * 4096, [2047, 2048, 1])])
def test_ascii_has_no_filling(text: str, sizes: list[int]) -> None:
    assert [len(piece) for piece in encode_pieces(text, "utf-8")] == sizes


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """Open a pseudo-terminal in raw mode, and yield its near end and a descriptor for output to its far end."""
    near, far = pty.openpty()
    tty.enter_raw_mode(far)
    output = tty.open_output(far)
    yield near, output
    tty.close_output(output)
    for descriptor in (near, far):
        os.close(descriptor)


def test_a_reader_gets_whole_characters(ends: tuple[int, int]) -> None:
    """Each read of a terminal that is as quick as the program gets one piece."""
    near, output = ends
    text = MIXED[:4000]
    reads = []
    for piece in encode_pieces(text, "utf-8"):
        assert send_pieces(output, [piece], None) == []
        got = os.read(near, 4096)
        while len(got) < len(piece):
            got += os.read(near, 4096)
        reads.append(got)
    assert decoded(reads) == text


def test_what_is_not_taken_is_kept_in_order(ends: tuple[int, int]) -> None:
    near, output = ends
    pieces = encode_pieces(MIXED * 4, "utf-8")
    left = send_pieces(output, pieces, 0)
    assert 0 < len(left) < len(pieces)
    assert left[1:] == pieces[len(pieces) - len(left) + 1 :]
    got = b""
    while left:
        got += os.read(near, 65536)
        left = send_pieces(output, left, 0)
    while len(got) < sum(map(len, pieces)):
        got += os.read(near, 65536)
    assert got == b"".join(pieces)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x0f")), st.integers(0, 9000), st.integers(1, 60))
def test_a_text_completes_the_piece_of_the_one_before(text: str, sent: int, times: int) -> None:
    pieces = encode_pieces(text * times, "utf-8", sent)
    assert decoded(pieces) == text * times
    ends, end = [], sent
    for piece in pieces[:-1]:
        end += len(piece)
        ends.append(end % 4095)
    assert set(ends) <= {0, 2047}
