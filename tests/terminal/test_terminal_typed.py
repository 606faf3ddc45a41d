"""Tests of splitting input into keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dossier.terminal.key_decoder import (
    AttributesReport,
    CursorReport,
    Key,
    KeyDecoder,
    ModeReport,
    PastedText,
    TerminalReport,
    TypedInput,
)

ESC = "\x1b"
KNOWN = {"\x1b[A", "\x1b[5~", "\x1b[1;5A", "\x1bOA", "\x1bOP", "\x1b[[A", "\x1b[3$"}
DELAY = 0.06


def heard(*packets: bytes, late: bool = False, encoding: str = "utf-8", mouse: bool = False) -> list[TypedInput]:
    """Return what these packets give. An empty packet stands for a pause."""
    cutter = KeyDecoder(KNOWN, encoding, DELAY, mouse)
    found = [one for packet in packets for one in (cutter.feed(packet) if packet else cutter.expire())]
    if late:
        found += cutter.expire()
    assert late is False or cutter.timeout is None
    return found


def typed(*packets: bytes, late: bool = False, encoding: str = "utf-8", mouse: bool = False) -> list[str]:
    """Return the keys that these packets give, without reports; a paste is in angle brackets."""
    found = heard(*packets, late=late, encoding=encoding, mouse=mouse)
    return [told(one) for one in found if not isinstance(one, TerminalReport)]


def told(one: TypedInput) -> str:
    if isinstance(one, CursorReport):
        return f"{one.row};{one.column}"
    if isinstance(one, AttributesReport):
        return f">{one.numbers}"
    if isinstance(one, ModeReport):
        return f"?{one.numbers}"
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
        ([b"\x1b[>41;370;0cj"], [">41;370;0", "j"]),
        ([b"\x1b[>0;1", b"36;0cj"], [">0;136;0", "j"]),
        ([b"\x1b", b"[>", b"0;136;0", b"c"], [">0;136;0"]),
        ([b"\x1b[>c\x1b[>41;370;0 cj"], [">", "j"]),
        ([b"\x1b[?69;2$yj"], ["?69;2", "j"]),
        ([b"\x1b[?6", b"9;0", b"$", b"yj"], ["?69;0", "j"]),
        ([b"\x1b[?69;2yj"], ["j"]),
        ([b"\x1b[;R\x1b[2R\x1b[?2;3R\x1b[2;3;4R\x1b[99999;1Rj"], ["j"]),
        ([b"\x1b[200~\x1b[2;3R\x1b[201~"], ["<\x1b[2;3R>"]),
        ([b"\x1b[?2026;2$yj"], ["?2026;2", "j"]),
        ([b"\x1b]11;rgb:ffff/", b"ffff/ffff\x1b\\j"], ["j"]),
        ([b"\x1b]11;rgb:0/0/0\x07j"], ["j"]),
        ([b"\x1bP>|XTerm(370)\x1b\\j"], ["j"]),
        ([b"\x1b_Gi=1;OK\x1b\\j"], ["j"]),
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
    assert [told(one) for one in heard(*packets)] == expected


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
    [
        (b"j", None),
        (b"\x1b", DELAY),
        (b"\x1b[", DELAY),
        (b"\x1b[1;", 1.0),
        (b"\x1b]11", 1.0),
        (b"\x1b[200~", 1.0),
        (b"\x1b[M", 1.0),
        (b"\x1b[M !", 1.0),
        # Two of the three bytes of a whole report are one character in UTF-8.
        (b"\x1b[M \xc3\xa9", DELAY),
    ],
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


MOUSE_OF_SGR = [b"\x1b[<0;3;4M", b"\x1b[<35;203;104m", b"\x1b[<64;-1;-2M"]
LEFT_ON = [
    *(
        b"\x1b[M" + bytes((button, column, row))
        for button, column, row in ((32, 33, 33), (35, 113, 113), (96, 127, 34))
    ),
    *(b"\x1b[M" + bytes((35, column, 113)) for column in (0x80, 0xA3, 0xC3, 0xE2, 0xFF, 0)),
    b"\x1b[M\x20" + "\x85q".encode(),
    b"\x1b[Mq" + "\u0101\u0120".encode(),
    b"\x1b[35;10;10M",
    b"\x1b[96;113;1M",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[97;5u",
    b"\x1b[113;1:3u",
    b"\x1b[?1u",
    b"\x1b[27;5;97~",
    b"\x1b[?62;22c",
    b"\x1b[>41;370;0c",
    b"\x1b[0n",
    b"\x1b[?3;1R",
    b"\x1b[?2004;1$y",
    b"\x1b[8;24;80t",
    b"\x1b]10;rgb:0000/0000/0000\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1b]52;c;cXE=\x07",
    b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bP1$r0q\x1b\\",
    b"\x1bP!|00000000\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
]
"""Reports of the mouse, the focus, the keyboard and of answers that another program has left switched on or waiting."""


@pytest.mark.parametrize("report", [*LEFT_ON, *MOUSE_OF_SGR])
def test_what_another_program_has_left_on_does_nothing(report: bytes) -> None:
    assert typed(report, late=True) == []
    assert typed(b"j" + report + b"k" + report + report + b"\x1b[A") == ["j", "k", "\x1b[A"]
    assert typed(b"\x1b" + report + b"j") == [ESC, "j"]
    assert typed(report + b"\x1b", late=True) == [ESC]
    assert typed(report + b"\x1b[200~" + b"a" + b"\x1b[201~" + report) == ["<a>"]
    for end in range(3, len(report)):
        assert typed(report[:end], report[end:], b"j") == ["j"]


@pytest.mark.parametrize("end", range(1, len(b"\x1b[2;3R")))
def test_a_report_of_the_cursor_is_known_wherever_a_pause_tears_it(end: int) -> None:
    report = b"\x1b[2;3R"
    decoder = KeyDecoder(KNOWN, "utf-8", DELAY)
    decoder.feed(report[:end])
    decoder.expire()
    assert decoder.feed(report[end:] + b"j") == [CursorReport(2, 3), Key("j")]


@pytest.mark.parametrize("report", MOUSE_OF_SGR)
def test_the_mouse_is_a_key_where_it_was_asked_for(report: bytes) -> None:
    assert typed(b"j" + report, mouse=True) == ["j", report.decode()]
    assert typed(b"", b"\x1b", b"", report[1:], mouse=True) == [ESC, report.decode()]


@pytest.mark.parametrize("report", [one for one in LEFT_ON if not one.startswith((b"\x1b[M", b"\x1b[<"))])
def test_other_reports_do_nothing_where_the_mouse_was_asked_for(report: bytes) -> None:
    assert typed(report + b"j", mouse=True) == ["j"]


@pytest.mark.parametrize(
    "report", [one for one in (*LEFT_ON, *MOUSE_OF_SGR) if one[1:3] in (b"[M", b"[<", b"[3", b"[9")]
)
def test_the_rest_of_a_report_that_comes_after_the_esc_was_a_key(report: bytes) -> None:
    """On a slow line a report may be cut after its ESC. That is a key then, but the rest does nothing."""
    if b";" in report or report.startswith(b"\x1b[M"):
        assert typed(report[:1], b"", report[1:], b"j") == [ESC, "j"]
        assert typed(report[:2], b"", report[2:], b"j") == [ESC, "[", "j"]
        assert typed(report[:1], b"", report[1:2], report[2:], b"j") == [ESC, "[", "j"]


@pytest.mark.parametrize("keys", [b"[", b"[j", b"[5j", b"M", b"j", b"]"])
def test_what_is_typed_after_an_esc_is_typed(keys: bytes) -> None:
    assert typed(b"\x1b", b"", keys) == [ESC, *keys.decode()]


@pytest.mark.parametrize(("packet", "expected"), [(b"\x1b[M !\x1b[A", ["\x1b[A"]), (b"\x1b[M\rj", ["\r", "j"])])
def test_a_report_that_is_cut_short_takes_no_key_with_it(packet: bytes, expected: list[str]) -> None:
    assert typed(packet) == expected


@pytest.mark.parametrize(
    ("packets", "expected"),
    [
        ([b"\x1b[200~one", b"", b"\x1b[201~j"], ["<one>", "j"]),
        ([b"\x1b[200~one", b"", b"j\x1b[201~k"], ["<one>", "j", "k"]),
        ([b"\x1b[200~one\x1b[2", b"", b"01~k"], ["<one>", "k"]),
        ([b"\x1b[200~one\x1b[201", b"", b"", b"k"], ["<one>", "k"]),
        ([b"\x1b[200~one\x1b", b"", b"k"], ["<one>", "k"]),
        ([b"\x1b[200~", b"\x1b[200~one\x1b[201~k"], ["<\x1b[200~one>", "k"]),
        ([b"\x1b[200~a\x1b[Mb\x1b[201~k"], ["<a\x1b[Mb>", "k"]),
        ([b"\x1b[200~caf\xe9\x1b[201~"], ["<caf\ufffd>"]),
    ],
)
def test_a_paste_without_its_end(packets: list[bytes], expected: list[str]) -> None:
    assert typed(*packets) == expected


def test_the_answer_to_a_question_for_the_title_is_dropped() -> None:
    assert typed(b"\x1b]lq - quit\x1b\\j", b"\x1b]Lq\x07k") == ["j", "k"]
    assert typed(b"\x1b]lq") == [ESC, "]", "l", "q"]


def test_a_paste_in_pieces_is_one_paste() -> None:
    text = b"a slow line \x1b[A q"
    assert typed(b"\x1b[200~", *(bytes((one,)) for one in text), b"\x1b[201~") == [f"<{text.decode()}>"]


KEYS = [b"j", b"q", b"\x1b[A", b"\x1bOP", "\u6f22".encode(), b"\r", b"\x1b[200~a\x1b[201~", b"M", b"\xc3\xa9"]


@given(some.lists(some.one_of(*map(some.sampled_from, (KEYS, LEFT_ON, MOUSE_OF_SGR)))), some.data())
def test_reports_among_keys_give_exactly_the_keys(parts: list[bytes], data: some.DataObject) -> None:
    sent = b"".join(parts)
    cuts = sorted(data.draw(some.lists(some.integers(0, len(sent)))))
    packets = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True) if start < end]
    assert typed(*packets) == typed(b"".join(one for one in parts if one in KEYS))


PARTS = ["j", "\x1b[A", "\x1bOP", "\x1b[5~", "\x1b[?1;2c", "\x1b]11;x\x07", "é", "漢", "\x1b[200~a\x1b[201~", "\r"]


@given(some.lists(some.sampled_from(PARTS)), some.data())
def test_packets_do_not_matter(parts: list[str], data: some.DataObject) -> None:
    sent = "".join(parts).encode()
    cuts = sorted(data.draw(some.lists(some.integers(0, len(sent)))))
    packets = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True) if start < end]
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
