"""Pages of lists: in the order of ids, continued after the last id of the page before."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.errors import Finding, InvalidInput

T = TypeVar("T")

PAGE_LIMIT = 1_000
"""Most records in one page: about 1 MB."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some records in the order of their ids. ``next`` is the id to continue after, ``None`` at the end."""

    items: tuple[T, ...]
    next: str | None


def check_limit(limit: int) -> None:
    """Raise ``InvalidInput`` unless a page may have that many records, 1 to ``PAGE_LIMIT``."""
    if not 1 <= limit <= PAGE_LIMIT:
        finding = Finding("/limit", f"{limit} is out of range", f"Ask for 1 to {PAGE_LIMIT}.")
        raise InvalidInput("The page is too large or empty.", cure=finding.cure, findings=[finding])
