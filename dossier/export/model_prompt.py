"""What one gives a language model that is to make a dossier: the rules in a page, an example, the schema, the text."""

import json
from collections.abc import Sequence

from dossier.export.json_types import JsonObject
from dossier.export.strict_schema import fill_with_nulls, make_strict_schema

RULES = """\
# Task

Make a dossier of a news article: its text, the people, organisations and places in it, who said what, and what happened
when, each with the words that prove it. Answer with one JSON object in the form of the schema below, and nothing else:
no fences, no words before or after. A checker compares every quote and date with the text, letter by letter.

# Rules

1. Invent nothing. Write null where the article says nothing, never "unknown", "N/A" or a guess. Do not add what you
   know from elsewhere: no first names, ages, offices or dates that the article does not give.
2. body is the whole text of the article, word for word, a string for each paragraph, in order. Correct nothing,
   not even errors. The headline and captions are not part of it. The ids of the paragraphs are p1, p2, p3 …
3. people, orgs and places have an id of lower-case letters, digits and hyphens (okafor), unique in its kind. name is
   the full name as the article writes it; aliases are the other names it uses: initials, titles (the minister).
   Surnames alone need no alias. List only people who are named. org is an id of orgs.
4. quotes: one for each statement that the article attributes to somebody.
   - form direct: text is verbatim, copied from the article without the quote marks around it, to the last comma.
   - form mixed: a paraphrase with some words in quote marks; keep these marks in text: they enclose verbatim words.
   - form indirect: a paraphrase in the article's words; copy those. free-indirect: the same without a verb of saying.
   - form reported: the article says only that something was said, not what; text may be null.
   - Where the article interrupts a quote (“We will,” she said, “run every day”), write […] between the parts:
     We will, […] run every day. Never join the parts without it, never leave words out without it, never write ... or …
   - speaker is an id of people or orgs. A source without a name (an official) has speaker null and speaker_text as the
     article calls it. For a pronoun (she), write the person that it stands for.
   - cue is the verb of saying: said, told, wrote. to or to_text is who is spoken to, if the article says so.
5. timeline: what happened, and what is planned, with a date in EDTF: 2023-04-11, 2023-04, 2006, 2022-12~ (about),
   2022-12? (uncertain), 201X, 2022-21 (spring; summer -22, autumn -23, winter -24), 2022-06-29/2022-06-30, 2017-11/..
   (since). date_text is the date in the article's own words (on Tuesday, last December), copied exactly. Work out the
   date of "on Tuesday" from published; where that is not possible, date is null and date_text alone is enough.
   status is planned for what was still to come when the article was published, alleged or denied for what somebody
   claims or denies, else happened.
6. at says where the evidence is: {"p": "p3", …}; exact is the words there, copied exactly, or null for the whole
   paragraph; prefix or suffix are the words right before or after, only if exact occurs there more than once. A direct
   quote that occurs only once needs no at. p may also be headline, subtitle or media:m1 (a caption).
7. published is when the article appeared, with the time and zone if they are given: 2023-04-12T09:30+02:00.

# Afterwards

The answer is checked with `dossier check - --format json`. You will get the problems as a list of objects with `code`,
`line`, `column` (the place in your answer), `message`, `excerpt` (that line) and, if it can be fixed automatically,
`fix` (line, column, end_line, end_column, text: the range to replace, and its new text). Fix all of them and answer
with the whole object again. Where a message leaves you a choice, choose what the article says; remove an entry rather
than change the text of the article.
"""

_EXAMPLE_BODY = (
    "Two island councils signed a ferry pact on Tuesday.",
    "“We will run every day of the year,” said Lena Okafor, the transport minister. “Winter included.”",
    "Han Seo-jin, who heads the Port Authority of Arlen (PAA), told reporters the quay would be ready by June.",
    "The toll on the north bridge has been charged since November 2017. It would not rise, an official said.",
)
_EXAMPLE: JsonObject = {
    "headline": "Ferry pact signed in Port Arlen",
    "outlet": "Harbour Herald",
    "byline": ["Ida Brandt"],
    "published": "2023-04-12T09:30+02:00",
    "lang": "en",
    "body": list(_EXAMPLE_BODY),
    "people": [
        {"id": "okafor", "name": "Lena Okafor", "role": "transport minister"},
        {"id": "han", "name": "Han Seo-jin", "role": "head", "org": "paa"},
    ],
    "orgs": [{"id": "paa", "name": "Port Authority of Arlen", "aliases": ["PAA"]}],
    "places": [{"id": "arlen", "name": "Port Arlen"}, {"id": "bridge", "name": "north bridge"}],
    "quotes": [
        {
            "speaker": "okafor",
            "form": "direct",
            "cue": "said",
            "text": "We will run every day of the year, […] Winter included.",
        },
        {
            "id": "quay",
            "speaker": "han",
            "to_text": "reporters",
            "form": "indirect",
            "cue": "told",
            "text": "the quay would be ready by June",
            "at": {"p": "p3", "exact": "the quay would be ready by June"},
        },
        {
            "speaker_text": "an official",
            "form": "indirect",
            "cue": "said",
            "text": "It would not rise",
            "at": {"p": "p4", "exact": "It would not rise"},
        },
    ],
    "timeline": [
        {"date": "2023-04-11", "date_text": "on Tuesday", "what": "Councils sign the ferry pact", "at": {"p": "p1"}},
        {
            "date": "2017-11/..",
            "date_text": "since November 2017",
            "what": "Toll charged on the north bridge",
            "places": ["bridge"],
            "at": {"p": "p4"},
        },
        {
            "date": "2023-06~",
            "date_text": "by June",
            "what": "Quay ready",
            "status": "planned",
            "orgs": ["paa"],
            "quote": "quay",
            "at": {"p": "p3"},
        },
    ],
}


def make_example() -> JsonObject:
    """Return an article in the strict form, as a model is to write it."""
    example: JsonObject = fill_with_nulls(_EXAMPLE, make_strict_schema())
    return example


def make_model_prompt(paragraphs: Sequence[str]) -> str:
    """Return the prompt with these paragraphs of an article; without any, a place for the text is left at its end."""
    parts = [
        RULES,
        "# Example\n",
        "The article (Harbour Herald, 12 April 2023, 9:30, by Ida Brandt; Ferry pact signed in Port Arlen):\n",
        _number(_EXAMPLE_BODY),
        "The answer:\n",
        json.dumps(make_example(), ensure_ascii=False, indent=1) + "\n",
        "# Schema\n",
        json.dumps(make_strict_schema(), ensure_ascii=False, separators=(",", ":")) + "\n",
        "# The article\n",
        "The numbers in brackets are not part of the text. If the text begins with its headline, date or byline, put "
        "these under their keys and not in body, and count the paragraphs from the first one in body.\n",
        _number(paragraphs) if paragraphs else "(Put the text here.)",
    ]
    return "\n".join(parts)


def _number(paragraphs: Sequence[str]) -> str:
    return "".join(f"[p{number}] {text}\n" for number, text in enumerate(paragraphs, 1))
