"""Tests of splitting input into keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dossier.terminal.key_decoder import CursorReport, Key, KeyDecoder, PastedText, TypedInput

ESC = "\x1b"
KNOWN = {"\x1b[A", "\x1b[5~", "\x1b[1;5A", "\x1bOA", "\x1bOP", "\x1b[[A", "\x1b[3$"}
DELAY = 0.06


def typed(*packets: bytes, late: bool = False, encoding: str = "utf-8") -> list[str]:
    """Return the keys that these packets give; a paste is in angle brackets."""
    cutter = KeyDecoder(KNOWN, encoding, DELAY)
    found = [one for packet in packets for one in cutter.feed(packet)]
    if late:
        found += cutter.expire()
    assert late is False or cutter.timeout is None
    return [told(one) for one in found]


def told(one: TypedInput) -> str:
    if isinstance(one, CursorReport):
        return f"{one.row};{one.column}"
    return f"<{one.text}>" if isinstance(one, PastedText) else one.text


@pytest.mark.parametrize(
    ("packets", "expected"),
    [
        ([b"jk"], ["j", "k"]),
        ([b"\x1b[A"], ["\x1b[A"]),
        ([b"\x1b", b"[", b"A"], ["\x1b[A"]),
        ([b"\x1b[1", b";5Aj"], ["\x1b[1;5A", "j"]),
        ([b"\x1bO", b"A"], ["\x1bOA"]),
        ([b"\x1b[[", b"A"], ["\x1b[[A"]),
        ([b"\x1b[3$j"], ["\x1b[3$", "j"]),
        ([b"\x1b/a"], [ESC, "/", "a"]),
        ([b"\x1bj"], [ESC, "j"]),
        ([b"\x1bb\x1bfj"], ["\x1bb", "\x1bf", "j"]),
        ([b"\x1b\x1b[A"], [ESC, "\x1b[A"]),
        ([b"\x1b\r"], [ESC, "\r"]),
        ([b"\x1bOz"], [ESC, "O", "z"]),
        ([b"\x1b[j"], [ESC, "[", "j"]),
        ([b"\x1b]x"], [ESC, "]", "x"]),
        ([b"\x1b[1\n"], [ESC, "[", "1", "\n"]),
        ([b"\x1b[99~j"], ["j"]),
        ([b"\x1b[Ij\x1b[O"], ["j"]),
        ([b"\x1b[?1;2c\x1b[24;80R\x1b[0nj"], ["24;80", "j"]),
        ([b"\x1b[2;3R"], ["2;3"]),
        ([b"a\x1b[2;2Rj"], ["a", "2;2", "j"]),
        ([b"\x1b", b"[2", b";", b"3", b"Rj"], ["2;3", "j"]),
        ([b"\x1b\x1b[2;3R"], [ESC, "2;3"]),
        ([b"\x1b[;R\x1b[2R\x1b[?2;3R\x1b[2;3;4R\x1b[99999;1Rj"], ["j"]),
        ([b"\x1b[200~\x1b[2;3R\x1b[201~"], ["<\x1b[2;3R>"]),
        ([b"\x1b[?2026;2$yj"], ["j"]),
        ([b"\x1b]11;rgb:ffff/", b"ffff/ffff\x1b\\j"], ["j"]),
        ([b"\x1b]11;rgb:0/0/0\x07j"], ["j"]),
        ([b"\x1bP>|XTerm(370)\x1b\\j"], ["j"]),
        ([b"\x1b_Gi=1;OK\x1b\\j"], ["j"]),
        ([b"\x1b[<0;3;4Mj"], ["\x1b[<0;3;4M", "j"]),
        ([b"\x1b[200~a\x1b[A/\r\x1b[201~j"], ["<a\x1b[A/\r>", "j"]),
        ([b"\x1b[200~one", b" two\x1b[2", b"01~j"], ["<one two>", "j"]),
        ([b"\x1b[200~a\0b\x1b[201~"], ["<ab>"]),
        ([b"\x1b[201~j"], ["j"]),
        (["é".encode()[:1], "é".encode()[1:]], ["é"]),
        ([b"a\xffb"], ["a", "\ufffd", "b"]),
        ([b"\xc3j"], ["\ufffd", "j"]),
    ],
)
def test_cut(packets: list[bytes], expected: list[str]) -> None:
    assert typed(*packets) == expected


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (b"\x1b", [ESC]),
        (b"\x1b[", [ESC, "["]),
        (b"\x1bO", [ESC, "O"]),
        (b"\x1b]", [ESC, "]"]),
        (b"\x1b[1;", []),
        (b"\x1b]11;rgb", []),
        (b"\x1b[200~with no end", ["<with no end>"]),
        (b"\x1b[200~", ["<>"]),
    ],
)
def test_what_stays_without_its_end(packet: bytes, expected: list[str]) -> None:
    assert typed(packet) == []
    assert typed(packet, late=True) == expected


@pytest.mark.parametrize(
    ("packet", "patience"),
    [(b"j", None), (b"\x1b", DELAY), (b"\x1b[", DELAY), (b"\x1b[1;", 1.0), (b"\x1b]11", 1.0), (b"\x1b[200~", 5.0)],
)
def test_patience(packet: bytes, patience: float | None) -> None:
    cutter = KeyDecoder(KNOWN, "utf-8", DELAY)
    cutter.feed(packet)
    assert cutter.timeout == patience


def test_an_encoding_of_one_byte() -> None:
    assert typed(b"\xe9", encoding="iso8859-1") == ["é"]


def test_a_paste_is_cut_short() -> None:
    cutter = KeyDecoder(KNOWN, "utf-8", DELAY)
    cutter.feed(b"\x1b[200~")
    for _ in range(300):
        assert cutter.feed(b"x" * 8192) == []
    (pasted, key) = cutter.feed(b"\x1b[201~j")
    assert isinstance(pasted, PastedText)
    assert len(pasted.text) == 1 << 20
    assert key == Key("j")


PARTS = ["j", "\x1b[A", "\x1bOP", "\x1b[5~", "\x1b[?1;2c", "\x1b]11;x\x07", "é", "漢", "\x1b[200~a\x1b[201~", "\r"]


@given(some.lists(some.sampled_from(PARTS)), some.data())
def test_packets_do_not_matter(parts: list[str], data: some.DataObject) -> None:
    sent = "".join(parts).encode()
    cuts = sorted(data.draw(some.lists(some.integers(0, len(sent)))))
    packets = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert typed(*packets) == typed(sent)


@given(some.lists(some.binary(), max_size=6))
def test_whatever_is_sent_nothing_is_held_for_ever(packets: list[bytes]) -> None:
    cutter = KeyDecoder(KNOWN, "utf-8", DELAY)
    for packet in packets:
        cutter.feed(packet)
    for _ in range(3):
        if cutter.timeout is None:
            break
        cutter.expire()
    assert cutter.timeout is None
