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
        "The file cannot be opened or read: it does not exist, it is a folder, or its permissions do not allow it."
    ),
    "not-yaml": CodeExplanation(
        "The file is not valid YAML from this place on, so nothing of it can be shown. Usually a character in a "
        "text is read as YAML syntax: a colon followed by a space, a quote mark at the beginning, an apostrophe "
        "inside single quotes. A block (|) accepts any text as it is. If a language model put fences (```) around "
        "its answer, delete them.",
        "headline: Ferry: a daily boat",
        'headline: "Ferry: a daily boat"',
    ),
    "not-json": CodeExplanation(
        "The file is not valid JSON from this place on. A .json file is one object with the keys of an article. "
        "For a list of articles, JSON Lines, or an answer between fences, use dossier import."
    ),
    "not-utf8": CodeExplanation(
        "The file is not in UTF-8, or has a broken byte. Save it as UTF-8 in your editor, or convert it: for a "
        "file in Windows-1252, use iconv -f windows-1252 -t utf-8."
    ),
    "not-mapping": CodeExplanation(
        "An article file begins with keys such as headline: and body:. This one is a list, a single text, or empty.",
        "- Ferry pact signed\n- Two councils signed.",
        "headline: Ferry pact signed\nbody: Two councils signed.",
    ),
    "no-headline": CodeExplanation(
        "An article needs a headline: lists and titles show it.",
        "headline:",
        "headline: Ferry pact signed",
    ),
    "no-body": CodeExplanation(
        "An article needs a body: everything that is quoted and dated must be in it.",
        "body:",
        "body: |\n  “We will run every day,” said Lena Okafor.\n\n  Han Seo-jin said nothing.",
    ),
    "duplicate-key": CodeExplanation(
        "A key occurs twice in one mapping. The first is used, the other is ignored. Remove one of them. Two "
        "events of the same date are two items of a list.",
        "lang: en\nlang: ko",
        "lang: en",
    ),
    "duplicate-id": CodeExplanation(
        "Two entries of one kind have the same id, so a reference to it could mean either. An entry without an id "
        "gets q1, e1 or m1 from its position; an id that you write must not be that of another position.",
        "quotes:\n  - {okafor: every day}\n  - {id: q1, speaker: okafor, text: We will run}",
        "quotes:\n  - {okafor: every day}\n  - {id: run, speaker: okafor, text: We will run}",
    ),
    "bad-id": CodeExplanation(
        "An id consists of lower-case letters (a to z), digits and hyphens, and does not begin with a hyphen. "
        "Write the full name in name:, in any letters.",
        "people:\n  Lena_Okafor: Lena Okafor",
        "people:\n  lena-okafor: Lena Okafor",
    ),
    "duplicate-wikidata": CodeExplanation(
        "Two entries of the registry have the same Wikidata number, which makes them one person or organisation. "
        "Merge the entries, or correct the number."
    ),
    "duplicate-article": CodeExplanation(
        "Several articles of the library have this id. Until their ids differ, each is addressed by the path of "
        "its file instead. By default, the id is the name of the file."
    ),
    "decided-both-ways": CodeExplanation(
        "The registry says of two entries both that they are the same and that they are not, perhaps by way of a "
        "third one. They count as different. Remove what is wrong.",
    ),
    "named-twice": CodeExplanation(
        "One list under same or apart in the registry names an entry twice. An entry is the same as itself, and never "
        "another than itself: the second one decides nothing. Remove it, or write the address of the entry that was "
        "meant.",
    ),
    "second-registry": CodeExplanation(
        "A library has one registry. The one nearest to its top is used and this one is not: merge the two."
    ),
    "registry-contradicted": CodeExplanation(
        "By its id and name, an entry of an article is one entry of the registry; by its Wikidata number it is "
        "another. One of the numbers is wrong, or the id belongs to somebody else."
    ),
    "unknown-reference": CodeExplanation(
        "A reference is the id of an entry, or a name or alias that only one entry has. No entry has this one: "
        "correct it, or add the entry. For a speaker without a name, use speaker_text with the words of the "
        "article.",
        "quotes:\n  - okafer: We will run every day",
        "quotes:\n  - okafor: We will run every day",
    ),
    "ambiguous-reference": CodeExplanation(
        "Several entries have this name or alias: write the id of the one that is meant. If a person and an "
        "organisation have the same id, write person/x or org/x.",
        "people:\n  lena: {name: Lena Okafor, aliases: [the minister]}\n  han: {name: Han, aliases: [the chief]}\n"
        "orgs:\n  lena: The Lena\n"
        "quotes:\n  - lena: We will run every day\n  - {speaker: han, form: reported}",
        "people:\n  lena: {name: Lena Okafor, aliases: [the minister]}\n  han: {name: Han, aliases: [the chief]}\n"
        "orgs:\n  lena: The Lena\n"
        "quotes:\n  - person/lena: We will run every day\n  - {speaker: han, form: reported}",
    ),
    "bad-at": CodeExplanation(
        "at: says where the evidence is: p3, p3:12-48 (code points from 0, the end excluded), headline, subtitle, "
        "media:m1, {p: p3, exact: the words}, or a list of these. This is none of them, or there is no such place.",
        "quotes:\n  - {speaker: okafor, text: every day, at: p9}",
        "quotes:\n  - {speaker: okafor, text: every day, at: p1}",
    ),
    "exact-not-found": CodeExplanation(
        "The words of exact: must be in the place p: letter for letter, and between prefix: and suffix: if these "
        "are given.",
        "quotes:\n  - {speaker: okafor, text: every day, at: {p: p1, exact: each day}}",
        "quotes:\n  - {speaker: okafor, text: every day, at: {p: p1, exact: every day}}",
    ),
    "bad-date": CodeExplanation(
        "Dates are EDTF (ISO 8601-2): 2023-04-11, 2023-04, 2006, 2023-04-11T09:30+02:00, 2022-12~ (about), "
        "2022-12? (uncertain), 201X, 2022-21 (spring; 22 to 24 are the other seasons), 2022-06-29/2022-06-30, "
        "2017-11/.. (since). For a date that can only be given in words, use date_text.",
        "updated: 30 April 2023",
        "updated: 2023-04-30",
    ),
    "unknown-form": CodeExplanation(
        "The forms of a quote are direct (all words are verbatim), mixed (the words in quote marks are), indirect "
        "(a paraphrase), reported (only that something was said) and free-indirect (a paraphrase without a verb of "
        "saying).",
        "quotes:\n  - {speaker: okafor, form: verbatim, text: every day}",
        "quotes:\n  - {speaker: okafor, form: direct, text: every day}",
    ),
    "unknown-status": CodeExplanation(
        "An event is happened, planned (still to come when the article was published), alleged or denied.",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: done}",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed, status: happened}",
    ),
    "not-verbatim": CodeExplanation(
        "The words of a direct quote, and those in the quote marks of a mixed one, must be in the article letter "
        "for letter; only kinds of quote mark, dash and white space may differ. Copy them. Where the article "
        "interrupts the quote, or you leave words out, write […] between the parts.",
        "quotes:\n  - okafor: We will run each day",
        "quotes:\n  - okafor: We will run […] day",
    ),
    "wrong-shape": CodeExplanation(
        "A value has the wrong shape: a list instead of text, text instead of a list, or nothing where a value is "
        "required. Put text in quotes if it begins with [ or {, or has a colon followed by a space.",
        "subtitle: [Daily boat, no toll]",
        "subtitle: Daily boat, no toll",
    ),
    "cut-by-comma": CodeExplanation(
        "In a mapping in braces a comma ends a value, so the rest of the text is lost. Put the whole text in quotes.",
        "quotes:\n  - {speaker: okafor, form: indirect, text: would pay, sign, and leave, at: p1}",
        'quotes:\n  - {speaker: okafor, form: indirect, text: "would pay, sign, and leave", at: "p1:1-9"}',
    ),
    "too-large": CodeExplanation(
        "The file is larger than the limit. A file is one article; for a longer one, raise the limit: --max-size N."
    ),
    "too-deep": CodeExplanation(
        "Lists and mappings are nested deeper than the limit; the format needs five levels. If this is intended, "
        "raise the limit: --max-depth N."
    ),
    "too-many-aliases": CodeExplanation(
        "Aliases (*name) lead to more values than the limit allows, or to more text than a file may have, or an alias "
        "is inside its own anchor. Write the values out, or raise the limit: --max-aliases N for values, --max-size N "
        "for text.",
    ),
    "too-many-entries": CodeExplanation(
        "There are more entries of one kind than the limit allows; the rest is ignored. Raise the limit: "
        "--max-entries N."
    ),
    "too-many-values": CodeExplanation(
        "The file has more keys and values than are read, far more than the longest article. Those before this place "
        "are read. Split the file: one article is one file."
    ),
    "cut-short": CodeExplanation(
        "Something was left out because it would take too much time or memory: names or quotes that stand in very many "
        "places, or too many unknown names and keys to look for similar ones. The message says what was left out and "
        "from where on. Everything else is checked. Such a file is rarely meant: look for aliases that are common "
        "words, and for a list that a program wrote again and again."
    ),
    "not-toml": CodeExplanation("The settings or theme file is not valid TOML from this place on."),
    "unknown-name": CodeExplanation("No setting, command or style has this name. dossier config show lists them all."),
    "wrong-value": CodeExplanation("The value is not allowed for this setting; the message says which values are."),
    "no-key": CodeExplanation("This is not the name of a key that a terminal can send."),
    "key-bound-twice": CodeExplanation("Two commands have the same key: give one of them another."),
    "quote-in-several-places": CodeExplanation(
        "The words of the quote occur in the article more than once, and nothing says which place is meant, so all "
        "are shown. Add at: to say which one.",
        "quotes:\n  - okafor: No new toll",
        "quotes:\n  - {speaker: okafor, text: No new toll, at: p3}",
    ),
    "quote-not-at-place": CodeExplanation(
        "The words of the quote are in the article, but not where at: says. Correct at:, or remove it if they "
        "occur only once.",
        "quotes:\n  - {speaker: okafor, text: every day, at: p2}",
        "quotes:\n  - {speaker: okafor, text: every day, at: p1}",
    ),
    "no-speaker": CodeExplanation(
        "The quote has no speaker. speaker: is an id; speaker_text: is what the article calls a source without a name.",
        "quotes:\n  - {text: every day}",
        "quotes:\n  - {speaker_text: an official, text: every day}",
    ),
    "mixed-without-marks": CodeExplanation(
        "In a mixed quote the words in quote marks are the speaker's own, and this one has no quote marks. Put "
        "them around the verbatim words, or write form: indirect.",
        "quotes:\n  - {speaker: okafor, form: mixed, text: it will run every day, at: p1}",
        "quotes:\n  - {speaker: okafor, form: mixed, text: it will run “every day”, at: p1}",
    ),
    "indirect-not-in-body": CodeExplanation(
        "An indirect quote need not be verbatim, but then at: must say which words of the article it renders: as a "
        "span, or with {p, exact}. If only the fact that something was said matters, write form: reported.",
        "quotes:\n  - {speaker: okafor, form: indirect, text: the boat would be daily}",
        "quotes:\n  - {speaker: okafor, form: indirect, text: the boat would be daily, at: {p: p1, exact: every day}}",
    ),
    "alias-claimed-twice": CodeExplanation(
        "Two entries of one kind have this name. Where it occurs alone in the text, both are linked. If only one "
        "of them has this name, remove it from the other.",
        "people:\n  okafor: {name: Lena Okafor, aliases: [Lena]}\n  han: {name: Han Seo-jin, aliases: [Lena]}",
        "people:\n  okafor: {name: Lena Okafor, aliases: [Lena]}\n  han: {name: Han Seo-jin}",
    ),
    "two-spellings": CodeExplanation(
        "By the registry or a Wikidata number, two entries of the library are the same person or organisation, but "
        "their names differ. Correct one, or add it to the aliases of the other."
    ),
    "never-mentioned": CodeExplanation(
        "A person is neither in the text nor in the quotes, timeline, media or byline. Add the name that the "
        "article uses to aliases, or remove the entry.",
        "people:\n  okafor: Lena Okafor\n  krone: Hanna Krone",
        "people:\n  okafor: Lena Okafor",
    ),
    "only-derived-name": CodeExplanation(
        "The article has only a single word of this person's name, which may be the name of somebody else. If it "
        "is this person, add the word to aliases.",
        "people:\n  okafor: Lena Okafor\n  seo: Han Park",
        "people:\n  okafor: Lena Okafor\n  seo: {name: Han Park, aliases: [Han]}",
    ),
    "says-nothing": CodeExplanation(
        "The value is a word for no value (None, N/A, unknown), and would be shown as if the article said it. "
        "Remove the key, or write null.",
        "dateline: N/A",
        "dateline: null",
    ),
    "event-after-publication": CodeExplanation(
        "The event begins after the article was published. If it was still to come, write status: planned; if not, "
        "its date or published: is wrong.",
        "timeline:\n  - 2023-06-01: First boat",
        "timeline:\n  - {date: 2023-06-01, what: First boat, status: planned}",
    ),
    "date-text-not-in-body": CodeExplanation(
        "date_text is the date in the words of the article, but these words are not in it. Copy them, or remove "
        "date_text.",
        "timeline:\n  - {date: 2023-04-11, date_text: last Tuesday, what: Pact signed}",
        "timeline:\n  - {date: 2023-04-11, what: Pact signed}",
    ),
    "cut-by-comment": CodeExplanation(
        "A # after a space begins a comment, and the rest of the line is ignored. If it belongs to the text, put "
        "the whole text in quotes; if it is a comment, write a space after the #.",
        "subtitle: The toll is #1 in town",
        'subtitle: "The toll is #1 in town"',
    ),
    "no-published": CodeExplanation(
        "Without a date of publication the article has no place in time, and its events cannot be checked against it.",
        "published:",
        "published: 2023-04-12",
    ),
    "no-outlet": CodeExplanation(
        "The article has no outlet, so citations of it are incomplete.",
        "outlet:",
        "outlet: Harbour Herald",
    ),
    "nearly-known-key": CodeExplanation(
        "A key that is not part of the format is similar to one that is, or another word for it. Your own keys are "
        "allowed and shown under Other; this one looks like a mistake.",
        "keyword: [ferries]",
        "keywords: [ferries]",
    ),
    "prose-as-key": CodeExplanation(
        "The first or last line of the file has the form of a key with its value, but reads like a remark about the "
        "file, as language models add one. It is kept, and shown under Other. If it is such a remark, delete the line.",
        "Note: I left out the advertisements and the weather box.",
    ),
    "key-taken": CodeExplanation("A key that you gave to a command belonged to another one, which no longer has it."),
}
"""The explanation of every code."""


def explain_code(code: str) -> str:
    """Return the explanation of a code as text. Raises KeyError for a code that there is not."""
    meaning, wrong, right = EXPLANATIONS[code]
    parts = [f"{code} ({SEVERITIES[code]})", fill(meaning, 80, break_on_hyphens=False, break_long_words=False)]
    if wrong:
        parts += [f"wrong:\n\n{_indent(wrong)}", f"right:\n\n{_indent(right)}"]
    return "\n\n".join(parts)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
