"""What the user made in a library, kept under the XDG state folder in plain files that they may edit.

`searches.jsonl`, `saved.jsonl` and `decisions.jsonl` are JSON Lines: one search, saved search or decision on each line,
in the order in which they were made. A decision that contradicts an earlier one wins, and the earlier one is taken out
of the file. What cannot be written still holds while the program runs, a message says so, and it is tried again.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Final

from dossier.core.ref import Ref
from dossier.core.registry import Decisions
from dossier.library.decision_lines import add_confirmed, add_separated, read_decisions, remove_pairs
from dossier.library.decision_step import DecisionStep
from dossier.library.jsonl import StoredLine, make_stored_line
from dossier.library.kept_lines import Change, KeptLines, Lines, PendingChange
from dossier.library.state_folders import DECISIONS
from dossier.text.messages import quote_typed
from dossier.text.sanitize import sanitize_text

MOST_SEARCHES: Final = 500
"""The most searches that are remembered, the newest ones."""
_SEARCHES, _SAVED = "searches.jsonl", "saved.jsonl"
_FILES = (_SEARCHES, _SAVED, DECISIONS)


class UserData:
    """The searches and decisions that the user made in one library, as they were last read from `folder`.

    Each change is written at once, and is on the disk if there is no message. Nothing here raises for the content of a
    file, or for one that cannot be read or written: `messages` has these problems.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = {name: KeptLines(folder / name) for name in _FILES}
        self._decided: tuple[Lines, Decisions] = (), Decisions()
        self._steps: list[DecisionStep] = []
        self._handing = Lock()
        self._hands_over, self._successor = False, self
        self._handed: list[tuple[str, PendingChange]] = []
        """The changes made since `begin_handing_over`."""
        self.refresh()

    @property
    def files(self) -> tuple[KeptLines, ...]:
        """The files, with the changes that are not on the disk yet."""
        return tuple(self._kept.values())

    def begin_handing_over(self) -> None:
        """Have every change from now on made in the other files, too, that `carry_over` is called on."""
        with self._handing:
            self._hands_over, self._handed = True, []

    def carry_over(self, other: "UserData") -> None:
        """Make the changes here that `other`, which was used until now, could not write, or that were made meanwhile.

        Changes that are made there later are made here.
        """
        made = [(name, change) for name, file in other._kept.items() for change in file.pending]
        while True:
            for name, change in made:
                self._kept[name].change(change.make, change.words)
            # The disk may be slow: what is changed while this is written comes next, and nobody waits for it.
            with other._handing:
                made, other._handed = other._handed, []
                if not made:
                    other._successor = self
                    return

    def refresh(self) -> None:
        """Read the files again, with what other programs added."""
        for file in self.files:
            file.refresh()

    def look(self) -> None:
        """Read those files again that other programs have changed."""
        for file in self.files:
            file.refresh_if_changed()

    @property
    def searches(self) -> tuple[str, ...]:
        """The searches that were typed, the newest last, each once, at most MOST_SEARCHES."""
        return _searches(self._kept[_SEARCHES].lines)

    @property
    def saved(self) -> Mapping[str, str]:
        """The saved searches by name, in the order in which they were named."""
        return _saved(self._kept[_SAVED].lines)

    @property
    def decisions(self) -> Decisions:
        """The decisions of the user on entries of different articles."""
        lines, decided = self._kept[DECISIONS].lines, self._decided
        if decided[0] is not lines:
            # Another thread may set it at the same time, to those of other lines.
            decided = self._decided = lines, read_decisions(lines)
        return decided[1]

    def messages(self) -> tuple[str, ...]:
        """Return the messages for the user since the last call, and forget them.

        They are about files that were backed up, and changes that could not be written.
        """
        return tuple(message for file in self.files for message in file.messages())

    def remember(self, search: str) -> KeptLines:
        """Add a search to the file of searches as its newest line, or move it there. An empty search is ignored.

        Like the methods below, it returns the file, which tells whether the change is on the disk.
        """
        if text := _one_line(search):
            self._change(_SEARCHES, lambda lines: _remembered(lines, text), text, f"search: {text}")
        return self._kept[_SEARCHES]

    def save(self, name: str, query: str) -> KeptLines:
        """Save a search under a name, in place of the one that has it. Nothing happens if either is empty."""
        name, text = _one_line(name), _one_line(query)
        if name and text:
            words = f"saved search {quote_typed(name)}: {text}"
            self._change(_SAVED, lambda lines: _with(lines, {"name": name, "search": text}, "name"), name, words)
        return self._kept[_SAVED]

    def forget(self, name: str) -> KeptLines:
        """Remove the saved search with this name."""
        name = _one_line(name)
        words = f"saved search {quote_typed(name)}: removed"
        self._change(_SAVED, lambda lines: [line for line in lines if _text(line, "name") != name], name, words)
        return self._kept[_SAVED]

    def confirm(self, refs: Iterable[Ref], undone: str = "") -> KeptLines:
        """Decide that these entries are one person, organisation or place.

        Decisions that set some of them apart are taken back. `undone` is what `undo_decision` returns of this one.
        """
        texts = list(dict.fromkeys(str(ref) for ref in refs))
        if len(texts) > 1:
            words = f"the same: {', '.join(texts)}"
            self._decide(DecisionStep(lambda lines: add_confirmed(lines, texts), words, undone))
        return self._kept[DECISIONS]

    def separate(self, ref: Ref, from_refs: Iterable[Ref], undone: str = "") -> KeptLines:
        """Decide that the entry is another person than each of these; likewise organisations and places.

        Decisions that joined it with some of them are taken back. `undone` is what `undo_decision` returns of this one.
        """
        texts = [text for text in dict.fromkeys(str(other) for other in from_refs) if text != str(ref)]
        if texts:
            words = f"not the same: {ref} and {', '.join(texts)}"
            self._decide(DecisionStep(lambda lines: add_separated(lines, str(ref), texts), words, undone))
        return self._kept[DECISIONS]

    def take_back_apart(self, refs: Collection[str], others: Collection[str], undone: str = "") -> KeptLines:
        """Take back all decisions that set one of the first entries apart from one of the others, or the reverse.

        Both are given by their addresses. `undone` is what `undo_decision` returns when they hold again.
        """
        words = f"no longer set apart: {', '.join(sorted(refs))} and {', '.join(sorted(others))}"
        self._decide(DecisionStep(lambda lines: remove_pairs(lines, {*refs}, {*others}), words, undone))
        return self._kept[DECISIONS]

    @property
    def undoable(self) -> int:
        """The number of decisions that `undo_decision` can take back. Those that changed nothing are not counted."""
        return len(self._steps)

    def undo_decision(self) -> tuple[KeptLines, str]:
        """Take back the last of the decisions made by this object; what other programs have decided stays.

        Return the file, and the words to tell the user: the `undone` that the decision was made with, or else what the
        decision was. They are "" if there is none to take back.
        """
        if not self._steps:
            return self._kept[DECISIONS], ""
        step = self._steps.pop()
        self._change(DECISIONS, step.take_back, step.words, f"taken back: {step.words}")
        return self._kept[DECISIONS], step.undone or step.words

    def _decide(self, step: DecisionStep) -> None:
        # The disk may be slow: the decision can be taken back before it is written.
        self._steps.append(step)
        self._change(DECISIONS, step.make, step.words, step.words)
        if step.changes_nothing and step in self._steps:
            self._steps.remove(step)

    def _change(self, file: str, make: Change, name: str, words: str) -> None:
        """Change a file by `make`. `words` say what is changed, until others say it under the same `name`."""
        with self._handing:
            successor = self._successor
            if successor is self and self._hands_over:
                self._handed.append((file, PendingChange(make, {name: words})))
        successor._kept[file].change(make, {name: words})


def _one_line(text: str) -> str:
    """Return a text as it can be typed: no control characters, no line break, no space around it."""
    return sanitize_text(text).strip()


def _text(line: StoredLine, key: str) -> str:
    """Return the text of a record under `key`; "" when there is none."""
    value = line.record.get(key)
    return _one_line(value) if isinstance(value, str) else ""


def _searches(lines: Lines) -> tuple[str, ...]:
    """Return the searches in these lines, the newest last, each once."""
    newest_first = dict.fromkeys(filter(None, (_text(line, "search") for line in reversed(lines))))
    return tuple(reversed(list(newest_first)[:MOST_SEARCHES]))


def _remembered(lines: Lines, search: str) -> list[StoredLine]:
    """Return the lines with a search as the newest, without what is too old."""
    had = [line for line in lines if _text(line, "search") == search]
    others = [line for line in lines if _text(line, "search") != search]
    # A record that is moved keeps what else stands in it.
    made = [*others, make_stored_line({**(had[-1].record if had else {}), "search": search})]
    too_old = len([line for line in made if _text(line, "search")]) - MOST_SEARCHES
    return [line for line in made if not _text(line, "search") or (too_old := too_old - 1) < 0]


def _saved(lines: Lines) -> dict[str, str]:
    """Return the saved searches in these lines."""
    named = ((_text(line, "name"), _text(line, "search")) for line in lines)
    return {name: search for name, search in named if name and search}


def _with(lines: Lines, record: Mapping[str, str], key: str) -> list[StoredLine]:
    """Return the lines with a record in place of the last one that has the same text under `key`.

    What else stood in that record stays.
    """
    at = next((at for at in reversed(range(len(lines))) if _text(lines[at], key) == record[key]), len(lines))
    made = list(lines)
    made[at : at + 1] = [make_stored_line({**(lines[at].record if at < len(lines) else {}), **record})]
    return made
