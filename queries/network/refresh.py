"""Brings a network that was read before up to date by reading only what changed since.

The change log says which records to read; they are read as the viewer may see them, and ties folded from the visible
reports like any single tie. So the entries on hidden records cannot show in the result. Where the log does not reach
back far enough, has a gap, or says that too much changed, everything is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from graph.evidence import tie_id
from graph.networks.network import Node
from queries.driver.change_log import KEPT
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction
from queries.network.read import READINGS, NetworkRows, folded, nodes_of

if TYPE_CHECKING:
    from graph.networks.tie_table import TieTable

MOST = 2_000
"""Most stakeholders and ties read again: folding these takes about as long as reading 100,000 materialised ties."""


class Known(Protocol):
    """A network that was read before."""

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


def refreshed(
    tx: ReadTransaction, known: Known, *, as_of: date, known_at: datetime | None = None
) -> NetworkRows | None:
    """Return the viewer's network on that day as it is now, or ``None`` if all must be read again.

    ``known`` must be the same viewer's network of the same day and instant. As when all is read, what was committed
    meanwhile is read again; after some rounds the result gets the revision from before the last.
    """
    state = _State(known.nodes, known.ties, known.revision)
    for _ in range(READINGS):
        revision = tx.revision()
        if revision == state.revision:
            break
        next_state = _step(tx, state, revision, as_of=as_of, known_at=known_at)
        if next_state is None:
            return None
        state = next_state
    return NetworkRows(list(state.nodes.values()), state.ties, state.revision)


def _step(
    tx: ReadTransaction, state: _State, revision: int, *, as_of: date, known_at: datetime | None
) -> _State | None:
    if not 0 < revision - state.revision <= KEPT:
        return None
    entries = [
        entry for entry in tx.rows(statement("network/changes"), revision=state.revision) if entry["number"] <= revision
    ]
    if len(entries) < revision - state.revision or any(entry["too_much"] for entry in entries):
        return None
    changed = {id_ for entry in entries for id_ in entry["stakeholder_ids"]}
    places = sorted({id_ for entry in entries for id_ in entry["place_ids"]})
    ties = {key for entry in entries for key in zip(entry["kinds"], entry["from_ids"], entry["to_ids"], strict=True)}
    if places:
        (row,) = tx.rows(statement("network/of_places"), place_ids=places, limit=MOST + 1)
        changed.update(row["ids"])
    if len(changed) + len(ties) > MOST:
        return None
    nodes, appeared = _nodes(tx, state.nodes, changed)
    tie_ids = {tie_id(*key) for key in ties}
    if appeared:
        (row,) = tx.rows(statement("network/ties_of"), stakeholder_ids=appeared, limit=MOST + 1)
        tie_ids.update(row["tie_ids"])
    if len(tie_ids) > MOST:
        return None
    from graph.networks.joined import joined
    from graph.networks.tie_table import TieTable

    ids = tuple(nodes) if nodes.keys() != state.nodes.keys() else state.ties.node_ids
    tables = [TieTable.of(folded_ties, ids) for folded_ties in folded(tx, sorted(tie_ids), as_of, known_at)]
    unchanged = state.ties.among(ids).without(ties)
    return _State(nodes, joined([unchanged, *tables], ids) if tables else unchanged, revision)


def _nodes(
    tx: ReadTransaction, known: Mapping[str, Node], changed: set[str]
) -> tuple[Mapping[str, Node], Sequence[str]]:
    """Return the stakeholders as they are now, and which of them are new."""
    if not changed:
        return known, ()
    (columns,) = tx.rows(statement("network/these_nodes"), ids=sorted(changed))
    now = {node.id: node for node in nodes_of(columns)}
    unchanged = {key: node for key, node in known.items() if key not in changed}
    appeared = sorted(now.keys() - known.keys())
    if now.keys() == changed & known.keys():  # no stakeholder appeared or disappeared
        return {key: now.get(key, node) for key, node in known.items()}, ()
    return dict(sorted({**unchanged, **now}.items())), appeared
