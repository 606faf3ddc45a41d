"""A walk of thirty keys with --linear, and what each of them has a screen reader say."""

from typing import NamedTuple

from ptys import ROOT

ARTICLE = ROOT / "tests" / "port-arlen" / "2021-03-14-quay-audit.yaml"
OPENING = ("1 Article", "East Quay cost twice what parliament was told")
"""What the first picture says."""


class Step(NamedTuple):
    """A key, and the rows that are said, from the top.

    `at` is the number of the row, from 0, that the cursor is on then, and `braille` what stands on forty cells if that
    is not the beginning of this row. `echo` is what the key itself types, which is not said again.
    """

    key: str
    said: tuple[str, ...] = ()
    at: int = 0
    echo: str = ""
    braille: str | None = None

    @property
    def cells(self) -> str:
        """What stands on a braille display of forty cells."""
        row = self.said[self.at] if self.said else ""
        return (row if self.braille is None else self.braille)[:40].rstrip()


_BACK = "\x1b[Z"
"""Shift+Tab. A digit before another key would be a count."""
_CLAIM = "The East Quay of Port Arlen has cost 41 million crowns, more than twice"
_BUILT = (
    "José Ibáñez (1)",
    "“built to last, not to please”                                           ¶4",
    "José Ibáñez · said by text message",
)
_TOLD = (
    "Duncan Grieve (1)",
    "the ground had been “soft where the drawings were hard”                  ¶7",
    "Duncan Grieve · told · to Arlen Courier · mixed",
)
_CONTRACT = (
    "spring 2016  Contract for the East Quay let to Grieve & Sons, the     ¶2 ¶7",
    "only bidder",
    "“in the spring of 2016” · Port Authority of Arlen · Grieve &",
    "Sons · East Quay",
)
_HEADLINE = OPENING[1]
_SIGN = "▌             the cursor"
WALK = (
    Step("j", ("Draft audit finds 23 million crowns from “a source outside the budget”",)),
    Step("j", (_CLAIM,)),
    Step("j", ("what parliament was told, according to a draft audit seen by the Arlen",)),
    Step("k", (_CLAIM,)),
    Step(_BACK, ("4 Timeline 5", *_CONTRACT), at=1),
    Step(
        _BACK,
        (
            "3 Quotes 8",
            "Salma Haddad (1)",
            "“Nobody could show us who had agreed to the second contract, […] Nobody  ¶3",
            "could show us the second contract either.”",
            "Salma Haddad · says",
        ),
        at=2,
    ),
    Step("j", _BUILT, at=1),
    Step(
        "j",
        (
            "A person who has worked on the audit, unnamed (1)",
            "the draft had gone to the Ministry of Transport in the last quarter of   ¶5",
            "2020",
            "A person who has worked on the audit · said · indirect",
        ),
        at=1,
    ),
    Step("k", _BUILT, at=1),
    Step("\t", ("4 Timeline 5", *_CONTRACT), at=1),
    Step(
        "j",
        (
            "Q4 2020      Draft audit sent to the ministry and returned without a     ¶5",
            "mark",
            "alleged · “in the last quarter of 2020” · Audit Office ·",
            "Ministry of Transport · quote sent",
        ),
    ),
    Step(
        "G",
        (
            "After publication, 14 March 2021, 06:00 UTC+01:00",
            "autumn 2021  Final report expected                                      ¶10",
            "planned · “the autumn” · Audit Office",
        ),
        at=1,
    ),
    Step("g", _CONTRACT),
    Step(_BACK, ("3 Quotes 8", *_BUILT), at=2),
    Step("/", echo="/", braille=" /"),
    Step("o", ("56 hits",), echo="o", braille=" / o"),
    Step("l", ("4 hits",), echo="l", braille=" / ol"),
    Step("\r", _TOLD, at=2),
    Step("n", ("1 Article", _HEADLINE, "continued at the top"), at=1, braille=_HEADLINE[40:]),
    Step("N", ("3 Quotes 8", *_TOLD, "continued at the end"), at=3),
    Step("\t", ("4 Timeline 5", *_CONTRACT), at=1),
    Step("\t", ("1 Article", _HEADLINE), at=1),
    Step("d", ("“Nobody could show us who had agreed to the second contract,” says the",)),
    Step("u", (_HEADLINE,)),
    Step("?", ("Help", "Signs", _SIGN), at=2),
    Step("j", ("•             lit: linked to what the cursor is on",)),
    Step("k", ("Signs", _SIGN), at=1),
    Step("q", ("1 Article", _HEADLINE), at=1),
    Step("h", ("no previous link",), braille=_HEADLINE),
    Step("j", ("Draft audit finds 23 million crowns from “a source outside the budget”",)),
    Step("k", (_HEADLINE,)),
    Step("j", ("Draft audit finds 23 million crowns from “a source outside the budget”",)),
)
