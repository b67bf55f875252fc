"""What differs between the kinds of record: names, statements, and how a record becomes a row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from graph.model import Record
from queries.driver.running import Row
from queries.driver.statements import Statement, statement
from queries.driver.transactions import SECONDS, WriteTransaction
from queries.records.mapping import to_record
from queries.records.refusals import Reference

R = TypeVar("R", bound=Record)


class RecordKind(Generic[R]):
    """One kind of record; a subclass sets the class variables and overrides what is special to it."""

    kind: ClassVar[type[Record]]
    folder: ClassVar[str]
    filters: ClassVar[Collection[str]] = ()
    apart: ClassVar[frozenset[str]] = frozenset()
    """Fields that ``columns`` gives in a form of their own instead of as properties."""

    seconds: ClassVar[float] = SECONDS
    """Time limit of a change, including what is derived from it."""

    def columns(self, record: R) -> Mapping[str, Any]:  # noqa: ARG002 - a hook
        """Return what a row has besides id, version, properties and external ids: the ids that become links."""
        return {}

    def references(self, record: R) -> Iterator[Reference]:  # noqa: ARG002 - a hook
        """Yield the other records this one names."""
        yield from ()

    def canonical(self, record: R) -> R:
        """Return the record as it will be read back, sets sorted."""
        return record

    def extra_properties(self, record: R) -> Mapping[str, Any]:  # noqa: ARG002 - a hook
        """Return properties that are derived from the record, such as search forms."""
        return {}

    def from_row(self, row: Row) -> R:
        """Return the record of a row of ``read``."""
        return to_record(self._kind, row["record"])

    def page_statement(self, filters: Mapping[str, Any]) -> tuple[Statement, dict[str, Any]] | None:
        """Return the statement that finds the ids of a page and its parameters; ``None`` if nothing can match."""
        return self._statement("page"), dict(filters)

    def delete_parameters(self, tx: WriteTransaction) -> Mapping[str, Any]:  # noqa: ARG002 - a hook
        """Return the parameters of ``delete`` besides id and version."""
        return {}

    def after_write(self, tx: WriteTransaction, rows: Sequence[Row], pointers: Mapping[str, str]) -> None:
        """Bring up to date what is derived from these records, or refuse them.

        ``rows`` are those of ``create`` or ``replace``; ``pointers`` has by id each record's pointer in the input.
        """

    @property
    def _kind(self) -> type[R]:
        return self.kind  # type: ignore[return-value]  # a class variable cannot be generic

    def _statement(self, verb: str) -> Statement:
        return statement(f"{self.folder}/{verb}")
