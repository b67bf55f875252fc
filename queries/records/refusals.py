"""The errors that refuse a write; their texts reveal nothing that the actor may not see.

Missing and hidden records give the same sentence; other records that refer to a record are neither named nor counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.access import Actor
from graph.errors import Finding, InvalidInput, NotFound, StillReferenced, VersionMismatch
from graph.input_rules import input_findings, refused
from graph.model import Record

ID_CHARACTERS = 64
"""Longest id accepted: this program's own have 36."""

Pointer = Callable[[int], str]
"""Returns the JSON Pointer in the input of the record at a position of the batch."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another record: its JSON Pointer, the folder of that kind of record, and the id."""

    pointer: str
    folder: str
    id: str


def whole(_: int) -> str:
    """Return the pointer of a record that is the whole input."""
    return ""


def check(actor: Actor, batch: Sequence[Record], pointer: Pointer) -> None:
    """Raise ``InvalidInput`` for an id that cannot be stored, an id given twice, or a record above the clearance."""
    earlier: set[str] = set()
    for position, record in enumerate(batch):
        at = pointer(position)
        if not 0 < len(record.id) <= ID_CHARACTERS:
            finding = Finding(f"{at}/id", "is no id", f"Use 1 to {ID_CHARACTERS} characters.")
            raise InvalidInput("The id cannot be used.", findings=[finding])
        if record.id in earlier:
            finding = Finding(f"{at}/id", "comes twice", "Give each record once.")
            raise InvalidInput("Two records have the same id.", findings=[finding])
        earlier.add(record.id)
        if not actor.may_see(record.sensitivity):
            finding = Finding(
                f"{at}/sensitivity",
                f"{record.sensitivity.code} is above your clearance",
                f"Use at most {actor.clearance.code}.",
            )
            raise InvalidInput("You could not see the record that you want to keep.", findings=[finding])


def check_input(
    batch: Sequence[Record], pointer: Pointer, *, today: date, stored: Callable[[list[str]], Mapping[str, Record]]
) -> None:
    """Raise ``InvalidInput`` for what ``graph.input_rules`` refuses in these records.

    A fault that the stored record already has is not blamed on the change. ``stored`` returns by id those of some
    records that exist; it is called only where there is a fault.
    """
    for position, record in enumerate(batch):
        findings = tuple(input_findings(record, today=today))
        if not findings:
            continue
        before = stored([record.id]).get(record.id)
        old = set(input_findings(before, today=today)) if before else set()
        new = [replace(found, pointer=f"{pointer(position)}{found.pointer}") for found in findings if found not in old]
        if new:
            raise refused(tuple(new))


def missing(references: Iterable[Reference], pointer: str) -> InvalidInput:
    """Return the refusal of a record that refers to others which do not exist, or not for the actor."""
    findings = [
        Finding(
            f"{pointer}{reference.pointer}",
            f"{reference.id[:ID_CHARACTERS]!r} is not known",
            f"Use the id of one of the {reference.folder}.",
        )
        for reference in references
    ]
    return InvalidInput("It refers to something that is not there.", findings=findings)


def not_found(kind: type[Record]) -> NotFound:
    """Return the refusal for a record that does not exist, or not for this viewer."""
    return NotFound(f"There is no such {kind.__name__}.", cure="Check the id.")


def changed(kind: type[Record]) -> VersionMismatch:
    """Return the refusal of a change to an old version."""
    return VersionMismatch(
        f"The {kind.__name__} has changed since you read it.", cure="Read it again and repeat your change."
    )


def still_referenced(kind: type[Record]) -> StillReferenced:
    """Return the refusal to delete a record that others refer to."""
    return StillReferenced(
        f"Other records refer to this {kind.__name__}.", cure="Change or delete those that do first."
    )
