"""The type of JSON objects.

Every command that prints JSON loads this module, so it imports nothing else of the program.
"""

from typing import Any

JsonObject = dict[str, Any]
"""The fields of a JSON object by their names."""
