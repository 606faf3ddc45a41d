"""Addresses of a PostgreSQL server, as libpq takes them ("Connection URIs" in PostgreSQL's documentation).

Who connects, and with which password, is best left to libpq's own places: the service file, the password file, the
environment. An address with user or password works, but those are never printed.
"""

from urllib.parse import parse_qs, urlsplit

from dossier.text.sanitize import sanitize_text

_SCHEMES = ("postgresql://", "postgres://")
_SHOWN = ("host", "port", "dbname", "service")
"""The parameters of an address that are printed. All others may hold a secret, or the place of one."""


def is_server_address(text: str) -> bool:
    """Return whether `text` is the address of a PostgreSQL server, and not the path of a file or folder."""
    return text.startswith(_SCHEMES)


def printable_address(address: str) -> str:
    """Return the address as it may be printed: hosts, ports, database and service, without user and password."""
    scheme, _, rest = address.partition("://")
    try:
        split = urlsplit(f"//{rest}")
        given = parse_qs(split.query)
    except ValueError:
        return f"{scheme}://…"
    # There may be several hosts, each with its port.
    hosts = split.netloc.rpartition("@")[2]
    shown = "&".join(f"{name}={given[name][-1]}" for name in _SHOWN if name in given)
    return sanitize_text(f"{scheme}://{hosts}{split.path}{'?' if shown else ''}{shown}")
