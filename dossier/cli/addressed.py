"""Which article of a library an address means is told by the index; the article itself is read from its file.

Where the address means none, or may mean several, nothing is guessed, and the nearest are offered.
"""

from itertools import islice
from pathlib import Path

from dossier.cli.arguments import CommandError
from dossier.cli.output import tell
from dossier.cli.sources import CELLS, NAMED, ArticleSource, nowhere, unclear
from dossier.core.ref import Ref
from dossier.export.address import text_of
from dossier.library.index.reader import ArticleRow, Index
from dossier.loader.article import load
from dossier.loader.limits import Limits

_LOOKED = 5_000
"""Among so many articles, the newest, the nearest address is looked for."""


def addressed(root: Path, index: Index, ref: Ref, limits: Limits) -> tuple[ArticleSource, Ref]:
    """Return the article of the library that `ref` is in, and `ref` with the address of that article.

    Raises CommandError where it means nothing that is there, or may mean several.
    """
    row = _row(index, ref)
    loaded = load(root / row.path, limits, row.ref.article if row.repeats else "")
    if loaded.article is None:
        for problem in loaded.problems:
            tell(str(problem))
        raise CommandError("nothing to open: without a headline and a body there is no article")
    ref = ref._replace(article=loaded.article.ref.article)
    try:
        text_of(loaded.article, ref, CELLS)
    except LookupError as error:
        raise CommandError(error.args[0]) from None
    return ArticleSource(loaded.article, loaded.problems), ref


def _row(index: Index, ref: Ref) -> ArticleRow:
    if not ref.article:
        number = index.total()
        rows = [index.articles.article(first) for first in islice(index.articles.article_ids(), NAMED)]
        if len(rows) == 1:
            return rows[0]
        raise unclear(ref, [row.ref.article for row in rows], number)
    if row := index.articles.find(ref.article):
        return row
    rows = [index.articles.article(first) for first in islice(index.articles.article_ids(), _LOOKED)]
    if same := [str(ref._replace(article=row.ref.article)) for row in rows if row.id == ref.article]:
        raise CommandError(f"several articles bear the id {Ref(ref.article)}: say which is meant, {' or '.join(same)}")
    raise CommandError(nowhere(ref, [row.ref.article for row in rows]))
