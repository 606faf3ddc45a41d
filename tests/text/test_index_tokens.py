"""What an index takes a token for: no code point of a text gives it a sign that an engine splits at or cannot store."""

import sys
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from dossier.text.accented_words import tokenize_accented
from dossier.text.folding import fold
from dossier.text.joined_words import make_full_index_text
from dossier.text.tokens import make_index_text

ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ")


def test_no_token_has_a_sign_of_ascii_a_control_character_or_a_surrogate() -> None:
    found: set[str] = set()
    # Letters without case, nearly all of the rest, are folded to such letters.
    chars = [char for char in map(chr, range(sys.maxunicode + 1)) if category(char) not in ("Cn", "Co", "Lo")]
    for first in range(0, len(chars), 16):
        text = " ".join([f"a{char}b {char}" for char in chars[first : first + 16]])
        found.update(make_full_index_text(text), *[token for token, _ in tokenize_accented(text, whole=True)[0]])
    assert found >= ASCII
    assert [char for char in found if char.isascii() and char not in ASCII] == []
    assert [char for char in found if "\x80" <= char < "\xa0" or "\ud800" <= char < "\ue000"] == []


# Also letters that small letters, folding again, or what stands beside them would change.
SIGNS = "aBi1 .'-“”—é\u0301ßñ½™İıπйΑΣς\u0345\u13a0\uab70가ア漢\uff76\uff9eو\u200b\xad\xa0\u2028\t"


@given(st.text(st.sampled_from(SIGNS) | st.characters()))
def test_the_words_of_a_text_are_those_of_its_folded_form(text: str) -> None:
    words = make_index_text(fold(text).folded).split()
    assert make_full_index_text(text).split()[: len(words)] == words
