import io
from pathlib import Path

import pytest
from shell import Output

from dossier.cli.output import page


def test_what_is_printed_goes_through_the_pager(tmp_path: Path, capsys: Output) -> None:
    told = tmp_path / "told"
    page(["Ferry pact signed", "한서진"], f"sh -c 'cat > {told}'")
    assert told.read_text("utf-8") == "Ferry pact signed\n한서진\n"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("pager", "message"), [("", ""), ("no-such-pager -x", "$PAGER cannot be started"), ("'", "$PAGER")]
)
def test_without_a_pager_that_starts_it_is_printed(pager: str, message: str, capsys: Output) -> None:
    page(["one", "two"], pager)
    shown = capsys.readouterr()
    assert shown.out == "one\ntwo\n"
    assert message in shown.err


def test_who_has_read_enough_leaves(capsys: Output) -> None:
    with pytest.raises(BrokenPipeError):
        page(("a long line " * 1000 for _ in range(1000)), "true")


def test_a_pager_is_given_what_would_be_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="iso8859-1"))
    page(["Øverås 한서진"], f"sh -c 'cat > {told}'")
    assert told.read_bytes() == b"\xd8ver\xe5s ???\n"
