"""Parts of messages: counts with their nouns, the name that was probably meant, shortened texts."""

from collections.abc import Iterable


def pluralize(count: int, noun: str, plural: str = "") -> str:
    """Return `noun` if `count` is 1, else its plural: `plural` or, if that is empty, `noun` with an s."""
    return noun if count == 1 else plural or f"{noun}s"


def count_noun(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun, such as "1 article" or "1,200 articles"."""
    return f"{count:,} {pluralize(count, noun, plural)}"


def suggest_name(word: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the one of `names` that is most similar to `word`; "" if none is similar enough.

    `cutoff` is the least similarity, from 0 (any name) to 1 (equal), as `difflib.get_close_matches` measures it.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only misspelt words need it

    return next(iter(get_close_matches(word, list(names), 1, cutoff)), "")


def quote_typed(text: str) -> str:
    """Return what was typed between quote marks, or as it is when it has quote marks already."""
    return text if any(mark in text for mark in '"“”„«»') else f"“{text}”"


def join_fields(words: str) -> str:
    """Return words of an article in one line.

    The fields of a row of a list stand in lines of their own: what was said, and by whom.
    """
    return " · ".join(_list_fields(words))


def split_fields(words: str, length: int) -> tuple[str, str]:
    """Return the line of `join_fields`, cut to `length` code points: its first field, and the others behind it."""
    first = next(iter(_list_fields(words)), "")
    line = abbreviate(join_fields(words), length)
    return line[: len(first)], line[len(first) :]


def _list_fields(words: str) -> list[str]:
    return [" ".join(field.split()) for field in words.split("\n") if field.strip()]


def quote_fields(words: str, length: int) -> str:
    """Return words of an article in one line, at most `length` code points, with the first field in quote marks."""
    first, others = split_fields(words, length)
    return quote_typed(first) + others


def abbreviate(text: str, length: int) -> str:
    """Return `text`, cut off with an ellipsis if it has more than `length` code points."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
