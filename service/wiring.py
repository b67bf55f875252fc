"""Open the store of a configuration. This is the only module that decides which Neo4j is used."""

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
    """Open the store of a configuration, bring its schema up to date, and close it afterwards.

    With ``NEO4J_URI`` set that server is used; otherwise the local Neo4j of the data directory is used, and
    started if necessary. An ``owner`` stops that local server afterwards unless others use it. A process has at most
    ``connections`` at once. A serving process limits the transactions that run ``at_once`` to fewer than its threads,
    see ``Store.open``. Raises ``StoreUnavailable`` if no database answers.
    """
    open_ = partial(Store.open, connections=connections, at_once=at_once)
    with _opened(open_, config, owner=owner) as store:
        store.prepare()
        yield store


@contextmanager
def opened_operations(config: Config) -> Iterator[Operations]:
    """Open the operator's tasks on the same database without changing its schema, and close it afterwards."""
    with _opened(Operations.open, config, owner=False) as operations:
        yield operations


@contextmanager
def _opened(open_: Callable[..., Opened], config: Config, *, owner: bool) -> Iterator[Opened]:
    with ExitStack() as stack:
        if config.neo4j_uri:
            uri = checked_address(config.neo4j_uri)
            opened = open_(uri, config.neo4j_username, config.neo4j_password, config.neo4j_database)
        else:
            from queries import local_neo4j  # lazy: not needed with another server

            # An owner's server stops with its last client: the owner, unless others use it by then.
            local = local_neo4j.start(config.home, idle_seconds=0 if owner else config.idle_seconds)
            stack.callback(local_neo4j.release, config.home)
            check_disk_space = partial(local_neo4j.require_room_to_write, config.home)
            opened = open_(local.uri, local.username, local.password, local.database, before_writing=check_disk_space)
        stack.callback(opened.close)
        yield opened
