"""The ends of a question: stakeholders by id or exact name, and all stakeholders of some categories."""

from dataclasses import dataclass

from graph.networks.network import StakeholderNetwork
from graph.vocabulary import CATEGORIES
from service.questions.lookup import stakeholder_called
from service.questions.scope import refuse_unknown_words


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a question: stakeholders by id or exact name, and whole categories. An empty side means everybody."""

    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source_categories: tuple[str, ...] = ()
    target_categories: tuple[str, ...] = ()


def ids_at_end(
    network: StakeholderNetwork, names: tuple[str, ...], categories: tuple[str, ...], *, pointer: str
) -> frozenset[str] | None:
    """Return the ids of those named and of all in the categories; ``None`` where both are empty."""
    if not names and not categories:
        return None
    refuse_unknown_words((("category", f"{pointer}_category", categories, CATEGORIES),))
    called = {stakeholder_called(network, name, pointer=pointer) for name in names}
    return frozenset(called | {node.id for node in network.nodes.values() if node.category in categories})
