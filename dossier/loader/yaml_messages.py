"""Messages for errors of the YAML parser that say how to correct the file.

Most of these errors come from a text in which a character was taken for YAML syntax, so that the messages name that
character. The two parsers of PyYAML word their errors differently: only what both have in common is tested.
"""

from collections.abc import Iterator, Sequence

from dossier.loader.limits import MAX_DEPTH
from dossier.loader.source_text import LINE_BREAK
from dossier.text.messages import abbreviate

CURE = "put the text in quotes, or use a block: |"
"""The cure for nearly all errors."""
SECOND_DOCUMENT = (
    "a second document begins here, but only the first is read: if this is the text of the article, indent it under "
    "body: |; if it is another article, put it in its own file"
)
"""The message about a second document in a file."""
_WHOLE = "if it is text, put the whole text in quotes"


def explain_syntax_error(problem: str, found: str) -> str:
    """Return what is wrong where the parser stopped; "" if that is not known.

    `problem` is the parser's message, `found` the character at which it stopped, "" at the end of the file.
    """
    if found == "\t":
        return "there is a tab in the indentation: indent with spaces"
    if found and "cannot start any token" in problem:
        return f"text cannot begin with {found}: {CURE}"
    if "escape" in problem or "hexdecimal" in problem or "hexadecimal" in problem:
        return "a backslash in double quotes begins an escape, and this is not one: use single quotes, or write \\\\"
    if "mapping values are not allowed" in problem:
        return f"a colon followed by a space begins a value, which cannot be here: {CURE}"
    return ""


def explain_misreading(complaint: str, begun: str) -> str:
    """Return what is wrong with a token that begins with the character `begun`; "" if that is not known.

    `complaint` is the parser's message.
    """
    kind = {"!": "tag", "&": "anchor", "*": "alias"}.get(begun)
    if kind is None or kind not in complaint:
        return ""
    return f"{begun} is not a valid YAML {kind} here: {_WHOLE}"


def describe_lost_tag(tag: str) -> str:
    """Return the warning that a tag, given as written, means nothing in an article file and is not shown."""
    return f"{tag!r} is read as a YAML tag and ignored: {_WHOLE}; if not, delete it"


def describe_lost_anchor(name: str) -> str:
    """Return the warning that an anchor with this name is not used and not shown."""
    return f"'&{name}' is read as an unused YAML anchor and ignored: {_WHOLE}; if not, delete it"


def cut_off(comment: str) -> str:
    """Return the warning that a text is cut off by a comment, given from its #, that has no space after the #."""
    rest = LINE_BREAK.split(comment, maxsplit=1)[0]
    return f"{abbreviate(rest, 20)!r} is read as a comment and ignored: if it is text, put the whole text in quotes"


def describe_repeated(keys: Sequence[tuple[str, int]], again: Sequence[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """Yield the number, in `again`, of each repeated key to report, with a message.

    `keys` are the keys of a mapping with their lines, `again` those that it has once more. If the first key comes again
    and others after it, an entry begins there without its hyphen: that is one problem.
    """
    lines = dict(keys)
    is_entry = len(again) > 1 and again[0][0] == keys[0][0] and again[0][1] > keys[0][1]
    for number, (key, _line) in enumerate(again[:1] if is_entry else again):
        cure = "put a hyphen before it if another entry begins here" if is_entry else "remove one of them"
        yield number, describe_repeated_key(key, lines[key], cure)


def describe_depth(depth: int) -> str:
    """Return the message that a file has more than `depth` levels, the limit in force."""
    cure = "; --max-depth raises the limit" if depth < MAX_DEPTH else ""
    return f"lists and mappings are nested more than {depth:,} levels deep{cure}"


def describe_repeated_key(key: str, line: int, cure: str = "remove one of them") -> str:
    """Return the message that a mapping has this key in `line` already."""
    return f"{key!r} is already in line {line}, which is used: {cure}"
