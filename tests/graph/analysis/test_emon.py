"""Seven real networks of search and rescue, and whom the informants named as deciding (Drabek et al. 1981).

Expected by the design page: in five of the seven the organisation of top betweenness is the informants' top
decision-maker. That holds for plain undirected betweenness in hops, the measure without any choice of weights. The
``Frequency`` of contact is reversed in these files, 1 being the strongest and 4 the weakest, so strength is
(5 − frequency) / 4. A ``Decision.Rank.Score`` is higher for whom the informants ranked higher.
"""

import csv
from pathlib import Path

import pytest

from graph.analysis.centrality.betweenness import betweenness
from graph.analysis.intermediaries.answer import key_intermediaries
from graph.networks.network import StakeholderNetwork
from tests.graph.builders import a_network, a_node, a_tie

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "emon_sar"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the sample data is not at ../shared/data")

NAMES = ("Cheyenne", "HurrFrederic", "LakePomona", "MtSi", "MtStHelens", "Texas", "Wichita")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def the_network(name: str) -> StakeholderNetwork:
    """What each organisation says of its contacts, as directed ties; often not returned by the other."""
    ties = [
        a_tie(row["source"], row["target"], kind="influences", strength=(5 - int(row["Frequency"])) / 4)
        for row in rows(f"{name}_edges")
    ]
    return a_network([a_node(row["id"]) for row in rows(f"{name}_nodes")], ties)


def top(scores: dict[str, float]) -> set[str]:
    return {key for key, score in scores.items() if score == max(scores.values())}


def decided(name: str) -> set[str]:
    column = "Decision.Rank.Score"
    return top({row["id"]: float(row[column]) for row in rows(f"{name}_nodes") if row[column]})


def test_in_five_of_seven_the_go_between_is_who_decided() -> None:
    agree = [name for name in NAMES if top(betweenness(the_network(name))) == decided(name)]
    assert agree == ["Cheyenne", "HurrFrederic", "MtSi", "Texas", "Wichita"]


def test_in_a_sixth_the_one_who_decided_shares_the_top() -> None:
    """Lake Pomona: the sheriff's department decided and the state police lies on exactly as many routes."""
    assert decided("LakePomona") < top(betweenness(the_network("LakePomona")))


def test_contact_every_day_is_the_strongest_tie() -> None:
    network = the_network("Texas")
    frequency = {(row["source"], row["target"]): int(row["Frequency"]) for row in rows("Texas_edges")}
    strengths = {frequency[tie.from_id, tie.to_id]: tie.strength for tie in network.ties}
    assert strengths == {1: 1.0, 2: 0.75, 3: 0.5, 4: 0.25}


@pytest.mark.parametrize("name", NAMES)
def test_the_profile_of_a_real_network_puts_the_same_organisation_first_in_hops(name: str) -> None:
    network = the_network(name)
    first = {item.stakeholder.id for item in key_intermediaries(network).items if item.ranks["betweenness_hops"] == 1}
    assert first == top(betweenness(network))
