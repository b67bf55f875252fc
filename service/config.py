"""The settings of a service or a command, read once from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import environ
from pathlib import Path

from graph.access import LOCAL_ACTOR, Actor
from graph.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Config:
    """The data directory, the Neo4j to use and the local user. ``SETTINGS`` explains each."""

    home: Path
    neo4j_uri: str = field(default="", repr=False)  # not checked yet: it may contain a password
    neo4j_username: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    neo4j_database: str = "neo4j"
    idle_seconds: float = 600.0
    host: str = "127.0.0.1"
    actor: Actor = LOCAL_ACTOR


SETTINGS = {
    "STAKEHOLDER_GRAPH_HOME": "Data directory: the local Neo4j, its data and its password (default: the user's own).",
    "STAKEHOLDER_GRAPH_IDLE_SECONDS": "Idle seconds until the local Neo4j stops; 0 stops it at once (default 600).",
    "STAKEHOLDER_GRAPH_HOST": (
        "Address to listen on (default 127.0.0.1). There is no login yet: who reaches it sees everything, so only "
        "a container whose port is published on loopback should change it."
    ),
    "NEO4J_URI": "Use this Neo4j instead of the local one: bolt:// or neo4j://, with +s for TLS; no password in it.",
    "NEO4J_USERNAME": "Its user (default neo4j).",
    "NEO4J_PASSWORD": "That user's password.",
    "NEO4J_PASSWORD_FILE": "A file with the password instead, as for container secrets.",
    "NEO4J_DATABASE": "Its database (default neo4j).",
}
"""Every setting and its effect; the documentation prints this table."""


def read_config(environment: Mapping[str, str] = environ) -> Config:
    """Read the settings from environment variables. Raises ``InvalidInput`` naming the variable that cannot be used."""
    home = environment.get("STAKEHOLDER_GRAPH_HOME")
    return Config(
        home=Path(home).expanduser().absolute() if home else _default_home(),
        neo4j_uri=environment.get("NEO4J_URI", ""),
        neo4j_username=environment.get("NEO4J_USERNAME") or "neo4j",
        neo4j_password=_password(environment),
        neo4j_database=environment.get("NEO4J_DATABASE") or "neo4j",
        idle_seconds=_seconds(environment.get("STAKEHOLDER_GRAPH_IDLE_SECONDS") or "600"),
        host=environment.get("STAKEHOLDER_GRAPH_HOST") or "127.0.0.1",
    )


def _default_home() -> Path:
    from platformdirs import user_data_path  # lazy: most runs of a service name their directory

    return user_data_path("stakeholder-graph", appauthor=False)


def _password(environment: Mapping[str, str]) -> str:
    """Return the password, or the text of the file that ``NEO4J_PASSWORD_FILE`` names (container secrets)."""
    file = environment.get("NEO4J_PASSWORD_FILE")
    if not file:
        return environment.get("NEO4J_PASSWORD", "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InvalidInput(
            f"NEO4J_PASSWORD_FILE names {file}, which cannot be read: {error.strerror}.",
            cure="Name a readable file, or set NEO4J_PASSWORD instead.",
        ) from error
    except ValueError:  # not UTF-8: the error would quote the password
        raise InvalidInput(
            "The file that NEO4J_PASSWORD_FILE names is not UTF-8 text.", cure="Store the password in UTF-8."
        ) from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 7 * 24 * 3600:  # a week: a longer time is probably in the wrong unit
        raise InvalidInput(
            f"STAKEHOLDER_GRAPH_IDLE_SECONDS is {text[:40]!r}, which is not a number of seconds up to a week.",
            cure="Give seconds, such as 600; 0 stops the local Neo4j at once.",
        )
    return seconds
