"""The width of ambiguous characters can change once the terminal has told it."""

from collections.abc import Iterator

import pytest

from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width, width_cache
from dossier.text.disputed_widths import has_agreed_width, has_disputed_width


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    use_ambiguous_width(1)


def test_what_was_measured_is_forgotten_when_the_width_changes() -> None:
    calls: list[str] = []

    @width_cache(8)
    def measure(text: str) -> int:
        calls.append(text)
        return len(text) * ambiguous_width()

    assert [measure("“”"), measure("“”")] == [2, 2]
    use_ambiguous_width(1)
    assert measure("“”") == 2
    assert calls == ["“”"]
    use_ambiguous_width(2)
    assert [measure("“”"), measure("“”")] == [4, 4]
    assert calls == ["“”", "“”"]


@pytest.mark.parametrize("text", ["“", "so — it", "한국 · 日本", "α"])
def test_a_wide_ambiguous_character_is_followed_by_a_placed_cursor(text: str) -> None:
    assert has_agreed_width(text)
    use_ambiguous_width(2)
    assert not has_agreed_width(text)
    assert has_disputed_width("“", 2)
    assert has_agreed_width("plain 한국 日本 |+-")
    assert has_agreed_width("╭─╮ ▌")
