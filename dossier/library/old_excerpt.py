"""What a hit shows of its entry in a list of articles: the words found with those around them, and where they stand."""

from dossier.core.dataclasses import NamedTuple
from dossier.core.entry import Entry
from dossier.core.matcher import Spans
from dossier.core.views.glyphs import FORM_GLYPHS, STATUS_GLYPHS
from dossier.core.views.labels import place_words

_BEFORE, _AFTER = 32, 72
"""Code points shown before and after the beginning of what was found."""


class Excerpt(NamedTuple):
    """`text` of one line; `spans` are what was found, in code points of `text`; `found` the same in the entry."""

    text: str
    spans: Spans
    found: Spans


def excerpt(entry: Entry, spans: Spans) -> Excerpt:
    """The first of the `spans` of the entry's text with the words around it, and all others that are in sight there."""
    first = spans[0][0] if spans else 0
    start = entry.text.rfind("\n", 0, first) + 1
    line_end = entry.text.find("\n", first)
    line_end = len(entry.text) if line_end < 0 else line_end
    begin = start
    if first - start > _BEFORE:
        begin = entry.text.rfind(" ", start, first - _BEFORE // 2) + 1 or first - _BEFORE // 2
        begin = max(begin, first - _BEFORE)
    end = line_end
    if line_end - first > _AFTER:
        end = entry.text.rfind(" ", first + 1, first + _AFTER)
        end = max(end if end > 0 else first + _AFTER, spans[0][1] if spans else 0)
    lead = _lead(entry) + ("… " if begin > start else "")
    inside = tuple(span for span in spans if begin <= span[0] and span[1] <= end)
    shift = len(lead) - begin
    text = lead + entry.text[begin:end] + (" …" if end < line_end else "")
    return Excerpt(text, tuple((one + shift, two + shift) for one, two in inside), inside)


def _lead(entry: Entry) -> str:
    """What kind of entry it is, and whose."""
    fields = {part.name: part.text for part in reversed(entry.parts)}
    match entry.ref.kind:
        case "quote":
            return f"{FORM_GLYPHS.get(entry.form, '›')} {fields.get('speaker', 'no speaker')}: "
        case "event":
            return f"{STATUS_GLYPHS.get(entry.status, '●')} {fields['date']}: "
        case "person" | "org" | "place" | "source":
            return "▪ "
        case "para":
            return f"¶{entry.number} "
        case kind:
            return f"{place_words(entry.ref) if kind == 'media' else kind}: "
