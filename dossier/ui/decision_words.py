"""What a decision on who is the same person says, in words: by names, with the articles that have them."""

from collections.abc import Sequence

from dossier.core.ref import Ref
from dossier.library.library import Library
from dossier.text.messages import count_noun


def same_words(library: Library, refs: Sequence[Ref]) -> str:
    """Return that these entries are the same, such as `Lena Okafor is the same in 3 articles`."""
    names = _names(library, refs)
    return f"{_join_names(names)} {'is' if len(names) == 1 else 'are'} the same in {_where(refs)}"


def apart_words(library: Library, ref: Ref, others: Sequence[Ref]) -> str:
    """Return that an entry is different from the others, such as `… in ferry is different from … in 3 articles`."""
    names = _join_names(_names(library, others))
    return f"{_one_words(library, ref)} is different from {names} in {_where(others)}"


def rejoined_words(library: Library, ref: Ref) -> str:
    """Return that an entry is no longer set apart."""
    return f"{_one_words(library, ref)} is no longer set apart"


def apart_again_words(library: Library, ref: Ref) -> str:
    """Return that an entry is set apart as it was."""
    return f"{_one_words(library, ref)} is set apart again"


def _one_words(library: Library, ref: Ref) -> str:
    return f"{_join_names(_names(library, (ref,)))} in {ref.article}"


def _names(library: Library, refs: Sequence[Ref]) -> tuple[str, ...]:
    """Return the names of the entries, each once; the id of one that the index does not have now."""
    entries = (library.entry(ref) for ref in refs)
    return tuple(dict.fromkeys(one.parts[0].text if one else ref.id for ref, one in zip(refs, entries, strict=True)))


def _join_names(names: Sequence[str]) -> str:
    return " and ".join(names if len(names) < 3 else (names[0], "others"))


def _where(refs: Sequence[Ref]) -> str:
    """Return in which article the entries are, or in how many."""
    articles = {ref.article for ref in refs}
    return refs[0].article if len(articles) == 1 else count_noun(len(articles), "article")
