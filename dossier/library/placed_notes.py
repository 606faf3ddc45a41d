"""Find the articles that notes are on, both the user's own notes and imported ones."""

from collections.abc import Iterable, Iterator, Sequence

from dossier.core.dataclasses import NamedTuple, replace
from dossier.core.model import Article, complete_path
from dossier.core.note import UNIQUE, Note, PlacedNote, Placement
from dossier.core.note_places import is_of_file, may_belong, place_notes, settle_note
from dossier.core.views.panes import Reading, make_reading
from dossier.loader.converters.web_annotations import SourcedNote


class NotedArticle(NamedTuple):
    """An article with the notes on it, each with its place."""

    reading: Reading
    notes: tuple[PlacedNote, ...]


class MatchedNotes(NamedTuple):
    """Imported notes in their order, and the ids of the lost ones among them, which are kept as well."""

    notes: tuple[Note, ...]
    lost: frozenset[str]


def place_in_articles(notes: Sequence[Note], articles: Iterable[Article]) -> tuple[NotedArticle, ...]:
    """Return the articles that have notes, with their notes.

    If several articles have the id of a note, it goes to the one in its file, else to the first one with its words.
    """
    readings: list[Reading] = []
    chosen: dict[str, tuple[bool, int, PlacedNote]] = {}
    for article in articles:
        asked = [note for note in notes if may_belong(note, article)]
        if not asked:
            continue
        reading = make_reading(article, ())
        for placed in place_notes(asked, reading):
            is_own = is_of_file(placed.note, article)
            if placed.note.id not in chosen or (is_own and not chosen[placed.note.id][0]):
                chosen[placed.note.id] = is_own, len(readings), placed
        readings.append(reading)
    found = (
        NotedArticle(reading, tuple(one for _, at, one in chosen.values() if at == number))
        for number, reading in enumerate(readings)
    )
    return tuple(one for one in found if one.notes)


def match_notes(read: Iterable[SourcedNote], articles: Sequence[Article]) -> MatchedNotes:
    """Return imported notes moved to their places in these articles.

    A note goes to the article with the web address, or the id, of its source. If there is none, it goes to the one
    article without a web address that has its words and all of the text on one side of them.
    """
    readings: dict[int, Reading] = {}
    notes: list[Note] = []
    lost: set[str] = set()
    for one in read:
        named = [number for number, article in enumerate(articles) if _is_source(one, article)]
        others = [number for number, article in enumerate(articles) if not article.url] if one.note.words else []
        found = []
        for number in named or others:
            reading = readings.setdefault(number, make_reading(articles[number], ()))
            found += list(_settle(one, reading, bool(named)))
        if len(found) == 1:
            notes.append(found[0])
            continue
        lost.add(one.note.id)
        notes.append(_of_article(one, articles[named[0]]) if len(named) == 1 else one.note)
    return MatchedNotes(tuple(notes), frozenset(lost))


def _settle(one: SourcedNote, reading: Reading, is_named: bool) -> Iterator[Note]:
    """Yield an imported note as it is in an article, if it has its words there for certain."""
    article = reading.article
    asked = _of_article(one, article) if is_named else replace(one.note, ref=article.ref, path=one.source)
    if is_named and not one.is_own:
        # Nobody knows how often they stood on the page: here they stand once, or are told apart by what is around them.
        asked = replace(asked, alike=UNIQUE)
    for placed in place_notes([asked], reading):
        if placed.placement is Placement.UNCHANGED:
            yield asked
        elif placed.ref:
            yield settle_note(asked, reading, placed.ref)


def _of_article(one: SourcedNote, article: Article) -> Note:
    """Return an imported note as one of an article: of its file, and with its id."""
    return replace(one.note, ref=one.note.ref._replace(article=article.ref.article), path=complete_path(article.path))


def _is_source(one: SourcedNote, article: Article) -> bool:
    address = _plain_address(one.source)
    known = (one.source, one.note.ref.article) if one.is_own else (one.source,)
    return article.ref.article in known or (bool(address) and address == _plain_address(article.url))


def _plain_address(address: str) -> str:
    """Return a web address without what makes no difference: its scheme, `www.`, a slash at the end, the fragment."""
    _, _, rest = address.partition("://")
    return rest.partition("#")[0].removeprefix("www.").rstrip("/")
