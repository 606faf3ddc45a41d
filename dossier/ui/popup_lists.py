"""The entries of popups: places to choose from, cards, problems, the evidence that two articles mean one person."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import chain

from dossier.core.dataclasses import replace
from dossier.core.entry import Entry, Part
from dossier.core.ref import Anchor, Ref
from dossier.core.views.card import make_card
from dossier.core.views.labels import entries_of_problems, format_place, problem_line
from dossier.library.article_rows import format_index_date
from dossier.library.person_evidence import APART_REASON, PersonEvidence
from dossier.ui.linked_strip import linked_entries
from dossier.ui.popup import SET_APART, Popup, renew_popup
from dossier.ui.render.entry_style import NAMED_KINDS
from dossier.ui.state import State, thing_at_cursor

_KINDS = {"org": "organisation", "term": "glossary"}


def choice_rows(state: State, targets: Iterable[Ref]) -> tuple[Entry, ...]:
    """Return a row for each target: the entry as its pane shows it, or the words of the text that it spans."""
    rows = []
    for number, target in enumerate(targets):
        entry = state.entry_of(target)
        if entry and (target.span or entry.paragraph_number):
            rows.append(row_to(number, format_place(target), _around(entry.text, target), target))
        elif entry:
            rows.append(entry)
    return tuple(rows)


def _around(text: str, target: Ref) -> str:
    """Return the words that `target` spans, with some whole words on either side; without a span, the whole text."""
    start, end = target.span or (0, len(text))
    first = text.rfind(" ", 0, max(0, start - 20)) + 1 if start > 20 else 0
    last = text.find(" ", end + 40)
    shown = " ".join(text[first : last if last >= 0 else len(text)].split())
    return f"{'… ' if first else ''}{shown}{' …' if last >= 0 else ''}"


def card_rows(state: State) -> tuple[Entry, ...]:
    """Return the card of what the cursor is on, and below it what else is linked to that.

    If the cursor may be on any of several things, these are the cards of all.
    """
    rows: list[Entry] = []
    for ref in state.meant:
        entry = state.entry_of(ref)
        named = f"{entry.parts[0].text} ({_KINDS.get(ref.kind, ref.kind)})" if entry and len(state.meant) > 1 else ""
        rows += [replace(row, group=named) for row in _card(state, ref)]
        rows += [
            row_to(len(rows), "problem", problem_line(problem), ref)
            for problem in state.reading.problems_by_entry.get(ref, ())
        ]
    told = {target.entry for row in rows for target in destinations_of(row)} | {ref.entry for ref in state.meant}
    return (*rows, *(replace(row, group="Linked") for row in choice_rows(state, _linked_beside(state, told))))


def _linked_beside(state: State, told: Set[Ref]) -> list[Ref]:
    """Return what is linked to what the cursor is on and is not in `told`, not even as the same person elsewhere."""
    find_person = state.library.persons.find if state.library else lambda _: None
    persons = {find_person(ref) for ref in told if ref.kind in NAMED_KINDS} - {None}
    linked = [entry.ref for entry in linked_entries(state) if entry.ref not in told]
    return [ref for ref in linked if ref.kind not in NAMED_KINDS or find_person(ref) not in persons]


def _card(state: State, ref: Ref) -> tuple[Entry, ...]:
    """Return the card of `ref`, which may be in another article of the library."""
    if state.library is None or (ref.kind and ref.article == state.reading.article.ref.article):
        return make_card(state.reading.article, state.reading.links, ref)
    reading = state.library.readings.reading(ref.article) if ref.article else None
    if reading is None:
        return ()
    if not ref.kind:
        # The facts about an article as a whole are the last entries of its text.
        return tuple(replace(row, group="") for row in reading.entries["article"] if row.ref.kind == "about")
    return make_card(reading.article, reading.links, ref)


def problem_rows(state: State) -> tuple[Entry, ...]:
    """Return a row for each problem that the checker found, with its line and the entry that it belongs to."""
    places = entries_of_problems(chain.from_iterable(state.reading.entries.values()), state.reading.problems)
    return tuple(
        replace(row_to(number, f"{problem.line}:{problem.column}", problem_line(problem), place), line=problem.line)
        for number, (problem, place) in enumerate(zip(state.reading.problems, places, strict=True))
    )


def problems_title(rows: Sequence[Entry]) -> str:
    """Return the title above rows of problems."""
    return f"Problems {len(rows)}"


def renew_problems(popup: Popup, rows: Sequence[Entry]) -> Popup:
    """Return the list of problems with the rows that a changed file has, and the cursor on the same problem.

    Where that one is mended, the cursor is on the next that is still there.
    """
    before, after = _number_alike(popup.entries), _number_alike(rows)
    chosen = popup.chosen
    at = popup.entries.index(chosen) if chosen else 0
    here = next((after.index(one) for one in before[at:] if one in after), len(rows) - 1)
    return renew_popup(popup, problems_title(rows), rows, here)


def _number_alike(rows: Iterable[Entry]) -> list[tuple[str, int]]:
    """Return the problem of each row, and how many of the rows before it tell the same."""
    seen: Counter[str] = Counter()
    numbered = []
    for row in rows:
        told = row.parts[1].text
        numbered.append((told, seen[told]))
        seen[told] += 1
    return numbered


def destinations_of(row: Entry) -> tuple[Ref, ...]:
    """Return where a row of a popup leads: a row of an article to itself, any other to all its links."""
    if row.ref.article:
        return (row.ref,)
    return tuple(dict.fromkeys(target for anchor in row.anchors for target in anchor.targets))


def row_to(number: int, label: str, text: str, target: Ref) -> Entry:
    """Return a row with a label and a text that leads to `target`.

    The row's own address, which is in no article, is made from `number`.
    """
    start = len(label) + 1
    anchors = (Anchor(start, start + len(text), (target,)),)
    return Entry(
        Ref("", "about", str(number)), (Part("label", label), Part("text", text, (target,))), 0, anchors=anchors
    )


_SEPARATOR = " — "
SHOWN = 40
"""The most articles shown; they are the newest."""


def evidence_rows(state: State) -> tuple[Entry, ...]:
    """Return a row for each article with the person that the cursor is on: name, role, outlet and a statement.

    Below them is one of each person whom the user set apart from this one. Empty when there are not two rows.
    """
    meant = thing_at_cursor(state)
    if state.library is None or meant is None:
        return ()
    rows = []
    evidence = _without_apart(state.library.evidence_of_person(meant, SHOWN), state.library.memory.decisions.apart)
    for number, one in enumerate((*evidence, *state.library.set_apart_from_person(meant, SHOWN))):
        named = " · ".join(
            part.text for part in one.entry.parts if part.name in ("name", "native", "role", "org", "note")
        )
        where = ", ".join(filter(None, (one.outlet, format_index_date(one.published))))
        told = [named, where, one.sample_quote, f"({one.join_reason})"]
        row = row_to(number, one.entry.ref.article, _SEPARATOR.join(filter(None, told)), one.entry.ref)
        rows.append(replace(row, group=SET_APART if number >= len(evidence) else ""))
    return tuple(rows) if len(rows) > 1 else ()


def _without_apart(evidence: Sequence[PersonEvidence], apart: Iterable[tuple[Ref, Ref]]) -> list[PersonEvidence]:
    """Return the evidence without those who were set apart from others of it a moment ago, until the index knows it."""
    shown = {one.entry.ref for one in evidence}
    left = {first for first, second in apart if first in shown and second in shown}
    return [one for one in evidence if one.entry.ref not in left]


def set_rows_apart(rows: Sequence[Entry], apart: Set[Ref], joined: Set[Ref]) -> tuple[Entry, ...]:
    """Return rows of evidence with those of `apart` below as set apart, and those of `joined` no longer there."""
    moved = [_regroup(row, {*destinations_of(row)}, apart, joined) for row in rows]
    return tuple(sorted(moved, key=lambda row: (row.group == SET_APART, int(row.ref.id))))


def _regroup(row: Entry, refs: Set[Ref], apart: Set[Ref], joined: Set[Ref]) -> Entry:
    if not refs & (apart | joined):
        return row
    is_apart = bool(refs & apart)
    told = row.parts[1].text.rpartition(_SEPARATOR)[0]
    text = f"{told}{_SEPARATOR}({APART_REASON if is_apart else 'no longer set apart'})"
    made = row_to(int(row.ref.id), row.parts[0].text, text, destinations_of(row)[0])
    return replace(made, group=SET_APART if is_apart else "")


def evidence_title(rows: Sequence[Entry]) -> str:
    """Return the title above rows of evidence. It says that there may be more where these are the most that are shown.

    A decision then holds for these alone.
    """
    newest = f" · the newest {SHOWN}" if sum(row.group != SET_APART for row in rows) >= SHOWN else ""
    return f"Same or different?{newest}"
