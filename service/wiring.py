"""Put the parts together: a configuration becomes an open store. The only place that decides which Neo4j is used."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TypeVar

from queries.admin.operations import Operations
from queries.driver.address import checked_address
from queries.driver.connection import CONNECTIONS
from queries.store import Store
from service.config import Config

Opened = TypeVar("Opened", Store, Operations)


@contextmanager
def opened_store(
    config: Config, *, owner: bool = False, connections: int = CONNECTIONS, at_once: int | None = None
) -> Iterator[Store]:
    """Open the store of a configuration, its schema up to date, and close it afterwards.

    With ``NEO4J_URI`` set that server is used; otherwise the local Neo4j of the data directory is found or started. An
    ``owner`` stops the local server it started when it is done. Each process that uses the store has up to
    ``connections`` at once. A process that serves says how many transactions may run ``at_once``: fewer than it has
    threads, see ``Store.open``. Raises ``StoreUnavailable`` where no database answers.
    """
    open_ = partial(Store.open, connections=connections, at_once=at_once)
    with _opened(open_, config, owner=owner) as store:
        store.prepare()
        yield store


@contextmanager
def opened_operations(config: Config) -> Iterator[Operations]:
    """Open the operator's work on that same database, its schema left as it is, and close it afterwards."""
    with _opened(Operations.open, config, owner=False) as operations:
        yield operations


@contextmanager
def _opened(open_: Callable[..., Opened], config: Config, *, owner: bool) -> Iterator[Opened]:
    with ExitStack() as stack:
        if config.neo4j_uri:
            uri = checked_address(config.neo4j_uri)
            opened = open_(uri, config.neo4j_username, config.neo4j_password, config.neo4j_database)
        else:
            from queries import local_neo4j  # lazy: with a server elsewhere none of it is needed

            # An owner's server ends with its last client, which is the owner unless others have joined meanwhile.
            local = local_neo4j.start(config.home, idle_seconds=0 if owner else config.idle_seconds)
            stack.callback(local_neo4j.release, config.home)
            room = partial(local_neo4j.require_room_to_write, config.home)
            opened = open_(local.uri, local.username, local.password, local.database, before_writing=room)
        stack.callback(opened.close)
        yield opened
