"""The four panes of an article in HTML, and below the text what else is known about it."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from dossier.core.entry import Entry
from dossier.core.links import LinkKind
from dossier.core.note import PlacedNote
from dossier.core.ref import Ref
from dossier.core.views.labels import has_own_words
from dossier.export.entry_remarks import (
    Remark,
    collect_words,
    iterate_remarks,
    label_note,
    list_places,
    quote_marks,
)
from dossier.export.html_text import Context, join_html, set_entry_text, set_web_link, short_sign
from dossier.text.messages import pluralize


def set_text_pane(entries: Sequence[Entry], context: Context) -> Iterator[str]:
    """Yield sub-headings and numbered paragraphs, each with the notes on it."""
    for entry in entries:
        text = set_entry_text(entry, "text", context)
        if entry.ref.kind == "heading":
            yield f'<h3 class="subhead"{context.id(entry)} dir="auto">{text}</h3>\n'
        elif entry.ref.kind == "para":
            number = f'<span class="number">{entry.paragraph_number}</span>'
            yield f'<p class="para"{context.id(entry)} dir="auto">{number}{text}</p>\n'
        yield from set_notes(context.notes.on(entry.ref), context)


def set_people_pane(entries: Sequence[Entry], context: Context) -> Iterator[str]:
    """Yield people, organisations, places and unnamed sources, under a heading each."""
    for group, found in groupby(entries, lambda entry: entry.group):
        members = list(found)
        yield f'<h2>{escape(group)} <span class="count">{len(members)}</span></h2><ul>\n'
        for entry in members:
            yield from _item(entry, context, "li", _person(entry, context))
        yield "</ul>\n"


def set_quotes_pane(entries: Sequence[Entry], context: Context) -> Iterator[str]:
    """Yield the quotes under the names of their speakers."""
    yield f'<h2>Quotes <span class="count">{len(entries)}</span></h2>\n'
    for group, found in groupby(entries, lambda entry: entry.group):
        quotes = list(found)
        speakers = [part.targets for part in quotes[0].parts if part.name == "speaker"]
        heading = context.say(group)
        if speakers and len(speakers[0]) == 1:
            heading = context.link(speakers[0][0], heading)
        yield f'<h3>{heading} <span class="count">{len(quotes)}</span></h3>\n'
        for entry in quotes:
            opening, closing = quote_marks(entry)
            lang = f' lang="{context.lang}"' if context.lang else ""
            words = f"{opening}{set_entry_text(entry, 'text', context)}{closing}"
            body = f'<blockquote><p class="words" dir="auto"{lang}>{words}</p></blockquote>'
            yield from _item(entry, context, "div", body, "own" if has_own_words(entry) else "")


def set_timeline_pane(entries: Sequence[Entry], context: Context) -> Iterator[str]:
    """Yield the events, those after publication and those without a date under headings of their own."""
    yield f'<h2>Timeline <span class="count">{len(entries)}</span></h2>\n'
    for group, found in groupby(entries, lambda entry: entry.group):
        yield f"<h3>{escape(group)}</h3>\n" if group else ""
        yield '<ol class="events">\n'
        for entry in found:
            words = collect_words(entry)
            time = f"<b>{escape(words['time'])}</b> " if "time" in words else ""
            yield f'<li class="entry event"{context.id(entry)}>'
            yield f'<span class="date"><bdi>{escape(words.get("date", ""))}</bdi></span><div>'
            lang = f' lang="{context.lang}"' if context.lang else ""
            yield f'<p dir="auto"{lang}>{time}{set_entry_text(entry, "text", context)}</p>'
            yield from _below(entry, context)
            yield "</div></li>\n"
        yield "</ol>\n"


def set_foot(entries: Sequence[Entry], context: Context) -> Iterator[str]:
    """Yield media, documents, the glossary and facts about the article."""
    for group, found in groupby(entries, lambda entry: entry.group):
        members = list(found)
        yield f"<h2>{escape(group)}</h2>\n"
        if members[0].ref.kind not in ("term", "about"):
            yield "<ul>\n"
            for entry in members:
                yield from _item(entry, context, "li", f'<p dir="auto">{set_entry_text(entry, "text", context)}</p>')
            yield "</ul>\n"
            continue
        yield '<dl lang="en">\n'
        for entry in members:
            label = " ".join(collect_words(entry).values())
            yield f"<div{context.id(entry)}><dt>{escape(label)}</dt><dd>"
            yield join_html([_remark(remark, context) for remark in iterate_remarks(entry)])
            yield f"{_places(entry, context) if entry.ref.kind == 'term' else ''}"
            yield from set_notes(context.notes.on(entry.ref), context)
            yield "</dd></div>\n"
        yield "</dl>\n"


def set_notes(notes: Sequence[PlacedNote], context: Context) -> Iterator[str]:
    """Yield the reader's notes, each with a link to the words that it is on."""
    for placed in notes:
        label, words = label_note(placed)
        label += f" “{context.say(words)}”" if words else ""
        label = context.link(placed.ref, label) if placed.ref and placed.ref.entry in context.names else label
        text = f'<p dir="auto">{escape(placed.note.text)}</p>' if placed.note.text else ""
        yield f'<div class="note" role="note" id="{context.note_names[placed.note.id]}">'
        yield f'<p class="label">{label}</p>{text}</div>\n'


def _item(entry: Entry, context: Context, tag: str, body: str, classes: str = "") -> Iterator[str]:
    yield f'<{tag} class="{join_html(("entry", classes), " ")}"{context.id(entry)}>{body}'
    yield from _below(entry, context)
    yield f"</{tag}>\n"


def _below(entry: Entry, context: Context) -> Iterator[str]:
    """Yield what is said of an entry, where it stands, and the notes on it."""
    said = join_html([_remark(remark, context) for remark in iterate_remarks(entry)])
    yield f'<p class="remarks">{said}</p>' if said else ""
    yield _places(entry, context)
    yield from set_notes(context.notes.on(entry.ref), context)


def _person(entry: Entry, context: Context) -> str:
    words = collect_words(entry)
    native = f' <span class="native"><bdi>{escape(words["native"])}</bdi></span>' if "native" in words else ""
    aside = f'<span class="aside">{_aside(entry, context)}</span>' if entry.aside else ""
    return f'<p>{aside}<span class="name">{context.say(words.get("name", ""))}</span>{native}</p>'


def _aside(entry: Entry, context: Context) -> str:
    """Return the counts beside a name; that of the quotes leads to the first of them."""
    first = next(
        (
            link.end
            for link in context.links.links_at(entry.ref)
            if link.kind is LinkKind.SAYS and link.start == entry.ref
        ),
        None,
    )
    counts = [count for count in entry.aside.split("  ") if count]
    if first and counts:
        counts[-1] = context.link(first, counts[-1])
    return ", ".join(counts)


def _remark(remark: Remark, context: Context) -> str:
    if not remark.text:
        return f'<span class="flaw">{remark.before}{escape(remark.flaw)}</span>'
    if remark.kind == "url":
        return set_web_link(remark.text)
    words = context.say(remark.text)
    if remark.flaw:
        markers = "".join(context.marker(ref) for ref in remark.targets)
        return f'{remark.before}<span class="flaw">✗ {words} ({escape(remark.flaw)})</span>{markers}'
    if len(remark.targets) == 1:
        words = context.link(remark.targets[0], words)
    markers = "".join(context.marker(ref) for ref in remark.targets) if len(remark.targets) > 1 else ""
    return f"{remark.before}{words}{markers}{remark.after}"


def _places(entry: Entry, context: Context) -> str:
    """Return the id of an entry, links to its places in the text, and links to the events that involve it."""
    met: dict[Ref, int] = {}
    shown = []
    for label, where in list_places(entry, context.links):
        met[where.entry] = number = met.get(where.entry, 0) + 1
        words, again = (escape(label), "") if number == 1 else (f"·{number}", f"{label}, {number}")
        shown.append(context.link(where, words, label=again))
    told = join_html((short_sign(entry.ref), " ".join(shown), _events_of(entry, context)))
    return f'<p class="places">{told}</p>' if told else ""


def _events_of(entry: Entry, context: Context) -> str:
    """Return the dates of the exported events that involve an entry, as links to them."""
    starts = (link.start for link in context.links.links_at(entry.ref) if link.end == entry.ref)
    events = dict.fromkeys(ref for ref in starts if ref.kind == "event" and ref in context.entries)
    dates = [context.link(ref, escape(collect_words(context.entries[ref]).get("date", ""))) for ref in events]
    return f"{pluralize(len(dates), 'event')}: {', '.join(dates)}" if dates else ""
