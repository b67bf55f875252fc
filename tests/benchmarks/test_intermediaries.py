import json
import sys
from collections.abc import Callable
from types import ModuleType

import networkx as nx
import numpy as np
import pytest

from benchmarks.graphs import stakeholders
from benchmarks.intermediaries import compare, main
from benchmarks.peers import CUTS, DISTANCE, HARMONIC, HOLES, HOPS, Floats, Library, Pairs, peers
from benchmarks.peers import networkx as with_networkx


def test_all_engines_give_the_same_values() -> None:
    """NetworkX, which is always there, is the witness for every measure."""
    report = compare(80, names=("networkx",))
    assert report.equal
    assert {figure.measure for figure in report.figures if figure.engine.startswith("networkx")} == {
        HOPS, DISTANCE, HARMONIC, HOLES, CUTS,
    }  # fmt: skip


def test_parts_of_a_measure_are_compared_with_the_same_parts_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(with_networkx, "ALL_ROUTES", 10)
    monkeypatch.setattr(with_networkx, "ALL_HOLES", 10)
    report = compare(150, names=("networkx",))
    parts = {figure.measure for figure in report.figures if figure.note}
    assert parts == {HOPS, DISTANCE, HARMONIC, HOLES}
    assert report.equal


def test_a_peer_with_wrong_values_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(pairs: Pairs) -> dict[str, object]:
        return {HOPS: lambda: np.zeros(pairs.nodes)}

    wrong = Library("wrong 1", prepare)  # type: ignore[arg-type]
    monkeypatch.setattr("benchmarks.intermediaries.peers", lambda _wanted: [wrong])
    report = compare(30)
    assert [figure.equal for figure in report.figures if figure.engine == "wrong 1"] == [False]
    assert not report.equal


def test_only_the_named_peers_run() -> None:
    assert [peer.name.split()[0] for peer in peers(("networkx",))] == ["networkx"]


def test_networkx_has_its_settings_again_after_a_peer_that_changes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``franken_networkx`` does when it is imported, and ``rustnx`` needs for its run."""
    before = repr(nx.config)

    def change() -> None:
        nx.config.fallback_to_nx = not nx.config.fallback_to_nx
        nx.config.backend_priority.algos = ["stakeholder_graph"]  # type: ignore[attr-defined]
        nx.config.warnings_to_ignore.add("cache")

    def peer() -> Library:
        change()
        return Library("meddling 1", prepare)

    def prepare(pairs: Pairs) -> dict[str, Callable[[], Floats]]:
        change()
        return {HOPS: lambda: np.zeros(pairs.nodes)}

    module = ModuleType("meddling")
    module.peer = peer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "benchmarks.peers.meddling", module)
    monkeypatch.setattr("benchmarks.peers.PEERS", {"networkx": "meddling"})
    assert [peer.name for peer in peers()] == ["meddling 1"]
    assert repr(nx.config) == before
    compare(30)
    assert repr(nx.config) == before


def test_the_figures_can_be_read_by_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--nodes", "30", "40", "--peers", "networkx", "--json"]) == 0
    networks = json.loads(capsys.readouterr().out)["networks"]
    assert [(network["stakeholders"], network["equal"]) for network in networks] == [(30, True), (40, True)]


def test_the_figures_can_be_read_by_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--nodes", "30", "--peers", "networkx", "--markdown"]) == 0
    assert f"| {HOPS} | networkx" in capsys.readouterr().out


def test_the_same_seed_makes_the_same_network_and_another_does_not() -> None:
    assert stakeholders(50, seed=1) == stakeholders(50, seed=1)
    assert stakeholders(50, seed=1) != stakeholders(50, seed=2)
