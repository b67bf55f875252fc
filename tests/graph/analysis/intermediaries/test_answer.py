import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.answers.answer import as_json
from graph.analysis.intermediaries.answer import RANKED, key_intermediaries
from graph.errors import InvalidInput
from graph.networks.network import StakeholderNetwork, build_network
from graph.vocabulary import TieStatus
from tests.graph.builders import a_network, a_node, a_tie, never_held, renamed
from tests.graph.strategies import networks, permutations_of
from tests.graph.ten_actors import ten_actors


@given(networks())
@settings(max_examples=60)
def test_the_order_is_the_one_stated(network: StakeholderNetwork) -> None:
    answer = key_intermediaries(network)
    keys = [
        (
            item.ranks["betweenness_reliability"],
            item.ranks["betweenness_hops"],
            item.ranks["constraint"] or len(network.nodes) + 1,
            item.stakeholder.id,
        )
        for item in answer.items
    ]
    assert keys == sorted(keys)
    assert {item.stakeholder.id for item in answer.items} == network.nodes.keys()


@given(networks())
@settings(max_examples=60)
def test_what_is_undefined_has_no_rank_and_a_reason_and_nothing_else_has_one(network: StakeholderNetwork) -> None:
    for item in key_intermediaries(network).items:
        undefined = {name for name in (*RANKED, "betweenness_hops_normalised") if getattr(item.values, name) is None}
        assert item.undefined.keys() == undefined
        assert {name for name, rank in item.ranks.items() if rank is None} == undefined - {
            "betweenness_hops_normalised"
        }


@given(networks())
@settings(max_examples=60)
def test_the_answer_is_plain_finite_json(network: StakeholderNetwork) -> None:
    document = json.loads(json.dumps(as_json(key_intermediaries(network)), allow_nan=False))
    assert document.keys() == {"method", "parameters", "graph", "items", "warnings", "truncated"}
    assert document["graph"]["stakeholders"] == len(network.nodes)


@given(networks(), st.data())
@settings(max_examples=40)
def test_hidden_records_do_not_change_a_byte_of_the_answer(network: StakeholderNetwork, data: st.DataObject) -> None:
    """Identity 11: the answer on what is left equals the answer of a database that never held the rest."""
    seen = data.draw(st.sets(st.sampled_from(list(network.nodes)), min_size=1))
    left = network.within(lambda node: node.id in seen)
    assert as_json(key_intermediaries(left)) == as_json(key_intermediaries(never_held(network, seen)))


@given(st.data())
@settings(max_examples=40)
def test_permuting_ids_permutes_the_ranks(data: st.DataObject) -> None:
    """Identity 10."""
    network = data.draw(networks())
    names = data.draw(permutations_of(network))
    before = {item.stakeholder.id: item for item in key_intermediaries(network).items}
    after = {item.stakeholder.id: item for item in key_intermediaries(renamed(network, names)).items}
    for key, item in before.items():
        assert after[names[key]].ranks == item.ranks
        assert after[names[key]].roles == item.roles


def test_a_limit_cuts_the_list_and_not_the_ranks() -> None:
    everybody, first = key_intermediaries(ten_actors()), key_intermediaries(ten_actors(), limit=3)
    assert first.items == everybody.items[:3]
    assert first.truncated
    assert not everybody.truncated
    assert not key_intermediaries(ten_actors(), limit=10).truncated


@pytest.mark.parametrize(
    "changes", [{"limit": 0}, {"limit": -1}, {"constraint_weight": "distance"}, {"groups": {"A1": "us"}}]
)
def test_options_that_make_no_sense_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        key_intermediaries(ten_actors(), **changes)  # type: ignore[arg-type]


def test_given_groups_replace_category() -> None:
    """All in one group: every open triad is within it."""
    network = ten_actors()
    answer = key_intermediaries(network, groups=dict.fromkeys(network.nodes, "us"))
    assert {item.main_role for item in answer.items} == {"coordinator", None}
    assert answer.parameters["groups"] == "given"
    assert "goes between its own group (coordinator)" in answer.items[0].sentence


def test_an_empty_network_has_an_empty_answer() -> None:
    answer = key_intermediaries(a_network([]))
    assert (answer.items, answer.warnings, answer.truncated) == ((), (), False)


def test_a_single_stakeholder_has_reasons_in_place_of_values() -> None:
    (item,) = key_intermediaries(a_network(["A1"])).items
    assert item.undefined == {
        "betweenness_hops_normalised": "there are too few other stakeholders",
        "constraint": "has no usable tie",
        "effective_size": "has no usable tie",
        "efficiency": "has no usable tie",
        "harmonic_closeness": "there are too few other stakeholders",
    }
    assert item.sentence == "A1 (local authority) has no usable tie, and so is between nobody."


def test_ties_of_no_strength_leave_structural_holes_undefined_for_that_reason() -> None:
    network = a_network(["A1", "N1"], [a_tie("A1", "N1", strength=0.0)])
    assert {item.undefined["constraint"] for item in key_intermediaries(network).items} == {
        "none of its ties has any strength"
    }


def test_the_evidence_of_a_stakeholder_is_that_of_its_ties() -> None:
    old, new = date(2025, 1, 1), date(2026, 5, 5)
    ties = [
        a_tie("a", "b", reports=2, origins=("x", "y"), last_confirmed=new),
        a_tie("a", "c", reports=1, origins=("x",), last_confirmed=old, status=TieStatus.STALE),
        a_tie("a", "d", 0.7, reports=3, origins=("z",), last_confirmed=new, status=TieStatus.CONTESTED),
        a_tie("b", "c", reports=9, origins=("w",)),
        a_tie("a", "b", kind="in_tension_with", sign=-1, origins=("v",)),
    ]
    (item,) = (i for i in key_intermediaries(a_network("abcd", ties)).items if i.stakeholder.id == "a")
    seen = item.evidence
    assert (seen.ties, seen.reports, seen.origins, seen.single_origin) == (3, 6, 3, 2)
    assert (seen.contested, seen.stale) == (1, 1)
    assert (seen.oldest_confirmed, seen.last_confirmed) == (old, new)
    assert (
        "Based on 3 ties in 6 reports from 3 origins, last confirmed on 2026-05-05; 1 contested, 1 stale, 2"
        in item.sentence
    )


def test_the_sentence_gives_rank_role_loss_and_evidence() -> None:
    item = key_intermediaries(ten_actors()).items[0]
    assert item.sentence == (
        "A2 (local authority) comes 1st of 10 on the most reliable routes between others and on those of fewest hops, "
        "and mostly goes between others of different groups (liaison), lets outsiders reach local authorities "
        "(gatekeeper) and speaks for local authorities to outsiders (representative). A channel to back up: without "
        "A2, the rest would be cut off from A1, M1, M2 and N1. Based on 3 ties in 3 reports from 3 origins, "
        "last confirmed on 2026-06-01; 3 resting on a single origin."
    )


def test_a_mark_not_to_contact_is_in_the_sentence() -> None:
    network = a_network([a_node("A1", do_not_contact=True), "N1"], [a_tie("A1", "N1")])
    marked, free = sorted(key_intermediaries(network).items, key=lambda item: item.stakeholder.id)
    assert marked.sentence.endswith("Marked do-not-contact.")
    assert "do-not-contact" not in free.sentence


def test_a_sampled_answer_says_that_it_is_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.analysis.answers.sampling.WORK", 100)
    answer = key_intermediaries(ten_actors())
    assert answer.parameters["sources"] == 3  # by hand: 100 over 2 · 10 ties and 10 stakeholders
    assert any("estimated from 3 of 10 stakeholders" in warning for warning in answer.warnings)


def test_the_answer_counts_the_ties_it_used() -> None:
    network = a_network("abc", [a_tie("a", "b"), a_tie("b", "c", status=TieStatus.ASSESSED_ABSENT)])
    assert as_json(key_intermediaries(network).graph) == {
        "revision": 1,
        "as_of": "2026-07-01",
        "stakeholders": 3,
        "ties": 1,
    }


def test_asking_again_gives_the_same_bytes() -> None:
    network = ten_actors()
    again = build_network(
        reversed(list(network.nodes.values())), reversed(network.ties), revision=1, as_of=network.as_of
    )
    assert json.dumps(as_json(key_intermediaries(network))) == json.dumps(as_json(key_intermediaries(again)))


def test_names_do_not_decide_the_order() -> None:
    network = ten_actors()
    nodes = [replace(node, name=f"{99 - number} {node.name}") for number, node in enumerate(network.nodes.values())]
    other = build_network(nodes, network.ties, revision=1, as_of=network.as_of)
    assert [i.stakeholder.id for i in key_intermediaries(other).items] == [
        i.stakeholder.id for i in key_intermediaries(network).items
    ]
