"""The reader's notes as text, as JSON objects, and as Markdown."""

from collections.abc import Iterable, Iterator

from dossier.core.model import Article
from dossier.core.note import Note, PlacedNote, Placement, note_tags
from dossier.core.note_places import describe_placement, words_at
from dossier.core.ref import Ref
from dossier.core.views.panes import Reading
from dossier.export.json_types import JsonObject
from dossier.export.markdown_escapes import escape_markdown, format_markdown_url
from dossier.text.messages import count_noun, split_fields

_MOST_OFFERED = 9
_SHOWN_WORDS = 300


def format_note_line(note: Note) -> str:
    """Return a note as text, as it is kept."""
    return "\n".join(_lines(note, str(note.ref), ""))


def format_placed_note(placed: PlacedNote, reading: Reading) -> str:
    """Return a note as text, with what became of its place and, where its words were changed, with the new ones."""
    lines = _lines(placed.note, str(placed.ref or placed.note.ref), f" · {describe_placement(placed)}")
    for ref in placed.offered[:_MOST_OFFERED]:
        new = f": {_quoted(words_at(reading, ref))}" if placed.placement is Placement.PROPOSED else ""
        lines.append(f"  perhaps {ref}{new}")
    if len(placed.offered) > _MOST_OFFERED:
        lines.append(f"  and {count_noun(len(placed.offered) - _MOST_OFFERED, 'more place')}")
    return "\n".join(lines)


def make_note_object(note: Note) -> JsonObject:
    """Return a note as a JSON object, as it is kept."""
    return {
        "id": note.id,
        "ref": str(note.ref),
        "words": note.words,
        "text": note.text,
        "tags": list(note_tags(note.text)),
        "made": note.made,
    }


def make_placed_note_object(placed: PlacedNote, reading: Reading) -> JsonObject:
    """Return a note as a JSON object with what became of its place, where it is, and where else it may be."""

    def place(ref: Ref) -> JsonObject:
        return {"ref": str(ref), "words": words_at(reading, ref)}

    return {
        **make_note_object(placed.note),
        "headline": reading.article.headline,
        "placement": describe_placement(placed),
        "place": str(placed.ref) if placed.ref else None,
        "offered": [place(ref) for ref in placed.offered],
    }


def format_notes_markdown(articles: Iterable[tuple[Article | None, str, tuple[Note, ...]]]) -> Iterator[str]:
    """Yield notes as Markdown, under a heading for each article.

    Each article has its id; it is None where it is not at hand.
    """
    yield "# Notes\n"
    for article, id, notes in articles:
        yield f"\n## {escape_markdown(article.headline if article else id)}\n"
        facts = [article.outlet, article.published.written if article.published else ""] if article else []
        if told := " · ".join(escape_markdown(one) for one in facts if one):
            yield f"\n{told}\n"
        if article and article.url:
            yield f"\n{format_markdown_url(article.url)}\n"
        for note in notes:
            yield from _markdown(note)


def _lines(note: Note, where: str, state: str) -> list[str]:
    lines = [f"{where} · {note.made}{state}"]
    lines += [f"  {_quoted(note.words)}"] if note.words else []
    return lines + [f"  {line}".rstrip() for line in note.text.splitlines()]


def _quoted(words: str) -> str:
    first, others = split_fields(words, _SHOWN_WORDS)
    return f"“{first}”{others}"


def _markdown(note: Note) -> Iterator[str]:
    if note.words:
        yield "\n" + "".join(f"> {line}  \n" for line in _escape_lines(note.words))
    if note.text:
        yield "\n" + "".join(f"{line}  \n" if line else "\n" for line in _escape_lines(note.text))
    yield f"\n`{note.ref}` · {note.made}\n"


def _escape_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text as Markdown, without the white space around them."""
    return (escape_markdown(line.strip()) for line in text.splitlines())
