"""What the screen tells of the shared index that it reads, with which its owner and the disk may do anything."""

import threading
from collections.abc import Callable
from contextlib import suppress

from dossier.library.index.errors import SharedIndexError
from dossier.library.index.location import SharedIndex
from dossier.library.index.reader import Index
from dossier.library.index.shared_file import check_shared, make_damage_error, read_published
from dossier.library.tasks import run_in_thread
from dossier.ui.state import State

_OLDER = "the shared index is older than the one before: dossier index {root} --shared, by its owner, updates it"


def open_watched(
    shared: SharedIndex, index: Index, open_state: Callable[[Callable[[], None]], State], grown: Callable[[], None]
) -> State:
    """Return the first state of the screen of a library, from `open_state`, and have it tell how the index is."""
    state = open_state(grown)
    if state.library:
        watch = SharedIndexWatch(shared, state.library.show_progress)
        index.call_when_damaged(watch.report_damage)
        index.call_when_changed(watch.report_change)
    return state


class SharedIndexWatch:
    """Tells whether what is in the place of a shared index can be read, and whether it is older than what was there.

    `show` is called, on any thread, with the message for the reader, "" where there is nothing to tell. What is open
    stays readable while the place has nothing that can be read.
    """

    def __init__(self, shared: SharedIndex, show: Callable[[str], None]) -> None:
        self._shared, self._show = shared, show
        self._lock = threading.Lock()
        self._is_damaged = False
        self._newest = 0
        self._note_publication()

    def report_damage(self) -> None:
        """Take note that what was read of the index is damaged, and have that shown."""
        self._is_damaged = True
        run_in_thread(self._look)

    def report_change(self) -> None:
        """Take note that there is another file in the place, or none. What is to be told of it is shown soon."""
        self._is_damaged = False
        # At once: by the time of the look, there may be yet another file.
        self._note_publication()
        run_in_thread(self._look)

    def _note_publication(self) -> None:
        with suppress(OSError):
            self._newest = max(self._newest, read_published(self._shared.path))

    def _look(self) -> None:
        # One look after the other: what the last one finds is shown last.
        with self._lock:
            self._show(self._describe())

    def _describe(self) -> str:
        """Return what is to be told of the file that is in the place now."""
        try:
            check_shared(self._shared)
            published = read_published(self._shared.path)
        except SharedIndexError as error:
            return error.brief
        except OSError:
            # It was removed at this moment, which is noticed, too.
            return ""
        if self._is_damaged:
            return make_damage_error(self._shared).brief
        return _OLDER.format(root=self._shared.root) if published < self._newest else ""
