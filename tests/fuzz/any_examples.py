"""How many examples the tests of this folder try: few in every run, and many when that is asked for.

DOSSIER_FUZZ=5000 python -m pytest -n auto tests/fuzz tries 5,000 examples of each, which takes an hour of two
processors.
"""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

_IN_EVERY_RUN = 25
_ASKED_FOR = os.environ.get("DOSSIER_FUZZ", "")


def examples(part: float = 1) -> Callable[[Any], Any]:
    """Return the settings of a test that takes this part of the examples.

    Those of every run are always the same, so that a fault of long ago does not fail the work of today.
    """
    number = int(_ASKED_FOR or _IN_EVERY_RUN)
    return settings(
        max_examples=max(1, round(number * part)),
        derandomize=not _ASKED_FOR,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
