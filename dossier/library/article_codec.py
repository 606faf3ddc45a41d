"""Pack an article and the problems of its file into bytes, and unpack them without loading the parser.

Only plain values are stored: texts, numbers, tuples and lists. A list represents an object: it has the number of the
class and the fields, or only the number of an address, since addresses are repeated often. The path of the file is not
stored.
"""

import marshal
from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

from dossier.core.dates.days import Day
from dossier.core.dates.edtf import Date, DatePoint, IntervalShape
from dossier.core.model import (
    Article,
    Document,
    Event,
    EvidenceStatus,
    GlossaryTerm,
    Media,
    Mention,
    Org,
    Paragraph,
    Person,
    Place,
    Quote,
    Reference,
    WrittenDate,
)
from dossier.core.problem import Fix, Problem
from dossier.core.ref import Ref

_CLASSES: Final = (
    *(Paragraph, Person, Org, Place, Mention, Quote, Event, GlossaryTerm, Media, Document, Reference, WrittenDate, Fix),
    *(Article, Problem, Date, DatePoint, Day),
)
_MAKERS: Final = (*_CLASSES, EvidenceStatus, IntervalShape)
"""The functions that make an object from its stored fields, by the number of its class."""
_NUMBERS: Final = {made: number for number, made in enumerate(_MAKERS)}
MARSHAL: Final = 4
"""A version of the marshal format that all supported versions of Python read."""


def pack_article(article: Article, problems: Sequence[Problem]) -> bytes:
    """Return the article and the problems of its file in the bytes that `unpack_article` takes.

    Raises ValueError for a problem of another file.
    """
    if any(problem.path != article.path for problem in problems):
        raise ValueError("a problem of another file")
    refs: dict[Ref, int] = {}
    packed = _pack(article, refs), _pack(tuple(problems), refs)
    return marshal.dumps((tuple(map(tuple, refs)), *packed), MARSHAL)


def unpack_article(data: bytes, path: str) -> tuple[Article, tuple[Problem, ...]]:
    """Return the article and the problems of the file at `path`.

    Raises EOFError, LookupError, RecursionError, TypeError or ValueError for bytes that `pack_article` did not return.
    """
    packed_refs, packed_article, packed_problems = marshal.loads(data)
    refs = [Ref(*one) for one in packed_refs]
    article, problems = _unpack(packed_article, path, refs), _unpack(packed_problems, path, refs)
    if not (isinstance(article, Article) and isinstance(problems, tuple)):
        raise TypeError("no article")
    return article, problems


def _pack(value: Any, refs: dict[Ref, int]) -> Any:
    kind = type(value)
    if kind is tuple:
        return tuple([_pack(one, refs) for one in value])
    if kind is Ref:
        return [refs.setdefault(value, len(refs))]
    if isinstance(value, Enum):
        return [_NUMBERS[kind], value.value]
    if kind in _NUMBERS:
        names = (name for name in kind.__match_args__ if name != "path")
        return [_NUMBERS[kind], *[_pack(getattr(value, name), refs) for name in names]]
    return value


def _unpack(value: Any, path: str, refs: Sequence[Ref]) -> Any:
    if type(value) is tuple:
        return tuple([_unpack(one, path, refs) for one in value])
    if type(value) is not list:
        return value
    if len(value) == 1:
        return refs[value[0]]
    maker = _MAKERS[value[0]]
    fields = [_unpack(one, path, refs) for one in value[1:]]
    if maker is Article:
        return Article(fields[0], path, *fields[1:])
    return Problem(path, *fields) if maker is Problem else maker(*fields)
