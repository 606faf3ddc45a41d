"""Parse the bytes of a file into nodes, by the reader of JSON or that of YAML.

A file named *.json is JSON. So is any text that is a JSON object: a program may pass one on without a name, and YAML
does not allow all the escapes of JSON. What several articles were packed into is not read, but named.
"""

from dossier.core.problem import Problem
from dossier.loader.cost_limits import MOST_VALUES
from dossier.loader.file_names import is_json_name
from dossier.loader.limits import Limits
from dossier.loader.plain_yaml import read_plain_yaml
from dossier.loader.source_text import decode_source
from dossier.loader.yaml_nodes import MappingNode, SequenceNode, YamlNode
from dossier.text.late_patterns import compile_late

_OBJECT = compile_late(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\{")
_QUOTED_KEY = compile_late(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\{[ \t\r\n]*\"")
_FENCE = compile_late(rb"(?:\xef\xbb\xbf)?\s*(?:```|~~~)")


def parse_source(data: bytes, path: str, limits: Limits) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Return the value of a JSON file or the first document of a YAML file, and what is wrong with it as such.

    The value is None if there is none (an empty file, which is no problem), or if the problems leave nothing to read.
    """
    # Standard input has no name that says what it is: a key in double quotes does.
    is_json = is_json_name(path) or (path == "-" and _QUOTED_KEY().match(data) is not None)
    if len(data) > limits.size or not (is_json or data[:1] in b"{ \t\r\n\xef`~"):
        return parse_yaml(data, path, limits)
    if is_json and (fence := _FENCE().match(data)):
        line = fence[0].count(b"\n") + 1
        message = "the file is between Markdown fences: delete both, or use dossier import"
        return None, (Problem(path, line, 1, "not-json", message),)
    if is_json or _OBJECT().match(data):
        from dossier.loader.json_nodes import parse_json  # noqa: PLC0415 - only JSON needs it

        root, problems = parse_json(data, path, limits)
        if is_json or all(problem.code != "not-json" for problem in problems):
            return root, problems
    return parse_yaml(data, path, limits)


def parse_yaml(data: bytes, path: str, limits: Limits) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Return the first document of a YAML file's bytes, and what is wrong with its YAML.

    The document is None as for `parse_source`.
    """
    text = decode_source(data, path, limits)
    if isinstance(text, Problem):
        return None, (text,)
    if root := read_plain_yaml(text, limits.depth, MOST_VALUES):
        return root, ()
    from dossier.loader.yaml_events import parse_events  # noqa: PLC0415 - most files do not need it

    root, problems = parse_events(text, path, limits)
    if root is None and problems:
        from dossier.loader.syntax_causes import remove_fences  # noqa: PLC0415 - only a faulty file needs it

        if fix := remove_fences(text):
            problems = (problems[0]._replace(fix=fix), *problems[1:])
    return root, problems


def release_nodes(nodes: list[YamlNode]) -> None:
    """Empty a list of nodes, and let go of all nodes below them one by one, if nothing else holds them.

    To let go of hundreds of thousands of nodes by one statement would hold up all other threads.
    """
    while nodes:
        node = nodes.pop()
        if isinstance(node, SequenceNode):
            nodes += node.items
        elif isinstance(node, MappingNode):
            nodes += (value for _key, value in node.pairs)


def describe_list(node: YamlNode) -> str:
    """Return the message that a file is a list of articles; "" for any other node."""
    if not isinstance(node, SequenceNode):
        return ""
    articles = sum(
        any(key.text in ("headline", "body", "title", "text") for key, _value in item.pairs)
        for item in node.items
        if isinstance(item, MappingNode)
    )
    if not articles:
        return ""
    number = "one article" if articles == 1 else f"{articles:,} articles"
    return f"this is a list of {number}, but a file must be one article: use dossier import to split it"
