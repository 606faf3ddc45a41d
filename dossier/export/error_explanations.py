"""What each code of an error means, with an example."""

from dossier.core.dataclasses import NamedTuple


class CodeExplanation(NamedTuple):
    """What a code means and how to mend it, with parts of a file in which it is found and no longer found."""

    meaning: str
    wrong: str = ""
    right: str = ""


ERROR_EXPLANATIONS = {
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
    "not-toml": CodeExplanation("The settings or theme file is not valid TOML from this place on."),
    "unknown-name": CodeExplanation("No setting, command or style has this name. dossier config show lists them all."),
    "wrong-value": CodeExplanation("The value is not allowed for this setting; the message says which values are."),
    "no-key": CodeExplanation("This is not the name of a key that a terminal can send."),
    "key-bound-twice": CodeExplanation("Two commands have the same key: give one of them another."),
}
"""The explanation of every code of an error."""
