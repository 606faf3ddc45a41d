"""Tests of the real program with random keys: the output of Textual and that of the driver show the same."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from emulator import MendedPyte
from ptys import line, python
from pyte.screens import Char
from replays import SIZES, Replay, Size, data, differences, indexed, replay, walk
from waiting import PATIENCE, until

LOOK = ("data", "bold", "underscore", "reverse", "blink")
"""The attributes that a terminal without colours shows."""
COLOUR = re.compile(rb"\x1b\[(?:[\d:;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[\d:;]*m")
SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
STEPS = 8
SCRIPTS = """
headline: שלום 漢字 é́ and العربية
outlet: 통신 تلفزيون
body:
  - "שלום עולם 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 e\u0301e\u0301e\u0301 o\u0308."
  - "قال محمد علي: “مرحبا بالعالم كله اليوم وغدا وبعد غد إن شاء الله” 한서진 said a\u0300\u0301\u0302 b."
people:
  ali: {name: محمد علي, native: محمد علي, role: "رئيس اللجنة \u202e reversed"}
  han: {name: Han Seo-jin, native: 한서진, role: "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"}
quotes:
  - ali: مرحبا بالعالم كله اليوم وغدا وبعد غد إن شاء الله
"""


def walked(replayed: Replay, seed: int, sizes: tuple[Size, ...], look: tuple[str, ...] | None = None) -> None:
    """Press keys at each of the sizes, and compare after each."""
    pressed: list[str] = []
    for number, size in enumerate(sizes):
        if number:
            replayed.resize(size)
        for typed in ("", *walk(seed + number, STEPS)):
            pressed.append(typed)
            replayed.type(typed)
            replayed.rest()
            found = differences(replayed, look) if look else differences(replayed)
            assert not found, (size, pressed, found[:5], len(found))


@pytest.mark.parametrize("seed", [1, 2])
def test_an_article(tmp_path: Path, seed: int) -> None:
    sizes = SIZES[:3] if seed % 2 else SIZES[2::-1]
    with replay(tmp_path, [str(data(tmp_path) / "nato-seoul-2023.yaml")], sizes[0]) as replayed:
        walked(replayed, seed, sizes)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_library(tmp_path: Path, seed: int) -> None:
    sizes = SIZES if seed % 2 else SIZES[::-1]
    with replay(tmp_path, [str(data(tmp_path) / "port-arlen")], sizes[0]) as replayed:
        walked(replayed, seed, sizes)


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (["--theme", "dark"], {"COLORTERM": "truecolor"}),
        (["--linear", "--ascii"], {"TERM": "linux"}),
    ],
    ids=["theme", "plain"],
)
def test_in_another_manner(tmp_path: Path, words: list[str], environment: dict[str, str]) -> None:
    with replay(tmp_path, [*words, str(data(tmp_path) / "port-arlen")], environment=environment) as replayed:
        walked(replayed, 5, SIZES[:1])


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "vt220"}], ids=["no colour", "vt220"])
def test_without_colours(tmp_path: Path, environment: dict[str, str]) -> None:
    with replay(tmp_path, [str(data(tmp_path) / "port-arlen")], environment=environment) as replayed:
        walked(replayed, 6, SIZES[:1], LOOK)
        assert COLOUR.search(replayed.sent) is None


def test_scripts_that_are_wide_combine_or_run_to_the_left(tmp_path: Path) -> None:
    article = tmp_path / "article.yaml"
    article.write_text(SCRIPTS, "utf-8")
    with replay(tmp_path, [str(article)]) as replayed:
        walked(replayed, 7, (SIZES[0], SIZES[3]))


def taken_over(replayed: Replay) -> tuple[bytes, bytes]:
    """Return what was sent for the pane that is read, and then until Textual had painted everything."""
    replayed.rest()
    assert not differences(replayed)
    first, end, after = replayed.sent.partition(b"\x1b[?2026l")
    return first + end, after


def painted_cells(sent: bytes, size: Size) -> list[list[Char]]:
    """Return the cells that a terminal shows after this."""
    painted = MendedPyte(*size)
    painted.take(sent.decode())
    return painted.cells()


def changed(begun: Sequence[Sequence[Char]], had: Sequence[Sequence[Char]]) -> list[tuple[Char, Char]]:
    """Return the cells that are other ones, as they were and as they are."""
    pairs = ((one, two) for row, other in zip(begun, had, strict=True) for one, two in zip(row, other, strict=True))
    return [(one, two) for one, two in pairs if one != two]


def is_blank(cell: Char) -> bool:
    return cell.data in ("", " ") and not cell.reverse and cell.bg == "default"


@pytest.mark.parametrize("size", SIZES[:2])
def test_an_article_is_painted_once(tmp_path: Path, size: Size) -> None:
    """First its text, then what is around it, and nothing when Textual takes over."""
    with replay(tmp_path, [str(data(tmp_path) / "nato-seoul-2023.yaml")], size) as replayed:
        first, after = taken_over(replayed)
        filled = changed(painted_cells(first, size), replayed.have.cells())
    assert first.count(b"\x1b[2J") == 1
    assert b"2J" not in after
    assert all(is_blank(before) for before, _ in filled)
    # Blanks between words are sent where that is shorter than to pass them over.
    assert 0 < len(SEQUENCE.sub(b"", after).decode()) < 1.5 * len(filled)


@pytest.mark.parametrize(("size", "of_list"), [((80, 24), (80, 24)), ((200, 50), (44, 33))])
def test_a_library_is_painted_once(tmp_path: Path, size: Size, of_list: Size) -> None:
    """The contents of the other panes may come later, as they are found, but the list of articles is there."""
    columns, rows = of_list
    with replay(tmp_path, [indexed(tmp_path)], size, {"DOSSIER_SOON": str(PATIENCE)}) as replayed:
        first, after = taken_over(replayed)
    assert first.count(b"\x1b[2J") == 1
    assert not re.search(rb"\x1b\[\d*J|\x1b\[\d*[LM]", after)
    begun = painted_cells(first, size)
    assert any("The long quay" in "".join(cell.data for cell in row) for row in begun)
    begun, had = ([row[:columns] for row in cells[:rows]] for cells in (begun, replayed.have.cells()))
    assert all(is_blank(before) for before, _ in changed(begun, had))


@pytest.mark.parametrize("size", SIZES[:2])
def test_keys_that_are_typed_at_once_count(tmp_path: Path, size: Size) -> None:
    command = python("-m", "dossier", str(data(tmp_path) / "nato-seoul-2023.yaml"))
    with line(command, *size, HOME=str(tmp_path)) as far:
        far.type("\t\tj")
        until(lambda: far.has_come(b"1/27"))
        far.type("j")
        far.wait("3/9")
        assert far.sent.count(b"\x1b[2J") == 1
