"""Articles read by the loader, and states with such an article open, for tests of the code behind it."""

from functools import cache
from pathlib import Path

from dossier.core.entry import Entry
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import Ref, parse_ref
from dossier.core.views.panes import make_panes
from dossier.loader.article import load_article, parse_article
from dossier.ui.render.flow import Line
from dossier.ui.state import State, open_article_state, resize_pane, reveal_linked

DATA = Path(__file__).parent.parent / "data"
FILES = tuple(path for path in sorted(DATA.rglob("*.yaml")) if path.name != "registry.yaml")

FERRY = """
headline: Ferry pact signed
subtitle: Daily boat from June
outlet: Harbour Herald
section: [National, Transport]
byline: [Ida Brandt]
published: 2023-04-12
keywords: [ferries, islands]
mood: calm
body:
  - Two councils signed a ferry pact. “We will run every day,” said Lena Okafor of the PAA. Winter is included, she
    said, and so are the days of storm, of which there are more every year than anybody cares to count.
  - {heading: What changes}
  - Okafor told Han Seo-jin that the toll stays. Reyes was silent.
  - A plain paragraph, in which nobody is named and nothing is proved.
  - Han said it was ready. “No new toll,” an official said in Port Arlen. “No new toll,” Okafor said.
people:
  okafor: {name: Lena Okafor, role: transport minister, org: paa}
  han: {name: Han Seo-jin, native: 한서진}
  tom: {name: Tom Reyes}
  ana: {name: Ana Reyes}
orgs:
  paa: {name: Port Authority of Arlen, aliases: [PAA]}
places:
  arlen: {name: Port Arlen}
quotes:
  - {id: run, speaker: okafor, cue: said, text: We will run every day}
  - {id: stays, speaker: okafor, to: han, form: indirect, cue: told, text: the toll stays, at: p2}
  - {id: toll, speaker_text: an official, cue: said, text: No new toll}
  - {id: ready, speaker: han, form: indirect, text: it was ready, at: p4}
timeline:
  - {id: signed, date: 2023-04-11, what: Pact signed, people: [okafor], quote: run, at: p1}
  - {id: charged, date: 2017-11/.., what: Toll charged, places: [arlen], at: p2}
  - {id: opened, date: 2017-12, what: Bridge opened, places: [arlen], at: "p4:0-22"}
  - {id: quay, date: 2023-06~, what: Quay ready, status: planned, orgs: [paa], at: p4}
  - {id: someday, date_text: one day, what: Bridge closed}
glossary: {pact: what both have signed}
media:
  - {id: boat, type: photo, caption: Lena Okafor at the quay, credit: Tom Reyes, people: [okafor]}
documents:
  - {id: text, url: https://example.org/pact.pdf, title: Text of the pact, at: p1}
"""


def made(text: str, name: str = "ferry") -> Article:
    """Return the article in this YAML text."""
    article = parse_article(text.encode(), f"{name}.yaml").article
    assert article is not None
    return article


def ferry(cells: int = 60, rows: int = 12) -> State:
    """Return a state with FERRY open, and panes of one size."""
    return sized(open_article_state(made(FERRY), ()), cells, rows)


def sized(state: State, cells: int, rows: int) -> State:
    for name in state.panes:
        state = resize_pane(state, name, cells, rows)
    return reveal_linked(state)


@cache
def stored(path: Path) -> Article:
    """Return the article in a file of data/."""
    article = load_article(path).article
    assert article is not None
    return article


@cache
def entries_of(path: Path) -> tuple[tuple[Entry, Entry | None], ...]:
    """Return every entry of every pane of a file of data/, each with the one above it."""
    article = stored(path)
    shown = make_panes(article, Links.of(article)).values()
    return tuple((entry, above) for pane in shown for entry, above in zip(pane, (None, *pane), strict=False))


def ref(text: str) -> Ref:
    """Return the address in FERRY that `text` stands for, such as `para/p1:3-9`."""
    found = parse_ref(text)
    return Ref("ferry", found.kind, found.id, found.span)


def plain(line: Line) -> str:
    """Return the text of a line."""
    return "".join(piece.text for piece in line)


def short(address: Ref | None) -> str:
    """Return an address without its article, as it is written in tables of tests."""
    return str(address).partition("#")[2] if address else ""
