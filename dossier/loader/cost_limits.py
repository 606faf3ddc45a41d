"""What one file may cost: limits on work and on what is kept, far above what an ordinary article needs.

The size of a file says little about its cost: every quote can stand in a thousand places, and every name can be
compared with every other. Work is counted in steps, which take less than a microsecond each; a file that uses up its
steps is read on without the work that they stand for, and one finding says so. Counting steps, not time, gives the same
findings on every machine.
"""

from collections import Counter

from dossier.core.problem import Problem

CUT_SHORT = "cut-short"
"""The code of the findings that say what was left out because it would cost too much."""
MOST_VALUES = 400_000
"""Keys and values of one file that are read: the longest lists of entries that are read have fewer."""
MOST_OF_A_CODE = 1_000
"""Problems with one code that are listed for one file."""
MOST_PLACES = 100_000
"""Places in the text that are kept for the evidence of all entries of one article."""
SEARCH_STEPS = 5_000_000
"""Steps of looking for the words of quotes and events in the article."""
COMPARE_STEPS = 5_000_000
"""Steps of comparing unknown names with the known ones; two names take as many as the product of their lengths."""
MOST_MISSPELT = 50_000
"""Unknown keys of one file that are compared with the known ones."""
LONGEST_PARAGRAPH, LONGEST_TEXT = 20_000, 50_000
"""Code points of a paragraph, and of the text of a field: an entry is laid out whole, even if few lines are shown."""
MOST_COMPARED_TEXT, MOST_COMPARED_WORDS = 1_000_000, 50_000
"""Code points and words of an article in which the words nearest to those of a quote are looked for."""
_LONGEST_MESSAGE = 2_000
_KEPT_AT_END = 500


class StepBudget:
    """A number of steps that can be spent."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    @property
    def is_spent(self) -> bool:
        """Whether all steps are spent."""
        return self.left <= 0

    def spend(self, steps: int) -> None:
        """Spend steps, even if fewer are left."""
        self.left -= steps


class FoundProblems:
    """The problems found in one file, each once, in the order found; of those with one code the first thousand."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._counts: Counter[str] = Counter()
        self._first_omitted: dict[str, Problem] = {}

    def add(self, problem: Problem) -> None:
        """Add a problem, or count it if there are as many with its code as are listed."""
        number = self._counts[problem.code]
        if number >= MOST_OF_A_CODE:
            self._first_omitted.setdefault(problem.code, problem)
            self._counts[problem.code] += 1
        elif problem not in self._found:
            self._found[problem] = None
            self._counts[problem.code] += 1

    def has(self, message: str) -> bool:
        """Return whether there is a problem with this message."""
        return any(found.message == message for found in self._found)

    def forget(self, codes: tuple[str, ...]) -> None:
        """Take back the problems with these codes."""
        self._found = dict.fromkeys(found for found in self._found if found.code not in codes)
        for code in codes:
            del self._counts[code]
            self._first_omitted.pop(code, None)

    def list_all(self) -> tuple[Problem, ...]:
        """Return the problems and, for each code of which some are not listed, how many these are."""
        omitted = [
            one._replace(
                message=f"and {self._counts[code] - MOST_OF_A_CODE:,} more of this code, from here on", fix=None
            )
            for code, one in self._first_omitted.items()
        ]
        return (*self._found, *omitted)


def describe_too_many_values() -> str:
    """Return the message that a file has more values than are read."""
    return f"more than {MOST_VALUES:,} keys and values: only those before this one are read; split the file"


def describe_long_text() -> str:
    """Return the message that only the beginning of a text is read."""
    return f"a text of more than {LONGEST_TEXT:,} characters: only these are read; shorten it"


def describe_long_paragraph() -> str:
    """Return the message that a paragraph is read as several."""
    words = f"a paragraph of more than {LONGEST_PARAGRAPH:,} characters is read as several"
    return f"{words}; put blank lines between the paragraphs"


def shorten_message(message: str) -> str:
    """Return a message that quotes a very long text with the middle left out; its cure is at the end."""
    if len(message) <= _LONGEST_MESSAGE:
        return message
    return f"{message[: _LONGEST_MESSAGE - _KEPT_AT_END]} … {message[-_KEPT_AT_END:]}"
