"""Articles as CSL-JSON, the form in which programs for citations exchange references (pandoc, Zotero and others).

Dates have the key `date-parts` or `literal`, never both: programs print both. They never have the key `edtf`, which
programs read as no date.
"""

import json
import re
from collections.abc import Iterator

from dossier.export.citations import Citation, CitedDate, collect_citations
from dossier.export.export import Export, Omissions
from dossier.export.json_types import JsonObject

_HELD = ("headline", "byline", "outlet", "section", "url", "lang", "published", "retrieved")
_TAG = re.compile(r"<(i|b|sc|sub|sup|span)\b[^>]*>.*</\1>", re.DOTALL)
_FIRST_SEASON = 21


def format_csl(export: Export) -> Iterator[str]:
    """Yield the parts of a JSON array with an item for each article."""
    yield "["
    between = "\n"
    for citation in collect_citations(export, _HELD):
        _count_misread(citation, export.omissions)
        yield f"{between}{json.dumps(_make_item(citation), ensure_ascii=False)}"
        between = ",\n"
    yield "\n]\n"


def _count_misread(citation: Citation, omissions: Omissions) -> None:
    """Count the texts that some programs do not print as they are; CSL-JSON has no way to say how they are meant."""
    texts = (citation.title, citation.outlet, citation.section, *citation.authors)
    if count := sum(bool(_TAG.search(text)) for text in texts):
        omissions.count("text", "with tags that programs for citations take for italics and the like", count)
    if count := sum("|" in author for author in citation.authors):
        omissions.count("byline", "with “|”, which some programs for citations take for the end of a name", count)


def _make_item(citation: Citation) -> JsonObject:
    fields: JsonObject = {
        "title": citation.title,
        "author": [{"literal": author} for author in citation.authors],
        "container-title": citation.outlet,
        "section": citation.section,
        "issued": _make_date(citation.published),
        "accessed": _make_date(citation.retrieved),
        "URL": citation.url,
        "language": citation.lang,
        "annote": "\n".join(citation.notes),
    }
    given = {name: value for name, value in fields.items() if value}
    return {"id": citation.id, "type": "article-newspaper", **given}


def _make_date(date: CitedDate | None) -> JsonObject | None:
    if date is None:
        return None
    if not date.points:
        return {"literal": date.words}
    made: JsonObject = {"date-parts": [[int(digits) for digits in point if digits] for point in date.points]}
    year, month, _day = date.points[0]
    if month and int(month) >= _FIRST_SEASON:
        made = {"date-parts": [[int(year)]], "season": int(month) - _FIRST_SEASON + 1}
    return {**made, "circa": True} if date.is_approximate or date.is_uncertain else made
