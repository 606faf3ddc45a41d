"""What the user made in a library, kept under the XDG state folder in plain files that they may edit.

`searches.jsonl`, `saved.jsonl` and `decisions.jsonl` are JSON Lines: one search, saved search or decision on each line,
in the order in which they were made. A decision that contradicts an earlier one wins, and the earlier one is taken out
of the file. What cannot be written still holds while the program runs, a message says so, and it is tried again.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from dossier.core.ref import Ref, RefError, parse_ref
from dossier.core.registry import Decisions
from dossier.library.jsonl import StoredLine, make_stored_line
from dossier.library.kept_lines import Change, KeptLines, Lines
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
        self.refresh()

    @property
    def files(self) -> tuple[KeptLines, ...]:
        """The files, with the changes that are not on the disk yet."""
        return tuple(self._kept.values())

    def carry_over(self, other: "UserData") -> None:
        """Make the changes here that `other`, which was used until now, could not write."""
        for name, file in self._kept.items():
            for change in other._kept[name].pending:
                file.change(change.make, change.words)

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
        lines = self._kept[DECISIONS].lines
        if self._decided[0] is not lines:
            self._decided = lines, _decisions(lines)
        return self._decided[1]

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

    def confirm(self, refs: Iterable[Ref]) -> KeptLines:
        """Decide that these entries are one person, organisation or place.

        Decisions that set some of them apart are taken back.
        """
        texts = list(dict.fromkeys(str(ref) for ref in refs))
        if len(texts) > 1:
            words = f"the same: {', '.join(texts)}"
            self._change(DECISIONS, lambda lines: _confirmed(lines, texts), words, words)
        return self._kept[DECISIONS]

    def separate(self, ref: Ref, from_refs: Iterable[Ref]) -> KeptLines:
        """Decide that the entry is another person than each of these; likewise organisations and places.

        Decisions that joined it with some of them are taken back.
        """
        texts = [text for text in dict.fromkeys(str(other) for other in from_refs) if text != str(ref)]
        if texts:
            words = f"not the same: {ref} and {', '.join(texts)}"
            self._change(DECISIONS, lambda lines: _separated(lines, str(ref), texts), words, words)
        return self._kept[DECISIONS]

    def take_back_apart(self, refs: Collection[str], others: Collection[str]) -> KeptLines:
        """Take back all decisions that set one of the first entries apart from one of the others, or the reverse.

        Both are given by their addresses.
        """
        words = f"no longer set apart: {', '.join(sorted(refs))} and {', '.join(sorted(others))}"
        self._change(DECISIONS, lambda lines: _without_pairs(lines, {*refs}, {*others}), words, words)
        return self._kept[DECISIONS]

    def _change(self, file: str, make: Change, name: str, words: str) -> None:
        """Change a file by `make`. `words` say what that keeps, under a name for it."""
        self._kept[file].change(make, {name: words})


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


def _refs(value: Any) -> tuple[Ref, ...]:
    """Return the addresses in a list; none when one of them is no address."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        return ()
    try:
        return tuple(map(parse_ref, value))
    except RefError:
        return ()


def _same(line: StoredLine) -> tuple[str, ...]:
    """Return the addresses that a line joins, each in its usual form; none for other lines."""
    return tuple(map(str, _refs(line.record.get("same"))))


def _apart(line: StoredLine) -> tuple[str, tuple[str, ...]]:
    """Return the address that a line sets apart, and from which others, each in its usual form; "" for other lines."""
    pairs = _pairs(line)
    return str(pairs[0][0]) if pairs else "", tuple(str(other) for _, other in pairs)


def _pairs(line: StoredLine) -> list[tuple[Ref, Ref]]:
    """Return the address that a line sets apart with each of those that it sets it apart from; none for other lines."""
    first = _refs([line.record.get("apart")])
    return [(first[0], other) for other in _refs(line.record.get("from"))] if first else []


def _decisions(lines: Lines) -> Decisions:
    """Return the decisions in these lines."""
    same = tuple(refs for line in lines if len(refs := _refs(line.record.get("same"))) > 1)
    return Decisions(same, tuple(chain.from_iterable(map(_pairs, lines))))


def _joined(lines: Iterable[StoredLine], ref: str) -> set[str]:
    """Return all addresses that are the same as `ref`, by however many decisions."""
    groups = [set(refs) for line in lines if (refs := _same(line))]
    found = {ref}
    while met := [group for group in groups if group & found]:
        groups = [group for group in groups if not group & found]
        found.update(*met)
    return found


def _confirmed(lines: Lines, refs: list[str]) -> list[StoredLine]:
    """Return the lines with a decision that these addresses are the same."""
    made = list(lines)
    if not any({*refs} <= {*_same(line)} for line in lines):
        made.append(make_stored_line({"same": refs}))
    group = _joined(made, refs[0])
    return [one for line in made if (one := _without_apart(line, group))]


def _without_apart(line: StoredLine, group: set[str]) -> StoredLine | None:
    """Return the line without what sets one of the group apart from another; None when nothing else stood there."""
    first, others = _apart(line)
    if first not in group or group.isdisjoint(others):
        return line
    rest = [other for other in others if other not in group]
    return make_stored_line({**line.record, "from": rest}) if rest else None


def _without_pairs(lines: Lines, refs: set[str], others: set[str]) -> list[StoredLine]:
    """Return the lines without what sets one of `refs` apart from one of `others`, or the reverse."""
    made = list[StoredLine]()
    for line in lines:
        first, known = _apart(line)
        taken = (others if first in refs else set[str]()) | (refs if first in others else set[str]())
        rest = [other for other in known if other not in taken]
        if len(rest) == len(known):
            made.append(line)
        elif rest:
            made.append(make_stored_line({**line.record, "from": rest}))
    return made


def _separated(lines: Lines, ref: str, others: list[str]) -> list[StoredLine]:
    """Return the lines with a decision that `ref` is another than each of the others."""
    made = [one for line in lines if (one := _without_same(line, ref, {*others}))]
    if not _joined(made, ref).isdisjoint(others):
        # A third entry joins the two, and nothing says to which of them it belongs.
        made = [one for line in made if (one := _without_same(line, ref, {*_same(line)}))]
    known = {pair for first, found in map(_apart, made) for other in found for pair in ((first, other), (other, first))}
    new = [other for other in others if (ref, other) not in known]
    return [*made, make_stored_line({"apart": ref, "from": new})] if new else made


def _without_same(line: StoredLine, ref: str, others: set[str]) -> StoredLine | None:
    """Return the line without what joins `ref` with the others; None when nothing else is joined there."""
    refs = _same(line)
    if ref not in refs or others.isdisjoint({*refs} - {ref}):
        return line
    rest = [one for one in refs if one != ref]
    return make_stored_line({**line.record, "same": rest}) if len(rest) > 1 else None
