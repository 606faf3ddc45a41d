"""Tests of the topics of the help: they are complete, they fit a terminal, and their examples work."""

import re
import shlex
from itertools import chain
from pathlib import Path

import pytest

from dossier.cli.main import find_parser, parse_command
from dossier.config.settings import SETTINGS
from dossier.config.settings_file import load_settings
from dossier.config.theme_file import list_bundled_themes, load_theme
from dossier.core.dates.edtf import parse_date
from dossier.core.model import EVENT_STATUSES, QUOTE_FORMS
from dossier.core.note import Placement
from dossier.core.query_parser import ALL_FIELD_NAMES
from dossier.core.query_values import SEARCHABLE_PANES
from dossier.core.ref import ENTRY_KINDS
from dossier.export import help_topics
from dossier.export.formats import FORMATS
from dossier.export.help_topics import (
    TOPIC_CELLS,
    TOPICS,
    BlockKind,
    HelpBlock,
    make_topic_rows,
    read_topic,
    split_topic,
)
from dossier.library.scope_panes import BY_NAME
from dossier.loader.article import parse_article
from dossier.loader.format_keys import ARTICLE_KEYS, ENTRY_TABLES, FormatKey
from dossier.loader.limits import Limits
from dossier.loader.registry_file import parse_registry
from dossier.text.width import width
from dossier.ui.commands import BY_ID, COMMANDS, with_keys
from dossier.ui.help_popup import SIGNS

ALL = "\n".join(map(read_topic, TOPICS))
COMMAND_NAMES = ("", *re.findall(r"^  ([a-z]+)  ", find_parser("").format_help(), flags=re.MULTILINE))


def prose(name: str) -> str:
    """Return the text of a topic in one line."""
    return " ".join(read_topic(name).split())


def examples(name: str) -> list[str]:
    return [block.text for block in split_topic(read_topic(name)) if block.kind is BlockKind.EXAMPLE]


def test_every_text_is_a_topic() -> None:
    folder = Path(help_topics.__file__).parent.parent / "help"
    assert {path.stem for path in folder.glob("*.txt")} == set(TOPICS)


def test_another_name_is_no_topic() -> None:
    with pytest.raises(KeyError):
        read_topic("../help/keys")


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_fits_a_terminal_of_eighty_cells(name: str) -> None:
    text = read_topic(name)
    assert [line for line in text.split("\n") if width(line) > TOPIC_CELLS or line != line.rstrip()] == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]|^\{", text, flags=re.MULTILINE)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", TOPICS)
def test_the_blocks_of_a_topic_are_all_of_it(name: str) -> None:
    text, blocks = read_topic(name), split_topic(read_topic(name))
    assert blocks[0].kind is BlockKind.HEADING
    assert " ".join(" ".join((block.term, block.text)) for block in blocks).split() == text.split()
    assert all(bool(block.term) == (block.kind is BlockKind.TERM) and block.text for block in blocks)


def test_blocks() -> None:
    terms = "    a b   first\n          more\n    long word\n          last"
    text = f"Head\n\n  One\n  two.\n\n{terms}\n\n      x: 1\n        y\n\n      z\n"
    assert split_topic(text) == (
        HelpBlock(BlockKind.HEADING, "Head"),
        HelpBlock(BlockKind.PARAGRAPH, "One two."),
        HelpBlock(BlockKind.TERM, "first more", "a b"),
        HelpBlock(BlockKind.TERM, "last", "long word"),
        HelpBlock(BlockKind.EXAMPLE, "x: 1\n  y\n\nz"),
    )


def test_the_keys_are_those_of_the_commands() -> None:
    blocks = [block for block in split_topic(read_topic("keys")) if block.kind is BlockKind.TERM]
    told = {block.text: block.term for block in blocks}
    assert all(command.help in told for command in COMMANDS)
    assert told[BY_ID["back"].help] == "Backspace H Ctrl+O Ctrl+T"
    assert [sign for sign, words in SIGNS if told.get(words) != sign] == []
    assert all(f"  {command.section}:" in read_topic("keys") for command in COMMANDS)


def test_the_keys_are_those_of_the_reader_where_they_are_given() -> None:
    own = read_topic("keys", with_keys({"find": ("f5",), "quit": ()}, str))
    told = {block.text: block.term for block in split_topic(own)}
    assert (told[BY_ID["find"].help], told[BY_ID["quit"].help]) == ("F5", "(no key)")


def test_every_field_of_the_search_language_is_told() -> None:
    terms = " ".join(block.term for block in split_topic(read_topic("search"))).split()
    assert [name for name in sorted(ALL_FIELD_NAMES) if f"{name}:" not in terms] == []
    assert [name for name in SEARCHABLE_PANES if f"in:{name}" not in prose("search")] == []


def test_every_format_is_told_in_the_order_of_the_menu() -> None:
    names = [form.name for form in FORMATS]
    assert [block.term for block in split_topic(read_topic("export")) if block.term] == names
    assert [one.extra for one in FORMATS if one.extra and f"dossier[{one.extra}]" not in prose("export")] == []


def test_every_placement_of_a_note_is_told() -> None:
    terms = [block.term for block in split_topic(read_topic("notes"))]
    assert [str(one) for one in Placement if str(one) not in terms] == []


def test_the_mark_of_who_was_joined_by_name_is_the_one_in_the_lists() -> None:
    assert f"is marked “{BY_NAME}”" in prose("library")


def test_every_setting_is_told_with_its_default() -> None:
    told = {block.term: block.text for block in split_topic(read_topic("settings"))}
    for one in SETTINGS:
        words = told["[keys]" if one.name == "keys" else one.name]
        assert one.help[1:] in words
        assert one.name == "keys" or words.endswith(f"Without it: {str(one.default).lower() or 'none'}.")
    assert [name for name in list_bundled_themes() if name not in prose("settings")] == []


@pytest.mark.parametrize("key", [*ARTICLE_KEYS, *chain.from_iterable(ENTRY_TABLES)], ids=lambda key: key.name)
def test_every_key_of_the_format_is_told(key: FormatKey) -> None:
    rows = {(block.term, block.text) for block in split_topic(read_topic("format"))}
    assert (key.name, key.about + (" Required." if key.is_required else "")) in rows


def test_every_word_of_the_format_is_told() -> None:
    told = prose("format")
    assert [word for word in (*QUOTE_FORMS, *EVENT_STATUSES) if not re.search(rf"\b{word}\b", told)] == []
    kinds = told.partition("The kinds are ")[2].partition(").")[0]
    assert re.findall(r"([a-z]+)(?: \([^)]*\)?)?(?:,| and|$)", re.sub(r" \([^)]*\)?", "", kinds)) == list(ENTRY_KINDS)


def test_the_dates_of_the_format_are_dates() -> None:
    blocks = split_topic(read_topic("format"))
    start = next(number for number, block in enumerate(blocks) if block.text == "Dates")
    dates = [one for block in blocks[start:] for one in re.split(", (?=[^ ]*[0-9])| to ", block.term) if one]
    dates = dates[: dates.index("term")]
    assert len(dates) > 20
    for date in dates:
        parse_date(date)


def test_the_limits_are_those_of_the_loader() -> None:
    told = prose("format")
    limits = Limits()
    assert f"{limits.size // 2**20} MiB, {limits.depth} levels, {limits.aliases:,} values" in told
    assert f"{limits.entries:,} entries" in told


def test_the_articles_of_the_format_have_no_findings() -> None:
    articles = [text for text in examples("format") if "headline:" in text]
    assert len(articles) == 2
    for text in articles:
        assert parse_article(text.encode(), "ferry.yaml").problems == ()
    (registry,) = [text for text in examples("format") if text.startswith("registry:")]
    assert parse_registry(registry.encode(), "registry.yaml").problems == ()


def test_the_examples_of_settings_hold(tmp_path: Path) -> None:
    settings, theme = examples("settings")
    (tmp_path / "config.toml").write_text(settings, "utf-8")
    (tmp_path / "own.toml").write_text(theme, "utf-8")
    loaded = load_settings(tmp_path / "config.toml", {command.id: command.keys for command in COMMANDS})
    assert (loaded.problems, loaded.settings.theme) == ((), "dark")
    assert load_theme("own", tmp_path).problems == ()


def test_the_commands_of_the_examples_are_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    lines = [line for name in TOPICS for text in examples(name) for line in text.split("\n")]
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("dossier ")]
    assert len(commands) > 10
    for words in commands:
        parse_command(words)


def test_options_and_commands_in_the_texts_are_there() -> None:
    options = {name for command in COMMAND_NAMES for one in find_parser(command).list_arguments() for name in one.names}
    told = set(re.findall(r"(?<![\w`-])--[a-z][a-z-]*", ALL)) - {"--json"}
    assert told <= options
    assert set(re.findall(r"\bdossier ([a-z]+) (?:[-A-Z]|prints|reads|writes)", ALL)) <= set(COMMAND_NAMES)


@pytest.mark.parametrize("name", TOPICS)
def test_the_rows_of_a_popup_are_all_of_a_topic(name: str) -> None:
    rows = make_topic_rows(name, BY_ID)
    shown = [(row.group, " ".join(row.text.split())) for row in rows if row.text.strip()]
    heading, told = "", []
    for block in split_topic(read_topic(name)):
        if block.kind is BlockKind.HEADING:
            heading = block.text
        else:
            lines = [f"{block.term} {line}" for line in block.text.split("\n") if line.strip()]
            told += [(heading, " ".join(line.split())) for line in lines]
    assert shown == told
    assert len({row.ref for row in rows}) == len(rows)


def test_empty_rows_part_paragraphs_and_not_terms() -> None:
    texts = [row.text for row in make_topic_rows("search", BY_ID)]
    first = next(number for number, text in enumerate(texts) if text.startswith("arms deal"))
    assert texts[first - 1] == ""
    assert texts[first + 1].startswith('"reckless missile"')
