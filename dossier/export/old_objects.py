"""What programs are given: objects of JSON."""

from typing import Any

Object = dict[str, Any]
"""The fields of one object, by their names."""
