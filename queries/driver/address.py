"""Checks the address of a database, and shows it without ever showing a user name or a password.

People put passwords into addresses, where no parser expects them. So a text with an ``@`` anywhere is refused, and of a
refused text at most the word before ``://`` is repeated.
"""

import re
from urllib.parse import urlsplit

from graph.errors import InvalidInput

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""The driver also has a preview of ``http``, which the local server does not offer."""

BOLT_PORT = 7687
"""The port of an address that names none."""


def checked_address(uri: str) -> str:
    """Return the address if it can be used; raises ``InvalidInput``, which repeats nothing secret."""
    if "@" in uri:
        raise InvalidInput(
            "NEO4J_URI has an @ in it: it would hold a user name or a password, which are not taken from there.",
            cure="Leave in NEO4J_URI only what follows the @, and set NEO4J_USERNAME and NEO4J_PASSWORD, or"
            " NEO4J_PASSWORD_FILE, which names a file that holds the password.",
        )
    scheme, separator, _ = uri.partition("://")
    if not separator or scheme not in SCHEMES:
        named = f" but {scheme}://" if separator and re.fullmatch(r"[a-z][a-z0-9+]{0,15}", scheme) else ""
        raise InvalidInput(
            f"NEO4J_URI names no Bolt address{named}.",
            cure=f"Set NEO4J_URI to one of {', '.join(f'{known}://' for known in SCHEMES)} and a host,"
            " such as neo4j+s://db.example:7687.",
        )
    host_and_port(uri)
    return uri


def host_and_port(uri: str) -> tuple[str, int]:
    """Return host and port of an address; raises ``InvalidInput`` if it has no host that could be looked up."""
    host = port = None
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
        # As the system's resolver does, which fails with an error that the driver does not catch.
        (host or "").encode("idna")
    except ValueError:
        host = None
    if not host:
        raise InvalidInput(
            "NEO4J_URI names no host and port that could be looked up.",
            cure="Set NEO4J_URI to something like bolt://localhost:7687 or neo4j+s://db.example.org.",
        )
    return host, port or BOLT_PORT


def shown_address(uri: str) -> str:
    """Return the parts of an address that may be printed: scheme, host and port, or that it is no address."""
    try:
        host, port = host_and_port(checked_address(uri))
    except InvalidInput:
        return "no address that could be used"
    return f"{uri.partition('://')[0]}://{f'[{host}]' if ':' in host else host}:{port}"
