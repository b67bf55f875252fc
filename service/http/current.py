"""The store, the networks and the actor of the current request."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from graph.access import Actor
from queries.store import Store
from service.questions.networks import Networks

KEY = "stakeholder_graph"


@dataclass(frozen=True, slots=True)
class Services:
    """The parts an application is built from. ``actor`` reads and writes: for now, the one user of this machine."""

    store: Store
    networks: Networks
    actor: Actor


def provide(app: Flask, services: Services) -> None:
    """Make ``services`` available to every request of ``app``."""
    app.extensions[KEY] = services


def services() -> Services:
    """Return the services of the application that answers this request."""
    return cast("Services", current_app.extensions[KEY])


def store() -> Store:
    """Return the store."""
    return services().store


def networks() -> Networks:
    """Return the networks of the store."""
    return services().networks


def actor() -> Actor:
    """Return the actor who asks: reads are limited to what the actor may see, writes are recorded under its name."""
    return services().actor
