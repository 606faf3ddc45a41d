"""Short names for places in an article, and the glyphs for forms of quotes and statuses of events."""

from collections.abc import Iterable

from dossier.core.ref import Ref


def format_place(ref: Ref) -> str:
    """Return a short name for a place: `¶4` for a paragraph, otherwise the kind of text."""
    if ref.kind == "para":
        return "¶" + ref.id.removeprefix("p")
    return {"media": f"caption {ref.id}", "heading": "sub-heading", "about": ref.id}.get(ref.kind, ref.kind)


def format_evidence(evidence: Iterable[Ref]) -> str:
    """Return the short names of the places of evidence, each once: `¶2 ¶3`."""
    return " ".join(dict.fromkeys(format_place(ref) for ref in evidence))


FORM_GLYPHS = {"direct": "❝", "mixed": "❝", "indirect": "›", "reported": "›", "free-indirect": "›"}
"""The glyph before a quote, by its form."""
STATUS_GLYPHS = {"happened": "●", "planned": "○", "alleged": "?", "denied": "¬"}
"""The glyph before an event, by its status."""
