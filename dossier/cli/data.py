"""How a command prints for programs."""

import json

from dossier.cli.output import prints_only_ascii
from dossier.export.json_types import Object


def print_json(value: Object | list[Object]) -> None:
    """Print for programs; where the output cannot encode every text, as escapes."""
    print(json.dumps(value, ensure_ascii=prints_only_ascii(), indent=2))
