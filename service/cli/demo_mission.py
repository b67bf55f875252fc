"""Load the demo mission into the store of a command."""

from datetime import UTC, datetime

from graph.errors import InvalidInput
from queries.driver.address import shown_address
from service.cli.session import Session
from service.terminal import say


def load_demo(opened: Session) -> None:
    """Load the demo mission into an empty store, or one that holds it already, where nothing changes.

    Raises ``InvalidInput`` where the store holds other stakeholders: fiction must not mix with real data.
    """
    from service.demo import holds_demo, load

    if opened.store.counts(opened.actor)["stakeholders"] and not holds_demo(opened.store, opened.actor):
        location = shown_address(opened.config.neo4j_uri) if opened.config.neo4j_uri else opened.config.home
        raise InvalidInput(
            f"The store of {location} holds stakeholders that are not the demo's.",
            cure="Name another data directory: STAKEHOLDER_GRAPH_HOME=demo-data.",
        )
    loaded = load(opened.store, opened.actor, datetime.now(UTC).date())
    if loaded:
        say(f"Loaded the demo mission: {loaded} records. Its country and everybody in it are fictional.")
