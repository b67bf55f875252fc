"""Builders: valid values with everything said that a test does not care about."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from graph.evidence import Evidence, tie_id, tie_key
from graph.networks.network import Node, StakeholderNetwork, build_network
from graph.ties import Tie
from graph.vocabulary import Presence, Reliability, TieStatus

TODAY = date(2026, 7, 1)
CONFIRMED = date(2026, 6, 1)


def a_report(report_id: str = "r1", **changes: Any) -> Evidence:
    """A report by a B source, credibility 2, said and recorded on 1 June 2026, without dates of validity."""
    said: dict[str, Any] = {
        "report_id": report_id,
        "origin": report_id,
        "reliability": Reliability.B,
        "credibility": 2,
        "presence": Presence.PRESENT,
        "strength": None,
        "trust": None,
        "sign": None,
        "valid_from": None,
        "valid_to": None,
        "observed_on": CONFIRMED,
        "recorded_at": datetime(2026, 6, 1, 12, tzinfo=UTC),
    }
    return Evidence(**{**said, **changes})


def a_node(key: str, **changes: Any) -> Node:
    """A stakeholder called like its id; an id such as ``A1`` says the category by its letter."""
    return Node(**{"id": key, "name": key, "category": CATEGORY.get(key[:1], "other"), **changes})


CATEGORY = {
    "M": "mission_unit",
    "A": "local_authority",
    "L": "community_leader",
    "X": "community_leader",
    "N": "ngo",
}


def a_tie(one: str, other: str, reliability: float = 0.5, *, kind: str = "coordinates_with", **changes: Any) -> Tie:
    """A tie whose existence is its reliability, trust being 1 and strength the same number."""
    first, second = tie_key(kind, one, other)
    said: dict[str, Any] = {
        "id": tie_id(kind, one, other),
        "from_id": first,
        "to_id": second,
        "kind": kind,
        "existence": reliability,
        "strength": reliability,
        "trust": 1.0,
        "sign": 1,
        "status": TieStatus.PRESENT,
        "first_confirmed": CONFIRMED,
        "last_confirmed": CONFIRMED,
        "reports": 1,
        "origins": (f"{first}-{second}-{kind}",),
    }
    return Tie(**{**said, **changes})


def a_network(
    nodes: Iterable[str | Node], ties: Iterable[Tie] = (), *, kinds: Iterable[str] | None = None, as_of: date = TODAY
) -> StakeholderNetwork:
    """A network of these stakeholders, given as nodes or by their ids."""
    built = [node if isinstance(node, Node) else a_node(node) for node in nodes]
    return build_network(built, ties, revision=1, as_of=as_of, kinds=kinds)


def renamed(network: StakeholderNetwork, names: Mapping[str, str]) -> StakeholderNetwork:
    """The same network under other ids, so in another order of everything."""
    nodes = [a_node(names[node.id], name=node.name, category=node.category) for node in network.nodes.values()]
    ties = []
    for tie in network.ties:
        one, other = names[tie.from_id], names[tie.to_id]
        first, second = tie_key(tie.kind, one, other)
        changes = {name: getattr(tie, name) for name in ("existence", "strength", "trust", "sign", "status", "origins")}
        ties.append(a_tie(first, second, kind=tie.kind, **changes))
    return build_network(nodes, ties, revision=network.revision, as_of=network.as_of, kinds=network.kinds)


def never_held(network: StakeholderNetwork, seen: set[str]) -> StakeholderNetwork:
    """The network of a database that never held anybody but ``seen``."""
    return build_network(
        (network.nodes[key] for key in seen),
        (tie for tie in network.ties if {tie.from_id, tie.to_id} <= seen),
        revision=network.revision,
        as_of=network.as_of,
    )
