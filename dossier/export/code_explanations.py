"""What each code of problem means, with an example: what `dossier check --explain` prints."""

from textwrap import fill

from dossier.core.dataclasses import NamedTuple
from dossier.core.problem import SEVERITIES


class CodeExplanation(NamedTuple):
    """What a code means and how to mend it, with parts of a file in which it is found and no longer found."""

    meaning: str
    wrong: str = ""
    right: str = ""


EXPLANATIONS = {
    "cannot-read": CodeExplanation(
        "The file cannot be opened or read: it is gone, it is a folder, or its permissions forbid it."
    ),
    "not-yaml": CodeExplanation(
        "The file is not YAML from this place on, and nothing of it can be shown. Mostly a character of a text is "
        "taken for a part of YAML: a colon with a blank behind it, a quote mark at the beginning, an apostrophe "
        "between apostrophes. A block (|) takes every text as it is. The answer of a language model may have "
        "fences (```) around it: take them away.",
        "headline: Ferry: a daily boat",
        'headline: "Ferry: a daily boat"',
    ),
    "not-json": CodeExplanation(
        "The file is not JSON from this place on. A .json file is one object with the keys of an article; a list of "
        "articles, JSON Lines, or an answer between fences is what dossier import takes."
    ),
    "not-utf8": CodeExplanation(
        "The file is in another encoding than UTF-8, or has a byte that is broken. Save it as UTF-8 in your "
        "editor; of a file that is in Windows-1252, iconv -f windows-1252 -t utf-8 makes one."
    ),
    "not-mapping": CodeExplanation(
        "An article file begins with keys such as headline: and body:. This one is a list, a single text, or empty.",
        "- Ferry pact signed\n- Two councils signed.",
        "headline: Ferry pact signed\nbody: Two councils signed.",
    ),
    "no-headline": CodeExplanation(
        "Without a headline there is no article: it is what lists and titles show.",
        "headline:",
        "headline: Ferry pact signed",
    ),
    "no-body": CodeExplanation(
        "Without a body there is no article: all that is quoted and dated must stand in it.",
        "body:",
        "body: |\n  “We will run every day,” said Lena Okafor.\n\n  Han Seo-jin said nothing.",
    ),
    "duplicate-key": CodeExplanation(
        "A key stands twice in one mapping. The first is used, the other is left out. Take one of them out; two "
        "events of one date are two items of a list.",
        "lang: en\nlang: ko",
        "lang: en",
    ),
    "duplicate-id": CodeExplanation(
        "Two entries of one kind have the same id, so that references to it could mean either. An entry without "
        "an id is q1, e1 or m1 by its position: an id that you give must not be that of another position.",
        "quotes:\n  - {okafor: every day}\n  - {id: q1, speaker: okafor, text: We will run}",
        "quotes:\n  - {okafor: every day}\n  - {id: run, speaker: okafor, text: We will run}",
    ),
    "bad-id": CodeExplanation(
        "An id is made of small letters (a to z), digits and hyphens, and does not begin with a hyphen. The full name "
        "stands under name:, in any letters.",
        "people:\n  Lena_Okafor: Lena Okafor",
        "people:\n  lena-okafor: Lena Okafor",
    ),
    "duplicate-wikidata": CodeExplanation(
        "Two entries of the registry have the same wikidata number, which makes them one person or organisation. "
        "Make one entry of them, or correct the number."
    ),
    "duplicate-article": CodeExplanation(
        "Several articles of the library have this id. Until all but one have another, each is addressed by the "
        "path of its file instead. Without id: the id is the name of the file."
    ),
    "second-registry": CodeExplanation(
        "A library has one registry. The one nearest to its top is used, this one is not: make one of the two."
    ),
    "registry-contradicted": CodeExplanation(
        "By its id and name an entry of an article is one of the registry, and by its wikidata number it is "
        "another. One of the two numbers is wrong, or the id is that of somebody else."
    ),
    "unknown-reference": CodeExplanation(
        "A reference is the id of an entry, or a name or alias that only one entry has. Nothing has this one: "
        "correct it, or add the entry. A speaker who has no name is written in speaker_text, in the words of the "
        "article.",
        "quotes:\n  - okafer: We will run every day",
        "quotes:\n  - okafor: We will run every day",
    ),
    "ambiguous-reference": CodeExplanation(
        "Several entries have this name or alias: write the id of the one that is meant. An id that a person and an "
        "organisation have is written person/x or org/x.",
        "people:\n  lena: {name: Lena Okafor, aliases: [the minister]}\n  han: {name: Han, aliases: [the chief]}\n"
        "orgs:\n  lena: The Lena\n"
        "quotes:\n  - lena: We will run every day\n  - {speaker: han, form: reported}",
        "people:\n  lena: {name: Lena Okafor, aliases: [the minister]}\n  han: {name: Han, aliases: [the chief]}\n"
        "orgs:\n  lena: The Lena\n"
        "quotes:\n  - person/lena: We will run every day\n  - {speaker: han, form: reported}",
    ),
    "bad-at": CodeExplanation(
        "at: says where the evidence stands: p3, p3:12-48 (code points from 0, the end excluded), headline, subtitle, "
        "media:m1, {p: p3, exact: the words}, or a list of these. This is none of them, or there is no such place.",
        "quotes:\n  - {speaker: okafor, text: every day, at: p9}",
        "quotes:\n  - {speaker: okafor, text: every day, at: p1}",
    ),
    "exact-not-found": CodeExplanation(
        "The words of exact: must stand in the place p: letter for letter, and between prefix: and suffix: if "
        "these are given.",
        "quotes:\n  - {speaker: okafor, text: every day, at: {p: p1, exact: each day}}",
        "quotes:\n  - {speaker: okafor, text: every day, at: {p: p1, exact: every day}}",
    ),
    "bad-date": CodeExplanation(
        "Dates are EDTF (ISO 8601-2): 2023-04-11, 2023-04, 2006, 2023-04-11T09:30+02:00, 2022-12~ (about), "
        "2022-12? (uncertain), 201X, 2022-21 (spring, to 24, winter), 2022-06-29/2022-06-30, 2017-11/.. (since). "
        "A date that can only be said in words stands under date_text.",
        "updated: 30 April 2023",
        "updated: 2023-04-30",
    ),
    "unknown-form": CodeExplanation(
        "The forms of a quote are direct (all words are verbatim), mixed (those between quote marks are), indirect "
        "(retold), reported (that something was said, not what) and free-indirect (retold without a verb of saying).",
        "quotes:\n  - {speaker: okafor, form: verbatim, text: every day}",
        "quotes:\n  - {speaker: okafor, form: direct, text: every day}",
    ),
    "unknown-status": CodeExplanation(
        "An event is happened, planned (it was still to come when the article was published), alleged or denied.",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: done}",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: happened}",
    ),
    "not-verbatim": CodeExplanation(
        "The words of a direct quote, and those between the quote marks of a mixed one, must stand in the article "
        "letter for letter; only kinds of quote mark, of dash and of blank do not count. Copy them. Where the "
        "article interrupts the quote, or you leave words out, write […] between the parts.",
        "quotes:\n  - okafor: We will run each day",
        "quotes:\n  - okafor: We will run […] day",
    ),
    "wrong-shape": CodeExplanation(
        "A value has another shape than belongs here: a list where a text belongs, a text where a list belongs, "
        "nothing where something must stand. A text with a colon and a blank in it, or one that begins with [ or "
        "{, is put in quotes.",
        "subtitle: [Daily boat, no toll]",
        "subtitle: Daily boat, no toll",
    ),
    "cut-by-comma": CodeExplanation(
        "In a mapping in braces a comma ends a value, so that the rest of the text is lost. Put the whole text in "
        "quotes.",
        "quotes:\n  - {speaker: okafor, form: indirect, text: would pay, sign, and leave, at: p1}",
        'quotes:\n  - {speaker: okafor, form: indirect, text: "would pay, sign, and leave", at: "p1:1-9"}',
    ),
    "too-large": CodeExplanation(
        "The file has more bytes than are read. One file is one article; for a longer one raise the limit: "
        "--max-size N."
    ),
    "too-deep": CodeExplanation(
        "Lists and mappings are nested deeper than is read; the format needs five levels. Where a file means to, raise "
        "the limit: --max-depth N."
    ),
    "too-many-aliases": CodeExplanation(
        "Through its aliases (*name) the file means more values than are followed, or an alias stands inside its own "
        "anchor. Write the values out, or raise the limit: --max-aliases N.",
    ),
    "too-many-entries": CodeExplanation(
        "There are more entries of one kind than are read; the rest is left out. Raise the limit: --max-entries N."
    ),
    "not-toml": CodeExplanation("The file of settings, or of a theme, is not TOML from this place on."),
    "unknown-name": CodeExplanation("No setting, command or style has this name. dossier config show lists them all."),
    "wrong-value": CodeExplanation("A setting has a value that it cannot have; the message says which it can."),
    "no-key": CodeExplanation("This is not the name of a key that a terminal can send."),
    "key-bound-twice": CodeExplanation("Two commands have the same key: give one of them another."),
    "quote-in-several-places": CodeExplanation(
        "The words of the quote stand in the article more than once, and nothing says which place is meant; all are "
        "shown. Say it with at:.",
        "quotes:\n  - okafor: No new toll",
        "quotes:\n  - {speaker: okafor, text: No new toll, at: p3}",
    ),
    "quote-not-at-place": CodeExplanation(
        "The words of the quote stand in the article, but not where at: says. Correct at:, or leave it out when they "
        "stand in one place only.",
        "quotes:\n  - {speaker: okafor, text: every day, at: p2}",
        "quotes:\n  - {speaker: okafor, text: every day, at: p1}",
    ),
    "no-speaker": CodeExplanation(
        "It is not said who speaks. speaker: is an id; speaker_text: is what the article calls a source without a "
        "name.",
        "quotes:\n  - {text: every day}",
        "quotes:\n  - {speaker_text: an official, text: every day}",
    ),
    "mixed-without-marks": CodeExplanation(
        "In a mixed quote the words between quote marks are those of the speaker, and this one has no quote marks. Put "
        "them around the verbatim words, or write form: indirect.",
        "quotes:\n  - {speaker: okafor, form: mixed, text: it will run every day, at: p1}",
        "quotes:\n  - {speaker: okafor, form: mixed, text: it will run “every day”, at: p1}",
    ),
    "indirect-not-in-body": CodeExplanation(
        "An indirect quote need not be verbatim, but then at: must say which words of the article it stands for: as a "
        "span, or by {p, exact}. If only the fact that something was said is meant, write form: reported.",
        "quotes:\n  - {speaker: okafor, form: indirect, text: the boat would be daily}",
        "quotes:\n  - {speaker: okafor, form: indirect, text: the boat would be daily, at: {p: p1, exact: every day}}",
    ),
    "alias-claimed-twice": CodeExplanation(
        "Two entries of one kind have this name. Where it stands alone in the text, both are linked. Leave it with the "
        "one that is meant, if only one is.",
        "people:\n  okafor: {name: Lena Okafor, aliases: [Lena]}\n  han: {name: Han Seo-jin, aliases: [Lena]}",
        "people:\n  okafor: {name: Lena Okafor, aliases: [Lena]}\n  han: {name: Han Seo-jin}",
    ),
    "two-spellings": CodeExplanation(
        "By the registry or a wikidata number two entries of the library are the same person or organisation, and "
        "their names differ. Correct one, or add it to the aliases of the other."
    ),
    "never-mentioned": CodeExplanation(
        "A person is neither in the text nor in quotes, timeline, media or byline. Add the name that the article "
        "uses to aliases, or take the entry out.",
        "people:\n  okafor: Lena Okafor\n  krone: Hanna Krone",
        "people:\n  okafor: Lena Okafor",
    ),
    "only-derived-name": CodeExplanation(
        "Only a single word of this person's name stands in the article, and it may be the name of somebody else. "
        "If it is this person, add the word to aliases.",
        "people:\n  okafor: Lena Okafor\n  seo: Han Park",
        "people:\n  okafor: Lena Okafor\n  seo: {name: Han Park, aliases: [Han]}",
    ),
    "says-nothing": CodeExplanation(
        "The value is a word for no value (None, N/A, unknown), which would be shown as if the article said it. "
        "Leave the key out, or write null.",
        "dateline: N/A",
        "dateline: null",
    ),
    "event-after-publication": CodeExplanation(
        "The event begins after the article was published. If it was still to come, write status: planned; if not, the "
        "date is wrong, or published: is.",
        "timeline:\n  - 2023-06-01: First boat",
        "timeline:\n  - {date: 2023-06-01, what: First boat, status: planned}",
    ),
    "date-text-not-in-body": CodeExplanation(
        "date_text is the date in the words of the article, and these words are not in it. Copy them, or leave it out.",
        "timeline:\n  - {date: 2023-04-11, date_text: last Tuesday, what: Pact signed}",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed}",
    ),
    "cut-by-comment": CodeExplanation(
        "A # with a blank before it begins a comment, and the rest of the line is left out. If it belongs to the text, "
        "put the whole text in quotes; if it is a comment, write a blank behind the #.",
        "subtitle: The toll is #1 in town",
        'subtitle: "The toll is #1 in town"',
    ),
    "no-published": CodeExplanation(
        "Without the date of publication the article has no place in time, and no event can be checked against it.",
        "published:",
        "published: 2023-04-12",
    ),
    "no-outlet": CodeExplanation(
        "It is not said who published the article, so that a citation of it is incomplete.",
        "outlet:",
        "outlet: Harbour Herald",
    ),
    "nearly-known-key": CodeExplanation(
        "A key that the format does not have is nearly one that it has, or another's word for it. Keys of your own are "
        "kept, and shown under Other; this one looks like a slip.",
        "keyword: [ferries]",
        "keywords: [ferries]",
    ),
    "key-taken": CodeExplanation("A key that you gave to a command was that of another one, which now has none."),
}
"""The explanation of every code."""


def explain_code(code: str) -> str:
    """Return the explanation of a code as text. Raises KeyError for a code that there is not."""
    meaning, wrong, right = EXPLANATIONS[code]
    parts = [f"{code} ({SEVERITIES[code]})", _fill(meaning)]
    if wrong:
        parts += [f"wrong:\n\n{_indent(wrong)}", f"right:\n\n{_indent(right)}"]
    return "\n\n".join(parts)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _fill(text: str) -> str:
    return fill(text, 80, break_on_hyphens=False, break_long_words=False)
