"""Search results as text: a line for each article, and below it each entry with the words around the hits."""

from collections.abc import Iterable, Iterator

from dossier.core.entry import Entry
from dossier.core.matcher import Hit
from dossier.library.article_rows import Excerpt, format_index_date, make_hit_excerpt
from dossier.library.results import ArticleHead, ArticleHits

_AROUND = (120, 240)
"""Code points of a sentence that are printed before and after the beginning of a hit."""
# SGR 1 is bold and 22 neither bold nor faint (ECMA-48, 8.3.117).
_MARKS = ("\x1b[1m", "\x1b[22m")


def format_excerpts(found: Iterable[ArticleHits], is_marked: bool) -> Iterator[str]:
    """Yield the lines of one article at a time. Hits are bold when `is_marked` is true."""
    marks = _MARKS if is_marked else ("", "")
    for hits in found:
        lines = [_title(hits.head), *(_line(hits.head, one.entry, hit, marks) for one, hit in hits.entries)]
        yield "\n".join([*lines, ""])


def _title(head: ArticleHead) -> str:
    return "  ".join(filter(None, (format_index_date(head.published), head.outlet, head.headline)))


def _line(head: ArticleHead, entry: Entry, hit: Hit, marks: tuple[str, str]) -> str:
    is_note = entry.ref.kind == "note"
    shown = _note_excerpt(entry, hit) if is_note else make_hit_excerpt(entry, hit, _AROUND)
    place = entry.anchors[0].targets[0] if is_note else entry.ref
    text, begin = "", 0
    for start, end in shown.spans:
        text += f"{shown.text[begin:start]}{marks[0]}{shown.text[start:end]}{marks[1]}"
        begin = end
    return f"  {place._replace(article=head.ref.article)}  {text}{shown.text[begin:]}"


def _note_excerpt(entry: Entry, hit: Hit) -> Excerpt:
    """Return the whole of a note in one line: its text, then the words that it marks in quote marks."""
    words = next((part.text for part in entry.parts if part.name == "words"), "")
    behind = len(entry.text) - len(words)
    shown = f"{entry.text[:behind]}“{words}”" if words else entry.text
    # Hits in the words are moved by the quote mark before them.
    spans = [(start + (start >= behind), end + (start >= behind)) for start, end in hit.spans]
    return Excerpt(shown.replace("\n", " "), tuple(spans), ())
