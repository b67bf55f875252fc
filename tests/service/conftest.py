"""Fixture policy: the real application on the real store, asked as a client asks it. Nothing is replaced.

``client`` is the person at the machine, who may see all; ``a_client`` makes one for any other actor on the same store.
Both hold every answer against the published document.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.access import LOCAL_ACTOR, Actor
from queries.local_neo4j import Connection
from queries.store import Store
from service import create_app
from service.config import Config
from tests.service.conformance import CheckedClient, checked_client

ClientFor = Callable[[Actor], CheckedClient]


@pytest.fixture
def a_client(store: Store, tmp_path: Path) -> ClientFor:
    """Make a client of an application whose actor is the one given."""

    def make(actor: Actor) -> CheckedClient:
        return checked_client(create_app(Config(home=tmp_path, actor=actor), store=store))

    return make


@pytest.fixture
def client(a_client: ClientFor) -> CheckedClient:
    """A client of the application as it is served."""
    return a_client(LOCAL_ACTOR)


@pytest.fixture
def environment(store: Store, neo4j_connection: Connection, tmp_path: Path) -> dict[str, str]:
    """What a service of its own process needs to know to run on the emptied test store."""
    return {
        "STAKEHOLDER_GRAPH_HOME": str(tmp_path / "home"),
        "NEO4J_URI": neo4j_connection.uri,
        "NEO4J_USERNAME": neo4j_connection.username,
        "NEO4J_PASSWORD": neo4j_connection.password,
        "NEO4J_DATABASE": neo4j_connection.database,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
