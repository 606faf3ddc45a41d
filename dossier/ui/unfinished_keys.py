"""What the reading room keeps between two keys that may belong together, such as the count before a command.

A digit that chose a pane may turn out to begin a count: then the state from before it is needed again.
"""

from collections.abc import Callable, Container, Mapping

from dossier.core.dataclasses import NamedTuple
from dossier.ui.keystrokes import LAPSE_SECONDS, NOTHING, Keystroke, Pending, press_key, rest
from dossier.ui.state import State


class UnfinishedKeys(NamedTuple):
    """The keys typed of something that is not complete.

    `since` is the time of the last key, in seconds of some clock. `before_digit` is the state before the digit that
    chose a pane; None when the last key was no such digit. `counted` tells that such a digit became a count, as long as
    only commands that take one have followed.
    """

    pending: Pending = NOTHING
    since: float = 0.0
    before_digit: State | None = None
    counted: str = ""

    @property
    def may_rest(self) -> bool:
        """Whether a rest of the reader changes what the next key means."""
        return self.pending != NOTHING

    def press(
        self,
        state: State,
        key: str,
        character: str,
        at: float,
        commands: Mapping[str, str],
        counted_commands: Container[str],
    ) -> tuple["UnfinishedKeys", State, Keystroke]:
        """Return what is kept after a key at the time `at`, the state to run its command in, and what the key means.

        The other arguments are those of `keystrokes.press_key`.
        """
        pending = rest(self.pending, at - self.since)
        stroke = press_key(pending, key, character, commands, counted_commands)
        if stroke.takes_back and self.before_digit:
            state = self.before_digit
        counted = stroke.counted or (self.counted if at - self.since < LAPSE_SECONDS and not stroke.times else "")
        keeps = stroke.command in counted_commands and not stroke.command.startswith("pane-")
        kept = UnfinishedKeys(stroke.pending, at, state if stroke.pending.is_pane else None, counted if keeps else "")
        return kept, state, stroke._replace(counted=counted)

    def rest(self, since: float) -> "UnfinishedKeys":
        """Return what is kept after a rest that began at the time `since`; unchanged if a key followed that one."""
        if since != self.since or not self.may_rest:
            return self
        return UnfinishedKeys(since=self.since)

    def with_states(self, turn: Callable[[State], State]) -> "UnfinishedKeys":
        """Return this with `turn` applied to the state before the digit."""
        return self._replace(before_digit=turn(self.before_digit)) if self.before_digit else self
