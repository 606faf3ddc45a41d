"""`dossier help`: print a topic, or the help of a command; without a word, list the topics."""

from collections.abc import Callable, Sequence

from dossier.cli.arguments import CommandError
from dossier.cli.output import needs_ascii, print_paged
from dossier.cli.parser import Parser
from dossier.core.dataclasses import NamedTuple
from dossier.export.help_topics import TOPICS, read_topic
from dossier.text.messages import suggest_name

_ABOUT = """\
Print the text of a topic, or what COMMAND --help prints. Without a word, list
the topics. On a terminal a topic goes through $PAGER."""
_TOPIC_LINES = "\n".join(f"  {name:<11}{about}" for name, about in TOPICS.items())
_END = f"""\
topics:
{_TOPIC_LINES}

Exit status: 0 printed; 2 could not run."""


class Args(NamedTuple):
    """The arguments of `dossier help`; `topic` is a topic or a command, or "" to list the topics."""

    topic: str


def parse_args(words: Sequence[str]) -> Args:
    """Parse the words after `help`. Raises CommandError when the words are not valid."""
    parser = Parser("dossier help [TOPIC]", _ABOUT, _END)
    parser.add_argument("topic", metavar="TOPIC", nargs="?", default="", help="a topic, or a command")
    return Args(parser.parse_words(words).topic)


def run(args: Args, commands: Sequence[str], find_parser: Callable[[str], Parser]) -> int:
    """Print the help and return the exit status, 0.

    `commands` are the names of all commands, and `find_parser` returns the parser of one. Raises CommandError when
    there is no topic and no command of that name.
    """
    if not args.topic:
        print(_list_topics())
    elif args.topic in TOPICS:
        more = f"\n\n  Options: dossier {args.topic} --help" if args.topic in commands else ""
        print_paged([_fit_encoding(read_topic(args.topic).rstrip("\n") + more)])
    elif args.topic in commands:
        print(find_parser(args.topic).format_help(), end="")
    else:
        nearest = suggest_name(args.topic, (*TOPICS, *commands)) or _topic_about(args.topic)
        cure = f"did you mean 'dossier help {nearest}'?" if nearest else "'dossier help' lists the topics"
        raise CommandError(f"no help on {args.topic!r}: {cure}")
    return 0


def _topic_about(word: str) -> str:
    """Return the topic that has a word most often, whatever its case; "" if none has it."""
    counts = {topic: read_topic(topic).casefold().count(word.casefold()) for topic in TOPICS}
    topic = max(counts, key=lambda name: counts[name])
    return topic if counts[topic] else ""


def _fit_encoding(text: str) -> str:
    """Return the text with the marks of the screen as an ASCII screen shows them, where stdout is not in UTF-8."""
    if not needs_ascii():
        return text
    from dossier.ui.render.ascii import to_ascii_text

    return to_ascii_text(text)


def _list_topics() -> str:
    return f"""\
dossier help TOPIC prints one of these:

{_TOPIC_LINES}

dossier help COMMAND is dossier COMMAND --help. dossier --help lists the commands.
In the reading room ? shows the keys, and these topics below them."""
