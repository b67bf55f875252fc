"""Opens the driver with the limits that make a dead database an error within seconds, and ends one that is in use."""

import logging
from typing import TYPE_CHECKING, Any

from graph.errors import InvalidInput, StoreUnavailable
from queries.driver.address import checked_address
from queries.driver.errors import no_address

if TYPE_CHECKING:
    import neo4j

CONNECTION_SECONDS = 2.0
"""Enough for TCP, TLS and Bolt over a satellite link (about 0.6 s a round trip)."""

IDLE_SECONDS = 1.0
"""A connection unused for longer is checked before use: the server may have gone away meanwhile."""


def open_driver(uri: str, auth: tuple[str, str], *, connections: int, strict: bool) -> "neo4j.Driver":
    """Return a driver that has not connected yet; ``strict`` has the server send notifications, as Python warnings.

    Raises ``StoreUnavailable`` for an address that cannot be used.
    """
    from neo4j import GraphDatabase, NotificationMinimumSeverity
    from neo4j.exceptions import DriverError

    # The driver's messages on broken connections are in the errors raised; a log may take them, stderr need not.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    severity = NotificationMinimumSeverity
    try:
        return GraphDatabase.driver(
            checked_address(uri),
            auth=auth,
            connection_timeout=CONNECTION_SECONDS,
            connection_acquisition_timeout=CONNECTION_SECONDS,
            max_connection_pool_size=connections,
            connection_write_timeout=CONNECTION_SECONDS,
            liveness_check_timeout=IDLE_SECONDS,
            max_transaction_retry_time=0,  # ``Connection.transaction`` decides what is retried
            telemetry_disabled=True,
            user_agent="stakeholder-graph",
            notifications_min_severity=severity.INFORMATION if strict else severity.OFF,
            warn_notification_severity=severity.INFORMATION if strict else severity.OFF,
        )
    except InvalidInput as error:
        raise StoreUnavailable(error.detail, cure=error.cure) from None
    except (DriverError, ValueError):
        raise no_address() from None  # the driver's text repeats the address, with whatever it contains


def end_driver(driver: "neo4j.Driver") -> None:
    """Close a driver whose connections may be in use: a thread using one gets an error, and no thread waits.

    The driver's own ``close`` says goodbye on every connection, through the buffers and with the time limits of the
    thread using it. It fails where that thread is sending (``BufferError``), and all later connections stay open. So
    those in use are killed first, for which the driver has no public method.
    """
    pool: Any = driver._pool  # noqa: SLF001
    with pool.lock:
        used = [each for connections in pool.connections.values() for each in connections if each.in_use]
    for connection in used:
        connection.kill()
    driver.close()
