"""What each code of a warning means, with an example."""

from dossier.export.error_explanations import CodeExplanation

WARNING_EXPLANATIONS = {
    "decided-both-ways": CodeExplanation(
        "The registry says of two entries both that they are the same and that they are not, perhaps by way of a "
        "third one. They count as different. Remove what is wrong.",
    ),
    "named-twice": CodeExplanation(
        "One list under same or apart in the registry names an entry twice. An entry is the same as itself, and never "
        "another than itself: the second one decides nothing. Remove it, or write the address of the entry that was "
        "meant.",
    ),
    "cut-short": CodeExplanation(
        "Something was left out because it would take too much time or memory: names or quotes that stand in very many "
        "places, or too many unknown names and keys to look for similar ones. The message says what was left out and "
        "from where on. Everything else is checked. Such a file is rarely meant: look for aliases that are common "
        "words, and for a list that a program wrote again and again."
    ),
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
"""The explanation of every code of a warning."""
