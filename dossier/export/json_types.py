"""The type of what programs are given: it stands by itself, since every command that prints JSON loads it."""

from typing import Any

Object = dict[str, Any]
"""The fields of one object, by their names."""
