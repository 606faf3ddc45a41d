"""Find the known key that an unknown key is probably a misspelling of, or another format's word for.

Precision comes before recall. Pipelines add keys of their own (`medium`, `nation`, `state`), and warnings about those
would teach readers to skip warnings. The shorter a key is, the less it may differ.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache


def find_intended_key(key: str, known: Iterable[str]) -> str:
    """Return the first key of `known` that `key` is probably meant to be; "" if there is none.

    A key may differ in case, hyphens and spaces; by a plural; by one letter more or less, or two neighbouring letters
    swapped; from five letters also by one wrong letter; from seven letters by two such slips after the same first
    letter.
    """
    plain = key.lower().replace("-", "_").replace(" ", "_")
    return next((one for one in known if _may_be_near(plain, one) and _is_near(plain, one)), "")


def _may_be_near(key: str, known: str) -> bool:
    """Return whether lengths and ends allow a match: a cheap test that rules out nearly all keys."""
    return -3 < len(key) - len(known) < 3 and (key[:1] == known[:1] or key[-1:] == known[-1:])


@lru_cache(maxsize=4096)
def _is_near(key: str, known: str) -> bool:
    shorter = min(len(key), len(known))
    if key == known:
        return True
    if shorter < 3:
        return False
    if known in (f"{key}s", f"{key}es") or key in (f"{known}s", f"{known}es") or _is_one_slip(key, known, shorter > 4):
        return True
    return shorter >= 7 and key[0] == known[0] and _distance(key, known) <= 2


def _is_one_slip(one: str, other: str, wrong_letter: bool) -> bool:
    """Return whether one letter more or less, two swapped or (`wrong_letter`) one replaced is the only difference."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    rest, others_rest = one[start : len(one) - end], other[start : len(other) - end]
    lengths = (len(rest), len(others_rest))
    swapped = lengths == (2, 2) and rest == others_rest[::-1]
    return swapped or lengths in ((0, 1), (1, 0)) or (wrong_letter and lengths == (1, 1))


def _distance(one: str, other: str) -> int:
    """Return the number of letters inserted, left out, replaced, or swapped with a neighbour (Damerau's distance)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


_OTHERS = {
    "headline": ("title", "head", "header", "article_title"),
    "body": ("text", "content", "contents", "article", "story", "paragraphs", "full_text", "fulltext", "article_body"),
    "published": (
        *("date", "published_at", "published_on", "publish_date", "published_date", "publication_date", "pub_date"),
        *("pubdate", "date_published", "datepublished", "publicationdate"),
    ),
    "outlet": (
        "source",
        "publisher",
        "publication",
        "newspaper",
        "news_outlet",
        "site_name",
        "sitename",
        "source_name",
    ),
    "byline": ("author", "authors", "writer", "writers", "reporter", "written_by"),
    "subtitle": ("subheadline", "sub_headline", "subheading", "sub_title", "deck", "dek", "standfirst"),
    "url": ("link", "uri", "href", "source_url", "web_address", "src"),
    "lang": ("language", "locale"),
    "keywords": ("tags",),
    "rights": ("copyright", "license", "licence"),
    "section": ("category", "categories", "rubric"),
    "updated": ("modified", "date_modified", "datemodified", "last_modified", "updated_at"),
    "retrieved": ("accessed", "fetched", "access_date", "accessed_at", "retrieved_at", "fetched_at", "scraped_at"),
    "people": ("persons", "individuals"),
    "orgs": ("organizations", "organisations"),
    "places": ("locations",),
    "quotes": ("quotations", "quote_list"),
    "timeline": ("events", "chronology", "time_line"),
    "media": ("images", "photos", "pictures"),
    "name": ("full_name", "fullname", "person_name"),
    "role": ("title", "position", "job", "job_title", "occupation", "function"),
    "org": ("organization", "organisation", "affiliation", "employer", "company"),
    "aliases": ("aka", "also_known_as", "other_names", "nicknames", "alternative_names"),
    "native": ("native_name", "original_name"),
    "geo": ("coordinates", "coords", "lat_lon", "latlon"),
    "speaker": (
        "who",
        "person",
        "said_by",
        "speaker_id",
        "speaker_name",
        "attribution",
        "attributed_to",
        "source",
        "name",
    ),
    "text": (
        "quote",
        "content",
        "words",
        "quote_text",
        "quotetext",
        "quotation",
        "statement",
        "exact_quote",
        "verbatim",
    ),
    "to": ("addressee", "audience", "recipient", "addressed_to"),
    "cue": ("verb", "reporting_verb", "speech_verb"),
    "form": ("quote_type", "quotetype", "quote_form"),
    "at": ("paragraph", "para", "evidence"),
    "p": ("paragraph", "para"),
    "date": ("when", "day", "event_date", "time", "datetime"),
    "what": ("event", "description", "what_happened", "title", "text", "content", "event_text", "happening", "name"),
    "caption": ("description", "alt", "alt_text", "title"),
    "credit": ("photographer", "credits"),
}
# Words with the known keys that they may stand for.
_MEANT_BY = {
    word: [known for known in _OTHERS if word in _OTHERS[known]] for words in _OTHERS.values() for word in words
}


def meant_by_other_word(key: str, missing: Iterable[str]) -> str:
    """Return the key of `missing` that other formats call `key`; "" if there is none.

    A key is compared without regard to case, and to how its words are joined: `quoteText` is `quote_text`.
    """
    meant = _meanings(key)
    return next((one for one in missing if one in meant), "") if meant else ""


# The ids of an article's speakers and the dates of its events are asked for again and again.
@lru_cache(maxsize=256)
def _meanings(key: str) -> Sequence[str]:
    """Return the known keys that other formats call `key`."""
    snake = "".join(f"_{one}" if one.isupper() and at and key[at - 1].islower() else one for at, one in enumerate(key))
    return _MEANT_BY.get(snake.lower().replace("-", "_").replace(" ", "_"), ())
