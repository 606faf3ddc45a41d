"""What a command says of the files that a path means, and of those that it does not."""

import os
from collections.abc import Sequence
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.output import count_words
from dossier.loader.discovery import ArticleFiles, articles_in, default_articles


def files_at(path: Path) -> ArticleFiles:
    """Return the article files and registries at `path`, those in sub-folders too.

    Raises CommandError where nothing can be read.
    """
    try:
        return articles_in(path, recursive=True)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; name an article file, or a folder of them") from None


def default_path() -> Path:
    """Return the file or folder that is read when none is named.

    Raises CommandError where the reader's library is not there, or the current folder cannot be listed.
    """
    if library := os.environ.get("DOSSIER_LIBRARY"):
        path = Path(os.path.expanduser(library))
        try:
            path.stat()
        except OSError as error:
            raise CommandError(f"$DOSSIER_LIBRARY: {path}: {error.strerror}; name a file or a folder") from None
        return path
    try:
        file = default_articles({}, Path()).files[0]
    except OSError as error:
        raise CommandError(f"the current folder: {error.strerror}; name a file or a folder") from None
    return file.parent if file.parent == Path() else file


def no_article(where: str) -> str:
    """That there is no article, and what one is."""
    return f"no article in {where}: an article is a YAML file with headline: or body: at its top"


def passed_over(of: Sequence[ArticleFiles]) -> str:
    """What was passed over in all of these, to be added to what is said of them; "" for nothing."""
    files, folders = sum(one.passed_over for one in of), sum(one.hidden for one in of)
    parts = [count_words(files, "other YAML file")] if files else []
    parts += [count_words(folders, "hidden folder")] if folders else []
    return f"; {' and '.join(parts)} passed over" if parts else ""
