"""Whether the server of an index answers, and how long a question to it may take.

A reader who presses a key does not wait for a server. On the thread that handles keys, questions that follow one
another have KEY_SECONDS together. Once these are used up, every question there fails at once, until a background thread
has had an answer from the server. Other threads wait longer, and fail at once only after a question of one of them has
failed.

Parts of the index may lie on further servers. While one of these cannot be reached, or the role may not read a table,
every question is still asked: those that do not need what is missing are answered.
"""

import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from dossier.library.index.errors import IndexUnreachableError, PartUnreachableError, RightMissingError

KEY_SECONDS: Final = 0.25
"""Seconds that questions which follow one another may take together on the thread that handles keys."""
OTHER_SECONDS: Final = 10.0
"""Seconds that a question may take on any other thread."""
UNREACHABLE_WORDS: Final = "the index's server does not answer: lists go on when it does"
PART_UNREACHABLE_WORDS: Final = (
    "a server with a part of the index does not answer: lists that need it go on when it does"
)
NO_RIGHT_WORDS: Final = "your role may not read all of the index: its owner can allow it"
PROBE_THREAD: Final = "the index's server"
"""The name of the threads that probe a server which did not answer."""
_LEAST_SECONDS: Final = 0.01
"""Seconds that must be left for a question to be asked on the thread that handles keys."""
_REFILL: Final = 0.5
"""Seconds that the questions on the thread that handles keys get back with each second that passes."""
_REPORT_DELAY: Final = 0.5
"""Seconds for which a server may be late before that is reported."""
_PROBE_SECONDS: Final = 2.0
"""Seconds that a server has to answer a probe. Even a busy one needs fewer."""
_PROBE_INTERVAL: Final = 1.0
"""Seconds from one probe of a server that did not answer to the next."""
_Answer = TypeVar("_Answer")
_this_thread = threading.local()


def set_key_thread(handles_keys: bool) -> None:
    """Declare whether the current thread is the one that handles keys. All other threads may wait."""
    _this_thread.handles_keys = handles_keys


def is_key_thread() -> bool:
    """Return whether the current thread is the one that handles keys."""
    return getattr(_this_thread, "handles_keys", False)


class Availability:
    """Whether one server answers. Every method may be called on any thread.

    `probe` asks the server for anything, within the number of seconds that it is given. It raises IndexUnreachableError
    if the server does not answer, and PartUnreachableError if only another server, with a part of the index, does not,
    or if a right is missing. `server` names the server in messages, without user and password.
    """

    def __init__(self, probe: Callable[[float], object], server: str) -> None:
        self._probe, self._server = probe, server
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._left, self._asked_at = KEY_SECONDS, time.monotonic()
        """The seconds left for questions on the thread that handles keys, as of when the last one of them ended."""
        self._late_since: float | None = None
        self._is_unreachable = self._is_looking = False
        self._refusal_words = ""
        """The message why there can be no connection; "" if the server does not answer, or that is all that is known.
        """
        self._unreadable_words = ""
        """The message about the part of the index that cannot be read; "" if there is none."""
        self.on_change: Callable[[], None] = lambda: None
        """Called, on any thread, when the server turns out not to answer, and when it answers again."""

    @property
    def words(self) -> str:
        """The message for the reader; "" while the server answers."""
        since = self._late_since
        is_reported = self._is_unreachable or (since is not None and time.monotonic() - since >= _REPORT_DELAY)
        return (self._refusal_words or UNREACHABLE_WORDS) if is_reported else self._unreadable_words

    @property
    def lacks_part(self) -> bool:
        """Whether a part of the index is known not to be readable."""
        return bool(self._unreadable_words)

    def ask(self, question: Callable[[float], _Answer]) -> _Answer:
        """Return the answer to a question, which is called with the most seconds that it may take.

        Raises IndexUnreachableError if the question does, or at once while the server is known not to answer.
        """
        return self._ask_for_key(question) if is_key_thread() else self._ask_patiently(question)

    def close(self) -> None:
        """Stop probing the server."""
        self._closed.set()

    def _ask_patiently(self, question: Callable[[float], _Answer]) -> _Answer:
        if self._is_unreachable:
            raise self._error()
        try:
            return question(OTHER_SECONDS)
        except IndexUnreachableError as error:
            self._look_for_server(is_unreachable=True, error=error)
            raise

    def _ask_for_key(self, question: Callable[[float], _Answer]) -> _Answer:
        if self._late_since is not None:
            raise self._error()
        begun = time.monotonic()
        self._left = min(KEY_SECONDS, self._left + (begun - self._asked_at) * _REFILL)
        try:
            if self._left < _LEAST_SECONDS:
                raise self._error()
            return question(self._left)
        except IndexUnreachableError as error:
            # This thread may only have had too little time, so the questions of other threads do not fail at once.
            self._look_for_server(is_unreachable=False, error=error)
            raise
        finally:
            self._asked_at = time.monotonic()
            self._left -= self._asked_at - begun

    def _error(self) -> IndexUnreachableError:
        return IndexUnreachableError(f"{self._server}: no answer")

    def _look_for_server(self, is_unreachable: bool, error: IndexUnreachableError) -> None:
        """Probe the server on another thread until it answers, and all parts of the index can be read."""
        is_part = isinstance(error, PartUnreachableError)
        with self._lock:
            before = self._state
            self._unreadable_words = _part_words(error) or self._unreadable_words
            self._refusal_words = _refusal_words(error) or self._refusal_words
            self._is_unreachable = self._is_unreachable or (is_unreachable and not is_part)
            is_news = self._state != before
            is_begun, self._is_looking = self._is_looking, True
            is_late = not is_part and self._late_since is None
            if is_late:
                self._late_since = time.monotonic()
        if is_news:
            self.on_change()
        if not is_begun:
            threading.Thread(target=self._wait_for_server, name=PROBE_THREAD, daemon=True).start()
        if is_late:
            late = threading.Timer(_REPORT_DELAY, self._tell_if_late)
            late.daemon = True
            late.start()

    def _tell_if_late(self) -> None:
        if self._late_since is not None and not self._is_unreachable:
            self.on_change()

    def _wait_for_server(self) -> None:
        while not self._is_back():
            if self._closed.wait(_PROBE_INTERVAL):
                return

    def _is_back(self) -> bool:
        """Probe the server, and note and return whether it answers and all parts of the index can be read."""
        try:
            self._probe(_PROBE_SECONDS)
        except PartUnreachableError as error:
            self._note(is_unreachable=False, unreadable_words=_part_words(error))
            return False
        except IndexUnreachableError as error:
            self._note(True, self._unreadable_words, _refusal_words(error))
            return False
        self._note(is_unreachable=False, unreadable_words="")
        return True

    def _note(self, is_unreachable: bool, unreadable_words: str, refusal_words: str = "") -> None:
        with self._lock:
            before, was_late = self._state, self._late_since is not None
            self._is_unreachable, self._unreadable_words = is_unreachable, unreadable_words
            self._refusal_words = refusal_words
            if not is_unreachable:
                self._late_since, self._left, self._is_looking = None, KEY_SECONDS, bool(unreadable_words)
            is_news = self._state != before or (was_late and not is_unreachable)
        if is_news:
            self.on_change()

    @property
    def _state(self) -> tuple[bool, str, str]:
        return self._is_unreachable, self._unreadable_words, self._refusal_words


def _refusal_words(error: IndexUnreachableError) -> str:
    """Return the message why there can be no connection to the server; "" if the error is about anything else."""
    if isinstance(error, PartUnreachableError):
        return ""
    if error.obstacle:
        return f"no connection to the index's server ({error.obstacle}): {error.cure}"
    if not error.refusal:
        return ""
    return f"the index's server refuses connections ({error.refusal}): {error.cure or 'lists go on when it takes one'}"


def _part_words(error: IndexUnreachableError) -> str:
    """Return the message about the part of the index that cannot be read; "" if the error is about the server."""
    if isinstance(error, RightMissingError):
        return NO_RIGHT_WORDS
    return PART_UNREACHABLE_WORDS if isinstance(error, PartUnreachableError) else ""
