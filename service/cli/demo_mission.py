"""Put the demo mission into the store a command works on."""

from datetime import UTC, datetime

from graph.errors import InvalidInput
from queries.driver.address import shown_address
from service.cli.session import Session
from service.terminal import say


def load_demo(here: Session) -> None:
    """Load the demo mission into an empty store, or one that holds it; again, it changes nothing.

    Raises ``InvalidInput`` where the store holds other stakeholders: fiction must not mix with what is real.
    """
    from service.demo import holds_demo, load

    if here.store.counts(here.actor)["stakeholders"] and not holds_demo(here.store, here.actor):
        place = shown_address(here.config.neo4j_uri) if here.config.neo4j_uri else here.config.home
        raise InvalidInput(
            f"The store of {place} holds stakeholders that are not the demo's.",
            cure="Name another data directory: STAKEHOLDER_GRAPH_HOME=demo-data.",
        )
    loaded = load(here.store, here.actor, datetime.now(UTC).date())
    if loaded:
        say(f"Loaded the demo mission: {loaded} records. Its country and everybody in it are made up.")
