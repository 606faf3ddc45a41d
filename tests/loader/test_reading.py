import pytest

from dossier.loader.reading import flat, shown
from dossier.yamlnode import Limits, read


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        ("a", "a"),
        ("[a, b]", "a, b"),
        ("[a, [b, c], {d: e}]", "a, [b, c], {d: e}"),
        ("{a: b, c: [d], e: {}}", "a: b, c: [d], e: {}"),
        ("[]", ""),
        ("|\n  a\n  b\n", "a b"),
        ('"\\e[0m"', "␛[0m"),
    ],
)
def test_flat(yaml: str, text: str) -> None:
    node, problems = read(yaml.encode(), "a.yaml", Limits())
    assert node is not None
    assert (flat(node), problems) == (text, ())


def test_shown_has_no_line_breaks_and_no_space_around_it() -> None:
    assert shown("\n a\nb\r\nc \n") == "a b  c"
