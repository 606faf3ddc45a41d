"""`dossier show`: what an address means is printed, as a card, as text, or for programs."""

from dossier.cli.arguments import Show
from dossier.cli.data import print_json
from dossier.cli.output import tell
from dossier.cli.sources import cells, meant, readings, wanted
from dossier.export.address import object_of, text_of


def show(asked: Show) -> int:
    """Print it; the exit status is 1 when it is not there. Raises CommandError when several articles may be meant."""
    opened = readings(wanted(asked.path), asked.limits)
    try:
        article = meant(opened, asked.ref).article
        ref = asked.ref._replace(article=article.ref.article)
        if asked.as_json:
            print_json(object_of(article, ref))
        else:
            print(text_of(article, ref, cells()))
    except LookupError as error:
        tell(str(error.args[0]))
        return 1
    return 0
