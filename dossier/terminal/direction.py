"""Characters without a shape, to which some terminals give a cell: marks of direction, and joiners.

U+200E and U+200C take a cell in mlterm, GNU screen 5 and xterm with -mk_width, and none elsewhere. A terminal that
gives them one has moved its cursor one cell too far, and has drawn a blank over what stood there. So the cursor is
placed anew after the character that carries the mark, and the cells that the mark may have taken are sent again.

The marks are in the text of the cell before them, as `dossier.terminal.frame` says of combining marks. Capabilities say
where a mark takes more than a cell; there it is not sent at all.
"""

import re
from typing import Final

_DIRECTION: Final = "\u061c\u200e\u200f\u2066\u2067\u2068\u2069"
"""Marks that tell a direction."""
_JOINING: Final = "\u200c\u200d"
"""Marks that tell whether letters join, as ZWNJ does in Persian."""
_BREAKING: Final = "\u200b\u2060"
"""Marks that tell whether a line may break."""
_FORMAT_MARKS: Final = _DIRECTION + _JOINING + _BREAKING
_ANY: Final = re.compile(f"[{_FORMAT_MARKS}]")


def has_format_marks(text: str) -> bool:
    """Return whether some character of `text` carries such a mark."""
    return not text.isascii() and _ANY.search(text) is not None


def count_format_marks(text: str) -> int:
    """Return the number of cells by which a terminal may draw `text` wider for its marks."""
    return 0 if text.isascii() else len(_ANY.findall(text))


def remove_last_marks(text: str) -> str:
    """Return the character in the last column of a row without the marks at its end.

    Nothing follows there to which they would matter, and a mark that takes a cell would replace the character itself,
    or the first one of the next row. A mark that stands alone is returned as it is, since a cell is never empty.
    """
    return text.rstrip(_FORMAT_MARKS) or text
