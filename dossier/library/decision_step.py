"""One decision of the reader as a change of lines, which can be taken back whatever else has changed since."""

from collections import Counter

from dossier.library.jsonl import StoredLine
from dossier.library.kept_lines import Change, Lines


class DecisionStep:
    """A decision that changes the lines of a file by `make_lines`.

    `words` say what it keeps, with addresses; `undone` is what to tell the reader when it is taken back.
    """

    def __init__(self, make_lines: Change, words: str, undone: str) -> None:
        self.words, self.undone = words, undone
        self._make_lines = make_lines
        self._added = Counter[str]()
        self._removed: tuple[tuple[int, StoredLine], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether all was decided so before."""
        return not (self._added or self._removed)

    def make(self, lines: Lines) -> Lines:
        """Return the lines with the decision. What that adds and removes is what will be taken back.

        It may be called again on other lines, as when the file could not be written before.
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
