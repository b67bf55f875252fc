from datetime import date
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.answers.answer import as_json
from graph.analysis.paths.answer import InfluencePath, influence_paths
from graph.errors import InvalidInput, NotFound, StakeholderGraphError
from graph.networks.network import StakeholderNetwork
from graph.vocabulary import TieStatus
from tests.graph.analysis import oracles
from tests.graph.builders import a_network, a_node, a_tie, renamed
from tests.graph.networkx_views import directed, undirected
from tests.graph.strategies import networks, permutations_of
from tests.graph.ten_actors import ten_actors


def ids(path: InfluencePath) -> list[str]:
    return [ref.id for ref in path.stakeholders]


questions = networks(most=6).flatmap(
    lambda network: st.tuples(
        st.just(network),
        st.permutations(list(network.nodes)).filter(lambda keys: len(keys) > 1),
        st.integers(1, 6),
        st.sampled_from(["either", "along"]),
    )
)


@given(questions)
@settings(max_examples=80)
def test_the_paths_are_the_best_of_all_possible(
    question: tuple[StakeholderNetwork, list[str], int, str],
) -> None:
    """Against a listing of every loopless route: the k most reliable, and the most reliable of those of fewest hops."""
    network, (source, target, *_), k, direction = question
    graph = undirected(network) if direction == "either" else directed(network)
    routes = list(oracles.simple_routes(graph, source, target))
    best = sorted((oracles.reliability(graph, route) for route in routes), reverse=True)
    shortest = max(((-len(route), oracles.reliability(graph, route)) for route in routes), default=None)
    items = influence_paths(network, source=source, target=target, k=k, direction=direction).items
    found = [item.reliability for item in items]
    assert found == sorted(found, reverse=True)
    assert len({tuple(ids(item)) for item in items}) == len(items)
    assert found[:k] == pytest.approx(best[:k])
    assert len(items) <= min(len(best), k + 1)
    for item in items:
        assert tuple(ids(item)) in routes
        assert item.reliability == pytest.approx(prod(step.reliability for step in item.steps))
        assert item.hops == len(item.steps) == len(item.stakeholders) - 1
        assert item.steps[item.weakest].reliability == min(step.reliability for step in item.steps)
    if shortest:
        (fewest,) = [item for item in items if "fewest_hops" in item.found_as]
        assert -len(fewest.stakeholders) == shortest[0]
        assert fewest.reliability == pytest.approx(shortest[1])
        assert items[0].found_as[0] == "most_reliable"
        assert all("most_reliable" not in item.found_as for item in items[1:])


@given(st.data())
@settings(max_examples=50)
def test_permuting_ids_permutes_the_paths(data: st.DataObject) -> None:
    """Identity 10: as reliable and as long, whatever the ids."""
    network = data.draw(networks().filter(lambda net: len(net.nodes) > 1))
    source, target, *_ = data.draw(st.permutations(list(network.nodes)))
    names = data.draw(permutations_of(network))
    before = influence_paths(network, source=source, target=target, k=3).items
    after = influence_paths(renamed(network, names), source=names[source], target=names[target], k=3).items
    assert [item.reliability for item in after] == pytest.approx([item.reliability for item in before])


def test_equally_reliable_paths_come_by_hops_and_then_by_ids() -> None:
    """0.5 · 0.5 both ways round a square; a third way, as reliable, has one hop more."""
    ties = [a_tie("s", "b"), a_tie("b", "t"), a_tie("s", "a"), a_tie("a", "t")]
    network = a_network("abst", ties)
    assert [ids(item) for item in influence_paths(network, source="s", target="t").items] == [
        ["s", "a", "t"],
        ["s", "b", "t"],
    ]
    through = a_network("abcst", [a_tie("s", "c", 0.25), a_tie("c", "t", 1.0), *ties])
    assert ids(influence_paths(through, source="s", target="t", k=1).items[0]) == ["s", "a", "t"]


def test_the_path_of_fewest_hops_is_given_even_if_others_are_surer() -> None:
    network = a_network("abst", [a_tie("s", "t", 0.1), a_tie("s", "a", 0.9), a_tie("a", "t", 0.9)])
    surer, direct = influence_paths(network, source="s", target="t", k=1).items
    assert (ids(surer), surer.found_as) == (["s", "a", "t"], ("most_reliable",))
    assert (ids(direct), direct.found_as) == (["s", "t"], ("fewest_hops",))
    assert "1 hop fewer than the best" in direct.comparison
    assert "1 hop more than the runner-up" in surer.comparison
    assert direct.sentence == "s and t are tied directly, with reliability 0.100."


def test_the_only_path_says_so() -> None:
    (only,) = influence_paths(a_network("st", [a_tie("s", "t")]), source="s", target="t").items
    assert only.comparison == "There is no other path."


def test_direction_along_follows_ties_in_their_direction() -> None:
    network = a_network("abc", [a_tie("a", "b", kind="reports_to"), a_tie("c", "b", kind="reports_to")])
    (path,) = influence_paths(network, source="a", target="c").items
    assert [tie.runs for step in path.steps for tie in step.ties] == ["along", "against"]
    assert "c reports to b" in path.steps[1].sentence
    answer = influence_paths(network, source="a", target="c", direction="along")
    assert answer.items == ()
    assert answer.warnings[0] == "There is no path from a to c. The nearest on the way that can be reached is b."


def test_nobody_to_be_avoided_is_on_a_path() -> None:
    network = ten_actors()
    assert all("N1" not in ids(item) for item in influence_paths(network, source="M1", target="L3", avoid=["N1"]).items)
    answer = influence_paths(network, source="M1", target="L3", avoid=["A2"])
    assert answer.items == ()
    assert answer.warnings[0].endswith("The nearest on the way that can be reached is A1.")


def test_without_a_path_the_nearest_shares_most_with_the_target() -> None:
    goal = a_node("t", category="ngo", area_id="north", sector_ids=("health",))
    nodes = [
        a_node("s", category="mission_unit"),
        goal,
        a_node("a", category="media"),
        a_node("b", category="ngo"),
        a_node("c", category="media", sector_ids=("health",)),
        a_node("d", category="media", area_id="north"),
    ]
    for last, words in (
        ("a", "the most reliably reached"),
        ("b", "of the same category"),
        ("c", "at work"),
        ("d", "based"),
    ):
        known = [node for node in nodes if node.id in {"s", "t"} or node.id <= last]
        network = a_network(known, [a_tie("s", node.id) for node in known if node.id not in {"s", "t"}])
        sentence = influence_paths(network, source="s", target="t").warnings[0]
        assert f"The nearest that can be reached is {last}, {words}" in sentence


def test_a_source_without_ties_reaches_nobody() -> None:
    answer = influence_paths(ten_actors(), source="X1", target="A1")
    assert answer.warnings[0] == "There is no path from X1 to A1. X1 reaches nobody at all."


def test_each_step_gives_its_evidence_and_cautions() -> None:
    nodes = [a_node("s"), a_node("m", do_not_contact=True), a_node("t")]
    ties = [
        a_tie("s", "m", status=TieStatus.CONTESTED, existence=0.6, reports=3, origins=("x", "y")),
        a_tie("m", "t", kind="kinship", status=TieStatus.STALE, trust=None, last_confirmed=date(2020, 1, 1)),
    ]
    (path,) = influence_paths(a_network(nodes, ties), source="s", target="t").items
    first, second = path.steps
    assert first.do_not_contact
    assert first.warnings == ("m is marked do-not-contact.", "Whether s and m are tied is contested.")
    assert second.warnings == (
        "That m and t are tied has gone unconfirmed for more than a half-life.",
        "That m and t are tied rests on a single origin.",
        "How far t trusts m was never reported; 0.5 was assumed.",
    )
    assert path.warnings == first.warnings + second.warnings
    (tie,) = first.ties
    assert (tie.kind, tie.runs, tie.status, tie.reports, tie.origins) == (
        "coordinates_with",
        "both_ways",
        TieStatus.CONTESTED,
        3,
        2,
    )
    assert "m is kin of t; reliability 0.25, 1 report, last confirmed on 2020-01-01." in second.sentence


def test_tension_between_any_two_on_the_path_is_a_veto() -> None:
    tension = a_tie("s", "t", 0.9, kind="in_tension_with", sign=-1)
    network = a_network("smt", [a_tie("s", "m"), a_tie("m", "t"), tension])
    (path,) = influence_paths(network, source="s", target="t").items
    assert len(path.vetoes) == 1
    assert path.vetoes[0].startswith("s and t, both on this path, are in tension")


def test_origins_are_counted_and_never_named() -> None:
    network = a_network("st", [a_tie("s", "t", origins=("informant-7",))])
    assert "informant-7" not in str(as_json(influence_paths(network, source="s", target="t")))


def test_a_complete_graph_is_answered_within_the_budget() -> None:
    """Twelve who all know one another have 9.9 million routes between any two; the ten best are found."""
    keys = [f"s{n:02}" for n in range(12)]
    network = a_network(keys, [a_tie(one, other, 0.9) for one in keys for other in keys if one < other])
    answer = influence_paths(network, source="s00", target="s11", k=10)
    assert [item.hops for item in answer.items] == [1, *[2] * 9]
    assert not answer.truncated


def test_an_exhausted_budget_is_stated_in_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.analysis.paths.shortest.WORK", 1)
    answer = influence_paths(ten_actors(), source="M1", target="L3", k=4)
    assert answer.truncated
    assert len(answer.items) == 1
    assert answer.warnings[0].startswith("Only 1 path could be found")
    assert answer.items[0].comparison == ""


@pytest.mark.parametrize(
    ("changes", "error", "pointer"),
    [
        ({"source": "nobody"}, NotFound, None),
        ({"target": "nobody"}, NotFound, None),
        ({"avoid": ["nobody"]}, NotFound, None),
        ({"target": "M1"}, InvalidInput, "/target"),
        ({"avoid": ["M1"]}, InvalidInput, "/avoid"),
        ({"avoid": ["L3"]}, InvalidInput, "/avoid"),
        ({"direction": "backwards"}, InvalidInput, "/direction"),
        ({"k": 0}, InvalidInput, "/k"),
        ({"k": 11}, InvalidInput, "/k"),
        ({"k": True}, InvalidInput, "/k"),
    ],
)
def test_a_question_without_meaning_is_refused_with_its_pointer(
    changes: dict[str, object], error: type[StakeholderGraphError], pointer: str | None
) -> None:
    with pytest.raises(error) as caught:
        influence_paths(ten_actors(), **{"source": "M1", "target": "L3", **changes})  # type: ignore[arg-type]
    assert [finding.pointer for finding in caught.value.findings] == ([pointer] if pointer else [])
