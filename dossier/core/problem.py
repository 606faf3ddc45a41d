"""Problems found in files, and the table of all their codes with their severities."""

from enum import StrEnum

from dossier.core.dataclasses import NamedTuple


class Severity(StrEnum):
    """`error`: something cannot be shown as the file means it. `warning`: something is doubtful, but shown."""

    ERROR = "error"
    WARNING = "warning"


SEVERITIES = {
    "cannot-read": Severity.ERROR,
    "not-yaml": Severity.ERROR,
    "not-json": Severity.ERROR,
    "not-utf8": Severity.ERROR,
    "not-mapping": Severity.ERROR,
    "no-headline": Severity.ERROR,
    "no-body": Severity.ERROR,
    "duplicate-key": Severity.ERROR,
    "duplicate-id": Severity.ERROR,
    "bad-id": Severity.ERROR,
    "duplicate-wikidata": Severity.ERROR,
    "duplicate-article": Severity.ERROR,
    "second-registry": Severity.ERROR,
    "registry-contradicted": Severity.ERROR,
    "unknown-reference": Severity.ERROR,
    "ambiguous-reference": Severity.ERROR,
    "bad-at": Severity.ERROR,
    "exact-not-found": Severity.ERROR,
    "bad-date": Severity.ERROR,
    "unknown-form": Severity.ERROR,
    "unknown-status": Severity.ERROR,
    "not-verbatim": Severity.ERROR,
    "wrong-shape": Severity.ERROR,
    "cut-by-comma": Severity.ERROR,
    "too-large": Severity.ERROR,
    "too-deep": Severity.ERROR,
    "too-many-aliases": Severity.ERROR,
    "too-many-entries": Severity.ERROR,
    "too-many-values": Severity.ERROR,
    "not-toml": Severity.ERROR,
    "unknown-name": Severity.ERROR,
    "wrong-value": Severity.ERROR,
    "no-key": Severity.ERROR,
    "key-bound-twice": Severity.ERROR,
    "quote-in-several-places": Severity.WARNING,
    "quote-not-at-place": Severity.WARNING,
    "no-speaker": Severity.WARNING,
    "indirect-not-in-body": Severity.WARNING,
    "alias-claimed-twice": Severity.WARNING,
    "two-spellings": Severity.WARNING,
    "decided-both-ways": Severity.WARNING,
    "named-twice": Severity.WARNING,
    "never-mentioned": Severity.WARNING,
    "event-after-publication": Severity.WARNING,
    "date-text-not-in-body": Severity.WARNING,
    "cut-by-comment": Severity.WARNING,
    "says-nothing": Severity.WARNING,
    "mixed-without-marks": Severity.WARNING,
    "only-derived-name": Severity.WARNING,
    "no-published": Severity.WARNING,
    "no-outlet": Severity.WARNING,
    "nearly-known-key": Severity.WARNING,
    "key-taken": Severity.WARNING,
    "prose-as-key": Severity.WARNING,
    "cut-short": Severity.WARNING,
}
"""Every code that a problem can have, and its severity."""


class Fix(NamedTuple):
    """A change of the file that mends a problem without changing what the article says: a range and its new text.

    Lines and columns count from 1, columns in code points; the end is excluded.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Problem(NamedTuple):
    """One finding in a file.

    `line` and `column` count from 1, columns in code points. `code` is a key of SEVERITIES. `fix` is None unless the
    cure is mechanical.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        """The severity of problems with this code."""
        return SEVERITIES[self.code]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message} [{self.code}]"
