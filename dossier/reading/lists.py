"""What a sheet lists (places to choose from, findings) is made of entries too, each with the place it opens."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from dossier.cards import card
from dossier.entries.entry import Entry, Part
from dossier.entries.panes import PANES
from dossier.entries.wording import place_words
from dossier.links import Anchor
from dossier.problem import Severity
from dossier.reading.room import Room
from dossier.ref import Ref

_KINDS = {"org": "organisation", "term": "glossary"}


def choices(room: Room, targets: Iterable[Ref]) -> tuple[Entry, ...]:
    """A row for each place offered: the entry as its own pane shows it, or the words of the text that it spans."""
    rows = []
    for number, target in enumerate(targets):
        entry = room.entry_of(target)
        if entry and (target.span or entry.number):
            words = entry.text[max(0, target.span[0] - 20) : target.span[1] + 40] if target.span else entry.text
            rows.append(leading_to(number, place_words(target), " ".join(words.split()), target))
        elif entry:
            rows.append(entry)
    return tuple(rows)


def cards(room: Room) -> tuple[Entry, ...]:
    """The card of what the cursor is on; of each, when it may mean several."""
    rows = []
    for ref in room.meant:
        entry = room.entry_of(ref)
        named = f"{entry.parts[0].text} ({_KINDS.get(ref.kind, ref.kind)})" if entry and len(room.meant) > 1 else ""
        rows += [replace(row, group=named) for row in card(room.article, room.links, ref)]
    return tuple(rows)


def findings(room: Room) -> tuple[Entry, ...]:
    """What the checker found, a row each, with the entry whose line it speaks of."""
    # An unnamed source has the line of its first quote, and the finding is of the quote.
    entries = [entry for name in PANES for entry in room.entries[name] if entry.line]
    entries.sort(key=lambda entry: (entry.line, entry.ref.kind != "source"))
    lines = [entry.line for entry in entries]
    rows = []
    for number, problem in enumerate(room.problems):
        mark = "✗" if problem.severity == Severity.ERROR else "!"
        at = entries[max(0, bisect_right(lines, problem.line) - 1)].ref
        label = f"{problem.line}:{problem.column}"
        rows.append(leading_to(number, label, f"{mark} {problem.message} [{problem.code}]", at))
    return tuple(rows)


def destinations_of(row: Entry) -> tuple[Ref, ...]:
    """Where a row of a sheet leads: a row made for it to all that it links to, any other to itself."""
    if row.ref.article:
        return (row.ref,)
    return tuple(dict.fromkeys(target for anchor in row.anchors for target in anchor.targets))


def leading_to(number: int, label: str, text: str, target: Ref) -> Entry:
    """A row with a label that leads to `target`; its own address is none that an article has."""
    start = len(label) + 1
    anchors = (Anchor(start, start + len(text), (target,)),)
    return Entry(
        Ref("", "about", str(number)), (Part("label", label), Part("text", text, (target,))), 0, anchors=anchors
    )
