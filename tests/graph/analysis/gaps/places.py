"""A country of two provinces with two districts each, and a village in the first of them."""

from graph.model import Area, Sector


def an_area(key: str, level: int, parent: str | None = None) -> Area:
    """An area called like its id."""
    return Area(id=key, name=key, level=level, parent_id=parent)


COUNTRY = (
    an_area("land", 0),
    an_area("p1", 1, "land"),
    an_area("p2", 1, "land"),
    an_area("d11", 2, "p1"),
    an_area("d12", 2, "p1"),
    an_area("d13", 2, "p1"),
    an_area("d21", 2, "p2"),
    an_area("v111", 3, "d11"),
)

HEALTH = Sector(id="s-health", code="HEA", name="Health")
WATER = Sector(id="s-water", code="WSH", name="Water")
