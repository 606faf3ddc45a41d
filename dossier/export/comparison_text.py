"""A comparison of two articles or two events as plain text, and as a JSON object.

In the text a sign begins each row: `~` both sides have it, and it differs; `-` only the left side has it, `+` only the
right side; `>` both have it, in another order. Within a row `[-words-]` are those of the left side alone, `{+words+}`
those of the right. What is the same is counted, and not printed again.

The JSON object has
    left, right   the addresses of what is compared
    same          whether nothing differs
    facts         headline, outlet, date and the like: of each an item
    blocks        the paragraphs and sub-headings (of articles)
    speakers      who is quoted, an item with its `quotes` (of articles)
    events        the events (of articles)
    event         the event (of events)
    evidence      the texts in which the evidence stands (of events)
An item has its name, the verdict (same, changed, moved, only left, only right), its sides left and right, and fields:
items of the same form. A side is null, or has ref, text, evidence (addresses), and spans: what differs, each with start
and end in code points of the text, the end excluded.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from dossier.core.compared import Compared, Side, Verdict
from dossier.core.comparison import Comparison, EventComparison
from dossier.core.views.comparison_rows import MARKS, ComparedRow, make_comparison_rows, name_sides
from dossier.export.json_types import JsonObject
from dossier.export.plain_text import wrap_text
from dossier.text.messages import count_noun
from dossier.text.width import fit, width
from dossier.text.word_differences import Change

_NOUNS = {"Text": "paragraph", "Quotes": "quote", "Timeline": "event", "Evidence": "paragraph"}
"""What a row of each group is; the rows of other groups are facts, and are called by their names."""


def format_comparison(comparison: Comparison, asked: tuple[str, str], cells: int) -> str:
    """Return the comparison as text in lines of at most `cells` cells; `asked` are the two sides as they were named."""
    names = name_sides(comparison)
    head = [
        "\n".join([f"{sign} {word}", *_hang("    ", name, cells)])
        for sign, word, name in zip(("---", "+++"), asked, names, strict=True)
    ]
    sections = ["\n".join(head)]
    for group, rows in groupby(make_comparison_rows(comparison), lambda row: row.group):
        sections.append("\n".join([group, *_format_group(tuple(rows), cells)]))
    return "\n\n".join(sections)


def make_comparison_object(comparison: Comparison) -> JsonObject:
    """Return the comparison as a JSON object."""
    sides = {"left": str(comparison.left.ref), "right": str(comparison.right.ref), "same": not comparison.differs}
    facts = {"facts": list(map(_make_item, comparison.facts))}
    if isinstance(comparison, EventComparison):
        evidence = list(map(_make_item, comparison.evidence))
        return {**sides, **facts, "event": _make_item(comparison.event), "evidence": evidence}
    return {
        **sides,
        **facts,
        "blocks": list(map(_make_item, comparison.blocks)),
        "speakers": [
            {**_make_item(speaker), "quotes": list(map(_make_item, quotes))} for speaker, quotes in comparison.speakers
        ],
        "events": list(map(_make_item, comparison.events)),
    }


def merge_texts(left: str, right: str, changes: Iterable[Change]) -> str:
    """Return two texts as one: what only the left one has as [-words-], what only the right one has as {+words+}."""
    made, own, other = "", 0, 0
    for change in changes:
        (start, end), (first, last) = change
        made += left[own:start]
        if start == end:
            # An empty stretch stands directly behind the word before it.
            made += right[other:first][len(right[other:first].rstrip()) :]
        made += f"[-{left[start:end]}-]" if start < end else ""
        made += f"{{+{right[first:last]}+}}" if first < last else ""
        own, other = end, last
        if not left[own : own + 1].isspace() and right[other : other + 1].isspace() and own < len(left):
            made += right[other]
    return made + left[own:]


def _make_item(compared: Compared) -> JsonObject:
    spans = [[list(span) for change in compared.changes if (span := change[at])[0] < span[1]] for at in (0, 1)]
    return {
        "name": compared.name,
        "verdict": str(compared.verdict),
        "left": _make_side(compared.left, spans[0]),
        "right": _make_side(compared.right, spans[1]),
        "fields": list(map(_make_item, compared.fields)),
    }


def _make_side(side: Side | None, spans: list[list[int]]) -> JsonObject | None:
    if side is None:
        return None
    evidence = [str(ref) for ref in side.evidence]
    return {"ref": str(side.ref), "text": side.text, "evidence": evidence, "spans": spans}


def _format_group(rows: tuple[ComparedRow, ...], cells: int) -> Iterator[str]:
    """Yield the lines of the rows below one heading; rows that are the same, and follow one another, share a line."""
    wide = max(width(_label(row)) for row in rows)
    is_shared = [row.verdict is Verdict.SAME and row.style != "group" for row in rows]
    for same, run in groupby(zip(rows, is_shared, strict=True), lambda pair: pair[1]):
        some = [row for row, _ in run]
        if same:
            yield from _hang("  ", _count_same(some), cells)
            continue
        for row in some:
            label = f"{fit(_label(row), wide)} " if wide and row.style != "group" else ""
            yield from _hang(f"{MARKS[row.verdict]} {label}", _merge(row), cells)


def _count_same(rows: list[ComparedRow]) -> str:
    """Return how many rows are the same, and where they stand in the left article."""
    labels = [row.left.label for row in rows if row.left and row.left.label]
    noun = _NOUNS.get(rows[0].group)
    if noun is None:
        return f"the same: {', '.join(labels)}"
    counted = sum(row.style == "body" for row in rows)
    if not counted:
        return "a sub-heading, the same" if len(rows) == 1 else f"{len(rows)} sub-headings, the same"
    where = "" if rows[0].group != "Text" else f" ({labels[0]}{f' to {labels[-1]}' if labels[-1] != labels[0] else ''})"
    return f"{count_noun(counted, noun)}, the same{where}"


def _label(row: ComparedRow) -> str:
    """Return where a row stands, or what it is: the labels of both sides where they are not the same."""
    if row.verdict is Verdict.SAME:
        return ""
    return " ".join(dict.fromkeys(cell.label for cell in (row.left, row.right) if cell and cell.label))


def _merge(row: ComparedRow) -> str:
    if row.left and row.right:
        return merge_texts(row.left.text, row.right.text, row.changes)
    return "".join(cell.text for cell in (row.left, row.right) if cell)


def _hang(first: str, text: str, cells: int) -> list[str]:
    """Return the text in lines, the first behind `first`, the others indented as far."""
    indent = width(first)
    lines = wrap_text(text, max(1, cells - indent)).split("\n")
    return [f"{' ' * indent if number else first}{line}".rstrip() for number, line in enumerate(lines)]
