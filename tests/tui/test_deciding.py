"""Decisions about who is the same person, made one after another in the sheet that = opens."""

from port_arlen import Open, gathered
from reader import Reader

from dossier.library.library import Library


def library_of(reader: Reader) -> Library:
    assert reader.state.library
    return reader.state.library


def name_here(reader: Reader) -> str:
    assert reader.state.entry
    return reader.state.entry.parts[0].text


async def rejoined(reader: Reader, before: int) -> None:
    """Wait until the lists are those after a decision; `before` is the generation that they were of."""
    await reader.until(lambda: library_of(reader).generation != before)
    await reader.until(
        lambda: not any(getattr(pane.entries, "is_stopped", False) for pane in reader.state.panes.values())
    )
    await gathered(reader)


async def on_okafor(reader: Reader) -> None:
    """Go to the row of Lena Okafor, who is in seven articles."""
    await reader.press("2")
    while name_here(reader) != "Lena Okafor":
        await reader.press("j")


async def test_the_cursor_stays_on_the_person_of_whom_one_is_set_apart(arlen: Open) -> None:
    async with arlen() as reader:
        library_of(reader).decide_here()
        await on_okafor(reader)
        row, before = reader.state.pane.cursor.row, library_of(reader).generation
        await reader.press("=", "j", "a")
        await rejoined(reader, before)
        # Others are in as many articles now, and stand above.
        assert reader.state.pane.cursor.row > row
        assert reader.state.entry
        assert reader.state.entry.text.startswith("Lena Okafor")
        assert reader.state.entry.aside.startswith("6 articles")
