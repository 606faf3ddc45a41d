"""Addresses of a PostgreSQL server, as libpq takes them ("Connection URIs" in PostgreSQL's documentation).

User and password are best given in libpq's own places: the service file, the password file, the environment. They may
stand in an address, too, but are never printed.
"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from dossier.text.sanitize import sanitize_text

_SCHEMES = ("postgresql://", "postgres://")
_SHOWN = ("host", "port", "dbname", "service")
"""The parameters of an address that are printed. All others may contain a secret, or name the file of one."""
_HOST = r"(?:\[[0-9A-Fa-f:.]*\]|[^\s:/?#\[\]@,]*)(?::\d*)?"
_HOSTS: Final = re.compile(rf"{_HOST}(?:,{_HOST})*")
"""Hosts with their ports. A port that is not a number may be a part of a password."""
_FOUND: Final = re.compile(r"""(?:postgresql|postgres)://(?:.*@)?[^\s'"]*?(?=:?(?:[\s'"]|$))""", re.IGNORECASE)
"""An address in a line of text, with whatever may be a password in it."""


def is_server_address(text: str) -> bool:
    """Return whether `text` is the address of a PostgreSQL server, and not the path of a file or folder."""
    return text.startswith(_SCHEMES)


def printable_address(address: str) -> str:
    """Return the address as it may be printed: hosts, ports, database and service, without user and password.

    Of a malformed address only the scheme is returned, since anything else may be a part of a password.
    """
    scheme, _, rest = address.partition("://")
    try:
        split = urlsplit(f"//{rest}")
        given = parse_qs(split.query)
    except ValueError:
        return f"{scheme}://…"
    # An address may have several hosts, each with its port, which urlsplit does not parse.
    hosts = split.netloc.rpartition("@")[2]
    parts = [f"{name}={given[name][-1]}" for name in _SHOWN if name in given]
    shown = f"{hosts}{split.path}{'?' if parts else ''}{'&'.join(parts)}"
    if "@" in shown or split.fragment or not _HOSTS.fullmatch(hosts):
        return f"{scheme}://…"
    return sanitize_text(f"{scheme}://{shown}")


def hide_secrets(text: str) -> str:
    """Return the text with each address of a server replaced by its `printable_address`."""
    return _FOUND.sub(lambda found: printable_address(found[0]), text)
