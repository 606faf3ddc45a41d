"""What an entry can be asked for beside its words, as a value: it is kept with the entry, and asked long after."""

import datetime
from collections.abc import Mapping

from dossier.core.dataclasses import NamedTuple

Bounds = tuple[datetime.date | None, datetime.date | None]
"""Earliest and latest day; None: unbounded."""


class About(NamedTuple):
    """The texts of each field by its name; None for a date that is not given."""

    fields: Mapping[str, tuple[str, ...]]
    published: Bounds | None = None
    date: Bounds | None = None
