import pytest

from dossier.terminal.programs import editor_command


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, ["vi", "+7", "a b.yaml"]),
        ({"EDITOR": "nano"}, ["nano", "+7", "a b.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, ["emacs", "-nw", "+7", "a b.yaml"]),
        ({"EDITOR": "nano", "VISUAL": ""}, ["nano", "+7", "a b.yaml"]),
        ({"EDITOR": "  "}, ["vi", "+7", "a b.yaml"]),
        ({"EDITOR": "'/opt/my editor/vim' -n"}, ["/opt/my editor/vim", "-n", "+7", "a b.yaml"]),
        ({"EDITOR": "/opt/it's/vim -n"}, ["/opt/it's/vim", "-n", "+7", "a b.yaml"]),
        ({"EDITOR": "hx"}, ["hx", "a b.yaml:7"]),
        ({"EDITOR": "/usr/bin/code -n"}, ["/usr/bin/code", "-n", "--wait", "--goto", "a b.yaml:7"]),
        ({"EDITOR": "code.cmd"}, ["code.cmd", "--wait", "--goto", "a b.yaml:7"]),
        ({"EDITOR": "subl"}, ["subl", "--wait", "a b.yaml:7"]),
    ],
)
def test_command(environment: dict[str, str], words: list[str]) -> None:
    assert list(editor_command("a b.yaml", 7, environment)) == words
