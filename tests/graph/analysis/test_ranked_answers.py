"""The answers that rank: shared rows, groups that cannot be told apart, and sentences that can be checked by hand."""

import json
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings

from graph.analysis.answers.answer import Answer, as_json
from graph.analysis.brokerage.answer import brokerage_answer
from graph.analysis.centrality.one_measure import MEASURES, centrality
from graph.analysis.centrality.tie_betweenness import ties_by_betweenness
from graph.analysis.communities.answer import communities_answer
from graph.analysis.groups.key_players import key_players
from graph.analysis.groups.team import team
from graph.analysis.intermediaries.answer import key_intermediaries
from graph.errors import InvalidInput, NotFound, TooLarge
from graph.networks.network import StakeholderNetwork
from graph.ties import Tie
from tests.graph.builders import a_network, a_node, a_tie, never_held
from tests.graph.strategies import networks
from tests.graph.ten_actors import ten_actors

ASKED: dict[str, Callable[[StakeholderNetwork], Answer[object]]] = {
    **{word: lambda network, word=word: centrality(network, measure=word) for word in MEASURES},  # type: ignore[misc]
    "reach": lambda network: key_players(network, k=2),  # type: ignore[dict-item,return-value]
    "m-reach": lambda network: key_players(network, k=1, criterion="m-reach"),  # type: ignore[dict-item,return-value]
    "back up": lambda network: key_players(network, k=1, criterion="fragmentation", purpose="a drill"),  # type: ignore[dict-item,return-value]
    "brokerage": lambda network: brokerage_answer(network, groups="community"),  # type: ignore[dict-item,return-value]
    "tie_betweenness": ties_by_betweenness,  # type: ignore[dict-item]
    "communities": communities_answer,  # type: ignore[dict-item]
    "between": lambda network: key_intermediaries(network, sources=[*network.nodes][:2]),  # type: ignore[dict-item,return-value]
}


@pytest.mark.parametrize("question", ASKED)
@given(network=networks(most=6))
@settings(max_examples=15)
def test_every_answer_is_finite_json_in_one_order(question: str, network: StakeholderNetwork) -> None:
    document = json.loads(json.dumps(as_json(ASKED[question](network)), allow_nan=False))
    ranks = [item["rank"] for item in document["items"] if "rank" in item]
    assert ranks == sorted(ranks, key=lambda rank: len(network.nodes) + 1 if rank is None else rank)
    for item in document["items"]:
        assert item["sentence"]
        assert item["evidence"]["ties"] >= 0
        if "value" in item:
            assert (item["value"] is None) == bool(
                question not in {"brokerage", "tie_betweenness"} and item["undefined"]
            )


@pytest.mark.parametrize("question", ASKED)
@given(network=networks(most=6))
@settings(max_examples=10)
def test_hidden_records_do_not_change_a_byte_of_the_answer(question: str, network: StakeholderNetwork) -> None:
    seen = set(sorted(network.nodes)[1:]) or set(network.nodes)
    left = network.within(lambda node: node.id in seen)
    assert as_json(ASKED[question](left)) == as_json(ASKED[question](never_held(network, seen)))


def test_equal_values_share_a_tied_group_and_say_so() -> None:
    """By hand: A2 19, L1 15, A1 12, L3 7, and six whom no route passes."""
    items = centrality(ten_actors(), measure="betweenness_hops").items
    assert [(item.stakeholder.id, item.value, item.rank) for item in items[:4]] == [
        ("A2", 19, 1),
        ("L1", 15, 2),
        ("A1", 12, 3),
        ("L3", 7, 4),
    ]
    tied_group = items[4].tied_group
    assert tied_group is not None
    assert (tied_group.group, tied_group.size, items[4].rank, items[9].rank) == (5, 6, 5, 5)
    assert "Cannot be told apart from 5 others: their order means nothing." in items[4].sentence
    assert "Cannot be told apart" not in items[0].sentence


def test_lower_is_better_where_the_measure_says_so() -> None:
    """Printed in the design: by strength A2 has the lowest constraint, .349481; X1 has none at all."""
    items = centrality(ten_actors(), measure="constraint").items
    assert (items[0].stakeholder.id, items[0].rank) == ("A2", 1)
    assert items[0].value == pytest.approx(0.349481, abs=1e-6)
    assert (items[-1].stakeholder.id, items[-1].rank, items[-1].undefined) == ("X1", None, "has no usable tie")
    assert "has no value: has no usable tie" in items[-1].sentence


def test_an_unknown_measure_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFound) as refused:
        centrality(ten_actors(), measure="fame")
    assert "pagerank" in refused.value.cure


def test_a_measure_that_cannot_be_sampled_is_refused_where_the_network_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.analysis.answers.sampling.WORK", 100)
    for measure, most in (("bridgeness", None), ("betweenness_hops", 10)):
        if most is None:
            with pytest.raises(TooLarge):
                centrality(ten_actors(), measure=measure)
        else:
            assert any("estimated" in warning for warning in centrality(ten_actors(), measure=measure).warnings)
    with pytest.raises(TooLarge):
        key_intermediaries(ten_actors(), sources=ten_actors().nodes)


def test_fragmentation_needs_a_purpose_and_speaks_of_channels_to_back_up() -> None:
    with pytest.raises(InvalidInput) as refused:
        key_players(ten_actors(), criterion="fragmentation", purpose=" ")
    assert [finding.pointer for finding in refused.value.findings] == ["/purpose"]
    answer = key_players(ten_actors(), k=1, criterion="fragmentation", purpose="second contacts")
    first = answer.items[0]
    assert answer.parameters["purpose"] == "second contacts"
    assert first.sentence.startswith(
        "A channel to back up: without A2, 75% of the pairs of others would have no route to each other."
    )
    # Whole .568889, without A2 .777778 (both printed in the design).
    assert list(first.adds) == pytest.approx([0.777778 - 0.568889], abs=1e-6)


def test_sets_that_are_equally_good_share_a_group() -> None:
    """Printed in the design: two reach 9 of 10 within two hops, and not one pair alone does."""
    answer = key_players(ten_actors(), criterion="m-reach", limit=3)
    assert [[ref.id for ref in item.members] for item in answer.items] == [["A1", "L1"], ["A1", "L2"], ["A1", "L3"]]
    assert {(item.value, item.rank, item.tied_group.group) for item in answer.items} == {(9, 1, 1)}
    assert answer.items[0].tied_group.size > 3
    assert answer.truncated
    assert answer.items[0].sentence.startswith("A1 and L1 together reach 9 of 10 stakeholders within 2 hops.")


def test_what_a_member_adds_is_the_loss_without_it() -> None:
    """Printed in the design: {A1, L3} .85, A1 alone .591667."""
    item = key_players(ten_actors()).items[0]
    assert [ref.id for ref in item.members] == ["A1", "L3"]
    assert item.adds[1] == pytest.approx(0.85 - 0.591667, abs=1e-6)


@pytest.mark.parametrize("changes", [{"k": 0}, {"k": 11}, {"criterion": "fame"}, {"within": 0}, {"limit": 0}])
def test_key_players_refuses_invalid_options(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        key_players(ten_actors(), **changes)  # type: ignore[arg-type]


def test_brokerage_is_ranked_by_all_roles_or_by_one() -> None:
    """Printed in the design: A2 has 2 + 2 + 2, A1, L1 and L3 2 + 2."""
    items = brokerage_answer(ten_actors()).items
    assert [(item.stakeholder.id, item.value, item.rank) for item in items[:4]] == [
        ("A2", 6, 1),
        ("A1", 4, 2),
        ("L1", 4, 2),
        ("L3", 4, 2),
    ]
    (only,) = brokerage_answer(ten_actors(), role="liaison", limit=1).items
    assert (only.stakeholder.id, only.value, only.group) == ("A2", 2, "local_authority")
    last = items[-1]
    assert (last.value, set(last.z.values())) == (0, {None})
    for changes in ({"role": "king"}, {"groups": "colour"}, {"limit": 0}):
        with pytest.raises(InvalidInput):
            brokerage_answer(ten_actors(), **changes)


def test_brokerage_beyond_chance_is_in_the_sentence() -> None:
    """Five local authorities that meet through one NGO: all its triads are between others of one group."""
    network = a_network(
        ["N1", *(f"A{n}" for n in range(6)), "L1", "L2", "L3"], [a_tie("N1", f"A{n}") for n in range(6)]
    )
    first = brokerage_answer(network).items[0]
    assert (first.stakeholder.id, first.roles.itinerant) == ("N1", 30)
    assert (first.z["itinerant"] or 0) > 2
    assert "more often as an outsider between others of one group (itinerant, z = " in first.sentence


def test_communities_name_their_members_and_connectors() -> None:
    """Two triangles and the tie between: by hand three pairs within each and one out."""
    ties = [
        a_tie(*pair) for pair in (("A1", "A2"), ("A2", "A3"), ("A1", "A3"), ("N1", "N2"), ("N2", "N3"), ("N1", "N3"))
    ]
    answer = communities_answer(a_network(["A1", "A2", "A3", "N1", "N2", "N3", "X1"], [*ties, a_tie("A3", "N1")]))
    assert [(item.id, item.size, item.rank, item.tied_group.size) for item in answer.items] == [
        ("A1", 3, 1, 2),
        ("N1", 3, 1, 2),
    ]
    first = answer.items[0]
    assert (first.tied_pairs_within, first.tied_pairs_out, first.evidence.ties) == (3, 1, 3)
    assert [ref.id for ref in first.connectors] == ["A3"]
    assert first.categories == {"local_authority": 3}
    assert "3 tied pairs within, 1 tied pair to others. Mostly linked to others by A3." in first.sentence
    assert any("1 stakeholder without a tie" in warning for warning in answer.warnings)
    assert all(item.before is None for item in answer.items)
    with pytest.raises(InvalidInput):
        communities_answer(a_network("a"), resolution=0)


def test_communities_are_compared_with_those_of_an_earlier_day() -> None:
    """By hand: A4 has joined the first triangle, A1 left it; (A2, A3) of {A1..A4} are in both. B1 to B3 are no more."""

    def triangle(*keys: str) -> list[Tie]:
        return [a_tie(*pair) for pair in combinations(keys, 2)]

    everybody = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "N1", "N2", "N3"]
    before = a_network(everybody, triangle("A1", "A2", "A3") + triangle("N1", "N2", "N3") + triangle("B1", "B2", "B3"))
    after = a_network(everybody, triangle("A2", "A3", "A4") + triangle("N1", "N2", "N3"))
    answer = communities_answer(after, before=before)
    first, second = answer.items
    assert first.before is not None
    assert (first.id, first.before.id, first.before.size, first.before.share) == ("A2", "A1", 3, 0.5)
    assert ([ref.id for ref in first.before.joined], [ref.id for ref in first.before.left]) == (["A4"], ["A1"])
    assert "Since then 1 joined and 1 left of 3." in first.sentence
    assert second.before is not None
    assert (second.before.id, second.before.share) == ("N1", 1.0)
    assert "The same members as before." in second.sentence
    assert f"No longer found since {before.as_of}: the communities of B1." in answer.warnings
    assert answer.parameters["compared_to"] == before.as_of


def test_communities_are_compared_with_the_categories_of_their_members() -> None:
    """Authorities A1 to A3 and the NGO N1 together, NGOs N2 to N4: seven, C(7, 2) = 21 pairs.

    By hand: together in both 3 + 0 + 3 = 6 pairs; in communities 6 + 3 = 9, in categories 3 + 6 = 9; by chance 27/7.
    """
    ties = [a_tie(*pair) for group in (("A1", "A2", "A3", "N1"), ("N2", "N3", "N4")) for pair in combinations(group, 2)]
    answer = communities_answer(a_network(["A1", "A2", "A3", "N1", "N2", "N3", "N4", "X1"], ties))
    categories, areas = answer.agreement
    assert (categories.groups, categories.stakeholders) == ("categories", 7)
    assert categories.ari == pytest.approx((6 - 27 / 7) / (9 - 27 / 7))
    assert [[ref.id for ref in item.crossing] for item in answer.items] == [["N1"], []]
    assert (areas.stakeholders, areas.ari, areas.nmi) == (0, None, None)  # nobody is based anywhere
    assert areas.undefined
    assert {categories.sentence, areas.sentence} <= set(answer.warnings)


def test_intermediaries_between_given_ends_are_ranked_by_those_routes() -> None:
    """By hand: of the 6 pairs of a mission unit and a leader that can be reached, A2 is on all, L1 on 4."""
    network = ten_actors()
    answer = key_intermediaries(network, sources={"M1", "M2"}, targets={"L1", "L2", "L3", "X1"})
    first = answer.items[0]
    assert first.between is not None
    assert (first.stakeholder.id, first.between.value, first.between.rank) == ("A2", 6, 1)
    assert "Between the given ends it comes 1st: on the routes of 6.0 pairs." in first.sentence
    assert key_intermediaries(network).items[0].between is None


def test_those_whom_nobody_beats_are_on_the_front() -> None:
    """Printed in the design: A2 has both the highest betweenness and the lowest constraint; trust is 1 everywhere."""
    assert {item.stakeholder.id for item in key_intermediaries(ten_actors()).items if item.front} == {"A2"}


def test_a_mark_not_to_contact_is_in_every_sentence() -> None:
    network = a_network([a_node("A1", do_not_contact=True), "N1"], [a_tie("A1", "N1")])
    assert "Marked do-not-contact." in centrality(network, measure="degree").items[0].sentence
    assert "Marked do-not-contact: A1." in key_players(network, k=2).items[0].sentence


def test_the_tied_pairs_that_most_routes_cross_come_first() -> None:
    """Two triangles and the tie between: the bridge has 3 x 3 pairs, A1-A3 those of A1 with A3 and with N1 to N3."""
    ties = [a_tie(*pair) for group in (("A1", "A2", "A3"), ("N1", "N2", "N3")) for pair in combinations(group, 2)]
    answer = ties_by_betweenness(
        a_network(["A1", "A2", "A3", "N1", "N2", "N3"], [*ties, a_tie("A3", "N1")]), by="hops", limit=3
    )
    told = [([ref.id for ref in item.ends], item.value, item.rank, item.bridge) for item in answer.items]
    assert told == [(["A3", "N1"], 9, 1, True), (["A1", "A3"], 4, 2, False), (["A2", "A3"], 4, 2, False)]
    first, second, _ = answer.items
    assert "Without it the network would fall apart here." in first.sentence
    assert (first.evidence.ties, second.tied_group.size, answer.truncated) == (1, 4, True)
    with pytest.raises(InvalidInput):
        ties_by_betweenness(a_network("a"), by="fame")


def test_a_team_is_measured_together() -> None:
    """Of the ten actors (the design's golden values): {A1, A2} meets 14 of 21 pairs without X1; D_R {A1, L3} is .85.

    With X1 there are 28 pairs of others and the same 14 met; within 2 hops {A1, L1} reaches 9.
    """
    whole = ten_actors()
    tied = whole.within(lambda node: node.id != "X1")
    (row,) = team(tied, ["A2", "A1", "A2"]).items
    assert ([ref.id for ref in row.members], row.betweenness, row.pairs, row.share) == (["A1", "A2"], 14, 21, 14 / 21)
    assert "A1 and A2: on the shortest routes of 14 of 21 pairs of others." in row.sentence
    (row,) = team(whole, ["A1", "A2"]).items
    assert (row.betweenness, row.pairs) == (14, 28)
    (row,) = team(whole, ["A1", "L3"]).items
    assert row.reach == pytest.approx(0.85)
    (row,) = team(whole, ["A1", "L1"]).items
    assert row.reached == 9
    (row,) = team(a_network(["a", "b"], [a_tie("a", "b")]), ["a"]).items
    assert (row.share, row.undefined) == (None, {"share": "there are no two others"})
    for members, within, error in ((["A1"], 11, InvalidInput), ([], 2, InvalidInput), (["nobody"], 2, NotFound)):
        with pytest.raises(error):
            team(whole, members, within=within)
