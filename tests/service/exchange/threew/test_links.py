"""The ties of one row."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from service.exchange.threew.fields import ChainRole
from service.exchange.threew.links import MAX_PARTNERS_IN_CELL, Link, links_of, overfull_roles, self_links

DONOR, PROGRAMME, IMPLEMENTING = ChainRole.DONOR, ChainRole.PROGRAMME_PARTNER, ChainRole.IMPLEMENTING_PARTNER


def test_each_two_neighbours_of_the_chain_have_a_funds_tie() -> None:
    organisations = {DONOR: ("d",), PROGRAMME: ("p",), IMPLEMENTING: ("i",)}
    assert list(links_of(organisations)) == [Link("funds", "d", "p"), Link("funds", "p", "i")]


def test_a_donor_funds_the_implementing_partner_without_a_programme_partner() -> None:
    assert list(links_of({DONOR: ("d",), IMPLEMENTING: ("i",)})) == [Link("funds", "d", "i")]


def test_an_organisation_next_to_itself_has_no_tie_and_is_counted() -> None:
    organisations = {DONOR: ("d",), PROGRAMME: ("x",), IMPLEMENTING: ("x",)}
    assert list(links_of(organisations)) == [Link("funds", "d", "x")]
    assert list(self_links(organisations)) == ["x"]


def test_organisations_in_one_cell_are_partners_of_each_other() -> None:
    assert list(links_of({IMPLEMENTING: ("c", "a", "b")})) == [
        Link("partners_with", "a", "b"),
        Link("partners_with", "a", "c"),
        Link("partners_with", "b", "c"),
    ]


def test_donors_in_one_cell_are_not_partners_and_each_funds() -> None:
    organisations = {DONOR: ("d", "e"), IMPLEMENTING: ("i",)}
    assert list(links_of(organisations)) == [Link("funds", "d", "i"), Link("funds", "e", "i")]


def test_too_many_organisations_in_one_cell_are_not_tied() -> None:
    many = tuple(f"o{number}" for number in range(MAX_PARTNERS_IN_CELL + 1))
    assert list(links_of({DONOR: ("d",), IMPLEMENTING: many})) == []
    assert list(overfull_roles({DONOR: ("d",), IMPLEMENTING: many})) == [IMPLEMENTING]
    assert len(list(links_of({IMPLEMENTING: many[1:]}))) == 66  # 12 · 11 / 2


KEYS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True).map(tuple)


@given(st.dictionaries(st.sampled_from([DONOR, PROGRAMME, IMPLEMENTING]), KEYS))
def test_ties_join_two_different_organisations_that_the_row_names(
    organisations: dict[ChainRole, tuple[str, ...]],
) -> None:
    named = set(chain(*organisations.values()))
    for link in links_of(organisations):
        assert link.from_key != link.to_key
        assert {link.from_key, link.to_key} <= named
