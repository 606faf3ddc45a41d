"""Which file names are those of article files, and of registries.

It is a module of its own, so that a program that only lists files need not load the parser.
"""

SUFFIXES = (".yaml", ".yml", ".json")
"""The endings of the names of article files, in small letters; a name may have them in any case of letters."""
REGISTRY_NAMES = ("registry.yaml", "registry.yml", "registry.json")
"""The names of a registry in the folder of a library."""
_SUFFIXES_IN_BYTES = tuple(suffix.encode() for suffix in SUFFIXES)


def is_article_name(name: str) -> bool:
    """Return whether a file with this name may be an article; hidden files may not."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


def is_article_name_in_bytes(name: bytes) -> bool:
    """Return whether a file with this name, as the file system has it, may be an article; hidden files may not."""
    return name.lower().endswith(_SUFFIXES_IN_BYTES) and not name.startswith(b".")


def is_json_name(name: str) -> bool:
    """Return whether a file with this name holds JSON."""
    return name.lower().endswith(".json")
