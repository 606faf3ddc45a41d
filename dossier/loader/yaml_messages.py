"""What the YAML parser complains of, in words that name the cure.

Decided here: whoever meets a complaint wanted to write a text, and needs to know which sign was taken for something
else. The two parsers of PyYAML word their complaints differently, so only what both have in common is looked at.
"""

CURE = "put the text in quotes, or use a block: |"
"""What helps against nearly all that is not YAML."""
_WHOLE = "if it is text, put the whole text in quotes"


def explained(problem: str, found: str) -> str:
    """What is wrong where the parser stopped at the character `found` ("" at the end); "" when that is not known."""
    if found == "\t":
        return "a tab stands where the indentation is: indent with spaces"
    if found and "cannot start any token" in problem:
        return f"a text cannot begin with {found}: {CURE}"
    if "escape" in problem:
        return "a backslash between double quotes begins an escape, and this is none: use single quotes, or write \\\\"
    if "mapping values are not allowed" in problem:
        return f"a colon with a space after it begins a value, which cannot be here: {CURE}"
    return ""


def misread(complaint: str, begun: str) -> str:
    """What is wrong with what begins with the character `begun`, and could not be read; "" when that is not known."""
    kind = {"!": "tag", "&": "anchor", "*": "alias"}.get(begun)
    if kind is None or kind not in complaint:
        return ""
    return f"what begins with {begun} is no {kind} that YAML knows: {_WHOLE}"


def lost_tag(tag: str) -> str:
    """That a tag says nothing in an article file, and is shown nowhere; `tag` as it is written."""
    return f"{tag!r} is taken for a YAML tag and left out: {_WHOLE}; if not, take it out"


def lost_anchor(name: str) -> str:
    """That an anchor with this name is shown nowhere, and nothing points to it."""
    return f"'&{name}' is taken for a YAML anchor that nothing uses, and left out: {_WHOLE}; if not, take it out"
