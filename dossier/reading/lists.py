"""What a sheet lists (places to choose from, findings) is made of entries too, each with the place it opens."""

from collections.abc import Iterable

from dossier.cards import card
from dossier.entries import PANES, Entry, Part, place_words
from dossier.links import Anchor
from dossier.reading.room import Room
from dossier.ref import Ref


def choices(room: Room, targets: Iterable[Ref]) -> tuple[Entry, ...]:
    """A row for each place offered: the entry as its own pane shows it, or the words of the text that it spans."""
    rows = []
    for number, target in enumerate(targets):
        entry = room.entry_of(target)
        if entry and (target.span or entry.number):
            words = entry.text[max(0, target.span[0] - 20) : target.span[1] + 40] if target.span else entry.text
            rows.append(leading_to(room, number, place_words(target), " ".join(words.split()), target))
        elif entry:
            rows.append(entry)
    return tuple(rows)


def cards(room: Room) -> tuple[Entry, ...]:
    """The card of what the cursor is on; of each, when it may mean several."""
    return tuple(row for ref in room.meant for row in card(room.article, room.links, ref))


def findings(room: Room) -> tuple[Entry, ...]:
    """What the checker found, a row each, with the entry whose line it speaks of."""
    rows = []
    for number, problem in enumerate(room.problems):
        label = f"{problem.line}:{problem.column}"
        mark = "✗" if problem.severity == "error" else "!"
        rows.append(
            leading_to(room, number, label, f"{mark} {problem.message} [{problem.code}]", _at(room, problem.line))
        )
    return tuple(rows)


def destination(entry: Entry) -> Ref:
    """Where a row of a sheet leads: to its link, or to the entry itself."""
    return entry.anchors[0].targets[0] if entry.ref.kind == "about" and entry.anchors else entry.ref


def leading_to(room: Room, number: int, label: str, text: str, target: Ref) -> Entry:
    """A row with a label that leads to `target`."""
    start = len(label) + 1
    anchors = (Anchor(start, start + len(text), (target,)),)
    ref = Ref(room.article.ref.article, "about", str(number))
    return Entry(ref, (Part("label", label), Part("text", text, (target,))), 0, anchors=anchors)


def _at(room: Room, line: int) -> Ref:
    entries = [entry for name in PANES for entry in room.entries[name] if entry.line]
    before = [entry for entry in entries if entry.line <= line] or entries[:1]
    # An unnamed source has the line of its first quote, and the finding is of the quote.
    return max(before, key=lambda entry: (entry.line, entry.ref.kind != "source")).ref
