"""Output of what an address refers to, as text and as JSON objects, for `dossier show`.

Running text is printed as it is, an entry with fields as its card, and an article pane by pane as on the screen.
"""

from collections.abc import Mapping, Sequence

from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.card import make_card
from dossier.core.views.citation import attribute_quote, cite_words, format_citation, quote_remarks
from dossier.core.views.panes import make_panes
from dossier.export.json_objects import make_article_object, make_entry_object, make_span_object
from dossier.export.json_types import JsonObject
from dossier.export.plain_text import format_article, format_card, wrap_text
from dossier.text.messages import suggest_name

_RUNNING = ("headline", "subtitle", "heading", "para", "about")


def resolve_to_text(article: Article, ref: Ref, cells: int) -> str:
    """Return the text of what `ref` refers to in the article, in lines of at most `cells` cells.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    links = Links.of(article)
    shown = make_panes(article, links)
    if not ref.kind:
        return format_article(shown, cells)
    entry = find_addressed_entry(shown, ref)
    if ref.span:
        return wrap_text(entry.text[slice(*ref.span)], cells)
    if ref.kind in _RUNNING:
        return wrap_text("\n".join(part.text for part in entry.parts if part.name != "label"), cells)
    text = format_card(make_card(article, links, ref), cells)
    source = cite_entry(article, ref)
    return f"{text}\n\n{wrap_text(source, cells)}" if source else text


def resolve_to_object(article: Article, ref: Ref) -> JsonObject:
    """Return the JSON object of what `ref` refers to in the article.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    links = Links.of(article)
    shown = make_panes(article, links)
    if not ref.kind:
        return make_article_object(article, links, shown)
    entry = find_addressed_entry(shown, ref)
    if ref.span:
        return make_span_object(entry, ref.span, links)
    source = cite_entry(article, ref)
    return {**make_entry_object(entry, links), **({"citation": source} if source else {})}


def cite_entry(article: Article, ref: Ref) -> str:
    """Return the words of a quote with speaker and source, as the screen copies them; "" for other kinds."""
    quote = next((one for one in article.quotes if one.ref == ref.entry), None)
    if quote is None:
        return ""
    return cite_words(
        attribute_quote(article, quote), quote_remarks(quote), format_citation(article, quote.evidence, quote.ref)
    )


def find_addressed_entry(shown: Mapping[str, Sequence[Entry]], ref: Ref) -> Entry:
    """Return the entry that `ref` refers to, or whose text contains it.

    Raises LookupError, with the nearest address as a suggestion, when the article has no such thing.
    """
    every = {entry.ref: entry for entries in shown.values() for entry in entries}
    entry = every.get(ref.entry)
    if entry is None:
        raise LookupError(_suggest_nearest(ref, [other for other in every if other.kind == ref.kind]))
    if ref.span and ref.span[1] > len(entry.text):
        raise LookupError(f"{ref} does not exist: the text of {ref.entry} ends at {len(entry.text)}")
    return entry


def _suggest_nearest(ref: Ref, others: list[Ref]) -> str:
    if not others:
        return f"{ref} does not exist: the article has no entries of the kind {ref.kind}"
    by_id = {other.id: other for other in others}
    return f"{ref} does not exist: did you mean {by_id[suggest_name(ref.id, by_id, cutoff=0)]}?"
