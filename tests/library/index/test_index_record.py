"""What is stored of an article is what its panes show, and what is made of that again is what was stored."""

import marshal
import random
import tracemalloc
import zlib
from itertools import chain
from pathlib import Path

import pytest
from articles import ID
from shelves import article, dossier_of, written

from dossier.core.dataclasses import replace
from dossier.core.entry import PANES, Entry, Part, Passage
from dossier.core.entry_links import EntryLinks
from dossier.core.links import Links
from dossier.core.model import Article
from dossier.core.ref import ENTRY_KINDS, Ref
from dossier.core.views.panes import make_panes
from dossier.core.views.search_fields import collect_entry_facts
from dossier.library.index import entry_columns
from dossier.library.index.entry_packing import LinkedEntries, pack_entries
from dossier.library.index.errors import IndexDamagedError
from dossier.library.index.full_text import SIGNS
from dossier.library.index.packed_texts import PackedTexts
from dossier.library.index.reader import Index
from dossier.library.index.record import IndexRecord, make_record, texts
from dossier.library.index.schema import UNBOUNDED, UNBOUNDED_PAST
from dossier.library.index.stored_entries import StoredEntries
from dossier.library.index.update import update_index
from dossier.loader.article import parse_article
from dossier.loader.discovery import find_articles, find_bundled_folder
from dossier.loader.limits import Limits


def loaded(text: str | bytes, path: str = f"{ID}.yaml") -> Article:
    found = parse_article(text if isinstance(text, bytes) else text.encode(), path).article
    assert found
    return found


BUNDLED = [loaded(path.read_bytes(), str(path)) for path in find_articles(find_bundled_folder(), recursive=True).files]
ARTICLES = [*BUNDLED, loaded(article()), loaded(dossier_of("okafor", "Lena Okafor"))]


def columns(made: IndexRecord, number: int) -> dict[str, str]:
    """Return the words of one entry, by the place of its text and by field, without those that have none."""
    found: dict[str, list[str]] = {}
    names = {sign: name for name, sign in SIGNS.items()}
    text, fields = made.texts[number]
    place = names[text[-1]]
    found[place] = text[:-2].split()
    for token in fields.split():
        found.setdefault(names[token[0]], []).append(token[1:])
    return {name: " ".join(tokens) for name, tokens in found.items()}


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one.ref.article)
def test_entries_come_back_as_they_are_shown(one: Article) -> None:
    links = Links.of(one)
    by_pane = make_panes(one, links)
    shown = list(chain.from_iterable(by_pane[name] for name in PANES))
    about = collect_entry_facts(one, links, shown)
    stored = StoredEntries(make_record(one).entries, one.ref.article)
    assert len(stored) == len(shown)
    for entry, (again, asked) in zip(shown, stored, strict=True):
        assert again == replace(entry, anchors=again.anchors)
        assert set(again.anchors) <= set(entry.anchors)
        assert asked == about[entry.ref]


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one.ref.article)
def test_texts_can_be_made_again_from_what_is_kept(one: Article) -> None:
    made = make_record(one)
    assert texts(StoredEntries(made.entries, "another-id"), made.panes) == made.texts


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one.ref.article)
def test_texts_alone_are_those_of_the_entries(one: Article) -> None:
    made = make_record(one)
    stored, packed = StoredEntries(made.entries, "x"), PackedTexts(made.entries)
    numbers = range(len(stored))
    # In any order: what was asked for before must not matter.
    assert [packed.text(at) for at in reversed(numbers)] == [stored.text(at) for at in reversed(numbers)]
    assert list(StoredEntries(packed, "x")) == list(stored)


def test_addresses_bear_the_id_that_the_library_gives() -> None:
    made = StoredEntries(make_record(loaded(dossier_of("okafor", "Lena Okafor"))).entries, "sub/ferry.yaml")
    refs = {one.entry.ref.article for one in made}
    targets = {to.article for one in made for part in one.entry.parts for to in part.targets}
    assert refs == targets == {"sub/ferry.yaml"}


def test_one_entry_alone() -> None:
    made = make_record(BUNDLED[0])
    assert StoredEntries(made.entries, "x")[-1] == list(StoredEntries(made.entries, "x"))[-1]
    assert list(StoredEntries(made.entries, "x")[2:4]) == list(StoredEntries(made.entries, "x"))[2:4]


PACKED = make_record(BUNDLED[0]).entries


@pytest.mark.parametrize(
    "harmed",
    [
        b"",
        b"\x00",
        b"no entries",
        PACKED[:50],
        PACKED[:-1],
        zlib.compress(b"no columns"),
        zlib.compress(marshal.dumps((None, {}))),
        zlib.compress(marshal.dumps(5)),
    ],
)
def test_what_is_no_packed_entries_is_told(harmed: bytes) -> None:
    for read in (lambda packed: StoredEntries(packed, "x"), PackedTexts):
        with pytest.raises(IndexDamagedError, match="packed entries"):
            read(harmed)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.35, 0.6, 0.85, 1.0])
@pytest.mark.parametrize("bit", [0, 3, 7])
def test_a_bit_that_flips_is_told(share: float, bit: int) -> None:
    harmed = bytearray(PACKED)
    harmed[int(share * (len(harmed) - 1))] ^= 1 << bit
    for read in (lambda packed: StoredEntries(packed, "x"), PackedTexts):
        with pytest.raises(IndexDamagedError, match="packed entries"):
            read(bytes(harmed))


def test_large_numbers_and_empty_texts_come_back() -> None:
    one = Ref("x", "para", "p1")
    entries = [Entry(one, (Part("text", "a\ufffdb"), Part("cue", "")), 70_000, group="\ue000", paragraph_number=300)]
    links = [EntryLinks((), (), (one, Ref("x", "para", "gone")))]
    stored = StoredEntries(pack_entries(LinkedEntries(entries, links, {}, {}, None)), "x")
    assert [found.entry for found in stored] == entries
    assert stored[0].about.passages == (Passage(one, "a\ufffdb\n"),)
    assert PackedTexts(pack_entries(LinkedEntries(entries, links, {}, {}, None))).text(0) == "a\ufffdb\n"


def test_many_texts_come_back() -> None:
    entries = [Entry(Ref("x", "para", f"p{number}"), (Part("", f"{number}"),) * 2, 1) for number in range(66_000)]
    packed = pack_entries(LinkedEntries(entries, [EntryLinks()] * len(entries), {}, {}, None))
    assert [stored.entry for stored in StoredEntries(packed, "x")] == entries


def test_what_makes_a_terminal_act_is_replaced() -> None:
    one = Entry(Ref("x", "para", "p1"), (Part("text", "a\0b\x1b]52;\u00e9\x9b\x07\ud800"),), 1)
    (stored,) = StoredEntries(pack_entries(LinkedEntries([one], [EntryLinks()], {}, {"lang": ("\x1bc",)}, None)), "x")
    assert stored.entry.text == "a\ufffdb\ufffd]52;\u00e9\ufffd\ufffd?"
    assert stored.about.fields["lang"] == ("\ufffdc",)


def _unpacked() -> bytes:
    return zlib.decompressobj(zdict=entry_columns._USUAL).decompress(PACKED)


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(zdict=entry_columns._USUAL)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_bytes_are_packed_they_are_entries_or_told(seed: int) -> None:
    chance = random.Random(seed)
    sound = _unpacked()
    told = read = 0
    for _ in range(50):
        data = bytearray(sound)
        for _ in range(chance.choice((1, 1, 2, 8))):
            # The numbers stand before the texts.
            data[chance.randrange(chance.choice((200, len(data))))] = chance.choice(
                (0, 1, 2, 255, chance.randrange(256))
            )
        try:
            made = list(StoredEntries(_packed(bytes(data)), "x"))
        except IndexDamagedError:
            told += 1
        else:
            read += all(stored.entry.ref.kind in (*ENTRY_KINDS, "") for stored in made)
    assert told + read == 50


def test_columns_do_not_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_columns, "_MOST", 100_000)
    with pytest.raises(IndexDamagedError, match="cut off"):
        StoredEntries(_packed(_unpacked() + bytes(100_000)), "x")


def test_more_texts_than_an_article_can_have_are_not_made() -> None:
    packed = _packed(_unpacked() + bytes(3 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(IndexDamagedError, match="more texts than an article can have"):
            StoredEntries(packed, "x")
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_more_numbers_than_an_article_can_have_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Entry(Ref("x", "para", "p"), (Part("", ""),), 1)] * ((1 << 16) + 1)
    packed = pack_entries(LinkedEntries(entries, [EntryLinks()] * len(entries), {}, {}, None))
    assert len(StoredEntries(packed, "x")) == len(entries)
    monkeypatch.setattr(entry_columns, "_MOST_NUMBERS", 1 << 16)
    with pytest.raises(IndexDamagedError, match="more numbers than an article can have"):
        StoredEntries(packed, "x")


def test_an_entry_that_repeats_a_text_without_end_is_not_made() -> None:
    long = Entry(Ref("x", "para", "p1"), (Part("text", "x" * (1 << 14)),) * (1 << 12), 1)
    marked = Entry(Ref("x", "para", "p2"), (Part("text", "x"),), 1, evidence_kinds=frozenset(map(str, range(1_000))))
    sound = Entry(Ref("x", "para", "p3"), (Part("text", "x"),), 1)
    found = LinkedEntries([long, marked, sound], [EntryLinks()] * 3, {}, {}, None)
    stored = StoredEntries(pack_entries(found), "x")
    for ask in (stored.text, stored.__getitem__):
        with pytest.raises(IndexDamagedError, match="an entry is too long"):
            ask(0)
    with pytest.raises(IndexDamagedError, match="too many kinds of evidence"):
        stored[1]
    assert stored[2].entry == sound


@pytest.mark.parametrize("bound", ["_MOST", "_MOST_NUMBERS"])
def test_an_article_that_would_not_be_read_again_is_a_fault(
    bound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_columns, bound, 100)
    long = "".join(f"  {number}\n\n" for number in range(101))
    written(tmp_path, "a.yaml", f"headline: Long\nbody: |\n{long}")
    written(tmp_path, "b.yaml", article() if bound == "_MOST_NUMBERS" else "no article: 1\n")
    update_index(tmp_path)
    index = Index.open(tmp_path)
    assert index
    ((path, _, _, code, message),) = index.articles.faults()
    assert (path, code) == ("a.yaml", "too-large")
    assert "more entries, or longer ones" in message
    assert index.total() == (bound == "_MOST_NUMBERS")
    index.close()


def test_an_article_of_the_largest_size_stays_far_below_the_bounds() -> None:
    paragraphs = "".join(f"  Paragraph {number} {'says a word ' * 33}\n\n" for number in range(19_000))
    people = "".join(f"  p{number}: {{name: Ada Okafor{number}}}\n" for number in range(15_000))
    data = f"headline: Long\npeople:\n{people}body: |\n{paragraphs}".encode()
    assert 0.9 < len(data) / Limits().size < 1
    packed = make_record(loaded(data)).entries
    unpacked = zlib.decompressobj(zdict=entry_columns._USUAL).decompress(packed)
    assert len(unpacked) < entry_columns._MOST / 4
    columns = entry_columns.unpack_columns(packed)
    assert len(columns.lines) > 34_000
    assert max(map(len, columns[1:])) < entry_columns._MOST_NUMBERS / 8


@pytest.mark.parametrize("letter", [b"q", b"\0", b"f"])
def test_numbers_of_no_width_are_told(letter: bytes) -> None:
    with pytest.raises(IndexDamagedError, match="width"):
        StoredEntries(_packed(_unpacked().replace(b"BBBB", b"BB" + letter + b"B", 1)), "x")


def test_of_two_entries_with_one_address_each_comes_back() -> None:
    one = Ref("x", "about", "summary")
    entries = [Entry(one, (Part("text", text, (one,)),), 1) for text in ("first", "second")]
    stored = StoredEntries(pack_entries(LinkedEntries(entries, [EntryLinks()] * 2, {}, {}, None)), "x")
    assert [found.entry.text for found in stored] == ["first", "second"]
    assert {found.entry.ref for found in stored} == {found.entry.parts[0].targets[0] for found in stored} == {one}


def test_columns_of_the_full_text() -> None:
    made = make_record(
        loaded(
            dossier_of("okafor", "Lena Ökafor", outlet="The Herald", section="[Home, Sea]", lang="en", keywords="[a-b]")
        )
    )
    assert columns(made, 0) == {
        "headline": "lena okafor speaks ökafor",
        "outlet": "the herald",
        "section": "home sea",
        "lang": "en",
        "keyword": "a b \ue000ab ab",
    }
    by_column = {name: text for number in range(len(made.texts)) for name, text in columns(made, number).items()}
    assert by_column["body"].split()  # the foot of the article is body, too
    assert by_column["speaker"] == "lena okafor ökafor"
    assert by_column["form"] == "direct"
    assert by_column["status"] == "happened"
    assert by_column["place"].split() == ["seoul", "서울", "울"]
    assert by_column["timeline"].split()[-3:] == ["toll", "charged", "seoul"]


def test_article_fields_stand_with_the_headline_alone() -> None:
    made = make_record(loaded(dossier_of("okafor", "Lena Okafor", outlet="Herald")))
    assert ["outlet" in columns(made, number) for number in range(len(made.texts))] == [True] + [False] * (
        len(made.texts) - 1
    )


@pytest.mark.parametrize(
    ("published", "days"),
    [
        (None, (None, None)),
        ("31 April", (None, None)),
        ("2023-01", (738521, 738551)),
        ("2023-01-01/..", (738521, UNBOUNDED)),
        ("../2023-01-01", (UNBOUNDED_PAST, 738521)),
        ("-0044-03-15", (-16362, -16362)),
    ],
)
def test_days_of_publication(published: str | None, days: tuple[int | None, int | None]) -> None:
    made = make_record(loaded(article(**({"published": published} if published else {}))))
    assert (made.earliest, made.latest) == days
    assert made.published == (published or "")


def test_events_and_names() -> None:
    made = make_record(loaded(dossier_of("okafor", "Lena Okafor")))
    (number, *days), *_ = made.events
    assert days[:2] == [738276, 738306]
    assert StoredEntries(made.entries, ID)[number].entry.ref.kind == "event"
    who, where = made.named
    assert who[1:] == ("person", "okafor", "Lena Okafor", (), "", 1)
    assert where[1:] == ("place", "seoul", "Seoul", ("서울",), "", 0)
    assert [StoredEntries(made.entries, ID)[one[0]].entry.ref.id for one in made.named] == ["okafor", "seoul"]
    assert made.panes == (len(made.texts) - 4, 2, 1, 1)
