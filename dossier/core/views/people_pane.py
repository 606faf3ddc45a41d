"""The people pane: everyone and everything with a name, and the unnamed sources, which are never joined to a person."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dossier.core.entry import Entry, Part
from dossier.core.links import Links
from dossier.core.model import Article, NamedEntry, Person, Quote
from dossier.core.ref import Ref
from dossier.core.views.wording import find_anchors, make_parts, make_reference_part, make_unknown_parts
from dossier.text.messages import pluralize


def make_people_entries(article: Article, links: Links, called: Mapping[Ref, str]) -> Iterator[Entry]:
    """Yield people, organisations and places in the order of the file, then unnamed sources in the order they speak."""
    said = Counter(target for quote in article.quotes if quote.speaker for target in quote.speaker.targets)
    groups = (("People", article.people), ("Organisations", article.orgs), ("Places", article.places))
    for group, found in groups:
        for named in found:
            counts = _counts((links.count_mentions(named.ref), "mention"), (said[named.ref], "quote"))
            parts = tuple(_named_parts(named, called))
            own = find_anchors(named.ref, parts, links)
            yield Entry(named.ref, parts, named.line, group, counts, anchors=own)
    unnamed: dict[str, list[Quote]] = {}
    for quote in article.quotes:
        if not quote.speaker and quote.speaker_text:
            unnamed.setdefault(quote.speaker_text, []).append(quote)
    for text, quotes in unnamed.items():
        ref = Ref(article.ref.article, "source", text)
        parts = (Part("name", text), Part("note", "unnamed" if len(quotes) == 1 else "unnamed, perhaps more than one"))
        aside, own = _counts((len(quotes), "quote")), find_anchors(ref, parts, links)
        yield Entry(ref, parts, quotes[0].line, "Unnamed sources", aside, anchors=own)


def _counts(*counts: tuple[int, str]) -> str:
    """Return the counts with their nouns, those of 0 left out."""
    return "  ".join(f"{count} {pluralize(count, noun)}" for count, noun in counts if count)


def _named_parts(named: NamedEntry, called: Mapping[Ref, str]) -> Iterator[Part]:
    yield Part("name", named.name)
    role, org, org_text = (named.role, named.org, named.org_text) if isinstance(named, Person) else ("", None, "")
    yield from make_parts(("native", named.native), ("role", role))
    if org:
        yield make_reference_part("org", org, called)
    yield from make_parts(("org", org_text), ("aliases", ", ".join(named.aliases)), ("note", named.note))
    yield from make_unknown_parts(named.unknown_fields)
