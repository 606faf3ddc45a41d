"""Citations of an article and of words in it.

A citation leaves out what the file does not say. Words are in quotation marks only if they are the speaker's own, and
a quote that was not found in the text says so.
"""

from collections.abc import Iterable
from itertools import chain

from dossier.core.model import Article, EvidenceStatus, Quote, Reference
from dossier.core.ref import Ref
from dossier.core.views.labels import format_evidence
from dossier.core.views.wording import format_cited_date, make_reference_part, map_names

_STANDINGS = {
    EvidenceStatus.ABSENT: "not found word for word in the article",
    EvidenceStatus.ELSEWHERE: "in the article, but not where the file says",
    EvidenceStatus.UNMARKED: "doubtful: the speaker’s own words are not marked",
    EvidenceStatus.SEVERAL: "in several places in the article",
    EvidenceStatus.UNSEARCHED: "not looked for in the article",
}
_RETOLD = ("indirect", "reported", "free-indirect")


def format_citation(article: Article, where: Iterable[Ref], address: Ref) -> str:
    """Return the citation of places in an article.

    For example: `Ida Brandt and Tom Reyes, “Ferry pact signed”, Harbour Herald, about 12 April 2023, ¶3, https://…`.
    `where` are the places in the text. The citation ends with the web address or, if the article has none, with
    `address`.
    """
    told = (
        _authors(article.byline),
        f"“{article.headline}”",
        article.outlet,
        format_cited_date(article.published),
        format_evidence(where),
        article.url or str(address),
    )
    return ", ".join(filter(None, told))


def quoted_words(quote: Quote) -> str:
    """Return the words of a quote, in quotation marks if all of them are the speaker's own."""
    return f"“{quote.text}”" if quote.form == "direct" else quote.text


def quote_remarks(quote: Quote) -> tuple[str, ...]:
    """Return the remarks that must accompany the words of a quote.

    They say that the words are retold, were not found, or were found elsewhere or several times. Empty when none of
    these holds.
    """
    retold = f"{quote.form}: not in the speaker’s own words" if quote.form in _RETOLD else ""
    return tuple(filter(None, (retold, _STANDINGS.get(quote.evidence_status, ""))))


def attribute_quote(article: Article, quote: Quote) -> str:
    """Return the words with speaker and addressee.

    For example: `“No new toll” — Lena Okafor, transport minister, to reporters`.
    """
    called = map_names(article)

    def name(reference: Reference) -> str:
        part = make_reference_part("", reference, called)
        return f"{part.text} ({part.flaw})" if part.flaw else part.text

    speaker = name(quote.speaker) if quote.speaker else quote.speaker_text or "speaker not given"
    role = next((one.role for one in article.people if quote.speaker and one.ref == quote.speaker.ref), "")
    to = name(quote.to) if quote.to else quote.to_text
    return f"{quoted_words(quote)} — {', '.join(filter(None, (speaker, role, to and f'to {to}')))}"


def cite_words(words: str, said: Iterable[str], source: str) -> str:
    """Return `words`, followed in brackets by the remarks `said` and, last, the `source`."""
    return f"{words} ({'; '.join(chain(said, (source,)))})"


def _authors(byline: tuple[str, ...]) -> str:
    """Return the authors as one text, without the addresses in angle brackets behind their names."""
    *others, last = [author.partition("<")[0].strip() or author for author in byline] or [""]
    return f"{', '.join(others)} and {last}" if others else last
