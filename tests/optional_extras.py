"""Marks of tests that need an optional extra of the package: they are skipped, with the reason, where it is missing."""

import os
from importlib.util import find_spec

import pytest

needs_rapidfuzz = pytest.mark.skipif(
    find_spec("rapidfuzz") is None and "notes" not in os.environ.get("DOSSIER_NEEDS", "").split(),
    reason="rapidfuzz is not installed: pip install -e '.[notes]' installs it",
)
