"""What `dossier index --status` says about the place of a shared index."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from dossier.core.dates.words import format_duration
from dossier.export.json_types import JsonObject
from dossier.library.index.location import IndexLocation, SharedIndex
from dossier.library.index.published_rights import explain_unreadable
from dossier.library.index.shared_file import PublicationFacts, read_publication
from dossier.text.sanitize import sanitize_text

_NOW = 10
"""Seconds for which a publication was "just now". Its time is known in whole seconds."""


def read_place(location: IndexLocation, is_used: bool) -> JsonObject | None:
    """Return the place, owner and age of the shared index as a JSON object; None if none is named."""
    if not isinstance(location, SharedIndex):
        return None
    try:
        facts = read_publication(location.path)
        why_unreadable = explain_unreadable(location.path)
    except OSError:
        facts, why_unreadable = PublicationFacts(0, ""), ""
    published = datetime.fromtimestamp(facts.published, UTC).isoformat(timespec="seconds") if facts.published else None
    return {
        "path": str(location.path),
        "named_by": location.named_by,
        "used": is_used,
        "owner": facts.owner or None,
        "published": published,
        "age": max(0, int(time.time()) - facts.published) if facts.published else None,
        "readable_by_others": bool(facts.owner and not why_unreadable),
        "unreadable_because": why_unreadable or None,
    }


def place_lines(place: JsonObject | None) -> Iterator[str]:
    """Yield the lines about the place of the shared index, none if none is named."""
    if place is None:
        return
    yield f"shared    {sanitize_text('{path}, named by {named_by}'.format(**place))}"
    if isinstance(age := place["age"], int):
        yield f"published {place['published']} by {sanitize_text(str(place['owner']))}, {_age_words(age)}"
        if why := place["unreadable_because"]:
            yield f"          {sanitize_text(str(why))}"
    if not place["used"]:
        yield "          it is not used: what is above is about an index of your own"


def _age_words(seconds: int) -> str:
    return "just now" if seconds < _NOW else f"{format_duration(seconds)} ago"
