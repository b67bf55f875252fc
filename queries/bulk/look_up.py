"""Looks up stored records by the ids and names that a file gives."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from graph.model import Record
from queries.driver.batches import batches
from queries.driver.statements import statement
from queries.driver.transactions import ReadTransaction
from queries.records.base import RecordStore

R = TypeVar("R", bound=Record)


def by_external_ids(tx: ReadTransaction, records: RecordStore[R], external_ids: Sequence[str]) -> dict[str, R]:
    """Return those of the records of one kind that the viewer may see, by external id, in the order of the argument."""
    found: dict[str, R] = {}
    for batch in batches(sorted(set(external_ids))):
        (row,) = tx.rows(statement("bulk/identified"), keys=[records.external_key(text) for text in batch])
        for record in records.read_in(tx, row["ids"]).values():
            found |= dict.fromkeys(record.external_ids, record)
    return {external_id: found[external_id] for external_id in external_ids if external_id in found}


def names(tx: ReadTransaction) -> dict[str, list[str]]:
    """Return the ids of the stakeholders that the viewer may see by the search form of their name, sorted."""
    (columns,) = tx.rows(statement("bulk/names"))
    ids: dict[str, list[str]] = defaultdict(list)
    for name, id_ in zip(columns["name"], columns["id"], strict=True):
        ids[name].append(id_)
    return dict(sorted(ids.items()))
