"""Articles as one page of HTML that needs nothing else: no script, no font and no picture from anywhere.

Each article has its four panes, with links both ways between them, and its timeline once more as a drawing. Articles
are read one after the other, so the list of them comes last.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from itertools import chain, count, islice

from dossier.core.dates.days import day_from_date
from dossier.core.dates.words import format_day
from dossier.core.model import Article
from dossier.core.ref import Ref
from dossier.core.views.wording import format_written_date
from dossier.export.entry_remarks import split_panes
from dossier.export.export import Export, ExportedArticle
from dossier.export.html_panes import (
    set_foot,
    set_notes,
    set_people_pane,
    set_quotes_pane,
    set_text_pane,
    set_timeline_pane,
)
from dossier.export.html_style import STYLE
from dossier.export.html_text import Context, set_entry_text, set_web_link
from dossier.export.timeline_band import draw_band

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def format_html(export: Export) -> Iterator[str]:
    """Yield the page."""
    articles = iter(export.articles)
    first = tuple(islice(articles, 2))
    is_single = len(first) < 2
    lang = Context(first[0], "").lang if first and is_single else ""
    yield from _head(export.title, lang or "en", is_single)
    titles = []
    for exported, number in zip(chain(first, articles), count(1)):
        prefix = "" if number == 1 else f"a{number}-"
        titles.append((f"{prefix}article", exported.article.headline))
        yield from _article(exported, prefix)
    yield "</main>\n"
    yield from _end(titles if not is_single else [], export.made)


def _head(title: str, lang: str, is_single: bool) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#main" lang="en">Skip to the text</a>\n'
    if not is_single:
        yield f'<div class="bar-top" lang="en"><p><bdi>{escape(title)}</bdi></p>'
        yield '<nav aria-label="Contents"><a href="#contents">List of the articles, at the end</a></nav></div>\n'
    yield '<main id="main">\n'


def _end(titles: list[tuple[str, str]], made: datetime) -> Iterator[str]:
    yield '<footer class="end" lang="en">\n'
    if titles:
        yield '<nav id="contents" aria-label="Articles"><h2>Articles</h2><ol>\n'
        yield from (f'<li><a href="#{name}"><bdi>{escape(title)}</bdi></a></li>\n' for name, title in titles)
        yield "</ol></nav>\n"
    day = format_day(day_from_date(made))
    yield f"<p>Exported from dossier on {day}, {made:%H:%M} UTC.</p>\n</footer>\n</body>\n</html>\n"


def _article(exported: ExportedArticle, prefix: str) -> Iterator[str]:
    context = Context(exported, prefix)
    panes = split_panes(exported.entries)
    lang = f' lang="{context.lang}"'
    yield f'<article class="dossier" id="{prefix}article"{lang} aria-labelledby="{prefix}title">\n'
    yield from _title(exported, context)
    yield '<div class="columns">\n<div class="text">\n'
    yield from set_text_pane([entry for entry in panes["text"] if entry.ref.kind in ("heading", "para")], context)
    yield from set_foot(panes["foot"], context)
    if context.notes.elsewhere:
        yield '<h2 lang="en">Notes on other places</h2>\n'
        yield from set_notes(context.notes.elsewhere, context)
    yield "</div>\n"
    setters = {"people": set_people_pane, "quotes": set_quotes_pane, "timeline": set_timeline_pane}
    if any(panes[name] for name in setters):
        yield '<div class="panes" lang="en" tabindex="0" role="region" aria-label="People, quotes and timeline">\n'
        for name, set_pane in setters.items():
            if panes[name]:
                yield f'<section class="{name}" aria-label="{name.capitalize()}">\n'
                yield from set_pane(panes[name], context)
                yield "</section>\n"
        yield "</div>\n"
    yield "</div>\n"
    yield from draw_band(panes["timeline"], context.names, prefix)
    yield "</article>\n"


def _title(exported: ExportedArticle, context: Context) -> Iterator[str]:
    """Yield headline and subtitle, and where the article is from."""
    article, id = exported.article, exported.article.ref.article
    headline, subtitle = (context.entries.get(Ref(id, kind)) for kind in ("headline", "subtitle"))
    yield "<header>\n"
    kicker = " › ".join(filter(None, (article.outlet, *article.section)))
    yield f'<p class="kicker" dir="auto">{escape(kicker)}</p>\n' if kicker else ""
    text = set_entry_text(headline, "text", context) if headline else escape(article.headline)
    own = f"<span{context.id(headline)}>{text}</span>" if headline else text
    yield f'<h1 id="{context.prefix}title" dir="auto">{own}</h1>\n'
    yield from set_notes(context.notes.on(headline.ref), context) if headline else ()
    if subtitle:
        text = set_entry_text(subtitle, "text", context)
        yield f'<p class="subtitle"{context.id(subtitle)} dir="auto">{text}</p>\n'
        yield from set_notes(context.notes.on(subtitle.ref), context)
    yield f'<p class="source" lang="en">{"".join(_source(article, context))}</p>\n</header>\n'


def _source(article: Article, context: Context) -> Iterator[str]:
    told = (", ".join(article.byline), article.dateline, format_written_date(article.published))
    yield from (f"<span>{context.say(text)}</span>" for text in told if text)
    if article.url:
        yield f"<span>{set_web_link(article.url)}</span>"
    yield f"<span>{escape(str(article.ref))}</span>"
