"""A network that was read before, brought up to date by reading only what was touched since.

The log of changes says where to look; what is there is read as the viewer may see it, in the way a single tie always
is: folded from the visible reports. So nothing that the log says of hidden records can show. Where the log does not
reach back, has a gap, or says that too much was touched, there is no short way and all is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from graph.evidence import tie_id
from graph.networks.network import Node
from queries.driver.change_log import KEPT
from queries.driver.statements import statement
from queries.driver.transactions import Reading
from queries.network.read import READINGS, NetworkRows, folded, nodes_of

if TYPE_CHECKING:
    from graph.networks.tie_table import TieTable

MOST = 2_000
"""Stakeholders and ties read again at most: folding takes about as long for these as reading 100,000 drawn ties."""


class Known(Protocol):
    """A network somebody has kept."""

    @property
    def nodes(self) -> Mapping[str, Node]:
        """Return the stakeholders by id, sorted."""
        ...

    @property
    def ties(self) -> "TieTable":
        """Return the ties between them."""
        ...

    @property
    def revision(self) -> int:
        """Return the viewer's revision they belong to."""
        ...


@dataclass(frozen=True, slots=True)
class _State:
    nodes: Mapping[str, Node]
    ties: "TieTable"
    revision: int


def refreshed(reading: Reading, known: Known, *, as_of: date, known_at: datetime | None = None) -> NetworkRows | None:
    """Return the viewer's network on that day as it is now, or ``None`` where all must be read again.

    ``known`` must be the same viewer's network of the same day and instant. As with a whole reading, what was committed
    meanwhile is read again; after some rounds the result goes under the revision from before the last.
    """
    state = _State(known.nodes, known.ties, known.revision)
    for _ in range(READINGS):
        revision = reading.revision()
        if revision == state.revision:
            break
        further = _step(reading, state, revision, as_of=as_of, known_at=known_at)
        if further is None:
            return None
        state = further
    return NetworkRows(list(state.nodes.values()), state.ties, state.revision)


def _step(reading: Reading, state: _State, revision: int, *, as_of: date, known_at: datetime | None) -> _State | None:
    if not 0 < revision - state.revision <= KEPT:
        return None
    entries = [
        entry
        for entry in reading.rows(statement("network/changes"), revision=state.revision)
        if entry["number"] <= revision
    ]
    if len(entries) < revision - state.revision or any(entry["too_much"] for entry in entries):
        return None
    touched = {id_ for entry in entries for id_ in entry["stakeholder_ids"]}
    places = sorted({id_ for entry in entries for id_ in entry["place_ids"]})
    ties = {key for entry in entries for key in zip(entry["kinds"], entry["from_ids"], entry["to_ids"], strict=True)}
    if places:
        (found,) = reading.rows(statement("network/of_places"), place_ids=places, limit=MOST + 1)
        touched.update(found["ids"])
    if len(touched) + len(ties) > MOST:
        return None
    nodes, appeared = _nodes(reading, state.nodes, touched)
    wanted = {tie_id(*key) for key in ties}
    if appeared:
        (found,) = reading.rows(statement("network/ties_of"), stakeholder_ids=appeared, limit=MOST + 1)
        wanted.update(found["tie_ids"])
    if len(wanted) > MOST:
        return None
    from graph.networks.joined import joined
    from graph.networks.tie_table import TieTable

    ids = tuple(nodes) if nodes.keys() != state.nodes.keys() else state.ties.node_ids
    now = [TieTable.of(found, ids) for found in folded(reading, sorted(wanted), as_of, known_at)]
    before = state.ties.among(ids).without(ties)
    return _State(nodes, joined([before, *now], ids) if now else before, revision)


def _nodes(reading: Reading, known: Mapping[str, Node], touched: set[str]) -> tuple[Mapping[str, Node], Sequence[str]]:
    """Return the stakeholders as they are now, and which of them were not there before."""
    if not touched:
        return known, ()
    (columns,) = reading.rows(statement("network/these_nodes"), ids=sorted(touched))
    now = {node.id: node for node in nodes_of(columns)}
    kept = {key: node for key, node in known.items() if key not in touched}
    appeared = sorted(now.keys() - known.keys())
    if now.keys() == touched & known.keys():  # nobody came or went
        return {key: now.get(key, node) for key, node in known.items()}, ()
    return dict(sorted({**kept, **now}.items())), appeared
