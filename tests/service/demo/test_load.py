"""Loading the demo into a real store."""

from datetime import timedelta

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.model import Stakeholder
from graph.networks.network import build_network
from queries.store import Store
from service.demo import load, mission
from tests.service.demo.networks import TODAY, demo_network


def test_loading_again_changes_nothing_not_even_on_another_day(store: Store) -> None:
    assert load(store, LOCAL_ACTOR, TODAY) == len(mission(TODAY))
    counts, revision = store.counts(LOCAL_ACTOR), store.revision(LOCAL_ACTOR)
    assert load(store, LOCAL_ACTOR, TODAY) == 0
    assert load(store, LOCAL_ACTOR, TODAY + timedelta(days=30)) == 0
    assert (store.counts(LOCAL_ACTOR), store.revision(LOCAL_ACTOR)) == (counts, revision)


def test_loading_again_undoes_no_edit(store: Store) -> None:
    load(store, LOCAL_ACTOR, TODAY)
    records = store.by_external_ids(Stakeholder, ["demo:tarn-hollow", "demo:aubrac"], LOCAL_ACTOR)
    unmet, edited = records["demo:tarn-hollow"], records["demo:aubrac"]
    store.replace(_renamed(edited, "Marguerite A."), LOCAL_ACTOR, version=edited.version)
    report = next(iter(store.ties(LOCAL_ACTOR, as_of=TODAY, stakeholder_id=unmet.id).items), None)
    assert report is not None, "a report says that the unmet village has no tie"
    assert load(store, LOCAL_ACTOR, TODAY) == 0
    assert store.get(Stakeholder, edited.id, LOCAL_ACTOR).name == "Marguerite A."


def test_the_store_gives_each_viewer_the_network_of_the_reports_they_may_see(store: Store) -> None:
    load(store, LOCAL_ACTOR, TODAY)
    for clearance in Sensitivity:
        viewer = Viewer("reader", clearance)
        rows = store.network(viewer, as_of=TODAY)
        expected = demo_network(viewer)
        assert build_network(rows.nodes, rows.ties, revision=1, as_of=TODAY) == expected


def _renamed(stakeholder: Stakeholder, name: str) -> Stakeholder:
    from dataclasses import replace

    return replace(stakeholder, name=name)
