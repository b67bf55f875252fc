"""A table of ties is the ties: by the column, and to the last bit."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import Fold, tie_as_of
from graph.networks.columns import KINDS, NUMBER_OF_STATUS, STATUSES, aged
from graph.networks.joined import joined
from graph.networks.network import StakeholderNetwork
from graph.networks.tie_table import TieTable
from graph.ties import Tie
from graph.vocabulary import TieStatus
from tests.graph.builders import CONFIRMED, TODAY, a_network, a_tie
from tests.graph.strategies import networks


@given(networks(), st.data())
def test_a_table_returns_the_ties_it_was_built_from(network: StakeholderNetwork, data: st.DataObject) -> None:
    ties = data.draw(st.permutations(list(network.ties)))
    table = TieTable.of(ties, tuple(network.nodes))
    assert set(table) == set(ties)
    assert list(table) == sorted(ties, key=lambda tie: (tie.from_id, tie.to_id, KINDS.index(tie.kind)))


@given(networks(), st.data())
def test_joined_and_reduced_tables_equal_those_of_the_same_ties(
    network: StakeholderNetwork, data: st.DataObject
) -> None:
    ids, ties = tuple(network.nodes), list(network.ties)
    mine = data.draw(st.sets(st.sampled_from(ties))) if ties else set()
    rest = [tie for tie in ties if tie not in mine]
    tables = [TieTable.of(part, ids) for part in (mine, rest)]
    assert joined(tables, ids) == ties
    assert network.ties.without([(tie.kind, tie.from_id, tie.to_id) for tie in mine]) == rest
    assert joined([], ids) == []


def test_leaving_out_ties_the_table_lacks_changes_nothing() -> None:
    table = a_network("ab", [a_tie("a", "b")]).ties
    assert table.without([("funds", "a", "b"), ("funds", "a", "nobody")]) is table


@given(networks(), st.data())
def test_ties_are_matched_by_their_columns(network: StakeholderNetwork, data: st.DataObject) -> None:
    table = network.ties
    kind = data.draw(st.none() | st.sampled_from(KINDS[:3]))
    status = data.draw(st.none() | st.sampled_from(STATUSES))
    key = data.draw(st.none() | st.sampled_from([*network.nodes, "nobody"]))
    found = table.matching(kind=kind, status=status, stakeholder_id=key)
    assert list(table.at(found.tolist())) == [
        tie
        for tie in table
        if kind in (None, tie.kind) and status in (None, tie.status) and key in (None, tie.from_id, tie.to_id)
    ]


@given(networks(), st.data())
def test_the_tie_after_another_is_found_whether_or_not_that_one_exists(
    network: StakeholderNetwork, data: st.DataObject
) -> None:
    ends = st.sampled_from(["", *network.nodes, "s3½", "zzz"])
    asked = data.draw(ends), data.draw(ends), data.draw(st.sampled_from(KINDS))
    place = KINDS.index(asked[2])
    behind = [(tie.from_id, tie.to_id, KINDS.index(tie.kind)) > (*asked[:2], place) for tie in network.ties]
    assert network.ties.first_after(*asked) == behind.count(False)


def test_a_table_is_a_sequence() -> None:
    table = a_network("abc", [a_tie("a", "b"), a_tie("b", "c")]).ties
    assert (table[0], table[-1]) == (a_tie("a", "b"), a_tie("b", "c"))
    assert table[:1] == (a_tie("a", "b"),)
    assert table != [a_tie("a", "b")]
    assert table != "ties"
    assert table.nbytes > 0
    with pytest.raises(IndexError):
        table[2]


DAYS = st.integers(-800, 4000).map(lambda days: TODAY - timedelta(days=days))


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(STATUSES), st.sampled_from(KINDS), DAYS)))
def test_columns_of_ties_age_as_single_ties_do(said: list[tuple[float, TieStatus, str, date]]) -> None:
    existence, status = aged(
        np.array([p for p, *_ in said]),
        np.array([NUMBER_OF_STATUS[word.value] for _, word, *_ in said], dtype=np.int8),
        np.array([KINDS.index(kind) for *_, kind, _ in said], dtype=np.int8),
        np.array([day.toordinal() for *_, day in said], dtype=np.int32),
        as_of=TODAY,
    )
    ties = [_one_by_one(*each) for each in said]
    assert existence.tolist() == [tie.existence for tie in ties]
    assert [STATUSES[place] for place in status] == [tie.status for tie in ties]


def _one_by_one(confirmed: float, status: TieStatus, kind: str, last: date) -> Tie:
    fold = Fold(
        kind=kind,
        confirmed=confirmed,
        strength=None,
        trust=None,
        sign=1,
        status=status,
        first_confirmed=min(CONFIRMED, last),
        last_confirmed=last,
        reports=1,
        origins=(),
        undated=True,
        holds_from=None,
        holds_to=None,
    )
    return tie_as_of(fold, "a", "b", as_of=TODAY)
