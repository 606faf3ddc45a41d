"""A citation says what is known of where words stand, and no more: what the file does not say is left out of it.

Words are between quote marks only where they are the speaker's own, and a quote that was not found says so.
"""

from collections.abc import Iterable
from itertools import chain

from dossier.core.model import Article, Quote, Reference, Standing
from dossier.core.ref import Ref
from dossier.core.views.labels import evidence_words
from dossier.core.views.wording import format_cited_date, names, reference_part

_STANDINGS = {
    Standing.ABSENT: "not found word for word in the article",
    Standing.ELSEWHERE: "in the article, but not where the file says",
    Standing.UNMARKED: "doubtful: which words are the speaker’s own is not marked",
    Standing.SEVERAL: "in several places of the article",
}
_RETOLD = ("indirect", "reported", "free-indirect")


def citation(article: Article, where: Iterable[Ref], address: Ref) -> str:
    """`Ida Brandt and Tom Reyes, “Ferry pact signed”, Harbour Herald, about 12 April 2023, ¶3, https://…`.

    `where` are the places in it, each told once. Last stands the web address or, where none is given, the `address` in
    the dossier.
    """
    told = (
        _authors(article.byline),
        f"“{article.headline}”",
        article.outlet,
        format_cited_date(article.published),
        evidence_words(where),
        article.url or str(address),
    )
    return ", ".join(filter(None, told))


def words_of(quote: Quote) -> str:
    """The words of a quote, between quote marks where all of them are the speaker's."""
    return f"“{quote.text}”" if quote.form == "direct" else quote.text


def remarks(quote: Quote) -> tuple[str, ...]:
    """What must be said with the words of a quote wherever they go."""
    retold = f"{quote.form}: not in the speaker’s own words" if quote.form in _RETOLD else ""
    return tuple(filter(None, (retold, _STANDINGS.get(quote.standing, ""))))


def attributed(article: Article, quote: Quote) -> str:
    """The words with who said them to whom: `“No new toll” — Lena Okafor, transport minister, to reporters`."""
    called = names(article)

    def name(reference: Reference) -> str:
        part = reference_part("", reference, called)
        return f"{part.text} ({part.flaw})" if part.flaw else part.text

    speaker = name(quote.speaker) if quote.speaker else quote.speaker_text or "speaker not given"
    role = next((one.role for one in article.people if quote.speaker and one.ref == quote.speaker.ref), "")
    to = name(quote.to) if quote.to else quote.to_text
    return f"{words_of(quote)} — {', '.join(filter(None, (speaker, role, to and f'to {to}')))}"


def cited(words: str, said: Iterable[str], source: str) -> str:
    """The words, and in brackets what is to be said of them, with their source last."""
    return f"{words} ({'; '.join(chain(said, (source,)))})"


def _authors(byline: tuple[str, ...]) -> str:
    """The authors without what stands in angle brackets behind a name, which is an address."""
    *others, last = [author.partition("<")[0].strip() or author for author in byline] or [""]
    return f"{', '.join(others)} and {last}" if others else last
