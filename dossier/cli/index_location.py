"""Where the index of a library is: in the place that the environment, the settings or its registry names, or private.

A reader reads the shared index if one is named and can be used, and otherwise a private one.
"""

import os
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.one_setting import Tell, read_beginning, read_setting, settings_path, tell_once
from dossier.core.dataclasses import NamedTuple
from dossier.core.home_folder import expand_home
from dossier.core.paths import shorten_path
from dossier.library.index.errors import SharedIndexError
from dossier.library.index.location import IndexLocation, PrivateIndex, SharedIndex
from dossier.library.index.reader import Index
from dossier.loader.file_names import REGISTRY_NAMES
from dossier.loader.limits import Limits
from dossier.text.late_patterns import compile_late

_VARIABLE = "DOSSIER_INDEX"
_ENDING = ".sqlite"
_IN_A_REGISTRY = compile_late(rb"""(?:^|[{,\s])["']?index["']?\s*:""")


class OpenedIndex(NamedTuple):
    """The index that a reader uses, open as `read`, and its location; `read` is None if there is no private one yet."""

    location: IndexLocation
    read: Index | None


def locate_index(root: Path, tell: Tell | None = None) -> IndexLocation:
    """Return where the index of the library in the folder `root` is, whether there is one or not.

    $DOSSIER_INDEX takes precedence over `index` in the settings, and that over `index` in the registry of the library.
    `tell` is called once with what is wrong in either file. Raises CommandError if $DOSSIER_INDEX is not a path.
    """
    tell = tell or tell_once
    if given := os.environ.get(_VARIABLE):
        if not _is_absolute(given):
            raise CommandError(
                f"${_VARIABLE} is {given!r}: write the absolute path of a folder, or of a file that ends in {_ENDING}"
            )
        return SharedIndex(root, _file_in(expand_home(given), _name_of(root)), f"${_VARIABLE}")
    if given := read_setting("index", tell):
        place = expand_home(given)
        return SharedIndex(
            root, _file_in(place, _name_of(root)), f"index in {settings_path()}", place.suffix == _ENDING
        )
    return _from_registry(root, tell) or PrivateIndex(root)


def open_index(root: Path, tell: Tell | None = None) -> OpenedIndex:
    """Open the index that a reader of the library in the folder `root` reads.

    `tell` is called once with the reason if a shared index cannot be used. Raises CommandError as `locate_index` does.
    """
    tell = tell or tell_once
    location = locate_index(root, tell)
    if isinstance(location, SharedIndex):
        try:
            return OpenedIndex(location, Index.open_shared(location))
        except SharedIndexError as error:
            if location.is_expected or os.path.lexists(location.path):
                tell(f"{error}; until then an index of your own is used")
    return OpenedIndex(PrivateIndex(root), Index.open(root))


def require_shared(root: Path) -> SharedIndex:
    """Return the location of the shared index of a library. Raises CommandError if none is named."""
    location = locate_index(root)
    if isinstance(location, SharedIndex):
        return location
    raise CommandError(
        f"no place is known for a shared index of {root}: name one in ${_VARIABLE}, as index in "
        f"{settings_path()}, or as index: in {root / REGISTRY_NAMES[0]}"
    )


def report_other_limits(index: Index, limits: Limits) -> None:
    """Tell the reader if a shared index was made with other limits than `limits`."""
    if index.limits != str(limits):
        tell_once("the shared index was made with other limits: yours apply only to the files that are opened")


def _is_absolute(given: str) -> bool:
    return given.startswith("~") or os.path.isabs(given)


def _file_in(place: Path, name: str) -> Path:
    """Return the index file for a place: the place itself if it has the ending of index files, else `name` in it."""
    return shorten_path(place if place.suffix == _ENDING else place / name)


def _name_of(root: Path) -> str:
    """Return the name of a library's index file in a folder for several libraries: that of the library's folder."""
    return f"{root.resolve().name or 'library'}{_ENDING}"


def _from_registry(root: Path, tell: Tell) -> SharedIndex | None:
    """Return the shared index that the registry of a library names, None if it names none."""
    for path in (root / name for name in REGISTRY_NAMES):
        data = read_beginning(path, Limits().size)
        if not data:
            continue
        if not _IN_A_REGISTRY().search(data):
            return None
        from dossier.loader.discovery import looks_like_registry
        from dossier.loader.registry_file import PLACES, is_nearby, parse_registry

        if not looks_like_registry(data):
            continue
        loaded = parse_registry(data, str(path))
        given = loaded.registry.index
        if not given:
            if loaded.loss:
                tell(loaded.loss)
            return None
        place = _file_in(root / given, f"index{_ENDING}")
        if is_nearby(given) and not _leaves_by_link(root, Path(given), place):
            return SharedIndex(root, place, f"index in {path}")
        tell(
            f"{path}: index is {given!r}, which is not used: a registry can name {PLACES}; name any other place as "
            f"index in {settings_path()}, or in ${_VARIABLE}"
        )
    return None


def _leaves_by_link(root: Path, given: Path, place: Path) -> bool:
    """Return whether a path in the library leads out of its folder by a link, as in an archive by someone else."""
    return ".." not in given.parts and not place.resolve().is_relative_to(root.resolve())
