"""Tests of the completions in the real shells: a word is typed in a terminal, Tab is pressed, and the line is read."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from shell import write_article
from terminals import Screen, Terminal, in_terminal, terminal

_NEEDED = os.environ.get("DOSSIER_NEEDS", "").split()
_STARTS = {
    "bash": ("exec bash --norc --noprofile -i", "PS1='ready> '", 'eval "$(dossier completion bash)"'),
    "zsh": (
        "exec zsh -f -i",
        "PS1='ready> '",
        'autoload -Uz compinit; compinit -u -D; eval "$(dossier completion zsh)"',
    ),
    "fish": (
        "exec fish --no-config",
        "function fish_prompt; printf 'ready> '; end; set -g fish_autosuggestion_enabled 0",
        "dossier completion fish | source",
    ),
}
_WORDS = {
    "dossier reg": "dossier registry",
    "dossier --fre": "dossier --fresh",
    "dossier check --exp": "dossier check --explain",
    "dossier check --explain bad-da": "dossier check --explain bad-date",
    "dossier show --format j": "dossier show --format json",
    "dossier search 'toll -north' --in=time": "dossier search 'toll -north' --in=timeline",
    "dossier --theme pap": "dossier --theme paper",
    "dossier help term": "dossier help terminals",
    "dossier config val": "dossier config validate",
    "dossier check art": "dossier check articles/",
    "dossier import --into art": "dossier import --into articles/",
    "dossier import not": "dossier import notes.txt",
    "dossier index --status ./art": "dossier index --status ./articles/",
    "dossier show not": "dossier show notes.txt",
    "dossier show fe": "dossier show ferry-pact",
    "dossier show ferry-pact#quo": "dossier show ferry-pact#quote/argument",
    "dossier --at ferry-pact#quote/a": "dossier --at ferry-pact#quote/argument",
    "dossier show --format json toll#head": "dossier show --format json toll#headline",
}
"""What is typed, and the line after Tab."""


pytestmark = in_terminal


def _has_line(screen: Screen, line: str) -> bool:
    # zsh writes \# for #, and a = behind an option that goes away with the next blank.
    return screen.rows[0].replace("\\", "").rstrip("=") == f"ready> {line}"


def _clear(desk: Terminal) -> None:
    desk.press("C-u")
    desk.press("C-l")
    desk.wait(lambda screen: screen.rows[0] == "ready>" and not any(screen.rows[1:]))


@pytest.mark.parametrize("shell", _STARTS)
def test_tab_completes(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None and shell not in _NEEDED:
        pytest.skip(f"{shell} is not installed")
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, "ferry-pact", quotes="[{id: argument, speaker_text: all, form: reported}]")
    write_article(folder, "toll")
    (tmp_path / "notes.txt").touch()
    program = Path(sys.executable).parent
    given = {"PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    given["DOSSIER_LIBRARY"] = str(folder)
    (tmp_path / "cache").mkdir()
    subprocess.run([program / "dossier", "index"], env={**os.environ, **given}, check=True, capture_output=True)
    with terminal(tmp_path, 100, 24, **given) as desk:
        for line in _STARTS[shell]:
            desk.command(line)
        desk.command("echo it is 'set up'")
        desk.wait(
            lambda screen: "it is set up" in screen.rows and screen.rows[screen.row("it is set up") + 1] == "ready>"
        )
        for typed, completed in _WORDS.items():
            _clear(desk)
            desk.type(typed)
            desk.wait(partial(_has_line, line=typed))
            desk.press("Tab")
            desk.wait(partial(_has_line, line=completed))
