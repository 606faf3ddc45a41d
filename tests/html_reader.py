"""A reader of exported pages: their ids, links and texts, and faults in the nesting of elements."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"meta"}


class Page(HTMLParser):
    """A page: its ids, links, texts by id, and what is wrong with the nesting of its elements.

    The texts are those without the markers behind words.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.faults: list[str] = []
        self.texts: dict[str, str] = {}
        self.all = ""
        self.tags: Counter[str] = Counter()
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if id := given.get("id"):
            self.ids[id] += 1
        if tag == "a":
            self.links.append(given.get("href") or "")
            self.faults += (
                ["a link in a link"] if any(one.startswith("a.") or one == "a" for one, _ in self._open) else []
            )
        if tag not in VOID:
            self._open.append((tag if given.get("class") != "to" else "a.to", id or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        was, _ = self._open.pop()
        self.faults += [f"{was} is closed by {tag}"] if was.partition(".")[0] != tag else []

    def handle_data(self, data: str) -> None:
        if any(tag == "a.to" for tag, _ in self._open):
            return
        self.all += data
        for id in {id for _, id in self._open if id}:
            self.texts[id] = self.texts.get(id, "") + data
