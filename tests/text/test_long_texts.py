import random
from types import ModuleType

import pytest

from dossier.text import code_points, folding, sanitize, verbatim
from dossier.text.code_points import cut_into_pieces
from dossier.text.folding import fold
from dossier.text.sanitize import sanitize_text
from dossier.text.verbatim import normalize_text

LETTERS = (
    "abcXYZ  \t\n\u2028“”'ßé\u0301\u0300ｶﾞ가\u1161\u11a8Ως𝒳ﬁ…—\xad\u200b\u200d\u0640İı\U0001f3f4\U000e0067\U000e007f漢"
)


def test_pieces_are_cut_where_they_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_points, "_PIECE", 3)
    assert list(cut_into_pieces("abcdefgh", lambda char: char in "de")) == ["abcde", "fgh"]
    assert list(cut_into_pieces("", str.isalpha)) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_text_in_pieces_has_the_same_forms_as_in_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(random.Random(seed).choices(LETTERS, k=200))
    whole = normalize_text(text).normalized, fold(text).folded, fold(text, keep_case=True).folded, sanitize_text(text)
    offsets = fold(text).offsets
    monkeypatch.setattr(code_points, "_PIECE", 3)
    for module in (folding, sanitize, verbatim):
        assert isinstance(module, ModuleType)
        monkeypatch.setattr(module, "LONG", 5)
    pieces = normalize_text(text).normalized, fold(text).folded, fold(text, keep_case=True).folded, sanitize_text(text)
    assert pieces == whole
    assert list(fold(text).offsets) == list(offsets)


def test_a_text_of_marks_alone_is_one_piece() -> None:
    text = "\u0301" * (code_points.LONG + 1)
    assert len(normalize_text(text).normalized) == len(text)
    assert sanitize_text(text)[:2] == "\u25cc\u0301"
