"""Fixture policy: the real application on the real store, asked as a client asks it. Nothing is replaced.

``client`` is the person at the machine, who may see all; ``a_client`` makes one for any other actor on the same store.
Both hold every answer against the published document.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from graph.access import LOCAL_ACTOR, Actor
from queries.local_neo4j import ServerAddress
from queries.store import Store
from service import create_app
from service.config import Config
from service.http.current import Services, provide
from service.questions.networks import Networks
from tests.service.conformance import CheckedClient, checked_client

ClientFor = Callable[[Actor], CheckedClient]


@pytest.fixture(scope="session")
def application(shared_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Actor], Flask]:
    """Return the application of an actor, made once: its routes and its document take half a second."""
    home = tmp_path_factory.mktemp("home")
    return cache(lambda actor: create_app(Config(home=home, actor=actor), store=shared_store))


@pytest.fixture
def a_client(store: Store, application: Callable[[Actor], Flask]) -> ClientFor:
    """Make a client of an application whose actor is the one given. It knows no network of an earlier test."""

    def make(actor: Actor) -> CheckedClient:
        app = application(actor)
        provide(app, Services(store=store, networks=Networks(store), actor=actor))
        return checked_client(app)

    return make


@pytest.fixture
def client(a_client: ClientFor) -> CheckedClient:
    """A client of the application as it is served."""
    return a_client(LOCAL_ACTOR)


@pytest.fixture
def environment(store: Store, neo4j_connection: ServerAddress, tmp_path: Path) -> dict[str, str]:
    """What a service of its own process needs to know to run on the emptied test store."""
    return {
        "STAKEHOLDER_GRAPH_HOME": str(tmp_path / "home"),
        "NEO4J_URI": neo4j_connection.uri,
        "NEO4J_USERNAME": neo4j_connection.username,
        "NEO4J_PASSWORD": neo4j_connection.password,
        "NEO4J_DATABASE": neo4j_connection.database,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
