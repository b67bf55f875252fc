import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.answers.answer import as_json
from graph.analysis.gaps import partnership_gaps
from graph.analysis.gaps.gap import URGENCY
from graph.analysis.gaps.introductions import introductions, side_effects
from graph.errors import InvalidInput
from graph.networks.network import StakeholderNetwork
from graph.vocabulary import GapStatus
from tests.graph.analysis.gaps.places import COUNTRY, HEALTH, WATER
from tests.graph.analysis.gaps.test_unserved import a_row
from tests.graph.builders import a_network, a_node, a_tie, never_held
from tests.graph.strategies import networks
from tests.graph.ten_actors import ten_actors

ROWS = (a_row("d11"), a_row("d12"))


def everything(network: StakeholderNetwork, **options: object) -> object:
    """The answer of every type in the made-up country."""
    asked = {"areas": COUNTRY, "sectors": (HEALTH, WATER), "presence": ROWS, **options}
    return partnership_gaps(network, **asked)  # type: ignore[arg-type]


@given(networks())
@settings(max_examples=60)
def test_the_answer_is_plain_finite_json_in_the_order_stated(network: StakeholderNetwork) -> None:
    document = json.loads(json.dumps(as_json(everything(network)), allow_nan=False))
    items = document["items"]
    keys = [
        (item["severity"] is None, -(item["severity"] or 0), [*URGENCY].index(GapStatus(item["status"])), item["type"])
        for item in items
    ]
    assert keys == sorted(keys)
    assert len({item["id"] for item in items}) == len(items)
    assert {item["type"] for item in items} >= {"G5"}
    for item in items:
        for number in ("severity", "probability"):
            assert (item[number] is None) == (number in item["undefined"])
            assert item[number] is None or 0 <= item[number] <= 1
        assert item["deficit"] > 0
        assert item["sentence"].endswith(".")
        assert item["closes_if"]


@given(networks(), st.data())
@settings(max_examples=40)
def test_hidden_records_do_not_change_a_byte_of_the_answer(network: StakeholderNetwork, data: st.DataObject) -> None:
    """Identity 11."""
    seen = data.draw(st.sets(st.sampled_from(list(network.nodes)), min_size=1))
    left = network.within(lambda node: node.id in seen)
    assert as_json(everything(left)) == as_json(everything(never_held(network, seen)))


def test_types_can_be_picked() -> None:
    network = ten_actors()
    found = {kind: partnership_gaps(network, types=[kind]) for kind in ("G1", "G7")}
    for kind, answer in found.items():
        assert {gap.type for gap in answer.items} == {kind}
        assert answer.parameters["types"] == (kind,)
    assert len(partnership_gaps(network).items) == sum(len(answer.items) for answer in found.values())


def test_a_limit_keeps_the_first() -> None:
    network = ten_actors()
    everything_found, first = partnership_gaps(network), partnership_gaps(network, limit=1)
    assert first.items == everything_found.items[:1]
    assert first.truncated
    assert not everything_found.truncated


@pytest.mark.parametrize(
    "options", [{"limit": 0}, {"types": ["G2"]}, {"least_reach": 0}, {"least_reach": float("nan")}]
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        everything(ten_actors(), **options)


def test_the_rules_used_are_stated() -> None:
    parameters = as_json(partnership_gaps(ten_actors()).parameters)
    assert isinstance(parameters, dict)
    assert parameters["rules"][0]["from_category"] == "mission_unit"


def test_an_empty_network_has_no_gap() -> None:
    answer = partnership_gaps(a_network([]))
    assert answer.items == ()
    json.dumps(as_json(answer), allow_nan=False)


def test_the_fixture_has_the_gaps_built_into_it() -> None:
    """No unit is tied to a community leader, and X1 is tied to nobody; every other default rule is met."""
    assert [gap.id for gap in partnership_gaps(ten_actors()).items] == [
        "G1/mission_unit-community_leader/network",
        "G7/isolated/X1",
    ]


# Introductions.


def test_those_already_tied_come_first_then_the_surest_introduction() -> None:
    network = a_network(
        "abcxy",
        [a_tie("a", "x", 0.3), a_tie("a", "c", 0.5), a_tie("c", "y", 0.5), a_tie("b", "c", 0.9)],
    )
    found = introductions(network, frozenset("ab"), frozenset("xy"))
    assert [
        (item.source.id, item.target and item.target.id, item.introduced_by and item.introduced_by.id) for item in found
    ] == [
        ("a", "x", None),
        ("b", "y", "c"),
        ("a", "y", "c"),
    ]
    assert found[0].reliability == pytest.approx(0.3)
    assert found[1].reliability == pytest.approx(0.45)
    assert found[1].sentence == "c could introduce b to y (reliability 0.45)."


def test_of_two_who_could_introduce_the_surer_one_does() -> None:
    network = a_network(
        "abcx", [a_tie("a", "b", 0.5), a_tie("b", "x", 0.5), a_tie("a", "c", 0.9), a_tie("c", "x", 0.9)]
    )
    (found,) = introductions(network, frozenset("a"), frozenset("x"))
    assert found.introduced_by is not None
    assert found.introduced_by.id == "c"


def test_nobody_marked_do_not_contact_is_proposed_or_asked() -> None:
    ties = [a_tie("a", "b"), a_tie("b", "x")]
    free = a_network("abx", ties)
    assert introductions(free, frozenset("a"), frozenset("x"))[0].introduced_by is not None
    asked = a_network(["a", a_node("b", do_not_contact=True), "x"], ties)
    assert [item.introduced_by for item in introductions(asked, frozenset("a"), frozenset("x"))] == [None]
    for marked in "ax":
        nodes = [a_node(key, do_not_contact=key == marked) for key in "abx"]
        assert introductions(a_network(nodes, ties), frozenset("a"), frozenset("x")) == ()


def test_no_armed_actor_introduces_anybody() -> None:
    ties = [a_tie("a", "b"), a_tie("b", "x")]
    network = a_network([a_node("a"), a_node("b", category="armed_actor"), a_node("x")], ties)
    assert [item.introduced_by for item in introductions(network, frozenset("a"), frozenset("x"))] == [None]


@pytest.mark.parametrize("pair", ["ax", "ab", "bx"])
def test_nobody_is_introduced_to_or_by_one_they_are_in_tension_with(pair: str) -> None:
    tension = a_tie(pair[0], pair[1], 0.9, kind="in_tension_with", sign=-1)
    network = a_network("abx", [a_tie("a", "b"), a_tie("b", "x"), tension])
    assert all(item.introduced_by is None for item in introductions(network, frozenset("a"), frozenset("x")))
    if pair == "ax":
        assert introductions(network, frozenset("a"), frozenset("x")) == ()


def test_strangers_of_the_same_area_are_offered_first() -> None:
    nodes = [a_node("a"), a_node("b", area_id="d11"), a_node("x"), a_node("y", area_id="d11")]
    (first, *_) = introductions(a_network(nodes), frozenset("ab"), frozenset("xy"))
    assert (first.source.id, first.target and first.target.id) == ("b", "y")
    assert first.sentence == "Nobody on record could introduce b to y."


def test_side_effects_name_those_in_tension_with_a_candidate() -> None:
    tension = a_tie("x", "z", 0.9, kind="in_tension_with", sign=-1)
    network = a_network("axz", [a_tie("a", "x"), tension])
    found = introductions(network, frozenset("a"), frozenset("x"))
    assert side_effects(network, found) == ("x is in tension with z; coming closer to x may be taken as taking sides.",)
