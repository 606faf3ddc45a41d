"""Checks that need the whole article: names that two entries claim, and people who are never mentioned.

A name in the headline or a caption mentions somebody just as one in the body does. A person and an organisation may
have the same name, since what is said about them tells them apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from dossier.core.mentions import MentionFinder, find_within_longer
from dossier.core.model import Article, NamedEntry, Person, Reference
from dossier.core.ref import Ref
from dossier.core.sought_names import MOST_BEARERS
from dossier.loader.fields import MappingFields, clean_text
from dossier.loader.problem_log import ProblemLog
from dossier.loader.yaml_nodes import ScalarNode, YamlNode
from dossier.text.name_finder import normalize_name
from dossier.text.verbatim import NormalizedText, find_verbatim, normalize_text


def check_aliases(entries: Iterable[NamedEntry], aliases: Sequence[tuple[Ref, ScalarNode]], log: ProblemLog) -> None:
    """Report each alias that is also an earlier alias, or a name, of another entry of the same kind.

    `aliases` are the nodes of all aliases with the addresses of their entries, in the order of the file.
    """
    if not aliases:
        return
    bearers: dict[tuple[str, str], Ref] = {}
    for entry in entries:
        for name in (entry.name, entry.native):
            bearers.setdefault((entry.ref.kind, normalize_name(name)), entry.ref)
    for ref, node in aliases:
        alias = clean_text(node.text)
        first = bearers.setdefault((ref.kind, normalize_name(alias)), ref)
        if first != ref:
            cure = "where it occurs alone, both are linked; if only one is meant, remove it from the other"
            message = f"{alias!r} is also a name of {first.id}: {cure}"
            log.report("alias-claimed-twice", node, message)


def check_mentioned(article: Article, begins: Mapping[Ref, YamlNode], log: ProblemLog) -> None:
    """Report each person who is mentioned neither in the text nor in quotes, timeline, media or byline.

    `begins` maps the address of each person to the node that the problem is reported at; those who are not in it have
    no name of their own, which is reported. People whose names stand inside longer names are not reported.
    """
    found = chain(article.mentions, chain.from_iterable(event.found for event in article.events))
    spoken_of = set(chain.from_iterable(mention.targets for mention in found))
    silent = [person for person in article.people if person.ref not in spoken_of and person.ref in begins]
    referred_to = _referred_to(article) if silent else ()
    silent = [person for person in silent if person.ref not in referred_to]
    if not silent:
        return
    within_longer = find_within_longer(article, silent)
    hay = _rest_of(article)
    for person in silent:
        if person.ref not in within_longer and not _is_named(person, hay):
            where = "the text, the quotes, the timeline, the media or the byline"
            cure = "add the name that the article uses to aliases, or remove the entry"
            message = f"{person.name} is not in {where}: {cure}"
            log.report("never-mentioned", begins[person.ref], message)


def check_named_in_full(
    article: Article, begins: Mapping[Ref, YamlNode], words: Mapping[Ref, str], log: ProblemLog
) -> None:
    """Report each person whom only one word of their name mentions, which may be another person's name.

    `words` has that word for each of them; `begins` is that of `check_mentioned`. People to whom quotes, events or
    media refer are not reported: the file says that they are meant.
    """
    doubtful = [person for person in article.people if person.ref in words and person.ref in begins]
    if not doubtful:
        return
    referred_to = _referred_to(article)
    doubtful = [person for person in doubtful if person.ref not in referred_to]
    if not doubtful:
        return
    hay = _rest_of(article, *(media.credit for media in article.media))
    for person in doubtful:
        if not _is_named(person, hay):
            word = words[person.ref]
            cure = f"if this is the same person, add {word} to aliases"
            message = f"the article mentions {person.name} only as {word!r}, a single word of the name: {cure}"
            log.report("only-derived-name", begins[person.ref], message)


def _referred_to(article: Article) -> set[Ref]:
    return {target for reference in _references(article) for target in reference.targets}


def _rest_of(article: Article, *more: str) -> NormalizedText:
    """Return the texts of an article besides its paragraphs, and `more` texts, in small letters."""
    rest = [*more, article.headline, article.subtitle, *article.byline]
    rest += [block.text for block in article.body if block.ref.kind == "heading"]
    rest += [media.caption for media in article.media]
    return normalize_text("\n".join(rest).casefold())


def _is_named(person: Person, hay: NormalizedText) -> bool:
    return any(find_verbatim(name.casefold(), hay) for name in (person.name, person.native, *person.aliases))


def _references(article: Article) -> Iterator[Reference]:
    for quote in article.quotes:
        yield from (one for one in (quote.speaker, quote.to) if one)
    yield from chain.from_iterable(event.people for event in article.events)
    yield from chain.from_iterable(media.people for media in article.media)


def check_all_linked(
    article: Article, finder: MentionFinder, top: MappingFields, begins: Mapping[Ref, YamlNode], log: ProblemLog
) -> None:
    """Report that not all mentions are linked, if the names are too many or stand in too many places."""
    if finder.is_spent:
        words = "the names of people, organisations and places stand in too many places: not all mentions are linked"
        log.report_cut_short(top.node_to_report("body"), f"{words}; remove aliases that are common words")
    named = (*article.people, *article.orgs, *article.places)
    first = next((one for one in named if one.ref in finder.passed_over), None) if finder.passed_over else None
    if first:
        words = (
            f"more than {MOST_BEARERS} entries share a name of {first.ref.id}: this one and others are not linked there"
        )
        log.report_cut_short(begins.get(first.ref, top.mapping_node), f"{words}; give them names of their own")
