"""Output of what an address refers to, as text and as JSON objects, for `dossier show`.

Running text is printed as it is, an entry with fields as its card, and an article pane by pane as on the screen.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.card import card
from dossier.core.views.citation import attributed, citation, cited, remarks
from dossier.core.views.panes import panes
from dossier.export.json_objects import article_object, entry_object, span_object
from dossier.export.json_types import Object
from dossier.export.plain_text import article_text, card_text, words

_RUNNING = ("headline", "subtitle", "heading", "para", "about")


def text_of(article: Article, ref: Ref, cells: int) -> str:
    """Return the text of what `ref` refers to in the article, in lines of at most `cells` cells.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    links = Links.of(article)
    shown = panes(article, links)
    if not ref.kind:
        return article_text(shown, cells)
    entry = _find_entry(shown, ref)
    if ref.span:
        return words(entry.text[slice(*ref.span)], cells)
    if ref.kind in _RUNNING:
        return words("\n".join(part.text for part in entry.parts if part.name != "label"), cells)
    text = card_text(card(article, links, ref), cells)
    source = cite_entry(article, ref)
    return f"{text}\n\n{words(source, cells)}" if source else text


def object_of(article: Article, ref: Ref) -> Object:
    """Return the JSON object of what `ref` refers to in the article.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    links = Links.of(article)
    shown = panes(article, links)
    if not ref.kind:
        return article_object(article, links, shown)
    entry = _find_entry(shown, ref)
    if ref.span:
        return span_object(entry, ref.span, links)
    source = cite_entry(article, ref)
    return {**entry_object(entry, links), **({"citation": source} if source else {})}


def cite_entry(article: Article, ref: Ref) -> str:
    """Return the words of a quote with speaker and source, as the screen copies them; "" for other kinds."""
    quote = next((one for one in article.quotes if one.ref == ref.entry), None)
    if quote is None:
        return ""
    return cited(attributed(article, quote), remarks(quote), citation(article, quote.evidence, quote.ref))


def _find_entry(shown: Mapping[str, tuple[Entry, ...]], ref: Ref) -> Entry:
    """Return the entry that `ref` refers to, or whose text contains it."""
    every = {entry.ref: entry for entries in shown.values() for entry in entries}
    entry = every.get(ref.entry)
    if entry is None:
        raise LookupError(_suggest_nearest(ref, [other for other in every if other.kind == ref.kind]))
    if ref.span and ref.span[1] > len(entry.text):
        raise LookupError(f"{ref} is not there: the text of {ref.entry} ends at {len(entry.text)}")
    return entry


def _suggest_nearest(ref: Ref, others: list[Ref]) -> str:
    if not others:
        return f"{ref} is not there: the article has nothing of the kind {ref.kind}"
    by_id = {other.id: other for other in others}
    nearest = get_close_matches(ref.id, by_id, n=1, cutoff=0)[0]
    return f"{ref} is not there: is {by_id[nearest]} meant?"
