"""Between whom a question is asked: stakeholders by id or exact name, and all of some categories."""

from dataclasses import dataclass

from graph.networks.network import StakeholderNetwork
from graph.vocabulary import CATEGORIES
from service.questions.lookup import stakeholder_called
from service.questions.scope import refuse_unknown_words


@dataclass(frozen=True, slots=True)
class Ends:
    """Between whom: stakeholders by id or exact name, and all of some categories. Empty on one side means everybody."""

    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source_categories: tuple[str, ...] = ()
    target_categories: tuple[str, ...] = ()


def chosen(
    network: StakeholderNetwork, names: tuple[str, ...], categories: tuple[str, ...], *, pointer: str
) -> frozenset[str] | None:
    """Return the ids of those named and of all of the categories; ``None`` where neither says anything."""
    if not names and not categories:
        return None
    refuse_unknown_words((("category", f"{pointer}_category", categories, CATEGORIES),))
    called = {stakeholder_called(network, name, pointer=pointer) for name in names}
    return frozenset(called | {node.id for node in network.nodes.values() if node.category in categories})
