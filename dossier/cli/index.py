"""`dossier index`: bring the index of a library up to date, or print its status.

The command may run as the child of another program, which stops it with a signal or by no longer reading what it
prints. Either ends it at once, without a message, and what it has written stays.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.index_counts import count_lines, counts_object, list_faults
from dossier.cli.index_location import locate_index, open_index, require_shared
from dossier.cli.index_update import update, update_shared
from dossier.cli.known_roots import answer_reuse_question, report_state_folder
from dossier.cli.output import print_json, print_message
from dossier.cli.parser import Parser, limits_of
from dossier.cli.published_place import place_lines, read_place
from dossier.cli.registry_and_decisions import read_known
from dossier.cli.server_location import OPTION, locate_server
from dossier.cli.shown_update import print_done, print_progress, run_shown
from dossier.cli.sources import default_path
from dossier.core.dataclasses import NamedTuple
from dossier.core.registry import Decisions
from dossier.export.json_types import JsonObject
from dossier.library.index.errors import SharedIndexError
from dossier.library.index.location import SharedIndex
from dossier.library.index.person_joiner import digest
from dossier.library.index.progress import Progress, Stage
from dossier.library.index.published_rights import explain_unreadable
from dossier.library.index.publishing import Publication
from dossier.library.index.reader import Index
from dossier.library.index.status import Status, read_shared_status, read_status
from dossier.library.reuse import Reused
from dossier.loader.limits import Limits
from dossier.text.messages import count_noun
from dossier.text.sanitize import sanitize_text

_USAGE = """\
dossier index [PATH] [--shared] [--engine ADDRESS] [--rebuild] [--status]
              [--reuse copy|share|nothing] [--format text|json]"""
_ABOUT = """\
Update the index of the library at PATH. The index makes searches fast; it is a
cache, and can be deleted at any time. All readers of a library can share one:
dossier help library."""
_END = """\
If stopped with Ctrl-C, the next run continues there. With --format json, the
progress is printed several times a second, one object per line; was_damaged is
true if the index was found damaged and is being made anew.

Exit status: 0 up to date; 1 not up to date (--status); 2 could not run."""
_PUBLICATIONS = {
    Publication.PUBLISHED: "readers now use it as {}",
    Publication.UNCHANGED: "nothing has changed for readers: {} stays as it is",
    Publication.REPAIRED: "{} was damaged and was published again",
}


class Args(NamedTuple):
    """The arguments of `dossier index`; `path` and `reused` are None when they were not given."""

    path: Path | None
    rebuild: bool
    status: bool
    as_json: bool
    limits: Limits
    reused: Reused | None = None
    shared: bool = False
    engine: str = ""


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `index`. Raises CommandError when the words are not valid."""
    parser = Parser(_USAGE, _ABOUT, _END)
    parser.add_path("a folder of articles (default: see dossier --help)")
    parser.add_argument(
        "--shared",
        action="store_true",
        help="update the index that all readers of the library share, in the place that is named for it",
    )
    parser.add_engine("update the index on this PostgreSQL server, which keeps the articles, too")
    parser.add_argument("--rebuild", action="store_true", help="build a new index from scratch")
    parser.add_argument("--status", action="store_true", help="change nothing; show where the index is, and its state")
    parser.add_argument(
        "--reuse",
        choices=tuple(map(str, Reused)),
        help="answer whether the searches and decisions of the library that this one is a copy of are used here",
    )
    parser.add_format()
    parser.add_limits()
    given = parser.parse_words(words)
    if given.rebuild and given.status:
        raise CommandError("--status changes nothing: use either --status or --rebuild")
    if given.shared and given.status:
        raise CommandError("--status changes nothing, and tells whether the index is shared: leave out --shared")
    if given.engine and (given.shared or given.reuse):
        option = "--shared" if given.shared else "--reuse"
        raise CommandError(f"{option} is about an index in a file: use either {option} or {OPTION}")
    if given.reuse and given.status:
        raise CommandError("--status changes nothing: use either --status or --reuse")
    reused = Reused(given.reuse) if given.reuse else None
    as_json = given.format == "json"
    return Args(
        given.path, given.rebuild, given.status, as_json, limits_of(given), reused, given.shared, given.engine or ""
    )


def run(args: Args) -> int:
    """Update the index, or print its status, and return the exit status.

    The status is 0; 1 when --status finds that the index is not up to date; or 128 plus the number of the signal that
    ended the update. Raises CommandError when the path is not a folder of articles, or the index cannot be written.
    """
    # --shared and --reuse are about an index in a file, whatever the settings name.
    if not (args.shared or args.reused) and (server := locate_server(args.engine, args.path)):
        from dossier.cli import server_index

        if args.status:
            return server_index.print_status(server, args.path, args.limits, args.as_json)
        if not args.engine:
            return server_index.name_server(server, args.rebuild, args.as_json)
        return server_index.run_update(server, args.path or default_path(), args.limits, args.rebuild, args.as_json)
    root = args.path or default_path()
    if not os.path.isdir(root):
        raise CommandError(f"{root} is not a folder: only a folder of articles has an index")
    if args.status:
        return _print_status(root, args.limits, args.as_json)
    if args.reused:
        answer_reuse_question(root, args.reused)
    shared = require_shared(root) if args.shared else None
    if shared is None and (used := _find_used(root)):
        return _name_shared(used, args)
    return _update(root, shared, args)


def _update(root: Path, shared: SharedIndex | None, args: Args) -> int:
    """Update the index of a library, publish it if it is to be shared, and return the exit status."""
    ended = list[Progress]()
    published = list[Publication]()

    def do(show: Callable[[Progress], None]) -> None:
        if shared:
            done, came_of_it = update_shared(shared, args.limits, show, args.rebuild)
            published.append(came_of_it)
        else:
            done = update(root, args.limits, show, args.rebuild)
        ended.append(done)

    index = f"the shared index {shared.path}" if shared else f"the index of {root}"
    if status := run_shown(do, index, args.as_json):
        return status
    if not args.as_json:
        print_done(ended[0], Index.open(root), root)
        if shared:
            print_message(_PUBLICATIONS[published[0]].format(sanitize_text(str(shared.path))))
            if why := explain_unreadable(shared.path):
                print_message(sanitize_text(why))
    return 0


def _find_used(root: Path) -> SharedIndex | None:
    """Return the shared index that readers of the library use here, None where there is none that can be used."""
    location, index = open_index(root)
    if index:
        index.close()
    return location if isinstance(location, SharedIndex) else None


def _name_shared(shared: SharedIndex, args: Args) -> int:
    """Print which shared index is used, which is not updated without --shared, and return the exit status."""
    if args.rebuild:
        raise CommandError(
            f"the index of {shared.root} is shared: dossier index {shared.root} --shared --rebuild makes it anew"
        )
    if args.as_json:
        print_progress(Progress(Stage.ENDED))
    else:
        where = sanitize_text(f"{shared.path}, named by {shared.named_by}")
        print_message(
            f"the index is shared ({where}) and was not updated: "
            f"dossier index {shared.root} --shared, by its owner, updates it"
        )
    return 0


def _print_status(root: Path, limits: Limits, as_json: bool) -> int:
    folder = report_state_folder(root)
    location, index = open_index(root)
    is_shared = isinstance(location, SharedIndex)
    try:
        if isinstance(location, SharedIndex):
            found = read_shared_status(location)
        else:
            known = read_known(root, limits, folder)
            found = read_status(root, digest(*known), digest(known.registry, Decisions()))
    except SharedIndexError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        where = os.fsdecode(error.filename or root)
        raise CommandError(f"{where}: {error.strerror}; name a folder of articles") from None
    faults = list(list_faults(index, root)) if found.exists else []
    place = read_place(locate_index(root), is_shared)
    if as_json:
        print_json({**_status_object(found, faults), "shared": place, "state_folder": str(folder)})
    else:
        kept = f"kept in   {sanitize_text(str(folder))}"
        print("\n".join((*_status_lines(found, root, faults, is_shared), *place_lines(place), kept)))
    return 0 if found.is_up_to_date else 1


def _status_object(found: Status, faults: list[JsonObject]) -> JsonObject:
    return {
        "path": str(found.path),
        "exists": found.exists,
        **counts_object(found, faults),
        "registry_changed": found.has_older_registry,
        "up_to_date": found.is_up_to_date,
    }


def _status_lines(found: Status, root: Path, faults: list[JsonObject], is_shared: bool) -> Iterator[str]:
    command = f"dossier index {sanitize_text(str(root))}{' --shared' if is_shared else ''}"
    if not found.exists:
        files = count_noun(found.changed, "file")
        state = "the index is damaged" if found.is_damaged else "no index yet"
        yield f"{state}: {command} builds it from {files}"
        return
    yield f"index     {sanitize_text(str(found.path))}"
    yield f"size      {found.size / 1_000_000:,.1f} MB"
    yield from map(sanitize_text, count_lines(found, faults))
    if found.has_older_registry:
        cure = f"dossier index {sanitize_text(str(root))} joins them anew"
        yield f"registry  changed since persons were joined: {cure}"
    if found.changed:
        have = "has" if found.changed == 1 else "have"
        cure = f"{command} updates the index"
        yield f"state     {count_noun(found.changed, 'file')} {have} changed: {cure}"
    elif found.unsure:
        cure = f"{command} reads {'it' if found.unsure == 1 else 'them'} again"
        yield f"state     {count_noun(found.unsure, 'file')} may have changed: {cure}"
    elif not found.is_whole:
        yield f"state     not finished: {command} finishes it"
    else:
        yield "state     up to date"
