"""The columns in which the entries of an article are stored, and their bytes.

Each field is a column of its own, over all entries of the article: a column is written and read in one step, and what
is alike stands side by side, so that it takes few bytes. An address is stored as its number, and the fields that a
query can ask for as the numbers of the entries that they are made of.
"""

import marshal
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.errors import IndexDamagedError

_MARSHAL = 4
"""The version of the marshal format that every Python reads on which this program runs."""
_LEVEL = 4
"""How hard zlib tries. Level 1 takes a quarter less time, and 6 % more bytes; level 6 a quarter more, and 1 % fewer."""
_SEPARATOR = "\0"
"""Stands between the texts of a column. The loader leaves it in no text."""
_USUAL = (
    """
term|meaning|caption|credit|type|shows|url|native|aliases|note|edtf|date_text
dateline|updated|retrieved|summary|rights|provenance|label|byline|section|keywords
indirect|indirect|mixed|reported|happened|happened|planned|alleged|denied
Pictures and media|Documents|Glossary|Other|Unnamed sources|unnamed|1 mention  1 quote
2 mentions  2 quotes|3 mentions|4 mentions|Organisations|Organisations|Places|Places
About this article|About this article|About this article|People|People|People|event quote
event|quote|quote|¶1|¶2|¶3|¶4|outlet|byline|section|lang|keyword
||||||||headline|para|para|para|para|about|about|about|about
person|person|person|org|org|place|place|source|quote|quote|quote|quote
event|event|event|event||p1|p2|p3|p4|p5|p6|p7|p8|p9|p10|p11
byline|outlet|section|published|lang|keywords|text|label|text|label|text
name|role|org|name|role|org|name|text|speaker|cue|text|speaker|cue
form|text|date|text|people|date|text|orgs|places|time|status|text|text
""".replace("\n", _SEPARATOR)
    .replace("|", _SEPARATOR)
    .encode()
)
"""What stands in the columns of most articles. It is found again without being stored with each of them."""

Numbers = Sequence[int]
Texts = Sequence[str]
"""Stored as one joined text, or as a tuple."""


class EntryColumns(NamedTuple):
    """What is stored of an article.

    The addresses are numbered: those of the entries, in order, come first. The columns from `lines` to `passage_counts`
    have an element for each entry, those from `part_names` to `target_counts` one for each part of an entry. A count
    says how many elements of another column belong to an entry, a part or an address.
    """

    published: tuple[int | None, ...] | None
    shared: dict[str, tuple[str, ...]]
    ref_kinds: Texts
    ref_ids: Texts
    called: Numbers
    name_counts: Numbers
    names: Texts
    lines: Numbers
    groups: Texts
    asides: Texts
    paragraph_numbers: Numbers
    dates: Texts
    forms: Texts
    statuses: Texts
    flaws: Texts
    evidence_kinds: Texts
    part_counts: Numbers
    named_counts: Numbers
    speaker_counts: Numbers
    passage_counts: Numbers
    part_names: Texts
    part_texts: Texts
    part_flaws: Texts
    target_counts: Numbers
    targets: Numbers
    named: Numbers
    speakers: Numbers
    passages: Numbers

    def pack(self) -> bytes:
        """Return the columns in the bytes that `unpack_columns` takes."""
        columns: tuple[Any, ...] = tuple(self)
        packer = zlib.compressobj(_LEVEL, zdict=_USUAL)
        return packer.compress(marshal.dumps(columns, _MARSHAL)) + packer.flush()


def unpack_columns(packed: bytes) -> EntryColumns:
    """Return the columns that were packed, each as a sequence. Raises IndexDamagedError for any other bytes."""
    unpacker = zlib.decompressobj(zdict=_USUAL)
    try:
        found = EntryColumns(*[_split(column) for column in marshal.loads(unpacker.decompress(packed))])
    except (zlib.error, ValueError, EOFError, TypeError) as error:
        raise IndexDamagedError(f"packed entries: {error}") from error
    # Its checksum stands at the end.
    if not unpacker.eof:
        raise IndexDamagedError("packed entries: cut off")
    return found


def pack_numbers(numbers: list[int]) -> Numbers:
    """Return a column of numbers from 0, in a byte each where they are small."""
    try:
        return bytes(numbers)
    except ValueError:
        return tuple(numbers)


def pack_texts(texts: list[str]) -> Texts:
    """Return a column of texts, joined where that can be undone."""
    joined = _SEPARATOR.join(texts)
    return joined if joined.count(_SEPARATOR) == len(texts) - 1 else tuple(texts)


def _split(column: Any) -> Any:
    """Return the texts of a column of joined texts, and any other column as it is."""
    return column.split(_SEPARATOR) if type(column) is str else column


def find_begins(counts: Numbers) -> Sequence[int]:
    """Return where the elements of each owner begin; last, where those of the last one end."""
    return tuple(accumulate(counts, initial=0))
