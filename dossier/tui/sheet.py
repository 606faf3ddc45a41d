"""A sheet on the screen: a frame in the middle, above the panes, which stay in sight around it."""

from textual.content import Content

from dossier.reading.sheet import Sheet, lines
from dossier.tui.lines import Lines


class SheetView(Lines):
    """One sheet, or nothing."""

    def show_sheet(self, sheet: Sheet | None, cursor_row: int) -> None:
        """Show the sheet, which fits the screen already, clear of the screen's row with the cursor where that can be.

        None hides it.
        """
        self.display = sheet is not None
        if sheet is None:
            return
        width, height = sheet.pane.cells + 3, sheet.pane.rows + 2
        self.styles.width, self.styles.height = width, height
        room = self.screen.size.height - 1 - height
        above = cursor_row > self.screen.size.height // 2
        at = 1 if above else room
        clear = cursor_row > at + height if above else cursor_row < at
        self.styles.offset = ((self.screen.size.width - width) // 2, at if clear else max(0, room // 2))
        self.border_title = Content(f"{sheet.title}: {sheet.line.text}▏" if sheet.narrows else sheet.title)
        choose = "↑↓" if sheet.narrows else "j/k"
        decide = "c all are one · a this one is another · " if sheet.purpose == "go or decide" else ""
        self.border_subtitle = Content(f"{choose} choose · {decide}Enter {sheet.purpose.partition(' ')[0]} · Esc leave")
        self.show(lines(sheet))
