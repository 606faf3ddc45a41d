"""Places of an article in words, and the signs for forms of quotes and states of events."""

from collections.abc import Iterable

from dossier.core.ref import Ref


def place_words(ref: Ref) -> str:
    """Where something stands, in a word: `¶4` for a paragraph, else what kind of text it is."""
    if ref.kind == "para":
        return "¶" + ref.id.removeprefix("p")
    return {"media": f"caption {ref.id}", "heading": "sub-heading", "about": ref.id}.get(ref.kind, ref.kind)


def evidence_words(evidence: Iterable[Ref]) -> str:
    """Where the evidence stands, each place once: `¶2 ¶3`."""
    return " ".join(dict.fromkeys(place_words(ref) for ref in evidence))


FORM_GLYPHS = {"direct": "❝", "mixed": "❝", "indirect": "›", "reported": "›", "free-indirect": "›"}
STATUS_GLYPHS = {"happened": "●", "planned": "○", "alleged": "?", "denied": "¬"}
