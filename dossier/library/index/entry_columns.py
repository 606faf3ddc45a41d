"""The columns in which the entries of an article are stored, and their bytes.

Each field is a column of its own, over all entries of the article: a column is written and read in one step, and
similar values are side by side, so that they compress well. Each text is stored once, and referred to by its number; so
is each address. The fields that a query can ask for are stored as the numbers of the entries that they are made from.

The bytes may come from another user, in a shared index or on a server. They can hold only numbers and texts, and the
texts are free of control characters that a terminal would act on.
"""

import re
import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from dossier.core.dataclasses import NamedTuple
from dossier.library.index.errors import ArticleTooLargeError, IndexDamagedError

_LEVEL = 4
"""The level of zlib. Level 1 takes a quarter less time, and 6 % more bytes; level 6 a quarter more, and 1 % fewer."""
_SEPARATOR: Final = "\0"
"""Separates texts. No text has it: the loader replaces it."""
_END: Final = _SEPARATOR.encode()
_BOUNDS: Final = 2
"""The bounds of the date of publication stand before the texts."""
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
"""The preset dictionary of zlib: what most articles have in their columns need not be stored with each of them."""

Numbers = Sequence[int]
Texts = Sequence[str]
Bounds = tuple[int | None, int | None]


class EntryColumns(NamedTuple):
    """The stored form of an article's entries.

    `published` has the bounds of its date, as ordinals of days, and `texts` each text once. The other columns have
    numbers: of texts, of addresses, or values of the article itself. The addresses are numbered, too: those of the
    entries, in order, come first. The columns from `lines` to `passage_counts` have an element for each entry, those
    from `part_names` to `target_counts` one for each part of an entry. A count says how many elements of another column
    belong to an entry, a part, an address or a field of the whole article.
    """

    published: Bounds | None
    texts: Texts
    ref_kinds: Numbers
    ref_ids: Numbers
    called: Numbers
    name_counts: Numbers
    names: Numbers
    lines: Numbers
    groups: Numbers
    asides: Numbers
    paragraph_numbers: Numbers
    dates: Numbers
    forms: Numbers
    statuses: Numbers
    flaws: Numbers
    evidence_kinds: Numbers
    part_counts: Numbers
    named_counts: Numbers
    speaker_counts: Numbers
    passage_counts: Numbers
    part_names: Numbers
    part_texts: Numbers
    part_flaws: Numbers
    target_counts: Numbers
    targets: Numbers
    named: Numbers
    speakers: Numbers
    passages: Numbers
    field_names: Numbers
    field_counts: Numbers
    field_texts: Numbers

    def pack(self) -> bytes:
        """Return the columns in the bytes that `unpack_columns` takes.

        Raises ArticleTooLargeError where they are more than it takes: only with higher limits an article has as many.
        """
        published, texts, *columns = self
        packed = list(map(_pack_column, columns))
        letters = "".join([letter for letter, _ in packed]).encode()
        head = _HEAD.pack(*[len(columns[place]) for place in _FIRST_OF], letters)
        joined = _join(["-" if day is None else str(day) for day in published or ()] or ["", ""], texts)
        packer = zlib.compressobj(_LEVEL, zdict=_USUAL)
        data = b"".join((head, *[numbers for _, numbers in packed], joined))
        if len(data) > _MOST or max(map(len, (texts, *columns))) > _MOST_NUMBERS:
            raise ArticleTooLargeError("the article has more entries, or longer ones, than an index can have of one")
        return packer.compress(data) + packer.flush()


_ALIKE: Final = (
    ("ref_kinds", "ref_ids"),
    ("called", "name_counts"),
    ("names",),
    (
        *("lines", "groups", "asides", "paragraph_numbers", "dates", "forms", "statuses", "flaws", "evidence_kinds"),
        *("part_counts", "named_counts", "speaker_counts", "passage_counts"),
    ),
    ("part_names", "part_texts", "part_flaws", "target_counts"),
    ("targets",),
    ("named",),
    ("speakers",),
    ("passages",),
    ("field_names", "field_counts"),
    ("field_texts",),
)
"""The columns that have the same number of elements."""
_COLUMNS: Final = EntryColumns._fields[2:]
_FIRST_OF: Final = [_COLUMNS.index(names[0]) for names in _ALIKE]
_SIZES: Final = [[name in names for names in _ALIKE].index(True) for name in _COLUMNS]
_OF_PARTS: Final = [_COLUMNS.index(name) for name in ("part_counts", "part_texts")]
_HEAD: Final = struct.Struct(f"={len(_ALIKE)}I{len(_COLUMNS)}s")
"""How many elements the columns have, and the letter of `array` for each."""
_BYTES: Final = b"B" * len(_COLUMNS)
_WIDTHS: Final = {ord(letter): array(letter).itemsize for letter in "BHI"}
_MOST: Final = 1 << 26
"""Bytes up to which columns are unpacked: eight times as many as an article has that is read without a higher limit."""
_MOST_NUMBERS: Final = 1 << 21
"""The most elements of a column, and the most texts: five times the keys and values of a file that are read, whatever
the limits (see `loader.cost_limits`). Each takes many times the memory of its byte.
"""
_C0: Final = bytes((*range(1, 0x20), 0x7F))
_C1: Final = rb"\xc2[\x80-\x9f]"
_ACTING: Final = dict.fromkeys((*range(1, 0x20), *range(0x7F, 0xA0)), "\ufffd")
"""Replaces control characters, which a terminal would act on. The loader leaves none in a text."""


def unpack_columns(packed: bytes) -> EntryColumns:
    """Return the columns that were packed. Raises IndexDamagedError for any other bytes.

    Of bytes that another program has packed, only the lengths of the columns are checked: a number may be any from 0.
    """
    return read_columns(inflate_columns(packed))


def inflate_columns(packed: bytes) -> bytes:
    """Return the bytes of columns that were packed. Raises IndexDamagedError for any other bytes."""
    unpacker = zlib.decompressobj(zdict=_USUAL)
    try:
        data = unpacker.decompress(packed, _MOST)
    except zlib.error as error:
        raise IndexDamagedError(f"packed entries: {error}") from error
    # The checksum of zlib is at the end.
    if not unpacker.eof:
        raise IndexDamagedError("packed entries: cut off")
    return data


def read_columns(data: bytes) -> EntryColumns:
    """Return the columns in inflated bytes. Raises IndexDamagedError for any other bytes."""
    try:
        ends, letters = _read_layout(data)
        numbers: list[Numbers] = [data[begin:end] for begin, end in pairwise(ends)]
        if letters != _BYTES:
            numbers = [array(chr(letter), part) for letter, part in zip(letters, numbers, strict=True)]
        earliest, latest, *texts = _split(data[ends[-1] :])
        published = (_to_day(earliest), _to_day(latest)) if earliest else None
    except (struct.error, ValueError) as error:
        raise IndexDamagedError(f"packed entries: {error}") from error
    return EntryColumns._make((published, texts, *numbers))


def read_part_columns(data: bytes) -> tuple[Numbers, Numbers, bytes]:
    """Return the columns `part_counts` and `part_texts`, and all texts joined, from inflated bytes.

    Raises IndexDamagedError for any other bytes.
    """
    try:
        ends, letters = _read_layout(data)
        found: list[Numbers] = [data[ends[at] : ends[at + 1]] for at in _OF_PARTS]
        if letters != _BYTES:
            found = [array(chr(letters[at]), part) for at, part in zip(_OF_PARTS, found, strict=True)]
    except (struct.error, ValueError) as error:
        raise IndexDamagedError(f"packed entries: {error}") from error
    return found[0], found[1], data[ends[-1] :]


def split_texts(joined: bytes, number: int) -> Sequence[bytes]:
    """Return as many of joined texts, in UTF-8, as `number` says, or all if these are fewer.

    What would make a terminal act is left in them. Raises ValueError for more than an article can have.
    """
    if number > _MOST_NUMBERS:
        raise ValueError("more texts than an article can have")
    return joined.split(_END, _BOUNDS + number)[_BOUNDS : _BOUNDS + number]


def _read_layout(data: bytes) -> tuple[Sequence[int], bytes]:
    """Return where the columns of numbers begin in inflated bytes, and where the last one ends; and their letters.

    The texts come after them. Raises ValueError and struct.error for any other bytes.
    """
    *sizes, letters = _HEAD.unpack_from(data)
    if max(sizes) > _MOST_NUMBERS:
        raise ValueError("more numbers than an article can have")
    lengths = [sizes[size] for size in _SIZES]
    if letters != _BYTES:
        lengths = [length * _width_of(letter) for length, letter in zip(lengths, letters, strict=True)]
    ends = list(accumulate(lengths, initial=_HEAD.size))
    if ends[-1] > len(data):
        raise ValueError("fewer numbers than the header says")
    return ends, letters


def _width_of(letter: int) -> int:
    if letter not in _WIDTHS:
        raise ValueError("numbers of an unknown width")
    return _WIDTHS[letter]


def _pack_column(numbers: Numbers) -> tuple[str, bytes]:
    """Return numbers from 0 in as few bytes each as the largest needs, behind the letter that `array` has for these."""
    try:
        return "B", bytes(numbers)
    except ValueError:
        letter = "H" if max(numbers) < 1 << 16 else "I"
        return letter, array(letter, numbers).tobytes()


def _to_day(text: str) -> int | None:
    return None if text == "-" else int(text)


def _join(bounds: Texts, texts: Texts) -> bytes:
    """Return texts in the bytes that `_split` takes."""
    joined = _SEPARATOR.join((*bounds, *texts))
    if joined.count(_SEPARATOR) != len(texts) + 1:
        joined = _SEPARATOR.join((*bounds, *[text.replace(_SEPARATOR, "\ufffd") for text in texts]))
    return joined.encode("utf-8", "replace")


def _split(data: bytes) -> Texts:
    """Return joined texts. What would make a terminal act is replaced. Raises ValueError for too many."""
    if data.count(_END) > _MOST_NUMBERS:
        raise ValueError("more texts than an article can have")
    text = str(data, "utf-8")
    if len(data.translate(None, _C0)) != len(data) or (len(text) != len(data) and re.search(_C1, data)):
        text = text.translate(_ACTING)
    return text.split(_SEPARATOR)


def find_begins(counts: Numbers, counted: Numbers) -> Sequence[int]:
    """Return at which index of the column `counted` the elements of each owner begin, and after these the end.

    `counts` has the number of elements of each owner. Raises IndexDamagedError where these do not add up to the length
    of the column.
    """
    begins = tuple(accumulate(counts, initial=0))
    if begins[-1] != len(counted):
        raise IndexDamagedError("packed entries: counts that do not add up")
    return begins
