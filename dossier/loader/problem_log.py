"""The problems of one file as they are found, and the words that say nothing.

A problem never stops the reading, so that a checker reports all of them.
"""

from dossier.core.problem import Fix, Problem
from dossier.loader.cost_limits import CUT_SHORT, MOST_MISSPELT, FoundProblems, StepBudget, shorten_message
from dossier.loader.limits import Limits
from dossier.loader.yaml_nodes import MappingNode, ScalarNode, SequenceNode, YamlNode
from dossier.text.late_patterns import compile_late
from dossier.text.sanitize import sanitize_text

_SHAPES = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "a mapping"}
# How to write a text that was read as another shape because of its punctuation.
_TEXT_CURES = {
    SequenceNode: "put text that begins with [ or a hyphen in quotes",
    MappingNode: "put text that has a colon followed by a space in quotes",
}
# A key and its value with no blank between them; an address of the web is something else.
_NO_BLANK = compile_late(r"[\w-]+:(?!//)[^\s\d]")
# What people, programs and language models write where they know nothing; case does not count.
_EMPTY_WORDS = frozenset(
    (
        *("none", "n/a", "n.a.", "#n/a", "nan", "unknown", "undefined", "unspecified"),
        *("-", "--", "\u2013", "\u2014", "?", "unbekannt", "inconnu", "desconocido", "sconosciuto"),
        *(f"not {word}" for word in ("available", "applicable", "given", "known", "mentioned", "provided")),
        *("not specified", "not stated"),
    )
)
_LONGEST_EMPTY = max(map(len, _EMPTY_WORDS))


class ProblemLog:
    """The problems of one file, each once."""

    def __init__(self, path: str, found: tuple[Problem, ...], limits: Limits) -> None:
        self.limits = limits
        self.spelling = StepBudget(MOST_MISSPELT)
        self._path = path
        self._found = FoundProblems()
        self._cut_short: set[str] = set()
        for problem in found:
            self._found.add(problem)

    def report(self, code: str, where: YamlNode, message: str, fix: Fix | None = None) -> None:
        """Add a problem of this file, at the node `where`; `code` names its kind, such as "bad-date"."""
        shown = sanitize_text(shorten_message(message))
        self._found.add(Problem(self._path, where.line, where.column, code, shown, fix))

    def report_cut_short(self, where: YamlNode, message: str) -> None:
        """Report, the first time that it happens, that something is left out from here on because it costs too much."""
        if message not in self._cut_short:
            self._cut_short.add(message)
            self.report(CUT_SHORT, where, message)

    def report_shape(self, where: YamlNode, name: str, wanted: str, cure: str = "") -> None:
        """Report that `name` has another shape than `wanted`, and the cure if there is a usual one."""
        message = f"{name}: expected {wanted}, found {_SHAPES[type(where)]}"
        cure = cure or (_TEXT_CURES.get(type(where), "") if wanted == "text" else "")
        if isinstance(where, ScalarNode) and not where.style and _NO_BLANK().match(where.text):
            cure = "put a space after the colon"
        self.report("wrong-shape", where, f"{message}; {cure}" if cure else message)

    def has(self, message: str) -> bool:
        """Return whether there is a problem with this message."""
        return self._found.has(message)

    def forget(self, codes: tuple[str, ...]) -> None:
        """Take back the problems with these codes, because they follow from another."""
        self._found.forget(codes)

    def check_meaning(self, where: YamlNode, name: str, text: str) -> bool:
        """Report a text that says nothing, such as N/A, and return whether it does say something."""
        if not says_nothing(text):
            return True
        message = f"{name}: {text!r} says nothing: remove {name}: if there is no value"
        self.report("says-nothing", where, message)
        return False

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Return all problems, sorted by their position in the file."""
        # Two that differ in nothing but the fix cannot be compared with each other.
        return tuple(sorted(self._found.list_all(), key=lambda problem: problem[:5]))


def says_nothing(text: str) -> bool:
    """Return whether a text only says that nothing is known: None, N/A, unknown and the like."""
    return len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY_WORDS
