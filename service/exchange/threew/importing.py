"""Import a table into a store: plan the changes, then write them, unless it is a dry run."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.access import Actor
from service.exchange.report import ImportReport
from service.exchange.threew.existing import StoredRecords
from service.exchange.threew.mapping import ColumnMapping
from service.exchange.threew.planning import plan_import

if TYPE_CHECKING:
    from queries.store import Store


def run_import(
    store: "Store",
    actor: Actor,
    data: bytes,
    filename: str,
    *,
    mapping: ColumnMapping | None = None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import a 3W/4W table (CSV, XLSX or ODS) and return the report; with ``dry_run`` only the report.

    ``mapping`` is field → heading or number of the column. ``progress`` is told how many of how many records have been
    written. Up to 5,000 records (``queries.bulk.TRANSACTION``) are written all or not at all; of more, an import that
    breaks off is completed by running it again. Raises ``InvalidInput`` or ``TooLarge`` for a file that cannot be read
    as such a table, and ``Conflict`` or ``VersionMismatch`` where somebody changed the same records meanwhile.
    """
    plan = plan_import(data, filename, existing=StoredRecords(store, actor), mapping=mapping)
    if dry_run:
        return plan.report
    total = len(plan.create) + len(plan.update)
    if total:
        from queries.store import Changes  # lazy: a dry run of a broken file needs no driver

        changes = Changes(create=plan.create, update=plan.update)
        store.apply(changes, actor, progress=(lambda done: progress(done, total)) if progress else None)
    return replace(plan.report, dry_run=False)
