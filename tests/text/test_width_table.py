"""Tests that the committed table of widths is what `tests/width_table.py` makes of the data of Unicode."""

import sys
import unicodedata

import pytest
from width_table import TARGET, make_table

from dossier.text.ambiguous_width import NARROWED_SIGNS
from dossier.text.clusters import find_class
from dossier.text.width_table import CLASSES, KINDS, STARTS, UNICODE


@pytest.mark.skipif(
    unicodedata.unidata_version != UNICODE or not hasattr(unicodedata, "grapheme_cluster_break"),
    reason="this Python has the data of another version of Unicode",
)
def test_the_table_is_as_it_is_made() -> None:
    made = make_table()
    # The committed file is formatted; its values count.
    values: dict[str, object] = {}
    exec(compile(made, str(TARGET), "exec"), values)
    assert (values["UNICODE"], values["CLASSES"]) == (UNICODE, CLASSES)
    assert (values["STARTS"], values["KINDS"]) == (STARTS, KINDS)


def test_the_runs_are_in_order_and_each_has_a_class() -> None:
    assert STARTS[0] == "\0"
    assert sorted(set(STARTS)) == [*STARTS]
    assert len(STARTS) == len(KINDS)
    assert set(KINDS) == set(CLASSES)


def test_code_points_have_the_width_that_every_version_of_unicode_tells() -> None:
    for code in range(0x20, sys.maxunicode + 1):
        char = chr(code)
        category, width = unicodedata.category(char), unicodedata.east_asian_width(char)
        found = find_class(char)
        if category in ("Cn", "Cs", "Cc"):
            continue
        if category in ("Mn", "Me"):
            assert found.cells <= (2 if width == "W" else 1), hex(code)
        elif category[0] in "LNPSZM" and category not in ("Zl", "Zp"):
            assert found.cells >= (2 if width in "WF" else 1), hex(code)
        if category == "Mc":
            assert found.breaks in "se", hex(code)
        if width == "A" and category[0] in "LNPS":
            assert found.is_ambiguous, hex(code)


def test_the_signs_that_are_replaced_are_the_ambiguous_ones_of_their_blocks() -> None:
    assert {char for char in map(chr, range(0x2500, 0x2600)) if find_class(char).is_ambiguous} == NARROWED_SIGNS
