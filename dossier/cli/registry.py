"""`dossier registry`: what the reader decided of who is the same is printed, so that others can have it."""

from pathlib import Path

from dossier.cli.arguments import CommandError, Registry
from dossier.cli.index_update import index_of, known_of
from dossier.cli.output import tell
from dossier.core.identity import Decisions
from dossier.core.registry import Spelling
from dossier.export.registry_yaml import registry_yaml
from dossier.library.index.reader import Index


def registry(asked: Registry, root: Path) -> int:
    """Print the reader's decisions as a registry, and return the exit status: 1 when nothing was decided, else 0.

    Raises CommandError when there is no library at `root`.
    """
    if not root.is_dir():
        raise CommandError(f"{root} is no folder: decisions are kept of a folder of articles")
    known = known_of(root, asked.limits)
    if not known.decisions.refs:
        tell("nothing was decided in this library: = on a person of several articles shows what there is to decide")
        return 1
    index = index_of(root, asked.limits)
    print(registry_yaml(_bearers(index, known.decisions), known.registry, known.decisions), end="")
    return 0


def _bearers(index: Index, decisions: Decisions) -> list[Spelling]:
    """How everybody is spelt who is one with an entry decided about."""
    persons = dict.fromkeys(
        index.persons.person_of(ref) for pair in (*decisions.same, *decisions.apart) for ref in pair
    )
    return [bearer for one in persons if one is not None for bearer, _ in index.persons.spellings(one)]
