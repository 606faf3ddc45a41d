"""One decision of the user as a change of lines, which can be taken back whatever else has changed since."""

from collections import Counter

from dossier.library.jsonl import StoredLine
from dossier.library.kept_lines import Change, Lines


class DecisionStep:
    """A decision that changes the lines of a file by `make_lines`.

    `words` say what was decided, by addresses; `undone` is what to tell the user when it is taken back, "" for `words`.
    """

    def __init__(self, make_lines: Change, words: str, undone: str) -> None:
        self.words, self.undone = words, undone
        self._make_lines = make_lines
        self._added = Counter[str]()
        self._removed: tuple[tuple[int, StoredLine], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether the lines, when the decision was made, had it already."""
        return not (self._added or self._removed)

    def make(self, lines: Lines) -> Lines:
        """Return the lines with the decision, and note which lines that adds and removes, for `take_back`.

        If the file could not be written, it is called again, perhaps with other lines.
        """
        made = tuple(self._make_lines(lines))
        left = Counter(line.text for line in made)
        self._added = left - Counter(line.text for line in lines)
        removed = []
        for at, line in enumerate(lines):
            if left[line.text]:
                left[line.text] -= 1
            else:
                removed.append((at, line))
        self._removed = tuple(removed)
        return made

    def take_back(self, lines: Lines) -> list[StoredLine]:
        """Return the lines without those that the decision added, and with those that it removed in their places."""
        left, made = self._added.copy(), list[StoredLine]()
        for line in reversed(lines):
            if left[line.text]:
                left[line.text] -= 1
            else:
                made.append(line)
        made.reverse()
        for at, line in self._removed:
            made.insert(at, line)
        return made
