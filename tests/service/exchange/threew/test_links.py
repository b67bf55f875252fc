"""The ties of one row."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from service.exchange.threew.fields import Part
from service.exchange.threew.links import MAX_TOGETHER, Link, crowded, links_of, self_links

DONOR, PROGRAMME, IMPLEMENTING = Part.DONOR, Part.PROGRAMME_PARTNER, Part.IMPLEMENTING_PARTNER


def test_money_flows_link_by_link() -> None:
    met = {DONOR: ("d",), PROGRAMME: ("p",), IMPLEMENTING: ("i",)}
    assert list(links_of(met)) == [Link("funds", "d", "p"), Link("funds", "p", "i")]


def test_a_missing_partner_in_between_is_bridged() -> None:
    assert list(links_of({DONOR: ("d",), IMPLEMENTING: ("i",)})) == [Link("funds", "d", "i")]


def test_an_organisation_next_to_itself_is_no_tie_but_counted() -> None:
    met = {DONOR: ("d",), PROGRAMME: ("x",), IMPLEMENTING: ("x",)}
    assert list(links_of(met)) == [Link("funds", "d", "x")]
    assert list(self_links(met)) == ["x"]


def test_organisations_in_one_cell_are_partners_of_each_other() -> None:
    assert list(links_of({IMPLEMENTING: ("c", "a", "b")})) == [
        Link("partners_with", "a", "b"),
        Link("partners_with", "a", "c"),
        Link("partners_with", "b", "c"),
    ]


def test_donors_in_one_cell_are_not_partners_but_each_fund() -> None:
    met = {DONOR: ("d", "e"), IMPLEMENTING: ("i",)}
    assert list(links_of(met)) == [Link("funds", "d", "i"), Link("funds", "e", "i")]


def test_a_crowd_in_one_cell_is_not_tied() -> None:
    crowd = tuple(f"o{number}" for number in range(MAX_TOGETHER + 1))
    assert list(links_of({DONOR: ("d",), IMPLEMENTING: crowd})) == []
    assert list(crowded({DONOR: ("d",), IMPLEMENTING: crowd})) == [IMPLEMENTING]
    assert len(list(links_of({IMPLEMENTING: crowd[1:]}))) == 66  # 12 · 11 / 2


KEYS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True).map(tuple)


@given(st.dictionaries(st.sampled_from([DONOR, PROGRAMME, IMPLEMENTING]), KEYS))
def test_no_tie_joins_an_organisation_with_itself_or_with_one_that_is_not_named(
    met: dict[Part, tuple[str, ...]],
) -> None:
    named = set(chain(*met.values()))
    for link in links_of(met):
        assert link.giver != link.taker
        assert {link.giver, link.taker} <= named
