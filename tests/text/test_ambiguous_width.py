"""The width of ambiguous characters can change once the terminal has told it."""

from collections.abc import Iterator

import pytest

from dossier.text.ambiguous_width import ambiguous_width, use_ambiguous_width, width_cache


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
