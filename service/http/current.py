"""What a request works with: the store, the networks, and who asks."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from graph.access import Actor
from queries.store import Store
from service.questions.networks import Networks

KEY = "stakeholder_graph"


@dataclass(frozen=True, slots=True)
class Services:
    """The parts an application was built from. ``actor`` reads and writes: the one person at this machine, for now."""

    store: Store
    networks: Networks
    actor: Actor


def provide(app: Flask, services: Services) -> None:
    """Make ``services`` what every request of ``app`` works with."""
    app.extensions[KEY] = services


def services() -> Services:
    """Return what the application of this request was built from."""
    return cast("Services", current_app.extensions[KEY])


def store() -> Store:
    """Return the store."""
    return services().store


def networks() -> Networks:
    """Return the networks of the store."""
    return services().networks


def actor() -> Actor:
    """Return who asks: every read is theirs to see, every write theirs to answer for."""
    return services().actor
