"""What all commands share: the open store, and errors turned into one clear message and an exit code."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from os import environ
from typing import TYPE_CHECKING, ParamSpec

from graph.errors import StakeholderGraphError, StoreUnavailable
from queries.driver.address import shown_address
from queries.driver.connection import CONNECTIONS
from service.config import Config, read_config
from service.http.errors import exit_code
from service.terminal import say

if TYPE_CHECKING:
    from service.questions.networks import Networks

P = ParamSpec("P")


def reporting_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a foreseen failure of a command into its message on standard error and its exit code."""

    @wraps(command)
    def reported(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except StakeholderGraphError as error:
            say(f"Error: {error.detail}")
            if error.cure:
                say(error.cure)
            if isinstance(error, StoreUnavailable) and environ.get("NEO4J_URI"):
                say(f"The database is the one that NEO4J_URI names: {shown_address(environ['NEO4J_URI'])}")
            sys.exit(exit_code(error))
        except BrokenPipeError:
            # The reader of our output closed it (head, less): no failure, but stdout cannot be flushed any more.
            sys.stdout = None
            sys.exit(0)

    return reported


@contextmanager
def session(*, owner: bool = False, connections: int = CONNECTIONS, at_once: int | None = None) -> Iterator["Session"]:
    """Open the store of the environment's configuration for one command, with options as in ``opened_store``."""
    from service.questions.networks import Networks
    from service.wiring import opened_store

    config = read_config()
    with opened_store(config, owner=owner, connections=connections, at_once=at_once) as store:
        yield Session(config, Networks(store))


class Session:
    """One command's view of the service: its configuration and its networks."""

    def __init__(self, config: Config, networks: "Networks") -> None:
        self.config = config
        self.networks = networks
        self.store = networks.store
        self.actor = config.actor
