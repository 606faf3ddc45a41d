"""How every command speaks: data to stdout, talk to stderr, neither with anything in it that commands a terminal."""

import os
import sys

from dossier.text.sanitize import safe


def tell(message: str) -> None:
    """Say something to the reader, which is no part of what was asked for."""
    print("\n".join(safe(line) for line in f"dossier: {message}".split("\n")), file=sys.stderr)


def count_words(count: int, noun: str, plural: str = "") -> str:
    """So many of something: `1 article`, `1,204 articles`."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def is_marked() -> bool:
    """Whether what is printed may be bold here and there."""
    # "… when present and not an empty string …, prevents the addition of ANSI color" (no-color.org).
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("", "dumb")
    return sys.stdout is not None and sys.stdout.isatty() and not plain


def prints_only_ascii() -> bool:
    """Whether texts must be escaped, since the output cannot encode every one of them."""
    return sys.stdout is not None and sys.stdout.encoding.lower().replace("-", "") != "utf8"
