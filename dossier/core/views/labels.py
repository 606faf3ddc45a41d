"""Short names for places in an article, and the glyphs for forms of quotes and statuses of events."""

from collections.abc import Iterable

from dossier.core.entry import UNMARKED, Entry
from dossier.core.ref import Ref


def place_words(ref: Ref) -> str:
    """Return a short name for a place: `¶4` for a paragraph, otherwise the kind of text."""
    if ref.kind == "para":
        return "¶" + ref.id.removeprefix("p")
    return {"media": f"caption {ref.id}", "heading": "sub-heading", "about": ref.id}.get(ref.kind, ref.kind)


def evidence_words(evidence: Iterable[Ref]) -> str:
    """Return the short names of the places of evidence, each once: `¶2 ¶3`."""
    return " ".join(dict.fromkeys(place_words(ref) for ref in evidence))


FORM_GLYPHS = {"direct": "❝", "mixed": "❝", "indirect": "›", "reported": "›", "free-indirect": "›"}
"""The glyph before a quote, by its form."""


def has_own_words(entry: Entry) -> bool:
    """Return whether a quote has words of the speaker's own, as far as the file shows which they are."""
    return entry.form in ("direct", "mixed") and entry.flaw != UNMARKED


def quote_glyph(entry: Entry) -> str:
    """Return the glyph before a quote: quote marks only if it has words of the speaker's own."""
    return FORM_GLYPHS[entry.form] if has_own_words(entry) else FORM_GLYPHS["indirect"]


STATUS_GLYPHS = {"happened": "●", "planned": "○", "alleged": "?", "denied": "¬"}
"""The glyph before an event, by its status."""
