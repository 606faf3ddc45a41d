"""The terminals of Vim and Neovim. They tell their grids cell by cell."""

import json
import re
import socket
import subprocess
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress

from waiting import until

from terminals_under_test.host import HostTerminal
from terminals_under_test.interface import Cells, TerminalUnderTest

_SETTINGS = r"""
set nocompatible encoding=utf-8 laststatus=0 showtabline=0 noruler noshowcmd noshowmode nomore cmdheight=1
set ttimeout ttimeoutlen=10 shortmess+=IFW noswapfile nonumber
"""
_SCREEN_CELLS = r"""
function! Cells()
  redraw
  return map(range(1, &lines - 1), {_, row -> map(range(1, &columns), {_, column -> screenstring(row, column)})})
endfunction
"""
"""The function that returns the texts of the cells of the screen."""
_GRID_CELLS = r"""
function! Cells()
  let [buffer] = term_list()
  let rows = map(range(1, term_getsize(buffer)[0]), {_, row -> term_scrape(buffer, row)})
  return map(rows, {_, row -> map(row, {_, cell -> [cell.chars, cell.width]})})
endfunction
"""
"""The function that returns the texts and widths of the characters in the grid of the terminal."""
_OWN_ROWS = 1
"""The rows of the screen that are not the terminal's: the command line."""


class EditorTerminal(TerminalUnderTest):
    """The terminal of an editor that fills a window with it."""

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        settings = self.folder / f"{self.programs[0]}.vim"
        settings.write_text(_SETTINGS + self._opening(command), "utf-8")
        words = [self.programs[0], "-u", str(settings), "-i", "NONE", *self._options()]
        self._host = HostTerminal(words, columns, rows + _OWN_ROWS, self._environ)

    def press(self, key: str) -> None:
        self._host.type(key)

    def resize(self, columns: int, rows: int) -> None:
        self._host.resize(columns, rows + _OWN_ROWS)

    def rows(self) -> tuple[str, ...]:
        return tuple("".join(row) for row in self.cells())

    def stop(self) -> None:
        self._host.stop()

    def version(self) -> str:
        told = subprocess.run([self.programs[0], "--version"], check=True, capture_output=True, text=True).stdout
        number = re.search(r"v?(\d+(?:\.\d+)+)", told)
        patches = re.search(r"patches: 1-(\d+)", told)
        return (number[1] if number else "") + (f".{patches[1]}" if patches else "")

    @abstractmethod
    def _options(self) -> list[str]:
        """Return more words for the command line."""

    @abstractmethod
    def _opening(self, command: Sequence[str]) -> str:
        """Return the lines of Vim script that run `command` in the window."""


class Vim(EditorTerminal):
    """Vim's terminal. Vim connects to a socket of ours, by which it is asked."""

    name = "Vim :terminal"
    programs = ("vim",)

    @classmethod
    def is_installed(cls) -> bool:
        """Return whether there is a Vim, and not one of those that are built without a terminal."""
        if not super().is_installed():
            return False
        told = subprocess.run(["vim", "--version"], check=False, capture_output=True, text=True).stdout
        return "+terminal" in told and "+channel" in told

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        address = self.folder / "channel"
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(address))
            listening.listen(1)
            super().start(command, columns, rows, environ)
            self._channel, _ = listening.accept()

    def stop(self) -> None:
        self._channel.close()
        super().stop()

    def _options(self) -> list[str]:
        return ["-N", "-n"]

    def _opening(self, command: Sequence[str]) -> str:
        address = json.dumps(f"unix:{self.folder / 'channel'}")
        return (
            f"{_GRID_CELLS}let g:channel = ch_open({address}, {{'mode': 'json'}})\n"
            f"autocmd VimEnter * call term_start({json.dumps(list(command))}, {{'curwin': 1}})\n"
        )

    def cells(self) -> tuple[Cells, ...]:
        self._channel.sendall(json.dumps(["expr", "Cells()", -1]).encode())
        told = b""
        while True:
            told += self._channel.recv(1 << 20)
            try:
                rows: list[list[tuple[str, int]]] = json.loads(told)[1]
            except (json.JSONDecodeError, UnicodeDecodeError):
                continue
            # A cell that was never written has no text.
            return tuple(
                tuple(one for text, cells in row for one in (text or " ", *[""] * (cells - 1))) for row in rows
            )


class Neovim(EditorTerminal):
    """Neovim's terminal. It is asked over its own socket."""

    name = "Neovim :terminal"
    programs = ("nvim",)

    def start(self, command: Sequence[str], columns: int, rows: int, environ: Mapping[str, str]) -> None:
        self._address = self.folder / "nvim"
        # Where it cannot make its own folder, it writes into the folder that it is started in.
        environ = {**environ, "NVIM_LOG_FILE": str(self.folder / "nvim.log")}
        self._address.unlink(missing_ok=True)
        super().start(command, columns, rows, environ)
        until(self._is_ready, lambda: "Neovim has not begun")

    def _options(self) -> list[str]:
        return ["-n", "--listen", str(self._address)]

    def _opening(self, command: Sequence[str]) -> str:
        return (
            f"{_SCREEN_CELLS}set signcolumn=no\n"
            f"autocmd VimEnter * enew | call termopen({json.dumps(list(command))}) | startinsert\n"
        )

    def cells(self) -> tuple[Cells, ...]:
        answer = self.folder / "cells"
        expression = f"writefile([json_encode(Cells())], {json.dumps(str(answer))})"
        self._ask(expression)
        return tuple(map(tuple, json.loads(answer.read_text("utf-8"))))

    def _is_ready(self) -> bool:
        """Return whether Neovim has read its settings. Before, it may not answer, or not know the function."""
        with suppress(subprocess.CalledProcessError):
            return self._ask("exists('*Cells')") == "1"
        return False

    def _ask(self, expression: str) -> str:
        words = ["nvim", "--server", str(self._address), "--remote-expr", expression]
        environ = {**self._environ, "TERM": "dumb"}
        done = subprocess.run(words, check=True, capture_output=True, text=True, env=environ)
        # Neovim 0.7 prints the value to standard error.
        return (done.stdout + done.stderr).strip()
