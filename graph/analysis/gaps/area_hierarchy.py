"""Areas as a tree: those beneath, above and beside one, and who is responsible for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from graph.analysis.gaps.gap import Named
from graph.model import Area


class AreaHierarchy:
    """The area hierarchy a viewer may see. An area whose parent is not among them is at the top.

    A circular chain of parents is cut where it would repeat.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        """Build the tree from areas in any order."""
        self.areas: Mapping[str, Area] = {area.id: area for area in sorted(areas, key=lambda area: area.id)}
        self._above = {area_id: self._chain(area_id) for area_id in self.areas}
        beneath: dict[str, set[str]] = defaultdict(set)
        for area_id, chain in self._above.items():
            for above in (area_id, *chain):
                beneath[above].add(area_id)
        self._beneath = {area_id: frozenset(ids) for area_id, ids in beneath.items()}

    def _chain(self, area_id: str) -> tuple[str, ...]:
        chain: list[str] = []
        parent = self.areas[area_id].parent_id
        while parent is not None and parent in self.areas and parent not in (area_id, *chain):
            chain.append(parent)
            parent = self.areas[parent].parent_id
        return tuple(chain)

    def above(self, area_id: str) -> tuple[str, ...]:
        """Return the areas around this one, the nearest first; none for an unknown area."""
        return self._above.get(area_id, ())

    def within(self, area_id: str) -> frozenset[str]:
        """Return this area and all beneath it."""
        return self._beneath.get(area_id, frozenset())

    def families(self, level: int) -> tuple[tuple[str, ...], ...]:
        """Return the areas of one level by their common parent, where it has several; sorted."""
        together: dict[str, list[str]] = defaultdict(list)
        for area in self.areas.values():
            if area.level == level and area.parent_id in self.areas and area.parent_id is not None:
                together[area.parent_id].append(area.id)
        return tuple(tuple(family) for _, family in sorted(together.items()) if len(family) > 1)

    def at_level(self, area_id: str, level: int) -> str | None:
        """Return the area of that level which this one is or lies in; ``None`` where there is none."""
        chain = (area_id, *self.above(area_id))
        return next((key for key in chain if key in self.areas and self.areas[key].level == level), None)

    def responsible(self, area_id: str, based: Mapping[str, Collection[str]]) -> frozenset[str]:
        """Return those responsible for an area: based in it or beneath, else in the nearest area around it.

        ``based`` maps an area to the stakeholders based exactly there.
        """
        inside = frozenset(member for key in self.within(area_id) for member in based.get(key, ()))
        if inside:
            return inside
        return next((frozenset(based[key]) for key in self.above(area_id) if based.get(key)), frozenset())

    def named(self, area_id: str) -> Named:
        """Return the reference to an area."""
        area = self.areas[area_id]
        return Named(area.id, area.name, area.pcode)
