"""Which part of the viewer's network a question is about.

A ``Scope`` selects from what the viewer may see, so it can only narrow an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from graph.access import Viewer
from graph.errors import Finding, InvalidInput
from graph.networks.network import Node, StakeholderNetwork
from graph.vocabulary import CATEGORIES, TIE_KINDS
from service.questions.lookup import stakeholders_in_area
from service.questions.networks import Networks

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer

Answered = TypeVar("Answered", bound="Answer[Any]")


def refuse_unknown_words(words_by_list: Iterable[tuple[str, str, tuple[str, ...], Mapping[str, object]]]) -> None:
    """Refuse words that the vocabulary does not have. Raises ``InvalidInput`` naming each."""
    findings = [
        Finding(pointer, f"{word[:60]!r} is no {name}", f"Use one of: {', '.join(registry)}.")
        for name, pointer, words, registry in words_by_list
        for word in words
        if word not in registry
    ]
    if findings:
        raise InvalidInput(" ".join(f"{f.detail}." for f in findings), cure=findings[0].cure, findings=findings)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the network, and when. Empty means all; areas count with everything inside them."""

    area: str = ""
    categories: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    without_mission: bool = False

    def __post_init__(self) -> None:
        """Refuse words that the vocabulary does not have. Raises ``InvalidInput`` naming each."""
        refuse_unknown_words(
            (
                ("category", "/category", self.categories, CATEGORIES),
                ("kind", "/kind", self.kinds, TIE_KINDS),
            )
        )

    def parameters(self) -> dict[str, object]:
        """Return the scope as the answer's parameters state it."""
        return {
            "area": self.area or None,
            "categories": self.categories,
            "kinds": self.kinds or None,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "without_mission": self.without_mission,
        }


def network_in(networks: Networks, viewer: Viewer, scope: Scope) -> StakeholderNetwork:
    """Return the part of the viewer's network that the scope names. Raises ``NotFound`` for an unknown area.

    Raises ``InvalidInput`` where several areas have the name.
    """
    network = networks.get(viewer, as_of=scope.as_of, known_at=scope.known_at, kinds=scope.kinds or None)
    if not (scope.area or scope.categories or scope.without_mission):
        return network
    in_area = stakeholders_in_area(networks, viewer, scope.area) if scope.area else None

    def keep(node: Node) -> bool:
        return (
            (in_area is None or node.id in in_area or node.area_id in in_area)
            and (not scope.categories or node.category in scope.categories)
            and not (scope.without_mission and node.category == "mission_unit")
        )

    return network.within(keep)


def with_scope(answer: Answered, scope: Scope) -> Answered:
    """Return the answer with the scope among its parameters; those that the method itself states win."""
    return replace(answer, parameters={**scope.parameters(), **answer.parameters})
