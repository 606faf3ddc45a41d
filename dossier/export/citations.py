"""What a citation says of an article, for programs that keep bibliographies.

A date is given in numbers only if every such program prints the day, month, season or year that was written. All other
dates are given in the words that the screen shows: intervals that are open or whose ends are not alike, sets, digits
that are not known, marks on a part of a date, and years before 1 and after 9999.
"""

import re
from collections.abc import Iterable, Iterator

from dossier.core.dataclasses import NamedTuple
from dossier.core.dates.edtf import Date, DatePoint, IntervalShape
from dossier.core.entry import Entry
from dossier.core.model import WrittenDate
from dossier.core.note import PlacedNote
from dossier.core.views.labels import format_place
from dossier.core.views.wording import format_cited_date
from dossier.export.export import Export, Omissions

_PLAIN = re.compile("(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?|-2[1-4])?")
_SEASONS = ("21", "22", "23", "24")


class CitedDate(NamedTuple):
    """A date in a citation.

    `points` has year, month and day in digits, "" if left out, of one date or of both ends of an interval. A month from
    21 to 24 is a season, from spring to winter. The marks hold for the whole date. Without `points`, the date is to be
    written as `words`.
    """

    words: str
    points: tuple[tuple[str, str, str], ...] = ()
    is_approximate: bool = False
    is_uncertain: bool = False


class Citation(NamedTuple):
    """What a citation says of an article; texts are empty, and dates None, where the article says nothing.

    `id` is the id of the article. `notes` are the texts of the reader's notes, each after the place that it is on.
    """

    id: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    outlet: str
    section: str
    url: str
    lang: str
    published: CitedDate | None
    retrieved: CitedDate | None
    notes: tuple[str, ...]


def collect_citations(export: Export, held: Iterable[str]) -> Iterator[Citation]:
    """Yield the citation of each article.

    `held` names the kinds of entries, and the facts about an article, that the format holds; others are counted.
    """
    names, omissions = frozenset(held), export.omissions
    for article, _links, entries, notes in export.articles:
        if left := sum(not _is_held(entry, names) for entry in entries):
            omissions.count("entry", "left out: a reference is to a whole article", left)
        yield Citation(
            article.ref.article,
            article.headline,
            article.subtitle,
            tuple([_name_author(line, omissions) for line in article.byline]),
            article.outlet,
            " › ".join(article.section),
            article.url,
            article.lang,
            _cite_date(article.published, omissions),
            _cite_date(article.retrieved, omissions),
            tuple(_write_notes(notes, omissions)),
        )


def find_cited_date(dated: WrittenDate) -> CitedDate:
    """Return a date as a citation has it, without the time of day."""
    words, date = format_cited_date(dated), dated.date
    if date is None or date.shape not in (IntervalShape.DATE, IntervalShape.SPAN):
        return CitedDate(words)
    numbers = tuple(dict.fromkeys((point.year, point.month, point.day) for point in date.points))
    if not _is_plain(numbers) or len(marks := {_find_marks(point) for point in date.points}) > 1:
        return CitedDate(words)
    approximate, uncertain = marks.pop()
    if approximate is None or uncertain is None:
        return CitedDate(words)
    return CitedDate(words, numbers, approximate, uncertain)


def _is_plain(points: tuple[tuple[str, str, str], ...]) -> bool:
    """Return whether these are days, months, seasons or years with all their digits, in order."""
    if not all(_PLAIN.fullmatch("-".join(filter(None, point))) for point in points):
        return False
    if len(points) == 1:
        return True
    is_season = any(month in _SEASONS for _year, month, _day in points)
    precisions = {(bool(month), bool(day)) for _year, month, day in points}
    return not is_season and len(precisions) == 1 and points[0] <= points[1]


def _find_marks(point: DatePoint) -> tuple[bool | None, bool | None]:
    """Return whether a date is approximate, and whether it is uncertain; None: in part."""
    count = 1 + bool(point.month) + bool(point.day)
    found = [len(marked) for marked in (point.approximate, point.uncertain)]
    approximate, uncertain = (None if 0 < marked < count else marked > 0 for marked in found)
    return approximate, uncertain


def _cite_date(dated: WrittenDate | None, omissions: Omissions) -> CitedDate | None:
    if dated is None:
        return None
    if dated.date and _has_time(dated.date):
        omissions.count("clock time", "left out: a reference has only days")
    return find_cited_date(dated)


def _has_time(date: Date) -> bool:
    return any(point.time for point in date.points)


def _is_held(entry: Entry, names: frozenset[str]) -> bool:
    return (entry.ref.id if entry.ref.kind == "about" else entry.ref.kind) in names


def _name_author(line: str, omissions: Omissions) -> str:
    """Return an author without the address in angle brackets behind the name."""
    name = line.partition("<")[0].strip() or line
    if name != line:
        omissions.count("byline", "written without the address in “<…>”")
    return name


def _write_notes(notes: Iterable[PlacedNote], omissions: Omissions) -> Iterator[str]:
    for note, _placement, ref, _offered in notes:
        if note.text:
            yield f"{format_place(ref)}: {note.text}" if ref else note.text
        else:
            omissions.count("mark", "left out: a reference has only notes with a text")
