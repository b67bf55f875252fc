"""The form every analysis answer takes, so that each can be checked: what was asked, of what graph, by what method."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from math import isfinite
from typing import Generic, TypeVar

from graph.access import Sensitivity
from graph.errors import Finding, InvalidInput, NotFound
from graph.networks.network import StakeholderNetwork


@dataclass(frozen=True, slots=True)
class GraphSeen:
    """The graph an answer was computed from: its revision, the day, and how much of it the viewer could see."""

    revision: int
    as_of: date
    stakeholders: int
    ties: int


@dataclass(frozen=True, slots=True)
class StakeholderRef:
    """How answers refer to a stakeholder."""

    id: str
    name: str
    category: str


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Item]):
    """An analysis answer. ``truncated`` says that there are more rows than ``items`` holds."""

    method: str
    parameters: Mapping[str, object]
    graph: GraphSeen
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
    truncated: bool = False


def graph_seen(network: StakeholderNetwork) -> GraphSeen:
    """Describe the network an answer is computed from; ``ties`` counts those the method can use."""
    return GraphSeen(
        revision=network.revision,
        as_of=network.as_of,
        stakeholders=len(network.nodes),
        ties=len(network.included_ties),
    )


def refer(network: StakeholderNetwork, stakeholder_id: str) -> StakeholderRef:
    """Return the reference to a stakeholder; raises ``NotFound`` if the network does not hold it."""
    node = network.nodes.get(stakeholder_id)
    if node is None:
        raise NotFound(
            f"There is no stakeholder {stakeholder_id[:80]!r} in this network.",
            cure="Give the id of a stakeholder that is listed.",
        )
    return StakeholderRef(node.id, node.name, node.category)


def check_limit(limit: int | None, *, most: int | None = None, name: str = "limit") -> None:
    """Raise ``InvalidInput`` unless ``limit`` is a whole number from 1 (to ``most``) or, without ``most``, ``None``."""
    if limit is None and most is None:
        return
    if isinstance(limit, int) and not isinstance(limit, bool) and limit >= 1 and (most is None or limit <= most):
        return
    allowed = f"a whole number from 1 to {most}" if most else "a whole number of at least 1"
    finding = Finding(f"/{name}", f"{limit} is not {allowed}", f"Give {allowed}.")
    raise InvalidInput(f"{name} {finding.detail}.", findings=[finding])


def as_json(value: object) -> object:
    """Turn an answer into JSON values: the one form that command line and HTTP both send.

    Dataclasses become objects, enums their word, dates ISO 8601. Raises ``ValueError`` for a number that is not
    finite: an undefined value must already be ``None``, with a reason beside it.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Sensitivity):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} cannot be sent as JSON; say None and give a reason.")
    return value
