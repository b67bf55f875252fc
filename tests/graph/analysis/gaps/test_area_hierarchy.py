from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.model import Area
from tests.graph.analysis.gaps.places import COUNTRY, an_area

PLACES = AreaHierarchy(COUNTRY)


def test_an_area_lies_within_all_areas_above_it() -> None:
    assert PLACES.above("v111") == ("d11", "p1", "land")
    assert PLACES.above("land") == PLACES.above("nowhere") == ()
    assert PLACES.within("p1") == {"p1", "d11", "d12", "d13", "v111"}
    assert PLACES.within("nowhere") == frozenset()


def test_an_area_is_mapped_to_the_one_above_it_at_a_level() -> None:
    assert PLACES.at_level("v111", 1) == "p1"
    assert PLACES.at_level("d11", 2) == "d11"
    assert PLACES.at_level("p1", 2) is None
    assert PLACES.at_level("nowhere", 2) is None


def test_a_family_has_one_parent_and_at_least_two_members() -> None:
    assert PLACES.families(2) == (("d11", "d12", "d13"),)
    assert PLACES.families(1) == (("p1", "p2"),)
    assert PLACES.families(0) == PLACES.families(3) == ()


def test_those_inside_are_responsible_for_an_area_else_those_nearest_around_it() -> None:
    based = {"v111": {"a"}, "p1": {"b"}, "land": {"c"}}
    assert PLACES.responsible("d11", based) == {"a"}
    assert PLACES.responsible("d12", based) == {"b"}
    assert PLACES.responsible("p1", based) == {"a", "b"}
    assert PLACES.responsible("p2", based) == {"c"}
    assert PLACES.responsible("p2", {}) == frozenset()


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.none() | st.sampled_from("abcdef")), unique_by=lambda row: row[0])
)
def test_a_circular_chain_of_parents_ends(rows: list[tuple[str, str | None]]) -> None:
    """Also one that bites its own tail or leads nowhere known."""
    places = AreaHierarchy([Area(id=key, name=key, level=1, parent_id=parent) for key, parent in rows])
    for key, _ in rows:
        chain = places.above(key)
        assert key not in chain
        assert len(set(chain)) == len(chain)
        assert key in places.within(key)
        assert all(key in places.within(above) for above in chain)


def test_the_order_of_areas_does_not_matter() -> None:
    assert list(AreaHierarchy(reversed(COUNTRY)).areas) == sorted(area.id for area in COUNTRY)
    assert AreaHierarchy([an_area("b", 1, "a"), an_area("a", 0)]).above("b") == ("a",)
